use crate::Span;

/// A value, with what the reader had to skip or guess to get it.
#[must_use]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed<T> {
    /// What was read.
    pub value: T,
    /// In document order.
    pub warnings: Vec<Warning>,
}

/// Something a reader could not take as it stood; reading went on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// What happened.
    pub kind: WarningKind,
    /// The package part, sheet or line it happened in, as a person would name it.
    pub place: String,
    /// Where in the source text, if it has a place there.
    pub span: Option<Span>,
}

/// What a reader warned of.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum WarningKind {
    /// Bytes that are not text in the detected encoding were replaced.
    UndecodableBytes {
        /// The encoding's name.
        encoding: &'static str,
    },
    /// The file's name says another format than its content.
    WrongExtension {
        /// What the content is.
        actual: &'static str,
    },
    /// A part of the package could not be read and was left out.
    PartSkipped {
        /// Why, in English.
        reason: String,
    },
    /// A limit was reached and the rest left out.
    LimitReached {
        /// What was limited.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// A number format that this program does not know; the plain value is shown.
    UnknownNumberFormat {
        /// The format code.
        code: String,
    },
    /// A formula that was saved without its result and cannot be computed.
    FormulaWithoutValue,
    /// Embedded content that is not followed.
    EmbeddedContent {
        /// What it is.
        what: &'static str,
    },
}
