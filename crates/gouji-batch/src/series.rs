//! The circulars of an archive against each other, as their records come in the order of their paths.
//!
//! All that is needed stands in the records, so that one taken over from an earlier run is held against the others like a
//! new one; what was found then is dropped first, since the others may have changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use gouji_audit::{Archive, Issue, Printed, SeriesFinding, registry};
use gouji_report::{AuditObject, FactRecord, FindingRecord, Lang, Position, SectionRecord, TableRecord};

/// Classes of figures that can be compared.
const CLASSES: [&str; 4] = ["count", "money", "measure", "unknown"];

/// What the records of an archive have shown so far; they must come in one order, that of their paths.
#[derive(Debug, Default)]
pub struct SeriesAudit {
    archive: Archive,
}

impl SeriesAudit {
    /// Adds to a record what it says against the records before it, and tells whether the record has changed.
    pub fn hold(&mut self, object: &mut AuditObject) -> bool {
        static RULES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
            registry()
                .iter()
                .filter(|r| r.family == "archive")
                .map(|r| r.name)
                .collect()
        });
        let n_before = object.findings.len();
        object.findings.retain(|f| !RULES.contains(f.rule.as_str()));
        let dropped = n_before != object.findings.len();
        let found = self.archive.add(issue(object));
        let added = !found.is_empty();
        for finding in found {
            let record = record(object, finding);
            let at = object.findings.partition_point(|f| f.span <= record.span);
            object.findings.insert(at, record);
        }
        dropped || added
    }
}

/// What is kept of a record.
fn issue(object: &AuditObject) -> Issue {
    let meta = &object.circular.meta;
    let mut issue = Issue::new(&object.source.path, &object.source.sha256, meta.period.as_deref());
    issue.issuer.clone_from(&meta.issuer);
    issue.title.clone_from(&meta.title);
    issue.doc_number.clone_from(&meta.doc_number);
    let facts = object.circular.facts.iter().filter(|f| f.period == meta.period);
    for fact in facts {
        let Some(figure) = fact.figure.and_then(|idx| object.figures.get(idx)) else {
            continue;
        };
        if let Some(value) = figure
            .value
            .as_deref()
            .filter(|_| CLASSES.contains(&figure.class.as_str()))
        {
            let printed = Printed {
                text: &figure.text,
                value,
                unit: fact.unit.as_deref().unwrap_or(""),
                quote: &fact.quote,
                span: figure.span,
            };
            issue.add_fact(&fact.channel, &fact.measure, fact.name.as_deref(), printed);
        }
    }
    growths(object, &mut issue);
    for figure in object.figures.iter().filter(|f| CLASSES.contains(&f.class.as_str())) {
        let Some(value) = figure.value.as_deref() else { continue };
        let printed = Printed {
            text: &figure.text,
            value,
            unit: figure.unit.as_deref().unwrap_or(""),
            quote: &figure.text,
            span: figure.span,
        };
        if figure.cell.is_some() {
            issue.add_cell(&figure.subject, &figure.measure, printed);
        } else {
            issue.add_carried(&figure.subject, printed);
        }
    }
    for table in &object.circular.tables {
        if let Some(names) = names(table) {
            issue.add_roster(table.caption.as_deref().unwrap_or(""), &table.header, names);
        }
    }
    for section in &object.circular.sections {
        let mut text = String::new();
        wording(section, &mut text);
        issue.add_passage(&section.title, &text);
    }
    issue
}

/// The text of a section and of those below it.
fn wording(section: &SectionRecord, text: &mut String) {
    section.body.iter().for_each(|line| text.push_str(line));
    for below in &section.sections {
        text.push_str(&below.title);
        wording(below, text);
    }
}

/// Most figures and characters between a fact and its growth.
const BACK: usize = 3;
const NEAR: usize = 40;

/// The growth told right behind facts.
fn growths(object: &AuditObject, issue: &mut Issue) {
    let own = object
        .circular
        .facts
        .iter()
        .filter(|f| f.period == object.circular.meta.period);
    let facts: BTreeMap<usize, &FactRecord> = own
        .filter_map(|fact| Some((fact.figure?, fact)))
        .filter(|(at, _)| {
            object
                .figures
                .get(*at)
                .is_some_and(|f| CLASSES.contains(&f.class.as_str()))
        })
        .collect();
    for (idx, rate) in object.figures.iter().enumerate() {
        let (Some(value), "rate", None) = (rate.value.as_deref(), rate.class.as_str(), rate.cell) else {
            continue;
        };
        let near = |at: usize| {
            let end = object.figures.get(at).map_or(0, |f| f.span[1]);
            (end..=end + NEAR).contains(&rate.span[0])
        };
        let before = facts.range(idx.saturating_sub(BACK)..idx).next_back();
        let of = before.filter(|(at, _)| near(**at)).map(|(_, fact)| *fact);
        if let Some(fact) = of {
            let printed = Printed {
                text: &rate.text,
                value,
                unit: "%",
                quote: &rate.text,
                span: rate.span,
            };
            let unit = fact.unit.as_deref().unwrap_or("");
            issue.add_growth(
                &fact.channel,
                &fact.measure,
                fact.name.as_deref(),
                unit,
                &rate.subject,
                printed,
            );
        }
    }
}

