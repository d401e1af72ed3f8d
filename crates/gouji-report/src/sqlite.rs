//! `gouji.sqlite`: the records as tables, for questions over a whole archive.
//!
//! The caller opens the connection; here are the tables and one transaction that fills them. Ids are given in the order
//! of the records and every setting that reaches the file is fixed, so two runs give the same bytes.

use rusqlite::{Connection, params};

use crate::{AttachmentRecord, AuditObject, Failure, SectionRecord};

/// The tables, with what each column holds.
pub const TABLES: &str = "
CREATE TABLE documents (          -- 文档, one row each, in the order of their paths
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL,             -- relative to the input, '/' between parts
  format TEXT NOT NULL,           -- docx, doc, rtf, xlsx, xls, txt, html
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  title TEXT, issuer TEXT, doc_number TEXT, addressee TEXT, signature TEXT,
  date TEXT,                      -- 2022-05-26
  period TEXT,                    -- 2022Q2, 2024-08, 2024H1, 2024
  errors INTEGER NOT NULL, warnings INTEGER NOT NULL, notes INTEGER NOT NULL,
  figures_checked INTEGER NOT NULL, figures_checkable INTEGER NOT NULL, undecided INTEGER NOT NULL
);
CREATE TABLE sections (           -- 结构层次: headings of the main text and of attachments
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents(id),
  parent INTEGER REFERENCES sections(id),
  attachment INTEGER,             -- its place among the attachments of the record, from 0; null in the main text
  level INTEGER NOT NULL, label TEXT, title TEXT NOT NULL,
  body TEXT NOT NULL              -- its own paragraphs, parted by line ends
);
CREATE TABLE tables (             -- 表格, rebuilt
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents(id),
  number INTEGER NOT NULL,        -- from 0 in the document
  caption TEXT, unit TEXT, n_rows INTEGER NOT NULL, n_columns INTEGER NOT NULL, notes TEXT NOT NULL
);
CREATE TABLE cells (              -- 单元格
  table_id INTEGER NOT NULL REFERENCES tables(id),
  row INTEGER NOT NULL,           -- data rows from 1; 0 is the header
  col INTEGER NOT NULL,           -- from 1
  text TEXT NOT NULL,
  PRIMARY KEY (table_id, row, col)
) WITHOUT ROWID;
CREATE TABLE figures (            -- 数字: every number of the text
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents(id),
  number INTEGER NOT NULL,        -- from 0 in the document, as facts name it
  text TEXT NOT NULL,             -- as printed
  value TEXT,                     -- exact decimal in base units; CAST(value AS NUMERIC) to calculate
  unit TEXT, class TEXT NOT NULL,
  modality TEXT NOT NULL,         -- fact, target, threshold
  subject TEXT NOT NULL, measure TEXT NOT NULL, period TEXT,
  table_number INTEGER, row INTEGER, col INTEGER,  -- as in tables and cells; null in running text
  first_character INTEGER NOT NULL, end_character INTEGER NOT NULL
);
CREATE TABLE facts (              -- 指标: figures under a channel
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents(id),
  channel TEXT NOT NULL, measure TEXT NOT NULL,
  basis TEXT, name TEXT,          -- how the whole was divided and the part's name; null for a whole
  value TEXT NOT NULL,            -- as printed
  unit TEXT, period TEXT,
  number NUMERIC,                 -- the figure's value, for calculation
  figure INTEGER,                 -- figures.number
  quote TEXT NOT NULL
);
CREATE TABLE relations (          -- 勾稽关系
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents(id),
  number INTEGER NOT NULL,        -- from 0 in the document, as findings name it
  kind TEXT NOT NULL, verdict TEXT NOT NULL, rule TEXT NOT NULL, cue TEXT NOT NULL,
  stated TEXT NOT NULL,
  operands TEXT NOT NULL,         -- a JSON array of strings
  expected TEXT, quote TEXT NOT NULL
);
CREATE TABLE findings (           -- 发现
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents(id),
  rule TEXT NOT NULL, severity TEXT NOT NULL, place TEXT NOT NULL,
  message TEXT NOT NULL, message_en TEXT NOT NULL,
  stated TEXT, expected TEXT, working TEXT NOT NULL, quote TEXT NOT NULL,
  suggestion TEXT,                -- a JSON object: from, to, cause
  relation INTEGER                -- relations.number
);
CREATE TABLE failures (           -- 无法读取的文档
  id INTEGER PRIMARY KEY, path TEXT NOT NULL, reason TEXT NOT NULL
);
";

