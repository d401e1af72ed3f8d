use crate::{EighthPoints, FontClass, HalfChars, HalfPoints, LINE, Mm, PAGE_HEIGHT, TEXT_HEIGHT, Twips};
use crate::{MARGIN_TOP, TEXT_WIDTH};

/// Typeface and size of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TypeStyle {
    /// Class of the typeface.
    pub font: FontClass,
    /// Size.
    pub size: HalfPoints,
}

/// A level of headings (结构层次序数, §7.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeadingStyle {
    /// 1 to 4.
    pub level: u8,
    /// How its labels look.
    pub sample: &'static str,
    /// Its type.
    pub style: TypeStyle,
}

/// 二号.
const TWO: HalfPoints = HalfPoints(44);
/// 三号.
const THREE: HalfPoints = HalfPoints(32);
/// 四号.
const FOUR: HalfPoints = HalfPoints(28);

const fn style(font: FontClass, size: HalfPoints) -> TypeStyle {
    TypeStyle { font, size }
}

/// The red of the letterhead, as RGB in hexadecimal (§7.2.4, §7.2.7).
pub const RED: &str = "FF0000";

/// Security class and urgency (密级、紧急程度): 三号黑体, flush left (§7.2.2, §7.2.3, as a rule). The copy number (份号, §7.2.1) is set
/// in the type of the text.
pub const MARKING: TypeStyle = style(FontClass::Hei, THREE);
/// From the top of the text area to the upper edge of the issuing authority's mark (发文机关标志), 35 mm (§7.2.4, required).
pub const MARK_TOP: Twips = Mm::whole(35).twips();
/// Largest size of the mark (practice; the standard leaves it open).
pub const MARK_SIZE_LARGEST: HalfPoints = HalfPoints(76);
/// Smallest size of a mark on one line: it stays larger than the text (practice).
pub const MARK_SIZE_SMALLEST: HalfPoints = HalfPoints(34);
/// Blank lines between the mark and the document number (§7.2.5, required).
pub const NUMBER_GAP: i32 = 2;
/// From the document number to the red rule, 4 mm (§7.2.7, required). A border counts from the line box, not from the ink: 8 pt
/// of border space was measured to give 3.9 mm.
pub const NUMBER_RULE_DISTANCE: Mm = Mm::whole(4);
/// Weight of the red rule, 1 pt (practice).
pub const NUMBER_RULE_WEIGHT: EighthPoints = EighthPoints(8);
/// Blank lines between the red rule and the title (§7.3.1, required).
pub const TITLE_GAP: i32 = 2;
/// Blank lines between the title and the addressee (§7.3.2, required).
pub const ADDRESSEE_GAP: i32 = 1;
/// Blank lines between the text and the list of attachments (§7.3.4, required).
pub const ATTACHMENT_NOTE_GAP: i32 = 1;
/// Blank lines between the text and an unsealed signature (§7.3.5.2, required).
pub const SIGNATURE_GAP: i32 = 1;

/// Title: 二号小标宋 (§7.3.1, as a rule).
pub const TITLE: TypeStyle = style(FontClass::TitleSong, TWO);
/// Line height of the title: a character of 二号 and 7/8 of a 三号 (§3.2; derived value).
pub const TITLE_LINE: Twips = Twips(TWO.twips().0 + THREE.twips().0 * 7 / 8);
/// The widest line of a title that fits the text area.
pub const TITLE_LINE_WIDEST: HalfChars = HalfChars(TEXT_WIDTH.0 / TWO.twips().0 * 2);
/// Issue lines and second titles: the type of the text, as of everything that the standard does not name (§5.2.2); centred (practice).
pub const SUBTITLE: TypeStyle = style(FontClass::FangSong, THREE);

/// Text: 三号仿宋 (§5.2.2, as a rule).
pub const BODY: TypeStyle = style(FontClass::FangSong, THREE);
/// First-line indent of a paragraph: 空二字 (§7.3.3, required).
pub const BODY_INDENT: HalfChars = HalfChars::chars(2);

