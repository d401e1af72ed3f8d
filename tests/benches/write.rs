//! What writing a docx costs, as a ratio to the least: formatting the same parts and deflating them.
//!
//! The floor is given the finished text of each part: it puts the same markup together again, element by element, and
//! deflates it with the same crate at the writer's level for the parts of a document. It lays out nothing, measures no text and
//! breaks no title. The writer packs the parts that all documents have alike once; so a second, harder floor is given only the parts
//! that are a document's own. All take turns, round by round, over the documents of a generated archive; the median of the ratios
//! within a round is printed. Nothing is asserted about time.

use std::fmt::Write as _;
use std::hint::black_box;
use std::io::{Cursor, Read as _, Write as _};

use criterion::measurement::{Measurement as _, WallTime};
use gouji_batch::analyse;
use gouji_circular::Circular;
use gouji_tests::archive::generate;
use gouji_write::{Options, Writer};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

const DOCUMENTS: u64 = 100;
const SEED: u64 = 20_120_701;
/// What python-docx is measured with, too (`.ci/speed.py`).
const SAMPLE: &str = "website-check-clean.txt";
/// Rounds; odd, so that there is a middle one.
const ROUNDS: usize = 21;

/// A circular and the parts of its docx.
struct Document {
    circular: Circular,
    parts: Vec<(String, String)>,
}

/// The parts that differ from document to document.
const OWN: [&str; 2] = ["docProps/core.xml", "word/document.xml"];

fn document(index: u64, writer: &Writer) -> Document {
    let made = generate(index, SEED);
    let circular = analyse(&made.path, &made.bytes).expect("a document").circular;
    let docx = writer.write(&circular).expect("a package in memory");
    let mut package = ZipArchive::new(Cursor::new(docx)).expect("a package");
    let parts = (0..package.len()).map(|idx| {
        let mut part = package.by_index(idx).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).expect("a text");
        (name, text)
    });
    Document {
        parts: parts.collect(),
        circular,
    }
}

/// Formats the markup of each part (or of each of its own), an element a call, and deflates it.
fn floor(document: &Document, only_own: bool) -> usize {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(2))
        .last_modified_time(DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let wanted = |(name, _): &&(String, String)| !only_own || OWN.contains(&name.as_str());
    for (name, markup) in document.parts.iter().filter(wanted) {
        let mut out = String::new();
        for element in markup.split_inclusive('>') {
            write!(out, "{element}").expect("a string takes all");
        }
        zip.start_file(name.as_str(), options).expect("an entry");
        zip.write_all(out.as_bytes()).expect("in memory");
    }
    zip.finish().expect("a package").into_inner().len()
}

#[expect(clippy::print_stdout, reason = "the ratio is what this program is for")]
fn main() {
    // Nothing is measured by `cargo test --benches`.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let writer = Writer::new(Options::default());
    let documents: Vec<Document> = (0..DOCUMENTS).map(|index| document(index, &writer)).collect();
    let clock = WallTime;
    let mut ratios = [Vec::with_capacity(ROUNDS), Vec::with_capacity(ROUNDS)];
    for _ in 0..ROUNDS {
        let least = [false, true].map(|only_own| {
            let start = clock.start();
            for document in &documents {
                black_box(floor(document, only_own));
            }
            clock.end(start)
        });
        let start = clock.start();
        for document in &documents {
            black_box(writer.write(&document.circular).expect("a package in memory").len());
        }
        let written = clock.end(start);
        for (ratios, least) in ratios.iter_mut().zip(least) {
            ratios.push(written.as_nanos() * 100 / least.as_nanos().max(1));
        }
    }
    for (mut ratios, what) in ratios.into_iter().zip(["the same parts", "the document's own parts"]) {
        ratios.sort_unstable();
        let [low, middle, high] = [1, 2, 3].map(|quarter| ratios[(ROUNDS - 1) * quarter / 4]);
        let show = |ratio: u128| format!("{}.{:02}", ratio / 100, ratio % 100);
        println!(
            "writing takes {} × formatting and deflating {what} (quartiles {}–{})",
            show(middle),
            show(low),
            show(high)
        );
    }
    let circular = analyse(SAMPLE, include_bytes!("../../samples/website-check-clean.txt"))
        .expect("a document")
        .circular;
    let fastest = (0..ROUNDS * 20)
        .map(|_| {
            let start = clock.start();
            black_box(writer.write(&circular).expect("a package in memory").len());
            clock.end(start)
        })
        .min()
        .unwrap_or_default();
    println!("writing {SAMPLE} takes {} µs", fastest.as_micros());
}
