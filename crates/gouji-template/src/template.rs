//! The file of a template: `[meta]`, the text, `[[table]]`, `[[attachment]]` and an example of its data.

use crate::data::Data;
use crate::expression::Expression;
use crate::fill::{Directive, Line, directive};
use crate::problem::{Problem, What};
use crate::raw::{self, Body, Raw};
use crate::table::{ColumnSpec, TableSpec, expression};

/// A template, read and checked as far as that goes without data.
#[derive(Debug, Clone)]
pub struct Template {
    pub(crate) meta: Meta,
    pub(crate) body: Vec<BodyLine>,
    pub(crate) tables: Vec<TableSpec>,
    pub(crate) attachments: Vec<AttachmentSpec>,
    /// Example data, taken if no other is given.
    pub(crate) example: Data,
}

/// What identifies the circular; each with placeholders.
#[derive(Debug, Clone, Default)]
pub(crate) struct Meta {
    pub title: Line,
    pub issuer: Option<Line>,
    pub mark: Option<Line>,
    pub number: Option<Line>,
    pub date: Option<Line>,
    pub addressee: Option<Line>,
    pub signature: Option<Line>,
    pub annotation: Option<Line>,
    pub markings: Vec<Line>,
    pub imprint: Vec<Line>,
}

/// A line of a body.
#[derive(Debug, Clone)]
pub(crate) enum BodyLine {
    /// A paragraph or heading.
    Plain(Line),
    /// A paragraph for each row of a table.
    Each {
        table: String,
        condition: Option<Expression>,
        source: String,
        line: Line,
    },
    /// A paragraph that stands only if a condition holds.
    If {
        condition: Expression,
        source: String,
        line: Line,
    },
    /// A table.
    Table { name: String, number: usize },
}

/// An attachment.
#[derive(Debug, Clone)]
pub(crate) struct AttachmentSpec {
    pub title: Line,
    pub body: Vec<BodyLine>,
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// If it is no TOML, has a key that templates do not have, or a placeholder that cannot be read.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let raw = raw::toml(text.trim_start_matches('\u{feff}'))?;
        let mut keys = Keys::of(&raw, "")?;
        let meta = keys
            .take("meta")
            .ok_or_else(|| Problem::new(What::MissingKey("meta")))?;
        let meta = meta_of(meta)?;
        let body = keys
            .take("text")
            .ok_or_else(|| Problem::new(What::MissingKey("text")))?;
        let body = body_of("text", body)?;
        let mut tables = Vec::new();
        for raw in keys.list("table")? {
            let table = table_of(raw)?;
            if tables.iter().any(|other: &TableSpec| other.name == table.name) {
                return Err(Problem::at(raw.line, What::Twice(table.name)));
            }
            tables.push(table);
        }
        let attachments = keys
            .list("attachment")?
            .iter()
            .map(attachment_of)
            .collect::<Result<_, _>>()?;
        let example = keys.take("data").map_or_else(|| Ok(Data::default()), Data::from_raw)?;
        keys.finish()?;
        Ok(Self {
            meta,
            body,
            tables,
            attachments,
            example,
        })
    }

    /// The example data of the template itself.
    #[must_use]
    pub fn example(&self) -> &Data {
        &self.example
    }
}

/// The keys of a table, taken one by one; what is left is not known.
struct Keys<'a> {
    left: Vec<(&'a str, &'a Raw)>,
    line: usize,
}

impl<'a> Keys<'a> {
    fn of(raw: &'a Raw, key: &str) -> Result<Self, Problem> {
        match &raw.body {
            Body::Map(entries) => Ok(Self {
                left: entries.iter().map(|(key, raw)| (key.as_str(), raw)).collect(),
                line: raw.line,
            }),
            _ => Err(wrong_type(raw, key, "table")),
        }
    }

    fn take(&mut self, key: &str) -> Option<&'a Raw> {
        let at = self.left.iter().position(|(its, _)| *its == key)?;
        Some(self.left.remove(at).1)
    }

    fn text(&mut self, key: &str) -> Result<Option<(String, usize)>, Problem> {
        match self.take(key) {
            None => Ok(None),
            Some(raw) => text_of(raw, key).map(Some),
        }
    }

    /// A text of one line with placeholders; an empty one counts as left out.
    fn line(&mut self, key: &str) -> Result<Option<Line>, Problem> {
        match self.text(key)? {
            Some((text, line)) if !text.trim().is_empty() => Line::parse(text.trim(), line).map(Some),
            _ => Ok(None),
        }
    }

    fn lines(&mut self, key: &str) -> Result<Vec<Line>, Problem> {
        let lines = self.list(key)?.iter().map(|raw| {
            let (text, line) = text_of(raw, key)?;
            Line::parse(text.trim(), line)
        });
        lines.collect()
    }

    fn list(&mut self, key: &str) -> Result<&'a [Raw], Problem> {
        match self.take(key) {
            None => Ok(&[]),
            Some(raw) => match &raw.body {
                Body::List(list) => Ok(list),
                _ => Err(wrong_type(raw, key, "list")),
            },
        }
    }

    fn yes(&mut self, key: &str, usual: bool) -> Result<bool, Problem> {
        match self.take(key) {
            None => Ok(usual),
            Some(Raw {
                body: Body::Bool(yes), ..
            }) => Ok(*yes),
            Some(raw) => Err(wrong_type(raw, key, "yes or no")),
        }
    }

    fn finish(self) -> Result<(), Problem> {
        match self.left.first() {
            None => Ok(()),
            Some((key, raw)) => Err(Problem::at(raw.line, What::UnknownKey((*key).to_owned()))),
        }
    }
}

