//! Circulars of one series held against each other: this period's base is last period's figure, what runs up over the year
//! does not shrink, one document number belongs to one circular.
//!
//! The circulars come one by one, in whatever order the archive has them; each is held against those of its series that came
//! before it, and what is found is told of the one that came later. So nothing is read twice and the memory is bounded: of a
//! circular only its keyed figures and a digest of its wording are kept ([`Issue`]), of a series the latest [`MAX_ISSUES`], of all [`MAX_ENTRIES`] figures.

mod issue;
mod passage;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

pub use issue::{Entry, Issue, Printed, Role, Roster, Told};
pub use passage::Passage;

use gouji_quantity::Period;

use crate::model::{Message, Severity};
use crate::rules::archive;

/// Most issues of one series that are kept; the oldest to come leave first.
const MAX_ISSUES: usize = 40;
/// Most figures and names that are kept of all issues together.
const MAX_ENTRIES: usize = 300_000;
/// Most document numbers that are kept.
const MAX_NUMBERS: usize = 200_000;

/// What an archive has shown so far.
#[derive(Debug, Default)]
pub struct Archive {
    series: BTreeMap<String, VecDeque<Issue>>,
    /// Series by the order in which their issues came, the first to leave at the front.
    order: VecDeque<String>,
    n_entries: usize,
    /// Path and title of the circular that bears a number.
    numbers: BTreeMap<String, (String, String)>,
}

/// What two circulars of an archive say against each other, told of the one that came later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesFinding {
    /// The rule's name.
    pub rule: &'static str,
    /// How grave.
    pub severity: Severity,
    /// One sentence in both languages, with the path of the other circular.
    pub message: Message,
    /// The figure in question and the text that carries it; none if it is about the circular as such.
    pub at: Option<(String, [usize; 2])>,
    /// As printed here.
    pub stated: Option<String>,
    /// What the other circular gives.
    pub expected: Option<String>,
}

/// Two circulars of a series.
pub(crate) struct Pair<'a> {
    /// The one of the later period; of one period, the one that came later.
    pub(crate) later: &'a Issue,
    pub(crate) earlier: &'a Issue,
    /// The one that came later is the earlier one.
    pub(crate) turned: bool,
}

impl Pair<'_> {
    /// The one that the findings are told of.
    pub(crate) fn told(&self) -> &Issue {
        if self.turned { self.earlier } else { self.later }
    }

    /// The other one.
    pub(crate) fn other(&self) -> &Issue {
        if self.turned { self.later } else { self.earlier }
    }

    /// A finding about a figure of either circular.
    pub(crate) fn finding(
        &self,
        rule: &'static str,
        severity: Severity,
        (later, earlier): (&Entry, &Entry),
        zh: String,
        en: String,
    ) -> SeriesFinding {
        let (here, there) = if self.turned {
            (earlier, later)
        } else {
            (later, earlier)
        };
        SeriesFinding {
            rule,
            severity,
            message: Message { zh, en },
            at: Some((here.quote.clone(), here.span)),
            stated: Some(here.text.clone()),
            expected: Some(there.text.clone()),
        }
    }

    /// A finding about the circular as such.
    pub(crate) fn whole(rule: &'static str, severity: Severity, zh: String, en: String) -> SeriesFinding {
        SeriesFinding {
            rule,
            severity,
            message: Message { zh, en },
            at: None,
            stated: None,
            expected: None,
        }
    }

    /// Whether the earlier one is of the period right before.
    pub(crate) fn follows(&self) -> bool {
        self.later.period.map(Period::previous) == self.earlier.period && self.earlier.period.is_some()
    }
}

