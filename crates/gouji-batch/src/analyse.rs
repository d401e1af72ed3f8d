use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use gouji_circular::Circular;
use gouji_document::{Deadline, Document, Parsed, Warning, WarningKind};
use gouji_report::{AuditObject, Audited, SourceInfo};

use crate::Cause;
use crate::failure::Stage;
use crate::limits::MAX_SECONDS;
use crate::store::{hash, hex};
use crate::weigh;

/// One document after the whole chain.
#[derive(Debug, Clone)]
pub struct Analysed {
    /// Its public record.
    pub object: AuditObject,
    /// Its elements, for composing.
    pub circular: Circular,
    /// As its reader saw it.
    pub document: Document,
}

/// Takes one document through the chain: read, parse, figures and relations, audit, record.
///
/// A pure function of its arguments. `path` is the path for the record; its end serves as the file's name. A panic
/// anywhere in the chain is this document's failure.
///
/// # Errors
/// If the bytes are no document that can be read.
pub fn analyse(path: &str, bytes: &[u8]) -> Result<Analysed, Cause> {
    analyse_until(path, bytes, &Deadline::default())
}

/// As [`analyse`], unless `deadline` passes before it is done.
pub(crate) fn analyse_until(path: &str, bytes: &[u8], deadline: &Deadline) -> Result<Analysed, Cause> {
    let in_time = |stage: Stage| {
        if deadline.has_passed() {
            let seconds = MAX_SECONDS;
            return Err(Cause::OutOfTime { stage, seconds });
        }
        Ok(())
    };
    guard(|| {
        let name = path.rsplit('/').next().unwrap_or(path);
        let read = gouji_read::read_until(name, bytes, deadline);
        in_time(Stage::Read)?;
        let Parsed {
            value: document,
            mut warnings,
        } = read?;
        weigh::text(&document)?;
        let circular = gouji_circular::parse_until(&document, deadline);
        in_time(Stage::Circular)?;
        warnings.extend(unfilled(&circular));
        weigh::numbers(&document, &circular)?;
        let ledger = gouji_ledger::build_until(&document, &circular, deadline);
        in_time(Stage::Ledger)?;
        let audit = gouji_audit::audit(&document, &circular, &ledger);
        in_time(Stage::Audit)?;
        let object = AuditObject::new(&Audited {
            source: SourceInfo {
                path: path.to_owned(),
                format: document.format,
                sha256: hex(&hash(bytes)),
                bytes: bytes.len() as u64,
            },
            document: &document,
            circular: &circular,
            ledger: &ledger,
            audit: &audit,
            warnings: &warnings,
        });
        Ok(Analysed {
            object,
            circular,
            document,
        })
    })
}

/// The warning that copies of merged cells were left blank.
fn unfilled(circular: &Circular) -> Option<Warning> {
    (circular.n_unfilled > 0).then(|| Warning {
        kind: WarningKind::LimitReached {
            what: "bytes of copies of merged cells",
            limit: gouji_circular::MAX_FILL as u64,
        },
        place: String::new(),
        span: None,
    })
}

/// Runs a stage; a panic in it becomes [`Cause::Internal`].
pub(crate) fn guard<T>(stage: impl FnOnce() -> Result<T, Cause>) -> Result<T, Cause> {
    // Nothing outlives the closure but its result, so nothing half-made can be seen after a panic.
    catch_unwind(AssertUnwindSafe(stage)).unwrap_or_else(|panic| {
        Err(Cause::Internal {
            message: panic_message(&*panic),
        })
    })
}

fn panic_message(panic: &(dyn Any + Send)) -> String {
    if let Some(text) = panic.downcast_ref::<&str>() {
        (*text).to_owned()
    } else if let Some(text) = panic.downcast_ref::<String>() {
        text.clone()
    } else {
        "panic".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_failure_with_its_message() {
        let failed: Result<(), Cause> = guard(|| panic!("index {} of {}", 3, 2));
        let Err(Cause::Internal { message }) = failed else {
            panic!("not caught");
        };
        assert_eq!(message, "index 3 of 2");
        assert_eq!(guard(|| Ok(1)).unwrap(), 1);
    }

    #[test]
    fn a_document_out_of_time_names_the_stage() {
        let deadline = Deadline::new();
        let text = "关于第一季度检查情况的通报\n\n各科室：\n全年受理10件。\n";
        assert!(analyse_until("a.txt", text.as_bytes(), &deadline).is_ok());
        deadline.pass();
        let failed = analyse_until("a.txt", text.as_bytes(), &deadline);
        let Err(cause @ Cause::OutOfTime { stage: Stage::Read, .. }) = failed else {
            panic!("not refused");
        };
        assert_eq!(cause.name(), "out-of-time");
    }

    #[test]
    fn copies_of_merged_cells_are_bounded_and_what_is_left_blank_is_told() {
        let row = format!("<tr><td colspan=60>{}</td><td>1</td></tr>", "甲".repeat(2_000));
        let page = |n| format!("<!DOCTYPE html><table><tr><td>单位</td></tr>{}</table>", row.repeat(n));
        let done = |n| analyse("a.html", page(n).as_bytes()).unwrap();
        let few = done(2);
        assert!(few.object.warnings.is_empty() && few.circular.n_unfilled == 0);
        let many = done(40);
        let filled: usize = many
            .circular
            .tables
            .iter()
            .flat_map(|t| &t.rows)
            .flat_map(|r| &r.cells)
            .map(|c| c.text.len())
            .sum();
        assert!(filled <= page(40).len() + gouji_circular::MAX_FILL, "{filled}");
        assert!(many.object.warnings.iter().any(|w| w.kind == "limit-reached"));
    }

    #[test]
    fn a_text_becomes_a_record_under_its_path() {
        let text = "关于第一季度检查情况的通报\n\n各科室：\n全年受理10件，其中：甲类6件、乙类4件。\n";
        let done = analyse("a/b.txt", text.as_bytes()).unwrap();
        assert_eq!(done.object.source.path, "a/b.txt");
        assert_eq!(done.object.source.format, "txt");
        assert_eq!(done.object.source.bytes, text.len() as u64);
        assert!(analyse("a/b.docx", b"").is_err());
    }
}
