//! Lists of the first or last few (报送量居前三位的是…) against the rows of a table, ties included.

use std::sync::LazyLock;

use gouji_quantity::{Decimal, chinese_integer, half_width};
use regex::Regex;

use super::cells::measure;
use super::tables::{NameHit, Tables};
use super::{classes, lists, spoken};
use crate::context::{Context, Role};
use crate::table::{ColumnKind, Sheet, affinity, negated};
use crate::{Cue, Formula, Operand, Reading, Relation, RelationKind};

/// Most claims that are tried; each sorts a column.
const MAX_CLAIMS: usize = 200;
/// Most bytes between the claim and its list, and of the words before the claim.
const REACH: usize = 90;

/// 前三位, 前5名, 后3位.
static CLAIM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<side>[前后末])\s*(?P<n>[0-9０-９]{1,2}|[两二三四五六七八九十]{1,2})\s*[位名]")
        .expect("a constant pattern")
});

/// Adds a relation for each list of names that are said to be the first or last of a table's rows.
pub(crate) fn relations(cx: &Context<'_>, tables: &Tables<'_>, out: &mut Vec<Relation>) {
    let mut tried = 0;
    for passage in cx.passages.iter().filter(|p| p.role == Role::Paragraph) {
        let text = passage.text.as_str();
        let claims: Vec<_> = CLAIM.captures_iter(text).collect();
        if claims.is_empty() {
            continue;
        }
        let hits = tables.names_in(text);
        let runs = lists::runs_with_figures(text, &hits);
        for claim in claims {
            let Some(whole) = claim.get(0).map(|m| m.range()) else {
                continue;
            };
            let n = half_width(&claim["n"])
                .parse::<usize>()
                .ok()
                .or_else(|| chinese_integer(&claim["n"]).and_then(|v| usize::try_from(v).ok()));
            let (Some(n), true) = (n.filter(|n| *n >= 2), tried < MAX_CLAIMS) else {
                continue;
            };
            let sentence = spoken::sentence(text, &whole);
            let inside = |run: &&[NameHit]| {
                run.first().is_some_and(|f| f.start >= sentence.start)
                    && run.last().is_some_and(|l| l.end <= sentence.end)
            };
            let Some(run) = list_of(text, &runs, &whole).filter(|r| inside(r)) else {
                continue;
            };
            tried += 1;
            let from = runs
                .iter()
                .filter_map(|r| r.last())
                .map(|l| l.end)
                .filter(|end| *end <= whole.start && *end > sentence.start)
                .max()
                .unwrap_or(sentence.start);
            // The measure stands between the list before and the claim, or before its own list.
            let words = match run.first() {
                Some(first) if first.start < whole.start => {
                    format!("{}{}", &text[sentence.start..first.start], &text[from..whole.start])
                }
                _ => text[from..whole.start].to_owned(),
            };
            let claim = Claim {
                n,
                last: &claim["side"] != "前",
                words: &words,
            };
            let Some((first, last)) = run.first().zip(run.last()) else {
                continue;
            };
            let Some(quote) = passage
                .text
                .source_span(first.start.min(whole.start)..last.end.max(whole.end))
            else {
                continue;
            };
            let sheet = (0..tables.sheets.len()).find_map(|s| judge(tables, s, run, &claim));
            let Some(found) = sheet else { continue };
            let stated = match found.wrong {
                Some(at) => Operand::named(
                    &text[run[at].start..run[at].end],
                    passage.text.source_span(run[at].start..run[at].end),
                ),
                None => Operand::named(&text[whole.clone()], passage.text.source_span(whole)),
            };
            out.push(Relation {
                kind: RelationKind::Bound,
                rule: "names-by-rank",
                cue: Cue::Implied,
                readings: vec![Reading {
                    formula: Formula::Bound {
                        holds: found.wrong.is_none(),
                    },
                    stated,
                    operands: found.names,
                }],
                quote,
            });
        }
    }
}