/// Indexes and views, made when all rows stand.
const INDEXES: &str = "
CREATE INDEX sections_document ON sections(document);
CREATE INDEX tables_document ON tables(document);
CREATE INDEX figures_document ON figures(document);
CREATE INDEX facts_series ON facts(channel, measure, period);
CREATE INDEX facts_document ON facts(document);
CREATE INDEX relations_document ON relations(document);
CREATE INDEX relations_verdict ON relations(verdict, kind);
CREATE INDEX findings_document ON findings(document);
CREATE INDEX findings_rule ON findings(rule, severity);
-- 各期总数: whole figures of a channel by issuer and period
CREATE VIEW facts_by_period AS
  SELECT d.issuer, f.channel, f.measure, coalesce(f.period, d.period) AS period, f.value, f.unit, f.number, d.path
  FROM facts f JOIN documents d ON d.id = f.document
  WHERE f.basis IS NULL
  ORDER BY d.issuer, f.channel, f.measure, coalesce(f.period, d.period), f.id;
-- 各期分项: parts of a channel by issuer and period
CREATE VIEW parts_by_period AS
  SELECT d.issuer, f.channel, f.measure, f.basis, f.name, coalesce(f.period, d.period) AS period, f.value, f.unit, f.number, d.path
  FROM facts f JOIN documents d ON d.id = f.document
  WHERE f.basis IS NOT NULL
  ORDER BY d.issuer, f.channel, f.measure, f.basis, f.name, coalesce(f.period, d.period), f.id;
-- 规则统计: findings and documents by rule
CREATE VIEW findings_by_rule AS
  SELECT rule, severity, count(*) AS findings, count(DISTINCT document) AS documents
  FROM findings GROUP BY rule, severity ORDER BY findings DESC, rule, severity;
";

/// Why the database could not be filled.
#[derive(Debug, thiserror::Error)]
pub enum SqliteError {
    /// The database refused.
    #[error("the database could not be written")]
    Database(#[from] rusqlite::Error),
    /// A value could not be put as JSON.
    #[error("a value could not be put as JSON")]
    Json(#[from] serde_json::Error),
}

/// Fills an empty database, one document at a time, in one transaction.
#[derive(Debug)]
pub struct SqliteReport<'c> {
    connection: &'c Connection,
    documents: i64,
}

impl<'c> SqliteReport<'c> {
    /// Makes the tables in an empty database and opens the transaction.
    ///
    /// # Errors
    /// Those of the database.
    pub fn new(connection: &'c Connection) -> Result<Self, SqliteError> {
        // Whatever of these the file records is the same everywhere; a run that dies leaves a file that nobody
        // renamed, so it needs no journal.
        connection.execute_batch(
            "PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA auto_vacuum = NONE; PRAGMA journal_mode = OFF;
             PRAGMA synchronous = OFF; PRAGMA application_id = 1735357802; PRAGMA user_version = 1; BEGIN;",
        )?;
        connection.execute_batch(TABLES)?;
        Ok(Self {
            connection,
            documents: 0,
        })
    }

    /// Adds a document.
    ///
    /// # Errors
    /// Those of the database.
    pub fn push(&mut self, object: &AuditObject) -> Result<(), SqliteError> {
        self.documents += 1;
        let document = self.documents;
        self.document(document, object)?;
        let circular = &object.circular;
        self.sections(document, None, None, &circular.sections)?;
        for (idx, attachment) in circular.attachments.iter().enumerate() {
            let AttachmentRecord { sections, .. } = attachment;
            self.sections(document, None, Some(integer(idx)), sections)?;
        }
        self.tables(document, object)?;
        self.figures(document, object)?;
        self.facts(document, object)?;
        self.relations(document, object)?;
        self.findings(document, object)
    }

    /// Adds a document that could not be read.
    ///
    /// # Errors
    /// Those of the database.
    pub fn push_failure(&mut self, failure: &Failure) -> Result<(), SqliteError> {
        self.connection
            .prepare_cached("INSERT INTO failures (path, reason) VALUES (?1, ?2)")?
            .execute(params![failure.path, failure.reason])?;
        Ok(())
    }

    /// Makes indexes and views and closes the transaction.
    ///
    /// # Errors
    /// Those of the database.
    pub fn finish(self) -> Result<(), SqliteError> {
        self.connection.execute_batch(INDEXES)?;
        self.connection.execute_batch("COMMIT;")?;
        self.connection.flush_prepared_statement_cache();
        Ok(())
    }

