//! Two corpora that measure the reading of running text: `corpus/traps.txt` and `corpus/forms.txt`.
//!
//! A trap is a passage that is consistent, or that cannot be checked: no error and no warning may fire on it. A form is a
//! passage whose relations must be read, and a variant of it with one figure changed, on which a broken relation must touch
//! that figure. What fails today stands line for line in `known-misfires.txt` and `known-misses.txt`; both lists may only
//! shrink. Each run writes what it read, and the lists as they would have to be, to the target folder's `tmp`.
//!
//! Files: a line beginning with `#` names a family; ` ⏎ ` parts paragraphs. In `forms.txt` a passage is followed by the
//! relations that must be found (indented, `kind stated <- operands`, alternatives parted by ` | `) and by variants (`! `).
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "tests read the corpora and say how many fail"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use gouji_audit::{Audit, Severity, Verdict};
use gouji_document::{Document, Span};
use gouji_ledger::{Ledger, Operand, Reading, RelationKind};

/// What stands above each passage.
const HEADING: &str = "一、总体情况\n";

/// Fewest passages; the corpora only grow.
const TRAPS: usize = 890;
const FORMS: usize = 400;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn lines(name: &str) -> Vec<String> {
    let text = std::fs::read_to_string(folder().join(name)).unwrap();
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| line.trim_end().to_owned())
        .collect()
}

/// A passage as the program sees it.
struct Read {
    document: Document,
    ledger: Ledger,
    audit: Audit,
}

fn read(passage: &str) -> Read {
    let text = source(passage);
    let document = gouji_read::read("passage.txt", text.as_bytes()).unwrap().value;
    assert_eq!(document.text, text, "the reader changes nothing");
    let circular = gouji_circular::parse(&document);
    let ledger = gouji_ledger::build(&document, &circular);
    let audit = gouji_audit::audit(&document, &circular, &ledger);
    Read {
        document,
        ledger,
        audit,
    }
}

fn source(passage: &str) -> String {
    format!("{HEADING}{}\n", passage.replace(" ⏎ ", "\n"))
}

impl Read {
    /// Each relation with its kind, verdict and the reading that the verdict is of.
    fn relations(&self) -> impl Iterator<Item = (RelationKind, Verdict, &Reading)> {
        self.audit.judgements.iter().map(|judgement| {
            let relation = &self.ledger.relations[judgement.relation];
            (relation.kind, judgement.verdict, &relation.readings[judgement.reading])
        })
    }

    /// Errors and warnings, a line each.
    fn complaints(&self) -> Vec<String> {
        self.audit
            .findings
            .iter()
            .filter(|finding| finding.severity >= Severity::Warning)
            .map(|finding| {
                let quote = self.document.quote(finding.quote).replace('\n', " ⏎ ");
                let severity = finding.severity.name();
                format!("{severity} {} {} :: {quote}", finding.rule, finding.message.zh)
            })
            .collect()
    }

    /// What was read, for people.
    fn dump(&self) -> String {
        let mut out = String::new();
        for (kind, verdict, reading) in self.relations() {
            writeln!(out, "  {} [{}]", line(kind, reading), verdict.name()).unwrap();
        }
        for complaint in self.complaints() {
            writeln!(out, "  {complaint}").unwrap();
        }
        out
    }

    /// Whether the relation of an expected line was found, and does not fail.
    fn has(&self, expected: &str) -> bool {
        expected.split(" | ").any(|alternative| {
            let wanted = Expected::parse(alternative);
            self.relations().any(|(kind, verdict, reading)| {
                kind.name() == wanted.kind
                    && matches!(verdict, Verdict::Holds | Verdict::Rounding)
                    && squash(&reading.stated.surface) == wanted.stated
                    && wanted.has_operands(kind, &reading.operands)
            })
        })
    }

    /// Whether a broken relation touches a place of the source.
    fn breaks_at(&self, changed: Span) -> bool {
        self.relations()
            .filter(|(_, verdict, _)| matches!(verdict, Verdict::Broken | Verdict::Infeasible))
            .flat_map(|(_, _, reading)| std::iter::once(&reading.stated).chain(&reading.operands))
            .filter_map(|operand| self.span(operand))
            .any(|span| span.start <= changed.end && changed.start <= span.end)
    }

    fn span(&self, operand: &Operand) -> Option<Span> {
        match operand.figure {
            Some(figure) => Some(self.ledger.figures[figure.0].span),
            None => operand.span,
        }
    }
}

