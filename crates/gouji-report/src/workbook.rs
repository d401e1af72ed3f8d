//! `findings.xlsx`: findings, documents and facts, one row each.
//!
//! Every text of a document is written as a string cell, and one that begins like a formula is also marked as quoted, so
//! that it stays text when somebody edits it. Sheets end at a fixed number of rows with a line that says so; the
//! database has no such limit.

use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use crate::text::clipped;
use crate::{AuditObject, Failure, Lang, Severity, Totals};

/// Data rows of a sheet.
const MAX_ROWS: u32 = 100_000;
/// Characters of a cell; a workbook takes at most 32,767.
const MAX_TEXT: usize = 2_000;
/// The moment that every workbook says it was made.
const CREATED: (u16, u8, u8) = (2000, 1, 1);

/// A column: its heading in both languages and its width in characters.
type Column = (&'static str, &'static str, u8);

const FINDINGS: &[Column] = &[
    ("文件", "file", 34),
    ("位置", "place", 18),
    ("把握", "severity", 8),
    ("规则", "rule", 20),
    ("说明", "message", 52),
    ("写作", "stated", 12),
    ("算得", "expected", 12),
    ("演算", "working", 34),
    ("原文", "quote", 52),
    ("或可", "suggestion", 30),
];
const DOCUMENTS: &[Column] = &[
    ("文件", "file", 34),
    ("标题", "title", 52),
    ("发文机关", "issuer", 24),
    ("发文字号", "document number", 22),
    ("成文日期", "date", 12),
    ("期间", "period", 10),
    ("必错", "errors", 8),
    ("疑似", "warnings", 8),
    ("提示", "notes", 8),
    ("已核对数字", "figures checked", 12),
    ("可核对数字", "figures checkable", 12),
    ("关系", "relations", 8),
    ("未定", "undecided", 8),
];
const FACTS: &[Column] = &[
    ("文件", "file", 34),
    ("期间", "period", 10),
    ("渠道", "channel", 16),
    ("指标", "measure", 18),
    ("分类", "by", 10),
    ("名称", "name", 24),
    ("数值", "value", 12),
    ("单位", "unit", 8),
    ("原文", "quote", 60),
];
const FAILURES: &[Column] = &[("文件", "file", 50), ("原因", "reason", 70)];

/// Builds the workbook, one document at a time.
pub struct WorkbookReport {
    lang: Lang,
    findings: Sheet,
    documents: Sheet,
    facts: Sheet,
    failures: Sheet,
}

/// A sheet with its next row.
struct Sheet {
    sheet: Worksheet,
    columns: &'static [Column],
    rows: u32,
    omitted: usize,
    text: Format,
    quoted: Format,
}

impl Sheet {
    fn new(name: &str, columns: &'static [Column], lang: Lang) -> Result<Self, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        let head = Format::new()
            .set_bold()
            .set_background_color(Color::RGB(0x00E8_EEF6))
            .set_border_bottom(FormatBorder::Thin)
            .set_align(FormatAlign::VerticalCenter);
        for (col, (zh, en, width)) in (0_u16..).zip(columns) {
            sheet.write_string_with_format(0, col, lang.pick(zh, en), &head)?;
            sheet.set_column_width(col, *width)?;
        }
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_repeat_rows(0, 0)?;
        sheet.set_landscape();
        sheet.set_print_fit_to_pages(1, 0);
        let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        Ok(Self {
            sheet,
            columns,
            rows: 0,
            omitted: 0,
            quoted: text.clone().set_quote_prefix(),
            text,
        })
    }

    /// Starts a row, or counts it if the sheet is full.
    fn next_row(&mut self) -> Option<u32> {
        if self.rows == MAX_ROWS {
            self.omitted += 1;
            return None;
        }
        self.rows += 1;
        Some(self.rows)
    }

    fn string(&mut self, row: u32, col: u16, text: &str) -> Result<(), XlsxError> {
        self.string_as(row, col, text, None)
    }

    fn string_as(&mut self, row: u32, col: u16, text: &str, format: Option<&Format>) -> Result<(), XlsxError> {
        if text.is_empty() {
            return Ok(());
        }
        let plain = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            &self.quoted
        } else {
            &self.text
        };
        let text = clipped(text, MAX_TEXT);
        self.sheet
            .write_string_with_format(row, col, text.as_ref(), format.unwrap_or(plain))?;
        Ok(())
    }

    fn count(&mut self, row: u32, col: u16, n: usize) -> Result<(), XlsxError> {
        // Counts past four thousand million do not occur; one is then shown as that.
        let n = u32::try_from(n).unwrap_or(u32::MAX);
        self.sheet.write_number_with_format(row, col, n, &self.text)?;
        Ok(())
    }

    fn finish(mut self, lang: Lang) -> Result<Worksheet, XlsxError> {
        let last = u16::try_from(self.columns.len()).unwrap_or(1) - 1;
        self.sheet.autofilter(0, 0, self.rows, last)?;
        if self.omitted > 0 {
            let n = self.omitted;
            let note = match lang {
                Lang::Zh => format!("另有{n}行未列出，见gouji.sqlite"),
                Lang::En => format!("{n} more rows are in gouji.sqlite only"),
            };
            self.sheet.write_string(self.rows + 1, 0, &note)?;
        }
        Ok(self.sheet)
    }
}

