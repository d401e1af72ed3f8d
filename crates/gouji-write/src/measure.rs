//! Widths of text in half characters, as East Asian typesetting counts them.

use gouji_standard::HalfChars;

/// Width of a character: 2 for Chinese characters and full-width marks, 1 for digits and Latin letters, 0 for marks that take no room.
///
/// Characters of ambiguous width (“ ” … — · × ①) count 2: in Chinese type they are full width.
pub(crate) fn char_width(c: char) -> i32 {
    match c {
        '\0'..='\u{1f}' | '\u{7f}' => 0,
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => 0,
        '·' | '×' | '÷' | '±' | '°' | '§' | '¨' | '´' | '¶' | '¸' | '²' | '³' | '¹' | '¼'..='¿' => 2,
        '\u{20}'..='\u{36f}'
        | '\u{460}'..='\u{10ff}'
        | '\u{1160}'..='\u{200f}'
        | '\u{ff61}'..='\u{ffdc}'
        | '\u{ffe8}'..='\u{ffee}' => 1,
        _ => 2,
    }
}

/// Width of a text on one line.
pub(crate) fn width(text: &str) -> HalfChars {
    let halves: i64 = text.chars().map(|c| i64::from(char_width(c))).sum();
    HalfChars(i32::try_from(halves).unwrap_or(i32::MAX / 1024))
}

/// Width of a text on one line in a layout that sets a quarter of a character between digits or letters and Chinese characters, whatever
/// the document says, in a bold font whose digits are six tenths of the type wide.
pub(crate) fn widest(text: &str) -> HalfChars {
    let (mut eighths, mut last) = (0_i64, None);
    for c in text.chars() {
        let narrow = c.is_ascii_alphanumeric();
        eighths += i64::from(char_width(c)) * 8 + i64::from(narrow) * 2;
        if last.is_some_and(|last: char| is_han(last) != is_han(c) && (narrow || last.is_ascii_alphanumeric())) {
            eighths += 4;
        }
        last = Some(c);
    }
    HalfChars(i32::try_from((eighths + 7) / 8).unwrap_or(i32::MAX / 1024))
}

/// Width of the widest stretch that a line cannot be broken in: a number with its marks, a Latin word, or one Chinese character.
pub(crate) fn widest_token(text: &str) -> i32 {
    let (mut widest, mut run) = (0, 0);
    for c in text.chars() {
        let w = char_width(c);
        run = if c.is_ascii_graphic() { run + w } else { 0 };
        widest = widest.max(run).max(w);
    }
    widest
}

/// A Chinese character (Han, with the later planes).
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_chinese_type() {
        assert_eq!(width("2024年3月"), HalfChars(9));
        assert_eq!(width("“第①批”——甲…"), HalfChars(18));
        assert_eq!(width("a\u{200b}b\u{301}"), HalfChars(2));
    }

    #[test]
    fn digits_may_take_more_room() {
        assert_eq!(widest("青禾县人民政府文件"), width("青禾县人民政府文件"));
        // Two seams and five digits: 8 + 10 eighths.
        assert_eq!(widest("青禾县12345热线"), width("青禾县12345热线") + HalfChars(3));
        assert_eq!(widest(""), HalfChars(0));
    }

    #[test]
    fn a_number_is_one_token() {
        assert_eq!(widest_token("共1,268.50件"), 8);
        assert_eq!(widest_token("甲乙"), 2);
        assert_eq!(widest_token(""), 0);
    }
}
