//! What is in the package: golden parts, the same bytes always, and nothing that breaks on hostile text.

mod invented;

use std::io::{Cursor, Read as _};

use gouji_circular::{Cell, Circular, Element, Heading, Row, Table, TableIdx};
use gouji_document::Text;
use gouji_write::{Options, write};
use proptest::prelude::*;
use zip::ZipArchive;

fn written(circular: &Circular) -> Vec<u8> {
    write(circular, &Options::default()).expect("a package in memory")
}

/// The parts with their names, in the order of the package.
fn parts(docx: &[u8]) -> Vec<(String, String)> {
    let mut zip = ZipArchive::new(Cursor::new(docx)).expect("a zip");
    (0..zip.len())
        .map(|idx| {
            let mut entry = zip.by_index(idx).expect("an entry");
            let mut content = String::new();
            entry.read_to_string(&mut content).expect("UTF-8");
            (entry.name().expect("UTF-8").into_owned(), content)
        })
        .collect()
}

fn part(docx: &[u8], name: &str) -> String {
    let found = parts(docx).into_iter().find(|(n, _)| n == name);
    found.map(|(_, content)| content).expect("the part is there")
}

/// A part with an element a line, so that a difference shows where it is.
fn exploded(docx: &[u8], name: &str) -> String {
    part(docx, name).replace("><", ">\n<")
}

#[test]
fn golden_document() {
    let docx = written(&invented::document());
    for name in [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/app.xml",
        "docProps/core.xml",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/styles.xml",
        "word/settings.xml",
        "word/fontTable.xml",
        "word/footer1.xml",
        "word/footer2.xml",
    ] {
        let snapshot = format!("document_{}", name.replace(['/', '[', ']', '.'], "_"));
        insta::assert_snapshot!(snapshot, exploded(&docx, name));
    }
    assert_eq!(parts(&docx).len(), 11);
}

#[test]
fn golden_letter() {
    let docx = written(&invented::letter());
    for name in ["word/document.xml", "word/footer3.xml", "word/_rels/document.xml.rels"] {
        let snapshot = format!("letter_{}", name.replace(['/', '.'], "_"));
        insta::assert_snapshot!(snapshot, exploded(&docx, name));
    }
    assert_eq!(parts(&docx).len(), 12);
}

#[test]
fn sixty_four_threads_write_the_same_bytes() {
    let circular = invented::document();
    let first = written(&circular);
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..64).map(|_| scope.spawn(|| written(&circular))).collect();
        for one in all {
            assert!(one.join().expect("no panic") == first);
        }
    });
}

#[test]
fn entries_have_a_fixed_time_and_permissions() {
    let docx = written(&invented::letter());
    let mut zip = ZipArchive::new(Cursor::new(&docx)).expect("a zip");
    for idx in 0..zip.len() {
        let entry = zip.by_index(idx).expect("an entry");
        let time = entry.last_modified().expect("a time");
        assert_eq!((time.year(), time.month(), time.day(), time.hour()), (1980, 1, 1, 0));
        assert_eq!(entry.unix_mode().map(|mode| mode & 0o777), Some(0o644));
    }
    let first = zip.by_index(0).expect("an entry");
    assert_eq!(first.name().expect("UTF-8"), "[Content_Types].xml");
}

#[test]
fn styles_carry_the_format_and_paragraphs_only_what_follows_from_their_text() {
    let docx = written(&invented::document());
    let document = part(&docx, "word/document.xml");
    assert!(!document.contains("<w:rFonts") && !document.contains("<w:jc") && !document.contains("<w:b/>"));
    // Each style used is defined.
    let styles = part(&docx, "word/styles.xml");
    for used in document.split("Style w:val=\"").skip(1) {
        let id = used.split('"').next().unwrap_or("");
        assert!(styles.contains(&format!("w:styleId=\"{id}\"")), "{id}");
    }
}

#[test]
fn options_keep_the_text_as_it_is() {
    let mut circular = invented::letter();
    circular.body = vec![Element::Paragraph(Text::synthetic("共3件,办结3件(含退回)。"))];
    let kept = write(
        &circular,
        &Options {
            keep_text: true,
            ..Options::default()
        },
    )
    .expect("a package in memory");
    assert!(part(&kept, "word/document.xml").contains("共3件,办结3件(含退回)。"));
    assert!(part(&written(&circular), "word/document.xml").contains("共3件，办结3件（含退回）。"));
}

