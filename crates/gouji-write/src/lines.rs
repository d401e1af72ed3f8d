//! Where text comes to stand, counted in lines before anything is laid out: whether the first page has room for it (§7.3.2, §7.3.3), and
//! whether the sign-off could be left alone on a page (§7.3.5.5).

use gouji_circular::{Circular, Element};
use gouji_standard as gb;
use gouji_standard::{HalfChars, House, Twips};

use crate::Form;
use crate::mark::{JointMark, Mark};
use crate::measure::width;
use crate::normalise::runs_in;
use crate::sign_off;
use crate::title::break_title;

/// Below the number, what its border and the red rule take, beside its line.
const RULE_ROOM: Twips = gb::NUMBER_RULE_DISTANCE.twips();

/// Whether at least one line of text stands on the first page, below letterhead, title and addressee.
pub(crate) fn shows_text(circular: &Circular, house: &House) -> bool {
    above_text(circular, house) + i64::from(gb::LINE.0) <= i64::from(gb::TEXT_HEIGHT.0)
}

/// From the top of the first text area to the first line of text.
fn above_text(circular: &Circular, house: &House) -> i64 {
    let addressee = circular.addressee.as_ref().map_or(0, |text| {
        // With its colon.
        gb::ADDRESSEE_GAP.saturating_add(lines_of(width(text).0.saturating_add(2)))
    });
    let title = circular
        .title
        .as_ref()
        .map_or(0, |title| break_title(title, gb::TITLE_LINE_WIDEST).len());
    let lines = count(circular.subtitle.len()).saturating_add(addressee);
    i64::from(letterhead(circular, house).0)
        + i64::from((gb::LINE * gb::TITLE_GAP).0)
        + i64::from(gb::TITLE_LINE.0) * i64::from(count(title))
        + i64::from(gb::LINE.0) * i64::from(lines)
}

/// Lines of text that such a count may be wrong by: where a line breaks is the word processor's to say.
const SLACK: i64 = 2;
/// Lines that may be moved to the next page without leaving a gap that is seen.
const FEW: i64 = 2;

/// Whether the last paragraph of the text must be held together with the sign-off, or that could be left alone on a page.
///
/// Some layouts move a paragraph that is held so as a whole; a long one is held only where the sign-off is near an edge, or
/// where a table makes it unknown where that comes to stand.
pub(crate) fn holds_sign_off(circular: &Circular, house: &House) -> bool {
    let page = i64::from(gb::LINES_PER_PAGE);
    let above = (above_text(circular, house) + i64::from(gb::LINE.0) - 1) / i64::from(gb::LINE.0);
    // Lines used of the page.
    let mut used = above.clamp(0, page);
    let mut last = 0;
    let mut elements = circular.body.iter().peekable();
    while let Some(element) = elements.next() {
        let (halves, heading) = match element {
            Element::Table(_) => return true,
            Element::Paragraph(text) => (width(text).0, false),
            Element::Heading(heading) => {
                let label = heading.label.as_ref().map_or(0, |label| width(label).0);
                let own = label.saturating_add(width(&heading.title).0).saturating_add(2);
                match elements.peek() {
                    Some(Element::Paragraph(text)) if runs_in(heading) => {
                        let both = own.saturating_add(width(text).0);
                        elements.next();
                        (both, false)
                    }
                    _ => (own, true),
                }
            }
        };
        last = i64::from(lines_of(halves.saturating_add(gb::BODY_INDENT.0)));
        // A heading does not stand on the last line of a page.
        if heading && used + last >= page {
            used = last;
            continue;
        }
        used += last;
        if used > page {
            used = (used - 1) % page + 1;
        }
    }
    last <= FEW || used <= SLACK || used + sign_off::lines(circular, house) + SLACK > page
}

/// Lines that a text of so many half characters takes.
fn lines_of(halves: i32) -> i32 {
    let line = HalfChars::chars(gb::CHARACTERS_PER_LINE).0;
    (halves.saturating_add(line - 1) / line).max(1)
}

