//! Templates: what they give for the sample, and that nothing they compute is ever found wrong.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests read the samples")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use gouji_batch::{Analysed, analyse, read_document};
use gouji_report::Severity;
use gouji_template::{Composed, Data, Kind, Template, What, compose};
use gouji_tests::lines::lines;
use gouji_write::{Options, Writer};
use proptest::prelude::*;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn sample(name: &str) -> String {
    fs::read_to_string(root().join("samples/compose").join(name)).unwrap()
}

fn mailbox() -> (Template, Data, Data) {
    let data = |name| Data::from_toml(&sample(name)).unwrap();
    let template = Template::parse(&sample("mailbox.toml")).unwrap();
    (template, data("mailbox-data.toml"), data("mailbox-last.toml"))
}

/// What a person would say of a template that could not be filled.
fn filled(template: &Template, data: Option<&Data>, before: Option<&Data>) -> Composed {
    compose(template, data, before).unwrap_or_else(|problems| {
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("{}", said.join("\n"));
    })
}

/// The docx of a composed circular, taken through the whole chain.
fn audited(composed: &Composed) -> Analysed {
    let docx = gouji_write::write(&composed.circular, &Options::default()).unwrap();
    analyse("composed.docx", &docx).unwrap()
}

/// What differs between a composed circular and what is read back of its docx; nothing if all is well.
fn lost(composed: &Composed, done: &Analysed) -> String {
    let (written, _) = Writer::new(Options::default()).normalise(&composed.circular);
    let (before, after) = (lines(&written), lines(&done.circular));
    let gone = before
        .iter()
        .filter(|line| !after.contains(line))
        .map(|line| format!("- {line}\n"));
    let new = after
        .iter()
        .filter(|line| !before.contains(line))
        .map(|line| format!("+ {line}\n"));
    gone.chain(new).collect()
}

/// Findings that are worth a person's look.
fn complaints(done: &Analysed) -> Vec<String> {
    let findings = done
        .object
        .findings
        .iter()
        .filter(|finding| finding.severity > Severity::Note);
    findings
        .map(|finding| format!("{}: {}", finding.rule, finding.message))
        .collect()
}

#[test]
fn the_sample_gives_a_circular_without_a_finding() {
    let (template, data, before) = mailbox();
    let composed = filled(&template, Some(&data), Some(&before));
    assert_eq!(composed.warnings, []);
    let done = audited(&composed);
    assert_eq!(complaints(&done), [""; 0]);
    assert_eq!(lost(&composed, &done), "");
}

#[test]
fn starters_give_circulars_without_a_finding() {
    for kind in Kind::ALL {
        let template = Template::parse(kind.template()).unwrap();
        let composed = filled(&template, None, None);
        let done = audited(&composed);
        assert_eq!(lost(&composed, &done), "", "{}", kind.name());
        assert_eq!(complaints(&done), [""; 0], "{}", kind.name());
        assert!(
            !done.object.relations.is_empty(),
            "{}: nothing was checked",
            kind.name()
        );
        let meta = &done.object.circular.meta;
        assert!(meta.title.is_some() && meta.date.is_some() && meta.doc_number.is_some() && meta.addressee.is_some());
    }
}

#[test]
fn a_workbook_gives_its_table_without_its_total() {
    let document = read_document(&root().join("samples/column-total-wrong.xlsx")).unwrap();
    let mut data = Data::default();
    data.add_document("发布", &document).unwrap();
    assert!(data.add_document("发布", &document).is_err());
    let template = "text = '共{个数(发布)}行。'\n[meta]\ntitle = '关于发布情况的通报'\n";
    let composed = filled(&Template::parse(template).unwrap(), Some(&data), None);
    let differs = composed
        .warnings
        .iter()
        .filter(|problem| matches!(problem.what, What::TotalDiffers { .. }));
    assert_eq!(differs.count(), 1, "{:?}", composed.warnings);
}

