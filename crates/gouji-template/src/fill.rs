//! Text with placeholders: parsed once, filled as often as needed.

use crate::eval::{Figures, Row};
use crate::expression::{Expression, parse};
use crate::lexer::closing_quote;
use crate::number::Format;
use crate::problem::{Problem, What};

/// A text of one line, in pieces.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    /// From 1 in the template; 0 if not known.
    pub number: usize,
    pub pieces: Vec<Piece>,
}

#[derive(Debug, Clone)]
pub(crate) enum Piece {
    Text(String),
    Placeholder(Placeholder),
}

/// `{expression|format}`.
#[derive(Debug, Clone)]
pub(crate) struct Placeholder {
    /// As written, with its braces.
    pub source: String,
    pub expression: Expression,
    pub format: Format,
}

/// What a line of a body asks for besides its text.
#[derive(Debug, Clone)]
pub(crate) enum Directive {
    /// `{表 名}`: a table stands here.
    Table(String),
    /// `{逐行 表[，条件]}`: the line once for each row.
    Each {
        table: String,
        condition: Option<Expression>,
        source: String,
    },
    /// `{如果 条件}`: the line only if it holds.
    If { condition: Expression, source: String },
}

impl Line {
    /// Takes a line apart.
    pub fn parse(text: &str, number: usize) -> Result<Self, Problem> {
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            plain += &rest[..at];
            let brace = &rest[at..];
            if let Some(after) = brace.strip_prefix("{{") {
                plain.push('{');
                rest = after;
            } else if let Some(after) = brace.strip_prefix("}}") {
                plain.push('}');
                rest = after;
            } else {
                let len =
                    placeholder_len(brace).ok_or_else(|| Problem::at(number, What::OpenBrace).within(&short(brace)))?;
                if !plain.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut plain)));
                }
                let source = &brace[..len];
                let placeholder = placeholder(source).map_err(|what| Problem::at(number, what).within(source))?;
                pieces.push(Piece::Placeholder(placeholder));
                rest = &brace[len..];
            }
        }
        plain += rest;
        if !plain.is_empty() {
            pieces.push(Piece::Text(plain));
        }
        Ok(Self { number, pieces })
    }

    /// The text with every placeholder filled.
    pub fn fill<'a>(&self, figures: &Figures<'a>, row: Row<'a>) -> Result<String, Problem> {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out += text,
                Piece::Placeholder(placeholder) => {
                    let shown = figures
                        .value(&placeholder.expression, row)
                        .and_then(|value| value.print(placeholder.format));
                    out += &shown.map_err(|what| Problem::at(self.number, what).within(&placeholder.source))?;
                }
            }
        }
        Ok(out)
    }
}

/// Takes the directive off the start of a line.
pub(crate) fn directive(line: &str, number: usize) -> Result<(Option<Directive>, &str), Problem> {
    let trimmed = line.trim_start();
    let Some(len) = trimmed.starts_with('{').then(|| placeholder_len(trimmed)).flatten() else {
        return Ok((None, line));
    };
    let (source, rest) = trimmed.split_at(len);
    let inner = source[1..len - 1].trim();
    let words = |names: [&str; 2]| {
        names.into_iter().find_map(|name| {
            let rest = inner.strip_prefix(name)?;
            rest.starts_with(char::is_whitespace).then(|| rest.trim())
        })
    };
    let fail = |what: What| Problem::at(number, what).within(source);
    if let Some(name) = words(["表", "table"]) {
        if !rest.trim().is_empty() {
            return Err(fail(What::Unexpected(short(rest.trim()))));
        }
        return Ok((Some(Directive::Table(unbracketed(name))), ""));
    }
    if let Some(asked) = words(["逐行", "each"]) {
        let (table, condition) = match asked.find([',', '，']) {
            Some(at) => {
                let condition = asked[at..].trim_start_matches([',', '，']);
                (&asked[..at], Some(parse(condition).map_err(fail)?))
            }
            None => (asked, None),
        };
        let each = Directive::Each {
            table: unbracketed(table.trim()),
            condition,
            source: source.to_owned(),
        };
        return Ok((Some(each), rest));
    }
    if let Some(condition) = words(["如果", "if"]) {
        let only = Directive::If {
            condition: parse(condition).map_err(fail)?,
            source: source.to_owned(),
        };
        return Ok((Some(only), rest));
    }
    Ok((None, line))
}

fn unbracketed(name: &str) -> String {
    let inner = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inner.unwrap_or(name).trim().to_owned()
}