/// Headings, from the first level to the fourth (§7.3.3, as a rule).
pub const HEADINGS: [HeadingStyle; 4] = [
    HeadingStyle {
        level: 1,
        sample: "一、",
        style: style(FontClass::Hei, THREE),
    },
    HeadingStyle {
        level: 2,
        sample: "（一）",
        style: style(FontClass::Kai, THREE),
    },
    HeadingStyle {
        level: 3,
        sample: "1.",
        style: style(FontClass::FangSong, THREE),
    },
    HeadingStyle {
        level: 4,
        sample: "（1）",
        style: style(FontClass::FangSong, THREE),
    },
];

/// Indent of the list of attachments (附件说明): 空二字 (§7.3.4, required).
pub const ATTACHMENT_NOTE_INDENT: HalfChars = HalfChars::chars(2);
/// Width of its label 附件： and so the place of the first name or number (§7.3.4, required).
pub const ATTACHMENT_NOTE_HANG: HalfChars = HalfChars::chars(3);
/// Label of an attachment: 三号黑体, flush left on the first line (§7.3.7, required).
pub const ATTACHMENT_LABEL: TypeStyle = style(FontClass::Hei, THREE);
/// Blank lines between the label and the title of an attachment: the title stands on the third line (§7.3.7, required).
pub const ATTACHMENT_TITLE_GAP: i32 = 1;
/// Title of an attachment: 二号小标宋 (practice; the standard fixes its place only).
pub const ATTACHMENT_TITLE: TypeStyle = TITLE;
/// Indent of the annotation (附注): 空二字 (§7.3.6, required).
pub const ANNOTATION_INDENT: HalfChars = HalfChars::chars(2);

/// Space to the right of an unsealed signature: 右空二字 (§7.3.5.2, required).
pub const SIGNATURE_RIGHT: HalfChars = HalfChars::chars(2);
/// The date starts this much to the right of the signature's first character (§7.3.5.2, required).
pub const SIGNATURE_DATE_STEP: HalfChars = HalfChars::chars(2);

/// Spaces to the right of signature (署名) and date of issue (成文日期).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignOff {
    /// Of the signature.
    pub signature: HalfChars,
    /// Of the date.
    pub date: HalfChars,
}

/// Where signature and date of an unsealed circular stand, from their widths (§7.3.5.2).
///
/// The signature stands two characters from the right and the date begins two characters to the right of its first
/// character. A date that would come nearer to the edge than two characters stands there, and the signature moves left.
#[must_use]
pub const fn sign_off_unsealed(signature: HalfChars, date: HalfChars) -> SignOff {
    if date.0 <= signature.0 {
        SignOff {
            signature: SIGNATURE_RIGHT,
            date: HalfChars(SIGNATURE_RIGHT.0 + signature.0 - SIGNATURE_DATE_STEP.0 - date.0),
        }
    } else {
        SignOff {
            signature: HalfChars(SIGNATURE_RIGHT.0 + SIGNATURE_DATE_STEP.0 + date.0 - signature.0),
            date: SIGNATURE_RIGHT,
        }
    }
}

/// Space to the right of a sealed sign-off's date: 右空四字 (§7.3.5.1, as a rule).
pub const SEALED_DATE_RIGHT: HalfChars = HalfChars::chars(4);
/// Blank lines between the text and a sealed sign-off (practice): the seal presses on signature and date, and its upper edge may stand
/// no more than a line below the text.
pub const SEALED_GAP: i32 = 2;
/// Diameter of the seal of a county's or a city's government and its departments, 42 mm (practice). Seals of several issuers may not
/// touch each other (§7.3.5.1).
pub const SEAL_DIAMETER: Mm = Mm::whole(42);

/// Where signature and date of a sealed circular stand, from their widths (§7.3.5.1): the date four characters from the right, the
/// signature centred on it.
///
/// A signature that would then reach over the edge ends there, and the date moves left to stay in its middle.
#[must_use]
pub const fn sign_off_sealed(signature: HalfChars, date: HalfChars) -> SignOff {
    // Rounded to the left where the middle falls within a half character.
    let half = (date.0 - signature.0).div_euclid(2);
    let at = SEALED_DATE_RIGHT.0 + half;
    if at >= 0 {
        SignOff {
            signature: HalfChars(at),
            date: SEALED_DATE_RIGHT,
        }
    } else {
        SignOff {
            signature: HalfChars(0),
            date: HalfChars(-half),
        }
    }
}

