//! A count taken up again that was not given before, but one much like it was.

use gouji_quantity::{Decimal, one_keystroke};

use super::super::{MentionRef, Reading, quote_of};
use crate::context::Context;
use crate::{Cue, FigureClass, Formula, Reading as RelationReading, Relation, RelationKind};

/// Most earlier figures that are looked at.
const MAX_EARLIER: usize = 400;

/// A count taken up again with 的 (发现的378条隐患, 未整改的64条隐患) that no earlier count of the thing equals, but one nearly does in print.
///
/// The definite form says that the figure was given before; a slip of one digit or two digits swapped is then likelier than another count.
pub(super) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for at in reading.places() {
        let MentionRef { passage, mention } = at;
        let m = reading.mention(at);
        let noun: String = m.tail.chars().take(2).collect();
        if m.class != FigureClass::Count
            || !m.plain
            || !m.label.ends_with('的')
            || noun.chars().count() < 2
            || m.value < Decimal::TEN
        {
            continue;
        }
        let prose = &reading.prose[passage];
        let own = &prose.clauses[m.clause];
        // 567家企业生产的600批次产品: those of the firms, which no figure gave before.
        if own.mentions.first() != Some(&mention) {
            continue;
        }
        let deed = deed(&cx.passages[passage].text[own.range.clone()]);
        let act: String = m
            .label
            .trim_end_matches('的')
            .chars()
            .rev()
            .take(2)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        let same = |e: &MentionRef| {
            let other = reading.mention(*e);
            let words = format!("{}{}", other.label, other.tail);
            let home = &reading.prose[e.passage].clauses[other.clause];
            let told = self::deed(&cx.passages[e.passage].text[home.range.clone()]);
            deed.is_none_or(|d| told.is_none_or(|t| t == d))
                && other.class == FigureClass::Count
                && other.plain
                && other.unit == m.unit
                && words.contains(act.as_str())
                && (words.contains(noun.as_str()) || act.starts_with('未'))
        };
        let mut earlier: Vec<MentionRef> = (passage.saturating_sub(20)..=passage)
            .rev()
            .flat_map(|p| {
                let until = if p == passage {
                    mention
                } else {
                    reading.prose[p].mentions.len()
                };
                (0..until).rev().map(move |mention| MentionRef { passage: p, mention })
            })
            .take(MAX_EARLIER)
            .filter(same)
            .collect();
        earlier.reverse();
        let mut values: Vec<Decimal> = earlier.iter().map(|e| reading.mention(*e).value).collect();
        if values.contains(&m.value) {
            continue;
        }
        values.sort_unstable();
        values.dedup();
        let close: Vec<&MentionRef> = earlier
            .iter()
            .filter(|e| slip(reading.mention(**e).value, m.value))
            .collect();
        let (Some(first), true) = (close.first(), values.iter().filter(|v| slip(**v, m.value)).count() == 1) else {
            continue;
        };
        if let (Some(stated), Some(operand)) = (cx.operand(m.fig), cx.operand(reading.mention(**first).fig))
            && let Some(quote) = quote_of(cx, std::iter::once(&stated))
        {
            out.push(Relation {
                kind: RelationKind::Repeat,
                rule: "stated-otherwise",
                cue: Cue::Implied,
                readings: vec![RelationReading {
                    formula: Formula::Equal,
                    stated,
                    operands: vec![operand],
                }],
                quote,
            });
        }
    }
}

/// Whether words tell of what was drawn or of what was tested: fewer may be tested than were drawn.
fn deed(words: &str) -> Option<bool> {
    let any = |list: &[&str]| list.iter().any(|w| words.contains(w));
    if any(&["检验", "检测", "化验", "鉴定"]) {
        Some(true)
    } else if any(&["抽查", "抽样", "抽检", "抽取", "采样", "送检", "监测"]) {
        Some(false)
    } else {
        None
    }
}

/// One wrong key that leaves as many digits: two neighbours swapped, or one digit of at least three replaced. A digit more or
/// less, or one of two, makes another count as easily.
fn slip(a: Decimal, b: Decimal) -> bool {
    let digits = |n: Decimal| n.normalize().to_string().into_bytes();
    let (mut x, mut y) = (digits(a), digits(b));
    let length = x.len();
    x.sort_unstable();
    y.sort_unstable();
    one_keystroke(a, b) && length == y.len() && (length >= 3 || x == y)
}
