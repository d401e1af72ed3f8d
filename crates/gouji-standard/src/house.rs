//! What an office decides for itself where the standard leaves room (本单位格式规范): practice (实务), never a rule of the standard.

use crate::{ATTACHMENT_LABEL, ATTACHMENT_TITLE, EighthPoints, FontClass, HalfPoints, TypeStyle};
use crate::{MARK_SIZE_LARGEST, MARK_SIZE_SMALLEST, NUMBER_RULE_WEIGHT, TABLE_BODY_SIZES};

/// In which form (文件格式、信函格式) circulars are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FormChoice {
    /// After the document number: an agency code that ends in 函 is a letter's.
    #[default]
    ByNumber,
    /// 文件格式 (§7) always.
    Document,
    /// 信函格式 (§10.1) always.
    Letter,
}

/// The choices of an office. [`Default`] is the usual practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct House {
    /// Document or letter form.
    pub form: FormChoice,
    /// The sign-off leaves room for a seal and stands as §7.3.5.1 has it; otherwise as §7.3.5.2 has it.
    pub sealed: bool,
    /// A mark that the source does not print is made of the issuer's name with 文件 behind it, or of the name alone (§7.2.4 allows both).
    pub mark_with_file: bool,
    /// Largest size of the issuing authority's mark.
    pub mark_size: HalfPoints,
    /// Weight of the red rule below the document number.
    pub rule_weight: EighthPoints,
    /// Type of the titles of attachments.
    pub attachment_title: TypeStyle,
    /// Headings of the third level (1.) are bold.
    pub third_level_bold: bool,
    /// Smallest type of a table's text before the page is turned.
    pub table_size_smallest: HalfPoints,
    /// Tables too wide for an upright page get landscape pages (§8).
    pub landscape: bool,
    /// The font to name for each class, in the order of [`FontClass::ALL`].
    pub fonts: [String; FontClass::ALL.len()],
    /// Font of digits and Latin letters outside mark, title and page number; that of the text around them if there is none.
    pub western_font: Option<String>,
}

impl Default for House {
    fn default() -> Self {
        Self {
            form: FormChoice::ByNumber,
            sealed: false,
            mark_with_file: true,
            mark_size: MARK_SIZE_LARGEST,
            rule_weight: NUMBER_RULE_WEIGHT,
            attachment_title: ATTACHMENT_TITLE,
            third_level_bold: false,
            table_size_smallest: TABLE_BODY_SIZES[TABLE_BODY_SIZES.len() - 1],
            landscape: true,
            fonts: FontClass::ALL.map(|class| class.name().to_owned()),
            western_font: None,
        }
    }
}

impl House {
    /// Titles of attachments like their labels, 三号黑体, instead of 二号小标宋.
    pub const PLAIN_ATTACHMENT_TITLE: TypeStyle = ATTACHMENT_LABEL;
    /// The bounds of [`House::mark_size`]: larger than the text, no larger than 初号.
    pub const MARK_SIZES: (HalfPoints, HalfPoints) = (MARK_SIZE_SMALLEST, HalfPoints(84));
    /// The bounds of [`House::rule_weight`]: 0.75 to 2.25 pt.
    pub const RULE_WEIGHTS: (EighthPoints, EighthPoints) = (EighthPoints(6), EighthPoints(18));

    /// The font to name for a class.
    #[must_use]
    pub fn font(&self, class: FontClass) -> &str {
        let at = FontClass::ALL.iter().position(|c| *c == class).unwrap_or(0);
        &self.fonts[at]
    }

    /// Sizes for the text of a table, the largest first.
    pub fn table_sizes(&self) -> impl Iterator<Item = HalfPoints> + use<> {
        let smallest = self.table_size_smallest.min(TABLE_BODY_SIZES[0]);
        TABLE_BODY_SIZES.into_iter().filter(move |size| *size >= smallest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_house_that_says_nothing_follows_usual_practice() {
        let house = House::default();
        assert_eq!(house.table_sizes().collect::<Vec<_>>(), TABLE_BODY_SIZES);
        for class in FontClass::ALL {
            assert_eq!(house.font(class), class.name());
        }
    }

    #[test]
    fn there_is_always_a_size_for_tables() {
        let house = House {
            table_size_smallest: HalfPoints(400),
            ..House::default()
        };
        assert_eq!(house.table_sizes().collect::<Vec<_>>(), [TABLE_BODY_SIZES[0]]);
    }
}
