//! Audited documents for programs and people.
//!
//! [`AuditObject`] is the public record of one document: everything else in this crate (terminal text, HTML page,
//! workbook, database, SARIF, JUnit) is made from it alone, so a report can be made again from the records of an
//! earlier run without reading a document twice. The crate takes values, writers or an open connection and never
//! touches a file, the clock or the environment.
//!
//! The choice that was not obvious: offsets in a record count Unicode characters of the source text, not bytes, since
//! that is what JSON readers in other languages and SARIF can use.

mod audited;
mod excerpt;
mod html;
mod junit;
mod lang;
mod place;
mod record;
mod rules;
#[cfg(test)]
mod sample;
mod sarif;
mod sqlite;
mod terminal;
mod text;
mod totals;
mod workbook;

pub use audited::{Audited, SourceInfo};
pub use excerpt::{Excerpt, ExcerptRow, Mark, Shown};
pub use html::HtmlReport;
pub use junit::JunitReport;
pub use lang::Lang;
pub use place::Position;
pub use record::{
    Anchor, AttachmentRecord, AuditObject, CircularRecord, CoverageRecord, DiscardedRecord, EditRecord, FactRecord,
    Failure, FigureRecord, FindingRecord, FormulaRecord, Meta, PublishedRecord, RecordError, RecordLine,
    RelationRecord, RelationSpans, RepairRecord, SCHEMA, SectionRecord, Severity, SourceRecord, TableRecord, Verdict,
    WarningRecord, schema, to_json, to_json_line,
};
pub use rules::RuleInfo;
pub use sarif::SarifReport;
pub use sqlite::{SqliteError, SqliteReport, TABLES};
pub use terminal::{TerminalOptions, terminal};
pub use totals::Totals;
pub use workbook::{WorkbookError, WorkbookReport};
