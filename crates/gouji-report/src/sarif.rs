//! Findings as SARIF 2.1.0, for code hosts and editors.
//!
//! Own row structs with the few properties in use, after the OASIS standard of March 2020. Regions are given for text
//! files only: in a docx or a workbook a character has no place in the file, so those findings name theirs in words
//! (`logicalLocations`). Repairs are left out on purpose: a `fix` is meant to be applied by a tool.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{AuditObject, Failure, FindingRecord, Lang, RuleInfo, Severity, SourceRecord};

/// Related places of a finding.
const MAX_RELATED: usize = 32;

/// Builds a log of one run, one document at a time.
#[derive(Debug)]
pub struct SarifReport {
    lang: Lang,
    version: String,
    rules: Vec<Rule>,
    rule_index: BTreeMap<String, usize>,
    artifacts: Vec<Artifact>,
    results: Vec<SarifResult>,
    failures: Vec<Notification>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    column_kind: &'static str,
    language: &'static str,
    invocations: [Invocation<'a>; 1],
    artifacts: &'a [Artifact],
    results: &'a [SarifResult],
}

#[derive(Debug, Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    version: &'a str,
    rules: &'a [Rule],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: String,
    short_description: Message,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Help>,
    default_configuration: Configuration,
}

#[derive(Debug, Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Debug, Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Debug, Serialize)]
struct Message {
    text: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation<'a> {
    execution_successful: bool,
    tool_execution_notifications: &'a [Notification],
}

#[derive(Debug, Serialize)]
struct Notification {
    level: &'static str,
    message: Message,
    locations: [Location; 1],
}

#[derive(Debug, Serialize)]
struct Artifact {
    location: ArtifactLocation,
    length: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<String>,
    hashes: BTreeMap<&'static str, String>,
}

#[derive(Debug, Serialize)]
struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<usize>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult {
    rule_id: String,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: BTreeMap<&'static str, String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<LogicalLocation>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    fully_qualified_name: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    #[serde(skip_serializing_if = "Option::is_none")]
    start_line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<usize>,
    char_offset: usize,
    char_length: usize,
}

fn level(severity: Severity) -> &'static str {
    // The names happen to be those of SARIF; a change of the one must not change the other.
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

impl SarifReport {
    /// An empty log; `version` is the program's.
    #[must_use]
    pub fn new(lang: Lang, rules: &[RuleInfo], version: &str) -> Self {
        let mut report = Self {
            lang,
            version: version.to_owned(),
            rules: Vec::new(),
            rule_index: BTreeMap::new(),
            artifacts: Vec::new(),
            results: Vec::new(),
            failures: Vec::new(),
        };
        for rule in rules {
            report.add_rule(rule.name.clone(), rule.title(lang), &rule.help, rule.severity);
        }
        report
    }

    /// Adds a document.
    pub fn push(&mut self, object: &AuditObject) {
        let index = self.artifacts.len();
        self.artifacts.push(Artifact {
            location: ArtifactLocation {
                uri: uri(&object.source.path),
                index: None,
            },
            length: object.source.bytes,
            encoding: object.source.encoding.clone(),
            hashes: BTreeMap::from([("sha-256", object.source.sha256.clone())]),
        });
        // The nth finding of one rule on one text is told from the others by its number.
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for finding in &object.findings {
            let key = fingerprint_key(finding);
            let nth = seen.entry(key.clone()).or_default();
            let fingerprint = hex(&Sha256::digest(format!("{key}\u{1f}{nth}").as_bytes())[..16]);
            *nth += 1;
            self.push_finding(&object.source, index, finding, fingerprint);
        }
    }

    /// Adds a document that could not be read.
    pub fn push_failure(&mut self, failure: &Failure) {
        self.failures.push(Notification {
            level: "error",
            message: Message {
                text: failure.reason.clone(),
            },
            locations: [Location {
                id: None,
                physical_location: PhysicalLocation {
                    artifact_location: ArtifactLocation {
                        uri: uri(&failure.path),
                        index: None,
                    },
                    region: None,
                },
                logical_locations: Vec::new(),
            }],
        });
    }

