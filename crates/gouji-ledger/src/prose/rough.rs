//! Percentages that are not stated exactly: 过半, 近三成, 超过97%, 约34%, 三分之二.
//!
//! Their part and their whole stand close by or are not looked for: what a rough figure can be held against leaves too much room
//! for a search.

use gouji_quantity::{Approx, Decimal};

use super::rates::{kin_units, ratio_reading, scale};
use super::{MentionRef, Reading, changes, quote_of};
use crate::context::Context;
use crate::figures::portion;
use crate::lexicon::Measure;
use crate::{Cue, FigureClass, Modality, Relation, RelationKind};

/// How many amounts before a rough percentage are looked at.
const REACH: usize = 8;
/// Most wholes that are tried.
const MAX_WHOLES: usize = 4;

/// Relations of all rough percentages.
pub(crate) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for passage in 0..reading.prose.len() {
        for mention in 0..reading.prose[passage].mentions.len() {
            let at = MentionRef { passage, mention };
            if is_rough(cx, reading, at) {
                out.extend(relation(cx, reading, at));
            }
        }
    }
}

/// A percentage that a word makes rough, stated as a fact.
fn is_rough(cx: &Context, reading: &Reading, at: MentionRef) -> bool {
    let m = reading.mention(at);
    let figure = cx.figure(m.fig);
    let counted = || portion::counted(&cx.passages[at.passage].text[m.full.end..]);
    m.class == FigureClass::Rate
        && (figure.modality == Modality::Fact || figure.modality == Modality::Threshold && counted())
        && figure.stated.as_ref().is_some_and(|s| s.approx != Approx::Exact)
        && changes::change_word(&m.label).is_none()
}

/// 40家中，一半即20家…; 90个乡镇中，近三分之一（30个）…: the count that it stands for follows, of the amount of that unit right before.
fn of_count_behind(cx: &Context, reading: &Reading, at: MentionRef) -> Option<Relation> {
    let m = reading.mention(at);
    let part = MentionRef {
        mention: at.mention + 1,
        ..at
    };
    let p = reading.prose[at.passage].mentions.get(part.mention)?;
    if !portion::counted(&cx.passages[at.passage].text[m.full.end..]) || !p.is_amount() {
        return None;
    }
    let whole = before(reading, at)
        .into_iter()
        .find(|w| kin_units(&reading.mention(*w).unit, &p.unit))
        .filter(|w| reading.mention(*w).value > p.value)?;
    let stated = cx.operand(m.fig)?;
    let found = ratio_reading(
        &stated,
        cx.operand(p.fig)?,
        vec![cx.operand(reading.mention(whole).fig)?],
        scale(cx, reading, at),
    );
    let quote = quote_of(cx, std::iter::once(&found.stated).chain(&found.operands))?;
    Some(Relation {
        kind: RelationKind::Ratio,
        rule: "share-of-total",
        cue: Cue::Implied,
        readings: vec![found],
        quote,
    })
}

fn relation(cx: &Context, reading: &Reading, at: MentionRef) -> Option<Relation> {
    if let Some(counted) = of_count_behind(cx, reading, at) {
        return Some(counted);
    }
    let m = reading.mention(at);
    let rate = m.label.rfind('率').filter(|end| m.label[*end..].chars().count() <= 6);
    let share = ["占", "比例", "总数", "总量"].iter().any(|w| m.label.contains(w));
    let amounts = before(reading, at);
    let (part, rule) = match rate {
        Some(end) => (numerator(reading, &amounts, &m.label[..end])?, "rate-of-counts"),
        None if share => (part_of_share(reading, at, &amounts)?, "share-of-total"),
        None => return None,
    };
    let p = reading.mention(part);
    let wholes: Vec<MentionRef> = amounts
        .iter()
        .copied()
        .filter(|w| *w < part)
        .filter(|w| {
            let (whole, label) = (reading.mention(*w), reading.label(*w));
            whole.unit == p.unit
                && whole.value > p.value
                && !reading.is_part(*w)
                && (label.total
                    || matches!(label.measure, Some(Measure::Received | Measure::Checked))
                    || takes_parts(reading, *w))
        })
        .take(MAX_WHOLES)
        .collect();
    let (first, stated) = (wholes.first()?, cx.operand(m.fig)?);
    let part_operand = cx.operand(p.fig)?;
    // The amount right before the part, in one sentence with it, and no other.
    let sentence = |r: MentionRef| reading.prose[r.passage].clauses[reading.mention(r).clause].sentence;
    let sure = wholes.len() == 1 && first.mention + 1 == part.mention && sentence(*first) == sentence(at);
    let scale = scale(cx, reading, at);
    let readings: Vec<_> = wholes
        .iter()
        .filter_map(|w| {
            let whole = cx.operand(reading.mention(*w).fig)?;
            Some(ratio_reading(&stated, part_operand.clone(), vec![whole], scale))
        })
        .collect();
    let best = readings.first()?;
    let quote = quote_of(cx, std::iter::once(&best.stated).chain(&best.operands))?;
    Some(Relation {
        kind: RelationKind::Ratio,
        rule,
        cue: if sure { Cue::Implied } else { Cue::Arithmetic },
        readings,
        quote,
    })
}