    fn document(&self, id: i64, object: &AuditObject) -> Result<(), SqliteError> {
        let (source, meta, coverage) = (&object.source, &object.circular.meta, &object.coverage);
        let count = |severity| integer(object.count(severity));
        self.connection
            .prepare_cached(
                "INSERT INTO documents VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18)",
            )?
            .execute(params![
                id,
                source.path,
                source.format,
                source.sha256,
                i64::try_from(source.bytes).unwrap_or(i64::MAX),
                meta.title,
                meta.issuer,
                meta.doc_number,
                meta.addressee,
                object.circular.signature,
                meta.date,
                meta.period,
                count(crate::Severity::Error),
                count(crate::Severity::Warning),
                count(crate::Severity::Note),
                integer(coverage.checked),
                integer(coverage.checkable),
                integer(coverage.undecided),
            ])?;
        Ok(())
    }

    fn sections(
        &self,
        document: i64,
        parent: Option<i64>,
        attachment: Option<i64>,
        sections: &[SectionRecord],
    ) -> Result<(), SqliteError> {
        for section in sections {
            self.connection
                .prepare_cached(
                    "INSERT INTO sections (document, parent, attachment, level, label, title, body) VALUES (?1,?2,?3,?4,?5,?6,?7)",
                )?
                .execute(params![
                    document,
                    parent,
                    attachment,
                    section.level,
                    section.label,
                    section.title,
                    section.body.join("\n")
                ])?;
            let id = self.connection.last_insert_rowid();
            self.sections(document, Some(id), attachment, &section.sections)?;
        }
        Ok(())
    }

    fn tables(&self, document: i64, object: &AuditObject) -> Result<(), SqliteError> {
        for (number, table) in object.circular.tables.iter().enumerate() {
            self.connection
                .prepare_cached(
                    "INSERT INTO tables (document, number, caption, unit, n_rows, n_columns, notes) VALUES (?1,?2,?3,?4,?5,?6,?7)",
                )?
                .execute(params![
                    document,
                    integer(number),
                    table.caption,
                    table.unit,
                    integer(table.rows.len()),
                    integer(table.header.len()),
                    table.notes.join("\n")
                ])?;
            let id = self.connection.last_insert_rowid();
            let mut insert = self
                .connection
                .prepare_cached("INSERT INTO cells VALUES (?1,?2,?3,?4)")?;
            for (row, cells) in std::iter::once(&table.header).chain(&table.rows).enumerate() {
                for (col, text) in cells.iter().enumerate() {
                    insert.execute(params![id, integer(row), integer(col + 1), text])?;
                }
            }
        }
        Ok(())
    }

    fn figures(&self, document: i64, object: &AuditObject) -> Result<(), SqliteError> {
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO figures (document, number, text, value, unit, class, modality, subject, measure, period,
               table_number, row, col, first_character, end_character)
             VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15)",
        )?;
        for (number, f) in object.figures.iter().enumerate() {
            insert.execute(params![
                document,
                integer(number),
                f.text,
                f.value,
                f.unit,
                f.class,
                f.modality.as_deref().unwrap_or("fact"),
                f.subject,
                f.measure,
                f.period,
                f.cell.map(|[table, _, _]| integer(table)),
                f.cell.map(|[_, row, _]| integer(row).saturating_add(1)),
                f.cell.map(|[_, _, col]| integer(col).saturating_add(1)),
                integer(f.span[0]),
                integer(f.span[1]),
            ])?;
        }
        Ok(())
    }

    fn facts(&self, document: i64, object: &AuditObject) -> Result<(), SqliteError> {
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO facts (document, channel, measure, basis, name, value, unit, period, number, figure, quote)
             VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)",
        )?;
        for fact in &object.circular.facts {
            // The column's affinity turns the exact decimal into the database's own number.
            let number = fact
                .figure
                .and_then(|f| object.figures.get(f))
                .and_then(|f| f.value.as_deref());
            insert.execute(params![
                document,
                fact.channel,
                fact.measure,
                fact.by,
                fact.name,
                fact.value,
                fact.unit,
                fact.period,
                number,
                fact.figure.map(integer),
                fact.quote,
            ])?;
        }
        Ok(())
    }

    fn relations(&self, document: i64, object: &AuditObject) -> Result<(), SqliteError> {
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO relations (document, number, kind, verdict, rule, cue, stated, operands, expected, quote)
             VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)",
        )?;
        for (number, r) in object.relations.iter().enumerate() {
            insert.execute(params![
                document,
                integer(number),
                r.kind,
                r.verdict.name(),
                r.rule,
                r.cue,
                r.stated,
                serde_json::to_string(&r.operands)?,
                r.expected,
                r.quote,
            ])?;
        }
        Ok(())
    }

    fn findings(&self, document: i64, object: &AuditObject) -> Result<(), SqliteError> {
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO findings (document, rule, severity, place, message, message_en, stated, expected, working,
               quote, suggestion, relation)
             VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)",
        )?;
        for f in &object.findings {
            let suggestion = f
                .repairs
                .first()
                .map(|r| serde_json::to_string(&serde_json::json!({"from": r.from, "to": r.to, "cause": r.cause})))
                .transpose()?;
            insert.execute(params![
                document,
                f.rule,
                f.severity.name(),
                f.place,
                f.message,
                f.message_en,
                f.stated,
                f.expected,
                f.working,
                f.quote,
                suggestion,
                f.relation.map(integer),
            ])?;
        }
        Ok(())
    }
}

