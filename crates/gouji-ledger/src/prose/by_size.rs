//! Lists that are said to be in order of size, held against their figures: 投诉量居前三位的依次为甲类66件、乙类44件、丙类42件; 从高到低分别是….
//!
//! 依次 and 从高到低 claim an order; 前三位的分别是 does not quite, and is only read where the figures are in order. The figures of a list
//! may be other ones than it is ordered by (综合排名前三的依次是甲县（办结率98%）…), so one is complained of only if it alone is out
//! of place, in every column of figures that the list has, and what orders it is no score that is not printed.

use std::ops::Range;
use std::sync::LazyLock;

use gouji_quantity::{Decimal, chinese_integer, half_width};
use regex::Regex;

use super::changes::change_word;
use super::rates::is_base;
use super::{MentionRef, Reading};
use crate::context::{Context, Role};
use crate::{Cue, FigureClass, Formula, Operand, Relation, RelationKind};

/// Most claims that are tried.
const MAX_CLAIMS: usize = 500;
/// Most figures of one list.
const MAX_FIGURES: usize = 120;
/// Most figures of one item: 66件，占18.7%，增长5.1%.
const MAX_COLUMNS: usize = 4;
/// Most bytes between a claim and the first figure of its list (the names of all items may stand there).
const REACH: usize = 300;
/// Most items that a claim announces in words like 三类.
const MAX_NAMED: usize = 30;
/// Fewest items that show an order.
const LEAST: usize = 3;

/// What claims an order: 前三位, 由多到少, 最多的依次. What is listed stands behind it.
static CLAIM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        "(?P<fall>[从由自](?:高到低|高至低|多到少|多至少|大到小|大至小)|降序)\
         |(?P<rise>[从由自](?:低到高|低至高|少到多|少至多|小到大|小至大)|升序)\
         |[前后末]\\s*(?P<n>[0-9０-９]{1,2}|[三四五六七八九十]{1,2})\\s*(?:大?[位名类]|个)?\
         |最[多高大少低小]的",
    )
    .expect("a constant pattern")
});

/// What a claim says of its list.
struct Claim {
    place: Range<usize>,
    /// How many items it announces.
    n: Option<usize>,
    /// Whether its figures fall; `None` if it does not say.
    falls: Option<bool>,
    /// It says that they are in order.
    strict: bool,
}

/// Adds a relation for each list that claims to be in order.
pub(crate) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    let mut tried = 0;
    for (passage, p) in cx.passages.iter().enumerate() {
        let text = p.text.as_str();
        if !matches!(p.role, Role::Paragraph) || reading.prose[passage].mentions.len() < LEAST {
            continue;
        }
        // The figures up to here are told already.
        let mut done = 0;
        for found in CLAIM.captures_iter(text) {
            let Some(place) = found.get(0).map(|m| m.range()).filter(|r| r.start >= done) else {
                continue;
            };
            if tried >= MAX_CLAIMS {
                return;
            }
            tried += 1;
            let n = found.name("n").and_then(|n| numeral(n.as_str()));
            let falls = match (found.name("fall"), found.name("rise")) {
                (Some(_), _) => Some(true),
                (_, Some(_)) => Some(false),
                _ => None,
            };
            let strict = falls.is_some();
            let claim = Claim {
                place,
                n,
                falls,
                strict,
            };
            if let Some((relation, end)) = of_claim(cx, reading, passage, claim) {
                done = end;
                out.extend(relation);
            }
        }
    }
}

fn numeral(digits: &str) -> Option<usize> {
    half_width(digits)
        .parse::<usize>()
        .ok()
        .or_else(|| usize::try_from(chinese_integer(digits)?).ok())
        .filter(|n| *n >= LEAST)
}

