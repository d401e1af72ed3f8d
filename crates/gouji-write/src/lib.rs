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
mod head;
mod imprint;
mod letterhead;
mod lines;
mod mark;
mod measure;
mod normalise;
mod package;
mod paragraph;
mod parts;
mod section;
mod sign_off;
mod style;
mod style_sheet;
mod table;
mod title;
mod xml;

use gouji_circular::Circular;
use gouji_standard::House;

use document::Order;
use parts::Templates;

pub use form::Form;
pub use normalise::{Edit, Place, normalise, normalise_for};

/// What of the text the writer may touch, and what an office has decided for itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// Write the text of the circular as it is, without [`normalise`].
    pub keep_text: bool,
    /// The house standard.
    pub house: House,
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

/// Writes circulars with the same options: what all its documents have alike is made once.
#[derive(Debug, Default)]
pub struct Writer {
    options: Options,
    templates: Templates,
}

impl Writer {
    /// A writer with these options.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self {
            options,
            templates: Templates::new(),
        }
    }

    /// The circular as it will be written, and what was changed for that.
    #[must_use]
    pub fn normalise(&self, circular: &Circular) -> (Circular, Vec<Edit>) {
        if self.options.keep_text {
            (normalise::kept(circular), Vec::new())
        } else {
            normalise_for(circular, &self.options.house)
        }
    }

    /// Writes a circular as the bytes of a docx.
    ///
    /// # Errors
    /// If the package cannot be put together, which takes more than 4 GiB of text.
    pub fn write(&self, circular: &Circular) -> Result<Vec<u8>, WriteError> {
        write_with(circular, &self.options, &self.templates)
    }
}

/// The templates of the usual house.
static USUAL: Templates = Templates::new();

/// Writes a circular as the bytes of a docx. [`Writer`] does the same for many.
///
/// # Errors
/// If the package cannot be put together, which takes more than 4 GiB of text.
pub fn write(circular: &Circular, options: &Options) -> Result<Vec<u8>, WriteError> {
    if options.house == House::default() {
        write_with(circular, options, &USUAL)
    } else {
        write_with(circular, options, &Templates::new())
    }
}

fn write_with(circular: &Circular, options: &Options, templates: &Templates) -> Result<Vec<u8>, WriteError> {
    let house = &options.house;
    // Normalised text no longer knows its place in the source.
    let masthead = masthead(circular);
    let normalised;
    let circular = if options.keep_text {
        circular
    } else {
        (normalised, _) = normalise_for(circular, house);
        &normalised
    };
    let order = Order {
        circular,
        house,
        masthead,
    };
    parts::build(&order, templates)
}

/// How many lines of [`Circular::subtitle`], from the first on, stood above the title in the source.
fn masthead(circular: &Circular) -> usize {
    let Some(title) = circular.title.as_ref().and_then(gouji_document::Text::span) else {
        return 0;
    };
    let above = |line: &&gouji_document::Text| line.span().is_some_and(|span| span.start < title.start);
    circular.subtitle.iter().take_while(above).count()
}
