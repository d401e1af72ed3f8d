//! Columns of changes that are the difference of two others: of two shares or rates (比重变化, 同比增减百分点), or of two counts
//! (较上期增减).
//!
//! Which pair is meant, the rows say: the one whose differences most of them print. A row that prints another one is a finding then.

use gouji_quantity::Decimal;

use super::column::ColumnKind;
use super::crossing::countable;
use super::rate::nearest;
use super::sheet::{Course, Number, Sheet};
use crate::context::Context;
use crate::{Cue, Formula, Reading, Relation, RelationKind};

/// Most rows on which pairs are tried.
const PROBE: usize = 120;

/// How well a pair of columns gives a column of changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    holds: usize,
    /// Rows where it holds and something changed.
    telling: usize,
    tried: usize,
}

impl Fit {
    /// Three rows of five for rates, whose decimals are no chance; small counts need more.
    fn enough(self, exact_counts: bool) -> bool {
        if exact_counts {
            self.telling >= 3 && (self.holds + 1 >= self.tried || self.holds * 5 >= self.tried * 4)
        } else {
            self.telling >= 2 && self.holds * 5 >= self.tried * 3
        }
    }
}

/// Adds a relation for each row of a column of changes, if two columns of rates, or of counts, bear it out.
pub(super) fn relations(cx: &Context<'_>, sheet: &Sheet<'_>, col: usize, out: &mut Vec<Relation>) {
    let rates: Vec<usize> = (0..sheet.n_cols())
        .filter(|c| sheet.columns[*c].kind == ColumnKind::Rate)
        .collect();
    let counts: Vec<usize> = (0..sheet.n_cols()).filter(|c| countable(sheet, *c)).collect();
    for (columns, counted) in [(rates, false), (counts, true)] {
        let Some((now, before)) = pair(sheet, col, &nearest(&columns, col), counted) else {
            continue;
        };
        for row in 0..sheet.n_rows() {
            let (Some(stated), Some(n), Some(b)) = (
                sheet.own_number(row, col),
                sheet.own_number(row, now),
                sheet.own_number(row, before),
            ) else {
                continue;
            };
            let falls = falls(stated, n.value.checked_sub(b.value).unwrap_or_default());
            let (kind, formula, operands) = if counted {
                let (from, less) = if falls { (b, n) } else { (n, b) };
                (RelationKind::Difference, Formula::Difference, [from, less])
            } else {
                (RelationKind::Change, Formula::PointChange { negative: falls }, [n, b])
            };
            let reading = Reading {
                formula,
                stated: stated.operand.clone(),
                operands: operands.map(|o| o.operand.clone()).into(),
            };
            out.extend(sheet.relation(cx, kind, "table-points", Cue::Explicit, vec![reading]));
        }
        return;
    }
}

/// Whether a change is printed as a fall without a sign of its own.
pub(super) fn falls(stated: &Number, gap: Decimal) -> bool {
    match stated.course {
        Course::Down => true,
        Course::Either => gap.is_sign_negative(),
        Course::Unmarked | Course::Up => false,
    }
}

/// The two columns whose difference a column prints in most rows, the later first.
fn pair(sheet: &Sheet<'_>, col: usize, columns: &[usize], counted: bool) -> Option<(usize, usize)> {
    let mut best: Option<(Fit, (usize, usize))> = None;
    for &now in columns {
        for &before in columns {
            if now == before {
                continue;
            }
            let mut fit = Fit::default();
            for row in 0..sheet.n_rows().min(PROBE) {
                let (Some(stated), Some(n), Some(b)) = (
                    sheet.own_number(row, col),
                    sheet.own_number(row, now),
                    sheet.own_number(row, before),
                ) else {
                    continue;
                };
                fit.tried += 1;
                let Some(gap) = n.value.checked_sub(b.value) else {
                    continue;
                };
                if stated.signed(gap) == gap {
                    fit.holds += 1;
                    fit.telling += usize::from(!gap.is_zero());
                }
            }
            if fit.enough(counted) && best.is_none_or(|(found, _)| fit > found) {
                best = Some((fit, (now, before)));
            }
        }
    }
    best.map(|(_, pair)| pair)
}

#[cfg(test)]
mod tests {
    use crate::table::{relations, rig};

    fn read(source: &str) -> Vec<String> {
        rig::lines(source, relations)
    }

    fn bad(source: &str) -> Vec<String> {
        read(source).into_iter().filter(|l| l.ends_with("BAD")).collect()
    }

    const ARROWS: &str = "类别|本期（件）|投诉比重（%）|上年同期（件）|投诉比重（%）|比重变化（%）
家电|300|30.00|200|25.00|↑5.00
日用|200|20.00|164|20.50|↓0.50
食品|100|10.00|116|14.50|↓4.50";

    #[test]
    fn arrows_between_two_shares() {
        assert!(bad(ARROWS).is_empty(), "{:#?}", bad(ARROWS));
        assert!(
            read(ARROWS).contains(&"change 0.50 <- 20.00 20.50 ok".to_owned()),
            "{:#?}",
            read(ARROWS)
        );
        assert_eq!(
            bad(&ARROWS.replace("↓4.50", "↓4.05")),
            ["change 4.05 <- 10.00 14.50 BAD"]
        );
        assert_eq!(
            bad(&ARROWS.replace("↓4.50", "↑4.50")),
            ["change 4.50 <- 10.00 14.50 BAD"]
        );
    }

    #[test]
    fn marks_behind_the_figure_and_triangles() {
        for (up, down) in [("↑", "↓"), ("▲", "▼"), ("上升", "下降"), ("+", "-")] {
            let text = ARROWS.replace('↑', up).replace('↓', down);
            assert!(bad(&text).is_empty(), "{up}: {:#?}", bad(&text));
            assert_eq!(
                read(&text).iter().filter(|l| l.starts_with("change")).count(),
                3,
                "{up}"
            );
        }
        let behind = ARROWS.replace("↓0.50", "0.50↓").replace("↓4.50", "4.50↓");
        assert_eq!(read(&behind).iter().filter(|l| l.starts_with("change")).count(), 3);
        // ▲ alone is a minus in accounts.
        let accounts = ARROWS.replace('↑', "").replace('↓', "▲");
        assert!(bad(&accounts).is_empty(), "{:#?}", bad(&accounts));
    }

    #[test]
    fn counts_against_the_period_before() {
        let table =
            "乡镇|本月|上月|较上月变动\n甲镇|52|47|↑5\n乙镇|38|41|↓3\n丙镇|29|29|—\n丁镇|66|54|↑12\n戊镇|17|21|↓4";
        let found = read(table);
        assert!(found.contains(&"difference 3 <- 41 38 ok".to_owned()), "{found:#?}");
        assert_eq!(bad(&table.replace("↑12", "↑21")), ["difference 21 <- 66 54 BAD"]);
    }

    #[test]
    fn changes_of_something_else_are_left_alone() {
        let table = "乡镇|得分|办结率（%）|满意率（%）|排名变化\n甲镇|92|98.50|97.10|↑2\n乙镇|90|97.20|96.30|↓1\n丙镇|88|96.40|95.90|↑1";
        assert!(
            read(table).iter().all(|l| !l.starts_with("change")),
            "{:#?}",
            read(table)
        );
        assert!(bad(table).is_empty());
    }
}
