//! Claims that figures lie on one side of a bar, held against those figures: 低于75分的乡镇是甲镇（74.2）、乙镇（70.3）; 均在95%以上，其中甲区为99%; a heading
//! 合格率不足六成 above the text that gives 56.4%.
//!
//! A bar printed as a word of degree (超, 不足, 近) in a heading is the exact figure cut off or rounded up to its own places, and only held
//! against one that is.

use gouji_quantity::{Approx, Decimal};

use super::changes::change_word;
use super::clauses::Mention;
use super::rates::is_base;
use super::{MentionRef, Reading};
use crate::context::{Context, Role};
use crate::words::last;
use crate::{Cue, FigureClass, Formula, Operand, Relation, RelationKind};

/// Most bytes between a bar and the first name listed under it, and between two names.
const MAX_LEAD: usize = 120;
const MAX_NAME: usize = 90;
/// Figures behind a bar that are held against it.
const MAX_FIGURES: usize = 40;
/// Figures of the text that the claim of a heading is held against.
const MAX_TOLD: usize = 120;
/// Paragraphs below a heading in which they are looked for.
const MAX_BELOW: usize = 200;
/// Longest line without a full stop that is read as a heading, in characters.
const MAX_HEADING: usize = 45;
/// Least count that a heading may round.
const LEAST_COUNT: i64 = 10;

/// On which side of a bar figures must lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Above,
    Below,
}

/// Relations of all bars.
pub(crate) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for at in reading.places() {
        let m = reading.mention(at);
        if m.plain || m.value <= Decimal::ZERO || change_word(&m.label).is_some() {
            continue;
        }
        let Some(approx) = cx.figure(m.fig).stated.as_ref().map(|s| s.approx) else {
            continue;
        };
        if is_heading(cx, at.passage) {
            out.extend(of_heading(cx, reading, at, approx));
        } else if let Some(side) = side(approx) {
            out.extend(of_list(cx, reading, at, side).or_else(|| of_all(cx, reading, at, side)));
        }
    }
}

/// The side that a word beside the bar names; words that may include the bar and those that may not are read alike.
fn side(approx: Approx) -> Option<Side> {
    match approx {
        Approx::MoreThan | Approx::AtLeast => Some(Side::Above),
        Approx::LessThan | Approx::AtMost => Some(Side::Below),
        _ => None,
    }
}

fn lies(value: Decimal, side: Side, bar: Decimal) -> bool {
    match side {
        Side::Above => value >= bar,
        Side::Below => value <= bar,
    }
}

/// 低于75分的乡镇是甲镇（74.2）、乙镇（70.3）: the figure behind each of the names.
fn of_list(cx: &Context, reading: &Reading, at: MentionRef, side: Side) -> Option<Relation> {
    let prose = &reading.prose[at.passage];
    let text = cx.passages[at.passage].text.as_str();
    let m = reading.mention(at);
    let own = prose.clauses[m.clause].group;
    let mut end = m.full.end;
    let mut figures: Vec<MentionRef> = Vec::new();
    let first = prose.groups[1..].partition_point(|g| g.range.start < end) + 1;
    for g in prose.groups.iter().skip(first).take(MAX_FIGURES) {
        if g.range.start < end {
            continue;
        }
        let between = text.get(end..g.range.start)?;
        let listed = if figures.is_empty() {
            between.len() <= MAX_LEAD
                && ["是", "有", "为", "：", ":", "包括"]
                    .iter()
                    .any(|w| between.contains(w))
        } else {
            between.len() <= MAX_NAME && between.trim_start().starts_with(['、', '，', ',', '和', '及', '与'])
        };
        if g.parent != own || !listed || between.contains(['。', '；', ';', '\n']) {
            break;
        }
        let from = prose.mentions.partition_point(|x| x.full.start < g.range.start);
        let to = prose.mentions.partition_point(|x| x.full.start < g.range.end);
        if to != from + 1 {
            break;
        }
        let figure = &prose.mentions[from];
        // 甲镇（得分74.2）: the figure alone or behind its name, in the unit of the bar.
        let alike = figure.unit == m.unit || figure.unit.is_empty() && m.class != FigureClass::Rate;
        if !alike || !figure.plain || figure.label.chars().count() > 4 || change_word(&figure.label).is_some() {
            break;
        }
        figures.push(MentionRef { mention: from, ..at });
        end = g.range.end;
    }
    if figures.len() < 2 {
        return None;
    }
    let wrong = figures
        .iter()
        .filter(|f| !lies(reading.mention(**f).value, side, m.value))
        .count();
    match wrong {
        0 => relation(cx, reading, at, &figures, true),
        // Where most lie on its side, what the names bear is what the bar speaks of.
        1 if figures.len() >= 4 => relation(cx, reading, at, &figures, false),
        _ => None,
    }
}

