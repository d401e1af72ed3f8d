//! Signature, date and annotation (署名、成文日期、附注): §7.3.5, §7.3.6.

use gouji_circular::Circular;
use gouji_standard as gb;
use gouji_standard::{HalfChars, House, Twips, sign_off_sealed, sign_off_unsealed};

use crate::document::Page;
use crate::mark::condensed;
use crate::measure::width;
use crate::paragraph::Direct;
use crate::style::Style;
use crate::title::break_title;

/// Lines between two sealed signatures, so that their seals do not touch (§7.3.5.1).
const SEAL_STEP: i32 = (gb::SEAL_DIAMETER.twips().0 + gb::LINE.0 - 1) / gb::LINE.0;

/// Lines from the end of the text to the date.
pub(crate) fn lines(circular: &Circular, house: &House) -> i64 {
    let n = i64::try_from(circular.signatures.len()).unwrap_or(i64::MAX / 64);
    let sealed = house.sealed && n > 0;
    let gap = if sealed { gb::SEALED_GAP } else { gb::SIGNATURE_GAP };
    let between = if sealed { i64::from(SEAL_STEP) * (n - 1) } else { 0 };
    i64::from(gap) + n + between + i64::from(circular.date.is_some())
}

impl Page<'_> {
    pub(crate) fn sign_off(&mut self) {
        let circular = self.circular;
        let sealed = self.house.sealed && !circular.signatures.is_empty();
        let gap = gb::LINE * if sealed { gb::SEALED_GAP } else { gb::SIGNATURE_GAP };
        let right_edge = if sealed { HalfChars(0) } else { gb::SIGNATURE_RIGHT };
        let date_width = circular.date.as_ref().map(|d| width(&d.text));
        let mut date_right = if sealed {
            gb::SEALED_DATE_RIGHT
        } else {
            gb::SIGNATURE_RIGHT
        };
        for (idx, signature) in circular.signatures.iter().enumerate() {
            // A long signature is set closer, so that it is no wider than this; a still longer one stands on several lines.
            let most = HalfChars::chars(gb::CHARACTERS_PER_LINE) - right_edge;
            let lines = match condensed(width(signature), gb::CHARACTER, most.twips(gb::CHARACTER)) {
                Some(_) => vec![signature.as_str()],
                None => break_title(signature, most),
            };
            let widest = lines.iter().map(|line| width(line)).max().unwrap_or_default();
            let set = widest.min(most);
            let at = date_width.map(|date| {
                if sealed {
                    sign_off_sealed(set, date)
                } else {
                    sign_off_unsealed(set, date)
                }
            });
            date_right = at.map_or(date_right, |at| at.date);
            let right = at.map_or(gb::SIGNATURE_RIGHT, |at| at.signature).twips(gb::CHARACTER);
            let spacing = condensed(widest, gb::CHARACTER, gb::TEXT_WIDTH - right).filter(|s| *s < Twips(0));
            let before = match idx {
                0 => Some(gap),
                _ if sealed => Some(gb::LINE * SEAL_STEP),
                _ => None,
            };
            let direct = Direct {
                before,
                right: Some(right),
                spacing: spacing.map(|s| s + gb::CHARACTER_SPACING),
                ..Direct::default()
            };
            self.paragraph(Style::Signature, &direct, &lines.join("\n"));
        }
        if let Some(date) = &circular.date {
            let right = fit(date_right, width(&date.text));
            let direct = Direct {
                before: circular.signatures.is_empty().then_some(gap),
                right: Some(right.twips(gb::CHARACTER)),
                ..Direct::default()
            };
            self.paragraph(Style::Date, &direct, &date.text);
        }
        if let Some(annotation) = &circular.annotation {
            self.paragraph(Style::Annotation, &Direct::default(), annotation);
        }
    }
}

/// A space at the right that leaves the text its room: a text wider than the line takes what is there.
fn fit(right: HalfChars, text: HalfChars) -> HalfChars {
    let line = HalfChars::chars(gb::CHARACTERS_PER_LINE);
    if (right + text) <= line {
        right
    } else {
        (line - text).max(HalfChars(0)).min(right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seals_of_several_issuers_do_not_touch() {
        // From line to line: what lies between, and the line itself.
        let pitch = gb::LINE * (SEAL_STEP + 1);
        assert!(pitch > gb::SEAL_DIAMETER.twips());
    }

    #[test]
    fn a_wide_text_takes_what_is_there() {
        assert_eq!(fit(HalfChars(8), HalfChars(15)), HalfChars(8));
        assert_eq!(fit(HalfChars(8), HalfChars(50)), HalfChars(6));
        assert_eq!(fit(HalfChars(8), HalfChars(90)), HalfChars(0));
    }

    #[test]
    fn lines_to_the_date_are_counted() {
        let signed = |n: usize| Circular {
            signatures: vec![gouji_document::Text::synthetic("青禾县财政局"); n],
            ..Circular::default()
        };
        let sealed = House {
            sealed: true,
            ..House::default()
        };
        assert_eq!(lines(&signed(1), &House::default()), 2);
        assert_eq!(lines(&signed(3), &House::default()), 4);
        assert_eq!(lines(&signed(2), &sealed), 4 + i64::from(SEAL_STEP));
        assert_eq!(lines(&signed(0), &sealed), 1);
    }
}