fn wrong_type(raw: &Raw, key: &str, wanted: &'static str) -> Problem {
    let key = key.to_owned();
    Problem::at(raw.line, What::WrongType { key, wanted })
}

fn text_of(raw: &Raw, key: &str) -> Result<(String, usize), Problem> {
    match &raw.body {
        Body::Text(text) => Ok((text.clone(), raw.line)),
        _ => Err(wrong_type(raw, key, "text")),
    }
}

fn meta_of(raw: &Raw) -> Result<Meta, Problem> {
    let mut keys = Keys::of(raw, "meta")?;
    let meta = Meta {
        title: keys
            .line("title")?
            .ok_or_else(|| Problem::at(raw.line, What::MissingKey("title")))?,
        issuer: keys.line("issuer")?,
        mark: keys.line("mark")?,
        number: keys.line("number")?,
        date: keys.line("date")?,
        addressee: keys.line("addressee")?,
        signature: keys.line("signature")?,
        annotation: keys.line("annotation")?,
        markings: keys.lines("markings")?,
        imprint: keys.lines("imprint")?,
    };
    keys.finish()?;
    Ok(meta)
}

fn body_of(key: &str, raw: &Raw) -> Result<Vec<BodyLine>, Problem> {
    let (text, first) = text_of(raw, key)?;
    let mut out = Vec::new();
    for (idx, line) in text.lines().enumerate() {
        let number = first + idx;
        if line.trim().is_empty() {
            continue;
        }
        let (directive, rest) = directive(line, number)?;
        // Blanks at both ends are how people indent; the standard's indent is not made of characters.
        let parsed = || Line::parse(rest.trim(), number);
        out.push(match directive {
            None => BodyLine::Plain(parsed()?),
            Some(Directive::Table(name)) => BodyLine::Table { name, number },
            Some(Directive::Each {
                table,
                condition,
                source,
            }) => BodyLine::Each {
                table,
                condition,
                source,
                line: parsed()?,
            },
            Some(Directive::If { condition, source }) => BodyLine::If {
                condition,
                source,
                line: parsed()?,
            },
        });
    }
    Ok(out)
}

fn table_of(raw: &Raw) -> Result<TableSpec, Problem> {
    let mut keys = Keys::of(raw, "table")?;
    let (name, _) = keys
        .text("name")?
        .ok_or_else(|| Problem::at(raw.line, What::MissingKey("name")))?;
    let columns = keys.list("columns")?.iter().map(column_of).collect::<Result<_, _>>()?;
    let condition = keys
        .text("where")?
        .map(|(text, line)| expression(&text, line))
        .transpose()?;
    let descending = keys.yes("descending", false)?;
    let sort = keys
        .text("sort")?
        .map(|(text, line)| expression(&text, line))
        .transpose()?;
    let table = TableSpec {
        line: keys.line,
        data: keys
            .text("data")?
            .map_or_else(|| name.trim().to_owned(), |(data, _)| data.trim().to_owned()),
        name: name.trim().to_owned(),
        caption: keys.line("caption")?,
        unit: keys.line("unit")?,
        columns,
        condition,
        sort: sort.map(|by| (by, descending)),
        total: keys.text("total")?.map(|(text, _)| text.trim().to_owned()),
        notes: keys.lines("notes")?,
    };
    keys.finish()?;
    Ok(table)
}

fn column_of(raw: &Raw) -> Result<ColumnSpec, Problem> {
    if let Body::Text(name) = &raw.body {
        return Ok(ColumnSpec::plain(name.trim(), raw.line));
    }
    let mut keys = Keys::of(raw, "columns")?;
    let missing = |key| Problem::at(raw.line, What::MissingKey(key));
    let (title, _) = keys.text("title")?.ok_or_else(|| missing("title"))?;
    let (value, line) = keys.text("value")?.ok_or_else(|| missing("value"))?;
    let total = keys.yes("total", true)?;
    keys.finish()?;
    ColumnSpec::computed(title.trim(), value.trim(), total, line)
}

fn attachment_of(raw: &Raw) -> Result<AttachmentSpec, Problem> {
    let mut keys = Keys::of(raw, "attachment")?;
    let missing = |key| Problem::at(raw.line, What::MissingKey(key));
    let title = keys.line("title")?.ok_or_else(|| missing("title"))?;
    let body = keys.take("text").ok_or_else(|| missing("text"))?;
    let body = body_of("text", body)?;
    keys.finish()?;
    Ok(AttachmentSpec { title, body })
}
