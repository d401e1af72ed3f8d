//! One self-contained page for people: summary, filter, each finding on its source text.
//!
//! The page needs no other file and no network, and can be read without its script, which only filters. Text of documents
//! is always escaped; a content security policy names the page's own style and script by their hashes, so that
//! nothing else could run even so. However large the archive, the page stays one that a browser opens: past a
//! budget of bytes, documents are listed without their findings, past another they are counted.

mod finding;
mod list;

use std::collections::BTreeMap;
use std::io::{self, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::text::{clipped, visible};
use crate::{AuditObject, Failure, Lang, RuleInfo, Severity, Totals, Verdict};
use list::List;

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// Bytes of markup for documents with their findings.
const FULL_BUDGET: usize = 24 << 20;
/// Findings shown of one document.
const MAX_FINDINGS: usize = 200;
/// Warnings of a document's reader in full.
const MAX_WARNINGS: usize = 10;
/// Documents that stand open at first.
const OPEN_DOCUMENTS: usize = 20;
/// Failures that are shown without a click.
const OPEN_FAILURES: usize = 6;
/// Rules in the summary and in the filter.
const MAX_RULES: usize = 300;
/// Characters of a path or title.
const MAX_NAME: usize = 300;

/// Builds the page, one document at a time.
#[derive(Debug)]
pub struct HtmlReport {
    lang: Lang,
    titles: BTreeMap<String, String>,
    totals: Totals,
    /// Findings and documents by rule, the gravest severity first.
    rules: BTreeMap<(std::cmp::Reverse<Severity>, String), (usize, usize)>,
    full: String,
    n_full: usize,
    brief: List,
    clean: List,
    failed: List,
    unsupported: List,
    own: List,
}

/// The cause of a file that was passed over, as `failures.jsonl` names it.
const UNSUPPORTED: &str = "unsupported";
/// The same of a folder of this program's own output.
const OWN_OUTPUT: &str = "own-output";

impl HtmlReport {
    /// An empty page; `rules` give the titles of those that occur.
    #[must_use]
    pub fn new(lang: Lang, rules: &[RuleInfo]) -> Self {
        Self {
            lang,
            titles: rules
                .iter()
                .map(|r| (r.name.clone(), r.title(lang).to_owned()))
                .collect(),
            totals: Totals::default(),
            rules: BTreeMap::new(),
            full: String::new(),
            n_full: 0,
            brief: List::default(),
            clean: List::default(),
            failed: List::default(),
            unsupported: List::default(),
            own: List::default(),
        }
    }

    /// Adds a document.
    pub fn push(&mut self, object: &AuditObject) {
        self.totals.add(object);
        let mut here: BTreeMap<(std::cmp::Reverse<Severity>, &str), usize> = BTreeMap::new();
        for f in &object.findings {
            *here.entry((std::cmp::Reverse(f.severity), &f.rule)).or_default() += 1;
        }
        for ((severity, rule), n) in here {
            let slot = self.rules.entry((severity, rule.to_owned())).or_default();
            *slot = (slot.0 + n, slot.1 + 1);
        }
        if object.findings.is_empty() {
            self.clean.push(self.row(object));
            return;
        }
        let markup = self.document(object);
        if self.full.len() + markup.0.len() > FULL_BUDGET {
            self.brief.push(self.row(object));
        } else {
            self.full.push_str(&markup.0);
            self.n_full += 1;
        }
    }

    /// Adds a document that could not be read, a file that no reader takes, or a folder of this program's own output.
    pub fn push_failure(&mut self, failure: &Failure) {
        let row = html! {
            tr { td { (name(&failure.path)) } td { (name(&failure.reason)) } }
        };
        match failure.cause.as_str() {
            UNSUPPORTED => self.unsupported.push(row),
            OWN_OUTPUT => self.own.push(row),
            _ => {
                self.totals.failures += 1;
                self.failed.push(row);
            }
        }
    }

    /// Writes the page.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write_to(self, writer: &mut impl Write) -> io::Result<()> {
        // The head and the tail are small; the middle is written as it was kept.
        writer.write_all(self.head().0.as_bytes())?;
        writer.write_all(self.full.as_bytes())?;
        writer.write_all(self.tail().0.as_bytes())
    }

    /// The page as a string.
    #[must_use]
    pub fn finish(self) -> String {
        let (head, tail) = (self.head().0, self.tail().0);
        let mut out = self.full;
        out.insert_str(0, &head);
        out.push_str(&tail);
        out
    }

    fn t<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        self.lang.pick(zh, en)
    }

    fn head(&self) -> Markup {
        let title = self.t("勾稽审核报告", "Audit of circulars");
        let policy = format!(
            "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
            source_hash(STYLE),
            source_hash(SCRIPT)
        );
        let lead = match self.lang {
            Lang::Zh => format!(
                "共 {} 份文档：{} 份有发现，{} 份无发现，{} 份无法读取。“无发现”不等于全部核对：见核对率。",
                self.totals.documents + self.totals.failures,
                self.totals.with_findings,
                self.totals.documents - self.totals.with_findings,
                self.totals.failures
            ),
            Lang::En => format!(
                "{} documents: {} with findings, {} without, {} not readable. No finding does not mean that all was checked: see the coverage.",
                self.totals.documents + self.totals.failures,
                self.totals.with_findings,
                self.totals.documents - self.totals.with_findings,
                self.totals.failures
            ),
        };
        html! {
            (DOCTYPE)
            (PreEscaped(format!("<html lang=\"{}\">", self.lang.tag())))
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            (PreEscaped("<body><div class=\"page\">"))
            header {
                h1 { (title) }
                p.lead {
                    (lead)
                    @if self.unsupported.len() > 0 { (self.not_taken()) }
                }
            }
            (self.cards())
            (self.failures(&self.failed, self.t("无法读取的文档", "Documents that could not be read")))
            (self.failures(&self.unsupported, self.t("格式不支持、未审核的文件", "Files of kinds that are not read")))
            (self.failures(&self.own, self.t("本程序此前写出、未再审核的文件夹", "Folders of files that gouji wrote before")))
            (self.rule_table())
            (self.filters())
            @if self.n_full > 0 { h2 { (self.t("有发现的文档", "Documents with findings")) } }
            (PreEscaped("<main>"))
        }
    }

    fn tail(&self) -> Markup {
        html! {
            (PreEscaped("</main>"))
            (self.list(&self.brief, self.t("其余有发现的文档（明细见 findings.xlsx 或 gouji.sqlite）",
                "More documents with findings (for which see findings.xlsx or gouji.sqlite)")))
            (self.list(&self.clean, self.t("无发现的文档", "Documents without findings")))
            footer {
                p { (self.t(
                    "“必错”“疑似”“提示”是把握的大小。程序只指出数字之间不能同时成立，不断定哪一个有误；“或可”是供参考的最小改动，从不自动改数。",
                    "Error, warning and note say how sure the program is. It says which figures cannot all be right, never which of them is wrong; what stands behind “perhaps” is the smallest change that would make them agree, and is never applied.")) }
                p { "gouji " (env!("CARGO_PKG_VERSION")) }
            }
            (PreEscaped("</div>"))
            script { (PreEscaped(SCRIPT)) }
            (PreEscaped("</body></html>\n"))
        }
    }

    fn cards(&self) -> Markup {
        let totals = &self.totals;
        let verdicts = [
            Verdict::Holds,
            Verdict::Rounding,
            Verdict::Broken,
            Verdict::Infeasible,
            Verdict::Undecided,
        ];
        html! {
            section.cards aria-label=(self.t("概要", "Summary")) {
                div.card { b { (totals.documents) } span { (self.t("份文档已审核", "documents audited")) } }
                @for severity in Severity::ALL {
                    div class={ "card " (severity.name()) } {
                        b { (totals.findings_of(severity)) }
                        span { (severity.word(self.lang)) }
                    }
                }
                div.card {
                    b { (percent(totals.checked, totals.checkable)) }
                    span { (self.t("核对率", "coverage")) " " (totals.checked) "/" (totals.checkable) " " (self.t("个数字", "figures")) }
                }
            }
            @if totals.n_relations() > 0 {
                div.card.wide {
                    span { (self.t("勾稽关系", "Relations")) " " (totals.n_relations()) }
                    (bar(&verdicts.map(|v| (v.name(), totals.relations_of(v)))))
                    div.legend {
                        @for v in verdicts {
                            span { i class=(v.name()) {} (self.t(v.words().0, v.words().1)) " " (totals.relations_of(v)) }
                        }
                    }
                }
            }
        }
    }

    fn not_taken(&self) -> String {
        let n = self.unsupported.len();
        match self.lang {
            Lang::Zh => format!("另有 {n} 个文件格式不支持，未审核。"),
            Lang::En if n == 1 => " One more file is of a kind that is not read.".to_owned(),
            Lang::En => format!(" Another {n} files are of kinds that are not read."),
        }
    }

    fn failures(&self, of: &List, title: &str) -> Markup {
        html! {
            @if of.len() > 0 {
                details.rest open[of.len() <= OPEN_FAILURES] {
                    summary { h2 { (title) " " (of.len()) } }
                    div.scroll { table.list {
                        thead { tr { th { (self.t("文件", "file")) } th { (self.t("原因", "reason")) } } }
                        tbody { (PreEscaped(&of.rows)) }
                    } }
                    (self.omitted(of))
                }
            }
        }
    }

    fn rule_table(&self) -> Markup {
        html! {
            @if !self.rules.is_empty() {
                h2 { (self.t("发现的种类", "Findings by rule")) }
                div.scroll { table.list.rules {
                    thead { tr {
                        th { (self.t("把握", "severity")) } th { (self.t("规则", "rule")) } th { (self.t("说明", "what it finds")) }
                        th.num { (self.t("发现", "findings")) } th.num { (self.t("文档", "documents")) }
                    } }
                    tbody { @for ((severity, rule), (n, documents)) in self.rules.iter().take(MAX_RULES) { tr {
                        td { (badge(severity.0, self.lang)) }
                        td { button type="button" data-rule=(rule) { code { (name(rule)) } } }
                        td { (self.titles.get(rule).map_or("", String::as_str)) }
                        td.num { (n) } td.num { (documents) }
                    } } }
                } }
            }
        }
    }

    fn filters(&self) -> Markup {
        let mut names: Vec<&str> = self.rules.keys().map(|(_, rule)| rule.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        html! {
            div.filters #filters hidden role="search" {
                input #text type="search" placeholder=(self.t("在发现中查找：单位、数字、文件名", "find: a unit, a figure, a file name"))
                    aria-label=(self.t("查找", "find"));
                @for severity in Severity::ALL {
                    label { input type="checkbox" value=(severity.name()) checked; " " (severity.word(self.lang)) }
                }
                select #rule aria-label=(self.t("规则", "rule")) {
                    option value="" { (self.t("所有规则", "all rules")) }
                    @for rule in names.into_iter().take(MAX_RULES) {
                        option value=(rule) { (name(rule)) " " (self.titles.get(rule).map_or("", |title| title.trim_end_matches(['。', '.']))) }
                    }
                }
                button #unfold type="button" { (self.t("全部展开", "unfold all")) }
                button #fold type="button" { (self.t("全部收起", "fold all")) }
                span.soft #shown aria-live="polite" {}
            }
        }
    }

    fn list(&self, list: &List, heading: &str) -> Markup {
        html! {
            @if list.len() > 0 {
                details.rest {
                    summary { h2 { (heading) " " (list.len()) } }
                    div.scroll { table.list {
                        thead { tr {
                            th { (self.t("文件", "file")) } th { (self.t("标题", "title")) }
                            th.num { (self.t("发现", "findings")) } th.num { (self.t("核对数字", "figures checked")) }
                            th.num { (self.t("关系", "relations")) }
                        } }
                        tbody { (PreEscaped(&list.rows)) }
                    } }
                    (self.omitted(list))
                }
            }
        }
    }

    fn omitted(&self, list: &List) -> Markup {
        html! {
            @if list.omitted > 0 {
                p.soft { (self.t("另有", "and")) " " (list.omitted) " " (self.t("份未列出", "more, not listed")) }
            }
        }
    }

    fn row(&self, object: &AuditObject) -> Markup {
        html! { tr {
            td { (name(&object.source.path)) }
            td { (name(object.circular.meta.title.as_deref().unwrap_or(""))) }
            td.num { (object.findings.len()) }
            td.num { (object.coverage.checked) "/" (object.coverage.checkable) }
            td.num { (object.relations.len()) }
        } }
    }

    fn document(&self, object: &AuditObject) -> Markup {
        let totals = Totals::of(object);
        let title = object.circular.meta.title.as_deref();
        let more = object.findings.len().saturating_sub(MAX_FINDINGS);
        html! {
            details.doc open[self.n_full < OPEN_DOCUMENTS] {
                summary {
                    span.title lang="zh" { (name(title.unwrap_or(&object.source.path))) }
                    @for severity in Severity::ALL {
                        @if totals.findings_of(severity) > 0 {
                            span class={ "sev " (severity.name()) } { (severity.word(self.lang)) " " (totals.findings_of(severity)) }
                        }
                    }
                    span.path {
                        // Without a title its name stands above.
                        @if title.is_some() { (name(&object.source.path)) " · " }
                        (self.t("核对数字", "figures checked")) " "
                        (object.coverage.checked) "/" (object.coverage.checkable) }
                }
                div.inside {
                    @for warning in object.warnings.iter().take(MAX_WARNINGS) {
                        p.soft { (self.t("读取时：", "reading: ")) (name(&warning.place)) " "
                            (name(self.t(&warning.message, &warning.message_en))) }
                    }
                    @if object.warnings.len() > MAX_WARNINGS {
                        p.soft { (self.t("读取时：另有", "reading: ")) (object.warnings.len() - MAX_WARNINGS) (self.t("条提示未列出", " more warnings")) }
                    }
                    ol.findings { @for f in object.findings.iter().take(MAX_FINDINGS) { (finding::finding(f, self.lang)) } }
                    @if more > 0 { p.soft { (self.t("另有", "and")) " " (more) " " (self.t("处发现未列出", "more findings")) } }
                    (finding::checks(object, self.lang))
                }
            }
        }
    }
}

