use std::collections::BTreeMap;

use crate::{AuditObject, Lang, Severity, Verdict};

/// Counts over documents, for the summaries of every report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// Documents audited.
    pub documents: usize,
    /// Documents with at least one finding.
    pub with_findings: usize,
    /// Documents that could not be read.
    pub failures: usize,
    /// Findings by severity.
    pub findings: BTreeMap<Severity, usize>,
    /// Relations by verdict.
    pub relations: BTreeMap<Verdict, usize>,
    /// Quantities that a relation with a verdict refers to.
    pub checked: usize,
    /// Figures that are quantities of fact.
    pub checkable: usize,
}

impl Totals {
    /// Counts of one document.
    #[must_use]
    pub fn of(object: &AuditObject) -> Self {
        let mut totals = Self::default();
        totals.add(object);
        totals
    }

    /// Adds a document.
    pub fn add(&mut self, object: &AuditObject) {
        self.documents += 1;
        self.with_findings += usize::from(!object.findings.is_empty());
        for finding in &object.findings {
            *self.findings.entry(finding.severity).or_default() += 1;
        }
        for relation in &object.relations {
            *self.relations.entry(relation.verdict).or_default() += 1;
        }
        // Counts of a record made elsewhere may be anything.
        self.checked = self.checked.saturating_add(object.coverage.checked);
        self.checkable = self.checkable.saturating_add(object.coverage.checkable);
    }

    /// Findings of one severity.
    #[must_use]
    pub fn findings_of(&self, severity: Severity) -> usize {
        self.findings.get(&severity).copied().unwrap_or(0)
    }

    /// All findings.
    #[must_use]
    pub fn n_findings(&self) -> usize {
        self.findings.values().sum()
    }

    /// Relations with one verdict.
    #[must_use]
    pub fn relations_of(&self, verdict: Verdict) -> usize {
        self.relations.get(&verdict).copied().unwrap_or(0)
    }

    /// All relations.
    #[must_use]
    pub fn n_relations(&self) -> usize {
        self.relations.values().sum()
    }

    /// One line on figures, relations and findings, such as
    /// `核对数字 8/8，勾稽关系 3（相符 1，尾差 1，不符 1，不可能 0，未定 0），发现 3（必错 1，疑似 1，提示 1）`.
    #[must_use]
    pub fn line(&self, lang: Lang) -> String {
        let by_verdict = [
            Verdict::Holds,
            Verdict::Rounding,
            Verdict::Broken,
            Verdict::Infeasible,
            Verdict::Undecided,
        ]
        .map(|v| {
            let (zh, en) = v.words();
            format!("{} {}", lang.pick(zh, en), self.relations_of(v))
        })
        .join(lang.pick("，", ", "));
        let by_severity = Severity::ALL
            .map(|s| format!("{} {}", s.word(lang), self.findings_of(s)))
            .join(lang.pick("，", ", "));
        let (checked, checkable) = (self.checked, self.checkable);
        let (relations, findings) = (self.n_relations(), self.n_findings());
        match lang {
            Lang::Zh => format!(
                "核对数字 {checked}/{checkable}，勾稽关系 {relations}（{by_verdict}），发现 {findings}（{by_severity}）"
            ),
            Lang::En => format!(
                "figures checked {checked}/{checkable}; relations {relations} ({by_verdict}); findings {findings} ({by_severity})"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn the_line_counts_everything_once() {
        let mut totals = Totals::of(&sample::object());
        assert_eq!(
            totals.line(Lang::Zh),
            "核对数字 8/8，勾稽关系 3（相符 1，尾差 1，不符 1，不可能 0，未定 0），发现 3（必错 1，疑似 1，提示 1）"
        );
        totals.add(&sample::object());
        assert_eq!((totals.documents, totals.with_findings, totals.n_findings()), (2, 2, 6));
        assert!(
            totals
                .line(Lang::En)
                .starts_with("figures checked 16/16; relations 6 (holds 2,")
        );
    }

    #[test]
    fn wild_counts_do_not_overflow() {
        let mut object = sample::object();
        object.coverage.checked = usize::MAX;
        let mut totals = Totals::of(&object);
        totals.add(&object);
        assert_eq!(totals.checked, usize::MAX);
    }
}
