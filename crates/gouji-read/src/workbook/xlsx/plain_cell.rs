//! Cells as nearly all programs write them, without the pull parser.
//!
//! `<c r="B7" s="2"><v>12</v></c>`, perhaps with `<f>…</f>` before the value, makes up nearly all of a large sheet. Four events of
//! a parser cost more there than all that is done with the cell. What is written in any other way (references, other attributes'
//! quotes, white space, children with attributes) is no plain cell, and nothing is passed over.

/// A cell that was taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PlainCell<'a> {
    /// Its formula.
    pub formula: Option<&'a str>,
    /// Its value.
    pub value: Option<&'a str>,
    /// Bytes that it takes up.
    pub len: usize,
}

/// The cell that `source` begins with, if it is a plain one; each attribute is given to `take` with its name.
pub(super) fn plain_cell<'a>(source: &'a str, mut take: impl FnMut(&'a str, &'a str)) -> Option<PlainCell<'a>> {
    let mut rest = source.strip_prefix("<c")?;
    loop {
        if let Some(inside) = rest.strip_prefix('>') {
            rest = inside;
            break;
        }
        if let Some(behind) = rest.strip_prefix("/>") {
            return Some(PlainCell {
                formula: None,
                value: None,
                len: source.len() - behind.len(),
            });
        }
        rest = rest.strip_prefix(' ')?;
        // No prefix, so nothing but a default namespace could be declared.
        let name_len = rest.bytes().take_while(u8::is_ascii_lowercase).count();
        let (name, after) = rest.split_at(name_len);
        let after = after.strip_prefix("=\"")?;
        let value_len = after.bytes().position(|b| matches!(b, b'"' | b'<' | b'&'))?;
        let (value, after) = after.split_at(value_len);
        if name.is_empty() || name == "xmlns" {
            return None;
        }
        take(name, value);
        rest = after.strip_prefix('"')?;
    }
    let mut formula = None;
    if let Some(inside) = rest.strip_prefix("<f>") {
        let (text, behind) = characters(inside)?;
        formula = Some(text);
        rest = behind.strip_prefix("</f>")?;
    }
    let (value, behind) = characters(rest.strip_prefix("<v>")?)?;
    let behind = behind.strip_prefix("</v></c>")?;
    Some(PlainCell {
        formula,
        value: Some(value),
        len: source.len() - behind.len(),
    })
}

/// The characters up to the next tag, and what is behind them; `None` if they hold a reference.
fn characters(text: &str) -> Option<(&str, &str)> {
    // Mostly a few digits: a search made for long texts takes longer to begin.
    let end = text.bytes().position(|b| matches!(b, b'<' | b'&'))?;
    Some(text.split_at(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(source: &str) -> Option<String> {
        let mut attributes = String::new();
        let cell = plain_cell(source, |name, value| {
            attributes += &format!("{name}={value} ");
        })?;
        assert!(source[..cell.len].ends_with("</c>") || source[..cell.len].ends_with("/>"));
        Some(format!("{attributes}{:?} {:?}", cell.formula, cell.value))
    }

    #[test]
    fn cells_are_taken_apart_as_they_are_mostly_written() {
        let cell = |source| taken(source).expect(source);
        assert_eq!(
            cell(r#"<c r="B7" s="2" t="s"><v>12</v></c><c r="C7"/>"#),
            r#"r=B7 s=2 t=s None Some("12")"#
        );
        assert_eq!(
            cell("<c><f>SUM(A1:A9)</f><v></v></c>"),
            r#"Some("SUM(A1:A9)") Some("")"#
        );
        assert_eq!(cell(r#"<c r="甲>"/><row>"#), "r=甲> None None");
    }

    #[test]
    fn whatever_is_written_otherwise_is_no_plain_cell() {
        for source in [
            "",
            "<c",
            "<c>",
            "<cc><v>1</v></c>",
            "<c r='A1'><v>1</v></c>",
            r#"<c  r="A1"><v>1</v></c>"#,
            r#"<c r = "A1"><v>1</v></c>"#,
            r#"<c r="A1" ><v>1</v></c>"#,
            r#"<c r="&#65;1"><v>1</v></c>"#,
            r#"<c x:r="A1"><v>1</v></c>"#,
            r#"<c xmlns="x"><v>1</v></c>"#,
            r#"<c r="A1"#,
            "<c> <v>1</v></c>",
            "<c><v>1 &amp; 2</v></c>",
            "<c><v>1</v><v>2</v></c>",
            "<c><v>1<!-- --></v></c>",
            "<c><v x=\"1\">1</v></c>",
            "<c><v>1</v> </c>",
            "<c><v>1</v></c >",
            "<c><v>1</v>",
            "<c><f t=\"shared\" si=\"0\">A1</f><v>1</v></c>",
            "<c><f>A1&lt;2</f><v>1</v></c>",
            "<c><f>A1</f></c>",
            "<c t=\"inlineStr\"><is><t>甲</t></is></c>",
        ] {
            assert_eq!(taken(source), None, "{source}");
        }
    }
}