#[test]
fn a_table_that_no_element_places_is_not_lost() {
    let mut circular = invented::letter();
    circular.tables = vec![Table {
        header: vec![Text::synthetic("无处安放")],
        ..Table::default()
    }];
    assert!(part(&written(&circular), "word/document.xml").contains("无处安放"));
}

#[test]
fn an_empty_circular_is_a_document_too() {
    let document = part(&written(&Circular::default()), "word/document.xml");
    assert!(document.contains("<w:body><w:sectPr>"));
}

/// Every part is XML that a reader takes, and the text of the main part.
fn check_well_formed(docx: &[u8]) -> String {
    let mut text = String::new();
    for (name, content) in parts(docx) {
        let mut reader = quick_xml::Reader::from_str(&content);
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) => break,
                Ok(quick_xml::events::Event::Text(t)) if name == "word/document.xml" => text.push_str(&t),
                Ok(_) => {}
                Err(error) => panic!("{name}: {error}"),
            }
        }
        let banned = |c: char| c < ' ' && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{fffe}' | '\u{ffff}');
        assert!(
            !content.contains(banned),
            "{name} holds a character that XML 1.0 does not allow"
        );
    }
    text
}

#[test]
fn hostile_text_does_no_harm() {
    for hostile in [
        "</w:t></w:r></w:p><w:altChunk r:id=\"rId1\"/>",
        "]]>&amp;<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///\">]>&y;",
        "\u{0}\u{1}\u{b}\u{c}\u{1f}\u{7f}\u{85}\u{fffe}\u{ffff}",
        "\r\n\t\r\n \u{3000}\u{2028}\u{200b}\u{feff}",
        "\u{202e}通报\u{1f600}\u{20000}e\u{301}",
        &"关于".repeat(3_000),
        &"（《“".repeat(2_000),
        &"9".repeat(20_000),
        "",
    ] {
        let text = || Text::synthetic(hostile);
        let circular = Circular {
            issuer_mark: Some(text()),
            doc_number: Some(text()),
            markings: vec![text(); 5],
            title: Some(text()),
            subtitle: vec![text()],
            addressee: Some(text()),
            body: vec![
                Element::Heading(Heading {
                    level: 200,
                    label: Some(text()),
                    title: text(),
                    stop: None,
                    run_in: true,
                }),
                Element::Paragraph(text()),
                Element::Table(TableIdx(0)),
                Element::Table(TableIdx(usize::MAX)),
            ],
            signatures: vec![text(); 3],
            annotation: Some(text()),
            imprint: vec![text(); 3],
            tables: vec![Table {
                caption: Some(text()),
                unit_line: Some(text()),
                header: vec![text(); 3],
                rows: vec![
                    Row {
                        cells: vec![
                            Cell {
                                text: text(),
                                filled: true,
                                ..Cell::default()
                            };
                            7
                        ],
                        hidden: true,
                    },
                    Row::default(),
                ],
                notes: vec![text()],
                ..Table::default()
            }],
            ..Circular::default()
        };
        for keep_text in [false, true] {
            let docx = write(
                &circular,
                &Options {
                    keep_text,
                    ..Options::default()
                },
            )
            .expect("a package in memory");
            check_well_formed(&docx);
        }
    }
}

fn any_text() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[ -~一二三甲乙丙关于的通报（）《》、。：，\\n\\t\u{0}\u{b}　“”0-9]{0,40}")
        .expect("a pattern")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever the text, the parts are XML and hold every letter and figure of it.
    #[test]
    fn any_text_can_be_written(paragraphs in prop::collection::vec(any_text(), 1..5), title in any_text(), cells in prop::collection::vec((any_text(), any::<bool>()), 0..12)) {
        let circular = Circular {
            title: Some(Text::synthetic(title)),
            body: paragraphs.iter().map(|p| Element::Paragraph(Text::synthetic(p))).chain([Element::Table(TableIdx(0))]).collect(),
            tables: vec![Table {
                header: vec![Text::synthetic("列"); 3],
                rows: cells.chunks(3).map(|row| Row {
                    cells: row.iter().map(|(text, filled)| Cell { text: Text::synthetic(text), filled: *filled, ..Cell::default() }).collect(),
                    hidden: false,
                }).collect(),
                ..Table::default()
            }],
            ..Circular::default()
        };
        let text = check_well_formed(&written(&circular));
        let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let all = letters(&text);
        for paragraph in &paragraphs {
            // The reader gives references apart from text; words with one in the middle are looked for piece by piece.
            for piece in paragraph.split(['&', '<', '>', '"', '\'']) {
                prop_assert!(all.contains(&letters(piece)), "{piece:?}");
            }
        }
    }
}