/// Amounts before a percentage in its sentence and the one before, nearest first.
fn before(reading: &Reading, at: MentionRef) -> Vec<MentionRef> {
    let prose = &reading.prose[at.passage];
    let sentence = prose.clauses[reading.mention(at).clause].sentence;
    (0..at.mention)
        .rev()
        .take(REACH)
        .map(|mention| MentionRef { mention, ..at })
        .filter(|m| reading.mention(*m).is_amount() && reading.mention(*m).value > Decimal::ZERO)
        .take_while(|m| prose.clauses[reading.mention(*m).clause].sentence + 1 >= sentence)
        .collect()
}

/// 办结率: the amount that was 办结.
fn numerator(reading: &Reading, amounts: &[MentionRef], stem: &str) -> Option<MentionRef> {
    let mut back: Vec<char> = stem.chars().rev().take(2).collect();
    back.reverse();
    let word: String = back.into_iter().collect();
    // 城区办结率: a narrower one, of other counts.
    let whole = ["", "总体", "总", "平均", "综合", "本月", "全县", "全市", "，"]
        .iter()
        .any(|w| stem.trim_end_matches(word.as_str()) == *w);
    amounts
        .iter()
        .copied()
        .find(|a| whole && word.chars().count() == 2 && reading.mention(*a).label.ends_with(word.as_str()))
}

/// The amount before a share, or the one that it names (工业投资占比近三成).
fn part_of_share(reading: &Reading, at: MentionRef, amounts: &[MentionRef]) -> Option<MentionRef> {
    let m = reading.mention(at);
    let clause = &reading.prose[at.passage].clauses[m.clause];
    if clause.mentions.first() == Some(&at.mention) {
        let head = &m.label[..m.label.find(['占', '超', '达']).unwrap_or(0)];
        let noun = super::labels::analyse(head).full_name;
        let said = ["", "这一数量", "这", "数量", "合计", "两者", "二者"].contains(&noun.as_str());
        if !said {
            return amounts
                .iter()
                .copied()
                .find(|a| reading.mention(*a).label.contains(noun.as_str()));
        }
    }
    let part = *amounts.first()?;
    // Right before it, or what the clause between says is not known.
    (reading.mention(part).clause + 1 >= m.clause || clause.before == super::clauses::Delim::Start).then_some(part)
}

/// 24家单位中，12家…: the words behind it say that it is divided.
fn takes_parts(reading: &Reading, at: MentionRef) -> bool {
    let tail = reading.mention(at).tail.as_str();
    tail.contains('中') || tail.ends_with("里")
}

#[cfg(test)]
mod tests {
    use crate::table::rig;

    fn read(source: &str) -> Vec<String> {
        rig::lines(source, |cx, out| {
            let mut own = crate::context::Context::new(cx.document, cx.circular);
            let reading = crate::prose::read(&mut own);
            super::relations(&own, &reading, out);
        })
        .iter()
        .map(|l| l.rsplit_once(' ').map_or(l.clone(), |(head, _)| head.to_owned()))
        .collect()
    }

    #[test]
    fn part_and_whole_close_by() {
        for (text, relation) in [
            ("全县24个部门中有13个开通了微博，占比过半。", "ratio? 过半 <- 13个 24个"),
            ("受理诉求500件，办结490件，办结率超过97%。", "ratio? 97% <- 490件 500件"),
            (
                "共抽查企业120家，存在隐患的41家，占比约34%。",
                "ratio? 34% <- 41家 120家",
            ),
            ("参评单位共30家，优秀20家，占三分之二。", "ratio? 三分之二 <- 20家 30家"),
            (
                "共查处问题210件，其中126件涉及公车，超过总数的一半。",
                "ratio? 一半 <- 126件 210件",
            ),
        ] {
            assert_eq!(read(text), [relation], "{text}");
        }
    }

    #[test]
    fn what_is_of_something_else_is_left_alone() {
        for text in [
            "受理诉求500件，办结490件。城区办结率超过97%。",
            "受理投诉1480件，维修服务投诉占比超过四成。",
            "任务完成过半，受理诉求500件。",
            "半数以上的乡镇已建成平台，近三分之一的村实现覆盖。",
            "同比下降近三成，受理500件，办结率达到九成以上。",
        ] {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
    }
}
