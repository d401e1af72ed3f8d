//! Workbooks.

use std::fmt::Write as _;

use super::Outcome::{Ends, Read, Refused};
use super::containers::package;
use super::{Case, Size, repeated, scattered};

const OPEN: &str = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">"#;
const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const RELS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const BOOK_RELS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;

/// A workbook of one sheet.
fn xlsx(sheet: &str, strings: &str) -> Vec<u8> {
    package(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS.as_bytes()),
        (
            "xl/sharedStrings.xml",
            format!("<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{strings}</sst>")
                .as_bytes(),
        ),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn rows(n_rows: usize, n_columns: usize) -> String {
    repeated(
        &format!("{OPEN}<sheetData>"),
        n_rows,
        "</sheetData></worksheet>",
        |row, out| {
            out.push_str("<row>");
            for column in 0..n_columns {
                let _ = match (row, column) {
                    (0, _) => write!(out, r#"<c t="inlineStr"><is><t>第{column}项</t></is></c>"#),
                    (_, 0) => write!(out, r#"<c t="inlineStr"><is><t>第{row}镇</t></is></c>"#),
                    _ => write!(out, "<c><v>{}</v></c>", scattered(row * n_columns + column, 3)),
                };
            }
            out.push_str("</row>");
        },
    )
}

pub(super) const CASES: &[Case] = &[
    Case {
        name: "a-million-cells.xlsx",
        outcome: Read,
        make: |size| xlsx(&rows(size.of(100_000, 200), 10), ""),
    },
    Case {
        name: "columns.xlsx",
        outcome: Read,
        make: |size| xlsx(&rows(20, size.of(16_000, 100)), ""),
    },
    Case {
        name: "past-the-cells.xlsx",
        outcome: Ends,
        make: |size| xlsx(&rows(size.of(300_000, 500), 12), ""),
    },
    Case {
        name: "dimension-that-lies.xlsx",
        outcome: Read,
        make: |_| {
            xlsx(
                &format!(
                    r#"{OPEN}<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row><row r="4294967295"><c r="ZZZZZZZ99999999999999"><v>3</v></c></row></sheetData></worksheet>"#
                ),
                "",
            )
        },
    },
    Case {
        name: "corners.xlsx",
        outcome: Read,
        make: |size| {
            xlsx(
                &repeated(
                    &format!("{OPEN}<sheetData>"),
                    size.of(1_000, 100),
                    "</sheetData></worksheet>",
                    |i, out| {
                        let row = i * 1000 + 1;
                        let _ = write!(
                            out,
                            r#"<row r="{row}"><c r="A{row}"><v>1</v></c><c r="XFD{row}"><v>2</v></c></row>"#
                        );
                    },
                ),
                "",
            )
        },
    },
    Case {
        name: "merges.xlsx",
        outcome: Read,
        make: |size| {
            let merges = repeated("<mergeCells>", size.of(200_000, 200), "</mergeCells>", |i, out| {
                let _ = write!(out, r#"<mergeCell ref="A{}:XFD1048576"/>"#, i + 1);
            });
            xlsx(
                &format!(r#"{OPEN}<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>{merges}</worksheet>"#),
                "",
            )
        },
    },
    Case {
        name: "one-string-everywhere.xlsx",
        outcome: Ends,
        make: |size| {
            let string = format!("<si><t>{}</t></si>", "受理1件".repeat(size.of(10_000, 100)));
            let sheet = repeated(
                &format!("{OPEN}<sheetData>"),
                size.of(50_000, 100),
                "</sheetData></worksheet>",
                |_, out| {
                    out.push_str(r#"<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>"#);
                },
            );
            xlsx(&sheet, &string)
        },
    },
    Case {
        name: "one-formula-shared-by-all.xlsx",
        outcome: Read,
        make: |size| {
            let formula = format!("A1{}", "+A1".repeat(size.of(1_500_000, 500)));
            let open = format!(
                r#"{OPEN}<sheetData><row r="1"><c r="B1"><f t="shared" si="0" ref="B1:B200000">{formula}</f><v>0</v></c></row>"#
            );
            let end = "</sheetData></worksheet>";
            let sheet = repeated(&open, size.of(200_000, 200), end, |i, out| {
                let row = i + 2;
                let _ = write!(
                    out,
                    r#"<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>甲镇</t></is></c><c r="B{row}"><f t="shared" si="0"/><v>0</v></c></row>"#
                );
            });
            xlsx(&sheet, "")
        },
    },
    Case {
        name: "sums-of-everything.xlsx",
        outcome: Read,
        make: |size| {
            let open = format!("{OPEN}<sheetData>");
            let end = "</sheetData></worksheet>";
            let sheet = repeated(&open, size.of(50_000, 200), end, |i, out| {
                let row = i + 1;
                let _ = write!(
                    out,
                    r#"<row r="{row}"><c r="A{row}"><v>1</v></c><c r="B{row}"><f>SUM(A:A)+SUM(1:{row})-SUM(B$1:B{i})</f><v>0</v></c></row>"#
                );
            });
            xlsx(&sheet, "")
        },
    },
    Case {
        name: "numbers-of-every-size.xlsx",
        outcome: Read,
        make: |size| {
            let values = [
                "1e308",
                "-1e-320",
                "NaN",
                "1E+9999999",
                "0.1e-400",
                "",
                "99999999999999999999999999999999",
                "２",
            ];
            let sheet = repeated(
                &format!("{OPEN}<sheetData>"),
                size.of(20_000, 20),
                "</sheetData></worksheet>",
                |i, out| {
                    let _ = write!(
                        out,
                        "<row><c><v>{}</v></c><c><f>SUM(A1:A{i})</f><v>{}</v></c></row>",
                        values[i % 8],
                        values[(i / 8) % 8]
                    );
                },
            );
            xlsx(&sheet, "")
        },
    },
    Case {
        name: "depth.xlsx",
        outcome: Ends,
        make: |size| {
            xlsx(
                &(format!("{OPEN}<sheetData>") + &"<row>".repeat(size.of(1_000_000, 50))),
                "",
            )
        },
    },
    Case {
        name: "sheets.xlsx",
        outcome: Ends,
        make: sheets,
    },
    Case {
        name: "bomb.xlsx",
        outcome: Refused,
        make: |size| {
            xlsx(
                &format!(
                    "{OPEN}<sheetData>{}</sheetData></worksheet>",
                    " ".repeat(size.of(1 << 30, 40))
                ),
                "",
            )
        },
    },
];

fn sheets(size: Size) -> Vec<u8> {
    let n = size.of(10_000, 50);
    let book = repeated(
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>"#,
        n,
        "</sheets></workbook>",
        |i, out| {
            let _ = write!(out, r#"<sheet name="表{i}" sheetId="{i}" r:id="r1"/>"#);
        },
    );
    let sheet = rows(400, 10);
    package(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}
