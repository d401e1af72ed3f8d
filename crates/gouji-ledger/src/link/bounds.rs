//! Claims about how many rows reach a bar: 共14个单位报送达24条及以上.

use std::sync::LazyLock;

use gouji_quantity::{Decimal, parse_stated};
use regex::Regex;

use super::cells::measure;
use super::spoken::Spoken;
use super::tables::{self, Tables};
use crate::context::Context;
use crate::table::{Sheet, affinity};
use crate::{Cue, FigureClass, Formula, Operand, Reading, Relation, RelationKind};

/// Most counts of units that are tried; each looks at all rows of a table.
const MAX_BOUNDS: usize = 200;

/// A bar: word before, number, unit, word behind.
static BAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<before>达到|未达到|未达|达|超过|超|高于|多于|大于|不足|不到|低于|少于|小于|不少于|不低于)?",
        r"\s*(?P<number>[0-9０-９]+(?:[.．][0-9０-９]+)?)\s*(?P<unit>%|％|[件条篇个分次起封])\s*",
        r"(?P<after>及以上|（含）以上|\(含\)以上|以上|及以下|（含）以下|\(含\)以下|以下)?",
    ))
    .expect("a constant pattern")
});

/// How a row's figure must lie to the bar. Words that may include the bar or not allow both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    AtLeast,
    Above,
    Below,
    AtMost,
}

impl Side {
    fn holds(self, value: Decimal, bar: Decimal) -> bool {
        match self {
            Self::AtLeast => value >= bar,
            Self::Above => value > bar,
            Self::Below => value < bar,
            Self::AtMost => value <= bar,
        }
    }
}

/// Adds a relation for each count of units that are said to lie on one side of a bar.
pub(crate) fn relations(cx: &Context<'_>, tables: &Tables<'_>, spoken: &[Spoken], out: &mut Vec<Relation>) {
    let mut tried = 0;
    for said in spoken {
        let figure = cx.figure(said.idx);
        let of_units = figure.class == FigureClass::Count
            && figure
                .unit
                .as_ref()
                .is_some_and(|u| matches!(u.name.as_str(), "个" | "家"))
            && ["单位", "部门", "镇", "乡", "街道", "县", "区"].iter().any(|w| {
                let tail: String = said.tail(cx).trim_start().chars().take(6).collect();
                tail.contains(w)
            });
        if !of_units || tried >= MAX_BOUNDS {
            continue;
        }
        tried += 1;
        out.extend(bound(cx, tables, said));
    }
}

fn bound(cx: &Context<'_>, tables: &Tables<'_>, said: &Spoken) -> Option<Relation> {
    let text = cx.passages[said.passage].text;
    // The bar stands behind the count, before the next mark.
    let rest = &text.as_str()[said.full.end..said.sentence.end];
    let clause = &rest[..rest.find(['，', ',', '、']).unwrap_or(rest.len())];
    let bar = BAR.captures(clause)?;
    let sides = sides(
        bar.name("before").map_or("", |m| m.as_str()),
        bar.name("after").map_or("", |m| m.as_str()),
    )?;
    let value = parse_stated(bar.name("number")?.as_str())?.base()?;
    let unit = bar.name("unit")?.as_str();
    let words = &clause[..bar.get(0)?.start()];
    let stated = said.operand.value?;
    let mut best: Option<(usize, usize, usize)> = None;
    for (idx, sheet) in tables.sheets.iter().enumerate() {
        for col in 0..sheet.n_cols() {
            let column = &sheet.columns[col];
            let kind = if unit == "%" || unit == "％" {
                column.kind == crate::table::ColumnKind::Rate
            } else {
                tables::adds(sheet, col)
            };
            let score = affinity(words, measure(&column.header));
            if kind && score >= 2 && best.is_none_or(|(s, _, _)| score > s) {
                best = Some((score, idx, col));
            }
        }
    }
    let (_, idx, col) = best?;
    let sheet = &tables.sheets[idx];
    if sheet.open {
        return None;
    }
    let count = |side: Side| satisfying(sheet, col, side, value).len();
    let right = sides.iter().copied().find(|s| Decimal::from(count(*s)) == stated);
    let actual = count(right.or(sides.first().copied())?);
    // Far off, the words speak of another table or another set of units.
    let gap = (Decimal::from(actual) - stated).abs();
    if gap > Decimal::TWO.max(stated / Decimal::TEN * Decimal::TWO) {
        return None;
    }
    let missed =
        right.is_some_and(|side| listed_below_the_bar(cx, tables, said, idx, &satisfying(sheet, col, side, value)));
    let quote = text.source_span(said.label.start..said.full.end + bar.get(0)?.end())?;
    Some(Relation {
        kind: RelationKind::Bound,
        rule: "rows-beyond-bar",
        cue: Cue::Implied,
        readings: vec![Reading {
            formula: Formula::Bound {
                holds: right.is_some() && !missed,
            },
            stated: said.operand.clone(),
            operands: vec![Operand::computed(Decimal::from(actual))],
        }],
        quote,
    })
}

