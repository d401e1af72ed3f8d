//! The public audit object: what `gouji` promises to scripts, to the reports of this crate and to later versions.
//!
//! Keys are only ever added. Offsets count Unicode characters of the source text: for a text file the decoded file
//! with its line ends turned to `\n`.

mod circular;
mod figure;
mod finding;
mod names;
mod relation;
mod restore;

use std::collections::BTreeMap;

use schemars::{JsonSchema, SchemaGenerator};
use serde::{Deserialize, Serialize};

pub use circular::{
    Anchor, AttachmentRecord, CircularRecord, DiscardedRecord, FormulaRecord, Meta, PublishedRecord, SectionRecord,
    TableRecord,
};
pub use figure::{FactRecord, FigureRecord};
pub use finding::{FindingRecord, RepairRecord, Severity, WarningRecord};
pub use relation::{RelationRecord, RelationSpans, Verdict};
pub use restore::RecordError;

use crate::Audited;
use crate::place::Locator;

/// The version of the record's form.
pub const SCHEMA: &str = "gouji/1";

/// One audited document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AuditObject {
    /// `gouji/1`.
    pub schema: String,
    /// Where it came from.
    pub source: SourceRecord,
    /// Its elements and facts.
    pub circular: CircularRecord,
    /// What must hold among its figures, each with its verdict.
    #[serde(default)]
    pub relations: Vec<RelationRecord>,
    /// What a person should look at, in source order.
    #[serde(default)]
    pub findings: Vec<FindingRecord>,
    /// How much was looked at: silence is not approval.
    #[serde(default)]
    pub coverage: CoverageRecord,
    /// Every number of the document, in source order.
    #[serde(default)]
    pub figures: Vec<FigureRecord>,
    /// What the reader had to skip or guess.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<WarningRecord>,
    /// What of the text was put into the form of the standard in the regenerated docx; only where one was made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edits: Vec<EditRecord>,
}

/// A change of the text in the regenerated docx: marks and labels, never a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EditRecord {
    /// Which element, counted from 0: `title`, `body[3]`, `attachment[0].body[2]`, `table[1]`.
    pub place: String,
    /// The text before; empty if the element was added.
    pub before: String,
    /// The text after; empty if the element was taken out.
    pub after: String,
}

/// The part of an [`AuditObject`] that says what the document is, as `gouji parse` prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RecordLine {
    /// `gouji/1`.
    pub schema: String,
    /// Where it came from.
    pub source: SourceRecord,
    /// Its elements and facts.
    pub circular: CircularRecord,
}

impl From<AuditObject> for RecordLine {
    fn from(object: AuditObject) -> Self {
        Self {
            schema: object.schema,
            source: object.source,
            circular: object.circular,
        }
    }
}

/// Where a document came from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SourceRecord {
    /// Path relative to the input, parted by `/`.
    pub path: String,
    /// `docx`, `doc`, `rtf`, `xlsx`, `xls`, `txt` or `html`.
    pub format: String,
    /// SHA-256 of its bytes in hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// The encoding that a text was decoded from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
}

/// How much of a document was looked at, in figures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CoverageRecord {
    /// Quantities that a relation with a verdict refers to.
    pub checked: usize,
    /// Figures that are quantities of fact.
    pub checkable: usize,
    /// Relations without a verdict.
    pub undecided: usize,
    /// Other numbers, by class.
    #[serde(default)]
    pub exempt: BTreeMap<String, usize>,
    /// Quantities in no relation, by class.
    #[serde(default)]
    pub unchecked: BTreeMap<String, usize>,
}

/// A document that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Failure {
    /// Path relative to the input, parted by `/`.
    pub path: String,
    /// A short name of the cause, which never changes: `too-much`, `unreadable`.
    #[serde(default)]
    pub cause: String,
    /// Why.
    pub reason: String,
}

impl AuditObject {
    /// The record of one audited document.
    #[must_use]
    pub fn new(audited: &Audited<'_>) -> Self {
        let locator = Locator::new(audited.document, audited.circular);
        let mut circular = CircularRecord::new(audited.circular);
        circular.facts = figure::facts(&locator, audited.ledger);
        let by_class = |map: &BTreeMap<gouji_ledger::FigureClass, usize>| {
            map.iter()
                .map(|(class, n)| (names::class(*class).to_owned(), *n))
                .collect()
        };
        let coverage = &audited.audit.coverage;
        Self {
            schema: SCHEMA.to_owned(),
            source: SourceRecord {
                path: audited.source.path.clone(),
                format: audited.source.format.name().to_owned(),
                sha256: audited.source.sha256.clone(),
                bytes: audited.source.bytes,
                encoding: audited.document.encoding.map(str::to_owned),
            },
            circular,
            relations: relation::relations(&locator, audited.ledger, audited.audit),
            findings: audited
                .audit
                .findings
                .iter()
                .map(|f| FindingRecord::new(&locator, f))
                .collect(),
            coverage: CoverageRecord {
                checked: coverage.checked,
                checkable: coverage.checkable,
                undecided: coverage.undecided,
                exempt: by_class(&coverage.exempt),
                unchecked: by_class(&coverage.unchecked),
            },
            figures: figure::figures(&locator, audited.ledger),
            warnings: audited
                .warnings
                .iter()
                .map(|w| WarningRecord::new(&locator, w))
                .collect(),
            edits: Vec::new(),
        }
    }