struct Claim<'c> {
    n: usize,
    /// The last instead of the first.
    last: bool,
    words: &'c str,
}

/// What a table says to a claim.
struct Judged {
    /// Place in the list of the name that does not belong there.
    wrong: Option<usize>,
    /// The rows that belong there; only those left out if a name is wrong.
    names: Vec<Operand>,
}

/// The list that a claim announces (behind it) or closes (before it).
fn list_of<'h>(text: &str, runs: &[&'h [NameHit]], claim: &std::ops::Range<usize>) -> Option<&'h [NameHit]> {
    let plain = |between: &str| between.len() <= REACH && !CLAIM.is_match(between) && !between.contains('。');
    let behind = runs
        .iter()
        .copied()
        .find(|r| r.first().is_some_and(|f| f.start >= claim.end));
    let before = runs
        .iter()
        .copied()
        .rfind(|r| r.last().is_some_and(|l| l.end <= claim.start));
    let announced = behind.filter(|r| {
        let between = r.first().map_or("", |f| &text[claim.end..f.start]);
        plain(between)
            && ["是", "为", "有", "：", ":", "（", "("]
                .iter()
                .any(|w| between.contains(w))
    });
    announced.or_else(|| before.filter(|r| r.last().is_some_and(|l| plain(&text[l.end..claim.start]))))
}

fn judge(tables: &Tables<'_>, sheet_idx: usize, run: &[NameHit], claim: &Claim<'_>) -> Option<Judged> {
    let sheet = &tables.sheets[sheet_idx];
    let names = sheet.label_column.filter(|_| !sheet.open)?;
    let mut listed = Vec::with_capacity(run.len());
    for hit in run {
        let mut rows = tables.rows_of(*hit, sheet_idx);
        listed.push(rows.next()?);
        rows.next().is_none().then_some(())?;
    }
    let (col, by_rank) = column(sheet, claim.words)?;
    let groups = classes::groups_of(sheet, claim.words);
    let verdicts: Vec<(Vec<usize>, Vec<usize>)> = groups
        .iter()
        .filter_map(|rows| top(sheet, rows, col, claim.n, claim.last != by_rank))
        .filter(|top| listed.len() == claim.n || listed.len() == top.len())
        .map(|top| {
            let wrong = (0..listed.len()).filter(|i| !top.contains(&listed[*i])).collect();
            (top, wrong)
        })
        .collect();
    let operand = |row: &usize| {
        let cell = sheet.table.rows.get(*row).and_then(|r| r.cells.get(names));
        Operand::named(sheet.squashed(*row, names), cell.and_then(|c| c.text.span()))
    };
    if let Some((top, _)) = verdicts.iter().find(|(_, wrong)| wrong.is_empty()) {
        return Some(Judged {
            wrong: None,
            names: top.iter().map(operand).collect(),
        });
    }
    // One name of the list that does not belong is a slip, where the rows that compete are certain.
    match verdicts.as_slice() {
        [(top, wrong)] if wrong.len() == 1 && top.len() == claim.n && classes::is_of_all(claim.words) => Some(Judged {
            wrong: wrong.first().copied(),
            names: top.iter().filter(|r| !listed.contains(r)).map(operand).collect(),
        }),
        _ => None,
    }
}

