//! A formula's text in tokens, and the text of a shared formula at another cell.

use std::borrow::Cow;

pub(crate) use crate::workbook::sheet::{MAX_COL, MAX_ROW};

/// Bytes of a formula; Excel allows 8192 characters, of which the names of sheets may take three bytes each.
const MAX_TEXT: usize = 64 << 10;

/// A row or column as a reference writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Edge {
    /// From 0.
    pub at: u32,
    /// Written with `$`: it stays where it is when the formula moves.
    pub fixed: bool,
}

/// A piece of a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token<'t> {
    /// `1`, `0.5`, `1E-3`
    Number(&'t str),
    /// `"…"`
    Text,
    /// The name of a function or anything defined.
    Word(&'t str),
    /// The sheet of the reference that follows, without quotes and `!`.
    Sheet(Cow<'t, str>),
    /// `B$3`
    Cell(Edge, Edge),
    /// An end of a range of whole columns: `$B`.
    Column(Edge),
    /// An end of a range of whole rows: `$3`.
    Row(Edge),
    /// `+ - * / ^ % ( ) , : & < > =` and whatever else stands for itself.
    Mark(char),
}

/// The tokens of a formula with the byte at which each begins and ends; blanks are left out. `None` if a quote is open,
/// or the text is longer than any formula.
pub(crate) fn tokens(text: &str) -> Option<Vec<(Token<'_>, usize, usize)>> {
    if text.len() > MAX_TEXT {
        return None;
    }
    let mut out: Vec<(Token<'_>, usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        // A sheet of another notation may be fixed too: `$'表 1'!A1`.
        let quoted = rest.strip_prefix('$').filter(|r| r.starts_with('\'')).unwrap_or(rest);
        let (token, len) = match c {
            '"' => (Token::Text, closing(rest, '"')?),
            _ if quoted.starts_with('\'') => {
                let end = closing(quoted, '\'')?;
                let name = &quoted[1..end - 1];
                let name = if name.contains("''") {
                    Cow::Owned(name.replace("''", "'"))
                } else {
                    Cow::Borrowed(name)
                };
                if !quoted[end..].starts_with('!') {
                    return None;
                }
                (Token::Sheet(name), rest.len() - quoted.len() + end + 1)
            }
            _ if is_name(c) => {
                let len = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
                run(rest, len, matches!(out.last(), Some((Token::Mark(':'), ..))))
            }
            _ => (Token::Mark(c), c.len_utf8()),
        };
        out.push((token, at, at + len));
        at += len;
    }
    Some(out)
}

/// Length of a quoted piece, a doubled quote being one inside.
fn closing(rest: &str, quote: char) -> Option<usize> {
    let mut from = 1;
    loop {
        let end = from + rest.get(from..)?.find(quote)? + 1;
        if !rest[end..].starts_with(quote) {
            return Some(end);
        }
        from = end + 1;
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | '\\' | '?')
}

/// What a run of `len` bytes of characters of names is, by what stands around it.
fn run(rest: &str, len: usize, in_range: bool) -> (Token<'_>, usize) {
    let (word, after) = rest.split_at(len);
    if after.starts_with('!') {
        let name = word.strip_prefix('$').unwrap_or(word);
        return (Token::Sheet(Cow::Borrowed(name)), word.len() + 1);
    }
    let called = after.trim_start().starts_with('(');
    let ranges = in_range || after.trim_start().starts_with(':');
    let split = word
        .find(|c: char| !c.is_ascii_alphabetic() && c != '$')
        .unwrap_or(word.len());
    // The `$` before the digits belongs to them.
    let split = if split < word.len() && split > 1 && word[..split].ends_with('$') {
        split - 1
    } else {
        split
    };
    let (letters, digits) = word.split_at(split);
    let token = match (column(letters), row(digits)) {
        (Some(col), Some(row)) if !called => Token::Cell(row, col),
        (Some(col), None) if digits.is_empty() && ranges => Token::Column(col),
        _ if ranges && row(word).is_some() => row(word).map_or(Token::Word(word), Token::Row),
        _ if word.starts_with(|c: char| c.is_ascii_digit() || c == '.') => {
            // `1E-3` holds a mark.
            let power = word.ends_with(['E', 'e']) && after.starts_with(['+', '-']);
            let digits = after
                .get(1..)
                .map_or(0, |a| a.bytes().take_while(u8::is_ascii_digit).count());
            if power && digits > 0 {
                let len = len + 1 + digits;
                return (Token::Number(&rest[..len]), len);
            }
            Token::Number(word)
        }
        _ => Token::Word(word),
    };
    (token, word.len())
}

fn column(letters: &str) -> Option<Edge> {
    let bare = letters.strip_prefix('$').unwrap_or(letters);
    if !(1..=3).contains(&bare.len()) || !bare.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let n = bare
        .bytes()
        .fold(0, |n, b| n * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1);
    (n <= MAX_COL).then(|| Edge {
        at: n - 1,
        fixed: bare.len() < letters.len(),
    })
}

fn row(digits: &str) -> Option<Edge> {
    let bare = digits.strip_prefix('$').unwrap_or(digits);
    if !(1..=7).contains(&bare.len()) || !bare.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let n: u32 = bare.parse().ok()?;
    (1..=MAX_ROW).contains(&n).then(|| Edge {
        at: n - 1,
        fixed: bare.len() < digits.len(),
    })
}

/// The text of a shared formula (`t="shared"`) at a cell `rows` below and `cols` right of the one that writes it out; `None`
/// if it names a cell that is not there, or cannot be read.
pub(crate) fn moved(text: &str, rows: i64, cols: i64) -> Option<String> {
    use std::fmt::Write;
    let mut out = String::with_capacity(text.len() + 8);
    let mut copied = 0;
    let by = |edge: Edge, by: i64, end: u32| -> Option<Edge> {
        let at = if edge.fixed {
            edge.at
        } else {
            u32::try_from(i64::from(edge.at) + by).ok()?
        };
        (at < end).then_some(Edge { at, ..edge })
    };
    let mark = |edge: Edge| if edge.fixed { "$" } else { "" };
    for (token, from, to) in tokens(text)? {
        let (row, col) = match token {
            Token::Cell(row, col) => (Some(row), Some(col)),
            Token::Column(col) => (None, Some(col)),
            Token::Row(row) => (Some(row), None),
            _ => continue,
        };
        out.push_str(&text[copied..from]);
        copied = to;
        if let Some(col) = col {
            let col = by(col, cols, MAX_COL)?;
            let name = crate::workbook::sheet::address(0, col.at);
            let _ = write!(out, "{}{}", mark(col), name.trim_end_matches('1'));
        }
        if let Some(row) = row {
            let row = by(row, rows, MAX_ROW)?;
            let _ = write!(out, "{}{}", mark(row), row.at + 1);
        }
    }
    out.push_str(&text[copied..]);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_formulas_move_with_their_cell() {
        let check = |text: &str, rows, cols, moved_to: Option<&str>| {
            assert_eq!(moved(text, rows, cols).as_deref(), moved_to, "{text}");
        };
        check("SUM(B3:B5)", 0, 1, Some("SUM(C3:C5)"));
        check("B$3*$C4+'表 A1'!A1&\"A1\"", 2, 1, Some("C$3*$C6+'表 A1'!B3&\"A1\""));
        check("SUM(A:B)+SUM($1:2)", 1, 1, Some("SUM(B:C)+SUM($1:3)"));
        check("LOG10(A1)+汇总!A1+Sheet1!A1", 1, 0, Some("LOG10(A2)+汇总!A2+Sheet1!A2"));
        check("A1-1", -1, 0, None);
        check("XFD1", 0, 1, None);
        check("ROUND(Z9/AA9,2)", 0, 1, Some("ROUND(AA9/AB9,2)"));
        check("\"open", 0, 0, None);
        check(&format!("A1{}", "+A1".repeat(30_000)), 1, 0, None);
    }

    #[test]
    fn runs_are_told_apart_by_what_stands_around_them() {
        fn kinds(text: &str) -> Vec<Token<'_>> {
            tokens(text).expect("closed quotes").into_iter().map(|t| t.0).collect()
        }
        assert_eq!(kinds("1E"), [Token::Number("1E")]);
        assert_eq!(kinds("1.5E-3+A1")[..2], [Token::Number("1.5E-3"), Token::Mark('+')]);
        assert_eq!(kinds("ABCD1"), [Token::Word("ABCD1")]);
        assert_eq!(kinds("税率"), [Token::Word("税率")]);
        assert_eq!(kinds("$'甲''乙'!A1")[0], Token::Sheet("甲'乙".into()));
        assert_eq!(kinds("$甲!A1")[0], Token::Sheet("甲".into()));
    }

    #[test]
    fn no_text_panics() {
        for text in [
            "$", "'", "''", "$'", "'a'", "\"\"\"", "$$A$$1", "A$", "$A$1$", "1:", ":1", "A:", "é!", "1E+", "A0", "0:0",
            "1:0", "!", "''!",
        ] {
            let _ = moved(text, 1, 1);
        }
    }
}
