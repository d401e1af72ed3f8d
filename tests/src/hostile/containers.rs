//! Archives, and the containers of office documents.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::Outcome::{Ends, Refused};
use super::words::docx;
use super::{Case, Size};

pub(super) const CONTENT_TYPES_DOCX: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
pub(super) const RELATIONSHIPS_DOCX: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

/// A zip of `parts`.
///
/// # Panics
/// Never: it is written to memory.
pub(super) fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, data) in parts {
        zip.start_file(*name, options).expect("written to memory");
        zip.write_all(data).expect("written to memory");
    }
    zip.finish().expect("written to memory").into_inner()
}

/// `bytes`, a zip, with the checksum of the entry `name` changed in both places.
pub(super) fn with_wrong_checksum(mut bytes: Vec<u8>, name: &[u8]) -> Vec<u8> {
    let found: Vec<usize> = (0..bytes.len().saturating_sub(name.len()))
        .filter(|at| bytes[*at..].starts_with(name))
        .collect();
    for at in found {
        // APPNOTE.TXT 4.3.7 and 4.3.12: the checksum stands 16 bytes before the name in the local header, 30 in the
        // directory.
        let back = if at >= 30 && bytes[at - 30..].starts_with(b"PK\x03\x04") {
            16
        } else {
            30
        };
        bytes[at - back] ^= 0xFF;
    }
    bytes
}

fn text(i: usize) -> Vec<u8> {
    format!("关于检查情况的通报\n受理{i}件，其中：甲类{i}件、乙类0件。\n").into_bytes()
}

pub(super) const CASES: &[Case] = &[
    Case {
        name: "entries.zip",
        outcome: Ends,
        make: |size| {
            let names: Vec<String> = (0..size.of(60_000, 300))
                .map(|i| format!("d{}/a{i}.log", i % 97))
                .collect();
            let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
            package(&parts)
        },
    },
    Case {
        name: "entries.docx",
        outcome: Refused,
        make: |_| {
            let names: Vec<String> = (0..20_001).map(|i| format!("a{i}")).collect();
            let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
            package(&parts)
        },
    },
    Case {
        name: "bomb.zip",
        outcome: Refused,
        make: |size| package(&[("a.txt", &vec![b' '; size.of(1 << 30, 7)]), ("b.txt", &text(1))]),
    },
    Case {
        name: "nested-bomb.zip",
        outcome: Ends,
        make: |size| {
            // A kilobyte of packed spaces unpacks to a megabyte; ten of it in an archive, ten of those in another, and so on.
            let mut inner = package(&[("a.txt", &vec![b' '; size.of(100 << 20, 100)])]);
            for _ in 0..size.of(3, 3) {
                let names: Vec<String> = (0..10).map(|i| format!("{i}.zip")).collect();
                let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), inner.as_slice())).collect();
                inner = package(&parts);
            }
            inner
        },
    },
    Case {
        name: "archives-in-archives.zip",
        outcome: Refused,
        make: |_| {
            let mut inner = package(&[("a.txt", &text(1))]);
            for _ in 0..20 {
                inner = package(&[("b.zip", &inner), ("c.txt", &text(2))]);
            }
            inner
        },
    },
    Case {
        name: "paths-that-lead-outside.zip",
        outcome: Ends,
        make: |_| {
            package(&[
                ("../../../../escaped.txt", &text(1)),
                ("/escaped.txt", &text(2)),
                ("C:\\escaped.txt", &text(3)),
                ("..\\..\\escaped.txt", &text(4)),
                ("a/../../../escaped.txt", &text(5)),
            ])
        },
    },
    Case {
        name: "cut.zip",
        outcome: Refused,
        make: |_| {
            let mut bytes = package(&[("a.txt", &text(1)), ("b.docx", &docx("<a/>"))]);
            bytes.truncate(bytes.len() - 40);
            bytes
        },
    },
    Case {
        name: "wrong-checksum.zip",
        outcome: Refused,
        make: |_| with_wrong_checksum(package(&[("a.txt", &text(1)), ("b.txt", &text(2))]), b"a.txt"),
    },
    Case {
        name: "zeros.doc",
        outcome: Refused,
        make: |size| {
            let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
            bytes.resize(size.of(100 << 20, 50), 0);
            bytes
        },
    },
    Case {
        name: "ones.xls",
        outcome: Refused,
        make: |size| {
            let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
            bytes.resize(size.of(100 << 20, 50), 1);
            bytes
        },
    },
    Case {
        name: "groups.rtf",
        outcome: Ends,
        make: |size: Size| ("{\\rtf1\\ansi ".to_owned() + &"{\\b ".repeat(size.of(2_000_000, 50)) + "1").into_bytes(),
    },
    Case {
        name: "rows.rtf",
        outcome: Ends,
        make: |size: Size| {
            ("{\\rtf1\\ansi ".to_owned()
                + &"\\trowd\\cellx100\\cellx200\\intbl 1\\cell 2\\cell\\row ".repeat(size.of(300_000, 100))
                + "}")
                .into_bytes()
        },
    },
    Case {
        name: "control.txt",
        outcome: Refused,
        make: |size| vec![0; size.of(100 << 20, 50)],
    },
    Case {
        name: "broken-bytes.txt",
        outcome: Ends,
        make: |size| {
            let mut bytes = text(1);
            bytes.extend(std::iter::repeat_n([0xFF, b'a', 0x81], size.of(10_000_000, 100)).flatten());
            bytes
        },
    },
];
