use gouji_audit::Audit;
use gouji_document::Span;
use gouji_ledger::{Ledger, Operand, Reading, Relation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::names;
use crate::Lang;
use crate::place::Locator;

/// The verdict on a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Equal, or rounded half up to the printed precision.
    Holds,
    /// Only cutting off, rounding up or the rounding of the terms explains it.
    Rounding,
    /// It cannot be so.
    Broken,
    /// No whole number of cases gives this rate.
    Infeasible,
    /// It could not be decided; never counted as a pass.
    Undecided,
}

impl From<gouji_audit::Verdict> for Verdict {
    fn from(verdict: gouji_audit::Verdict) -> Self {
        match verdict {
            gouji_audit::Verdict::Holds => Self::Holds,
            gouji_audit::Verdict::Rounding => Self::Rounding,
            gouji_audit::Verdict::Broken => Self::Broken,
            gouji_audit::Verdict::Infeasible => Self::Infeasible,
            gouji_audit::Verdict::Undecided => Self::Undecided,
        }
    }
}

impl Verdict {
    /// The name used in records.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Rounding => "rounding",
            Self::Broken => "broken",
            Self::Infeasible => "infeasible",
            Self::Undecided => "undecided",
        }
    }

    /// In Chinese and in English.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Holds => ("相符", "holds"),
            Self::Rounding => ("尾差", "rounding"),
            Self::Broken => ("不符", "broken"),
            Self::Infeasible => ("不可能", "infeasible"),
            Self::Undecided => ("未定", "undecided"),
        }
    }
}

/// A tie between figures, with its verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RelationRecord {
    /// `sum`, `difference`, `ratio`, `share-sum`, `count`, `table-total`, `text-table`, `repeat`, `bound`, `average`,
    /// `change`, `date`, `numbering` or `reference`.
    pub kind: String,
    /// The verdict.
    pub verdict: Verdict,
    /// The figure that is checked, as printed.
    pub stated: String,
    /// What it is checked against, as printed, in source order.
    pub operands: Vec<String>,
    /// What the operands give, at the precision printed.
    pub expected: Option<String>,
    /// Exact source text that carries the figures.
    pub quote: String,
    /// The pattern that found it.
    pub rule: String,
    /// `explicit`, `implied` or `arithmetic`: how clearly the text asks for it.
    #[serde(default)]
    pub cue: String,
    /// Where all this stands.
    #[serde(default)]
    pub spans: RelationSpans,
}

impl RelationRecord {
    /// The kind in words: `分项合计`; its name if it has none.
    #[must_use]
    pub fn kind_in(&self, lang: Lang) -> &str {
        names::kind_words(&self.kind).map_or(&self.kind, |(zh, en)| lang.pick(zh, en))
    }
}

/// First and end character of each part of a relation in the source text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RelationSpans {
    /// The quote.
    pub quote: [usize; 2],
    /// The stated figure; null if it is not printed.
    pub stated: Option<[usize; 2]>,
    /// The operands; null for one that is computed.
    pub operands: Vec<Option<[usize; 2]>>,
}

/// The relations in the ledger's order, so that a finding's index names the same one.
pub(super) fn relations(locator: &Locator<'_>, ledger: &Ledger, audit: &Audit) -> Vec<RelationRecord> {
    let mut judged = vec![None; ledger.relations.len()];
    for judgement in &audit.judgements {
        if let Some(slot) = judged.get_mut(judgement.relation) {
            *slot = Some(judgement);
        }
    }
    ledger
        .relations
        .iter()
        .zip(judged)
        .map(|(relation, judgement)| {
            let reading = relation.readings.get(judgement.map_or(0, |j| j.reading));
            record(
                locator,
                relation,
                reading,
                judgement.map_or(Verdict::Undecided, |j| j.verdict.into()),
                judgement.and_then(|j| j.expected.clone()),
            )
        })
        .collect()
}

fn record(
    locator: &Locator<'_>,
    relation: &Relation,
    reading: Option<&Reading>,
    verdict: Verdict,
    expected: Option<String>,
) -> RelationRecord {
    let span = |s: Span| locator.char_span(s);
    let operands = reading.map_or(&[] as &[Operand], |r| r.operands.as_slice());
    RelationRecord {
        kind: relation.kind.name().to_owned(),
        verdict,
        stated: reading.map(|r| r.stated.surface.clone()).unwrap_or_default(),
        operands: operands.iter().map(|o| o.surface.clone()).collect(),
        expected,
        quote: locator.quote(relation.quote).to_owned(),
        rule: relation.rule.to_owned(),
        cue: names::cue(relation.cue).to_owned(),
        spans: RelationSpans {
            quote: span(relation.quote),
            stated: reading.and_then(|r| r.stated.span).map(span),
            operands: operands.iter().map(|o| o.span.map(span)).collect(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gouji_ledger::RelationKind as Kind;

    #[test]
    fn every_kind_of_the_ledger_has_words() {
        for kind in [
            Kind::Sum,
            Kind::Difference,
            Kind::Ratio,
            Kind::ShareSum,
            Kind::Count,
            Kind::TableTotal,
            Kind::TextTable,
            Kind::Repeat,
            Kind::Bound,
            Kind::Average,
            Kind::Change,
            Kind::Date,
            Kind::Numbering,
            Kind::Reference,
        ] {
            assert!(names::kind_words(kind.name()).is_some(), "{}", kind.name());
        }
        assert!(names::kind_words("unheard-of").is_none());
    }
}
