//! Whole workbooks, by hand and by another producer.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use gouji_document::{Block, Document, Format, Grid, Hidden, Parsed, WarningKind};
use rust_xlsxwriter::{Format as CellFormat, Formula, Workbook};

use crate::package::tests::zip_of;

fn grid(document: &Document, at: usize) -> &Grid {
    match &document.blocks[at] {
        Block::Table(grid) => grid,
        Block::Paragraph(_) => panic!("block {at} is a paragraph"),
    }
}

/// A workbook of one sheet by hand.
fn package(sheet_data: &str, styles: &str, strings: &str) -> Vec<u8> {
    let ns = r#"xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="r""#;
    let types = r#"<Types><Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
    let top =
        r#"<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let book = format!(r#"<workbook {ns}><sheets><sheet name="表一" sheetId="1" r:id="s"/></sheets></workbook>"#);
    let related = r#"<Relationships><Relationship Id="s" Type="x/worksheet" Target="worksheets/sheet1.xml"/>
        <Relationship Id="t" Type="x/styles" Target="styles.xml"/>
        <Relationship Id="u" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
    let sheet = format!("<worksheet {ns}>{sheet_data}</worksheet>");
    let styles = format!("<styleSheet {ns}>{styles}</styleSheet>");
    let strings = format!("<sst {ns} uniqueCount=\"99999999999\">{strings}</sst>");
    zip_of(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", top.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", related.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
    ])
}

fn read(bytes: &[u8]) -> Parsed<Document> {
    crate::read("a.xlsx", bytes).expect("a workbook")
}

#[test]
fn values_are_printed_as_shown() {
    let styles = r#"<numFmts><numFmt numFmtId="170" formatCode="0.0&quot;%&quot;"/></numFmts>
        <cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="31"/><xf numFmtId="170"/><xf numFmtId="11"/></cellXfs>"#;
    let strings = "<si><t>甲镇</t></si><si/><si><r><t>乙</t></r><r><t>镇_x000D_\n丙</t></r><rPh><t>yi</t></rPh></si>";
    let data = r#"<cols><col min="6" max="6" hidden="1"/></cols><sheetData>
        <row r="2"><c r="B2" t="s"><v>0</v></c><c r="C2" t="s"><v>2</v></c><c r="D2"><v>12.299999999999999</v></c></row>
        <row r="3" hidden="1"><c r="B3" s="1"><f>C3/D3</f><v>0.97073170731707314</v></c><c r="C3" s="2"><v>45539</v></c>
            <c t="b"><v>1</v></c><c t="inlineStr"><is><t>行内</t></is></c><c s="3"><v>97.07</v></c></row>
        <row r="4"><c r="B4" t="e"><v>#DIV/0!</v></c><c r="C4" s="4"><v>1200</v></c><c r="D4"><f>TODAY()</f></c><c t="str"><f>X</f><v>文</v></c></row>
        </sheetData><mergeCells><mergeCell ref="B2:B2"/></mergeCells>"#;
    let parsed = read(&package(data, styles, strings));
    let document = parsed.value;
    assert_eq!(
        document.text,
        "甲镇\t乙镇\n丙\t12.3\t\t\n97.07%\t2024年9月4日\tTRUE\t行内\t97.1%\n#DIV/0!\t1200\t\t文\t"
    );
    let grid = grid(&document, 0);
    assert_eq!(grid.sheet.as_deref(), Some("表一"));
    let rate = &grid.cells[5];
    assert_eq!(
        (rate.address.map(|a| a.to_string()), rate.formula.as_deref()),
        (Some("B3".to_owned()), Some("C3/D3"))
    );
    assert_eq!(rate.hidden, Some(Hidden::Sheet));
    assert_eq!(grid.cells[0].hidden, None);
    let kinds: Vec<&WarningKind> = parsed.warnings.iter().map(|w| &w.kind).collect();
    assert!(matches!(
        kinds[..],
        [
            WarningKind::UnknownNumberFormat { .. },
            WarningKind::FormulaWithoutValue
        ]
    ));
    assert_eq!(parsed.warnings[0].place, "表一!C4");
}

#[test]
fn hostile_workbooks_stay_small() {
    let corners = r#"<sheetData><row><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c r="XFD2"><v>1</v></c><c r="A2"><v>1</v></c></row>
        <row r="1048576"><c r="XFD1048576"><f t="shared" si="99999999999" ref="A1:B2">A</f><v>3</v></c></row></sheetData>"#;
    let document = read(&package(corners, "", "")).value;
    assert!(document.text.ends_with('3'));
    let merges = "<mergeCell ref=\"A1:XFD1048576\"/>".repeat(5000);
    let merged = format!(
        r#"<sheetData><row><c r="A1"><v>1</v></c><c r="B9"><v>2</v></c><c r="C9"><v>2</v></c></row></sheetData>{merges}"#
    );
    assert!(read(&package(&merged, "", "")).value.text.contains('2'));
    let bad = r#"<sheetData><row r="0"><c r="ZZZZZZ9"><v>1</v></c><c r="A99999999999"><v>2</v></c><c t="s"><v>7</v></c><c s="99"><v>x</v></c>"#;
    let parsed = read(&package(bad, "", ""));
    assert!(parsed.value.text.contains('2'));
    assert!(
        parsed
            .warnings
            .iter()
            .any(|w| matches!(w.kind, WarningKind::PartSkipped { .. }))
    );
}