/// The relation of a claim, if its list shows one, and where the list ends.
fn of_claim(cx: &Context, reading: &Reading, passage: usize, mut claim: Claim) -> Option<(Option<Relation>, usize)> {
    let prose = &reading.prose[passage];
    let text = cx.passages[passage].text.as_str();
    // The number of the claim is a figure itself.
    let mut first = prose.mentions.partition_point(|m| m.full.start < claim.place.end);
    // 最多的三类依次为…: so is the number behind it.
    if let (None, Some(kinds)) = (claim.n, prose.mentions.get(first))
        && kinds.class == FigureClass::Count
        && ["依次", "是", "为"].iter().any(|w| kinds.tail.contains(w))
        && let Some(n) = (LEAST..=MAX_NAMED).find(|n| Decimal::from(*n) == kinds.value)
    {
        claim.n = Some(n);
        first += 1;
    }
    let head = prose.mentions.get(first)?;
    let between = text.get(claim.place.end..head.full.start)?;
    if between.len() > REACH || between.contains(['。', '；', ';', '\n']) || CLAIM.is_match(between) {
        return None;
    }
    let in_turn = between.contains("依次");
    claim.strict |= in_turn;
    let announced = in_turn
        || ["是", "为", "：", ":", "分别", "有"]
            .iter()
            .any(|w| between.contains(w));
    if !announced || claim.n.is_none() && !claim.strict {
        return None;
    }
    let sentence = reading.sentence(MentionRef {
        passage,
        mention: first,
    });
    let figures: Vec<usize> = (first..prose.mentions.len())
        .take(MAX_FIGURES)
        .take_while(|m| reading.sentence(MentionRef { passage, mention: *m }) == sentence)
        .collect();
    let at = |mention| MentionRef { passage, mention };
    let fit = |m: usize| {
        let mention = &prose.mentions[m];
        mention.plain
            && matches!(
                mention.class,
                FigureClass::Count | FigureClass::Money | FigureClass::Measure | FigureClass::Rate
            )
            && change_word(&mention.label).is_none()
            && !is_base(reading, at(m))
    };
    let columns = columns(&figures, claim.n, |a, b| {
        let (a, b) = (&prose.mentions[a], &prose.mentions[b]);
        a.class == b.class && a.unit == b.unit
    });
    let mut columns: Vec<Vec<usize>> = columns.into_iter().filter(|c| c.iter().all(|m| fit(*m))).collect();
    // What is left over closes a list whatever its size.
    let rest = |m: &usize| {
        ["其他", "其它", "其余"]
            .iter()
            .any(|w| prose.mentions[*m].label.contains(w))
    };
    if columns.iter().any(|c| c.last().is_some_and(rest)) {
        columns.iter_mut().for_each(|c| c.truncate(c.len() - 1));
        columns.retain(|c| c.len() >= LEAST);
    }
    let end = figures.last().map(|m| prose.mentions[*m].full.end)?;
    let told = |column: &[usize]| -> Option<Vec<Operand>> {
        column.iter().map(|m| cx.operand(prose.mentions[*m].fig)).collect()
    };
    let words = super::clause_start(text, claim.place.start)..head.full.start;
    let make = |stated: Operand, operands: Vec<Operand>, holds| {
        let last = Context::cover(operands.iter().chain([&stated]).filter_map(|o| o.span))?;
        let from = cx.passages[passage].text.source_span(words.clone())?;
        Some(Relation {
            kind: RelationKind::Bound,
            rule: "list-by-size",
            cue: if holds { Cue::Arithmetic } else { Cue::Implied },
            readings: vec![crate::Reading {
                formula: Formula::Bound { holds },
                stated,
                operands,
            }],
            quote: gouji_document::Span::new(from.start, last.end),
        })
    };
    let values = |column: &[usize]| -> Vec<Decimal> { column.iter().map(|m| prose.mentions[*m].value).collect() };
    if let Some(column) = columns.iter().find(|c| ordered(&values(c), claim.falls)) {
        let mut operands = told(column)?;
        let stated = operands.remove(0);
        return Some((make(stated, operands, true), end));
    }
    let column = columns.first()?;
    let words = &text[words.clone()];
    let by_score = ["综合", "总分", "得分", "评分", "考核", "考评"]
        .iter()
        .any(|w| words.contains(w));
    if !claim.strict || by_score && head.unit != "分" && !head.label.ends_with('分') {
        return None;
    }
    let later = out_of_place(&values(column), claim.falls)?;
    if columns
        .iter()
        .any(|c| out_of_place(&values(c), claim.falls) != Some(later))
    {
        return None;
    }
    let mut operands = told(column)?;
    let stated = operands.remove(later);
    // The one that it should stand before comes first.
    operands.rotate_left(later - 1);
    Some((make(stated, operands, false), end))
}

/// The figures of a list by column: item by item (66件，占18.7%；44件，占12.4%) or one column after the other (66件、44件，分别占18.7%、12.4%).
/// Empty if they stand in no such order.
fn columns(figures: &[usize], n: Option<usize>, alike: impl Fn(usize, usize) -> bool) -> Vec<Vec<usize>> {
    let total = figures.len();
    for width in 1..=MAX_COLUMNS {
        let rows = n.unwrap_or(total / width);
        // A list whose length nobody gives ends with its sentence.
        if rows < LEAST || rows * width > total || n.is_none() && rows * width != total {
            continue;
        }
        let cell = |row: usize, col: usize| figures[row * width + col];
        let regular = (0..width).all(|col| (1..rows).all(|row| alike(cell(0, col), cell(row, col))));
        // One column only, and another figure alike behind it: it is not known which of them are the list.
        let open = rows * width < total && width == 1 && alike(figures[0], figures[rows]);
        if regular && !open {
            return (0..width)
                .map(|col| (0..rows).map(|row| cell(row, col)).collect())
                .collect();
        }
    }
    Vec::new()
}