/// Bytes of the placeholder that `text` begins with; braces within quotation marks do not close it.
fn placeholder_len(text: &str) -> Option<usize> {
    let mut quote: Option<char> = None;
    for (at, c) in text.char_indices().skip(1) {
        match quote {
            Some(close) if c == close => quote = None,
            Some(_) => {}
            None if c == '}' => return Some(at + 1),
            None if c == '{' => return None,
            None => quote = closing_quote(c),
        }
    }
    None
}

fn placeholder(source: &str) -> Result<Placeholder, What> {
    let inner = &source[1..source.len() - 1];
    let (expression, format) = match bar(inner) {
        Some((at, len)) => (&inner[..at], format(&inner[at + len..])?),
        None => (inner, Format::default()),
    };
    Ok(Placeholder {
        source: source.to_owned(),
        expression: parse(expression)?,
        format,
    })
}

/// Place and length of the bar before the format, outside quotation marks and square brackets.
fn bar(inner: &str) -> Option<(usize, usize)> {
    let mut quote: Option<char> = None;
    for (at, c) in inner.char_indices() {
        match quote {
            Some(close) if c == close => quote = None,
            Some(_) => {}
            None if c == '|' || c == '｜' => return Some((at, c.len_utf8())),
            None if c == '[' => quote = Some(']'),
            None => quote = closing_quote(c),
        }
    }
    None
}

/// Places that a number can be shown with.
const MOST_PLACES: u32 = 12;

fn format(words: &str) -> Result<Format, What> {
    let mut format = Format::default();
    let words = words.split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、'));
    for word in words.filter(|word| !word.is_empty()) {
        match word {
            "千分" | "thousands" => format.grouped = true,
            "中文" | "chinese" => format.chinese = true,
            "万" => format.magnitude = Some(('万', 10_000)),
            "亿" => format.magnitude = Some(('亿', 100_000_000)),
            _ => match word.parse::<u32>() {
                Ok(places) if places <= MOST_PLACES => format.places = Some(places),
                _ => return Err(What::NoFormat(short(word))),
            },
        }
    }
    Ok(format)
}

fn short(text: &str) -> String {
    text.chars().take(16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Data;

    fn fill(text: &str) -> Result<String, Problem> {
        let data = Data::from_json(r#"{"受理":1268,"金额":"123456.7","单位":"甲镇"}"#).unwrap();
        Line::parse(text, 7)?.fill(&Figures::new(&data, None), Row::None)
    }

    #[test]
    fn placeholders_and_formats() {
        assert_eq!(fill("受理{受理}件，{受理|千分}件").unwrap(), "受理1268件，1,268件");
        assert_eq!(
            fill("{金额|万 1}元，{ 金额 ｜ 千分，0 }元").unwrap(),
            "12.3万元，123,457元"
        );
        assert_eq!(fill("{{不填}}，{若(受理 > 1, “}”, '|')}").unwrap(), "{不填}，}");
        assert_eq!(fill("共{12|中文}件").unwrap(), "共十二件");
    }

    #[test]
    fn mistakes_name_line_and_placeholder() {
        let said = |text: &str| fill(text).unwrap_err().chinese();
        assert_eq!(said("件{受里}件"), "第7行：{受里}：数据中没有“受里”，是否为“受理”");
        assert_eq!(
            said("件{受理"),
            "第7行：{受理：花括号没有配对（要写花括号本身，请写两个：{{ 或 }}）"
        );
        assert!(said("件{受理|斤}").contains("没有“斤”这种显示格式"));
        assert!(said("件}").contains("花括号"));
        assert!(said("{单位 + 1}").contains("“甲镇”不是数"));
        assert_eq!(
            fill("{受理 / 7}").unwrap_err().to_string().split(": ").nth(1),
            Some("{受理 / 7}")
        );
    }

    #[test]
    fn directives_stand_at_the_start_of_a_line() {
        let read = |line| directive(line, 1).unwrap();
        assert!(matches!(read("{表 抽检}"), (Some(Directive::Table(name)), "") if name == "抽检"));
        assert!(matches!(
            read("{逐行 抽检，数 > 3}（{序号}）"),
            (Some(Directive::Each { .. }), "（{序号}）")
        ));
        assert!(matches!(
            read("{如果 受理 > 0}受理"),
            (Some(Directive::If { .. }), "受理")
        ));
        assert!(matches!(read("{表格数}张"), (None, "{表格数}张")));
        assert!(directive("{表 抽检}多余", 1).is_err());
    }
}
