//! What must hold of any input.

use std::panic::{AssertUnwindSafe, catch_unwind};

use gouji_batch::{Analysed, Cause, analyse};
use gouji_circular::{doubly_claimed, unclaimed};
use gouji_document::Span;
use gouji_quantity::{
    Unit, agreement, chinese_integer, chinese_number, feasible, half_width, one_keystroke, parse_stated, scan_dates,
    scan_periods,
};
use gouji_write::annotate::{Comment, annotate};
use gouji_write::{Options, Writer};

use super::Target;

/// Bytes of an input that is read twice, to see the same.
const READ_TWICE: usize = 20_000;
/// Comments put into a copy.
const COMMENTS: usize = 5;

/// Gives an input to its target.
///
/// # Errors
/// What did not hold.
pub fn probe(target: Target, bytes: &[u8]) -> Result<(), String> {
    catch_unwind(AssertUnwindSafe(|| match target {
        Target::Numerals => numerals(&String::from_utf8_lossy(bytes)),
        Target::WriteRead => write_read(bytes),
        _ => document(target, bytes),
    }))
    .unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        Err(format!(
            "panic: {}",
            text.or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()))
                .unwrap_or_default()
        ))
    })
}

/// A document through the whole chain. `None` if it is refused.
fn chain(name: &str, bytes: &[u8]) -> Result<Option<(Analysed, String)>, String> {
    let done = match analyse(name, bytes) {
        Ok(done) => done,
        Err(Cause::Internal { message }) => return Err(format!("panic: {message}")),
        Err(_) => return Ok(None),
    };
    let json = serde_json::to_string(&done.object).map_err(|error| error.to_string())?;
    let lost = unclaimed(&done.document, &done.circular);
    if let Some(span) = lost.first() {
        return Err(format!("lost: {:?}", done.document.text.get(span.range())));
    }
    if let Some(span) = doubly_claimed(&done.circular).first() {
        return Err(format!("taken twice: {:?}", done.document.text.get(span.range())));
    }
    Ok(Some((done, json)))
}

fn document(target: Target, bytes: &[u8]) -> Result<(), String> {
    let name = format!("a.{}", target.extension());
    let Some((done, json)) = chain(&name, bytes)? else {
        return Ok(());
    };
    if bytes.len() <= READ_TWICE && chain(&name, bytes)?.is_none_or(|(_, again)| again != json) {
        return Err("read twice, it is not the same".to_owned());
    }
    if target == Target::Docx {
        comments(&name, bytes, &done)?;
    }
    Ok(())
}

/// A copy with comments holds the same text. A package that cannot be copied is refused, and that is all.
fn comments(name: &str, bytes: &[u8], done: &Analysed) -> Result<(), String> {
    let Some(anchors) = gouji_read::docx_anchors(name, bytes).map_err(|error| format!("anchors: {error}"))? else {
        return Ok(());
    };
    let text = &done.document.text;
    let comments: Vec<Comment> = (0..COMMENTS)
        .map(|i| {
            let start = text.floor_char_boundary(text.len() * i / COMMENTS);
            Comment {
                at: Span::new(start, text.floor_char_boundary(start + 30)),
                lines: vec!["甲".to_owned()],
                place: "乙".to_owned(),
            }
        })
        .collect();
    let Ok(copy) = annotate(bytes, text, &anchors, None, &comments, &[]) else {
        return Ok(());
    };
    match gouji_read::read(name, &copy.docx) {
        Ok(read) if read.value.text == *text => Ok(()),
        Ok(_) => Err("the copy with comments has another text".to_owned()),
        Err(error) => Err(format!("the copy with comments is not read: {error}")),
    }
}

/// What is written is read. That it is read as the same circular is for the tests of the writer, whose circulars hold what a
/// circular may hold.
fn write_read(bytes: &[u8]) -> Result<(), String> {
    let Some((done, _)) = chain("a.txt", bytes)? else {
        return Ok(());
    };
    let docx = Writer::new(Options::default())
        .write(&done.circular)
        .map_err(|error| format!("not written: {error}"))?;
    match chain("a.docx", &docx)? {
        Some(_) => Ok(()),
        None => Err("what is written is not read".to_owned()),
    }
}

fn numerals(text: &str) -> Result<(), String> {
    let on_boundaries = |start: usize, end: usize| text.get(start..end).is_some();
    // That they return is all that is asked of them.
    let _ = (
        half_width(text),
        chinese_integer(text),
        chinese_number(text),
        Unit::at_start(text),
    );
    for mention in scan_dates(text) {
        if !on_boundaries(mention.range.start, mention.range.end) {
            return Err("a date stands between characters".to_owned());
        }
    }
    for mention in scan_periods(text, Some(2024)) {
        if !on_boundaries(mention.range.start, mention.range.end) {
            return Err("a period stands between characters".to_owned());
        }
        let _ = mention.period.days();
    }
    if let Some(stated) = parse_stated(text) {
        let decimals = stated.value.scale();
        let _ = (stated.base(), stated.ulp(), one_keystroke(stated.value, stated.value));
        let _ = feasible(stated.value, decimals, 7);
        if let Some(exact) = gouji_quantity::Ratio::new(1, 3) {
            let _ = agreement(stated.value, decimals, exact);
        }
    }
    Ok(())
}
