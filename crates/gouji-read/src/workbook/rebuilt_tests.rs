//! OpenDocument and binary workbooks, which calamine reads once they are written anew.

use gouji_document::{Block, Document, Format, Grid, Hidden, Parsed, WarningKind};
use rust_xlsxwriter::{Format as CellFormat, Formula, Workbook};

use super::binary::{kind, put, wide};
use crate::ReadError;
use crate::package::tests::zip_of;

const MIMETYPE: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
const NAMESPACES: &str = concat!(
    r#"xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:s="urn:oasis:names:tc:opendocument:xmlns:style:1.0" "#,
    r#"xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:x="urn:oasis:names:tc:opendocument:xmlns:text:1.0""#
);

/// What LibreOffice 7.4 (`soffice --convert-to ods`) makes of [`register`].
const REGISTER_ODS: &[u8] = include_bytes!("register.ods");

/// A workbook with titles, merges, formats, formulas, something hidden and a second table.
fn register() -> Vec<u8> {
    let mut book = Workbook::new();
    let plain = CellFormat::new();
    let percent = CellFormat::new().set_num_format("0.0%");
    let grouped = CellFormat::new().set_num_format("#,##0.00");
    let date = CellFormat::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
    let sheet = book.add_worksheet().set_name("办理情况").expect("a name");
    sheet
        .merge_range(0, 0, 0, 4, "来信办理情况表", &plain)
        .expect("a title");
    sheet.write(1, 0, "填报单位：云溪县").expect("a label");
    for (col, text) in ["片区", "单位", "金额", "办结率", "截止"].iter().enumerate() {
        sheet.write(2, col as u16, *text).expect("a header");
    }
    sheet.merge_range(3, 0, 5, 0, "东片", &plain).expect("a group");
    for row in 3..6u32 {
        sheet.write(row, 1, format!("第{row}镇 & <村>")).expect("a name");
        sheet
            .write_with_format(row, 2, row * 1234, &grouped)
            .expect("an amount");
        let result = ["0.428571428571429", "0.571428571428571", "0.714285714285714"][row as usize - 3];
        let rate = Formula::new(format!("=ROW(B{row})/7")).set_result(result);
        sheet.write_formula_with_format(row, 3, rate, &percent).expect("a rate");
        sheet
            .write_with_format(row, 4, 45_000 + row * 31, &date)
            .expect("a day");
    }
    sheet.write(6, 1, "合计").expect("a label");
    let sum = Formula::new("=SUM(C4:C6,0)").set_result("14808");
    sheet.write_formula_with_format(6, 2, sum, &grouped).expect("a sum");
    sheet.write(7, 0, "注：以上为三季度数据。").expect("a note");
    for row in 10..14u32 {
        sheet.write(row, 1, 7).expect("the same");
        sheet.write(row, 2, 7).expect("the same");
    }
    sheet.set_row_hidden(4).expect("a row");
    sheet.set_column_hidden(4).expect("a column");
    let second = book.add_worksheet().set_name("底稿").expect("a name");
    second.write(0, 0, "草稿").expect("a text");
    second.set_hidden(true);
    book.save_to_buffer().expect("a workbook")
}

fn shape(document: &Document) -> Vec<String> {
    let cells = |grid: &Grid| {
        let one = |c: &gouji_document::Cell| {
            let at = c.address.map_or("-".to_owned(), |a| a.to_string());
            let formula = c.formula.as_deref().unwrap_or("");
            format!(
                "{at}+{}+{} {:?} {formula} {}",
                c.row_span,
                c.col_span,
                c.hidden,
                document.quote(c.span)
            )
        };
        grid.cells.iter().map(one).collect::<Vec<_>>()
    };
    let blocks = document.blocks.iter().flat_map(|block| match block {
        Block::Paragraph(p) => vec![format!("{:?} {:?} {}", p.sheet, p.hidden, document.quote(p.span))],
        Block::Table(grid) => cells(grid),
    });
    blocks.collect()
}

