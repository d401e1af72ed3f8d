//! What every rule is handed: the circular, its ledger, and the judged relations with the rule that each belongs to.

use gouji_circular::Circular;
use gouji_document::{Document, Span};
use gouji_ledger::{Cue, Figure, FigureIdx, Formula, Ledger, Operand, Reading, Relation, RelationKind};
use gouji_quantity::Agreement;

use crate::model::{Finding, Judgement, Message, RepairCause, Severity, Verdict};
use crate::passages::{Passage, passages};
use crate::repairs::{self, Hypothesis, Repairs};
use crate::rounding_style;
use crate::verdict::{Outcome, judge};
use crate::wording;

/// The matter of one audit.
pub(crate) struct Context<'a> {
    pub(crate) document: &'a Document,
    pub(crate) circular: &'a Circular,
    pub(crate) ledger: &'a Ledger,
    pub(crate) passages: Vec<Passage<'a>>,
    pub(crate) judgements: Vec<Judgement>,
    outcomes: Vec<Outcome>,
    owners: Vec<Option<&'static str>>,
    repairs: Vec<Repairs>,
    /// By relation; each is worked out once, though every rule looks at all relations.
    hypotheses: Vec<Option<Hypothesis>>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(document: &'a Document, circular: &'a Circular, ledger: &'a Ledger) -> Self {
        let (judgements, outcomes): (Vec<_>, Vec<_>) = ledger
            .relations
            .iter()
            .enumerate()
            .map(|(idx, relation)| judge(idx, relation, ledger))
            .unzip();
        let cutting = rounding_style::usual(ledger, &outcomes) == rounding_style::CUT_OFF;
        let repairs = repairs::search(ledger, &outcomes, cutting);
        let mut cx = Self {
            document,
            circular,
            ledger,
            passages: passages(circular),
            judgements,
            outcomes,
            owners: Vec::new(),
            repairs,
            hypotheses: Vec::new(),
        };
        let plugged = cx.plugged_shares();
        for (idx, _) in plugged.iter().enumerate().filter(|(_, plugged)| **plugged) {
            let stated = cx.case(idx).and_then(|case| case.reading.stated.span);
            for repair in &mut cx.repairs[idx].list {
                if Some(repair.at) == stated {
                    repair.cause = RepairCause::Plugged;
                }
            }
        }
        let mut hypotheses = vec![None; cx.judgements.len()];
        for case in cx.cases() {
            hypotheses[case.idx] = repairs::hypothesis(case.relation, case.reading, case.outcome, ledger, case.repairs);
        }
        cx.hypotheses = hypotheses;
        cx.owners = (0..cx.judgements.len())
            .map(|idx| cx.case(idx).and_then(|case| owner(&case, plugged[idx])))
            .collect();
        cx
    }

    fn case(&self, idx: usize) -> Option<Case<'_>> {
        let relation = self.ledger.relations.get(idx)?;
        let outcome = self.outcomes.get(idx)?;
        let reading = relation.readings.get(outcome.reading)?;
        let repairs = self.repairs.get(idx)?;
        Some(Case {
            idx,
            relation,
            reading,
            outcome,
            repairs,
            hypothesis: self.hypotheses.get(idx).and_then(Option::as_ref),
        })
    }

    /// All relations with their outcomes.
    pub(crate) fn cases(&self) -> impl Iterator<Item = Case<'_>> {
        (0..self.judgements.len()).filter_map(|idx| self.case(idx))
    }

    /// The relations that do not hold and belong to `rule`.
    pub(crate) fn owned(&self, rule: &'static str) -> impl Iterator<Item = Case<'_>> {
        (0..self.judgements.len())
            .filter(move |idx| self.owners.get(*idx).copied().flatten() == Some(rule))
            .filter_map(|idx| self.case(idx))
    }

    /// The figure of an operand.
    pub(crate) fn figure(&self, operand: &Operand) -> Option<&'a Figure> {
        operand.figure.and_then(|f| self.ledger.figures.get(f.0))
    }

    /// For each relation: it is the one share that rounding does not explain, while the shares of its whole add to 100 exactly.
    ///
    /// Where several shares of one whole are out, they were computed from something else, and none is a plug.
    fn plugged_shares(&self) -> Vec<bool> {
        let mut plugged = vec![false; self.judgements.len()];
        // Shares that neither half-up rounding nor cutting off explains, by figure.
        let mut out: Vec<(FigureIdx, usize)> = self
            .cases()
            .filter(|case| case.relation.kind == RelationKind::Ratio)
            .filter(|case| matches!(case.verdict(), Verdict::Broken | Verdict::Rounding))
            .filter(|case| case.outcome.check.agreement != Some(Agreement::CutOff))
            .filter_map(|case| Some((case.reading.stated.figure?, case.idx)))
            .collect();
        out.sort_unstable();
        for case in self.cases() {
            let even = case.reading.formula == Formula::ShareSum
                && case.verdict() == Verdict::Holds
                && case.outcome.check.exact.and_then(|sum| sum.round_half_up(6)) == case.reading.stated.value;
            if !even {
                continue;
            }
            let mut found = case
                .reading
                .operands
                .iter()
                .filter_map(|o| o.figure)
                .filter_map(|f| out.binary_search_by_key(&f, |(figure, _)| *figure).ok())
                .map(|at| out[at].1);
            if let (Some(only), None) = (found.next(), found.next()) {
                plugged[only] = true;
            }
        }
        plugged
    }
}

