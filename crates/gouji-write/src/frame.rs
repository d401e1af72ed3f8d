//! Frames: what a letter (信函格式) has beside the text.
//!
//! Each is a property of its paragraph, not of a style: some layouts follow no frame that only a style has.

use gouji_standard as gb;
use gouji_standard::{HalfChars, Twips};

use crate::style::LETTER_NUMBER_BEFORE;
use crate::xml::Xml;

/// A frame of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Frame {
    /// The mark, which stands partly above the text area, with its height.
    Mark(Twips),
    /// The markings, left of the document number.
    Markings,
    /// The second double rule, at the foot of the first page.
    BottomRule,
}

/// Width of the frame of markings: none is longer than this.
const MARKINGS: HalfChars = HalfChars::chars(12);

impl Frame {
    /// Writes `w:framePr`.
    pub(crate) fn write(self, xml: &mut Xml) {
        match self {
            Self::Mark(height) => xml.empty(
                "w:framePr",
                &[
                    ("w:w", &gb::TEXT_WIDTH),
                    ("w:h", &height),
                    ("w:hRule", &"exact"),
                    ("w:wrap", &"around"),
                    ("w:vAnchor", &"page"),
                    ("w:hAnchor", &"page"),
                    ("w:x", &gb::MARGIN_LEFT),
                    ("w:y", &gb::LETTER_MARK_TOP),
                ],
            ),
            Self::Markings => xml.empty(
                "w:framePr",
                &[
                    ("w:w", &MARKINGS.twips(gb::CHARACTER)),
                    ("w:wrap", &"around"),
                    ("w:vAnchor", &"text"),
                    ("w:hAnchor", &"page"),
                    ("w:x", &gb::MARGIN_LEFT),
                    ("w:y", &LETTER_NUMBER_BEFORE),
                ],
            ),
            Self::BottomRule => xml.empty(
                "w:framePr",
                &[
                    ("w:w", &gb::LETTER_RULE_WIDTH),
                    ("w:wrap", &"around"),
                    ("w:vAnchor", &"page"),
                    ("w:hAnchor", &"page"),
                    ("w:x", &(gb::MARGIN_LEFT - gb::LETTER_RULE_OUTDENT)),
                    ("w:y", &gb::LETTER_BOTTOM_RULE),
                ],
            ),
        }
    }
}