/// The rows that lie on a side of the bar.
fn satisfying(sheet: &Sheet<'_>, col: usize, side: Side, bar: Decimal) -> Vec<usize> {
    sheet
        .data_rows()
        .filter(|r| sheet.own_number(*r, col).is_some_and(|n| side.holds(n.value, bar)))
        .collect()
}

/// Whether a unit that is named before the count in its sentence is a row on the wrong side of the bar.
fn listed_below_the_bar(cx: &Context<'_>, tables: &Tables<'_>, said: &Spoken, sheet: usize, rows: &[usize]) -> bool {
    let before = &cx.passages[said.passage].text.as_str()[said.sentence.start..said.full.start];
    tables.names_in(before).iter().any(|hit| {
        let mut of = tables.rows_of(*hit, sheet).peekable();
        of.peek().is_some() && of.all(|r| !rows.contains(&r))
    })
}

fn sides(before: &str, after: &str) -> Option<Vec<Side>> {
    use Side::{Above, AtLeast, AtMost, Below};
    Some(match (before, after) {
        ("不足" | "不到" | "低于" | "少于" | "小于" | "未达到" | "未达", "") => vec![Below],
        ("超过" | "超" | "高于" | "多于" | "大于", "") => vec![Above, AtLeast],
        ("不少于" | "不低于", "") => vec![AtLeast],
        (_, "及以上" | "（含）以上" | "(含)以上") => vec![AtLeast],
        (_, "以上") => vec![AtLeast, Above],
        (_, "及以下" | "（含）以下" | "(含)以下") => vec![AtMost],
        (_, "以下") => vec![Below, AtMost],
        ("达到" | "达", "") => vec![AtLeast],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::link::relations;
    use crate::table::rig;

    fn read(text: &str) -> Vec<String> {
        let table = "单位名称|网站报送条数\n东岭镇|42\n西河乡|30\n南屏镇|24\n县财政局|9\n县民政局|4\n县档案馆|3";
        rig::lines(&format!("{text}\n{table}"), relations)
            .into_iter()
            .filter(|l| l.starts_with("bound"))
            .collect()
    }

    #[test]
    fn all_rows_beyond_the_bar_are_listed() {
        assert_eq!(
            read("东岭镇、西河乡、南屏镇共3个单位信息报送条数达24条及以上，予以表扬。"),
            ["bound? 3个 <- 3 ok"]
        );
        assert_eq!(
            read("县民政局、县档案馆共2个单位信息报送条数不足5条。"),
            ["bound? 2个 <- 2 ok"]
        );
    }

    #[test]
    fn a_unit_left_out_breaks_it() {
        assert_eq!(
            read("东岭镇、西河乡共2个单位信息报送条数达24条及以上。"),
            ["bound? 2个 <- 3 BAD"]
        );
        assert_eq!(
            read("东岭镇、西河乡、县财政局共3个单位信息报送条数达24条及以上。"),
            ["bound? 3个 <- 3 BAD"],
            "one that is below the bar"
        );
    }

    #[test]
    fn a_bar_for_something_else_says_nothing() {
        assert!(read("共2个单位培训场次达24次及以上。").is_empty());
        assert!(read("要求各单位报送信息24条以上。").is_empty());
    }
}