/// The names of a table's rows: its first column that holds words alone, total rows left out.
fn names(table: &TableRecord) -> Option<Vec<String>> {
    let words = |cell: &String| !cell.is_empty() && !cell.chars().any(|c| c.is_ascii_digit());
    let col = (0..table.header.len()).find(|c| {
        let mut cells = table.rows.iter().filter_map(|r| r.get(*c));
        table.rows.len() >= 2 && cells.all(words)
    })?;
    let total = |name: &&String| !["合计", "总计", "小计", "平均"].iter().any(|w| name.contains(w));
    Some(
        table
            .rows
            .iter()
            .filter_map(|r| r.get(col))
            .filter(total)
            .cloned()
            .collect(),
    )
}

/// The finding as a record of the document that it is told of.
fn record(object: &AuditObject, finding: SeriesFinding) -> FindingRecord {
    let (quote, span) = finding.at.unwrap_or_else(|| {
        let title = object.circular.meta.title.clone().unwrap_or_default();
        (title, [0, 0])
    });
    let cell = object.figures.iter().find(|f| f.span == span && f.cell.is_some());
    let position = cell.map_or_else(Position::default, |figure| Position {
        row: figure.cell.map(|[_, row, _]| row + 1),
        column: figure.cell.map(|[_, _, col]| col + 1),
        row_name: Some(figure.subject.clone()).filter(|s| !s.is_empty()),
        ..Position::default()
    });
    FindingRecord {
        rule: finding.rule.to_owned(),
        severity: finding.severity.into(),
        message: finding.message.zh,
        quote,
        stated: finding.stated,
        expected: finding.expected,
        message_en: finding.message.en,
        place: if cell.is_some() {
            position.describe(Lang::Zh)
        } else {
            String::new()
        },
        position,
        span,
        related: Vec::new(),
        working: String::new(),
        repairs: Vec::new(),
        relation: None,
        excerpts: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse;

    fn april(base: &str) -> String {
        format!(
            "临岚县政务服务局关于2031年4月热线办理情况的通报\n\n各乡镇：\n4月，12345热线共受理诉求300件，办结290件。\n\n附件 各乡镇办理情况表\n乡镇|本月受理|上月受理\n东岭镇|120|{base}\n西河乡|180|170\n\n临岚县政务服务局\n2031年5月3日\n"
        )
    }

    fn march() -> String {
        april("90")
            .replace("4月", "3月")
            .replace("120", "108")
            .replace("180", "170")
            .replace("300件", "278件")
            .replace("290件", "270件")
    }

    fn found(texts: &[(&str, String)]) -> Vec<Vec<String>> {
        let mut series = SeriesAudit::default();
        texts
            .iter()
            .map(|(path, text)| {
                let mut object = analyse(path, text.as_bytes()).expect("a text").object;
                let before = object.findings.len();
                let changed = series.hold(&mut object);
                assert_eq!(changed, object.findings.len() != before);
                object
                    .findings
                    .into_iter()
                    .filter(|f| f.rule == "base-restated")
                    .map(|f| format!("{} {}", f.place, f.quote))
                    .collect()
            })
            .collect()
    }

    #[test]
    fn a_base_that_the_month_before_gives_otherwise() {
        let found = found(&[("a.txt", march()), ("b.txt", april("118"))]);
        assert!(found[0].is_empty());
        assert_eq!(found[1].len(), 1, "{found:?}");
        assert!(
            found[1][0].ends_with(" 118") && found[1][0].contains("东岭镇"),
            "{found:?}"
        );
    }

    #[test]
    fn silent_where_they_agree() {
        assert!(
            found(&[("a.txt", march()), ("b.txt", april("108"))])
                .concat()
                .is_empty()
        );
    }

    #[test]
    fn a_record_taken_over_says_the_same_again() {
        let mut first = SeriesAudit::default();
        let mut a = analyse("a.txt", march().as_bytes()).expect("a text").object;
        let mut b = analyse("b.txt", april("118").as_bytes()).expect("a text").object;
        first.hold(&mut a);
        assert!(first.hold(&mut b));
        let told = b.clone();
        let mut again = SeriesAudit::default();
        again.hold(&mut a);
        again.hold(&mut b);
        assert_eq!(b, told);
        // Alone it says nothing any more.
        assert!(SeriesAudit::default().hold(&mut b));
        assert!(b.findings.iter().all(|f| f.rule != "base-restated"));
    }
}