/// A relation with its outcome.
pub(crate) struct Case<'a> {
    pub(crate) idx: usize,
    pub(crate) relation: &'a Relation,
    pub(crate) reading: &'a Reading,
    pub(crate) outcome: &'a Outcome,
    repairs: &'a Repairs,
    hypothesis: Option<&'a Hypothesis>,
}

impl Case<'_> {
    pub(crate) fn verdict(&self) -> Verdict {
        self.outcome.check.verdict
    }

    /// The stated figure, as printed.
    pub(crate) fn stated(&self) -> &str {
        &self.reading.stated.surface
    }

    /// What it should be, as it would be printed.
    pub(crate) fn expected(&self) -> &str {
        self.outcome.expected.as_deref().unwrap_or("")
    }

    /// The first operand, as printed.
    pub(crate) fn other(&self) -> &str {
        self.reading.operands.first().map_or("", |o| o.surface.as_str())
    }

    /// The operand that is printed right before the stated figure.
    pub(crate) fn before(&self) -> Option<&str> {
        let stated = self.reading.stated.span?;
        let earlier = self
            .reading
            .operands
            .iter()
            .filter(|o| o.span.is_some_and(|s| s.end <= stated.start));
        let last = earlier.max_by_key(|o| o.span.map(|s| s.start))?;
        Some(last.surface.as_str())
    }

    /// How far off, with its unit; empty where nothing is computed.
    pub(crate) fn gap(&self) -> String {
        self.outcome
            .check
            .exact
            .and_then(|exact| wording::gap(&self.reading.stated, exact))
            .unwrap_or_default()
    }

    /// The sum itself.
    pub(crate) fn working(&self) -> String {
        wording::working(self.reading, self.outcome)
    }

    /// The sum without its result, which the sentence names: `76÷80`.
    pub(crate) fn sum(&self) -> String {
        let working = self.working();
        working.split('＝').next().unwrap_or("").to_owned()
    }

    /// A finding about the relation: a note if only rounding is at stake, and no graver than the wording's cue allows.
    pub(crate) fn finding(&self, rule: &'static str, gravest: Severity, zh: String, en: String) -> Finding {
        let by_cue = match self.relation.cue {
            Cue::Explicit => Severity::Error,
            Cue::Implied => Severity::Warning,
            Cue::Arithmetic => Severity::Note,
        };
        // Where no slip of a key explains a total that is more than its parts, the list may as well leave some out, whatever it says.
        let either = self.hypothesis.is_some_and(|h| h.leaves_out_parts);
        let severity = match self.verdict() {
            Verdict::Rounding => Severity::Note,
            _ if either => gravest.min(by_cue).min(Severity::Warning),
            _ => gravest.min(by_cue),
        };
        let mut related: Vec<Span> = self.reading.operands.iter().filter_map(|o| o.span).collect();
        related.sort_unstable();
        related.dedup();
        let mut message = Message { zh, en };
        if severity > Severity::Note {
            suggest(&mut message, self.repairs, self.hypothesis);
        }
        Finding {
            rule,
            severity,
            at: self.reading.stated.span.unwrap_or(self.relation.quote),
            related,
            quote: self.relation.quote,
            message,
            working: self.working(),
            stated: Some(self.reading.stated.surface.clone()),
            expected: self.outcome.expected.clone(),
            repairs: if severity > Severity::Note {
                self.repairs.list.clone()
            } else {
                Vec::new()
            },
            relation: Some(self.idx),
        }
    }
}

