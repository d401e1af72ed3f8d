use crate::package::PackageError;

/// Why nothing at all could be read of a file.
///
/// A defect that leaves some text readable is a warning of the document instead.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file has no bytes, or only white space.
    #[error("the file is empty")]
    Empty,
    /// The file is larger than a reader takes.
    #[error("the file has more than {limit} bytes")]
    TooLong {
        /// The limit in bytes.
        limit: u64,
    },
    /// A web page of more tags than its tree may hold.
    #[error("the page has more than {limit} tags")]
    TooManyTags {
        /// The limit.
        limit: usize,
    },
    /// The deadline passed before all was read.
    #[error("reading the file takes too long")]
    OutOfTime,
    /// An Office file that can only be opened with a password.
    #[error("the file is encrypted with a password")]
    Encrypted,
    /// A Word document of a version before 97.
    #[error("a document of Word 95 or older cannot be read; open it in Word or WPS and save it as .docx")]
    OldWord,
    /// The Word 97–2003 document is damaged.
    #[error("the Word document cannot be read: {what}")]
    Word {
        /// What is wrong with it.
        what: &'static str,
    },
    /// A format that no reader here understands.
    #[error("not a document that can be read: {what}")]
    NotADocument {
        /// What the content looks like.
        what: &'static str,
    },
    /// The zip container is damaged or beyond its limits.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// A part without which there is no document is missing.
    #[error("the package has no part `{part}`")]
    MissingPart {
        /// The part's name.
        part: String,
    },
    /// The main part is not XML from its very start.
    #[error("part `{part}` is malformed XML at byte {offset}")]
    Xml {
        /// The part's name.
        part: String,
        /// Byte offset in the decoded part.
        offset: u64,
        /// What the XML reader said.
        #[source]
        source: quick_xml::Error,
    },
    /// The compound file (`.doc`, `.xls`) is damaged.
    #[error("the compound file is damaged: {what}")]
    Compound {
        /// What is wrong with it.
        what: &'static str,
    },
    /// The workbook's record stream is damaged or of a version that is not read.
    #[error("the workbook cannot be read: {what}")]
    Workbook {
        /// What is wrong with it.
        what: &'static str,
    },
}