/// 均在95%以上，其中甲区为99%，乙区为97%: all figures of the unit told behind it in its sentence, or in the next if 其中 begins it.
fn of_all(cx: &Context, reading: &Reading, at: MentionRef, side: Side) -> Option<Relation> {
    let prose = &reading.prose[at.passage];
    let text = cx.passages[at.passage].text.as_str();
    let m = reading.mention(at);
    let of_each = ["均", "都", "全部"].iter().any(|w| m.label.contains(w));
    // 3个市合格率不足90%，其中甲、乙两市合格率分别为82.4%、81.8%: some of those below it, by the same rate.
    let named = |m: &Mention| rate_name(&m.label);
    let (first, next) = prose
        .mentions
        .iter()
        .enumerate()
        .skip(at.mention + 1)
        // 甲、乙两市
        .find(|(_, next)| next.class != FigureClass::Count || m.class == FigureClass::Count)
        .filter(|(_, next)| of_each || named(m).is_some() && named(m) == named(next))?;
    let among = text.get(m.full.end..next.full.start)?.contains("其中");
    let sentence = reading.sentence(MentionRef { mention: first, ..at });
    let figures: Vec<MentionRef> = (at.mention + 1..prose.mentions.len())
        .take(MAX_FIGURES)
        .map(|mention| MentionRef { mention, ..at })
        .take_while(|f| reading.sentence(*f) == sentence)
        // 其中甲区为99%；满意率为93%: another rate.
        .take_while(|f| {
            !reading.mention(*f).label.contains('率')
                || rate_name(&m.label).is_some_and(|n| reading.mention(*f).label.contains(&n))
        })
        .filter(|f| {
            let figure = reading.mention(*f);
            figure.unit == m.unit
                && figure.class == m.class
                && figure.plain
                && change_word(&figure.label).is_none()
                && !is_base(reading, *f)
        })
        .collect();
    let holds = figures.iter().all(|f| lies(reading.mention(*f).value, side, m.value));
    (among && !figures.is_empty() && holds && sentence <= reading.sentence(at) + 1)
        .then(|| relation(cx, reading, at, &figures, true))
        .flatten()
}

/// A title, a heading, or a short line without a full stop.
fn is_heading(cx: &Context, passage: usize) -> bool {
    let p = &cx.passages[passage];
    let text = p.text.as_str();
    match p.role {
        Role::Title | Role::Heading { .. } => true,
        Role::Paragraph => text.char_indices().nth(MAX_HEADING).is_none() && !text.contains(['。', '；', '！']),
        Role::Caption(_) | Role::Note(_) => false,
    }
}

/// 逾34万人被处理 … 处理342817人: the first exact figure below the heading that is of the same thing and gives its bar.
fn of_heading(cx: &Context, reading: &Reading, at: MentionRef, approx: Approx) -> Option<Relation> {
    let m = reading.mention(at);
    let body = cx.passages[at.passage].body;
    let words = around(reading, at);
    let below = (at.passage + 1..reading.prose.len())
        .take(MAX_BELOW)
        .filter(|p| cx.passages[*p].body == body)
        .flat_map(|passage| {
            (0..reading.prose[passage].mentions.len()).map(move |mention| MentionRef { passage, mention })
        })
        .take(MAX_TOLD);
    let small = m.class == FigureClass::Count && m.value < Decimal::from(LEAST_COUNT);
    let told = below.into_iter().filter(|_| !small).find(|f| {
        let figure = reading.mention(*f);
        let alike = figure.class == m.class && figure.unit == m.unit && figure.plain;
        alike
            && change_word(&figure.label).is_none()
            && !is_base(reading, *f)
            && gives(figure.value, approx, m.value)
            && of_one_thing(&words, &around(reading, *f), rate_name(&m.label), &figure.label)
    })?;
    relation(cx, reading, at, &[told], true)
}

/// Whether a bar is an exact figure cut off (超, 余) or rounded up (近, 不足) to the places of the bar that are no zeros.
fn gives(exact: Decimal, approx: Approx, bar: Decimal) -> bool {
    let unit = last_place(bar);
    let Some(places) = exact.checked_div(unit) else {
        return false;
    };
    let (down, up) = (places.floor().checked_mul(unit), places.ceil().checked_mul(unit));
    match approx {
        Approx::MoreThan | Approx::Over | Approx::AtLeast => down == Some(bar),
        Approx::LessThan | Approx::Near | Approx::AtMost => up == Some(bar),
        Approx::Exact | Approx::About => false,
    }
}

/// The last place of a number that is no zero: 10 of 60, 10000 of 260000, 0.1 of 2.5.
fn last_place(bar: Decimal) -> Decimal {
    let bar = bar.normalize();
    let mut unit = Decimal::new(1, bar.scale());
    if bar.scale() == 0 {
        while let Some(next) = unit
            .checked_mul(Decimal::TEN)
            .filter(|n| bar % n == Decimal::ZERO && *n <= bar)
        {
            unit = next;
        }
    }
    unit
}