/// Why a workbook could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the workbook could not be written")]
pub struct WorkbookError(#[from] XlsxError);

impl WorkbookReport {
    /// An empty workbook.
    ///
    /// # Errors
    /// If the writer refuses a sheet.
    pub fn new(lang: Lang) -> Result<Self, WorkbookError> {
        Ok(Self {
            lang,
            findings: Sheet::new(lang.pick("发现", "Findings"), FINDINGS, lang)?,
            documents: Sheet::new(lang.pick("文档", "Documents"), DOCUMENTS, lang)?,
            facts: Sheet::new(lang.pick("数据", "Facts"), FACTS, lang)?,
            failures: Sheet::new(lang.pick("无法读取", "Failures"), FAILURES, lang)?,
        })
    }

    /// Adds a document.
    ///
    /// # Errors
    /// If the writer refuses a cell.
    pub fn push(&mut self, object: &AuditObject) -> Result<(), WorkbookError> {
        self.push_findings(object)?;
        self.push_document(object)?;
        self.push_facts(object)?;
        Ok(())
    }

    /// Adds a document that could not be read.
    ///
    /// # Errors
    /// If the writer refuses a cell.
    pub fn push_failure(&mut self, failure: &Failure) -> Result<(), WorkbookError> {
        if let Some(row) = self.failures.next_row() {
            self.failures.string(row, 0, &failure.path)?;
            self.failures.string(row, 1, &failure.reason)?;
        }
        Ok(())
    }

    /// The workbook's bytes.
    ///
    /// # Errors
    /// If the package cannot be written.
    pub fn finish(self) -> Result<Vec<u8>, WorkbookError> {
        let mut book = rust_xlsxwriter::Workbook::new();
        let (year, month, day) = CREATED;
        book.set_properties(
            &DocProperties::new()
                .set_title(self.lang.pick("勾稽审核报告", "Audit of circulars"))
                .set_creation_datetime(&ExcelDateTime::from_ymd(year, month, day)?),
        );
        for sheet in [self.findings, self.documents, self.facts, self.failures] {
            if sheet.rows > 0 || sheet.columns.len() > FAILURES.len() {
                book.push_worksheet(sheet.finish(self.lang)?);
            }
        }
        Ok(book.save_to_buffer()?)
    }

    fn push_findings(&mut self, object: &AuditObject) -> Result<(), XlsxError> {
        let sheet = &mut self.findings;
        for f in &object.findings {
            let Some(row) = sheet.next_row() else { continue };
            sheet.string(row, 0, &object.source.path)?;
            sheet.string(row, 1, &f.position.describe(self.lang))?;
            let color = match f.severity {
                Severity::Error => 0x00FD_ECEA,
                Severity::Warning => 0x00FD_F1DF,
                Severity::Note => 0x00E8_F0F9,
            };
            let format = sheet.text.clone().set_background_color(Color::RGB(color));
            sheet.string_as(row, 2, f.severity.word(self.lang), Some(&format))?;
            let suggestion = f.repairs.first().map(|r| r.describe(self.lang)).unwrap_or_default();
            let texts = [
                f.rule.as_str(),
                f.message_in(self.lang),
                f.stated.as_deref().unwrap_or(""),
                f.expected.as_deref().unwrap_or(""),
                &f.working,
                &f.quote,
                &suggestion,
            ];
            for (col, text) in (3_u16..).zip(texts) {
                sheet.string(row, col, text)?;
            }
        }
        Ok(())
    }

    fn push_document(&mut self, object: &AuditObject) -> Result<(), XlsxError> {
        let sheet = &mut self.documents;
        let Some(row) = sheet.next_row() else { return Ok(()) };
        let meta = &object.circular.meta;
        let texts = [
            Some(&object.source.path),
            meta.title.as_ref(),
            meta.issuer.as_ref(),
            meta.doc_number.as_ref(),
            meta.date.as_ref(),
            meta.period.as_ref(),
        ];
        for (col, text) in (0_u16..).zip(texts) {
            sheet.string(row, col, text.map_or("", String::as_str))?;
        }
        let totals = Totals::of(object);
        let counts = [
            totals.findings_of(Severity::Error),
            totals.findings_of(Severity::Warning),
            totals.findings_of(Severity::Note),
            object.coverage.checked,
            object.coverage.checkable,
            object.relations.len(),
            object.coverage.undecided,
        ];
        for (col, n) in (6_u16..).zip(counts) {
            sheet.count(row, col, n)?;
        }
        Ok(())
    }

    fn push_facts(&mut self, object: &AuditObject) -> Result<(), XlsxError> {
        let sheet = &mut self.facts;
        for fact in &object.circular.facts {
            let Some(row) = sheet.next_row() else { continue };
            let text = |s: &Option<String>| s.clone().unwrap_or_default();
            let texts = [
                object.source.path.clone(),
                text(&fact.period),
                fact.channel.clone(),
                fact.measure.clone(),
                text(&fact.by),
                text(&fact.name),
                fact.value.clone(),
                text(&fact.unit),
                fact.quote.clone(),
            ];
            for (col, text) in (0_u16..).zip(&texts) {
                sheet.string(row, col, text)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use calamine::{Data, Reader, Xlsx};
    use std::io::Cursor;

    fn book(objects: &[AuditObject]) -> Vec<u8> {
        let mut report = WorkbookReport::new(Lang::Zh).expect("sheets");
        for object in objects {
            report.push(object).expect("rows");
        }
        report.finish().expect("a package")
    }

    /// All cells of a sheet as text, and all formulas.
    fn read(bytes: &[u8], sheet: &str) -> (Vec<Vec<String>>, usize) {
        let mut book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
        let range = book.worksheet_range(sheet).expect("a sheet");
        let rows = range.rows().map(|r| r.iter().map(Data::to_string).collect()).collect();
        let formulas = book.worksheet_formula(sheet).expect("a sheet");
        (rows, formulas.used_cells().count())
    }

    #[test]
    fn another_reader_finds_what_was_written() {
        let bytes = book(&[sample::object()]);
        let (findings, _) = read(&bytes, "发现");
        assert_eq!(findings.len(), 4);
        assert_eq!(findings[0][..4], ["文件", "位置", "把握", "规则"]);
        assert_eq!(
            findings[1][2..8],
            [
                "必错",
                "sum-parts",
                "其中各项之和29件，合计写作30件，相差1件",
                "30",
                "29",
                "12＋17＝29"
            ]
        );
        assert_eq!(findings[3][9], "“184”改为“183”（一位数字之差）");
        let (documents, _) = read(&bytes, "文档");
        assert_eq!(documents[1][6..], ["1", "1", "1", "8", "8", "3", "0"]);
        let (facts, _) = read(&bytes, "数据");
        assert_eq!(
            facts[2][1..8],
            ["2031Q2", "领导信箱", "closed_rate", "", "", "97%", "%"]
        );
    }

    #[test]
    fn text_that_looks_like_a_formula_stays_text() {
        let mut object = sample::object();
        for (f, evil) in object.findings.iter_mut().zip(["=1+1", "@SUM(A1)", "-2+3"]) {
            f.message = evil.into();
            f.quote = format!("+cmd|' /C calc'!A0{evil}");
        }
        object.source.path = "=HYPERLINK(\"x\")".into();
        let bytes = book(&[object]);
        let (rows, formulas) = read(&bytes, "发现");
        assert_eq!(formulas, 0);
        assert_eq!(
            (rows[1][4].as_str(), rows[2][4].as_str(), rows[3][4].as_str()),
            ("=1+1", "@SUM(A1)", "-2+3")
        );
    }

    #[test]
    fn overlong_and_control_characters_are_taken() {
        let mut object = sample::object();
        object.findings[0].quote = "甲".repeat(50_000);
        object.findings[1].quote = "甲\u{1}\u{b}\u{ffff}乙".into();
        let (rows, _) = read(&book(&[object]), "发现");
        assert_eq!(rows[1][8].chars().count(), MAX_TEXT + 1);
        assert!(rows[2][8].starts_with('甲') && rows[2][8].ends_with('乙'));
    }

    #[test]
    fn two_runs_give_the_same_bytes() {
        let objects = [sample::object(), sample::object()];
        assert_eq!(book(&objects), book(&objects));
    }

    #[test]
    fn an_empty_archive_is_a_workbook_and_failures_have_a_sheet() {
        assert_eq!(read(&book(&[]), "发现").0.len(), 1);
        let mut report = WorkbookReport::new(Lang::En).expect("sheets");
        report
            .push_failure(&Failure {
                path: "a.docx".into(),
                cause: "unreadable".into(),
                reason: "empty".into(),
            })
            .expect("a row");
        let (rows, _) = read(&report.finish().expect("a package"), "Failures");
        assert_eq!(rows[1], ["a.docx", "empty"]);
    }
}
