use gouji_audit::Finding;
use gouji_document::Warning;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::names;
use crate::excerpt::{self, Excerpt};
use crate::place::Locator;
use crate::{Lang, Position};

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// 提示
    Note,
    /// 疑似
    Warning,
    /// 必错
    Error,
}

impl From<gouji_audit::Severity> for Severity {
    fn from(severity: gouji_audit::Severity) -> Self {
        match severity {
            gouji_audit::Severity::Note => Self::Note,
            gouji_audit::Severity::Warning => Self::Warning,
            gouji_audit::Severity::Error => Self::Error,
        }
    }
}

impl Severity {
    /// All, the gravest first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Note];

    /// The name used in records.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// In words.
    #[must_use]
    pub fn word(self, lang: Lang) -> &'static str {
        match self {
            Self::Note => lang.pick("提示", "note"),
            Self::Warning => lang.pick("疑似", "warning"),
            Self::Error => lang.pick("必错", "error"),
        }
    }
}

/// Something that a person should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FindingRecord {
    /// The rule's name.
    pub rule: String,
    /// How grave.
    pub severity: Severity,
    /// One Chinese sentence.
    pub message: String,
    /// Exact source text that shows the matter.
    pub quote: String,
    /// What is printed.
    pub stated: Option<String>,
    /// What the other figures give.
    pub expected: Option<String>,
    /// The message in English.
    #[serde(default)]
    pub message_en: String,
    /// Where it stands, in words: `第3段`, `附件1表第5行第2列`, `Sheet1!C7`.
    #[serde(default)]
    pub place: String,
    /// Where it stands.
    #[serde(default)]
    pub position: Position,
    /// First and end character of the figure in question in the source text.
    #[serde(default)]
    pub span: [usize; 2],
    /// First and end character of the figures that it rests on, in source order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<[usize; 2]>,
    /// The sum itself: `（543－9）÷543＝98.34%`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub working: String,
    /// Smallest changes that would make everything hold, best first; suggestions, never applied.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repairs: Vec<RepairRecord>,
    /// Index into the audit object's `relations`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<usize>,
    /// The source around the figures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excerpts: Vec<Excerpt>,
}

/// A suggested change of one figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RepairRecord {
    /// As printed.
    pub from: String,
    /// As it would have to be.
    pub to: String,
    /// `digit-slip`, `swapped`, `digit-count`, `copied-neighbour`, `plugged`, `double-deduction` or `other`.
    pub cause: String,
    /// Where the figure stands, in words.
    #[serde(default)]
    pub place: String,
    /// First and end character of the figure in the source text.
    #[serde(default)]
    pub span: [usize; 2],
}

impl RepairRecord {
    /// In words: `“9%”改为“10%”（一位数字之差）`.
    #[must_use]
    pub fn describe(&self, lang: Lang) -> String {
        let (zh, en) = names::cause_words(&self.cause);
        let why = lang.pick(zh, en);
        match (lang, why.is_empty()) {
            (Lang::Zh, true) => format!("“{}”改为“{}”", self.from, self.to),
            (Lang::Zh, false) => format!("“{}”改为“{}”（{why}）", self.from, self.to),
            (Lang::En, true) => format!("“{}” → “{}”", self.from, self.to),
            (Lang::En, false) => format!("“{}” → “{}” ({why})", self.from, self.to),
        }
    }
}

/// What a reader had to skip or guess.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WarningRecord {
    /// Its name: `part-skipped`.
    pub kind: String,
    /// The part, sheet or line.
    pub place: String,
    /// In Chinese.
    pub message: String,
    /// In English.
    #[serde(default)]
    pub message_en: String,
    /// First and end character in the source text, if it has a place there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<[usize; 2]>,
}

impl FindingRecord {
    /// The first `most` repairs as people are told them: a change that two figures have in common is told once.
    #[must_use]
    pub fn told_repairs(&self, most: usize) -> Vec<&RepairRecord> {
        let mut told: Vec<&RepairRecord> = Vec::new();
        for repair in &self.repairs {
            if told.len() == most {
                break;
            }
            if !told.iter().any(|t| (&t.from, &t.to) == (&repair.from, &repair.to)) {
                told.push(repair);
            }
        }
        told
    }

    pub(super) fn new(locator: &Locator<'_>, finding: &Finding) -> Self {
        let position = locator.position(finding.at);
        Self {
            rule: finding.rule.to_owned(),
            severity: finding.severity.into(),
            message: finding.message.zh.clone(),
            quote: locator.quote(finding.quote).to_owned(),
            stated: finding.stated.clone(),
            expected: finding.expected.clone(),
            message_en: finding.message.en.clone(),
            place: position.describe(Lang::Zh),
            position,
            span: locator.char_span(finding.at),
            related: finding.related.iter().map(|s| locator.char_span(*s)).collect(),
            working: finding.working.clone(),
            repairs: finding
                .repairs
                .iter()
                .map(|repair| RepairRecord {
                    from: repair.from.clone(),
                    to: repair.to.clone(),
                    cause: names::cause(repair.cause).to_owned(),
                    place: locator.position(repair.at).describe(Lang::Zh),
                    span: locator.char_span(repair.at),
                })
                .collect(),
            relation: finding.relation,
            excerpts: excerpt::excerpts(locator, finding.at, &finding.related),
        }
    }

    /// The message in one of the languages.
    #[must_use]
    pub fn message_in(&self, lang: Lang) -> &str {
        if self.message_en.is_empty() {
            return &self.message;
        }
        lang.pick(&self.message, &self.message_en)
    }
}

impl WarningRecord {
    pub(super) fn new(locator: &Locator<'_>, warning: &Warning) -> Self {
        let (kind, message, message_en) = names::warning(&warning.kind);
        Self {
            kind: kind.to_owned(),
            place: warning.place.clone(),
            message,
            message_en,
            span: warning.span.map(|s| locator.char_span(s)),
        }
    }
}