/// The column that a claim ranks by, and whether it holds ranks (1 is the first).
fn column(sheet: &Sheet<'_>, words: &str) -> Option<(usize, bool)> {
    let mut named: Vec<(usize, usize)> = (0..sheet.n_cols())
        .filter(|c| {
            matches!(
                sheet.columns[*c].kind,
                ColumnKind::Count | ColumnKind::Score | ColumnKind::Rate
            ) && negated(words) == negated(&sheet.columns[*c].header)
        })
        .map(|c| (affinity(words, measure(&sheet.columns[c].header)), c))
        .filter(|(a, _)| *a >= 2)
        .collect();
    named.sort_by(|a, b| b.cmp(a));
    match named.as_slice() {
        [(_, col)] => return Some((*col, false)),
        [(a, col), (b, _), ..] if a > b => return Some((*col, false)),
        [] => {}
        _ => return None,
    }
    if !["排名", "综合", "得分", "总分", "成绩", "考核"]
        .iter()
        .any(|w| words.contains(w))
    {
        return None;
    }
    let lone = |kind: ColumnKind| {
        let mut of = (0..sheet.n_cols()).filter(|c| sheet.columns[*c].kind == kind);
        of.next().filter(|_| of.next().is_none())
    };
    lone(ColumnKind::Rank)
        .map(|c| (c, true))
        .or_else(|| lone(ColumnKind::Score).map(|c| (c, false)))
}

/// The rows with the `n` largest (or smallest) values, and all that tie with the last of them.
fn top(sheet: &Sheet<'_>, rows: &[usize], col: usize, n: usize, smallest: bool) -> Option<Vec<usize>> {
    let mut values: Vec<(Decimal, usize)> = rows
        .iter()
        .filter_map(|r| sheet.own_number(*r, col).map(|v| (v.value, *r)))
        .collect();
    values.sort_by(|a, b| if smallest { a.0.cmp(&b.0) } else { b.0.cmp(&a.0) });
    let (bar, _) = *values.get(n.checked_sub(1)?)?;
    // All rows are the first few of nothing.
    (values.len() > n).then_some(())?;
    Some(
        values
            .iter()
            .filter(|(v, _)| if smallest { *v <= bar } else { *v >= bar })
            .map(|(_, r)| *r)
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use crate::link::relations;
    use crate::table::rig;

    const TABLE: &str = "单位|报送条数|采用条数|得分|排名
东岭镇|42|10|96|1
西河乡|36|11|91|2
北塘镇|36|9|91|2
县财政局|30|14|85|4
县民政局|15|6|80|5
县档案馆|12|5|70|6";

    fn read(text: &str) -> Vec<String> {
        rig::lines(&format!("{text}\n{TABLE}"), relations)
            .into_iter()
            .filter(|l| l.starts_with("bound"))
            .collect()
    }

    #[test]
    fn the_first_few_by_a_column() {
        assert_eq!(
            read("采用条数居前三位的是县财政局、西河乡、东岭镇。"),
            ["bound? 前三位 <- 县财政局 西河乡 东岭镇 ok"]
        );
        assert_eq!(
            read("东岭镇、西河乡、北塘镇综合排名列前3名。"),
            ["bound? 前3名 <- 东岭镇 西河乡 北塘镇 ok"]
        );
        assert_eq!(
            read("得分排名后三位的单位是县财政局、县民政局、县档案馆。").len(),
            1,
            "the last ones"
        );
    }

    #[test]
    fn a_tie_may_be_left_out_or_named() {
        for text in [
            "报送条数居前两位的是东岭镇、西河乡、北塘镇。",
            "报送条数前三位的是东岭镇、北塘镇、西河乡。",
        ] {
            assert!(read(text).iter().all(|l| l.ends_with("ok")), "{:?}", read(text));
            assert_eq!(read(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn a_name_that_is_not_among_the_first() {
        assert_eq!(
            read("采用条数居前三位的是县财政局、西河乡、北塘镇。"),
            ["bound? 北塘镇 <- 东岭镇 BAD"]
        );
    }

    #[test]
    fn claims_that_no_column_bears_out_say_nothing() {
        for text in [
            "走访户数居前三位的是县财政局、西河乡、北塘镇。",
            "采用条数居前三位的是县档案馆、县民政局、北塘镇。",
            "乡镇采用条数居前三位的是县财政局、西河乡、北塘镇。",
            "采用条数居前五位的是县财政局、西河乡、北塘镇。",
        ] {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
    }
}
