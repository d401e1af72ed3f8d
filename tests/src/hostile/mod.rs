//! Documents that mean harm, made to measure: bombs, absurd sizes, absurd depth, lies about lengths.
//!
//! Each is a pure function of a [`Size`], so that the same set serves the tests (small enough for a debug build) and
//! the program `hostile`, which gives the full sizes to a release build and measures time and memory.

mod containers;
mod ledger;
mod pages;
mod texts;
mod words;
mod workbooks;

/// How large the documents are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// For tests in a debug build.
    Small,
    /// Absurd: larger than most limits allow.
    Full,
    /// So many times smaller, to find what the limits just allow.
    Part(usize),
}

impl Size {
    /// `full` for [`Size::Full`], for [`Size::Small`] one of `part`, at least 1.
    fn of(self, full: usize, part: usize) -> usize {
        match self {
            Self::Full => full,
            Self::Small => (full / part).max(1),
            Self::Part(times) => (full / times.max(1)).max(1),
        }
    }
}

/// What must become of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It has a record, with warnings perhaps; at full size it may be over a limit.
    Read,
    /// It is named among the failures.
    Refused,
    /// Either; what counts is that it ends.
    Ends,
}

/// One hostile document.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// Its file name.
    pub name: &'static str,
    /// What must become of it.
    pub outcome: Outcome,
    /// Its bytes.
    pub make: fn(Size) -> Vec<u8>,
}

/// A file that an external entity asks for; what it holds must be in no output.
pub const CANARY_FILE: &str = "canary";
/// What the canary file holds.
pub const CANARY: &str = "canary-c1f7";

/// All documents, by format.
#[must_use]
pub fn cases() -> Vec<Case> {
    [
        texts::CASES,
        ledger::CASES,
        words::CASES,
        workbooks::CASES,
        pages::CASES,
        containers::CASES,
    ]
    .concat()
}

/// `head`, `n` times what `piece` gives for 0, 1, …, and `tail`.
fn repeated(head: &str, n: usize, tail: &str, mut piece: impl FnMut(usize, &mut String)) -> String {
    let mut out = String::from(head);
    for i in 0..n {
        piece(i, &mut out);
    }
    out.push_str(tail);
    out
}

/// A different number for each `i`, of up to `digits` digits, in no order.
fn scattered(i: usize, digits: u32) -> usize {
    i.wrapping_mul(2_654_435_761) % 10_usize.pow(digits)
}