/// A severity as a label.
fn badge(severity: Severity, lang: Lang) -> Markup {
    html! { span class={ "sev " (severity.name()) } { (severity.word(lang)) } }
}

/// A name or sentence of unknown length, fit to be shown.
fn name(text: &str) -> String {
    visible(&clipped(text, MAX_NAME)).into_owned()
}

/// Parts of a whole as a bar. An inline style would break the page's own policy, so it is a drawing.
fn bar(parts: &[(&str, usize)]) -> Markup {
    let whole = parts.iter().map(|(_, n)| *n as u128).sum::<u128>().max(1);
    let mut sum = 0_u128;
    let pieces: Vec<(&str, u128, u128)> = parts
        .iter()
        .map(|(class, n)| {
            let from = sum * 1000 / whole;
            sum += *n as u128;
            (*class, from, sum * 1000 / whole)
        })
        .collect();
    html! {
        svg.bar viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" {
            @for (class, from, to) in pieces {
                @if to > from { rect class=(class) x=(from) y="0" width=(to - from) height="10" {} }
            }
        }
    }
}

/// Whole percent, cut off so that only all is 100.
fn percent(part: usize, whole: usize) -> String {
    match (part as u128 * 100).checked_div(whole as u128) {
        None => "–".to_owned(),
        Some(n) => format!("{n}%"),
    }
}