/// A count as the database holds it.
fn integer(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn filled(objects: &[AuditObject]) -> Connection {
        let connection = Connection::open_in_memory().expect("a database");
        let mut report = SqliteReport::new(&connection).expect("tables");
        for object in objects {
            report.push(object).expect("rows");
        }
        report
            .push_failure(&Failure {
                path: "坏.docx".into(),
                cause: "unreadable".into(),
                reason: "empty".into(),
            })
            .expect("a row");
        report.finish().expect("a commit");
        connection
    }

    fn one(connection: &Connection, sql: &str) -> String {
        connection
            .query_row(sql, [], |row| row.get::<_, rusqlite::types::Value>(0))
            .map(|value| match value {
                rusqlite::types::Value::Integer(n) => n.to_string(),
                rusqlite::types::Value::Text(text) => text,
                other => format!("{other:?}"),
            })
            .expect("a row")
    }

    #[test]
    fn every_table_holds_the_record() {
        let db = filled(&[sample::object(), sample::object()]);
        for (table, n) in [
            ("documents", 2),
            ("sections", 4),
            ("tables", 2),
            ("cells", 16),
            ("figures", 16),
            ("facts", 4),
            ("relations", 6),
            ("findings", 6),
            ("failures", 1),
        ] {
            assert_eq!(
                one(&db, &format!("SELECT count(*) FROM {table}")),
                n.to_string(),
                "{table}"
            );
        }
        assert_eq!(
            one(&db, "SELECT title FROM documents WHERE id = 2").chars().next(),
            Some('东')
        );
        assert_eq!(
            one(
                &db,
                "SELECT c.text FROM cells c JOIN figures f ON f.row = c.row AND f.col = c.col
                 JOIN tables t ON t.id = c.table_id AND t.document = f.document AND t.number = f.table_number
                 WHERE f.text = '184' AND f.document = 1"
            ),
            "184"
        );
        assert_eq!(
            one(
                &db,
                "SELECT r.operands FROM findings f JOIN relations r ON r.document = f.document AND r.number = f.relation
                 WHERE f.rule = 'sum-parts' AND f.document = 2"
            ),
            r#"["12","17"]"#
        );
    }

    #[test]
    fn an_archive_can_be_asked_by_period() {
        let mut next = sample::object();
        next.circular
            .facts
            .iter_mut()
            .for_each(|f| f.period = Some("2031Q3".into()));
        next.figures[0].value = Some("45".into());
        let db = filled(&[sample::object(), next]);
        assert_eq!(
            one(
                &db,
                "SELECT group_concat(period || '=' || number) FROM facts_by_period WHERE measure = 'received'"
            ),
            "2031Q2=30,2031Q3=45"
        );
        assert_eq!(
            one(&db, "SELECT documents FROM findings_by_rule WHERE rule = 'table-total'"),
            "2"
        );
    }

    #[test]
    fn text_of_a_document_is_never_sql() {
        let mut object = sample::object();
        object.source.path = "'); DROP TABLE documents; --".into();
        object.circular.sections[0].title = "a\0b".into();
        object.coverage.checked = usize::MAX;
        let db = filled(&[object]);
        assert_eq!(one(&db, "SELECT path FROM documents"), "'); DROP TABLE documents; --");
    }

    #[test]
    #[expect(
        clippy::disallowed_methods,
        reason = "the bytes of the file are what the test is about"
    )]
    fn two_runs_give_the_same_bytes() {
        let folder = tempfile::tempdir().expect("a folder");
        let bytes = |name: &str| {
            let path = folder.path().join(name);
            let connection = Connection::open(&path).expect("a database");
            let mut report = SqliteReport::new(&connection).expect("tables");
            for _ in 0..50 {
                report.push(&sample::object()).expect("rows");
            }
            report.finish().expect("a commit");
            connection.close().expect("a closed file");
            std::fs::read(&path).expect("a file")
        };
        let first = bytes("a.sqlite");
        assert!(first.starts_with(b"SQLite format 3\0"));
        assert_eq!(first, bytes("b.sqlite"));
    }
}
