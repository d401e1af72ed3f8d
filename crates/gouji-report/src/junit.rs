//! Relations as JUnit test cases, for continuous integration that knows nothing else.
//!
//! A document is a suite, a relation a case; a finding that is about no relation is a case of its own. A case fails
//! if a finding on it is at or above the severity asked for, and is skipped where there is no verdict.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

use crate::text::{clipped, visible};
use crate::{AuditObject, Failure, FindingRecord, Lang, Severity, Verdict};

/// Cases of one document that pass or are skipped; those that fail are never left out.
const MAX_QUIET_CASES: usize = 2_000;
/// Characters of a quote in a name.
const MAX_NAME: usize = 60;
/// Characters of a text.
const MAX_TEXT: usize = 1_000;

/// Builds the file, one document at a time.
pub struct JunitReport {
    lang: Lang,
    fail_on: Option<Severity>,
    suites: Writer<Vec<u8>>,
    counts: Counts,
}

#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

/// A case of a suite.
struct Case<'a> {
    name: String,
    findings: Vec<&'a FindingRecord>,
    undecided: bool,
}

impl JunitReport {
    /// An empty file; `fail_on` is the least severity that makes a case fail, `None` for never.
    #[must_use]
    pub fn new(lang: Lang, fail_on: Option<Severity>) -> Self {
        Self {
            lang,
            fail_on,
            // The suites only; their root is written last, when the counts are known.
            suites: Writer::new_with_indent(Vec::new(), b' ', 2),
            counts: Counts::default(),
        }
    }

    /// Adds a document.
    ///
    /// # Errors
    /// None: the bytes go to memory; the type is the XML writer's.
    pub fn push(&mut self, object: &AuditObject) -> io::Result<()> {
        let mut by_relation: Vec<Vec<&FindingRecord>> = vec![Vec::new(); object.relations.len()];
        let mut alone = Vec::new();
        for finding in &object.findings {
            match finding.relation.and_then(|r| by_relation.get_mut(r)) {
                Some(slot) => slot.push(finding),
                None => alone.push(finding),
            }
        }
        let mut quiet = 0;
        let cases = object
            .relations
            .iter()
            .zip(by_relation)
            .map(|(relation, findings)| Case {
                name: format!("{}: {}", relation.kind, clipped(&relation.quote, MAX_NAME)),
                findings,
                undecided: relation.verdict == Verdict::Undecided,
            });
        let cases: Vec<Case<'_>> = cases
            .chain(alone.into_iter().map(|finding| Case {
                name: format!("{}: {}", finding.rule, clipped(&finding.quote, MAX_NAME)),
                findings: vec![finding],
                undecided: false,
            }))
            .filter(|case| {
                let loud = case.findings.iter().any(|f| self.fails(f));
                quiet += usize::from(!loud);
                loud || quiet <= MAX_QUIET_CASES
            })
            .collect();
        let counts = Counts {
            tests: cases.len(),
            failures: cases
                .iter()
                .filter(|c| c.findings.iter().any(|f| self.fails(f)))
                .count(),
            errors: 0,
            skipped: cases
                .iter()
                .filter(|c| c.undecided && !c.findings.iter().any(|f| self.fails(f)))
                .count(),
        };
        self.start_suite(&object.source.path, counts)?;
        for case in &cases {
            self.case(&object.source.path, case)?;
        }
        if quiet > MAX_QUIET_CASES {
            let n = quiet - MAX_QUIET_CASES;
            let left_out = match self.lang {
                Lang::Zh => format!("另有{n}项通过或未判定的核对未列出"),
                Lang::En => format!("{n} more checks that pass or have no verdict are left out"),
            };
            self.suites
                .create_element("system-out")
                .write_text_content(BytesText::new(&left_out))?;
        }
        self.end_suite(counts)
    }

    /// Adds a document that could not be read: a suite with one error.
    ///
    /// # Errors
    /// None: the bytes go to memory; the type is the XML writer's.
    pub fn push_failure(&mut self, failure: &Failure) -> io::Result<()> {
        let counts = Counts {
            tests: 1,
            errors: 1,
            ..Counts::default()
        };
        self.start_suite(&failure.path, counts)?;
        let path = text(&failure.path);
        let reason = text(&failure.reason);
        self.suites
            .create_element("testcase")
            .with_attribute(("classname", path.as_str()))
            .with_attribute(("name", self.lang.pick("读取", "read")))
            .write_inner_content(|w| {
                w.create_element("error")
                    .with_attribute(("message", reason.as_str()))
                    .write_empty()?;
                Ok(())
            })?;
        self.end_suite(counts)
    }

