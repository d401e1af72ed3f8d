//! Characters of the symbol fonts that office documents use for ticks, boxes and bullets (`w:sym`).
//!
//! - Handled: the ticks, crosses, boxes, bullets and arrows of Wingdings and Wingdings 2, the operators of Symbol.
//! - Partly handled: any other character of a symbol font stays the private-use character that it is in the file.

/// The character that is printed for `code` in `font`.
pub(crate) fn symbol(font: &str, code: u32) -> Option<char> {
    // Symbol fonts live at F000–F0FF; some writers leave the offset out.
    let low = match code {
        0xF000..=0xF0FF => code - 0xF000,
        _ => code,
    };
    let printed = match font.trim().to_ascii_lowercase().as_str() {
        "wingdings" => wingdings(low),
        "wingdings 2" => wingdings_2(low),
        "symbol" => symbol_font(low),
        _ => None,
    };
    printed.or_else(|| char::from_u32(code))
}

fn wingdings(low: u32) -> Option<char> {
    Some(match low {
        0x6C | 0x9F => '●',
        0x6E => '■',
        0x6F | 0xA8 => '□',
        0x71 | 0x72 => '❑',
        0x75 => '◆',
        0x76 => '❖',
        0x81..=0x8A => char::from_u32(0x2460 + (low - 0x81))?,
        0xA1 => '○',
        0xA7 => '▪',
        0xD8 => '➢',
        0xE0 => '→',
        0xFB => '✗',
        0xFC => '✓',
        0xFD => '☒',
        0xFE => '☑',
        _ => return None,
    })
}

fn wingdings_2(low: u32) -> Option<char> {
    Some(match low {
        0x4F => '✗',
        0x50 => '✓',
        0x51 | 0x53 | 0x54 => '☒',
        0x52 => '☑',
        0x96..=0x98 => '●',
        0xA2 => '■',
        0xA3 | 0x2A | 0x30 => '□',
        _ => return None,
    })
}

fn symbol_font(low: u32) -> Option<char> {
    Some(match low {
        0x2D => '−',
        0xA3 => '≤',
        0xB0 => '°',
        0xB1 => '±',
        0xB3 => '≥',
        0xB4 => '×',
        0xB7 => '•',
        0xB8 => '÷',
        0xB9 => '≠',
        0xBB => '≈',
        0xC5 => '⊕',
        0xD7 => '⋅',
        0xE5 => '∑',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_and_boxes_are_what_they_look_like() {
        assert_eq!(symbol("Wingdings 2", 0xF052), Some('☑'));
        assert_eq!(symbol("Wingdings 2", 0x52), Some('☑'));
        assert_eq!(symbol("wingdings", 0xF0A8), Some('□'));
        assert_eq!(symbol("Symbol", 0xF0B1), Some('±'));
    }

    #[test]
    fn ordinary_fonts_and_unknown_codes_stay() {
        assert_eq!(symbol("宋体", 0x25A1), Some('□'));
        assert_eq!(symbol("Wingdings", 0xF021), Some('\u{F021}'));
        assert_eq!(symbol("Wingdings", 0xD800), None);
    }
}
