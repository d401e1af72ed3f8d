//! Notes in workbooks: on fresh sheets, beside notes that are there, and what stays byte for byte.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::*;

const NS: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        zip.write_all(content.as_bytes()).expect("memory");
    }
    zip.finish().expect("a package").into_inner()
}

fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut out = BTreeMap::new();
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at).expect("an entry");
        let mut text = String::new();
        entry.read_to_string(&mut text).expect("text");
        let name = entry.name().expect("a name").into_owned();
        out.insert(name, text);
    }
    out
}

/// A workbook of two sheets; `more` are further parts, `first` and `related` what the first sheet holds behind its data and in
/// its relationships.
fn book(first: &str, related: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let types = "<Types xmlns=\"t\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>".to_owned();
    let top =
        "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
    let main = format!(
        "<workbook xmlns=\"{NS}\" xmlns:r=\"r\"><sheets><sheet name=\"表一\" r:id=\"s\"/><sheet name=\"表&amp;二\" r:id=\"u\"/></sheets></workbook>"
    );
    let main_related = "<Relationships><Relationship Id=\"s\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
        <Relationship Id=\"u\" Type=\"x/worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/></Relationships>";
    let sheet = format!("<worksheet xmlns=\"{NS}\" xmlns:r=\"{R}\"><sheetData><row/></sheetData>{first}</worksheet>");
    let second = format!("<x:worksheet xmlns:x=\"{NS}\"><x:sheetData/></x:worksheet>");
    let related = format!("<Relationships>{related}</Relationships>");
    let mut all = vec![
        ("[Content_Types].xml", types.as_str()),
        ("_rels/.rels", top),
        ("xl/workbook.xml", &main),
        ("xl/_rels/workbook.xml.rels", main_related),
        ("xl/worksheets/sheet1.xml", &sheet),
        ("xl/worksheets/_rels/sheet1.xml.rels", &related),
        ("xl/worksheets/sheet2.xml", &second),
    ];
    all.extend_from_slice(more);
    package(&all)
}

fn note(sheet: &str, cell: &str, lines: &[&str]) -> CellNote {
    CellNote {
        cell: Some((sheet.to_owned(), cell.to_owned())),
        lines: lines.iter().map(|l| (*l).to_owned()).collect(),
    }
}

fn annotated(bytes: &[u8], notes: &[CellNote]) -> BTreeMap<String, String> {
    let done = annotate_workbook(bytes, notes).expect("a package").expect("a workbook");
    assert_eq!((done.made, done.left_out), (notes.len(), 0));
    parts(&done.docx)
}

#[test]
fn notes_get_parts_of_their_own() {
    let bytes = book("<pageMargins/><extLst/>", "", &[]);
    let notes = [
        note("表一", "B3", &["甲 < 乙", "第二行"]),
        note("表&二", "AB12", &["丙"]),
        note("表一", "B3", &["丁"]),
        note("表一", "A1", &["戊"]),
    ];
    let (before, after) = (parts(&bytes), annotated(&bytes, &notes));
    let comments = &after["xl/comments.xml"];
    assert!(comments.contains("<authors><author>gouji</author></authors>"));
    assert!(comments.contains("甲 &lt; 乙\n第二行\n丁</t>"), "{comments}");
    let order: Vec<&str> = comments
        .match_indices("<comment ref=")
        .map(|(at, _)| &comments[at + 14..at + 16])
        .collect();
    assert_eq!(order, ["A1", "B3"]);
    assert!(after["xl/comments1.xml"].contains("<comment ref=\"AB12\" authorId=\"0\">"));
    let sheet = &after["xl/worksheets/sheet1.xml"];
    assert!(sheet.contains("<pageMargins/><legacyDrawing xmlns:r="), "{sheet}");
    assert!(sheet.ends_with("/><extLst/></worksheet>"), "{sheet}");
    assert!(after["xl/worksheets/sheet2.xml"].contains("<x:sheetData/><x:legacyDrawing "));
    let related = &after["xl/worksheets/_rels/sheet1.xml.rels"];
    assert!(
        related.contains("Target=\"/xl/comments.xml\"") && related.contains("Target=\"/xl/drawings/vmlDrawing.vml\"")
    );
    assert!(after["xl/worksheets/_rels/sheet2.xml.rels"].contains("/xl/comments1.xml"));
    let types = &after["[Content_Types].xml"];
    assert_eq!(types.matches("Extension=\"vml\"").count(), 1);
    assert_eq!(types.matches("spreadsheetml.comments+xml").count(), 2);
    let drawing = &after["xl/drawings/vmlDrawing.vml"];
    assert_eq!(drawing.matches("<v:shape ").count(), 2);
    assert!(drawing.contains("<x:Row>2</x:Row><x:Column>1</x:Column>"));
    assert!(after["xl/drawings/vmlDrawing1.vml"].contains("<x:Row>11</x:Row><x:Column>27</x:Column>"));
    for name in ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"] {
        assert_eq!(before[name], after[name]);
    }
}

