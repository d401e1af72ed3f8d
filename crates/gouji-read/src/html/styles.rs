//! What elements and their own styles say about text.

use gouji_document::Align;

/// White space that pages collapse; ideographic and no-break blanks are characters.
pub(super) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}')
}

/// Characters beside which a line end of the source is no blank.
pub(super) fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}')
        || matches!(c, '“' | '”' | '‘' | '’' | '—' | '…' | '①'..='⑳')
}

pub(super) fn is_block(name: &str) -> bool {
    !matches!(name, "span" | "sup" | "br" | "ruby" | "del")
}

/// Whether a style, in lower case, hides its element.
pub(super) fn hides(style: &str) -> bool {
    style.split(';').any(|declaration| {
        let Some((property, value)) = declaration.split_once(':') else {
            return false;
        };
        let value = value.trim().trim_end_matches("!important").trim_end();
        match property.trim() {
            "display" => value == "none",
            "visibility" => value == "hidden",
            "font-size" => value
                .strip_prefix('0')
                .is_some_and(|unit| matches!(unit, "" | "px" | "pt" | "em" | "rem" | "%")),
            _ => false,
        }
    })
}

pub(super) fn alignment(name: &str, attribute: Option<&str>, style: &str) -> Option<Align> {
    let from_word = |word: &str| match word.trim().to_ascii_lowercase().as_str() {
        "center" | "middle" => Align::Center,
        "right" | "end" => Align::End,
        _ => Align::Start,
    };
    if name == "center" {
        return Some(Align::Center);
    }
    style
        .split(';')
        .filter_map(|declaration| declaration.split_once(':'))
        .find(|(property, _)| property.trim() == "text-align")
        .map(|(_, value)| from_word(value))
        .or_else(|| attribute.filter(|_| name != "table").map(from_word))
}
