//! The style sheet (MS-DOC 2.9.271): what a paragraph's style says of its role.

use super::properties::{Outside, ParagraphProperties, hidden_by};
use crate::docx::styles::ParagraphHints;
use crate::little_endian::u16_at;

/// Styles in a chain of bases; Word itself stops at about eleven.
const MAX_CHAIN: usize = 20;
/// Styles of a document (2.9.272); numbers have twelve bits.
const MAX_STYLES: usize = 4096;
/// The number of no style.
const NO_STYLE: usize = 0x0FFF;

/// One style with what it inherits.
#[derive(Debug, Clone, Default)]
struct Style {
    base: usize,
    hints: ParagraphHints,
    vanish: Option<bool>,
}

/// All styles by number.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    styles: Vec<Style>,
    /// Whether any style hides text; if not, runs without properties need no look.
    pub any_hides: bool,
}

impl Styles {
    /// Reads the style sheet; what comes after a defect is left out.
    pub fn parse(bytes: &[u8], outside: &Outside<'_>) -> Self {
        let mut out = Self::default();
        let Some(head_len) = u16_at(bytes, 0) else { return out };
        let (Some(n), Some(base_len)) = (u16_at(bytes, 2), u16_at(bytes, 4)) else {
            return out;
        };
        let mut at = 2 + usize::from(head_len);
        for _ in 0..usize::from(n).min(MAX_STYLES) {
            let Some(len) = u16_at(bytes, at) else { break };
            let Some(style) = bytes.get(at + 2..at + 2 + usize::from(len)) else {
                break;
            };
            out.styles.push(parse_style(style, usize::from(base_len), outside));
            // Each begins at an even place.
            at += 2 + usize::from(len).next_multiple_of(2);
        }
        out.inherit();
        out
    }

    fn inherit(&mut self) {
        let raw = self.styles.clone();
        for style in &mut self.styles {
            let mut next = style.base;
            for _ in 0..MAX_CHAIN {
                let Some(base) = raw.get(next) else { break };
                style.hints.inherit(&base.hints);
                style.vanish = style.vanish.or(base.vanish);
                next = base.base;
            }
        }
        self.any_hides = self.styles.iter().any(|style| style.vanish == Some(true));
    }

    /// What a style says of a paragraph; nothing if there is no such style.
    pub fn hints(&self, style: u16) -> ParagraphHints {
        self.styles
            .get(usize::from(style))
            .map(|s| s.hints.clone())
            .unwrap_or_default()
    }

    /// Whether a style hides its text; `None` if it does not say.
    pub fn hides(&self, style: u16) -> Option<bool> {
        self.styles.get(usize::from(style))?.vanish
    }
}

/// Reads one style (2.9.258). `base_len` bytes of fixed shape come first, then the name, then property lists.
fn parse_style(style: &[u8], base_len: usize, outside: &Outside<'_>) -> Style {
    let mut out = Style {
        base: NO_STYLE,
        ..Style::default()
    };
    let (Some(built_in), Some(kind)) = (u16_at(style, 0), u16_at(style, 2)) else {
        return out;
    };
    out.base = usize::from(kind >> 4);
    let Some(name_len) = u16_at(style, base_len) else {
        return out;
    };
    // The name has its length before it and a null after it.
    let mut at = base_len + 2 + (usize::from(name_len) + 1) * 2;
    let mut next = || {
        let len = usize::from(u16_at(style, at)?);
        let list = style.get(at + 2..at + 2 + len)?;
        at += 2 + len.next_multiple_of(2);
        Some(list)
    };
    match kind & 0xF {
        1 => {
            if let Some(list) = next() {
                // The list begins with the style's own number.
                out.hints = ParagraphProperties::of(list, outside).hints;
            }
            out.vanish = next().and_then(hidden_by);
        }
        2 => out.vanish = next().and_then(hidden_by),
        _ => {}
    }
    let built_in = built_in & 0x0FFF;
    if (1..=9).contains(&built_in) {
        out.hints.outline = out.hints.outline.or(u8::try_from(built_in - 1).ok());
    }
    out
}
