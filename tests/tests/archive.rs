//! The archive generator keeps its word: the same bytes each time, and a truth that can be checked against the text.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use gouji_tests::archive::{Format, Operator, generate};

const SEED: u64 = 11;
const N: u64 = 200;

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let mut changed = 0;
    for index in 0..60 {
        let (a, b, other) = (generate(index, SEED), generate(index, SEED), generate(index, SEED + 1));
        assert_eq!((&a.path, &a.bytes, &a.truth), (&b.path, &b.bytes, &b.truth));
        changed += usize::from(a.text != other.text);
    }
    assert_eq!(changed, 60);
}

#[test]
fn a_circular_does_not_depend_on_those_before_it() {
    let (direct, _, again) = (generate(37, SEED), generate(36, SEED), generate(37, SEED));
    assert_eq!(direct.bytes, again.bytes);
}

#[test]
fn each_planted_figure_stands_where_the_truth_says() {
    let mut operators = BTreeSet::new();
    let mut planted = 0;
    for index in 0..N {
        let circular = generate(index, SEED);
        for error in &circular.truth.planted {
            planted += 1;
            operators.insert(error.operator);
            assert_eq!(
                circular.text.get(error.span.0..error.span.1),
                Some(error.printed.as_str()),
                "{}",
                circular.path
            );
            assert_ne!(error.printed, error.was);
            assert!(!error.breaks.is_empty(), "{}: nothing breaks", circular.path);
            for tie in &error.breaks {
                assert_eq!(tie.verdict, "broken");
                assert!(
                    tie.stated == error.printed || tie.operands.contains(&error.printed),
                    "{}: {tie:?}",
                    circular.path
                );
                assert_ne!(tie.stated, tie.expected, "{tie:?}");
            }
        }
    }
    assert!((N / 5..N / 2).contains(&planted), "{planted} of {N} carry an error");
    let all: BTreeSet<&str> = Operator::ALL.iter().map(|o| o.name()).collect();
    assert!(operators.len() >= all.len() - 1, "only {operators:?} of {all:?}");
}

#[test]
fn nothing_is_broken_but_what_the_planted_error_breaks() {
    for index in 0..N {
        let truth = generate(index, SEED).truth;
        let broken: usize = truth.planted.iter().map(|e| e.breaks.len()).sum();
        assert_eq!(truth.holds + truth.rounding + broken, truth.relations, "{}", truth.path);
        assert!(truth.relations >= 5 && truth.figures > 5, "{}", truth.path);
    }
}

#[test]
fn all_formats_occur_and_paths_are_told_apart() {
    let mut paths = BTreeSet::new();
    let mut formats = [0_usize; 3];
    for index in 0..N {
        formats[Format::of(index, SEED) as usize] += 1;
        let path = generate(index, SEED).path;
        assert_eq!(path.matches('/').count(), 2, "{path}");
        assert!(paths.insert(path));
    }
    assert!(formats.iter().all(|n| *n > 20), "{formats:?}");
}

#[test]
fn a_document_holds_the_text_that_its_truth_speaks_of() {
    let mut seen = 0;
    for index in 0..60 {
        if Format::of(index, SEED) != Format::Docx {
            continue;
        }
        seen += 1;
        let circular = generate(index, SEED);
        let mut package = zip::ZipArchive::new(Cursor::new(&circular.bytes)).unwrap();
        let mut xml = String::new();
        package
            .by_name("word/document.xml")
            .unwrap()
            .read_to_string(&mut xml)
            .unwrap();
        let held: String = xml
            .split("<w:t xml:space=\"preserve\">")
            .skip(1)
            .filter_map(|t| t.split("</w:t>").next())
            .collect();
        let text: String = circular.text.chars().filter(|c| !matches!(c, '\n' | '\t')).collect();
        assert_eq!(held, text, "{}", circular.path);
    }
    assert!(seen > 10);
}

#[test]
fn a_text_file_decodes_to_its_text() {
    let (mut utf8, mut gb) = (0, 0);
    for index in 0..N {
        if Format::of(index, SEED) != Format::Txt {
            continue;
        }
        let circular = generate(index, SEED);
        if circular.bytes == circular.text.as_bytes() {
            utf8 += 1;
        } else {
            gb += 1;
            assert_eq!(encoding_rs::GB18030.decode(&circular.bytes).0, circular.text);
        }
    }
    assert!(utf8 > 0 && gb > 0, "{utf8} in UTF-8, {gb} in GB18030");
}