#[test]
fn damaged_markup_never_panics() {
    let data = r#"<cols><col min="2" max="3" hidden="1"/></cols><sheetData><row r="1"><c r="A1" s="1"><v>0.5</v></c><c t="s" r="B1"><v>0</v></c></row>
        <row r="3"><c t="inlineStr"><is><t>甲&amp;</t></is></c><c><f>A1</f><v>-1.5E-7</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>"#;
    let styles = r##"<numFmts><numFmt numFmtId="170" formatCode="[Red]#,##0.0\%;yyyy/m/d;&quot;-&quot;"/></numFmts><cellXfs><xf numFmtId="170"/><xf numFmtId="170"/></cellXfs>"##;
    let strings = "<si><r><t>乙_x000D_</t></r></si>";
    for (at, c) in data.char_indices().step_by(2) {
        let damaged = format!("{}{}", &data[..at], &data[at + c.len_utf8()..]);
        let _ = crate::read("a.xlsx", &package(&damaged, styles, strings));
    }
    for (at, c) in styles.char_indices() {
        let damaged = format!("{}{}", &styles[..at], &styles[at + c.len_utf8()..]);
        let _ = crate::read("a.xlsx", &package(data, &damaged, strings));
    }
}

#[test]
fn one_string_shown_everywhere_is_limited() {
    let strings = format!("<si><t>{}</t></si>", "长".repeat(400_000));
    let cells = "<row>".to_owned() + &"<c t=\"s\"><v>0</v></c>".repeat(200) + "</row>";
    let parsed = read(&package(&format!("<sheetData>{cells}</sheetData>"), "", &strings));
    assert!(parsed.value.text.len() <= super::MAX_TEXT + 1000);
    assert!(
        parsed
            .warnings
            .iter()
            .any(|w| matches!(w.kind, WarningKind::LimitReached { .. }))
    );
}

#[test]
fn formulas_are_computed_anew_and_missing_results_shown() {
    let styles = r#"<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/></cellXfs>"#;
    let data = r#"<sheetData>
        <row r="1"><c r="A1"><v>3</v></c><c r="B1"><v>8</v></c><c r="C1" s="1"><f t="shared" ref="C1:C3" si="4">A1/B1</f><v>0.357</v></c></row>
        <row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>4</v></c><c r="C2" s="1"><f t="shared" si="4"/><v></v></c></row>
        <row r="3"><c r="A3"><f>SUM(A1:A2)</f><v>5</v></c><c r="B3"><f>SUM(B1:B2)</f></c><c r="C3" s="1"><f t="shared" si="4"/></c>
            <c r="D3"><f t="array" ref="D3">SUM(A1:A2)</f><v>9</v></c></row></sheetData>"#;
    let parsed = read(&package(data, styles, ""));
    let document = parsed.value;
    assert_eq!(
        document.text,
        "3	8	37.70%	
1	4	25.00%	
5	12	41.67%	9"
            .replace("37.70", "35.70")
    );
    assert_eq!(parsed.warnings, []);
    let cells = &grid(&document, 0).cells;
    let formulas: Vec<&str> = cells.iter().filter_map(|c| c.formula.as_deref()).collect();
    assert_eq!(
        formulas,
        ["A1/B1", "A2/B2", "SUM(A1:A2)", "SUM(B1:B2)", "A3/B3", "SUM(A1:A2)"]
    );
    // An array is left alone.
    let held: Vec<(&str, i128, i128)> = cells
        .iter()
        .filter_map(|c| Some((document.quote(c.span), c.calculation.as_deref()?)))
        .map(|(shown, c)| (shown, c.result.num, c.result.den))
        .collect();
    assert_eq!(
        held,
        [
            ("35.70%", 3, 8),
            ("25.00%", 1, 4),
            ("5", 4, 1),
            ("12", 12, 1),
            ("41.67%", 5, 12)
        ]
    );
    let terms = &cells[8].calculation.as_deref().expect("a calculation").terms;
    let shown: Vec<&str> = terms.iter().filter_map(|t| t.span).map(|s| document.quote(s)).collect();
    assert_eq!(shown, ["3", "1"]);
}

