use crate::{Lang, Severity};

/// What a report says about a rule beside its findings; the registry of rules is the audit's, the caller maps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleInfo {
    /// Its name, as in findings.
    pub name: String,
    /// What it finds, in a few Chinese words.
    pub title_zh: String,
    /// What it finds, in a few English words.
    pub title_en: String,
    /// The severity of most of its findings.
    pub severity: Severity,
    /// What it checks and why, as plain text or Markdown.
    pub help: String,
}

impl RuleInfo {
    /// The title in one of the languages.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &str {
        lang.pick(&self.title_zh, &self.title_en)
    }
}
