//! Inputs made of samples by damage, and what must hold of the program whatever the damage.
//!
//! A case is a pure function of target, seed and number, so that a failure is found again from three words. Packages are
//! damaged inside their parts and packed again: damage to the zip alone would hardly ever get past its checksums. The
//! choice that was not obvious: no coverage-guided fuzzer. Those need a nightly toolchain or the network; a seeded
//! mutator over real documents runs wherever the tests run, and its run is the same everywhere.

mod bytes;
mod corpus;
mod markup;
mod package;
mod probe;
mod text;

use std::fmt;

pub use corpus::Corpus;
pub use probe::probe;

use crate::archive::SplitMix64;

/// Largest input made, in bytes: what a mutation multiplies must not make a target a test of size.
const MAX_INPUT: usize = 1 << 20;

/// What is fuzzed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Word documents, with a copy that carries the comments.
    Docx,
    /// Workbooks in packages: xlsx and OpenDocument.
    Xlsx,
    /// Workbooks of Excel 97.
    Xls,
    /// Word documents of Word 97.
    Doc,
    /// Rich text.
    Rtf,
    /// Plain text in any encoding.
    Txt,
    /// Web pages.
    Html,
    /// Numerals, dates, periods, units: `gouji-quantity` alone.
    Numerals,
    /// Sentences put together from passages and cue words: the ledger and all that follows.
    Ledger,
    /// What is written is read.
    WriteRead,
}

impl Target {
    /// All, in the order of their names here.
    pub const ALL: [Self; 10] = [
        Self::Docx,
        Self::Xlsx,
        Self::Xls,
        Self::Doc,
        Self::Rtf,
        Self::Txt,
        Self::Html,
        Self::Numerals,
        Self::Ledger,
        Self::WriteRead,
    ];

    /// Its name on the command line and of its folder of regressions.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Doc => "doc",
            Self::Rtf => "rtf",
            Self::Txt => "txt",
            Self::Html => "html",
            Self::Numerals => "numerals",
            Self::Ledger => "ledger",
            Self::WriteRead => "write-read",
        }
    }

    /// The target of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|target| target.name() == name)
    }

    /// The extension under which its inputs are read.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Numerals | Self::Ledger | Self::WriteRead => "txt",
            other => other.name(),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The input of a case.
#[must_use]
pub fn input(target: Target, corpus: &Corpus, seed: u64, case: u64) -> Vec<u8> {
    let mut random = SplitMix64::new(seed ^ 0xF0_55ED, case);
    let samples = corpus.of(target);
    let base = &samples[random.below(samples.len())];
    let other = &samples[random.below(samples.len())];
    let rounds = 1 + random.below(4);
    let mut out = match target {
        Target::Docx | Target::Xlsx => package::mutate(base, other, rounds, &mut random),
        Target::Xls | Target::Doc => bytes::mutate(base.clone(), other, 1 + random.below(12), &mut random),
        Target::Html => text::encode(
            &markup::mutate(&text_of(base), &text_of(other), rounds, &mut random),
            &mut random,
        ),
        Target::Rtf if random.chance(1, 3) => bytes::mutate(base.clone(), other, rounds * 3, &mut random),
        Target::Txt if random.chance(1, 6) => bytes::mutate(base.clone(), other, rounds * 3, &mut random),
        Target::Rtf => text::mutate(&text_of(base), &text_of(other), rounds * 2, &mut random).into_bytes(),
        Target::Txt => text::encode(
            &text::mutate(&text_of(base), &text_of(other), rounds * 2, &mut random),
            &mut random,
        ),
        Target::Numerals => text::numerals(&mut random).into_bytes(),
        Target::Ledger => text::sentences(&text_of(base), &text_of(other), &mut random).into_bytes(),
        Target::WriteRead => text::mutate(&text_of(base), &text_of(other), rounds, &mut random).into_bytes(),
    };
    out.truncate(MAX_INPUT);
    out
}

fn text_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_is_the_same_each_time_and_another_case_another() {
        let corpus = Corpus::load().unwrap();
        for target in Target::ALL {
            let make = |case| input(target, &corpus, 7, case);
            assert_eq!(make(3), make(3), "{target}");
            assert!((0..5).any(|case| make(case) != make(9)), "{target}");
        }
    }

    #[test]
    fn damage_leaves_most_packages_whole_enough_to_be_opened() {
        let corpus = Corpus::load().unwrap();
        let opened = (0..60).filter(|case| {
            let bytes = input(Target::Docx, &corpus, 1, *case);
            gouji_read::identify("a.docx", &bytes).is_some()
        });
        assert!(opened.count() >= 40);
    }
}