impl Archive {
    /// Holds a circular against those that came before it, and keeps it for those to come.
    pub fn add(&mut self, mut issue: Issue) -> Vec<SeriesFinding> {
        issue.put_in_order();
        let mut out = Vec::new();
        self.number(&issue, &mut out);
        let Some(key) = issue.series() else { return out };
        let known = self.series.entry(key.clone()).or_default();
        for other in known.iter() {
            let turned = other.period > issue.period;
            let (later, earlier) = if turned { (other, &issue) } else { (&issue, other) };
            let pair = Pair { later, earlier, turned };
            for check in archive::CHECKS {
                check(&pair, &mut out);
            }
        }
        // Of several that say the same of the circular as such, the first says enough.
        let mut told = BTreeSet::new();
        out.retain(|f| f.at.is_some() || told.insert(f.rule));
        self.n_entries += weight(&issue);
        known.push_back(issue);
        if known.len() > MAX_ISSUES {
            self.n_entries -= known.pop_front().as_ref().map_or(0, weight);
        } else {
            self.order.push_back(key);
        }
        while self.n_entries > MAX_ENTRIES {
            let Some(first) = self.order.pop_front() else { break };
            if let Some(issues) = self.series.get_mut(&first) {
                self.n_entries -= issues.pop_front().as_ref().map_or(0, weight);
                if issues.is_empty() {
                    self.series.remove(&first);
                }
            }
        }
        out
    }

    fn number(&mut self, issue: &Issue, out: &mut Vec<SeriesFinding>) {
        let (Some(number), Some(title)) = (&issue.doc_number, &issue.title) else {
            return;
        };
        let plain: String = number.chars().filter(|c| !c.is_whitespace()).collect();
        match self.numbers.get(&plain) {
            Some((path, known)) => out.extend(archive::number_twice(number, title, path, known)),
            None if self.numbers.len() < MAX_NUMBERS => {
                self.numbers.insert(plain, (issue.path.clone(), title.clone()));
            }
            None => {}
        }
    }
}

/// What an issue weighs, in figures and names.
fn weight(issue: &Issue) -> usize {
    let names = issue.rosters.iter().map(|r| r.names.len());
    let passages = issue.passages.iter().map(Passage::weight);
    1 + issue.entries.len() + issue.growths.len() + names.chain(passages).sum::<usize>()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// An issue of an invented series with cells `row|header|value` and facts `measure|quote|value`.
    pub(crate) fn issue(period: &str, cells: &[(&str, &str, &str)], facts: &[(&str, &str, &str)]) -> Issue {
        let mut issue = Issue::new(&format!("{period}.txt"), period, Some(period));
        issue.issuer = Some("临岚县政务服务局".to_owned());
        issue.title = Some(format!("关于{period}热线办理情况的通报"));
        fn printed<'a>(value: &'a str, quote: &'a str) -> Printed<'a> {
            Printed {
                text: value,
                value,
                unit: "件",
                quote,
                span: [0, 1],
            }
        }
        for (row, header, value) in cells {
            issue.add_cell(row, header, printed(value, value));
        }
        for (measure, quote, value) in facts {
            issue.add_fact("12345热线", measure, None, printed(value, quote));
        }
        issue
    }

    /// What is found as the issues come, as `severity sentence`.
    pub(crate) fn found(rule: &str, issues: Vec<Issue>) -> Vec<String> {
        let mut archive = Archive::default();
        issues
            .into_iter()
            .flat_map(|i| archive.add(i))
            .filter(|f| f.rule == rule)
            .map(|f| format!("{} {}", f.severity.name(), f.message.zh))
            .collect()
    }

    #[test]
    fn memory_is_bounded() {
        let mut archive = Archive::default();
        for n in 0..700 {
            let cells: Vec<(String, String)> = (0..500).map(|r| (format!("单位{r}"), format!("{}", r + n))).collect();
            let cells: Vec<(&str, &str, &str)> = cells.iter().map(|(r, v)| (r.as_str(), "受理", v.as_str())).collect();
            let mut issue = issue(&format!("{}", 2000 + n), &cells, &[]);
            issue.title = Some(format!(
                "关于{}热线办理情况的通报",
                char::from_u32(0x6000 + n).unwrap_or('甲')
            ));
            archive.add(issue);
            assert!(archive.n_entries <= MAX_ENTRIES);
        }
        let mut archive = Archive::default();
        for n in 0..100 {
            archive.add(issue(&format!("{}", 2000 + n), &[("东岭镇", "受理", "1")], &[]));
        }
        assert_eq!(archive.series.values().map(VecDeque::len).sum::<usize>(), MAX_ISSUES);
        assert_eq!(archive.order.len(), MAX_ISSUES);
    }
}