#[test]
fn numbers_stored_as_text_stay_as_they_are_and_count_in_no_sum() {
    let styles = r#"<cellXfs><xf numFmtId="0"/><xf numFmtId="49"/><xf numFmtId="2"/></cellXfs>"#;
    let data = r#"<sheetData>
        <row r="1"><c r="A1" s="1" t="inlineStr"><is><t>1,204</t></is></c><c r="B1" s="1"><v>7</v></c></row>
        <row r="2"><c r="A2" t="inlineStr"><is><t>12.50%</t></is></c><c r="B2" s="2"><v>5</v></c></row>
        <row r="3"><c r="A3"><f>SUM(A1:A2)</f></c><c r="B3"><f>SUM(B1:B2)</f></c></row>
        <row r="4"><c r="A4" t="e"><f>B1/A3</f><v>#DIV/0!</v></c><c r="B4"><f>A4+1</f></c></row></sheetData>"#;
    let parsed = read(&package(data, styles, ""));
    assert_eq!(parsed.value.text, "1,204\t7\n12.50%\t5.00\n0\t12\n#DIV/0!\t");
    assert!(matches!(
        parsed.warnings.as_slice(),
        [warning] if warning.kind == WarningKind::FormulaWithoutValue && warning.place == "表一!B4"
    ));
}

#[test]
fn a_zero_is_no_result_where_the_workbook_computes_itself_when_opened() {
    let data = r#"<sheetData><row><c r="A1"><v>3</v></c><c r="B1"><f>A1*2</f><v>0</v></c></row></sheetData>"#;
    assert_eq!(read(&package(data, "", "")).value.text, "3\t0");
    // Producers that do not compute store 0 and ask for it (`fullCalcOnLoad`).
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, 3).expect("a number");
    sheet.write_formula(0, 1, Formula::new("=A1*2")).expect("a formula");
    let theirs = book.save_to_buffer().expect("a workbook");
    assert_eq!(read(&theirs).value.text, "3\t6");
}

/// A workbook of another producer, with what `calamine` makes of the same file beside ours.
#[test]
fn workbooks_of_another_producer_are_read() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("信件").expect("a name");
    let percent = CellFormat::new().set_num_format("0.0%");
    let date = CellFormat::new().set_num_format("yyyy\"年\"m\"月\"");
    let title = CellFormat::new();
    sheet.merge_range(0, 0, 0, 3, "信件办理情况", &title).expect("a title");
    for (col, text) in ["单位", "受理", "办结率", "月份"].iter().enumerate() {
        sheet.write(1, col as u16, *text).expect("a header");
    }
    for row in 2..5u32 {
        sheet.write(row, 0, format!("第{row}镇")).expect("a name");
        sheet.write(row, 1, row * 1000).expect("a count");
        sheet
            .write_with_format(row, 2, f64_of(row) / f64_of(7), &percent)
            .expect("a rate");
        sheet
            .write_with_format(row, 3, 45_505 + row * 31, &date)
            .expect("a month");
    }
    sheet.write(5, 0, "合计").expect("a label");
    sheet
        .write_formula(5, 1, Formula::new("=SUM(B3:B5)").set_result("9000"))
        .expect("a formula");
    sheet.set_column_hidden(3).expect("a column");
    let second = book.add_worksheet().set_name("隐藏").expect("a name");
    second.write(0, 0, "草稿").expect("a text");
    second.set_hidden(true);
    let bytes = book.save_to_buffer().expect("a workbook");

    let document = read(&bytes).value;
    assert_eq!(
        document.text,
        "信件办理情况\n单位\t受理\t办结率\t月份\n第2镇\t2000\t28.6%\t2024年10月\n第3镇\t3000\t42.9%\t2024年11月\n第4镇\t4000\t57.1%\t2024年12月\n合计\t9000\t\t\n草稿"
    );
    let table = grid(&document, 1);
    assert_eq!(table.cells[17].formula.as_deref(), Some("SUM(B3:B5)"));
    assert!(table.cells[3].hidden.is_some() && table.cells[2].hidden.is_none());
    let Block::Paragraph(last) = &document.blocks[2] else {
        panic!("a paragraph")
    };
    assert_eq!((last.hidden, last.page_break_before), (Some(Hidden::Sheet), true));
    assert_eq!(document.format, Format::Xlsx);

    let mut other: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(&bytes)).expect("a workbook");
    let range = other.worksheet_range("信件").expect("a sheet");
    for cell in &table.cells {
        let shown = document.quote(cell.span);
        let theirs = range.get_value((cell.row as u32 + 1, cell.col as u32));
        match theirs {
            Some(Data::String(text)) => assert_eq!(text, shown),
            Some(Data::Float(number)) if cell.col == 1 => assert_eq!(number.to_string(), shown),
            Some(Data::Empty) | None => assert_eq!(shown, ""),
            _ => {}
        }
    }
}

#[expect(clippy::disallowed_types, reason = "the other producer takes its numbers so")]
fn f64_of(n: u32) -> f64 {
    f64::from(n)
}
