//! Numbers of units by classes of their figures: 得分90分以上的3个、80—90分的2个、80分以下的3个.
//!
//! Each class is counted in the column of a table, or among the figures of a list of the first and last few. Whether a bar
//! itself belongs to the class above or below it is left open where the text does not say.

use std::ops::Range;
use std::sync::LazyLock;

use gouji_quantity::{Decimal, chinese_integer, parse_stated};
use regex::Regex;

use super::cells::measure;
use super::podium::Podium;
use super::spoken;
use super::tables::Tables;
use crate::context::{Context, Passage, Role};
use crate::table::{ColumnKind, Sheet, affinity};
use crate::{Cue, Formula, Operand, Reading, Relation, RelationKind};

/// Most classes of one circular.
const MAX_BANDS: usize = 300;

/// A class: a range or a bar, then the number of those in it.
static BAND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:(?P<low>[0-9]+(?:\.[0-9]+)?)\s*(?:分|%|％|件|条)?\s*[（(]?(?P<lowq>不?含)?[^0-9，,。；;、]{0,3}[）)]?\s*(?:[—\-－–~～至到]|——)\s*(?P<high>[0-9]+(?:\.[0-9]+)?)\s*(?P<unit>分|%|％|件|条)(?:之间|区间|段)?",
        r"|(?P<before>超过|高于|多于|大于|达到|达|不低于|不少于|低于|不足|不到|少于|小于|未达到|未达)?\s*(?P<bar>[0-9]+(?:\.[0-9]+)?)\s*(?P<barunit>分|%|％|件|条)\s*[（(]?(?P<barq>不?含)?[^0-9，,。；;、]{0,3}?[）)]?\s*(?P<after>及以上|以上|及以下|以下)?)",
        r"\s*[（(]?(?P<q>不含|含)?[^0-9，,。；;、（(）)]{0,8}?[）)]?",
        r"(?P<noun>[^0-9，,。；;、（(）)：:]{0,16}?)(?P<n>[0-9]+|[两一二三四五六七八九十]{1,3})\s*(?:个|家)",
    ))
    .expect("a constant pattern")
});

/// A class with the number said to be in it.
struct Band {
    range: Range<usize>,
    low: Option<Decimal>,
    high: Option<Decimal>,
    /// Whether the bars themselves may belong to it.
    low_in: Ends,
    high_in: Ends,
    unit: String,
    n: usize,
    digits: Range<usize>,
}

/// Whether a bar belongs to its class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ends {
    In,
    Out,
    Open,
}

impl Ends {
    fn choices(self) -> &'static [bool] {
        match self {
            Self::In => &[true],
            Self::Out => &[false],
            Self::Open => &[true, false],
        }
    }
}

impl Band {
    /// The numbers of values that the class may hold, by its readings.
    fn counts(&self, values: &[Decimal]) -> Vec<usize> {
        let mut out = Vec::new();
        for low_in in self.low_in.choices() {
            for high_in in self.high_in.choices() {
                let inside = |v: &&Decimal| {
                    self.low.is_none_or(|l| **v > l || *low_in && **v == l)
                        && self.high.is_none_or(|h| **v < h || *high_in && **v == h)
                };
                out.push(values.iter().filter(inside).count());
            }
        }
        out
    }
}

/// Adds a relation for each class whose members can be counted.
pub(super) fn relations(cx: &Context<'_>, tables: &Tables<'_>, podiums: &[Podium], out: &mut Vec<Relation>) {
    let mut n_bands = 0;
    for (passage_idx, passage) in cx.passages.iter().enumerate() {
        if passage.role != Role::Paragraph || n_bands >= MAX_BANDS {
            continue;
        }
        let text = passage.text.as_str();
        let bands = read(text);
        n_bands += bands.len();
        for group in bands.chunk_by(|a, b| {
            a.unit == b.unit && spoken::sentence(text, &a.range).start == spoken::sentence(text, &b.range).start
        }) {
            let sentence = spoken::sentence(text, &group[0].range);
            let words = &text[sentence.start.min(group[0].range.start)..group[0].range.start];
            let found = (0..tables.sheets.len()).find_map(|s| by_table(cx, passage, &tables.sheets[s], group, words));
            match found {
                Some(found) => out.extend(found),
                None if group.len() >= 2 => {
                    for podium in podiums
                        .iter()
                        .filter(|p| p.passage == passage_idx && p.unit == group[0].unit)
                    {
                        out.extend(by_list(cx, passage, podium, group));
                    }
                }
                None => {}
            }
        }
    }
}