#[test]
fn notes_that_are_there_stay_and_go_on() {
    let old = format!(
        "<comments xmlns=\"{NS}\"><authors><author>张</author><author/></authors><commentList>\
         <comment ref=\"A1\" authorId=\"1\"><text><t>旧</t></text></comment>\
         <comment ref=\"B2\" authorId=\"0\"><text><r><t>旧二</t></r><phoneticPr fontId=\"1\"/></text></comment>\
         <comment ref=\"C3\" authorId=\"0\"><text/></comment></commentList></comments>"
    );
    let drawing = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\"><v:shapetype id=\"_x0000_t202\"/><v:shape id=\"_x0000_s2050\"><br></v:shape></xml>";
    let related = "<Relationship Id=\"rId1\" Type=\"x/comments\" Target=\"../comments1.xml\"/>\
        <Relationship Id=\"rId2\" Type=\"x/vmlDrawing\" Target=\"../drawings/old.vml\"/>";
    let more = [("xl/comments1.xml", old.as_str()), ("xl/drawings/old.vml", drawing)];
    let bytes = book("<legacyDrawing r:id=\"rId2\"/>", related, &more);
    let notes = ["A1", "B2", "C3", "D4"].map(|cell| note("表一", cell, &["新"]));
    let (before, after) = (parts(&bytes), annotated(&bytes, &notes));
    let comments = &after["xl/comments1.xml"];
    assert!(comments.contains("<author>张</author><author/><author>gouji</author></authors>"));
    assert!(comments.contains("<text><r><t>旧</t></r><r><rPr>"), "{comments}");
    assert!(comments.contains("<r><t>旧二</t></r><r><rPr>"), "{comments}");
    assert!(
        comments.contains("\n新</t></r><phoneticPr fontId=\"1\"/></text>"),
        "{comments}"
    );
    assert!(comments.contains("authorId=\"0\"><text><r>"), "{comments}");
    assert!(comments.contains("<comment ref=\"D4\" authorId=\"2\">"), "{comments}");
    // Only the cell that had no note gets a box.
    let drawn = &after["xl/drawings/old.vml"];
    assert!(drawn.starts_with(drawing.trim_end_matches("</xml>")), "{drawn}");
    assert_eq!(drawn.matches("_x0000_s2051").count(), 1);
    assert!(drawn.contains("<x:Row>3</x:Row>") && !drawn.contains("<x:Row>0</x:Row>"));
    for name in [
        "[Content_Types].xml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/_rels/sheet1.xml.rels",
    ] {
        assert_eq!(before[name], after[name]);
    }
}

#[test]
fn what_has_no_cell_goes_to_the_first_and_other_packages_are_refused() {
    let bytes = book("", "", &[]);
    let nowhere = CellNote {
        cell: None,
        lines: vec!["甲".to_owned()],
    };
    let after = annotated(&bytes, &[nowhere, note("没有", "??", &["乙"])]);
    assert!(after["xl/comments.xml"].contains("<comment ref=\"A1\""));
    assert!(after["xl/comments.xml"].contains("甲\n乙"));
    assert!(
        parts(&bytes) == annotated(&bytes, &[]),
        "nothing to say changes nothing"
    );
    let other = package(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", "<a/>"),
    ]);
    assert!(annotate_workbook(&other, &[]).expect("a package").is_none());
    assert!(annotate_workbook(b"PK", &[]).is_err());
}

#[test]
fn a_drawing_that_leads_nowhere_makes_way() {
    let bytes = book("<legacyDrawing r:id=\"gone\"/><tableParts/>", "", &[]);
    let after = annotated(&bytes, &[note("表一", "A1", &["甲"])]);
    let sheet = &after["xl/worksheets/sheet1.xml"];
    assert_eq!(sheet.matches("legacyDrawing").count(), 1);
    assert!(!sheet.contains("gone"), "{sheet}");
}

#[test]
fn damaged_parts_are_errors_and_never_panics() {
    let comments = format!(
        "<comments xmlns=\"{NS}\"><authors/><commentList><comment ref=\"A1\"><text><t>旧</t></text></comment></commentList></comments>"
    );
    let related = "<Relationship Id=\"rId1\" Type=\"x/comments\" Target=\"../comments1.xml\"/>";
    for at in comments.char_indices().map(|(at, _)| at) {
        let bytes = book("", related, &[("xl/comments1.xml", &comments[..at])]);
        let _ = annotate_workbook(&bytes, &[note("表一", "A1", &["甲"])]);
    }
    let no_list = book("", related, &[("xl/comments1.xml", "<comments/>")]);
    assert!(annotate_workbook(&no_list, &[note("表一", "A1", &["甲"])]).is_err());
}