/// The hash by which a content security policy names an inline style or script.
fn source_hash(text: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digest = Sha256::digest(text.as_bytes());
    let mut out = String::from("sha256-");
    for chunk in digest.chunks(3) {
        let bits = chunk
            .iter()
            .enumerate()
            .fold(0_u32, |n, (i, b)| n | u32::from(*b) << (16 - 8 * i));
        for nth in 0..4 {
            if nth <= chunk.len() {
                let six = (bits >> (18 - 6 * nth) & 63) as usize;
                out.push(char::from(ALPHABET[six]));
            } else {
                out.push('=');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::list::LIST_BUDGET;
    use super::*;
    use crate::sample;

    fn page(lang: Lang, objects: &[AuditObject]) -> String {
        let rules = [RuleInfo {
            name: "sum-parts".into(),
            title_zh: "其中各项之和与合计不符".into(),
            title_en: "parts do not add to the total".into(),
            severity: Severity::Error,
            help: String::new(),
        }];
        let mut report = HtmlReport::new(lang, &rules);
        for object in objects {
            report.push(object);
        }
        report.push_failure(&Failure {
            path: "坏<b>.docx".into(),
            cause: "unreadable".into(),
            reason: "not a package & no text".into(),
        });
        report.finish()
    }

    #[test]
    fn the_sample_as_a_page() {
        let page = page(Lang::Zh, &[sample::object()]);
        let body = page.split_once("<body>").expect("a body").1;
        // One element a line, so that a change shows where it is.
        insta::assert_snapshot!(body.split_once("<script>").expect("a script").0.replace("><", ">\n<"));
    }

    #[test]
    fn only_what_was_computed_is_called_so() {
        let mut object = sample::object();
        object.findings.truncate(1);
        let shown = |f: (&str, &str, &str)| {
            let mut object = object.clone();
            let finding = &mut object.findings[0];
            (finding.stated, finding.expected) = (Some(f.0.into()), Some(f.1.into()));
            finding.working = f.2.into();
            page(Lang::Zh, &[object]).contains("算得")
        };
        assert!(shown(("1,200万元", "1,210万元", "700＋510＝1,210万元")));
        // A title beside another, and shares that should give a whole.
        assert!(!shown(("整改反馈表", "自查情况登记表", "")));
        assert!(!shown(("100%", "100%", "74.2＋23.8＝98.0%")));
    }

    #[test]
    fn what_no_reader_takes_is_no_document_that_failed() {
        let mut report = HtmlReport::new(Lang::Zh, &[]);
        for (path, cause) in [("甲.docx", "unreadable"), ("乙.pdf", UNSUPPORTED), ("副本", OWN_OUTPUT)] {
            report.push_failure(&Failure {
                path: path.into(),
                cause: cause.into(),
                reason: String::new(),
            });
        }
        let page = report.finish();
        assert!(page.contains("共 1 份文档") && page.contains("1 份无法读取"), "{page}");
        assert!(
            page.contains("另有 1 个文件格式不支持") && page.contains("乙.pdf"),
            "{page}"
        );
        assert!(page.contains("未再审核的文件夹 1"), "{page}");
    }

    #[test]
    fn text_of_a_document_is_never_markup() {
        let mut object = sample::object();
        let evil = "\"><script>alert(1)</script><img src=x onerror=y>'";
        object.source.path = evil.into();
        object.circular.meta.title = Some(evil.into());
        object.findings[0].rule = evil.into();
        object.findings[0].message = evil.into();
        object.findings[0].working = evil.into();
        object.findings[0].repairs[0].to = evil.into();
        object.relations[0].quote = evil.into();
        object.relations[0].operands[0] = evil.into();
        let page = page(Lang::Zh, &[object]);
        assert_eq!(page.matches("<script>").count(), 1, "only the page's own");
        assert!(!page.contains("<img") && !page.contains("<b>.docx"));
        assert!(page.contains("坏&lt;b&gt;.docx") && page.contains("no text"));
    }

    #[test]
    fn the_page_refers_to_nothing_outside() {
        let page = page(Lang::En, &[sample::object()]);
        for outside in [
            "http://",
            "https://",
            "src=\"",
            "href=",
            "url(",
            "@import",
            " style=\"",
            " onclick",
        ] {
            assert!(!page.contains(outside), "{outside}");
        }
        assert!(page.contains("parts do not add to the total"));
    }

    #[test]
    fn the_policy_names_the_style_and_the_script_that_stand_in_the_page() {
        // Digest of the empty text, as published with the standard, in base 64.
        assert_eq!(source_hash(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        let page = page(Lang::Zh, &[sample::object()]);
        for (open, close) in [("<style>", "</style>"), ("<script>", "</script>")] {
            let inner = page
                .split_once(open)
                .and_then(|(_, rest)| rest.split_once(close))
                .expect("an element")
                .0;
            assert!(page.contains(&source_hash(inner)), "{open}");
        }
    }

    #[test]
    fn an_archive_of_thousands_stays_a_page() {
        let mut huge = sample::object();
        huge.findings = vec![huge.findings[0].clone(); 5000];
        huge.relations = vec![huge.relations[0].clone(); 5000];
        let mut report = HtmlReport::new(Lang::Zh, &[]);
        for _ in 0..200 {
            report.push(&huge);
        }
        let mut clean = sample::object();
        clean.findings.clear();
        for _ in 0..16_000 {
            report.push(&clean);
        }
        let page = report.finish();
        assert!(page.len() < FULL_BUDGET + 4 * LIST_BUDGET, "{} bytes", page.len());
        assert!(page.contains("共 16200 份文档：200 份有发现，16000 份无发现"));
        assert!(page.contains("另有 4800 处发现未列出") && page.contains("份未列出"));
        assert!(page.contains("其余有发现的文档"));
    }

    #[test]
    fn warnings_that_are_left_out_are_counted() {
        let mut object = sample::object();
        object.warnings = vec![object.warnings[0].clone(); MAX_WARNINGS + 3];
        assert!(page(Lang::Zh, &[object.clone()]).contains("读取时：另有3条提示未列出"));
        object.warnings.truncate(MAX_WARNINGS);
        assert!(!page(Lang::Zh, &[object]).contains("条提示未列出"));
    }

    #[test]
    fn writing_and_finishing_give_the_same_page() {
        let build = || {
            let mut report = HtmlReport::new(Lang::En, &[]);
            report.push(&sample::object());
            report
        };
        let mut written = Vec::new();
        build().write_to(&mut written).expect("a vector takes all");
        assert_eq!(String::from_utf8(written).expect("text"), build().finish());
    }
}