/// Adds the repairs and the other reading to a message, as suggestions.
fn suggest(message: &mut Message, repairs: &Repairs, hypothesis: Option<&Hypothesis>) {
    /// More than these stand in the finding's list only.
    const SHOWN: usize = 3;
    let mut zh = Vec::new();
    let mut en = Vec::new();
    // One value for each figure.
    let mut figures: Vec<Span> = Vec::new();
    let mut said: Vec<(&str, &str)> = Vec::new();
    for repair in &repairs.list {
        if figures.contains(&repair.at) {
            continue;
        }
        figures.push(repair.at);
        // Two figures that print alike need the same change: said once, it reads as it is meant.
        let change = (repair.from.as_str(), repair.to.as_str());
        if zh.len() >= SHOWN || said.contains(&change) {
            continue;
        }
        said.push(change);
        let (cause_zh, cause_en) = match repair.cause {
            RepairCause::DigitSlip => ("（差一字）", " (one digit)"),
            RepairCause::Swapped => ("（两字颠倒）", " (digits swapped)"),
            RepairCause::DigitCount => ("（多一字或少一字）", " (a digit too many or too few)"),
            RepairCause::CopiedNeighbour => ("（疑与相邻数字混同）", " (looks copied from a neighbour)"),
            RepairCause::Plugged => ("（疑为倒挤）", " (looks made to add to 100)"),
            RepairCause::DoubleDeduction => ("（疑重复扣减）", " (looks deducted twice)"),
            RepairCause::Other => ("", ""),
        };
        zh.push(format!("{}→{}{cause_zh}", repair.from, repair.to));
        en.push(format!("{} → {}{cause_en}", repair.from, repair.to));
    }
    let others = figures.len().saturating_sub(zh.len()) + repairs.more;
    let (more_zh, more_en) = match others {
        0 => (String::new(), String::new()),
        n => (
            format!("（另有{n}处，改其中一处也可）"),
            format!(" (or one of {n} others)"),
        ),
    };
    let mut parts = Vec::new();
    if !zh.is_empty() {
        parts.push((
            format!("改一处即可成立的：{}{more_zh}", zh.join("，")),
            format!("a single change would settle it: {}{more_en}", en.join(", ")),
        ));
    }
    if let Some(hypothesis) = hypothesis {
        let words = (hypothesis.words.zh.clone(), hypothesis.words.en.clone());
        let at = if hypothesis.first { 0 } else { parts.len() };
        parts.insert(at, words);
    }
    for (zh, en) in parts {
        message.zh.push_str(&format!("；{zh}"));
        message.en.push_str(&format!("; {en}"));
    }
}