    /// The log as indented JSON, ended by `\n`.
    ///
    /// # Errors
    /// Only if a map key is not a string, which no row struct here has.
    pub fn finish(self) -> Result<String, serde_json::Error> {
        let log = Log {
            schema: "https://json.schemastore.org/sarif-2.1.0.json",
            version: "2.1.0",
            runs: [Run {
                tool: Tool {
                    driver: Driver {
                        name: "gouji",
                        version: &self.version,
                        rules: &self.rules,
                    },
                },
                column_kind: "unicodeCodePoints",
                language: self.lang.tag(),
                invocations: [Invocation {
                    execution_successful: self.failures.is_empty(),
                    tool_execution_notifications: &self.failures,
                }],
                artifacts: &self.artifacts,
                results: &self.results,
            }],
        };
        let mut out = serde_json::to_string_pretty(&log)?;
        out.push('\n');
        Ok(out)
    }

    fn add_rule(&mut self, id: String, title: &str, help: &str, severity: Severity) -> usize {
        let index = self.rules.len();
        self.rule_index.insert(id.clone(), index);
        self.rules.push(Rule {
            short_description: Message {
                text: if title.is_empty() { id.clone() } else { title.to_owned() },
            },
            id,
            help: (!help.is_empty()).then(|| Help {
                text: help.to_owned(),
                markdown: help.to_owned(),
            }),
            default_configuration: Configuration { level: level(severity) },
        });
        index
    }

    fn push_finding(&mut self, source: &SourceRecord, index: usize, finding: &FindingRecord, fingerprint: String) {
        let rule_index = match self.rule_index.get(&finding.rule) {
            Some(idx) => *idx,
            None => self.add_rule(finding.rule.clone(), "", "", finding.severity),
        };
        let is_text = source.format == "txt";
        let [start, end] = finding.span;
        let length = end.saturating_sub(start);
        let position = &finding.position;
        let region = is_text.then(|| Region {
            start_line: position.line,
            start_column: position.character,
            end_column: position.character.map(|c| c.saturating_add(length)),
            char_offset: start,
            char_length: length,
        });
        let location = |id, region, place: String| Location {
            id,
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation {
                    uri: uri(&source.path),
                    index: Some(index),
                },
                region,
            },
            logical_locations: if place.is_empty() {
                Vec::new()
            } else {
                vec![LogicalLocation {
                    fully_qualified_name: place,
                }]
            },
        };
        let related = if is_text { finding.related.as_slice() } else { &[] };
        let related = related.iter().take(MAX_RELATED).enumerate().map(|(nth, [start, end])| {
            let region = Region {
                start_line: None,
                start_column: None,
                end_column: None,
                char_offset: *start,
                char_length: end.saturating_sub(*start),
            };
            location(Some(nth + 1), Some(region), String::new())
        });
        let related_locations = related.collect();
        let mut text = finding.message_in(self.lang).to_owned();
        if !finding.working.is_empty() {
            text.push_str(self.lang.pick("（", " ("));
            text.push_str(&finding.working);
            text.push_str(self.lang.pick("）", ")"));
        }
        self.results.push(SarifResult {
            rule_id: finding.rule.clone(),
            rule_index,
            level: level(finding.severity),
            message: Message { text },
            locations: [location(None, region, position.describe(self.lang))],
            related_locations,
            partial_fingerprints: BTreeMap::from([("goujiFinding/v1", fingerprint)]),
        });
    }
}

