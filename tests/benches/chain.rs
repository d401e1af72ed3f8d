//! What the chain costs, as ratios to the least that any reader must do.
//!
//! The machine's speed cancels out of a ratio, so that two runs on two machines can be compared; a time cannot. The floor
//! of a format is what no reader can do without, done with the same crates as `gouji-read`:
//!
//! - docx: open the container, unpack the parts that say something of the text or lead to them, tokenise them;
//! - xlsx: open the container, unpack the sheets and the shared strings, tokenise them;
//! - txt: decode. That is next to nothing, so for texts look at the times and not at the ratios.
//!
//! Every stage takes all documents of one format of a generated archive, in memory, and contains the stages before it.
//! First criterion measures each stage by itself and compares it with the last run on this machine. Then the stages take
//! turns, round by round, and the table gives the median of the ratios *within* a round: what else the machine does at
//! that time slows the floor as well. Nothing is asserted about time.

use std::hint::black_box;
use std::io::{Cursor, Read};
use std::path::Path;
use std::time::Duration;

use criterion::measurement::{Measurement, WallTime};
use criterion::{Criterion, SamplingMode, Throughput};
use encoding_rs::GB18030;
use gouji_tests::archive::{Format, generate};
use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

const DOCUMENTS: u64 = 200;
const SEED: u64 = 20_120_701;
/// Rounds of the table; odd, so that there is a middle one.
const ROUNDS: usize = 21;

/// A document in memory.
struct Source {
    name: String,
    bytes: Vec<u8>,
}

/// A stage of the chain, with all stages before it. Returns something that depends on all its work.
struct Stage {
    name: &'static str,
    run: fn(&Source) -> usize,
}

/// The documents of one format, with their stages; the floor comes first.
struct Group {
    name: &'static str,
    sources: Vec<Source>,
    stages: [Stage; 4],
}

impl Group {
    fn new(format: Format) -> Self {
        let sources = (0..DOCUMENTS)
            .filter(|&index| Format::of(index, SEED) == format)
            .map(|index| {
                let generated = generate(index, SEED);
                Source {
                    name: generated.path,
                    bytes: generated.bytes,
                }
            })
            .collect();
        let floor = match format {
            Format::Docx => docx_floor,
            Format::Xlsx => xlsx_floor,
            Format::Txt => txt_floor,
        };
        let stages = [
            ("floor", floor as fn(&Source) -> usize),
            ("read", read),
            ("audit", audit),
            ("whole", whole),
        ];
        Self {
            name: format.extension(),
            sources,
            stages: stages.map(|(name, run)| Stage { name, run }),
        }
    }

    fn bytes(&self) -> u64 {
        self.sources.iter().map(|source| source.bytes.len() as u64).sum()
    }

    fn run(&self, stage: &Stage) -> usize {
        self.sources.iter().map(|source| (stage.run)(black_box(source))).sum()
    }

    /// Time of each stage in each round.
    fn rounds(&self) -> [Vec<Duration>; 4] {
        let mut times: [Vec<Duration>; 4] = Default::default();
        for _ in 0..ROUNDS {
            for (stage, times) in self.stages.iter().zip(&mut times) {
                let start = WallTime.start();
                black_box(self.run(stage));
                times.push(WallTime.end(start));
            }
        }
        times
    }
}

/// Opens a container and tokenises the parts that are `wanted`.
fn tokenise_parts(bytes: &[u8], wanted: impl Fn(&str) -> bool) -> usize {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a container");
    let mut tokens = 0;
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("an entry");
        if !wanted(&file.name().expect("a name")) {
            continue;
        }
        let mut part = Vec::with_capacity(usize::try_from(file.size()).expect("a small part"));
        file.read_to_end(&mut part).expect("an entry that unpacks");
        let mut reader = Reader::from_str(std::str::from_utf8(&part).expect("a part in UTF-8"));
        while !matches!(reader.read_event().expect("well-formed markup"), Event::Eof) {
            tokens += 1;
        }
    }
    tokens
}

fn docx_floor(source: &Source) -> usize {
    tokenise_parts(&source.bytes, |_| true)
}