/// Whether figures only fall or only rise; `falls` says which, if known.
fn ordered(values: &[Decimal], falls: Option<bool>) -> bool {
    let fall = values.windows(2).all(|w| w[0] >= w[1]);
    let rise = values.windows(2).all(|w| w[0] <= w[1]);
    match falls {
        Some(true) => fall,
        Some(false) => rise,
        None => fall || rise,
    }
}

/// Where the order breaks, if one figure taken out mends it; where the direction is not said, it is that of the first and last.
fn out_of_place(values: &[Decimal], falls: Option<bool>) -> Option<usize> {
    let falls = falls.unwrap_or(values.first()? >= values.last()?);
    let wrong = |a: Decimal, b: Decimal| if falls { a < b } else { a > b };
    let at = (1..values.len()).find(|i| wrong(values[i - 1], values[*i]))?;
    let without = |gone: usize| {
        let mut rest = values.to_vec();
        rest.remove(gone);
        ordered(&rest, Some(falls))
    };
    (without(at) || without(at - 1)).then_some(at)
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::bounds;

    #[test]
    fn lists_in_the_order_that_they_claim() {
        for (text, expected) in [
            (
                "投诉量排前三位的依次是：小广告（474件）；占道（147件）；堆物（128件）。",
                "bound~ 474件 <- 147件 128件",
            ),
            (
                "来电量居前五位的分别为：甲县300件、乙县280件、丙县210件、丁县190件、戊县180件。",
                "bound~ 300件 <- 280件 210件 190件 180件",
            ),
            (
                "空气质量前三名依次为甲市3.12、乙市3.15、丙市3.20。",
                "bound~ 3.12 <- 3.15 3.20",
            ),
            (
                "商品类投诉排名前三位的依次是食品类104件、服装类66件、电器类44件，分别占18.7%、11.9%、7.9%。",
                "bound~ 104件 <- 66件 44件",
            ),
            (
                "居前三位的依次是甲县（办结率98%，受理300件）、乙县（办结率99%，受理280件）、丙县（办结率97%，受理210件）。",
                "bound~ 300件 <- 280件 210件",
            ),
            (
                "工单由少到多为：甲镇12件、乙镇15件、丙镇15件、丁镇40件。",
                "bound~ 12件 <- 15件 15件 40件",
            ),
        ] {
            assert_eq!(bounds(text), [expected], "{text}");
        }
    }

    #[test]
    fn one_figure_out_of_place() {
        for (text, expected) in [
            (
                "信访问题从高到低依次为：拆迁80件、供热66件、物业95件、其他30件。",
                "bound? 95件 <- 66件 80件",
            ),
            (
                "投诉最多的三类依次为噪声投诉210件，占21%；供热投诉180件，占18%；物业投诉190件，占19%。",
                "bound? 190件 <- 180件 210件",
            ),
            (
                "综合得分前三名依次是甲局95.2分、乙局93.1分、丙局94.8分。",
                "bound? 94.8分 <- 93.1分 95.2分",
            ),
        ] {
            assert_eq!(bounds(text), [expected], "{text}");
        }
    }

    #[test]
    fn what_claims_no_order_or_is_ordered_by_something_else() {
        for text in [
            // Not said to be in order.
            "受理量居前三位的为甲局300件、乙局200件、丙局250件。",
            "问题主要有：甲类30件、乙类40件、丙类20件。",
            // The score that orders them is not printed.
            "综合排名前三的依次是甲局（办结率98.5%）、乙局（办结率99.2%）、丙局（办结率96.8%）。",
            // Changes have signs that figures do not show.
            "增幅前三位依次为甲市增长12%、乙市增长15%、丙市增长8%。",
            // Two are no order, and one more figure than was announced.
            "前两位依次为甲县12件、乙县30件。",
            "前三位依次为甲县12件、乙县9件、丙县11件、丁县20件。",
            // Places in time.
            "任务依次为3月检查12家、4月检查30家、5月检查20家。",
        ] {
            assert!(bounds(text).is_empty(), "{text}: {:?}", bounds(text));
        }
    }
}