fn line(kind: RelationKind, reading: &Reading) -> String {
    let operands: Vec<&str> = reading.operands.iter().map(|o| o.surface.as_str()).collect();
    format!("{} {} <- {}", kind.name(), reading.stated.surface, operands.join(" "))
}

/// A surface without the spaces in it (`304 件`).
fn squash(surface: &str) -> String {
    surface.split_whitespace().collect()
}

/// `kind stated <- operands`
struct Expected<'a> {
    kind: &'a str,
    stated: &'a str,
    operands: Vec<&'a str>,
}

impl<'a> Expected<'a> {
    fn parse(line: &'a str) -> Self {
        let (head, operands) = line
            .trim()
            .split_once(" <- ")
            .unwrap_or_else(|| panic!("no `<-`: {line}"));
        let (kind, stated) = head.split_once(' ').unwrap_or_else(|| panic!("no kind: {line}"));
        Self {
            kind,
            stated,
            operands: operands.split(' ').collect(),
        }
    }

    fn has_operands(&self, kind: RelationKind, operands: &[Operand]) -> bool {
        let mut found: Vec<String> = operands.iter().map(|o| squash(&o.surface)).collect();
        let mut wanted = self.operands.clone();
        if found.len() != wanted.len() {
            return false;
        }
        match kind {
            // A first or last name may carry a verb or 等.
            RelationKind::Count => found
                .iter()
                .zip(&wanted)
                .all(|(found, wanted)| found.contains(wanted) || wanted.contains(found.as_str())),
            RelationKind::Sum | RelationKind::ShareSum => {
                found.sort_unstable();
                wanted.sort_unstable();
                found == wanted
            }
            _ => found == wanted,
        }
    }
}

/// A passage of `forms.txt` with what must be read of it.
struct Form {
    passage: String,
    expected: Vec<String>,
    variants: Vec<String>,
}

fn forms() -> Vec<Form> {
    let mut out: Vec<Form> = Vec::new();
    for line in lines("forms.txt") {
        if let Some(variant) = line.strip_prefix("! ") {
            out.last_mut().unwrap().variants.push(variant.to_owned());
        } else if let Some(expected) = line.strip_prefix("  ") {
            out.last_mut().unwrap().expected.push(expected.to_owned());
        } else {
            out.push(Form {
                passage: line,
                expected: Vec::new(),
                variants: Vec::new(),
            });
        }
    }
    out
}

/// The bytes of a variant's source that differ from the passage's, whole characters.
fn changed(passage: &str, variant: &str) -> Span {
    let (old, new) = (source(passage), source(variant));
    let start: usize = old
        .chars()
        .zip(new.chars())
        .take_while(|(a, b)| a == b)
        .map(|(_, b)| b.len_utf8())
        .sum();
    let left = old.len().min(new.len()) - start;
    let mut end = 0;
    for (a, b) in old.chars().rev().zip(new.chars().rev()) {
        if a != b || end + b.len_utf8() > left {
            break;
        }
        end += b.len_utf8();
    }
    Span::new(start, new.len() - end)
}

/// Holds what fails against the list of what is known to fail, and leaves the list as it would have to be in the target folder.
fn hold_against(list: &str, failing: &[(String, String)], total: usize) {
    let proposed: String = failing.iter().map(|(line, _)| format!("{line}\n")).collect();
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(list);
    std::fs::write(&path, proposed).unwrap();
    let known: BTreeSet<String> = lines(list).into_iter().collect();
    let now: BTreeSet<&String> = failing.iter().map(|(line, _)| line).collect();
    let new: Vec<String> = failing
        .iter()
        .filter(|(line, _)| !known.contains(line))
        .map(|(line, why)| format!("{line}\n{why}"))
        .collect();
    let mended: Vec<&str> = known
        .iter()
        .filter(|line| !now.contains(line))
        .map(String::as_str)
        .collect();
    println!(
        "{} of {total} fail, {} of them known",
        failing.len(),
        failing.len() - new.len()
    );
    assert!(new.is_empty(), "not in {list}, but fail:\n{}", new.join("\n"));
    assert!(mended.is_empty(), "mended: delete from {list}:\n{}", mended.join("\n"));
}