fn read(text: &str) -> Vec<Band> {
    let mut out = Vec::new();
    for found in BAND.captures_iter(text) {
        let Some(whole) = found.get(0) else { continue };
        let decimal = |name: &str| found.name(name).and_then(|m| parse_stated(m.as_str())?.base());
        let word = |name: &str| found.name(name).map_or("", |m| m.as_str());
        let q = |name: &str| match word(name) {
            "含" => Some(Ends::In),
            "不含" => Some(Ends::Out),
            _ => None,
        };
        let (low, high, low_in, high_in) = if found.name("low").is_some() {
            let (Some(low), Some(high)) = (decimal("low"), decimal("high")) else {
                continue;
            };
            (
                Some(low.min(high)),
                Some(low.max(high)),
                q("lowq").unwrap_or(Ends::Open),
                q("q").unwrap_or(Ends::Open),
            )
        } else {
            let bar = decimal("bar");
            let inside = q("barq").or(q("q"));
            match (word("before"), word("after")) {
                ("不足" | "不到" | "低于" | "少于" | "小于" | "未达到" | "未达", "") => {
                    (None, bar, Ends::Out, Ends::Out)
                }
                ("超过" | "高于" | "多于" | "大于", "") => (bar, None, inside.unwrap_or(Ends::Open), Ends::Out),
                ("达到" | "达" | "不低于" | "不少于", "") | (_, "及以上") => {
                    (bar, None, Ends::In, Ends::Out)
                }
                (_, "以上") => (bar, None, inside.unwrap_or(Ends::Open), Ends::Out),
                (_, "及以下") => (None, bar, Ends::Out, Ends::In),
                (_, "以下") => (None, bar, Ends::Out, inside.unwrap_or(Ends::Open)),
                _ => continue,
            }
        };
        let n = found.name("n").and_then(|m| {
            m.as_str()
                .parse::<usize>()
                .ok()
                .or_else(|| usize::try_from(chinese_integer(m.as_str())?).ok())
                .map(|n| (n, m.range()))
        });
        let Some((n, digits)) = n else { continue };
        let unit = if word("unit").is_empty() {
            word("barunit")
        } else {
            word("unit")
        };
        out.push(Band {
            range: whole.range(),
            low,
            high,
            low_in,
            high_in,
            unit: if unit == "％" { "%".to_owned() } else { unit.to_owned() },
            n,
            digits,
        });
    }
    out
}

/// The classes against a column, if all but one at most hold what the column gives.
fn by_table(
    cx: &Context<'_>,
    passage: &Passage<'_>,
    sheet: &Sheet<'_>,
    group: &[Band],
    words: &str,
) -> Option<Vec<Relation>> {
    if sheet.open || sheet.label_column.is_none() {
        return None;
    }
    let unit = group[0].unit.as_str();
    let fits = |col: &usize| match sheet.columns[*col].kind {
        ColumnKind::Score => unit == "分",
        ColumnKind::Rate => unit == "%",
        ColumnKind::Count => unit != "分" && unit != "%",
        _ => false,
    };
    let columns: Vec<usize> = (0..sheet.n_cols()).filter(fits).collect();
    let named = |col: &usize| {
        let inner = &passage.text[group[0].range.clone()];
        let header = measure(&sheet.columns[*col].header);
        affinity(words, header).max(affinity(inner, header)) >= 2
    };
    let lone = (columns.len() == 1 && unit == "分").then(|| columns[0]);
    let mut candidates: Vec<usize> = columns.iter().copied().filter(named).collect();
    candidates.extend(lone.filter(|c| !candidates.contains(c)));
    let data: Vec<usize> = sheet.data_rows().collect();
    for col in candidates {
        let values: Vec<Decimal> = data
            .iter()
            .filter_map(|r| sheet.own_number(*r, col).map(|n| n.value))
            .collect();
        let wrong: Vec<usize> = (0..group.len())
            .filter(|i| !group[*i].counts(&values).contains(&group[*i].n))
            .collect();
        let right = group.len() - wrong.len();
        // One class alone may be of other units; where all others fit, the one that does not is a slip.
        let enough = wrong.is_empty() && (right >= 2 || group[0].n >= 2) || wrong.len() == 1 && right >= 2;
        if values.len() < 3 || !enough {
            continue;
        }
        return Some(
            group
                .iter()
                .enumerate()
                .filter_map(|(i, band)| {
                    let counts = band.counts(&values);
                    let actual = counts.iter().find(|c| **c == band.n).or(counts.first()).copied()?;
                    let operands = vec![Operand::computed(Decimal::from(actual))];
                    relation(
                        cx,
                        passage,
                        band,
                        band.range.end,
                        operands,
                        !wrong.contains(&i),
                        Cue::Implied,
                    )
                })
                .collect(),
        );
    }
    None
}

