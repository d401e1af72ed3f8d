use std::collections::BTreeMap;

use gouji_report::{AuditObject, Severity, Totals};

use crate::{Failure, Listing};

/// What a run or an audit came to.
#[derive(Debug, Default)]
pub struct Summary {
    /// Counts over the documents that were audited.
    pub totals: Totals,
    /// Documents taken over from an earlier run.
    pub remembered: usize,
    /// Documents that failed, sorted by path.
    pub failures: Vec<Failure>,
    /// Those among the files passed over that may be circulars (PDF, OFD, csv, pictures), sorted by path. They are
    /// listed with the failures, but nothing failed.
    pub unsupported: Vec<Failure>,
    /// Folders of this program's own output below those that were read, sorted by path. They are listed with the failures, but nothing
    /// failed.
    pub own: Vec<Failure>,
    /// Files passed over since their names are not those of documents, by extension in lower case.
    pub skipped: BTreeMap<String, usize>,
}

impl Summary {
    /// Nothing done yet; what could not even be listed has failed already.
    #[must_use]
    pub fn new(listing: &mut Listing) -> Self {
        let failures = std::mem::take(&mut listing.failures);
        Self {
            totals: Totals {
                failures: failures.len(),
                ..Totals::default()
            },
            failures,
            unsupported: std::mem::take(&mut listing.unsupported),
            own: std::mem::take(&mut listing.own),
            skipped: std::mem::take(&mut listing.skipped),
            remembered: 0,
        }
    }

    /// Counts a document that was audited.
    pub fn add(&mut self, object: &AuditObject, remembered: bool) {
        self.totals.add(object);
        self.remembered += usize::from(remembered);
    }

    /// Counts a document that failed, in its place by path.
    pub fn fail(&mut self, failure: Failure) {
        let at = self.failures.partition_point(|other| other.path <= failure.path);
        self.failures.insert(at, failure);
        self.totals.failures = self.failures.len();
    }

    /// All that was not audited, sorted by path: what failed, what no reader takes, and what this program wrote itself.
    #[must_use]
    pub fn not_audited(&self) -> Vec<&Failure> {
        let mut all: Vec<&Failure> = self.failures.iter().chain(&self.unsupported).chain(&self.own).collect();
        all.sort_by(|a, b| a.path.cmp(&b.path));
        all
    }

    /// Findings at or above a severity.
    #[must_use]
    pub fn findings_from(&self, least: Severity) -> usize {
        self.totals.findings.range(least..).map(|(_, n)| n).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cause;

    #[test]
    fn failures_stand_in_path_order_and_severities_add_up() {
        let mut summary = Summary::default();
        for path in ["b", "a", "c"] {
            summary.fail(Failure {
                path: path.to_owned(),
                cause: Cause::Missing,
            });
        }
        let paths: Vec<&str> = summary.failures.iter().map(|f| f.path.as_str()).collect();
        assert_eq!(paths, ["a", "b", "c"]);
        assert_eq!(summary.totals.failures, 3);
        summary.totals.findings = BTreeMap::from([(Severity::Note, 4), (Severity::Warning, 2), (Severity::Error, 1)]);
        assert_eq!(summary.findings_from(Severity::Error), 1);
        assert_eq!(summary.findings_from(Severity::Warning), 3);
        assert_eq!(summary.findings_from(Severity::Note), 7);
    }
}
