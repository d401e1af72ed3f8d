//! Damage anywhere, counts that lie, text that is named twice: nothing may panic, hang or grow.

use super::build::{Doc, cells, sprm};
use crate::ReadError;
use crate::compound::tests::compound_of;

/// A document with one of everything.
fn rich() -> Vec<u8> {
    let mut doc = Doc::default();
    doc.style_of(1, 0x0FFF, &[sprm(0x2461, &[1])], &[sprm(0x083C, &[0])]);
    doc.lists = vec![vec![(39, "\u{0}、"), (0, "\u{0}.\u{1}")]];
    doc.groups = vec![sprm(0x2461, &[1])];
    doc.fonts = vec!["宋体", "Wingdings 2"];
    doc.paragraph("标题", 1, &[sprm(0x260A, &[0]), sprm(0x460B, &[1, 0])]);
    doc.narrow(b"Narrow 12.5% ");
    doc.run("隐藏", &[sprm(0x083C, &[1])]);
    doc.run("删除", &[sprm(0x0800, &[1])]);
    doc.text("字段\u{13} REF x \u{14}结果\u{15}\u{8}\r");
    doc.changed("居中\r", 1);
    let edges: Vec<i16> = (0..=20).map(|at| at * 400).collect();
    cells(&mut doc, &["格"; 20], &edges, &[3; 20], true);
    cells(&mut doc, &["合计", "20"], &[0, 4000, 8000], &[1, 0], false);
    let inner = [sprm(0x2416, &[1]), sprm(0x6649, &[3, 0, 0, 0]), sprm(0x244B, &[1])];
    doc.marked("内", '\r', 0, &inner);
    doc.text("尾\u{C}节\r");
    doc.footnotes = "\u{2}注\r".to_owned();
    doc.headers = vec!["", "", "", "", "", "", "眉\r", "", "", "脚\r", "", ""];
    doc.boxes = vec![("框\r", Some(24)), ("无锚\r", None)];
    doc.sections = vec![(20, None), (90, Some(2))];
    doc.bytes()
}

struct Random(u64);

impl Random {
    fn next(&mut self) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize
    }
}

/// Reads, and returns what was read if it is whole in itself.
fn survive(bytes: &[u8]) -> bool {
    let Ok(parsed) = crate::read("a.doc", bytes) else {
        return false;
    };
    let document = parsed.value;
    // Spans are in order and on character boundaries, and nothing is larger than its source could make it.
    let mut end = 0;
    for block in &document.blocks {
        let span = block.span();
        assert!(span.start >= end && document.text.get(span.range()).is_some());
        end = span.end;
    }
    assert!(document.text.len() <= bytes.len() * 8);
    true
}

#[test]
fn a_file_cut_anywhere_is_survived() {
    let bytes = rich();
    assert!(survive(&bytes));
    for cut in (0..bytes.len()).step_by(512).chain((0..bytes.len()).step_by(97)) {
        survive(&bytes[..cut]);
    }
}

#[test]
fn damage_anywhere_is_survived() {
    let bytes = rich();
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut n_read = 0;
    for round in 0..3000 {
        let mut damaged = bytes.clone();
        // Most flips go where the structures are: the first block, the tables, the pages of properties.
        for _ in 0..1 + round % 8 {
            let at = random.next() % damaged.len();
            damaged[at] = match random.next() % 4 {
                0 => 0,
                1 => 0xFF,
                2 => damaged[at] ^ 1 << (random.next() % 8),
                _ => random.next() as u8,
            };
        }
        n_read += usize::from(survive(&damaged));
    }
    assert!(n_read > 300, "most damage leaves something to read: {n_read}");
}

#[test]
fn every_place_and_length_may_lie() {
    let bytes = rich();
    // The main stream begins in the third sector after the header.
    let start = 512 * 3;
    for at in (start..start + 900).step_by(2) {
        for value in [[0xFF; 4], [0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 1, 0], [0; 4]] {
            let mut damaged = bytes.clone();
            damaged[at..at + 4].copy_from_slice(&value);
            survive(&damaged);
        }
    }
}

#[test]
fn pieces_that_share_their_text_end() {
    // Each of many pieces names all of the text.
    let mut main = vec![0u8; 1024];
    main[0..4].copy_from_slice(&[0xEC, 0xA5, 0xC1, 0x00]);
    main[32] = 14;
    main[62] = 22;
    main[76..80].copy_from_slice(&u32::MAX.to_le_bytes());
    main[152] = 93;
    main.extend("文".repeat(8_000).encode_utf16().flat_map(u16::to_le_bytes));
    let n = 2_000u32;
    let mut table = vec![2];
    table.extend((n * 12 + 4).to_le_bytes());
    table.extend((0..=n).flat_map(|at| (at * 8_000).to_le_bytes()));
    for _ in 0..n {
        table.extend([0, 0, 0, 4, 0, 0, 0, 0]);
    }
    let pieces = (table.len() as u32).to_le_bytes();
    main[154 + 33 * 8 + 4..154 + 33 * 8 + 8].copy_from_slice(&pieces);
    let parsed = crate::read("a.doc", &compound_of(&[("WordDocument", &main), ("0Table", &table)]));
    let parsed = parsed.expect("what may be read is read");
    assert!(parsed.value.text.len() <= main.len() * 4);
    assert!(
        parsed
            .warnings
            .iter()
            .any(|w| format!("{:?}", w.kind).contains("characters"))
    );
}

#[test]
fn circles_of_styles_and_missing_streams_are_survived() {
    let mut doc = Doc::default();
    doc.style(1, 2, &[sprm(0x2461, &[1])], &[]);
    doc.style(2, 1, &[], &[]);
    doc.paragraph("文", 2, &[]);
    assert!(survive(&doc.bytes()));
    let result = crate::read("a.doc", &compound_of(&[("WordDocument", &[])]));
    assert!(matches!(result, Err(ReadError::Word { .. })));
    let mut main = vec![0u8; 1024];
    main[0..4].copy_from_slice(&[0xEC, 0xA5, 0xC1, 0x00]);
    let result = crate::read("a.doc", &compound_of(&[("WordDocument", &main)]));
    assert!(matches!(result, Err(ReadError::Word { what }) if what.contains("table")));
}

#[test]
fn tables_deeper_than_is_read_are_told() {
    let mut doc = Doc::default();
    doc.paragraph("深", 0, &[sprm(0x2416, &[1]), sprm(0x6649, &[0xFF, 0xFF, 0xFF, 0x7F])]);
    let parsed = crate::read("a.doc", &doc.bytes()).expect("a document");
    assert_eq!(parsed.value.text.trim(), "深");
    assert_eq!(parsed.warnings.len(), 1);
}