fn xlsx_floor(source: &Source) -> usize {
    tokenise_parts(&source.bytes, |name| {
        name.starts_with("xl/worksheets/sheet") || name == "xl/sharedStrings.xml"
    })
}

fn txt_floor(source: &Source) -> usize {
    match std::str::from_utf8(&source.bytes) {
        Ok(text) => text.to_owned().len(),
        Err(_) => GB18030.decode(&source.bytes).0.len(),
    }
}

fn read(source: &Source) -> usize {
    let parsed = gouji_read::read(&source.name, &source.bytes).expect("a document that can be read");
    parsed.value.blocks.len()
}

fn audit(source: &Source) -> usize {
    let document = gouji_read::read(&source.name, &source.bytes)
        .expect("a document that can be read")
        .value;
    let circular = gouji_circular::parse(&document);
    let ledger = gouji_ledger::build(&document, &circular);
    let audit = gouji_audit::audit(&document, &circular, &ledger);
    audit.judgements.len() + audit.findings.len()
}

/// As a worker of `gouji run` does it, but for the files.
fn whole(source: &Source) -> usize {
    let done = gouji_batch::analyse(&source.name, &source.bytes).expect("a document that can be read");
    let line = serde_json::to_string(&done.object).expect("a record");
    let docx = gouji_write::write(&done.circular, &gouji_write::Options::default()).expect("a docx");
    line.len() + docx.len()
}

/// Criterion's estimates, each stage by itself.
fn estimate(criterion: &mut Criterion, groups: &[Group]) {
    for group in groups {
        let mut benches = criterion.benchmark_group(group.name);
        benches
            .sampling_mode(SamplingMode::Flat)
            .throughput(Throughput::Bytes(group.bytes()))
            .sample_size(20)
            .warm_up_time(Duration::from_millis(500))
            .measurement_time(Duration::from_secs(2));
        for stage in &group.stages {
            benches.bench_function(stage.name, |bencher| bencher.iter(|| group.run(stage)));
        }
        benches.finish();
    }
}

/// A ratio of two times in hundredths, rounded down.
fn hundredths(time: Duration, floor: Duration) -> u128 {
    time.as_nanos() * 100 / floor.as_nanos().max(1)
}

/// The quartiles of a list that is not empty.
fn quartiles<T: Ord + Copy>(values: &[T]) -> [T; 3] {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    [1, 2, 3].map(|quarter| sorted[(sorted.len() - 1) * quarter / 4])
}

/// The table of ratios. The quartiles beside a ratio tell how quiet the machine was.
fn table(groups: &[Group]) -> String {
    let mut table = String::from(
        "\nEach stage contains those above it. Ratios: median of the rounds, and quartiles.\n\
         format  stage   µs/document  × floor   (quartiles)\n",
    );
    for group in groups {
        let times = group.rounds();
        for (stage, of_stage) in group.stages.iter().zip(&times) {
            let each = quartiles(of_stage)[1].as_micros() / (group.sources.len() as u128).max(1);
            let ratios: Vec<u128> = of_stage
                .iter()
                .zip(&times[0])
                .map(|(&time, &floor)| hundredths(time, floor))
                .collect();
            let [low, middle, high] = quartiles(&ratios).map(|r| format!("{}.{:02}", r / 100, r % 100));
            table.push_str(&format!(
                "{:<7} {:<7} {each:>11} {middle:>8}   ({low}–{high})\n",
                group.name, stage.name
            ));
        }
        let kilobytes = group.bytes() / 1024;
        table.push_str(&format!("        {} documents, {kilobytes} KB\n", group.sources.len()));
    }
    table
}

#[expect(clippy::print_stdout, reason = "the table is what this program is for")]
fn main() {
    let groups = [Format::Docx, Format::Xlsx, Format::Txt].map(Group::new);
    let mut criterion = Criterion::default()
        .output_directory(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("criterion"))
        .configure_from_args();
    estimate(&mut criterion, &groups);
    criterion.final_summary();
    // Nothing is measured by `cargo test --benches`, for a list, or under a profiler.
    let given: Vec<String> = std::env::args().collect();
    let has = |flag: &str| given.iter().any(|argument| argument == flag);
    if has("--bench") && !["--test", "--list", "--profile-time"].into_iter().any(has) {
        println!("{}", table(&groups));
    }
}
