use crate::{HalfPoints, Mm, Twips};

/// Width of A4 paper, 210 mm (§5.1, required).
pub const PAGE_WIDTH: Twips = Mm::whole(210).twips();
/// Height of A4 paper, 297 mm (§5.1, required).
pub const PAGE_HEIGHT: Twips = Mm::whole(297).twips();
/// Width of the text area (版心), 156 mm (§5.2.1, required).
pub const TEXT_WIDTH: Twips = Mm::whole(156).twips();
/// Height of the text area (版心), 225 mm (§5.2.1, required); the page number stands below it.
pub const TEXT_HEIGHT: Twips = Mm::whole(225).twips();
/// Top margin (天头), 37 mm (§5.2.1, required, ±1 mm).
pub const MARGIN_TOP: Twips = Mm::whole(37).twips();
/// Right margin, 26 mm: what paper, text area and binding margin leave (derived).
pub const MARGIN_RIGHT: Twips = Mm::whole(26).twips();
/// Left margin (订口), 28 mm (§5.2.1, required, ±1 mm); takes up the rounding, so that the margins and the text area
/// add to the width of the paper.
pub const MARGIN_LEFT: Twips = Twips(PAGE_WIDTH.0 - TEXT_WIDTH.0 - MARGIN_RIGHT.0);
/// Bottom margin, 35 mm: what paper, text area and top margin leave (derived).
pub const MARGIN_BOTTOM: Twips = Twips(PAGE_HEIGHT.0 - TEXT_HEIGHT.0 - MARGIN_TOP.0);
/// Top margin of a landscape page: a table set across stands with its head at the binding side of the upright page (§8), so each margin of
/// the upright page moves a quarter turn on (derived).
pub const LANDSCAPE_MARGIN_TOP: Twips = MARGIN_LEFT;
/// Right margin of a landscape page (derived).
pub const LANDSCAPE_MARGIN_RIGHT: Twips = MARGIN_TOP;
/// Bottom margin of a landscape page (derived).
pub const LANDSCAPE_MARGIN_BOTTOM: Twips = MARGIN_RIGHT;
/// Left margin of a landscape page (derived).
pub const LANDSCAPE_MARGIN_LEFT: Twips = MARGIN_BOTTOM;

/// Distance of a page header from the top edge, 15 mm (practice; the standard has no page header).
pub const HEADER_DISTANCE: Twips = Mm::whole(15).twips();

/// Lines on a full page (§5.2.3, as a rule).
pub const LINES_PER_PAGE: i32 = 22;
/// Characters on a full line (§5.2.3, as a rule).
pub const CHARACTERS_PER_LINE: i32 = 28;

/// Line pitch of the text: the largest whole number of twips that puts 22 lines into 225 mm (derived).
///
/// 580 twips (29 pt) already gives 21 lines.
pub const LINE: Twips = Twips(TEXT_HEIGHT.0 / LINES_PER_PAGE);

/// 三号, the type of the text.
const THREE: HalfPoints = HalfPoints(32);

/// What is taken from the width of each character of 三号 (16 pt): 28 of them must fit into 156 mm (derived).
pub const CHARACTER_SPACING: Twips = Twips(-5);
/// Width of a character (字) of the text after spacing, the unit of 空二字 (§3.1; derived value).
pub const CHARACTER: Twips = Twips(THREE.twips().0 + CHARACTER_SPACING.0);
/// Width of a character of 四号, the unit of 空一字 in imprint and page number (§7.4, §7.5).
pub const SMALL_CHARACTER: Twips = HalfPoints(28).twips();
/// Line height of 四号: a character and 7/8 of a 三号 (§3.2; derived value).
pub const SMALL_LINE: Twips = Twips(HalfPoints(28).twips().0 + THREE.twips().0 * 7 / 8);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_adds_up() {
        assert_eq!(MARGIN_LEFT + TEXT_WIDTH + MARGIN_RIGHT, PAGE_WIDTH);
        assert_eq!(MARGIN_TOP + TEXT_HEIGHT + MARGIN_BOTTOM, PAGE_HEIGHT);
        assert_eq!((MARGIN_LEFT, MARGIN_BOTTOM), (Twips(1588), Twips(1984)));
    }

    #[test]
    fn twenty_two_lines_of_twenty_eight_characters_and_not_one_more() {
        assert_eq!(TEXT_HEIGHT.0 / LINE.0, LINES_PER_PAGE);
        assert_eq!(TEXT_HEIGHT.0 / (LINE.0 + 1), LINES_PER_PAGE - 1);
        assert_eq!(TEXT_WIDTH.0 / CHARACTER.0, CHARACTERS_PER_LINE);
        assert_eq!(TEXT_WIDTH.0 / (CHARACTER.0 + 1), CHARACTERS_PER_LINE - 1);
    }

    #[test]
    fn a_line_of_small_type() {
        assert_eq!(SMALL_LINE, Twips(560));
    }
}
