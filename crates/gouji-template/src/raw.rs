//! TOML and JSON as one tree, with numbers as they are written and the line of each value.
//!
//! Neither parser's own number type will do: both are binary fractions.

use std::fmt;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::problem::{Problem, What};

/// A value with its line, from 1; 0 if it is not known.
#[derive(Debug, Clone)]
pub(crate) struct Raw {
    pub line: usize,
    pub body: Body,
}

#[derive(Debug, Clone)]
pub(crate) enum Body {
    /// A text; its own first line is that of the value.
    Text(String),
    /// A number as written.
    Number(String),
    Bool(bool),
    Null,
    List(Vec<Raw>),
    /// In the order of the file.
    Map(Vec<(String, Raw)>),
}

/// Levels of maps and lists; data has three.
const MOST_DEPTH: usize = 8;

/// Reads TOML.
pub(crate) fn toml(text: &str) -> Result<Raw, Problem> {
    let lines = Lines::of(text);
    let table = DeTable::parse(text).map_err(|error| {
        let line = error.span().map_or(0, |span| lines.line(span.start));
        Problem::at(line, What::Syntax(error.message().to_owned()))
    })?;
    Ok(Raw {
        line: 1,
        body: from_table(table.get_ref(), text, &lines, 0)?,
    })
}

/// Starts of the lines of a text.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        Self(
            std::iter::once(0)
                .chain(text.match_indices('\n').map(|(at, _)| at + 1))
                .collect(),
        )
    }

    fn line(&self, at: usize) -> usize {
        self.0.partition_point(|start| *start <= at)
    }
}

fn from_table(table: &DeTable<'_>, text: &str, lines: &Lines, depth: usize) -> Result<Body, Problem> {
    let mut entries: Vec<_> = table.iter().collect();
    // The parser sorts by name; the order of the file is that of a table's columns.
    entries.sort_by_key(|(key, _)| key.span().start);
    let entries = entries.into_iter().map(|(key, value)| {
        let mut raw = from_toml(value, text, lines, depth + 1)?;
        if matches!(raw.body, Body::Map(_) | Body::List(_)) {
            raw.line = lines.line(key.span().start);
        }
        Ok((key.get_ref().to_string(), raw))
    });
    Ok(Body::Map(entries.collect::<Result<_, Problem>>()?))
}

fn from_toml(value: &Spanned<DeValue<'_>>, text: &str, lines: &Lines, depth: usize) -> Result<Raw, Problem> {
    let at = value.span().start;
    let mut line = lines.line(at);
    if depth > MOST_DEPTH {
        return Err(Problem::at(line, What::TooDeep));
    }
    let body = match value.get_ref() {
        DeValue::String(string) => {
            let source = text.get(at..).unwrap_or("");
            let opened = source.strip_prefix("'''").or_else(|| source.strip_prefix("\"\"\""));
            // A line break right behind the opening marks is not part of the text.
            if opened.is_some_and(|rest| rest.starts_with(['\n', '\r'])) {
                line += 1;
            }
            Body::Text(string.to_string())
        }
        DeValue::Integer(number) if number.radix() == 10 => Body::Number(number.as_str().to_owned()),
        DeValue::Integer(number) => return Err(Problem::at(line, What::NotANumber(number.as_str().to_owned()))),
        DeValue::Float(number) => Body::Number(number.as_str().to_owned()),
        DeValue::Boolean(yes) => Body::Bool(*yes),
        DeValue::Datetime(datetime) => Body::Text(match datetime.date {
            Some(date) => format!("{}年{}月{}日", date.year, date.month, date.day),
            None => datetime.to_string(),
        }),
        DeValue::Array(array) => {
            let list = array.iter().map(|value| from_toml(value, text, lines, depth + 1));
            Body::List(list.collect::<Result<_, _>>()?)
        }
        DeValue::Table(table) => from_table(table, text, lines, depth)?,
    };
    Ok(Raw { line, body })
}

