//! What reading a Word document costs, as a ratio to the least that any reader must do: open the container, unpack each part
//! that says something of the text, and tokenise it. Nothing is asserted about time.

mod ratio;
mod word;

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

/// Reads in each round: one takes less than a millisecond.
const TIMES: u32 = 50;

/// Every part of the package is one that must be read.
fn floor(bytes: &[u8]) -> usize {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a container");
    let mut tokens = 0;
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("an entry");
        let mut part = Vec::with_capacity(usize::try_from(file.size()).expect("a small part"));
        file.read_to_end(&mut part).expect("an entry that unpacks");
        let mut reader = Reader::from_str(std::str::from_utf8(&part).expect("a part in UTF-8"));
        while !matches!(reader.read_event().expect("well-formed markup"), Event::Eof) {
            tokens += 1;
        }
    }
    tokens
}

fn ours(bytes: &[u8]) -> usize {
    let parsed = gouji_read::read("a.docx", bytes).expect("a document");
    parsed.value.text.len()
}

#[expect(clippy::print_stdout, reason = "the ratio is what this program is for")]
fn main() {
    // Nothing is measured by `cargo test --benches`.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let parts = word::parts();
    for (name, text) in &parts {
        println!("{name}: {} bytes", text.len());
    }
    let bytes = word::package(&parts);
    println!("{}", ratio::measured(&bytes, TIMES, floor, ours));
}
