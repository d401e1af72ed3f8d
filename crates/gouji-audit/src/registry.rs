//! The rules as data, for `gouji rules` and `gouji explain`.
//!
//! A rule is documented in its own file, by the doc comment of the module: the name, a title in English and one in Chinese,
//! then the sections of [`SECTIONS`], each with a paragraph in English and one in Chinese; examples are given once. This
//! module parses them, once.

use std::sync::LazyLock;

use crate::model::Severity;
use crate::rules;

/// The sections that each rule's doc comment has, in this order, with their Chinese names.
pub const SECTIONS: [(&str, &str); 6] = [
    ("What it checks", "检查内容"),
    ("Why it matters", "为何要查"),
    ("Example", "有问题的例子"),
    ("Correct", "正确的例子"),
    ("Not reported", "不报的情形"),
    ("Source", "依据"),
];

/// What is known of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleDoc {
    /// Its name, as findings carry it.
    pub name: &'static str,
    /// Its family: `sum`, `table`, `rate`, `count`, `same`, `date`, `part`, `archive`.
    pub family: &'static str,
    /// The gravest severity of its findings.
    pub severity: Severity,
    /// One line in Chinese.
    pub title_zh: &'static str,
    /// One line in English.
    pub title_en: &'static str,
    /// The sections, in the order of [`SECTIONS`].
    pub doc: Vec<Section>,
}

/// One section of a rule's documentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its heading in Chinese.
    pub heading_zh: &'static str,
    /// Its heading in English.
    pub heading_en: &'static str,
    /// Its text in Chinese.
    pub zh: String,
    /// Its text in English; the same as the Chinese for examples.
    pub en: String,
}

impl RuleDoc {
    /// The whole page in Chinese, as plain text.
    #[must_use]
    pub fn page_zh(&self) -> String {
        self.page(self.title_zh, |s| (s.heading_zh, &s.zh))
    }

    /// The whole page in English, as plain text.
    #[must_use]
    pub fn page_en(&self) -> String {
        self.page(self.title_en, |s| (s.heading_en, &s.en))
    }

    fn page<'s>(&'s self, title: &str, pick: impl Fn(&'s Section) -> (&'s str, &'s String)) -> String {
        let mut out = format!("{} [{}] {title}\n", self.name, self.severity.name());
        for section in &self.doc {
            let (heading, text) = pick(section);
            out.push_str(&format!("\n{heading}\n  {}\n", text.replace('\n', "\n  ")));
        }
        out
    }
}

/// All rules, in the order of the catalogue.
#[must_use]
pub fn registry() -> &'static [RuleDoc] {
    static RULES: LazyLock<Vec<RuleDoc>> = LazyLock::new(|| rules::ALL.iter().map(parse).collect());
    &RULES
}

/// Parses the doc comment at the head of a rule's file.
fn parse(rule: &rules::Rule) -> RuleDoc {
    let mut titles: Vec<&'static str> = Vec::new();
    let mut doc: Vec<Section> = Vec::new();
    // Paragraphs of the open section: 0 before the first, 1 for English, 2 for Chinese.
    let (mut paragraph, mut parted) = (0, true);
    for line in rule
        .doc
        .lines()
        .map_while(|line| line.strip_prefix("//!"))
        .map(str::trim)
    {
        if let Some(heading) = line.strip_prefix("## ") {
            if let Some((en, zh)) = SECTIONS.iter().find(|(en, _)| *en == heading) {
                doc.push(Section {
                    heading_zh: zh,
                    heading_en: en,
                    zh: String::new(),
                    en: String::new(),
                });
            }
            (paragraph, parted) = (0, true);
            continue;
        }
        if line.is_empty() || line.starts_with("# ") {
            parted = true;
            continue;
        }
        let Some(section) = doc.last_mut() else {
            titles.push(line);
            continue;
        };
        paragraph += i32::from(parted);
        parted = false;
        let shared = matches!(section.heading_en, "Example" | "Correct");
        if shared || paragraph == 1 {
            if !section.en.is_empty() {
                section.en.push(' ');
            }
            section.en.push_str(line);
        }
        if shared || paragraph == 2 {
            section.zh.push_str(line);
        }
    }
    let mut titles = titles.into_iter();
    RuleDoc {
        name: rule.name,
        family: rule.family,
        severity: rule.severity,
        title_en: titles.next().unwrap_or(""),
        title_zh: titles.next().unwrap_or(""),
        doc,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    fn is_chinese(text: &str) -> bool {
        text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    }

    #[test]
    fn every_rule_file_is_listed_in_its_family() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
        let mut files = BTreeSet::new();
        for family in std::fs::read_dir(root)
            .expect("the folder")
            .map(|e| e.expect("an entry").path())
        {
            if !family.is_dir() {
                continue;
            }
            for file in std::fs::read_dir(&family)
                .expect("a family")
                .map(|e| e.expect("an entry").path())
            {
                let stem = file.file_stem().expect("a name").to_string_lossy().replace('_', "-");
                if stem != "mod" {
                    let family = family.file_name().expect("a name").to_string_lossy().into_owned();
                    assert!(files.insert((family, stem.clone())), "{stem}");
                }
            }
        }
        let listed: BTreeSet<(String, String)> = rules::ALL
            .iter()
            .map(|r| (r.family.to_owned(), r.name.to_owned()))
            .collect();
        assert_eq!(listed.len(), rules::ALL.len(), "a name is listed twice");
        assert_eq!(files, listed);
    }

    #[test]
    fn every_rule_is_documented_in_both_languages() {
        for (rule, parsed) in rules::ALL.iter().zip(registry()) {
            let name = rule.name;
            assert_eq!(
                rule.doc.lines().next(),
                Some(format!("//! # {name}").as_str()),
                "{name}"
            );
            assert!(parsed.title_en.ends_with('.'), "{name}: English title");
            assert!(
                parsed.title_zh.ends_with('。') && is_chinese(parsed.title_zh),
                "{name}: Chinese title"
            );
            let headings: Vec<&str> = parsed.doc.iter().map(|s| s.heading_en).collect();
            assert_eq!(headings, SECTIONS.map(|(en, _)| en), "{name}");
            for section in &parsed.doc {
                assert!(!section.en.is_empty(), "{name}: {} in English", section.heading_en);
                if !matches!(section.heading_en, "Example" | "Correct") {
                    assert!(section.en.ends_with('.'), "{name}: {} in English", section.heading_en);
                    assert!(
                        section.zh.ends_with('。') && is_chinese(&section.zh),
                        "{name}: {} in Chinese",
                        section.heading_en
                    );
                }
            }
        }
    }

    #[test]
    fn every_rule_has_a_firing_a_silent_and_a_near_miss_test() {
        for rule in rules::ALL {
            let tests = rule.doc.split("#[cfg(test)]").nth(1).unwrap_or("");
            for kind in ["fn fires", "fn silent", "fn near_miss"] {
                assert!(tests.contains(kind), "{}: no test named {kind}…", rule.name);
            }
        }
    }

    #[test]
    fn a_page_reads_in_either_language() {
        let rule = registry().iter().find(|r| r.name == "sum-parts").expect("listed");
        assert!(rule.page_zh().contains("检查内容"));
        assert!(rule.page_en().starts_with("sum-parts [error] "));
        assert!(!rule.page_en().contains("检查内容"));
    }
}
