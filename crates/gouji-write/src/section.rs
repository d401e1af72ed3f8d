//! Sections: upright pages, and landscape ones for tables that no upright page can hold (§8).

use gouji_standard as gb;
use gouji_standard::Twips;

use crate::Form;
use crate::parts::{EVEN_FOOTER, FIRST_FOOTER, LANDSCAPE_EVEN_FOOTER, LANDSCAPE_ODD_FOOTER, ODD_FOOTER};
use crate::xml::Xml;

/// How the pages of a section stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Orientation {
    Upright,
    Landscape,
}

impl Orientation {
    /// Width of the text area.
    pub(crate) fn text_width(self) -> Twips {
        match self {
            Self::Upright => gb::TEXT_WIDTH,
            Self::Landscape => gb::TEXT_HEIGHT,
        }
    }
}

/// Writes `w:sectPr`. `first` says that no section stands before it: only there a letter's first page is different.
pub(crate) fn section(xml: &mut Xml, form: Form, orientation: Orientation, first: bool) {
    let letter_head = first && form == Form::Letter;
    let (odd, even) = match orientation {
        Orientation::Upright => (ODD_FOOTER, EVEN_FOOTER),
        Orientation::Landscape => (LANDSCAPE_ODD_FOOTER, LANDSCAPE_EVEN_FOOTER),
    };
    xml.open("w:sectPr", &[]);
    let mut footer = |kind: &str, id: &str| xml.empty("w:footerReference", &[("w:type", &kind), ("r:id", &id)]);
    footer("default", odd);
    footer("even", even);
    if letter_head {
        footer("first", FIRST_FOOTER);
    }
    let (top, right, bottom, left) = match orientation {
        Orientation::Upright => {
            xml.empty("w:pgSz", &[("w:w", &gb::PAGE_WIDTH), ("w:h", &gb::PAGE_HEIGHT)]);
            (gb::MARGIN_TOP, gb::MARGIN_RIGHT, gb::MARGIN_BOTTOM, gb::MARGIN_LEFT)
        }
        Orientation::Landscape => {
            xml.empty(
                "w:pgSz",
                &[
                    ("w:w", &gb::PAGE_HEIGHT),
                    ("w:h", &gb::PAGE_WIDTH),
                    ("w:orient", &"landscape"),
                ],
            );
            (
                gb::LANDSCAPE_MARGIN_TOP,
                gb::LANDSCAPE_MARGIN_RIGHT,
                gb::LANDSCAPE_MARGIN_BOTTOM,
                gb::LANDSCAPE_MARGIN_LEFT,
            )
        }
    };
    xml.empty(
        "w:pgMar",
        &[
            ("w:top", &top),
            ("w:right", &right),
            ("w:bottom", &bottom),
            ("w:left", &left),
            ("w:header", &gb::HEADER_DISTANCE),
            ("w:footer", &gb::PAGE_NUMBER_FOOTER),
            ("w:gutter", &"0"),
        ],
    );
    if letter_head {
        xml.empty("w:titlePg", &[]);
    }
    xml.empty("w:docGrid", &[("w:type", &"lines"), ("w:linePitch", &gb::LINE)]);
    xml.close("w:sectPr");
}