fn count(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// From the top of the text area to the red rule.
fn letterhead(circular: &Circular, house: &House) -> Twips {
    let Some(mark) = circular.issuer_mark.as_ref() else {
        return Twips(0);
    };
    let number = gb::LINE * (gb::NUMBER_GAP + 1) + RULE_ROOM;
    match Form::of(circular, house.form) {
        Form::Document => {
            let height = JointMark::of(mark, house.mark_size)
                .map_or_else(|| Mark::fit(mark, house.mark_size).height(), |joint| joint.height());
            gb::MARK_TOP + height + number
        }
        Form::Letter => {
            let height = Mark::fit(mark, house.mark_size).height();
            gb::LETTER_MARK_TOP - gb::MARGIN_TOP + height + gb::LETTER_MARK_RULE_GAP + gb::LETTER_NUMBER_GAP + gb::LINE
        }
    }
}

#[cfg(test)]
mod tests {
    use gouji_document::Text;

    use super::*;

    fn with_addressees(n: usize) -> Circular {
        let names: Vec<String> = (1..=n).map(|i| format!("第{i}街道办事处")).collect();
        Circular {
            issuer_mark: Some(Text::synthetic("青禾县人民政府文件")),
            title: Some(Text::synthetic("青禾县人民政府关于2023年第三季度检查情况的通报")),
            addressee: Some(Text::synthetic(names.join("，"))),
            ..Circular::default()
        }
    }

    #[test]
    fn a_page_of_addressees_leaves_no_room() {
        let house = House::default();
        assert!(shows_text(&with_addressees(1), &house));
        assert!(shows_text(&with_addressees(20), &house));
        assert!(!shows_text(&with_addressees(60), &house));
        // Without a letterhead there is more.
        let bare = Circular {
            issuer_mark: None,
            ..with_addressees(40)
        };
        assert!(!shows_text(&with_addressees(40), &house) && shows_text(&bare, &house));
    }

    /// A circular of so many lines of text, the last paragraph of some of them.
    fn of_lines(before: usize, last: usize) -> Circular {
        let line = "受".repeat(26);
        Circular {
            issuer_mark: None,
            signatures: vec![Text::synthetic("青禾县人民政府")],
            body: std::iter::repeat_n(line.clone(), before)
                .chain([format!("{line}{}", "理".repeat(28 * (last - 1)))])
                .map(|text| Element::Paragraph(Text::synthetic(text)))
                .collect(),
            ..with_addressees(1)
        }
    }

    #[test]
    fn a_long_paragraph_is_held_with_the_sign_off_only_near_an_edge() {
        let house = House::default();
        let holds: Vec<bool> = (0..22)
            .map(|before| holds_sign_off(&of_lines(before, 8), &house))
            .collect();
        // Once around the page there is one stretch where the sign-off is in danger, and it is short.
        let n = holds.iter().filter(|held| **held).count();
        assert!((5..=8).contains(&n), "{holds:?}");
        let edges = holds.windows(2).filter(|w| w[0] != w[1]).count();
        assert!(edges <= 2, "{holds:?}");
        // A short one costs nothing.
        assert!((0..22).all(|before| holds_sign_off(&of_lines(before, 2), &house)));
        // Behind a table nobody knows.
        let mut tabled = of_lines(0, 8);
        tabled.body.insert(0, Element::Table(gouji_circular::TableIdx(0)));
        assert!((0..22).any(|n| !holds[n]) && holds_sign_off(&tabled, &house));
    }

    #[test]
    fn a_boundless_addressee_is_no_danger() {
        let circular = Circular {
            addressee: Some(Text::synthetic("局".repeat(1_000_000))),
            subtitle: vec![Text::synthetic("一"); 10_000],
            ..Circular::default()
        };
        assert!(!shows_text(&circular, &House::default()));
    }
}
