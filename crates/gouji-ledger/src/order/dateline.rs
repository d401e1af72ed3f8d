//! The day of a report in its first lines, for texts that bear no other: 某某网北京10月23日电, 10月23日讯（记者…）, 10月23日消息.

use gouji_quantity::{DatePart, scan_dates};

use super::dates::head;
use crate::Operand;
use crate::context::Context;

/// Passages, and bytes of each, in which it is looked for.
const MAX_PASSAGES: usize = 5;
const MAX_BYTES: usize = 120;

/// What stands behind the day.
const TOLD: [&str; 5] = ["讯", "电（", "电(", "电 ", "消息"];

/// Month and day of a report with what is printed. Its year is that of what it tells.
pub(super) fn dateline(cx: &Context<'_>) -> Option<(u32, u32, Operand)> {
    cx.passages.iter().take(MAX_PASSAGES).find_map(|passage| {
        let text = passage.text.as_str();
        scan_dates(head(text, MAX_BYTES)).into_iter().find_map(|mention| {
            let behind = text[mention.range.end..].trim_start();
            let (month, day) = match mention.part {
                DatePart::Full(date) => (date.month, date.day),
                DatePart::MonthDay(month, day) => (month, day),
                DatePart::Impossible(..) => return None,
            };
            let told = TOLD.iter().any(|w| behind.starts_with(w));
            let span = passage.text.source_span(mention.range.clone()).filter(|_| told)?;
            Some((month, day, Operand::named(&text[mention.range], Some(span))))
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::order::dates::relations;
    use crate::table::rig;

    #[test]
    fn cut_offs_lie_before_the_day_of_a_report() {
        let read = |source: &str| rig::lines(source, relations);
        for text in [
            "某某网10月23日讯（记者 王某）\n截至2017年9月30日，共查处12起。",
            "某某社某市10月23日电（记者 王某）截至2017年9月30日，共查处12起。",
            "某某网10月23日消息，截至2017年9月30日，共查处12起。",
        ] {
            assert_eq!(read(text), ["date? 2017年9月30日 <- 10月23日 ok"], "{text}");
        }
        for text in [
            // The year before, or a year that is not told: no error.
            "某某网10月23日讯（记者 王某）\n截至2017年12月30日，共查处12起。",
            "某某网10月23日讯（记者 王某）\n截至9月30日，共查处12起。",
            "10月23日电力检修12起。\n截至2017年9月30日，共查处12起。",
        ] {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
    }
}
