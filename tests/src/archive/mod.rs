//! An archive of circulars made to measure, with the truth about each: for tests, benches and fault injection.
//!
//! `generate(index, seed)` is a pure function, so an archive of any length exists without a disk. Issuers take turns;
//! each keeps one style and goes on in time. About one circular in three carries one planted error; the others are
//! consistent to the last digit, except that an issuer may cut its rates off.

mod docx;
mod draft;
mod genres;
mod more_renditions;
mod names;
mod old_word;
mod plant;
mod random;
mod renditions;
mod sections;
mod style;
mod traditional;
mod truth;
mod txt;
mod xlsx;

pub use draft::{Kind, Verdict};
pub use plant::Operator;
pub use random::SplitMix64;
pub use renditions::{renditions, traditional_renditions};
pub use truth::{Break, Error, Truth};

/// A circular of the archive.
#[derive(Debug, Clone)]
pub struct Generated {
    /// Its path in the archive, with `/`: `云岭县/2019/000040-2019年第一季度-….docx`.
    pub path: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// Its text: the decoded file for txt; paragraphs and rows a line each, cells between tabs, for docx and xlsx.
    pub text: String,
    /// What is planted in it, and how much holds.
    pub truth: Truth,
}

/// The formats that the archive has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text in UTF-8 or GB18030.
    Txt,
    /// A Word document.
    Docx,
    /// A workbook.
    Xlsx,
}

impl Format {
    /// Of ten circulars five are docx, three txt and two xlsx.
    #[must_use]
    pub fn of(index: u64, seed: u64) -> Self {
        match SplitMix64::new(seed ^ 0xF0_12A7, index).below(10) {
            0..5 => Self::Docx,
            5..8 => Self::Txt,
            _ => Self::Xlsx,
        }
    }

    /// The file name's ending.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Txt => "txt",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
        }
    }
}

/// The circular of an index.
///
/// # Panics
///
/// Never in practice: the writers of docx and xlsx write to memory.
#[must_use]
pub fn generate(index: u64, seed: u64) -> Generated {
    let format = Format::of(index, seed);
    let written = genres::write(index, seed, format == Format::Xlsx);
    let mut draft = written.draft;
    let mut random = SplitMix64::new(seed ^ 0x0009_1A17, index);
    let planted = if random.chance(1, 3) {
        plant::plant(&mut draft, &mut random)
    } else {
        None
    };
    let (rendered, bytes) = match format {
        Format::Txt => txt::write(&draft),
        Format::Docx => {
            let rendered = txt::plain(&draft);
            (
                rendered,
                docx::write(&draft, &mut random).expect("a package in memory can be written"),
            )
        }
        Format::Xlsx => {
            let rendered = txt::plain(&draft);
            (
                rendered,
                xlsx::write(&draft).expect("a workbook in memory can be written"),
            )
        }
    };
    let path = format!(
        "{}/{}/{index:06}-{}.{}",
        written.county,
        written.year,
        written.name,
        format.extension()
    );
    let truth = truth::of(&path, &draft, planted.as_ref(), &rendered);
    Generated {
        path,
        bytes,
        text: rendered.text,
        truth,
    }
}