#[test]
fn each_name_that_is_taken_away_is_missed_by_name() {
    let (template, _, before) = mailbox();
    let text = sample("mailbox-data.toml");
    for name in ["机关", "期间", "文号", "成文日期", "整改期限"] {
        let without: String = text
            .lines()
            .filter(|line| !line.starts_with(&format!("\"{name}\"")))
            .fold(String::new(), |mut out, line| {
                let _ = writeln!(out, "{line}");
                out
            });
        let data = Data::from_toml(&without).unwrap();
        let problems = compose(&template, Some(&data), Some(&before)).unwrap_err();
        assert!(
            problems.iter().all(
                |problem| matches!(&problem.what, What::Missing { name: n, .. } if n == name)
                    && problem.line.is_some()
                    && problem.placeholder.is_some()
            ),
            "{name}: {problems:?}"
        );
    }
    let problems = compose(&template, Some(&Data::from_toml(&text).unwrap()), None).unwrap_err();
    assert!(problems.iter().all(|problem| problem.to_string().contains("上期")));
}

#[test]
fn what_is_not_used_is_said() {
    let (template, _, before) = mailbox();
    let text = format!("\"多余\" = 3\n{}", sample("mailbox-data.toml"));
    let composed = filled(&template, Some(&Data::from_toml(&text).unwrap()), Some(&before));
    let said: Vec<String> = composed.warnings.iter().map(|problem| problem.chinese()).collect();
    assert_eq!(said, ["数据中的“多余”没有用到"]);
}

/// Figures of a quarter for the sample's template, as TOML.
fn quarter(letters: &[u32], units: &[(u32, u32, u32)]) -> String {
    let mut text = String::from(
        "\"机关\" = \"桐浦县人民政府办公室\"\n\"期间\" = \"2024年第三季度\"\n\"上期名\" = \"上季度\"\n\"文号\" = 44\n\
         \"成文日期\" = 2024-10-16\n\"整改期限\" = 2024-11-15\n[\"来信\"]\ncolumns = [\"类别\", \"件数\"]\nrows = [",
    );
    for (name, n) in ["咨询类", "求助类", "投诉类", "建议类", "其他类"].iter().zip(letters) {
        let _ = write!(text, "[\"{name}\", {n}], ");
    }
    text += "]\n[\"办理\"]\ncolumns = [\"单位\", \"转办\", \"办结\", \"满意度\"]\nrows = [";
    for (name, (sent, closed, rate)) in ["县住建局", "县人社局", "县水务局", "河湾镇", "石桥镇"]
        .iter()
        .zip(units)
    {
        let _ = write!(
            text,
            "[\"{name}\", {sent}, {closed}, \"{}.{}%\"], ",
            80 + rate / 10,
            rate % 10
        );
    }
    text + "]\n"
}

/// Letters by kind, and what the units made of them: as many in all.
fn any_quarter() -> impl Strategy<Value = String> {
    (
        prop::collection::vec(1u32..900, 2..=5),
        prop::collection::vec((1u32..100, 0u32..=100, 0u32..200), 2..=5),
    )
        .prop_map(|(letters, weights)| {
            let total: u32 = letters.iter().sum();
            let weight: u32 = weights.iter().map(|(weight, ..)| weight).sum();
            let mut left = total;
            let last = weights.len() - 1;
            let units: Vec<(u32, u32, u32)> = weights
                .iter()
                .enumerate()
                .map(|(idx, (w, part, rate))| {
                    let sent = if idx == last { left } else { total * w / weight };
                    left -= sent;
                    (sent, sent * part / 100, *rate)
                })
                .collect();
            quarter(&letters, &units)
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_figures_what_is_composed_has_no_error(now in any_quarter(), before in any_quarter()) {
        let template = Template::parse(&sample("mailbox.toml")).unwrap();
        let (now, before) = (Data::from_toml(&now).unwrap(), Data::from_toml(&before).unwrap());
        let composed = filled(&template, Some(&now), Some(&before));
        let done = audited(&composed);
        let errors: Vec<&str> = done.object.findings.iter()
            .filter(|finding| finding.severity == Severity::Error)
            .map(|finding| finding.message.as_str())
            .collect();
        prop_assert!(errors.is_empty(), "{errors:?}\n{}", done.document.text);
        let unfilled = done.document.text.contains(['{', '}']);
        prop_assert!(!unfilled);
    }
}
