//! The letter form (信函格式, §10.1).

use crate::{EighthPoints, HalfPoints, Mm, PAGE_HEIGHT, TEXT_WIDTH, Twips};

/// From the top edge of the page to the upper edge of the mark, 30 mm (required).
pub const LETTER_MARK_TOP: Twips = Mm::whole(30).twips();
/// From the mark to the first double rule, 4 mm (required).
pub const LETTER_MARK_RULE_GAP: Twips = Mm::whole(4).twips();
/// Width of both double rules, 170 mm (required).
pub const LETTER_RULE_WIDTH: Twips = Mm::whole(170).twips();
/// How far the rules stand out of the text area on each side (derived: both are centred on it).
pub const LETTER_RULE_OUTDENT: Twips = Twips((LETTER_RULE_WIDTH.0 - TEXT_WIDTH.0) / 2);
/// Weight of the thick line of a double rule (practice): above in the first, below in the second.
pub const LETTER_RULE_THICK: EighthPoints = EighthPoints(18);
/// Weight of the thin line of a double rule (practice).
pub const LETTER_RULE_THIN: EighthPoints = EighthPoints(6);
/// Where the second double rule stands on page 1: 20 mm above the bottom edge (required).
pub const LETTER_BOTTOM_RULE: Twips = Twips(PAGE_HEIGHT.0 - Mm::whole(20).twips().0);
/// From the first rule to the document number: 7/8 of a 三号 (required).
pub const LETTER_NUMBER_GAP: Twips = Twips(HalfPoints(32).twips().0 * 7 / 8);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_of_a_letter() {
        assert_eq!(LETTER_RULE_OUTDENT, Mm::whole(7).twips());
        assert_eq!(LETTER_BOTTOM_RULE, Twips(15704));
        assert_eq!(LETTER_NUMBER_GAP, Twips(280));
    }
}
