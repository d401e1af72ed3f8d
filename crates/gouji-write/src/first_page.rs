//! Whether the first page has room for text (§7.3.2, §7.3.3), counted in lines before anything is laid out.

use gouji_circular::Circular;
use gouji_standard as gb;
use gouji_standard::{HalfChars, House, Twips};

use crate::Form;
use crate::mark::{JointMark, Mark};
use crate::measure::width;
use crate::title::break_title;

/// Below the number, what its border and the red rule take, beside its line.
const RULE_ROOM: Twips = gb::NUMBER_RULE_DISTANCE.twips();

/// Whether at least one line of text stands on the first page, below letterhead, title and addressee.
pub(crate) fn shows_text(circular: &Circular, house: &House) -> bool {
    let addressee = circular.addressee.as_ref().map_or(0, |text| {
        // With its colon.
        let halves = width(text).0.saturating_add(2);
        let line = HalfChars::chars(gb::CHARACTERS_PER_LINE).0;
        gb::ADDRESSEE_GAP.saturating_add(halves.saturating_add(line - 1) / line)
    });
    let title = circular
        .title
        .as_ref()
        .map_or(0, |title| break_title(title, gb::TITLE_LINE_WIDEST).len());
    let lines = count(circular.subtitle.len())
        .saturating_add(addressee)
        .saturating_add(1);
    let above = i64::from(letterhead(circular, house).0)
        + i64::from((gb::LINE * gb::TITLE_GAP).0)
        + i64::from(gb::TITLE_LINE.0) * i64::from(count(title))
        + i64::from(gb::LINE.0) * i64::from(lines);
    above <= i64::from(gb::TEXT_HEIGHT.0)
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