#[test]
fn consistent_passages_raise_no_finding() {
    let traps = lines("traps.txt");
    let forms = forms();
    let mut failing = Vec::new();
    let mut dump = String::new();
    for passage in traps.iter().chain(forms.iter().map(|form| &form.passage)) {
        let read = read(passage);
        writeln!(dump, "{passage}\n{}", read.dump()).unwrap();
        let complaints = read.complaints();
        if !complaints.is_empty() {
            failing.push((passage.clone(), format!("    {}\n", complaints.join("\n    "))));
        }
    }
    std::fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpus-reading.txt"), dump).unwrap();
    let unique: BTreeSet<&String> = traps.iter().collect();
    assert_eq!(unique.len(), traps.len(), "a trap stands twice");
    assert!(traps.len() >= TRAPS, "{} traps", traps.len());
    hold_against("known-misfires.txt", &failing, traps.len() + forms.len());
}

#[test]
fn every_form_of_speech_is_read() {
    let forms = forms();
    let mut failing = Vec::new();
    let mut total = 0;
    for form in &forms {
        let base = read(&form.passage);
        assert!(!form.expected.is_empty(), "nothing expected of {}", form.passage);
        for expected in &form.expected {
            total += 1;
            if !base.has(expected) {
                failing.push((format!("{expected} ⇐ {}", form.passage), base.dump()));
            }
        }
        for variant in &form.variants {
            total += 1;
            assert_ne!(*variant, form.passage, "a variant differs");
            let read = read(variant);
            if !read.breaks_at(changed(&form.passage, variant)) {
                failing.push((format!("! {variant}"), read.dump()));
            }
        }
    }
    assert!(forms.len() >= FORMS, "{} forms", forms.len());
    hold_against("known-misses.txt", &failing, total);
}

#[test]
fn the_changed_figure_of_a_variant_is_found() {
    let at = |a, b| {
        let span = changed(a, b);
        source(b)[span.range()].to_owned()
    };
    assert_eq!(at("共28件，其中", "共29件，其中"), "9");
    assert_eq!(at("共28件", "共288件"), "8");
    assert_eq!(at("共288件", "共28件"), "");
    assert_eq!(at("三家单位", "四家单位"), "四");
}

/// Times that each passage is parted otherwise.
const VARIANTS: usize = 2;

/// Marks that part a passage otherwise than it was written.
const MARKS: [char; 12] = ['（', '）', '（', '）', '。', '；', '，', '：', '、', '“', '”', '\n'];

/// The passages of both corpora, each with marks set, taken out and moved by a fixed rule: what a text says may become nonsense, but
/// reading it never ends in a panic (a clause that goes on behind a parenthesis stands before those inside it).
#[test]
fn passages_that_are_parted_otherwise_are_read_to_their_end() {
    let forms = forms();
    let passages: Vec<String> = lines("traps.txt")
        .into_iter()
        .chain(forms.into_iter().map(|form| form.passage))
        .collect();
    // A fixed sequence (Knuth's MMIX constants): the same texts in every run.
    let mut state: u64 = 20_260_101;
    let mut draw = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below.max(1)
    };
    let mut n_related = 0;
    for nth in 0..VARIANTS * passages.len() {
        let mut chars: Vec<char> = source(&passages[nth % passages.len()]).chars().collect();
        for _ in 0..3 + draw(6) {
            let at = draw(chars.len());
            match draw(4) {
                0 | 1 => chars.insert(at, MARKS[draw(MARKS.len())]),
                2 => drop(chars.remove(at)),
                // Part of another passage, or of this one, set in between.
                _ => {
                    let other: Vec<char> = passages[(nth + draw(passages.len())) % passages.len()]
                        .chars()
                        .collect();
                    let from = draw(other.len());
                    let to = (from + 1 + draw(40)).min(other.len());
                    chars.splice(at..at, other[from..to].iter().copied());
                }
            }
        }
        let text: String = chars.into_iter().collect();
        let document = gouji_read::read("passage.txt", text.as_bytes()).unwrap().value;
        let circular = gouji_circular::parse(&document);
        let ledger = gouji_ledger::build(&document, &circular);
        // What was parted otherwise is still a text with figures that belong together, most of the time.
        n_related += usize::from(!ledger.relations.is_empty());
        drop(gouji_audit::audit(&document, &circular, &ledger));
    }
    assert!(
        n_related * 4 >= VARIANTS * passages.len(),
        "{n_related} of {}",
        passages.len()
    );
}