/// The rule that a relation which does not hold belongs to; `None` if it holds, is undecided, or rests on arithmetic alone.
fn owner(case: &Case<'_>, plugged: bool) -> Option<&'static str> {
    let verdict = case.verdict();
    if matches!(verdict, Verdict::Holds | Verdict::Undecided) || case.relation.cue == Cue::Arithmetic {
        return None;
    }
    let complement = case.outcome.exceptions.is_some();
    Some(owner_of(case.relation, case.reading, verdict, plugged, complement))
}

/// Patterns of the ledger by what they are about, where their kind alone does not say which rule they belong to.
mod subjects {
    pub(super) const SHARES: &[&str] = &[
        "share-of-total",
        "share-of-pair",
        "structure-share",
        "table-share",
        "table-share-of-text",
    ];
    pub(super) const PARTS: &[&str] = &["part-within-whole", "closed-within-received", "growth-between-parts"];
    pub(super) const PARTS_IN_ROWS: &[&str] = &["part-within-row"];
    pub(super) const RANKS: &[&str] = &["names-by-rank", "list-by-size", "rank-of-extreme", "table-rank"];
    pub(super) const DAYS: &[&str] = &["date-exists"];
    pub(super) const DEADLINES: &[&str] = &["deadline-after-signing"];
    pub(super) const SERIALS: &[&str] = &["table-serial"];
    pub(super) const ITEMS: &[&str] = &["item-sequence"];
    pub(super) const MISSING: &[&str] = &["attachment-missing"];
    pub(super) const PERIODS: &[&str] = &["months-sum"];
    pub(super) const RESIDUALS: &[&str] = &["residual-sum", "opinions-sum", "subject-sum"];
    pub(super) const ROSTERS: &[&str] = &["roster-of-rows"];
    pub(super) const LISTS: &[&str] = &["list-against-rows"];
    pub(super) const ROWS: &[&str] = &["count-of-rows"];
    #[cfg(test)]
    pub(super) const ALL: [&[&str]; 14] = [
        SHARES,
        PARTS,
        PARTS_IN_ROWS,
        RANKS,
        DAYS,
        DEADLINES,
        SERIALS,
        ITEMS,
        MISSING,
        PERIODS,
        RESIDUALS,
        ROSTERS,
        LISTS,
        ROWS,
    ];
}

/// Total over kinds and verdicts, so that nothing that does not hold goes unreported.
fn owner_of(relation: &Relation, reading: &Reading, verdict: Verdict, plugged: bool, complement: bool) -> &'static str {
    let rounding = verdict == Verdict::Rounding;
    let about = |patterns: &[&str]| patterns.contains(&relation.rule);
    match relation.kind {
        RelationKind::Ratio if verdict == Verdict::Infeasible => "rate-infeasible",
        RelationKind::Ratio if plugged => "share-plug",
        RelationKind::Ratio if rounding => "rate-rounding",
        RelationKind::Ratio if about(subjects::SHARES) => "share-recompute",
        RelationKind::Ratio if complement => "rate-complement",
        RelationKind::Ratio => "rate-recompute",
        RelationKind::ShareSum => "share-sum",
        RelationKind::Count => "count-list",
        RelationKind::Bound if about(subjects::PARTS_IN_ROWS) => "row-le",
        RelationKind::Bound if about(subjects::PARTS) => "part-exceeds-whole",
        RelationKind::Bound if about(subjects::RANKS) => "rank-claim",
        RelationKind::Bound => "threshold-list",
        RelationKind::Date if about(subjects::DAYS) => "date-invalid",
        RelationKind::Date if about(subjects::DEADLINES) => "deadline-past",
        RelationKind::Date => "date-order",
        RelationKind::Numbering if about(subjects::RANKS) => "rank-order",
        RelationKind::Numbering if about(subjects::SERIALS) => "serial-sequence",
        RelationKind::Numbering if about(subjects::ITEMS) => "item-ordinal",
        RelationKind::Numbering => "heading-sequence",
        RelationKind::Reference if about(subjects::MISSING) => "attachment-missing",
        RelationKind::Reference => "attachment-title",
        _ if rounding => "sum-rounding",
        RelationKind::Sum if about(subjects::PERIODS) => "sum-period",
        RelationKind::Sum if about(subjects::RESIDUALS) => "sum-residual",
        RelationKind::Sum => "sum-parts",
        RelationKind::Difference => "difference-recompute",
        RelationKind::TableTotal => "table-total",
        RelationKind::TextTable if about(subjects::ROSTERS) => "roster-member",
        RelationKind::TextTable if about(subjects::LISTS) => "list-against-table",
        RelationKind::TextTable if matches!(reading.formula, Formula::Count { .. }) => "count-rows",
        RelationKind::TextTable if about(subjects::ROWS) => "count-rows",
        RelationKind::TextTable => "text-table",
        RelationKind::Repeat => "figure-restated",
        RelationKind::Average => "average-recompute",
        RelationKind::Change => "growth-recompute",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use gouji_ledger::FigureClass;

    use super::*;
    use crate::rules;
    use crate::sample::Sample;

    const KINDS: [RelationKind; 14] = [
        RelationKind::Sum,
        RelationKind::Difference,
        RelationKind::Ratio,
        RelationKind::ShareSum,
        RelationKind::Count,
        RelationKind::TableTotal,
        RelationKind::TextTable,
        RelationKind::Repeat,
        RelationKind::Bound,
        RelationKind::Average,
        RelationKind::Change,
        RelationKind::Date,
        RelationKind::Numbering,
        RelationKind::Reference,
    ];

    #[test]
    fn a_broken_relation_of_any_kind_gives_exactly_one_finding() {
        for kind in KINDS {
            for rule in [
                "sample",
                "share-of-total",
                "date-exists",
                "table-rank",
                "attachment-missing",
            ] {
                let mut sample = Sample::new();
                let stated = sample.figure("9件", FigureClass::Count);
                let part = sample.figure("5件", FigureClass::Count);
                let reading = Reading {
                    formula: Formula::Sum,
                    stated: sample.operand(stated),
                    operands: vec![sample.operand(part)],
                };
                sample.push_relation(kind, Cue::Explicit, rule, vec![reading]);
                let audit = sample.audit();
                let of_relation = audit.findings.iter().filter(|f| f.relation == Some(0)).count();
                assert_eq!(of_relation, 1, "{kind:?} {rule}");
            }
        }
    }

    #[test]
    fn every_owner_is_a_listed_rule() {
        let listed: BTreeSet<&str> = rules::ALL.iter().map(|r| r.name).collect();
        let mut sample = Sample::new();
        sample.relate(RelationKind::Sum, Cue::Explicit, Formula::Sum, "9件", &["5件"]);
        let reading = sample.ledger.relations[0].readings[0].clone();
        for kind in KINDS {
            for rule in ["sample"].into_iter().chain(subjects::ALL.concat()) {
                for verdict in [Verdict::Broken, Verdict::Rounding, Verdict::Infeasible] {
                    let relation = Relation {
                        kind,
                        rule,
                        ..sample.ledger.relations[0].clone()
                    };
                    for (plugged, complement) in [(false, false), (true, false), (false, true)] {
                        let owner = owner_of(&relation, &reading, verdict, plugged, complement);
                        assert!(listed.contains(owner), "{owner}");
                    }
                }
            }
        }
    }

    /// The sources of the ledger, each up to its tests.
    fn ledger_sources(folder: &Path, out: &mut String) {
        for entry in std::fs::read_dir(folder).expect("the folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                ledger_sources(&path, out);
            } else {
                let text = std::fs::read_to_string(&path).expect("a source");
                out.push_str(text.split("#[cfg(test)]").next().unwrap_or(""));
            }
        }
    }

    #[test]
    fn patterns_are_those_of_the_ledger() {
        let mut source = String::new();
        ledger_sources(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("../gouji-ledger/src"),
            &mut source,
        );
        for pattern in subjects::ALL.concat() {
            assert!(source.contains(&format!("\"{pattern}\"")), "{pattern}");
        }
    }

    #[test]
    fn a_name_that_only_sounds_like_a_subject_moves_nothing() {
        let mut sample = Sample::new();
        sample.relate(RelationKind::Sum, Cue::Explicit, Formula::Sum, "9件", &["5件"]);
        let reading = sample.ledger.relations[0].readings[0].clone();
        let of = |kind, rule| {
            let relation = Relation {
                kind,
                rule,
                ..sample.ledger.relations[0].clone()
            };
            owner_of(&relation, &reading, Verdict::Broken, false, false)
        };
        assert_eq!(of(RelationKind::Bound, "part-within-row"), "row-le");
        assert_eq!(of(RelationKind::Bound, "counterpart-bar"), "threshold-list");
        assert_eq!(of(RelationKind::TextTable, "listed-account"), "text-table");
        assert_eq!(of(RelationKind::Sum, "monthly-parts"), "sum-parts");
    }

    #[test]
    fn arithmetic_alone_never_complains() {
        let mut sample = Sample::new();
        sample.relate(RelationKind::Sum, Cue::Arithmetic, Formula::Sum, "9件", &["5件", "3件"]);
        let audit = sample.audit();
        assert!(audit.findings.is_empty());
        assert_eq!(audit.judgements[0].verdict, Verdict::Undecided);
    }

    #[test]
    fn findings_are_in_the_order_of_their_places() {
        let mut sample = Sample::new();
        sample.relate(RelationKind::Sum, Cue::Explicit, Formula::Sum, "9件", &["5件", "3件"]);
        sample.relate(RelationKind::Sum, Cue::Implied, Formula::Sum, "7件", &["5件", "3件"]);
        let audit = sample.audit();
        assert!(audit.findings.is_sorted_by_key(|f| f.at.start));
        assert_eq!(
            audit.findings.iter().map(|f| f.severity).collect::<Vec<_>>(),
            [Severity::Error, Severity::Warning]
        );
    }
}
