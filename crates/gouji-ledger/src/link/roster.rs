//! A list of the text that is to have all rows of a table, with one name that no row has.
//!
//! Two units one sign apart are mostly both real (教育局, 体育局), so that likeness proves nothing. What does: the list says that it
//! is the whole of the table, is as long as the table, and all others match, so that one name is left over on each side.

use gouji_quantity::Decimal;

use super::spoken;
use super::tables::{NameHit, Tables};
use crate::context::{Context, Passage, Role};
use crate::table::squash;
use crate::{Cue, Formula, Operand, Reading, Relation, RelationKind};

/// Fewest rows; of three names two that match are little.
const LEAST: usize = 4;
/// Fewest and most characters of a unit's name.
const NAME: std::ops::RangeInclusive<usize> = 2..=16;
/// Most lists that are tried; each looks at all rows of a table.
const MAX_LISTS: usize = 200;
/// Words that make a list the whole of what it speaks of.
const WHOLE: &[&str] = &[
    "全部",
    "所有",
    "以下",
    "下列",
    "如下",
    "分别是",
    "分别为",
    "名单",
    "附件",
    "附表",
    "下表",
];

/// Adds a relation for each list with one name too many and one too few.
pub(super) fn relations(cx: &Context<'_>, tables: &Tables<'_>, out: &mut Vec<Relation>) {
    let mut tried = 0;
    for passage in cx.passages.iter().filter(|p| p.role == Role::Paragraph) {
        let text = passage.text.as_str();
        let hits = tables.names_in(text);
        for run in hits.chunk_by(|a, b| gap(&text[a.end..b.start]).is_some()) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else {
                continue;
            };
            let inner = run.windows(2).filter_map(|w| stranger(text, w[0].end, w[1].start));
            let strangers: Vec<std::ops::Range<usize>> = before(text, first.start)
                .into_iter()
                .chain(inner)
                .chain(behind(text, last.end))
                .collect();
            let [name] = strangers.as_slice() else { continue };
            if run.len() + 1 < LEAST || tried >= MAX_LISTS {
                continue;
            }
            tried += 1;
            let range = name.start.min(first.start)..name.end.max(last.end);
            let sentence = spoken::sentence(text, &range);
            let left_over = tables
                .sheets_of(*first)
                .filter(|s| whole(cx, tables, passage, *s, &text[sentence.clone()], run.len() + 1))
                .find_map(|s| left_over(tables, s, run));
            let Some(row) = left_over.filter(|row| !short_for(&text[name.clone()], row)) else {
                continue;
            };
            let Some(quote) = passage.text.source_span(range) else {
                continue;
            };
            out.push(Relation {
                kind: RelationKind::TextTable,
                rule: "roster-of-rows",
                cue: Cue::Implied,
                readings: vec![Reading {
                    formula: Formula::Bound { holds: false },
                    stated: Operand::named(&text[name.clone()], passage.text.source_span(name.clone())),
                    operands: vec![Operand::named(&row, None)],
                }],
                quote,
            });
        }
    }
}

const MARKS: [&str; 6] = ["、", "以及", "和", "及", "，", ","];

/// What stands between two names of a list: nothing but a mark, or one more name between two marks.
fn gap(between: &str) -> Option<&str> {
    let between = between.trim();
    if MARKS.contains(&between) {
        return Some("");
    }
    let rest = between.strip_prefix('、')?;
    let name = MARKS.iter().find_map(|m| rest.strip_suffix(m))?.trim();
    is_name(name).then_some(name)
}

fn is_name(name: &str) -> bool {
    let joined = ['和', '及', '、'];
    NAME.contains(&name.chars().count()) && name.chars().all(char::is_alphabetic) && !name.contains(joined)
}

/// The name between two of a list, if there is one.
fn stranger(text: &str, from: usize, to: usize) -> Option<std::ops::Range<usize>> {
    let name = gap(&text[from..to]).filter(|n| !n.is_empty())?;
    let at = from + text[from..to].find(name)?;
    Some(at..at + name.len())
}

/// A name right before the list, behind a colon.
fn before(text: &str, start: usize) -> Option<std::ops::Range<usize>> {
    let lead = text[..start].strip_suffix('、')?;
    // No name is longer, of whatever characters it is.
    let lead = &lead[lead.ceil_char_boundary(lead.len().saturating_sub(4 * NAME.end() + 4))..];
    let from = lead
        .rfind(['：', ':'])
        .map(|at| at + lead[at..].chars().next().map_or(1, char::len_utf8))?;
    let end = start - '、'.len_utf8();
    is_name(&lead[from..]).then(|| end - (lead.len() - from)..end)
}

/// A name right behind the list, before the end of its clause or a bracket.
fn behind(text: &str, end: usize) -> Option<std::ops::Range<usize>> {
    let rest = &text[end..];
    let mark = ["、", "以及", "和", "及"].iter().find(|m| rest.starts_with(**m))?;
    let from = end + mark.len();
    let len = text[from..].find(['。', '，', '；', '（', '('])?;
    is_name(&text[from..from + len]).then_some(from..from + len)
}

