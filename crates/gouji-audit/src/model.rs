use std::collections::BTreeMap;

use gouji_document::Span;
use gouji_ledger::FigureClass;

/// What the audit of one circular found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audit {
    /// One judgement for each relation of the ledger, in its order.
    pub judgements: Vec<Judgement>,
    /// Findings, ordered by place, then severity, then rule.
    pub findings: Vec<Finding>,
    /// How much was looked at.
    pub coverage: Coverage,
}

/// The verdict on one relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Index into [`Ledger::relations`](gouji_ledger::Ledger::relations).
    pub relation: usize,
    /// The reading that the verdict is of: the best one that holds, or the first.
    pub reading: usize,
    /// The verdict.
    pub verdict: Verdict,
    /// What the figures give, at the precision printed.
    pub expected: Option<String>,
}

/// What an arithmetic check concluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Equal, or rounded half up.
    Holds,
    /// Only cutting off, rounding up or the rounding of the terms explains it.
    Rounding,
    /// It cannot be so.
    Broken,
    /// No whole number of cases gives this rate.
    Infeasible,
    /// It could not be decided: numbers too long, a base that is not known.
    Undecided,
}

impl Verdict {
    /// The name used in records.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Rounding => "rounding",
            Self::Broken => "broken",
            Self::Infeasible => "infeasible",
            Self::Undecided => "undecided",
        }
    }
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// 提示
    Note,
    /// 疑似
    Warning,
    /// 必错
    Error,
}

impl Severity {
    /// The name used in records.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Something that a person should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's name; a name is never reused.
    pub rule: &'static str,
    /// How grave.
    pub severity: Severity,
    /// What to look at first: the figure in question.
    pub at: Span,
    /// The other figures it rests on, in source order.
    pub related: Vec<Span>,
    /// The exact source text that shows the matter.
    pub quote: Span,
    /// One sentence, figures and units included.
    pub message: Message,
    /// The sum itself, so that anyone can redo it: `（400－8）÷400＝98.00%`. Empty where nothing is computed.
    pub working: String,
    /// What is printed.
    pub stated: Option<String>,
    /// What the other figures give.
    pub expected: Option<String>,
    /// Smallest changes that would make everything hold, best first; suggestions, never applied.
    pub repairs: Vec<Repair>,
    /// The relation it is about, as an index into the ledger's.
    pub relation: Option<usize>,
}

impl Finding {
    /// A finding about one place, without computation.
    pub(crate) fn plain(rule: &'static str, severity: Severity, at: Span, zh: String, en: String) -> Self {
        Self {
            rule,
            severity,
            at,
            related: Vec::new(),
            quote: at,
            message: Message { zh, en },
            working: String::new(),
            stated: None,
            expected: None,
            repairs: Vec::new(),
            relation: None,
        }
    }
}

/// A sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// A suggested change of one figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// The figure to change.
    pub at: Span,
    /// As printed.
    pub from: String,
    /// As it would have to be.
    pub to: String,
    /// The likely cause.
    pub cause: RepairCause,
}

/// Why a figure may have come to be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RepairCause {
    /// One digit differs.
    DigitSlip,
    /// Two digits are swapped.
    Swapped,
    /// A digit is missing or too many.
    DigitCount,
    /// It is a neighbouring figure.
    CopiedNeighbour,
    /// A share made to bring the sum to 100.
    Plugged,
    /// An exception was deducted twice.
    DoubleDeduction,
    /// None of these.
    Other,
}

/// How many figures were looked at: silence is not approval.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Quantities that a relation with a verdict refers to.
    pub checked: usize,
    /// Quantities of fact, and those that are checked.
    pub checkable: usize,
    /// The others, by class.
    pub exempt: BTreeMap<FigureClass, usize>,
    /// Quantities of fact that no relation with a verdict refers to, by class.
    pub unchecked: BTreeMap<FigureClass, usize>,
    /// Relations without a verdict.
    pub undecided: usize,
}