/// Reads JSON.
pub(crate) fn json(text: &str) -> Result<Raw, Problem> {
    let value: &RawValue = serde_json::from_str(text).map_err(|error| syntax(&error))?;
    from_json(value, 0)
}

fn syntax(error: &serde_json::Error) -> Problem {
    Problem::at(error.line(), What::Syntax(error.to_string()))
}

fn from_json(value: &RawValue, depth: usize) -> Result<Raw, Problem> {
    if depth > MOST_DEPTH {
        return Err(Problem::new(What::TooDeep));
    }
    let text = value.get().trim();
    let inner = |error: serde_json::Error| Problem::new(What::Syntax(error.to_string()));
    let body = match text.as_bytes().first() {
        Some(b'{') => {
            let map: Ordered<'_> = serde_json::from_str(text).map_err(inner)?;
            let entries = map
                .0
                .into_iter()
                .map(|(key, value)| Ok((key, from_json(value, depth + 1)?)));
            Body::Map(entries.collect::<Result<_, Problem>>()?)
        }
        Some(b'[') => {
            let list: Vec<&RawValue> = serde_json::from_str(text).map_err(inner)?;
            let list = list.into_iter().map(|value| from_json(value, depth + 1));
            Body::List(list.collect::<Result<_, _>>()?)
        }
        Some(b'"') => Body::Text(serde_json::from_str(text).map_err(inner)?),
        Some(b't') => Body::Bool(true),
        Some(b'f') => Body::Bool(false),
        Some(b'n') | None => Body::Null,
        Some(_) => Body::Number(text.to_owned()),
    };
    Ok(Raw { line: 0, body })
}

/// An object with its keys in order, its values unread.
struct Ordered<'a>(Vec<(String, &'a RawValue)>);

impl<'de> serde::Deserialize<'de> for Ordered<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Ordered<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Ordered(entries))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(raw: &Raw) -> String {
        match &raw.body {
            Body::Text(text) => format!("“{text}”@{}", raw.line),
            Body::Number(number) => number.clone(),
            Body::Bool(yes) => yes.to_string(),
            Body::Null => "–".to_owned(),
            Body::List(list) => format!("[{}]", list.iter().map(show).collect::<Vec<_>>().join(" ")),
            Body::Map(map) => {
                let map = map.iter().map(|(key, value)| format!("{key}={}", show(value)));
                format!("{{{}}}", map.collect::<Vec<_>>().join(" "))
            }
        }
    }

    #[test]
    fn numbers_stay_as_written_and_keys_in_order() {
        let text = "\"乙\" = 97.10\n\"甲\" = 0.30000000000000004\n[t]\nb = \"x\"\na = '''\ny\nz'''\nd = 2024-10-11\n";
        assert_eq!(
            show(&toml(text).unwrap()),
            "{乙=97.10 甲=0.30000000000000004 t={b=“x”@4 a=“y\nz”@6 d=“2024年10月11日”@8}}"
        );
        let text = r#"{"乙": 97.10, "甲": [1e2, null, true, "x"], "c": {"b": 1, "a": 2}}"#;
        assert_eq!(
            show(&json(text).unwrap()),
            "{乙=97.10 甲=[1e2 – true “x”@0] c={b=1 a=2}}"
        );
    }

    #[test]
    fn mistakes_have_their_line() {
        assert_eq!(toml("a = 1\nb = \n").unwrap_err().line, Some(2));
        assert_eq!(json("{\n\"a\": }").unwrap_err().line, Some(2));
        assert!(toml("a = 0x1F").is_err());
    }

    #[test]
    fn depth_has_a_bound() {
        assert!(json(&("[".repeat(100) + &"]".repeat(100))).is_err());
        assert!(json(&"[".repeat(100_000)).is_err());
        assert!(toml(&format!("a = {}{}", "[".repeat(40), "]".repeat(40))).is_err());
    }
}