/// Imprint (版记): 四号仿宋 (§7.4.2, §7.4.3, as a rule).
pub const IMPRINT: TypeStyle = style(FontClass::FangSong, FOUR);
/// Space on both sides of an imprint line: 空一字 (§7.4.2, §7.4.3, required).
pub const IMPRINT_INDENT: HalfChars = HalfChars::chars(1);
/// First and last rule of the imprint, 0.35 mm (§7.4.1, recommended).
pub const IMPRINT_RULE_EDGE: EighthPoints = EighthPoints(8);
/// Rules between, 0.25 mm (§7.4.1, recommended).
pub const IMPRINT_RULE_MIDDLE: EighthPoints = EighthPoints(6);

/// Page number: 四号半角宋体 (§7.5, as a rule).
pub const PAGE_NUMBER: TypeStyle = style(FontClass::Song, FOUR);
/// Space beside the page number, right on odd pages and left on even ones: 空一字 (§7.5, required).
pub const PAGE_NUMBER_INDENT: HalfChars = HalfChars::chars(1);
/// From the lower edge of the text area to the dashes of the page number, 7 mm (§7.5, required).
pub const PAGE_NUMBER_DROP: Mm = Mm::whole(7);
/// Distance of the footer's lower edge from the bottom of the page that puts the dashes there: the dash stands in the middle of a
/// line of 280 twips (derived, and measured to 0.3 mm).
pub const PAGE_NUMBER_FOOTER: Twips =
    Twips(PAGE_HEIGHT.0 - MARGIN_TOP.0 - TEXT_HEIGHT.0 - PAGE_NUMBER_DROP.twips().0 - FOUR.twips().0 / 2);

/// Sizes for the text of a table, the largest that fits is taken: 四号, 小四, 五号, 小五 (practice).
pub const TABLE_BODY_SIZES: [HalfPoints; 4] = [FOUR, HalfPoints(24), HalfPoints(21), HalfPoints(18)];

const _: () = assert!(LINE.0 >= THREE.twips().0, "a line holds its type");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_signature_stands_two_characters_in() {
        // 11 characters above a date of 7.5: the date ends 3.5 characters from the right.
        let at = sign_off_unsealed(HalfChars::chars(11), HalfChars(15));
        assert_eq!((at.signature, at.date), (HalfChars::chars(2), HalfChars(7)));
    }

    #[test]
    fn a_short_signature_moves_left() {
        // 4 characters above a date of 8.
        let at = sign_off_unsealed(HalfChars::chars(4), HalfChars(16));
        assert_eq!((at.signature, at.date), (HalfChars::chars(8), HalfChars::chars(2)));
    }

    #[test]
    fn the_date_starts_two_characters_after_the_signature_in_both_forms() {
        for signature in 2..50 {
            let at = sign_off_unsealed(HalfChars(signature), HalfChars(15));
            let signature_start = at.signature.0 + signature;
            let date_start = at.date.0 + 15;
            assert_eq!(signature_start - date_start, SIGNATURE_DATE_STEP.0);
        }
    }

    #[test]
    fn a_sealed_signature_is_centred_on_its_date() {
        // 10 characters over a date of 8: one character out on each side.
        let at = sign_off_sealed(HalfChars::chars(10), HalfChars(16));
        assert_eq!((at.signature, at.date), (HalfChars::chars(3), HalfChars::chars(4)));
        let at = sign_off_sealed(HalfChars::chars(4), HalfChars(16));
        assert_eq!((at.signature, at.date), (HalfChars::chars(6), HalfChars::chars(4)));
    }

    #[test]
    fn a_sealed_signature_never_leaves_the_text_area() {
        for signature in 2..56 {
            let at = sign_off_sealed(HalfChars(signature), HalfChars(15));
            assert!(at.signature.0 >= 0 && at.date.0 >= SEALED_DATE_RIGHT.0, "{signature}");
            let middles = (at.signature.0 * 2 + signature) - (at.date.0 * 2 + 15);
            assert!(middles.abs() <= 1, "{signature}: {middles}");
        }
    }

    #[test]
    fn measured_values() {
        assert_eq!(PAGE_NUMBER_FOOTER, Twips(1447));
        assert_eq!(TITLE_LINE, Twips(720));
        assert_eq!(TITLE_LINE_WIDEST, HalfChars::chars(20));
    }
}