/// The words on both sides of a figure.
fn around(reading: &Reading, at: MentionRef) -> String {
    let m = reading.mention(at);
    format!("{}|{}", m.label, m.tail)
}

/// The name of a rate in the words before its figure, its last three characters: 合格率.
fn rate_name(label: &str) -> Option<String> {
    let end = label.rfind('率')? + '率'.len_utf8();
    Some(last(&label[..end], 3).to_owned())
}

/// Whether a claim and a figure are of one thing: the same rate, else two neighbouring characters of their words that are no scope.
fn of_one_thing(claim: &str, told: &str, rate: Option<String>, label: &str) -> bool {
    if let Some(rate) = rate {
        return label.contains(rate.as_str());
    }
    const SCOPE: [&str; 10] = [
        "全市", "全县", "全省", "全国", "全区", "我市", "我县", "的|", "|的", "今年",
    ];
    let chars: Vec<char> = claim.chars().collect();
    chars.windows(2).any(|w| {
        let pair: String = w.iter().collect();
        w.iter().all(|c| c.is_alphabetic()) && !SCOPE.contains(&pair.as_str()) && told.contains(pair.as_str())
    })
}

fn relation(cx: &Context, reading: &Reading, at: MentionRef, figures: &[MentionRef], holds: bool) -> Option<Relation> {
    let stated = cx.operand(reading.mention(at).fig)?;
    let operands: Option<Vec<Operand>> = figures.iter().map(|f| cx.operand(reading.mention(*f).fig)).collect();
    let cue = if holds { Cue::Arithmetic } else { Cue::Implied };
    let formula = Formula::Bound { holds };
    super::relation(
        cx,
        RelationKind::Bound,
        "figures-beyond-bar",
        cue,
        formula,
        stated,
        operands?,
    )
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::bounds;

    #[test]
    fn the_figure_behind_each_name_lies_beyond_the_bar() {
        for (text, expected) in [
            (
                "平均分低于75分的乡镇是甲镇（74.6）、乙镇（73.1）、丙乡（67.4）。",
                "bound~ 75分 <- 74.6 73.1 67.4",
            ),
            (
                "不合格率高于30%的有：甲镇(83.3%)、乙镇(45.2%)和丙镇(36.4%)。",
                "bound~ 30% <- 83.3% 45.2% 36.4%",
            ),
            (
                "报送信息超过20条的单位为甲局（42条）、乙局（30条）。",
                "bound~ 20条 <- 42条 30条",
            ),
            (
                "得分低于75分的是甲镇（74.6）、乙镇（73.1）、丙乡（77.2）、丁乡（67.4）。",
                "bound? 75分 <- 74.6 73.1 77.2 67.4",
            ),
            (
                "各县按时结案率均在97%以上，其中甲县为100%，乙县为98.2%。",
                "bound~ 97% <- 100% 98.2%",
            ),
            (
                "两类问题较多，均超过1万起。其中甲类18253起，乙类14972起。",
                "bound~ 1万起 <- 18253起 14972起",
            ),
        ] {
            assert_eq!(bounds(text), [expected], "{text}");
        }
    }

    #[test]
    fn what_a_heading_claims_is_told_below_it() {
        for (text, expected) in [
            (
                "户外家具抽检合格率不足60%\n抽检甲类家具140批次，合格79批次，合格率56.4%。",
                "bound~ 60% <- 56.4%",
            ),
            (
                "近70%的企业存在问题\n存在问题的企业占被检查企业的69.14%。",
                "bound~ 70% <- 69.14%",
            ),
            (
                "逾34万人被处理\n全年查处问题271463起，处理342817人。",
                "bound~ 34万人 <- 342817人",
            ),
            (
                "二季度采购规模超2亿元\n二季度，全市采购规模达2.6亿元。",
                "bound~ 2亿元 <- 2.6亿元",
            ),
        ] {
            assert_eq!(bounds(text), [expected], "{text}");
        }
    }

    #[test]
    fn figures_of_something_else_are_not_held_against_a_bar() {
        for text in [
            // Another unit, another rate, too few to say which is wrong.
            "合格率低于80%的有灶具（12批次）、玩具（8批次）。",
            "各区办结率均在95%以上，满意率为93%。",
            "得分低于75分的是甲镇（79.2）、乙镇（73.1）。",
            "要求各单位办结率达到95%以上。",
            // Not what the heading's places give.
            "合格率不足60%\n抽检120批次，合格率37.5%。",
            "网站合格率超过九成\n抽检网站120家，合格率82.5%。",
        ] {
            assert!(bounds(text).is_empty(), "{text}: {:?}", bounds(text));
        }
    }
}