/// Whether a list of so many names says that it is all that a table has.
fn whole(
    cx: &Context<'_>,
    tables: &Tables<'_>,
    passage: &Passage<'_>,
    sheet: usize,
    sentence: &str,
    n_names: usize,
) -> bool {
    let chosen = ["等", "其中", "主要", "部分", "前", "后", "较好", "较差"];
    if tables.sheets[sheet].open || chosen.iter().any(|w| sentence.contains(w)) {
        return false;
    }
    let n = Some(Decimal::from(n_names));
    let counted = passage.figures.iter().any(|f| {
        let said = passage
            .text
            .as_str()
            .get(f.full.clone())
            .is_some_and(|t| sentence.contains(t));
        said && cx.operand(f.idx).is_some_and(|o| o.value == n)
    });
    tables.points_at(cx, passage, sheet, sentence) || counted && WHOLE.iter().any(|w| sentence.contains(w))
}

/// The only row that a list leaves out, if it has as many names as the table and all but one match.
fn left_over(tables: &Tables<'_>, sheet_idx: usize, run: &[NameHit]) -> Option<String> {
    let sheet = &tables.sheets[sheet_idx];
    let col = sheet.label_column?;
    let rows: Vec<usize> = sheet
        .data_rows()
        .filter(|r| !squash(sheet.table.cell(*r, col)).is_empty())
        .collect();
    if rows.len() != run.len() + 1 || tables.homes[sheet_idx].n_rows != rows.len() {
        return None;
    }
    let mut listed: Vec<usize> = Vec::with_capacity(run.len());
    for hit in run {
        let mut of_name = tables.rows_of(*hit, sheet_idx);
        listed.push(of_name.next()?);
        of_name.next().is_none().then_some(())?;
    }
    listed.sort_unstable();
    listed.dedup();
    let mut left = rows.iter().filter(|r| listed.binary_search(r).is_err());
    let row = *left.next()?;
    (left.next().is_none() && listed.len() == run.len()).then(|| sheet.squashed(row, col))
}

/// Whether one name holds the signs of the other in order: 人社局 for 人力资源和社会保障局.
fn short_for(a: &str, b: &str) -> bool {
    let within = |short: &str, long: &str| {
        let mut rest = long.chars();
        short.chars().all(|c| rest.any(|r| r == c))
    };
    within(a, b) || within(b, a)
}

#[cfg(test)]
mod tests {
    use crate::link::relations;
    use crate::table::rig;

    const TABLE: &str = "附件 未按期报送的单位名单\n序号|单位|应报|已报\n1|县财政局|4|2\n2|县民政局|4|3\n3|东岭镇|4|1\n4|西河乡|4|2\n5|南屏镇|4|0";

    fn read(text: &str) -> Vec<String> {
        let found = rig::lines(&format!("{text}\n{TABLE}"), relations);
        found.into_iter().filter(|l| l.ends_with("BAD")).collect()
    }

    #[test]
    fn one_name_left_over_on_each_side() {
        for text in [
            "以下5家单位未按期报送：县财政局、县民政局、东岭镇、北塘镇、南屏镇。",
            "县财政局、县民政局、东岭镇、北塘镇、南屏镇未按期报送（名单见附件）。",
            "以下5家单位未按期报送：北塘镇、县财政局、县民政局、东岭镇、南屏镇。",
            "以下5家单位未按期报送：县财政局、县民政局、东岭镇、南屏镇、北塘镇。",
        ] {
            assert_eq!(read(text), ["text-table? 北塘镇 <- 西河乡 BAD"], "{text}");
        }
    }

    #[test]
    fn silent_where_all_match_or_more_differ() {
        assert!(read("以下5家单位未按期报送：县财政局、县民政局、东岭镇、西河乡、南屏镇。").is_empty());
        assert!(read("以下5家单位未按期报送：县财政局、县民政局、北塘镇、云峤乡、南屏镇。").is_empty());
        assert!(read("以下6家单位未按期报送：县财政局、县民政局、东岭镇、西河乡、北塘镇、南屏镇。").is_empty());
    }

    #[test]
    fn near_misses() {
        // The list is a choice, or says nothing of being the whole.
        assert!(read("县财政局、县民政局、东岭镇、北塘镇、南屏镇等单位未按期报送（名单见附件）。").is_empty());
        assert!(read("县财政局、县民政局、东岭镇、北塘镇、南屏镇工作较好。").is_empty());
        // A short form of the row's name.
        let table = TABLE.replace("县民政局", "县人力资源和社会保障局");
        let text = "以下5家单位未按期报送：县财政局、县人社局、东岭镇、西河乡、南屏镇。";
        let found = rig::lines(&format!("{text}\n{table}"), relations);
        assert!(found.iter().all(|l| !l.ends_with("BAD")), "{found:#?}");
    }
}
