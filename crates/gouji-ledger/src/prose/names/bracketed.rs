//! Names behind a name with its number in brackets: 甲镇（4个）：余丁、柳丰、中屯、共丰，资金40万元.

use std::ops::Range;

use super::runs;
use super::{Found, Names, trim_range};
use crate::prose::clauses::Prose;
use crate::{Cue, FigureClass};

/// Longest name of such a list, in characters.
const MAX_NAME: usize = 20;
/// Measure words of what has names.
const COUNTED: [&str; 6] = ["个", "家", "所", "户", "名", "人"];

/// The names behind a number that stands alone in its brackets, with a colon behind them, up to the next mark.
pub(super) fn names(text: &str, prose: &Prose, mention: usize) -> Option<Found> {
    let m = &prose.mentions[mention];
    let counted = m.class == FigureClass::Count && COUNTED.contains(&m.unit.as_str());
    if !counted || !text[..m.full.start].trim_end().ends_with(['（', '(']) {
        return None;
    }
    let behind = text[m.full.end..].trim_start();
    let from = behind
        .strip_prefix(['）', ')'])?
        .trim_start()
        .strip_prefix(['：', ':'])?;
    let start = text.len() - from.len();
    let limit = from.find(['。', '；', ';', '\n']).map_or(text.len(), |at| start + at);
    let run = runs::read(text, prose, start, limit)?;
    // What stands behind a comma is told of them all, and is no name.
    let ends = run.end == limit || text[run.end..].starts_with(['，', ',']);
    let short = |r: &Range<usize>| {
        let name = &text[r.clone()];
        name.chars().count() <= MAX_NAME && !name.contains(['，', ',', '：', ':']) && !name.contains(char::is_numeric)
    };
    let names: Vec<Range<usize>> = run.names.into_iter().map(|r| trim_range(text, r)).collect();
    (ends && names.len() >= 2 && run.amounts.is_empty() && names.iter().all(short)).then_some(Found {
        names: Names {
            names,
            extra: run.extra,
            tied: 0,
        },
        open: run.open,
        cue: Cue::Implied,
    })
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::read;

    #[test]
    fn names_behind_a_number_in_brackets() {
        let text = "资金已下达：石桥镇（3个）：沙头、白岭、田垄，40万元；云溪乡（2个）：上坪、下坪，20万元。";
        let found: Vec<String> = read(text).into_iter().filter(|l| l.starts_with("count")).collect();
        assert_eq!(found, ["count? 3个 <- 沙头 白岭 田垄", "count? 2个 <- 上坪 下坪"]);
        for silent in [
            "资金已下达：石桥镇（3个）：每村40万元，共120万元。",
            "石桥镇（3个）：以沙头村为重点，其余两村跟进。",
        ] {
            let found: Vec<String> = read(silent).into_iter().filter(|l| l.starts_with("count")).collect();
            assert_eq!(found, [""; 0], "{silent}");
        }
    }
}
