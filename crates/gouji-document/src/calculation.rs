use crate::Span;

/// What the formula of a workbook's cell gives, computed anew from the cells that it names.
///
/// Cells that it names count with the value that the file stores for them, before their number format, so that a stale
/// figure shows in the one formula that is stale and not in all that build on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calculation {
    /// What it does with its terms.
    pub operation: Operation,
    /// Its terms, in the order of the formula.
    pub terms: Vec<Term>,
    /// The result that is shown, before its number format: the one that the file stores, or, if it stores none, the one computed.
    pub stored: Exact,
    /// The result computed.
    pub result: Exact,
}

/// What a formula does with its terms, at its outermost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// a + b + …
    Sum,
    /// a − b − …
    Difference,
    /// scale × a ÷ (b + c + …)
    Quotient {
        /// The factor that the formula itself brings: 1, 100 or 1000.
        scale: u32,
    },
    /// (a − b) ÷ b
    Growth,
    /// Sum ÷ number; the terms are these two.
    Mean,
    /// A cell that repeats another.
    Same,
}

/// A term of a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Its value, before any number format.
    pub value: Exact,
    /// The characters of its cell; `None` if it is computed, or its cell shows nothing.
    pub span: Option<Span>,
}

/// An exact number: a numerator over a positive denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exact {
    /// The numerator.
    pub num: i128,
    /// The denominator, positive.
    pub den: i128,
}