/// What a finding is known by when lines above it come and go: rule, figure and the text around it without blanks.
fn fingerprint_key(finding: &FindingRecord) -> String {
    let quote: String = finding.quote.chars().filter(|c| !c.is_whitespace()).collect();
    let stated = finding.stated.as_deref().unwrap_or("");
    format!("{}\u{1f}{stated}\u{1f}{quote}", finding.rule)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// A path as a URI reference, an absolute one as a whole URI: all but unreserved characters and `/` in per cent form, so that no first part
/// can be taken for a scheme.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len() * 3);
    if path.starts_with('/') {
        out.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use serde_json::Value;

    fn log(objects: &[AuditObject]) -> Value {
        let rules = [RuleInfo {
            name: "sum-parts".into(),
            title_zh: "其中各项之和与合计不符".into(),
            title_en: "parts do not add to the total".into(),
            severity: Severity::Error,
            help: "各分项相加应等于合计。".into(),
        }];
        let mut report = SarifReport::new(Lang::Zh, &rules, "9.9.9");
        for object in objects {
            report.push(object);
        }
        report.push_failure(&Failure {
            path: "坏 1.docx".into(),
            cause: "unreadable".into(),
            reason: "empty".into(),
        });
        serde_json::from_str(&report.finish().expect("a log")).expect("json")
    }

    #[test]
    fn the_sample_as_a_log() {
        insta::assert_snapshot!(serde_json::to_string_pretty(&log(&[sample::object()])).expect("json"));
    }

    #[test]
    fn every_index_names_what_it_should() {
        let log = log(&[sample::object(), sample::object()]);
        let run = &log["runs"][0];
        for result in run["results"].as_array().expect("results") {
            let rule = result["ruleIndex"].as_u64().expect("an index") as usize;
            assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], result["ruleId"]);
            let artifact = &result["locations"][0]["physicalLocation"]["artifactLocation"];
            let index = artifact["index"].as_u64().expect("an index") as usize;
            assert_eq!(run["artifacts"][index]["location"]["uri"], artifact["uri"]);
        }
        assert_eq!(run["results"].as_array().expect("results").len(), 6);
        assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    }

    #[test]
    fn a_region_covers_the_figure() {
        let sample = sample::Sample::new();
        let log = log(&[sample::object()]);
        let region = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
        let number = |key: &str| region[key].as_u64().expect("a number") as usize;
        let by_offset: String = sample
            .document
            .text
            .chars()
            .skip(number("charOffset"))
            .take(number("charLength"))
            .collect();
        let line: Vec<char> = sample
            .document
            .text
            .lines()
            .nth(number("startLine") - 1)
            .expect("a line")
            .chars()
            .collect();
        let by_line: String = line[number("startColumn") - 1..number("endColumn") - 1]
            .iter()
            .collect();
        assert_eq!((by_offset.as_str(), by_line.as_str()), ("30件", "30件"));
    }

    #[test]
    fn a_docx_has_places_in_words_and_no_regions() {
        let mut object = sample::object();
        object.source.format = "docx".into();
        let log = log(&[object]);
        let result = &log["runs"][0]["results"][2];
        assert!(result["locations"][0]["physicalLocation"]["region"].is_null());
        assert!(result["relatedLocations"].is_null());
        assert_eq!(
            result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"],
            "附件1表第3行“合计”第2列"
        );
    }

    #[test]
    fn fingerprints_outlive_new_lines_above_and_tell_twins_apart() {
        let prints = |object: &AuditObject| -> Vec<String> {
            log(std::slice::from_ref(object))["runs"][0]["results"]
                .as_array()
                .expect("results")
                .iter()
                .map(|r| {
                    r["partialFingerprints"]["goujiFinding/v1"]
                        .as_str()
                        .expect("a print")
                        .to_owned()
                })
                .collect()
        };
        let mut object = sample::object();
        let before = prints(&object);
        for f in &mut object.findings {
            f.span = [f.span[0] + 70, f.span[1] + 70];
            f.position.line = f.position.line.map(|n| n + 2);
            f.quote.push('\n');
        }
        assert_eq!(prints(&object), before);
        object.findings[1] = object.findings[0].clone();
        let twins = prints(&object);
        assert_eq!(twins[0], before[0]);
        assert_ne!(twins[0], twins[1]);
        object.findings[0].stated = Some("31".into());
        assert_ne!(prints(&object)[0], before[0]);
    }

    #[test]
    fn a_path_is_a_relative_uri() {
        assert_eq!(uri("a/甲 b.txt"), "a/%E7%94%B2%20b.txt");
        assert_eq!(uri("javascript:x?#%"), "javascript%3Ax%3F%23%25");
    }
}
