//! [`Circular`] to a docx that follows GB/T 9704-2012 to the twip.
//!
//! The document form (文件格式) is written unless the agency code of the document number ends in 函: then it is the
//! letter form (信函格式, §10.1). All lengths, typefaces and gaps come from `gouji-standard`; this crate turns them into
//! WordprocessingML and never has a measure of its own, but for the inside of tables, which the standard leaves open.
//!
//! Text is normalised first ([`normalise`]), and each change is listed. Figures are never touched.
//!
//! The parts are built by hand on `quick_xml::escape` and `zip`: same circular, same bytes, on any thread. There is no clock, no
//! counter and no map iteration anywhere; dates in the properties are the circular's own.

pub mod annotate;
mod document;
mod form;
mod frame;
mod imprint;
mod mark;
mod measure;
mod normalise;
mod package;
mod parts;
mod style;
mod style_sheet;
mod table;
mod title;
mod xml;

use gouji_circular::Circular;

pub use form::Form;
pub use normalise::{Edit, Place, normalise};

/// What of the text the writer may touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Write the text of the circular as it is, without [`normalise`].
    pub keep_text: bool,
}

/// Why a circular could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The package could not be put together.
    #[error("part `{part}` cannot be packed")]
    Pack {
        /// Name of the part.
        part: &'static str,
        /// What the packer said.
        #[source]
        source: zip::result::ZipError,
    },
    /// Writing into the package failed.
    #[error("part `{part}` cannot be written")]
    Io {
        /// Name of the part.
        part: &'static str,
        /// What went wrong.
        #[source]
        source: std::io::Error,
    },
}

/// Writes a circular as the bytes of a docx.
///
/// # Errors
/// If the package cannot be put together, which takes more than 4 GiB of text.
pub fn write(circular: &Circular, options: &Options) -> Result<Vec<u8>, WriteError> {
    if options.keep_text {
        parts::build(circular)
    } else {
        let (normalised, _) = normalise(circular);
        parts::build(&normalised)
    }
}
