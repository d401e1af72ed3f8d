//! Units that a section names in several lists, against how many the text says there are.
//!
//! 网站存在问题的单位28家 above （一）网站方面, where 甲、乙等15家单位…, 甲、丙等20家单位…: the lists may leave units out, but
//! they cannot name more different ones than there are.

use std::ops::Range;

use gouji_document::Span;
use gouji_quantity::Decimal;

use crate::context::{Context, Role};
use crate::lexicon::UNIT_SUFFIXES;
use crate::prose::clauses::Mention;
use crate::prose::{Reading, clause_start};
use crate::{Cue, FigureClass, Formula, Operand, Reading as RelationReading, Relation, RelationKind};

/// Most different names that are compared with one another.
const MAX_UNION: usize = 200;

/// A list whose number is how many names it has.
pub(super) struct Closed {
    pub passage: usize,
    pub names: Vec<Range<usize>>,
}

/// Adds a relation for each number of units with problems whose lists stand under a heading of its subject.
pub(super) fn relations(cx: &Context, reading: &Reading, lists: &[Closed], out: &mut Vec<Relation>) {
    if lists.len() < 2 {
        return;
    }
    for passage in 0..reading.prose.len() {
        let prose = &reading.prose[passage];
        for m in prose.mentions.iter().filter(|m| counts_units(m)) {
            for heading in below(cx, passage) {
                let subject = subject(cx.passages[heading].text.as_str());
                let named = |o: &&Mention| counts_units(o) && o.label.contains(subject);
                if subject.chars().count() < 2
                    || !m.label.contains(subject)
                    || prose.mentions.iter().filter(named).count() != 1
                {
                    continue;
                }
                let under: Vec<&Closed> = lists
                    .iter()
                    .filter(|l| cx.passages[l.passage].headings.contains(&heading))
                    .collect();
                if under.len() >= 2 {
                    out.extend(relation(cx, m, &under));
                }
            }
        }
    }
}

/// 存在问题的单位28家, 28家单位存在问题.
fn counts_units(m: &Mention) -> bool {
    let unit = |words: &str, ends: bool| {
        ["单位", "部门"]
            .iter()
            .any(|w| if ends { words.ends_with(w) } else { words.starts_with(w) })
    };
    let troubled = ["问题", "不合格", "不达标", "不及时", "不规范", "未"]
        .iter()
        .any(|w| m.label.contains(w) || m.tail.contains(w));
    m.class == FigureClass::Count
        && m.plain
        && matches!(m.unit.as_str(), "家" | "个")
        && (unit(m.label.as_str(), true) || unit(m.tail.as_str(), false))
        && troubled
}

/// How many passages below a number the headings of its units are looked for in.
const MAX_BELOW: usize = 600;

/// The headings right below a passage, one level deeper than its own.
fn below<'a>(cx: &'a Context, passage: usize) -> impl Iterator<Item = usize> + 'a {
    let own = &cx.passages[passage].headings;
    // Outside all sections no heading stands below.
    let to = if own.is_empty() { passage + 1 } else { cx.passages.len() };
    cx.passages[passage + 1..to.min(passage + 1 + MAX_BELOW)]
        .iter()
        .enumerate()
        .take_while(move |(_, p)| p.body == cx.passages[passage].body && p.headings.starts_with(own))
        .filter(move |(_, p)| matches!(p.role, Role::Heading { .. }) && p.headings.len() == own.len())
        .map(move |(i, _)| passage + 1 + i)
}

/// 网站方面 is about 网站.
fn subject(title: &str) -> &str {
    let mut s = title.trim();
    for tail in [
        "存在的主要问题",
        "存在的问题",
        "存在问题",
        "方面",
        "情况",
        "的",
        "建设",
        "运行",
        "管理",
    ] {
        s = s.strip_suffix(tail).unwrap_or(s);
    }
    s.trim()
}

fn relation(cx: &Context, m: &Mention, lists: &[&Closed]) -> Option<Relation> {
    let mut union: Vec<(&str, Span)> = Vec::new();
    for list in lists {
        let text = cx.passages[list.passage].text;
        for range in &list.names {
            let name = text.as_str()[range.clone()].trim();
            if !union.iter().any(|(known, _)| *known == name) {
                union.push((name, text.source_span(range.clone())?));
            }
            if union.len() > MAX_UNION {
                return None;
            }
        }
    }
    // 县发改委 and 县发展改革委 may be one.
    let aliases = union
        .iter()
        .filter(|(a, _)| union.iter().any(|(b, _)| a != b && is_short_for(a, b)))
        .count();
    let (least, most) = (union.len() - aliases, union.len());
    // More units than are named: the lists need not be complete.
    if m.value > Decimal::from(most) {
        return None;
    }
    let stated = cx.operand(m.fig)?;
    let operands: Vec<Operand> = union
        .iter()
        .map(|(name, span)| Operand::named(*name, Some(*span)))
        .collect();
    let cover = Context::cover(operands.iter().filter_map(|o| o.span).chain([m.span]))?;
    Some(Relation {
        kind: RelationKind::Count,
        rule: "names-in-all",
        cue: Cue::Implied,
        quote: Span::new(clause_start(&cx.document.text, cover.start), cover.end),
        readings: vec![RelationReading {
            formula: Formula::Count {
                least,
                most,
                open: false,
            },
            stated,
            operands,
        }],
    })
}

/// Whether all characters of `short` stand in `long` in their order.
fn is_short_for(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.len() < long.len() && short.chars().all(|c| rest.any(|l| l == c))
}

/// Whether names are those of units.
pub(super) fn are_units(text: &str, names: &[Range<usize>]) -> bool {
    names
        .iter()
        .all(|r| UNIT_SUFFIXES.iter().any(|s| text[r.clone()].ends_with(s)))
}

#[cfg(test)]
mod tests {
    use crate::table::rig;

    fn read(source: &str) -> Vec<String> {
        rig::lines(source, |cx, out| {
            let mut own = crate::context::Context::new(cx.document, cx.circular);
            let reading = crate::prose::read(&mut own);
            crate::prose::names::relations(&own, &reading, out);
        })
        .into_iter()
        .filter(|l| l.starts_with("count? 4家") || l.starts_with("count? 3家") || l.starts_with("count? 6家"))
        .collect()
    }

    const LISTS: &str = "# 存在问题
网站内容存在问题的单位4家，新媒体存在问题的单位2家。
## 网站方面
白塔镇、石泷镇、县水利局等3家单位信息有错字。白塔镇、县水利局、县档案馆中心等3家单位链接失效。";

    #[test]
    fn as_many_different_units_as_stated() {
        assert_eq!(read(LISTS)[0], "count? 4家 <- 白塔镇 石泷镇 县水利局 县档案馆中心 ok");
    }

    #[test]
    fn more_units_than_stated_contradict_it() {
        let found = read(&LISTS.replace("单位4家", "单位3家"));
        assert!(found[0].ends_with("BAD"), "{found:?}");
        // A short form of a name may be no further unit.
        let short = LISTS.replace("单位4家", "单位3家").replace("县档案馆中心", "水利局");
        assert!(read(&short)[0].ends_with("ok"), "{:?}", read(&short));
    }

    #[test]
    fn more_units_than_named_say_nothing() {
        assert!(
            read(&LISTS.replace("单位4家", "单位6家"))
                .iter()
                .all(|l| !l.starts_with("count? 6家"))
        );
        assert!(
            read(&LISTS.replace("## 网站方面", "## 队伍建设"))
                .iter()
                .all(|l| l.contains("3家"))
        );
    }
}