/// The classes against the figures of a list of the first or last few: those of a class that the list goes beyond are all
/// of it, those of the class in which it ends are some of it.
fn by_list(cx: &Context<'_>, passage: &Passage<'_>, podium: &Podium, group: &[Band]) -> Vec<Relation> {
    let values: Vec<Decimal> = podium.values.iter().map(|(value, _)| *value).collect();
    let mut out = Vec::new();
    for band in group {
        let counts = band.counts(&values);
        let (Some(fewest), Some(most)) = (counts.iter().min().copied(), counts.iter().max().copied()) else {
            continue;
        };
        // The first few go down from the top: a class above all the rest of the list is complete. So for the last few.
        let edge = if podium.last {
            band.low.is_none()
        } else {
            band.high.is_none()
        };
        let complete = edge && most > 0 && most < values.len();
        if most == 0 {
            continue;
        }
        let holds = if complete {
            counts.contains(&band.n)
        } else {
            fewest <= band.n
        };
        let operands = podium
            .values
            .iter()
            .map(|(value, range)| {
                let mut operand = Operand::computed(*value);
                operand.surface = passage.text[range.clone()].to_owned();
                operand.span = passage.text.source_span(range.clone());
                operand
            })
            .collect();
        out.extend(relation(cx, passage, band, podium.end, operands, holds, Cue::Implied));
    }
    out
}

fn relation(
    cx: &Context<'_>,
    passage: &Passage<'_>,
    band: &Band,
    end: usize,
    operands: Vec<Operand>,
    holds: bool,
    cue: Cue,
) -> Option<Relation> {
    let local = passage
        .figures
        .iter()
        .find(|f| f.full.start < band.digits.end && band.digits.start < f.full.end)?;
    Some(Relation {
        kind: RelationKind::Bound,
        rule: "units-by-class",
        cue,
        readings: vec![Reading {
            formula: Formula::Bound { holds },
            stated: cx.operand(local.idx)?,
            operands,
        }],
        quote: passage
            .text
            .source_span(band.range.start.min(band.digits.start)..band.range.end.max(end))?,
    })
}

#[cfg(test)]
mod tests {
    use crate::link::relations;
    use crate::table::rig;

    fn bounds(source: &str) -> Vec<String> {
        rig::lines(source, relations)
            .into_iter()
            .filter(|l| l.starts_with("bound"))
            .collect()
    }

    const TABLE: &str = "序号|单位|得分\n1|青泽镇|96.5\n2|枫渡乡|93.0\n3|石泷镇|90\n4|柳汀乡|86.0\n5|县财政局|85.0\n6|县民政局|79.0\n7|县林业局|71.5";

    #[test]
    fn classes_of_a_column() {
        let text = "得分90分以上的单位3个，得分80—90分的单位2个，得分80分以下的单位2个。";
        let found = bounds(&format!("{text}\n{TABLE}"));
        assert_eq!(
            found,
            ["bound? 3个 <- 3 ok", "bound? 2个 <- 2 ok", "bound? 2个 <- 2 ok"]
        );
        let wrong = bounds(&format!("{}\n{TABLE}", text.replace("单位3个", "单位4个")));
        assert_eq!(wrong.iter().filter(|l| l.ends_with("BAD")).count(), 1, "{wrong:#?}");
        let strict = text.replace("90分以上", "90分（不含）以上");
        assert!(bounds(&format!("{strict}\n{TABLE}")).iter().any(|l| l.ends_with("BAD")));
    }

    #[test]
    fn classes_of_other_units_say_nothing() {
        for text in [
            "得分90分以上的网站13个，得分80—90分的网站12个，得分80分以下的网站2个。",
            "办结率90%以上的单位3个，80%以下的单位2个。",
            "得分90分以上的评为优秀，80分以下的3个科室要整改。",
        ] {
            let found = bounds(&format!("{text}\n{TABLE}"));
            assert!(found.iter().all(|l| l.ends_with("ok")), "{text}: {found:#?}");
        }
    }

    #[test]
    fn classes_beside_the_first_and_last() {
        let text = "得分95分以上网站2个，85—95分网站9个，75—85分（不含）网站6个，75分以下网站3个。其中，得分前三名的网站依次为：甲网站98分，乙网站96.5分，丙网站94分；得分后三名的网站依次为：丁网站70分，戊网站72分，己网站73.5分。";
        let found = bounds(text);
        assert!(
            !found.is_empty() && found.iter().all(|l| l.ends_with("ok")),
            "{found:#?}"
        );
        let wrong = bounds(&text.replace("网站2个", "网站4个"));
        assert_eq!(wrong.iter().filter(|l| l.ends_with("BAD")).count(), 1, "{wrong:#?}");
        let wrong = bounds(&text.replace("以下网站3个", "以下网站2个"));
        assert_eq!(wrong.iter().filter(|l| l.ends_with("BAD")).count(), 1, "{wrong:#?}");
    }
}
