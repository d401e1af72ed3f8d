//! Samples drawn by a rule keep to it: 全县网站120家，按不低于30%的比例抽查40家.

use gouji_quantity::Decimal;

use super::{MentionRef, Reading};
use crate::context::Context;
use crate::{Cue, FigureClass, Formula, Relation, RelationKind};

/// How many mentions before the rule the whole is looked for.
const REACH: usize = 6;

/// Quotas with the sample behind them and the whole before them: the sample is at least that share of it. A rule may be of another
/// whole than the nearest count, so that a smaller sample is no complaint: kept if it holds.
pub(crate) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for passage in 0..reading.prose.len() {
        for mention in 0..reading.prose[passage].mentions.len() {
            out.extend(quota(cx, reading, MentionRef { passage, mention }));
        }
    }
}

fn quota(cx: &Context, reading: &Reading, at: MentionRef) -> Option<Relation> {
    let prose = &reading.prose[at.passage];
    let m = reading.mention(at);
    let text = cx.passages[at.passage].text.as_str();
    let clause = &prose.clauses[m.clause];
    let lead = &text[clause.range.start..m.digits.start];
    let bar = ["不低于", "不少于", "至少"].iter().any(|w| lead.ends_with(w));
    if m.class != FigureClass::Rate || !bar || !m.tail.starts_with("的比例") && !m.tail.starts_with("比例") {
        return None;
    }
    let sample = prose.mentions.get(at.mention + 1)?;
    let group = &prose.groups[prose.clauses[sample.clause].group];
    let hung = group.host == Some(at.mention) && prose.clauses[sample.clause].mentions.len() == 1;
    let drawn = prose.clauses[sample.clause].sentence == clause.sentence
        && ["抽查", "抽取", "抽检", "检查", "抽测"]
            .iter()
            .any(|w| sample.label.contains(w) || m.tail.contains(w));
    let counted = |n: &super::clauses::Mention| n.class == FigureClass::Count && n.plain && n.decimals == 0;
    if !counted(sample) || sample.unit.is_empty() || !hung && !drawn {
        return None;
    }
    let whole = prose.mentions[at.mention.saturating_sub(REACH)..at.mention]
        .iter()
        .rev()
        .find(|w| counted(w) && w.unit == sample.unit && w.value >= sample.value)?;
    let hundredfold = sample.value.checked_mul(Decimal::ONE_HUNDRED)?;
    let holds = hundredfold >= whole.value.checked_mul(m.value)?;
    if !holds {
        return None;
    }
    let stated = cx.operand(m.fig)?;
    let operands = vec![cx.operand(sample.fig)?, cx.operand(whole.fig)?];
    let formula = Formula::Bound { holds };
    super::relation(
        cx,
        RelationKind::Bound,
        "sample-of-quota",
        Cue::Arithmetic,
        formula,
        stated,
        operands,
    )
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::bounds;

    #[test]
    fn a_sample_keeps_to_its_quota() {
        assert_eq!(
            bounds("对全县在用的240个政务账号按不少于10%的比例（26个）进行抽查。"),
            ["bound~ 10% <- 26个 240个"]
        );
        assert_eq!(
            bounds("全县共有网站120家，按照不低于30%的比例抽查网站40家。"),
            ["bound~ 30% <- 40家 120家"]
        );
    }

    #[test]
    fn a_quota_of_another_whole_is_none() {
        for text in [
            "全县共有网站120家，按照不低于30%的比例抽查网站20家。",
            "全县共有网站120家，每季度按照不低于30%的比例开展抽查。",
            "全县共有网站120家，合格率不低于90%，抽查网站40家。",
        ] {
            assert_eq!(bounds(text), [""; 0], "{text}");
        }
    }
}
