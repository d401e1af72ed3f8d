use gouji_audit::Audit;
use gouji_circular::Circular;
use gouji_document::{Document, Format, Warning};
use gouji_ledger::Ledger;

/// Where a document came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceInfo {
    /// Path relative to the input, parted by `/` on every system.
    pub path: String,
    /// Its format.
    pub format: Format,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
}

/// One document with all that was made of it.
#[derive(Debug, Clone)]
pub struct Audited<'a> {
    /// Where it came from.
    pub source: SourceInfo,
    /// As its reader saw it.
    pub document: &'a Document,
    /// Its elements.
    pub circular: &'a Circular,
    /// Its figures and relations.
    pub ledger: &'a Ledger,
    /// What the audit found.
    pub audit: &'a Audit,
    /// What the reader warned of.
    pub warnings: &'a [Warning],
}