    /// Findings of one severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|f| f.severity == severity).count()
    }
}

/// What Unicode calls the end of a line and JSON lets stand in a string: next line, line separator, paragraph separator.
/// `splitlines` of Python and others part a file there, in the middle of a record.
const LINE_ENDS: [char; 3] = ['\u{85}', '\u{2028}', '\u{2029}'];

/// JSON in which no character ends a line, whatever the reader takes for one.
///
/// # Errors
/// Only if a map key is not a string, which none of this crate's records has.
pub fn to_json<T: Serialize>(record: &T) -> Result<String, serde_json::Error> {
    let json = serde_json::to_string(record)?;
    if !json.contains(LINE_ENDS) {
        return Ok(json);
    }
    // Outside of strings JSON is ASCII.
    let mut out = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        if LINE_ENDS.contains(&c) {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    Ok(out)
}

/// As [`to_json`], ended by `\n`: a line of JSON Lines.
///
/// # Errors
/// Only if a map key is not a string, which none of this crate's records has.
pub fn to_json_line<T: Serialize>(record: &T) -> Result<String, serde_json::Error> {
    let mut line = to_json(record)?;
    line.push('\n');
    Ok(line)
}

/// JSON Schema of one line of `records.jsonl`: an audit object (`#/$defs/AuditObject`) or a bare record
/// (`#/$defs/RecordLine`).
#[must_use]
pub fn schema() -> serde_json::Value {
    let mut generator = SchemaGenerator::default();
    let audit = generator.subschema_for::<AuditObject>();
    let record = generator.subschema_for::<RecordLine>();
    let failure = generator.subschema_for::<Failure>();
    serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:gouji:1",
        "title": SCHEMA,
        "description": "One line of records.jsonl or of `gouji audit --format json` (AuditObject), of `gouji parse` (RecordLine), or of failures.jsonl (Failure).",
        "anyOf": [audit, record, failure],
        "$defs": generator.take_definitions(true),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn the_record_of_the_sample() {
        insta::assert_snapshot!(serde_json::to_string_pretty(&sample::object()).expect("a record"));
    }

    #[test]
    fn a_line_is_one_line_and_reads_back() {
        let mut object = sample::object();
        object
            .circular
            .preamble
            .push("换\n行\u{2028}另\u{2029}起\u{85}一\u{B}行\u{C}末\r\u{1C}尾".into());
        let line = to_json_line(&object).expect("a line");
        let ends = |c: char| matches!(c, '\n'..='\r' | '\u{1C}'..='\u{1E}') || LINE_ENDS.contains(&c);
        assert_eq!(line.matches(ends).count(), 1);
        assert!(line.contains(r"行\u2028另\u2029起\u0085一"));
        assert!(line.ends_with("}\n") && line.starts_with(r#"{"schema":"gouji/1","source":"#));
        assert_eq!(serde_json::from_str::<AuditObject>(&line).expect("a record"), object);
    }

    #[test]
    fn what_ends_no_line_stands_as_it_is() {
        // A backslash before the letters is the text's own; a no-break blank and a zero-width one end nothing.
        let text = "行\\u2028\u{A0}\u{200B}\u{2027}\u{202A}末";
        let json = to_json(&text).expect("a string");
        assert_eq!(json, "\"行\\\\u2028\u{A0}\u{200B}\u{2027}\u{202A}末\"");
        assert_eq!(serde_json::from_str::<String>(&json).expect("a string"), text);
    }

    #[test]
    fn offsets_count_characters_of_the_source() {
        let sample = sample::Sample::new();
        let object = sample::object();
        let chars: Vec<char> = sample.document.text.chars().collect();
        for relation in &object.relations {
            let [start, end] = relation.spans.quote;
            assert_eq!(chars[start..end].iter().collect::<String>(), relation.quote);
        }
        for figure in &object.figures {
            let [start, end] = figure.span;
            assert_eq!(chars[start..end].iter().collect::<String>(), figure.text);
        }
    }

    #[test]
    fn an_audit_that_judged_nothing_passes_nothing() {
        let mut sample = sample::Sample::new();
        sample.audit = gouji_audit::Audit::default();
        let object = AuditObject::new(&sample.audited());
        assert_eq!(object.relations.len(), 3);
        assert!(object.relations.iter().all(|r| r.verdict == Verdict::Undecided));
    }

    #[test]
    fn the_schema_names_every_key_of_a_record() {
        let schema = schema();
        let record = serde_json::to_value(sample::object()).expect("a record");
        let defs = &schema["$defs"];
        let keys = |value: &serde_json::Value| -> Vec<String> {
            value.as_object().expect("an object").keys().cloned().collect()
        };
        for (name, value) in [
            ("AuditObject", &record),
            ("CircularRecord", &record["circular"]),
            ("Meta", &record["circular"]["meta"]),
            ("RelationRecord", &record["relations"][0]),
            ("FindingRecord", &record["findings"][0]),
            ("FactRecord", &record["circular"]["facts"][0]),
        ] {
            for key in keys(value) {
                assert!(defs[name]["properties"][&key].is_object(), "{name}.{key}");
            }
        }
        assert!(defs["RecordLine"].is_object() && defs["Failure"].is_object());
    }
}
