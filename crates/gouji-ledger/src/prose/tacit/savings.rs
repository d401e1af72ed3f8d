//! What was saved against a budget told in one breath: 中标4836万元，较预算5200万元节约364万元，资金节约率7%.

use super::super::{MentionRef, Reading, relation};
use crate::context::Context;
use crate::prose::rates::{Kind, assemble, kind_of, ratio_reading, scale};
use crate::{Cue, Formula, Relation, RelationKind};

/// Words of an amount that is the base less what is now.
const SAVED: [&str; 7] = ["节约", "节支", "节省", "核减", "审减", "压减", "下浮"];

/// Adds the differences of bases and savings in one clause, and the rates of saving behind them.
pub(super) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for passage in 0..reading.prose.len() {
        let prose = &reading.prose[passage];
        for saved in 2..prose.mentions.len() {
            let (s, base) = (&prose.mentions[saved], &prose.mentions[saved - 1]);
            let compared = base.clause == s.clause
                && base.label.starts_with(['比', '较'])
                && SAVED.iter().any(|w| s.label.starts_with(w))
                && base.is_amount()
                && s.is_amount()
                && base.unit == s.unit;
            if !compared {
                continue;
            }
            let sentence = |m: usize| prose.clauses[prose.mentions[m].clause].sentence;
            let now = (0..saved - 1)
                .rev()
                .take(4)
                .take_while(|m| sentence(*m) == sentence(saved))
                .find(|m| {
                    let n = &prose.mentions[*m];
                    n.is_amount() && n.unit == s.unit && n.value.checked_add(s.value) == Some(base.value)
                });
            let operand = |m: usize| cx.operand(prose.mentions[m].fig);
            if let Some(now) = now
                && let (Some(stated), Some(a), Some(b)) = (operand(saved), operand(saved - 1), operand(now))
            {
                out.extend(relation(
                    cx,
                    RelationKind::Difference,
                    "saved-of-base",
                    Cue::Arithmetic,
                    Formula::Difference,
                    stated,
                    vec![a, b],
                ));
            }
            // 资金节约率7%, the next figure.
            let at = MentionRef {
                passage,
                mention: saved + 1,
            };
            let rate = prose.mentions.get(saved + 1).filter(|r| {
                r.is_rate()
                    && sentence(saved + 1) == sentence(saved)
                    && matches!(kind_of(cx, reading, at), Kind::Rate(stem) if SAVED.iter().any(|w| stem.ends_with(w)))
            });
            let known = |fig| {
                out.iter()
                    .any(|r| r.kind == RelationKind::Ratio && r.readings[0].stated.figure == Some(fig))
            };
            if let Some(rate) = rate.filter(|r| !known(r.fig))
                && let (Some(stated), Some(part), Some(whole)) =
                    (cx.operand(rate.fig), operand(saved), operand(saved - 1))
            {
                let scale = scale(cx, reading, at);
                let readings = vec![ratio_reading(&stated, part, vec![whole], scale)];
                out.extend(assemble(cx, "rate-of-counts", Cue::Arithmetic, readings, scale));
            }
        }
    }
}