#[test]
fn a_spreadsheet_of_libreoffice_reads_like_the_workbook_it_was_made_from() {
    let ours = crate::read("a.xlsx", &register()).expect("a workbook");
    let theirs = crate::read("a.ods", REGISTER_ODS).expect("a spreadsheet");
    assert_eq!(theirs.warnings, []);
    assert_eq!(theirs.value.format, Format::Xlsx);
    assert_eq!(shape(&theirs.value), shape(&ours.value));
    assert!(theirs.value.text.contains("东片\t第3镇 & <村>\t3,702.00\t42.9%\t"));
}

/// An OpenDocument spreadsheet with this in its body.
fn ods(body: &str) -> Vec<u8> {
    let styles = r#"<s:style s:name="h"><s:table-properties t:display="false"/></s:style>"#;
    let content = format!("<o:document-content {NAMESPACES}>{styles}<o:body>{body}</o:body></o:document-content>");
    zip_of(&[("mimetype", MIMETYPE), ("content.xml", content.as_bytes())])
}

fn read_ods(body: &str) -> Result<Parsed<Document>, ReadError> {
    crate::read("a.ods", &ods(body))
}

#[test]
fn cells_show_their_paragraphs_and_nothing_else() {
    let body = r#"<t:tracked-changes><t:table-cell><x:p>旧</x:p></t:table-cell></t:tracked-changes>
        <t:table t:name="表"> <t:shapes><t:table><t:table-row><t:table-cell><x:p>图</x:p></t:table-cell></t:table-row></t:table></t:shapes>
        <t:table-header-rows>
          <t:table-row> <t:table-cell o:value-type="string"> <x:p>甲<x:s x:c="2"/><x:span>乙</x:span>
              丙</x:p><x:p>丁</x:p><o:annotation><x:p>批注</x:p></o:annotation></t:table-cell>
            <t:table-cell t:number-columns-repeated="2"/> <t:table-cell t:number-columns-spanned="2"><x:p>戊</x:p></t:table-cell>
            <t:covered-table-cell><x:p>盖</x:p></t:covered-table-cell> <t:table-cell><x:p>己</x:p></t:table-cell> </t:table-row>
        </t:table-header-rows>
        <t:table-row t:number-rows-repeated="2"><t:table-cell o:value-type="percentage" o:value="0.285714"><x:p>28.6%</x:p></t:table-cell>
          <t:table-cell t:number-columns-repeated="2" o:value-type="float" o:value="1"><x:p>1</x:p></t:table-cell></t:table-row>
        <t:table-row t:number-rows-repeated="1048570"><t:table-cell t:number-columns-repeated="16384"/></t:table-row>
        </t:table>
        <t:table t:name="'file:///x'#外"><t:table-source/><t:table-row><t:table-cell><x:p>外</x:p></t:table-cell></t:table-row></t:table>"#;
    let parsed = read_ods(body).expect("a spreadsheet");
    assert_eq!(parsed.warnings, []);
    assert_eq!(
        parsed.value.text,
        "甲  乙 丙\n丁\t\t\t戊\t己\n28.6%\t1\t1\t\t\t\n28.6%\t1\t1\t\t\t"
    );
}

#[test]
fn values_that_nothing_prints_are_shown_plainly_and_warned_of() {
    let cell = |attributes: &str| format!("<t:table-cell {attributes}/>");
    let cells = [
        r#"o:value-type="percentage" o:value="0.10000000000000001""#,
        r#"o:value-type="date" o:date-value="2024-09-04""#,
        r#"o:value-type="boolean" o:boolean-value="true""#,
        r#"o:value-type="string" o:string-value="文&amp;""#,
        r#"o:value="1e999999""#,
        r#"t:formula="of:=TODAY()""#,
    ]
    .map(cell)
    .concat();
    let parsed = read_ods(&format!(
        r#"<t:table t:name="表" t:style-name="h"><t:table-row>{cells}</t:table-row></t:table>"#
    ))
    .expect("a spreadsheet");
    assert_eq!(parsed.value.text, "0.1\t2024-09-04\tTRUE\t文&\t1e999999");
    let Block::Table(grid) = &parsed.value.blocks[0] else {
        panic!("a table")
    };
    assert_eq!(grid.hidden, Some(Hidden::Sheet));
    let kinds: Vec<&WarningKind> = parsed.warnings.iter().map(|w| &w.kind).collect();
    assert!(
        matches!(
            kinds[..],
            [
                WarningKind::UnknownNumberFormat { .. },
                WarningKind::UnknownNumberFormat { .. },
                WarningKind::FormulaWithoutValue
            ]
        ),
        "{kinds:?}"
    );
}

