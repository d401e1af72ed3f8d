//! GB/T 9704-2012 党政机关公文格式, as data.
//!
//! The standard lives in this repository twice on purpose: here, as the values that the writer and the layout rules
//! both read, and in `docs/gbt9704.md`, where people read it clause by clause with what this program does about each.
//! [`PROVISIONS`] joins the two: a test renders it and compares it with that page.
//!
//! Lengths carry their unit in their type. Nothing here lays anything out.

mod elements;
mod fonts;
mod house;
mod length;
mod letter;
mod page;
mod provisions;

pub use elements::{
    ADDRESSEE_GAP, ANNOTATION_INDENT, ATTACHMENT_LABEL, ATTACHMENT_NOTE_GAP, ATTACHMENT_NOTE_HANG,
    ATTACHMENT_NOTE_INDENT, ATTACHMENT_TITLE, ATTACHMENT_TITLE_GAP, BODY, BODY_INDENT, HEADINGS, HeadingStyle, IMPRINT,
    IMPRINT_INDENT, IMPRINT_RULE_EDGE, IMPRINT_RULE_MIDDLE, MARK_SIZE_LARGEST, MARK_SIZE_SMALLEST, MARK_TOP, MARKING,
    NUMBER_GAP, NUMBER_RULE_DISTANCE, NUMBER_RULE_WEIGHT, PAGE_NUMBER, PAGE_NUMBER_DROP, PAGE_NUMBER_FOOTER,
    PAGE_NUMBER_INDENT, RED, SEAL_DIAMETER, SEALED_DATE_RIGHT, SEALED_GAP, SIGNATURE_DATE_STEP, SIGNATURE_GAP,
    SIGNATURE_RIGHT, SUBTITLE, SignOff, TABLE_BODY_SIZES, TITLE, TITLE_GAP, TITLE_LINE, TITLE_LINE_WIDEST, TypeStyle,
    sign_off_sealed, sign_off_unsealed,
};
pub use fonts::{FontClass, Substitute};
pub use house::{FormChoice, House};
pub use length::{EighthPoints, HalfChars, HalfPoints, Mm, Twips};
pub use letter::{
    LETTER_BOTTOM_RULE, LETTER_MARK_RULE_GAP, LETTER_MARK_TOP, LETTER_NUMBER_GAP, LETTER_RULE_OUTDENT,
    LETTER_RULE_THICK, LETTER_RULE_THIN, LETTER_RULE_WIDTH,
};
pub use page::{
    CHARACTER, CHARACTER_SPACING, CHARACTERS_PER_LINE, HEADER_DISTANCE, LANDSCAPE_MARGIN_BOTTOM, LANDSCAPE_MARGIN_LEFT,
    LANDSCAPE_MARGIN_RIGHT, LANDSCAPE_MARGIN_TOP, LINE, LINES_PER_PAGE, MARGIN_BOTTOM, MARGIN_LEFT, MARGIN_RIGHT,
    MARGIN_TOP, PAGE_HEIGHT, PAGE_WIDTH, SMALL_CHARACTER, SMALL_LINE, TEXT_HEIGHT, TEXT_WIDTH,
};
pub use provisions::{PROVISIONS, Provision, Status, Strength, Value, clause_table};