    /// The file.
    ///
    /// # Errors
    /// If the XML writer gave bytes that are no text, which it never does.
    pub fn finish(self) -> io::Result<String> {
        let body = String::from_utf8(self.suites.into_inner()).map_err(io::Error::other)?;
        let Counts {
            tests,
            failures,
            errors,
            skipped,
        } = self.counts;
        Ok(format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <testsuites name=\"gouji\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\">{}{body}\n</testsuites>\n",
            if body.is_empty() || body.starts_with('\n') {
                ""
            } else {
                "\n"
            }
        ))
    }

    fn fails(&self, finding: &FindingRecord) -> bool {
        self.fail_on.is_some_and(|least| finding.severity >= least)
    }

    fn start_suite(&mut self, path: &str, counts: Counts) -> io::Result<()> {
        let mut start = BytesStart::new("testsuite");
        let numbers = [
            ("tests", counts.tests),
            ("failures", counts.failures),
            ("errors", counts.errors),
            ("skipped", counts.skipped),
        ];
        start.push_attribute(("name", text(path).as_str()));
        for (name, n) in numbers {
            start.push_attribute((name, n.to_string().as_str()));
        }
        self.suites.write_event(Event::Start(start))
    }

    fn end_suite(&mut self, counts: Counts) -> io::Result<()> {
        self.counts.tests += counts.tests;
        self.counts.failures += counts.failures;
        self.counts.errors += counts.errors;
        self.counts.skipped += counts.skipped;
        self.suites.write_event(Event::End(BytesEnd::new("testsuite")))
    }

    fn case(&mut self, path: &str, case: &Case<'_>) -> io::Result<()> {
        let (loud, quiet): (Vec<&FindingRecord>, Vec<&FindingRecord>) =
            case.findings.iter().copied().partition(|f| self.fails(f));
        let lang = self.lang;
        let (path, name) = (text(path), text(&case.name));
        let element = self
            .suites
            .create_element("testcase")
            .with_attribute(("classname", path.as_str()))
            .with_attribute(("name", name.as_str()));
        if loud.is_empty() && quiet.is_empty() && !case.undecided {
            element.write_empty()?;
            return Ok(());
        }
        element.write_inner_content(|w| {
            for f in &loud {
                let message = text(f.message_in(lang));
                w.create_element("failure")
                    .with_attribute(("type", text(&f.rule).as_str()))
                    .with_attribute(("message", message.as_str()))
                    .write_text_content(BytesText::new(&details(f, lang)))?;
            }
            if loud.is_empty() && case.undecided {
                w.create_element("skipped")
                    .with_attribute(("message", lang.pick("未定", "undecided")))
                    .write_empty()?;
            }
            if !quiet.is_empty() {
                let lines: Vec<String> = quiet
                    .iter()
                    .map(|f| format!("{} {} {}", f.severity.name(), text(&f.rule), details(f, lang)))
                    .collect();
                w.create_element("system-out")
                    .write_text_content(BytesText::new(&lines.join("\n")))?;
            }
            Ok(())
        })?;
        Ok(())
    }
}

/// Place, message, working and quote of a finding.
fn details(f: &FindingRecord, lang: Lang) -> String {
    let place = f.position.describe(lang);
    [place.as_str(), f.message_in(lang), &f.working, &f.quote]
        .into_iter()
        .filter(|part| !part.is_empty())
        .map(text)
        .collect::<Vec<_>>()
        .join(" | ")
}

/// Text that XML 1.0 can hold, on one line.
fn text(text: &str) -> String {
    visible(&clipped(text, MAX_TEXT)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use quick_xml::Reader;

    fn file(objects: &[AuditObject], fail_on: Option<Severity>) -> String {
        let mut report = JunitReport::new(Lang::Zh, fail_on);
        for object in objects {
            report.push(object).expect("a suite");
        }
        report
            .push_failure(&Failure {
                path: "坏<1>.docx".into(),
                cause: "unreadable".into(),
                reason: "\"empty\" & more".into(),
            })
            .expect("a suite");
        report.finish().expect("a file")
    }

    /// Counts elements of a name, reading the whole file as XML.
    fn elements(xml: &str, name: &str) -> usize {
        let mut reader = Reader::from_str(xml);
        let mut n = 0;
        loop {
            match reader.read_event().expect("well-formed XML") {
                Event::Start(e) | Event::Empty(e) if e.name().as_ref() == name => n += 1,
                Event::Eof => return n,
                _ => {}
            }
        }
    }

    #[test]
    fn the_sample_as_a_file() {
        insta::assert_snapshot!(file(&[sample::object()], Some(Severity::Error)));
    }

    #[test]
    fn what_fails_depends_on_the_severity_asked_for() {
        for (fail_on, failures) in [
            (Some(Severity::Error), 1),
            (Some(Severity::Warning), 2),
            (Some(Severity::Note), 3),
            (None, 0),
        ] {
            let xml = file(&[sample::object()], fail_on);
            assert_eq!(elements(&xml, "failure"), failures);
            assert_eq!(elements(&xml, "testcase"), 5);
            assert!(xml.contains(&format!(
                "tests=\"5\" failures=\"{failures}\" errors=\"1\" skipped=\"0\""
            )));
        }
    }

    #[test]
    fn no_verdict_is_no_pass() {
        let mut object = sample::object();
        object.relations[1].verdict = Verdict::Undecided;
        let xml = file(&[object], Some(Severity::Error));
        assert_eq!(elements(&xml, "skipped"), 1);
        assert!(xml.contains("skipped=\"1\""));
    }

    #[test]
    fn any_text_stays_well_formed() {
        let mut object = sample::object();
        let evil = "]]>&<a b='\"'>\u{0}\u{b}\u{1f}\u{fffe}\u{85}\n";
        object.source.path = evil.into();
        object.relations[0].quote = evil.into();
        object.findings[0].rule = evil.into();
        object.findings[0].message = evil.into();
        object.findings[2].quote = evil.into();
        let xml = file(&[object], Some(Severity::Error));
        assert_eq!(elements(&xml, "a"), 0);
        assert!(xml.chars().all(|c| c == '\n' || !c.is_control() && c != '\u{fffe}'));
    }

    #[test]
    fn a_huge_document_keeps_its_failures() {
        let mut object = sample::object();
        object.relations = vec![object.relations[1].clone(); 10_000];
        object.findings.truncate(1);
        object.findings[0].relation = Some(9_999);
        let xml = file(&[object], Some(Severity::Error));
        assert_eq!(elements(&xml, "testcase"), MAX_QUIET_CASES + 2);
        assert_eq!(elements(&xml, "failure"), 1);
        assert!(xml.contains("<system-out>另有7999项"));
        assert!(!file(&[sample::object()], None).contains("核对未列出"));
    }
}