#[test]
fn formulas_are_kept_in_the_notation_of_workbooks() {
    let cell =
        r#"<t:table-cell t:formula="of:=SUM([.B3:.B5];[$表.A1])&amp;&quot;[.;]&quot;"><x:p>9</x:p></t:table-cell>"#;
    let row = format!("<t:table-row>{cell}<t:table-cell><x:p>1</x:p></t:table-cell></t:table-row>");
    let document = read_ods(&format!("<t:table>{row}{row}</t:table>"))
        .expect("a spreadsheet")
        .value;
    let Block::Table(grid) = &document.blocks[0] else {
        panic!("a table")
    };
    assert_eq!(grid.cells[0].formula.as_deref(), Some(r#"SUM(B3:B5,$表!A1)&"[.;]""#));
}

#[test]
fn repeats_that_would_fill_memory_are_refused() {
    let corner = r#"<t:table-row><t:table-cell><x:p>1</x:p></t:table-cell></t:table-row>"#;
    let last = r#"<t:table-row><t:table-cell t:number-columns-repeated="16383"/><t:table-cell><x:p>2</x:p></t:table-cell></t:table-row>"#;
    let gap = r#"<t:table-row t:number-rows-repeated="1048000"/>"#;
    let long = "长".repeat(10_000);
    for body in [
        r#"<t:table-row t:number-rows-repeated="1048576"><t:table-cell t:number-columns-repeated="16384"><x:p>1</x:p></t:table-cell></t:table-row>"#.to_owned(),
        r#"<t:table-row t:number-rows-repeated="99999999999999999999999"><t:table-cell t:number-columns-repeated="18446744073709551615"><x:p>1</x:p></t:table-cell></t:table-row>"#.to_owned(),
        format!("{corner}{gap}{last}"),
        last.repeat(100),
        format!(r#"<t:table-row t:number-rows-repeated="9000"><t:table-cell><x:p>{long}</x:p></t:table-cell></t:table-row>"#),
        format!(r#"<t:table-row><t:table-cell t:number-columns-repeated="9000" t:formula="{long}"/></t:table-row>"#),
        r#"<t:table-row><t:table-cell t:number-columns-repeated="99999999"/><t:table-cell><x:p>1</x:p></t:table-cell></t:table-row>"#.to_owned(),
    ] {
        let found = read_ods(&format!("<t:table>{body}</t:table>"));
        assert!(matches!(found, Err(ReadError::Workbook { .. })), "{}", &body[..60]);
    }
    let sheets = format!("<t:table>{corner}<t:table-row t:number-rows-repeated=\"300000\"/>{corner}</t:table>");
    assert!(read_ods(&sheets).is_ok());
    assert!(matches!(read_ods(&sheets.repeat(4)), Err(ReadError::Workbook { .. })));
    let spaces = r#"<t:table><t:table-row><t:table-cell o:value-type="string"><x:p>1<x:s x:c="4000000000"/></x:p></t:table-cell></t:table-row></t:table>"#;
    assert!(read_ods(spaces).expect("a spreadsheet").value.text.len() < 2000);
}

#[test]
fn damaged_spreadsheets_keep_what_was_whole() {
    let body = r#"<t:table t:name="表"><t:table-column t:number-columns-repeated="2" t:visibility="collapse"/>
        <t:table-row t:visibility="filter"><t:table-cell o:value-type="string"><x:p>甲<x:s/></x:p><o:annotation>批</o:annotation></t:table-cell></t:table-row>
        <t:table-row><t:table-cell o:value="-1.5E-7"/><t:covered-table-cell/><t:table-cell t:number-rows-spanned="2"><x:p>2</x:p></t:table-cell></t:table-row></t:table>"#;
    let whole = format!("<o:document-content {NAMESPACES}>{body}</o:document-content>");
    let (mut kept, mut refused) = (0, 0);
    for (at, c) in whole.char_indices() {
        let cut = zip_of(&[("mimetype", MIMETYPE), ("content.xml", &whole.as_bytes()[..at])]);
        match crate::read("a.ods", &cut) {
            Ok(parsed) => {
                kept += 1;
                assert!(matches!(parsed.warnings[0].kind, WarningKind::PartSkipped { .. }));
            }
            Err(_) => refused += 1,
        }
        let damaged = format!("{}{}", &whole[..at], &whole[at + c.len_utf8()..]);
        let _ = crate::read(
            "a.ods",
            &zip_of(&[("mimetype", MIMETYPE), ("content.xml", damaged.as_bytes())]),
        );
    }
    assert!(kept > 200 && refused > 200, "{kept} {refused}");
    assert!(matches!(
        crate::read("a.ods", &REGISTER_ODS[..REGISTER_ODS.len() / 2]),
        Err(ReadError::Package(_))
    ));
}

#[test]
fn locked_and_foreign_packages_are_refused() {
    let manifest = b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let locked = zip_of(&[
        ("mimetype", MIMETYPE),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", b"\x01"),
    ]);
    assert!(matches!(crate::read("a.ods", &locked), Err(ReadError::Encrypted)));
    let text = zip_of(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", b"<a/>"),
    ]);
    assert!(matches!(
        crate::read("a.ods", &text),
        Err(ReadError::NotADocument { .. })
    ));
    assert!(matches!(read_ods("<t:table/>"), Err(ReadError::Empty)));
    let bare = zip_of(&[("mimetype", MIMETYPE)]);
    assert!(matches!(
        crate::read("a.ods", &bare),
        Err(ReadError::MissingPart { .. })
    ));
}

/// Parts of a binary workbook by hand: the sheet's records, and a table of strings that declares far too many.
fn binary(sheet: &[u8]) -> Vec<u8> {
    binary_with(sheet, "占比")
}

/// The same with this as the second of its strings.
fn binary_with(sheet: &[u8], second: &str) -> Vec<u8> {
    let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
        <Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>
        <Override PartName="/xl/worksheets/sheet7.bin" ContentType="application/vnd.ms-excel.worksheet"/>
        <Override PartName="/xl/styles.bin" ContentType="application/vnd.ms-excel.styles"/>
        <Override PartName="/xl/sharedStrings.bin" ContentType="application/vnd.ms-excel.sharedStrings"/></Types>"#;
    let schema = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let packages = "http://schemas.openxmlformats.org/package/2006/relationships";
    let top = format!(
        r#"<Relationships xmlns="{packages}"><Relationship Id="a" Type="{schema}/officeDocument" Target="xl/workbook.bin"/></Relationships>"#
    );
    let related = format!(
        r#"<Relationships xmlns="{packages}"><Relationship Id="rId1" Type="{schema}/worksheet" Target="worksheets/sheet7.bin"/>
        <Relationship Id="rId2" Type="{schema}/styles" Target="styles.bin"/>
        <Relationship Id="rId3" Type="{schema}/sharedStrings" Target="sharedStrings.bin"/></Relationships>"#
    );
    let mut book = Vec::new();
    put(&mut book, 131, &[]);
    put(&mut book, kind::BOOK, &[&[0; 12]]);
    put(&mut book, 143, &[]);
    put(
        &mut book,
        kind::SHEET,
        &[&[0; 4], &[1, 0, 0, 0], &wide("rId1"), &wide("收支")],
    );
    put(
        &mut book,
        kind::SHEET,
        &[&[0; 4], &[2, 0, 0, 0], &[0xFF; 4], &wide("无")],
    );
    put(&mut book, kind::END_SHEETS, &[]);
    put(&mut book, 132, &[]);
    let mut styles = Vec::new();
    put(&mut styles, 278, &[]);
    put(&mut styles, 615, &[&[1, 0, 0, 0]]);
    put(&mut styles, kind::FORMAT, &[&[170, 0], &wide("0.0%")]);
    put(&mut styles, 616, &[]);
    put(&mut styles, 626, &[&[1, 0, 0, 0]]);
    put(&mut styles, kind::STYLE, &[&[0xFF, 0xFF, 9, 0], &[0; 12]]);
    put(&mut styles, 627, &[]);
    put(&mut styles, kind::BEGIN_STYLES, &[&[3, 0, 0, 0]]);
    for format in [0, 170, 31] {
        put(&mut styles, kind::STYLE, &[&[0, 0, format, 0], &[0; 12]]);
    }
    put(&mut styles, kind::END_STYLES, &[]);
    put(&mut styles, 279, &[]);
    let mut strings = Vec::new();
    put(&mut strings, kind::BEGIN_STRINGS, &[&[0xFF; 8]]);
    put(&mut strings, kind::STRING_ITEM, &[&[0], &wide("单位")]);
    put(
        &mut strings,
        kind::STRING_ITEM,
        &[&[1], &wide(second), &[1, 0, 0, 0], &[0; 4]],
    );
    put(&mut strings, 160, &[]);
    zip_of(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", top.as_bytes()),
        ("xl/workbook.bin", &book),
        ("xl/_rels/workbook.bin.rels", related.as_bytes()),
        ("xl/worksheets/sheet7.bin", sheet),
        ("xl/styles.bin", &styles),
        ("xl/sharedStrings.bin", &strings),
    ])
}

fn row(out: &mut Vec<u8>, at: u32, flags: u8) {
    put(
        out,
        kind::ROW,
        &[&at.to_le_bytes(), &[0; 4], &[0x2C, 1], &[0, flags, 0], &[0; 4]],
    );
}

fn cell(out: &mut Vec<u8>, kind: u16, col: u32, style: u8, value: &[u8]) {
    put(out, kind, &[&col.to_le_bytes(), &[style, 0, 0, 0], value]);
}

/// Records of a sheet with a title, a header, two rows of which one is hidden, and a merged range.
fn accounts() -> Vec<u8> {
    let mut out = Vec::new();
    put(&mut out, 129, &[]);
    put(
        &mut out,
        kind::DIMENSION,
        &[
            &0u32.to_le_bytes(),
            &3u32.to_le_bytes(),
            &0u32.to_le_bytes(),
            &3u32.to_le_bytes(),
        ],
    );
    put(&mut out, 390, &[]);
    put(
        &mut out,
        kind::COLUMNS,
        &[
            &3u32.to_le_bytes(),
            &3u32.to_le_bytes(),
            &[0, 9, 0, 0],
            &[0; 4],
            &[1, 0],
        ],
    );
    put(&mut out, 391, &[]);
    put(&mut out, kind::BEGIN_DATA, &[]);
    row(&mut out, 0, 0);
    cell(&mut out, kind::STRING, 0, 0, &wide("收支情况"));
    row(&mut out, 1, 0);
    cell(&mut out, kind::SHARED, 0, 0, &0u32.to_le_bytes());
    cell(&mut out, kind::SHARED, 1, 0, &1u32.to_le_bytes());
    cell(&mut out, kind::STRING, 2, 0, &wide("月份"));
    cell(&mut out, kind::STRING, 3, 0, &wide("核对"));
    row(&mut out, 2, 0);
    cell(&mut out, kind::RICH_STRING, 0, 0, &[&[0][..], &wide("甲所")].concat());
    let rate = [&0.285_714_285_f64.to_le_bytes()[..], &[0; 2], &[0; 8]].concat();
    cell(&mut out, kind::FORMULA_NUMBER, 1, 1, &rate);
    cell(&mut out, kind::RK, 2, 2, &((45_539u32 << 2) | 2).to_le_bytes());
    cell(&mut out, kind::BOOL, 3, 0, &[1]);
    row(&mut out, 3, 0x10);
    cell(&mut out, kind::STRING, 0, 0, &wide("乙所"));
    cell(&mut out, kind::REAL, 1, 0, &1234.5_f64.to_le_bytes());
    cell(&mut out, kind::RK, 2, 0, &((1250u32 << 2) | 3).to_le_bytes());
    cell(&mut out, kind::ERROR, 3, 0, &[7]);
    put(&mut out, kind::END_DATA, &[]);
    put(&mut out, 177, &[&[1, 0, 0, 0]]);
    let title = [0u32, 0, 0, 3].map(u32::to_le_bytes).concat();
    put(&mut out, kind::MERGE, &[&title]);
    put(&mut out, 178, &[]);
    put(&mut out, 130, &[]);
    out
}

#[test]
fn binary_workbooks_are_read_as_printed() {
    let parsed = crate::read("a.xlsb", &binary(&accounts())).expect("a workbook");
    assert_eq!(parsed.warnings, []);
    let document = parsed.value;
    assert_eq!(
        document.text,
        "收支情况\n单位\t占比\t月份\t核对\n甲所\t28.6%\t2024年9月4日\tTRUE\n乙所\t1234.5\t12.5\t#DIV/0!"
    );
    let Block::Table(grid) = &document.blocks[1] else {
        panic!("a table")
    };
    let hidden: Vec<String> = grid
        .cells
        .iter()
        .filter(|c| c.hidden.is_some())
        .filter_map(|c| Some(c.address?.to_string()))
        .collect();
    assert_eq!(hidden, ["D2", "D3", "A4", "B4", "C4", "D4"]);
    assert_eq!(grid.sheet.as_deref(), Some("收支"));
}

#[test]
fn hostile_records_are_left_out() {
    let mut out = Vec::new();
    put(&mut out, kind::BEGIN_DATA, &[]);
    cell(&mut out, kind::STRING, 0, 0, &wide("无行"));
    row(&mut out, u32::MAX, 0);
    cell(&mut out, kind::STRING, 0, 0, &wide("远"));
    row(&mut out, 5, 0);
    for (kind, value) in [
        (kind::RK, &[1, 2][..]),
        (kind::REAL, &[0; 7]),
        (kind::SHARED, &[2, 0, 0, 0]),
        (kind::SHARED, &[0xFF; 4]),
        (kind::STRING, &[0xFF; 4]),
        (kind::STRING, &[5, 0, 0, 0, b'x', 0]),
        (kind::RICH_STRING, &[]),
        (kind::ERROR, &[0x55]),
        (kind::BOOL, &[]),
    ] {
        cell(&mut out, kind, 0, 0, value);
    }
    cell(&mut out, kind::STRING, u32::MAX, 0, &wide("远"));
    put(&mut out, kind::STRING, &[&[1]]);
    cell(&mut out, kind::STRING, 3, 0xFF, &wide("近"));
    row(&mut out, 1_048_575, 0);
    cell(&mut out, kind::STRING, 16_383, 0, &wide("角"));
    out.extend([0x06, 0xFF, 0xFF, 0xFF, 0x7F, 1]);
    let parsed = crate::read("a.xlsb", &binary(&out)).expect("a workbook");
    assert_eq!(parsed.value.text, "近\n角");
    assert!(matches!(parsed.warnings[..], [ref w] if matches!(w.kind, WarningKind::PartSkipped { .. })));
}

#[test]
fn damaged_binary_workbooks_never_panic() {
    let whole = accounts();
    for at in 0..whole.len() {
        let _ = crate::read("a.xlsb", &binary(&whole[..at]));
        for value in [0x80 | whole[at], whole[at] ^ 1] {
            let mut damaged = whole.clone();
            damaged[at] = value;
            let _ = crate::read("a.xlsb", &binary(&damaged));
        }
    }
    let bytes = binary(&whole);
    for at in (0..bytes.len()).step_by(13) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x55;
        let _ = crate::read("a.xlsb", &damaged);
    }
}

#[test]
fn one_string_shown_by_every_cell_is_limited() {
    let mut out = Vec::new();
    for at in 0..150 {
        row(&mut out, at, 0);
        cell(&mut out, kind::SHARED, 0, 0, &1u32.to_le_bytes());
    }
    let parsed = crate::read("a.xlsb", &binary_with(&out, &"长".repeat(200_000))).expect("a workbook");
    assert!(parsed.value.text.len() <= super::MAX_TEXT + 1000);
    assert!(
        parsed
            .warnings
            .iter()
            .any(|w| matches!(w.kind, WarningKind::LimitReached { .. }))
    );
}

#[test]
fn short_cells_stand_right_of_the_cell_before() {
    let mut out = Vec::new();
    put(&mut out, kind::BEGIN_DATA, &[]);
    for at in 0..2 {
        row(&mut out, at, 0);
        cell(&mut out, kind::STRING, 1, 0, &wide("甲"));
        for (kind, style, value) in [
            (12, 0, Vec::new()),
            (13, 1, (50u32 << 2 | 3).to_le_bytes().to_vec()),
            (14, 0, vec![7]),
            (15, 0, vec![0]),
            (16, 0, 2.5_f64.to_le_bytes().to_vec()),
            (17, 0, wide("文")),
            (18, 0, vec![0; 4]),
        ] {
            put(&mut out, kind, &[&[style, 0, 0, 0], &value]);
        }
    }
    let document = crate::read("a.xlsb", &binary(&out)).expect("a workbook").value;
    let line = "甲\t\t50.0%\t#DIV/0!\tFALSE\t2.5\t文\t单位";
    assert_eq!(document.text, format!("{line}\n{line}"));
    let mut first = Vec::new();
    put(&mut first, kind::BEGIN_DATA, &[]);
    row(&mut first, 0, 0);
    put(&mut first, 17, &[&[0; 4], &wide("始")]);
    assert_eq!(
        crate::read("a.xlsb", &binary(&first)).expect("a workbook").value.text,
        "始"
    );
}

/// A figure with the formula `tokens` behind it.
fn computed(out: &mut Vec<u8>, col: u32, value: [u8; 8], tokens: &[u8], extra: &[u8]) {
    let counted = |bytes: &[u8]| [&(bytes.len() as u32).to_le_bytes()[..], bytes].concat();
    let value = [&value[..], &[0; 2], &counted(tokens), &counted(extra)].concat();
    cell(out, kind::FORMULA_NUMBER, col, 0, &value);
}

#[test]
fn formulas_of_binary_workbooks_are_held_against_their_results() {
    let number = |n: u32| ((n << 2) | 2).to_le_bytes();
    // A formula of B3 and B4 kept by B3: the cell to the left and one.
    let shared = [0x4C, 0, 0, 0, 0, 0xFF, 0xFF, 0x1E, 1, 0, 0x03];
    let elsewhere = [1, 2, 0, 0, 0];
    let mut out = Vec::new();
    put(&mut out, kind::BEGIN_DATA, &[]);
    row(&mut out, 2, 0);
    cell(&mut out, kind::RK, 0, 0, &number(7));
    computed(&mut out, 1, 8_f64.to_le_bytes(), &elsewhere, &1u32.to_le_bytes());
    let kept = [&[0; 16][..], &11u32.to_le_bytes(), &shared, &[0; 4]].concat();
    put(&mut out, kind::SHARED_FORMULA, &[&kept]);
    row(&mut out, 3, 0);
    cell(&mut out, kind::RK, 0, 0, &number(5));
    computed(&mut out, 1, 9_f64.to_le_bytes(), &elsewhere, &1u32.to_le_bytes());
    row(&mut out, 4, 0);
    // A sum, and a comparison, which is not computed.
    let sum = [0x25, 2, 0, 0, 0, 3, 0, 0, 0, 0, 0xC0, 0, 0xC0, 0x19, 0x10, 0, 0];
    computed(&mut out, 0, 12_f64.to_le_bytes(), &sum, &[]);
    let compared = [0x1E, 1, 0, 0x1E, 1, 0, 0x0B];
    computed(&mut out, 1, 1_f64.to_le_bytes(), &compared, &[]);
    put(&mut out, kind::END_DATA, &[]);
    let document = crate::read("a.xlsb", &binary(&out)).expect("a workbook").value;
    let Some(Block::Table(grid)) = document.blocks.first() else {
        panic!("a table")
    };
    let told: Vec<String> = grid
        .cells
        .iter()
        .filter_map(|cell| {
            let c = cell.calculation.as_ref()?;
            let formula = cell.formula.as_deref()?;
            Some(format!("{formula} {} {}", c.stored.num, c.result.num))
        })
        .collect();
    assert_eq!(told, ["A3+1 8 8", "A4+1 9 6", "SUM(A3:A4) 12 12"]);
    assert_eq!(grid.cells.iter().filter(|c| c.formula.is_some()).count(), 3);
}
