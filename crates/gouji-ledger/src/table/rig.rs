//! A circular from a few lines of text, for tests of tables, links and order, and its relations as lines of text.
//!
//! A line with bars is a row of a table, the first of a run its header; `# ` starts a heading of the first level, `## ` of the
//! second; `注：` is a note under the table before it, `单位：` the unit of the table behind it; `附件列表 ` lists an
//! attachment and `附件 ` starts one, each with its title, before it a number if need be (`2.`); `成文 ` and `发布 ` are followed by a
//! date, `时期 ` by the period that the circular is about; all else is a paragraph.

use gouji_circular::{
    Attachment, Cell, Circular, Element, Heading, ListedAttachment, Row, SignedDate, Table, TableIdx,
};
use gouji_document::{Block, Document, Format, Paragraph, Span, Text};
use gouji_quantity::{Decimal, Ratio, agreement, scan_dates, scan_periods};

use crate::context::Context;
use crate::{Cue, Formula, Reading, Relation};

/// The document and the circular that the notation describes.
pub(crate) fn circular(source: &str) -> (Document, Circular) {
    let mut circular = Circular::default();
    let mut body: Vec<Element> = Vec::new();
    let mut attachment: Option<Attachment> = None;
    let mut blocks = Vec::new();
    let mut at = 0;
    let mut open_table: Option<usize> = None;
    let mut unit_line: Option<Text> = None;
    for line in source.split('\n') {
        let span = Span::new(at, at + line.len());
        at += line.len() + 1;
        if line.trim().is_empty() {
            open_table = None;
            continue;
        }
        blocks.push(Block::Paragraph(Paragraph {
            span,
            ..Paragraph::default()
        }));
        let text = |from: usize| Text::from_source(source, Span::new(span.start + from, span.end));
        if line.contains('|') {
            let mut cells = Vec::new();
            let mut from = span.start;
            for part in line.split('|') {
                cells.push(Text::from_source(source, Span::new(from, from + part.len())).trimmed());
                from += part.len() + 1;
            }
            match open_table {
                Some(idx) => {
                    let filled = |t: &Text| t.as_str() == "^";
                    let table = &mut circular.tables[idx];
                    let above = table.rows.last().cloned();
                    let cells = cells
                        .into_iter()
                        .enumerate()
                        .map(|(col, text)| match above.as_ref().filter(|_| filled(&text)) {
                            Some(row) => Cell {
                                filled: true,
                                ..row.cells[col].clone()
                            },
                            None => Cell {
                                text,
                                ..Cell::default()
                            },
                        })
                        .collect();
                    table.rows.push(Row { cells, hidden: false });
                }
                None => {
                    open_table = Some(circular.tables.len());
                    body.push(Element::Table(TableIdx(circular.tables.len())));
                    circular.tables.push(Table {
                        header: cells,
                        unit_line: unit_line.take(),
                        panels: 1,
                        ..Table::default()
                    });
                }
            }
            continue;
        }
        if line.starts_with("注：")
            && let Some(table) = circular.tables.last_mut()
        {
            table.notes.push(text(0));
            continue;
        }
        open_table = None;
        if line.starts_with("单位：") {
            unit_line = Some(text(0));
        } else if let Some(rest) = line.strip_prefix("附件列表 ") {
            let (number, rest) = numbered(rest);
            circular.listed.push(ListedAttachment {
                number,
                title: text(line.len() - rest.len()),
            });
        } else if let Some(rest) = line.strip_prefix("时期 ") {
            circular.period = scan_periods(rest, None).first().map(|m| m.period);
        } else if let Some(rest) = line.strip_prefix("成文 ") {
            let text = text(line.len() - rest.len());
            let date = scan_dates(&text).first().and_then(|m| match m.part {
                gouji_quantity::DatePart::Full(date) => Some(date),
                _ => None,
            });
            circular.date = Some(SignedDate { text, date });
        } else if let Some(rest) = line.strip_prefix("发布 ") {
            let text = text(line.len() - rest.len());
            let date = scan_dates(&text).first().and_then(|m| match m.part {
                gouji_quantity::DatePart::Full(date) => Some(date),
                _ => None,
            });
            circular.published = Some(SignedDate { text, date });
        } else if let Some(rest) = line.strip_prefix("附件 ") {
            match attachment.take() {
                Some(mut done) => {
                    done.body = std::mem::take(&mut body);
                    circular.attachments.push(done);
                }
                None => circular.body = std::mem::take(&mut body),
            }
            let (number, rest) = numbered(rest);
            attachment = Some(Attachment {
                number,
                label: Text::from_source(source, Span::new(span.start, span.start + "附件".len())),
                title: Some(text(line.len() - rest.len())),
                ..Attachment::default()
            });
        } else if line.starts_with('#') {
            let level = line.chars().take_while(|c| *c == '#').count();
            let rest = line[level..].trim_start();
            let label_len = rest
                .char_indices()
                .find(|(_, c)| matches!(c, '、' | '）' | ')' | '.'))
                .map_or(0, |(i, c)| i + c.len_utf8());
            let start = line.len() - rest.len();
            body.push(Element::Heading(Heading {
                level: u8::try_from(level).expect("few levels"),
                label: (label_len > 0)
                    .then(|| Text::from_source(source, Span::new(span.start + start, span.start + start + label_len))),
                title: text(start + label_len),
                stop: None,
                run_in: false,
            }));
        } else {
            body.push(Element::Paragraph(text(0)));
        }
    }
    match attachment {
        Some(mut done) => {
            done.body = body;
            circular.attachments.push(done);
        }
        None => circular.body = body,
    }
    let document = Document {
        format: Format::Txt,
        text: source.to_owned(),
        blocks,
        encoding: None,
    };
    (document, circular)
}

/// The number before a title, if there is one (`2.整改反馈表`), and the title.
fn numbered(rest: &str) -> (Option<u32>, &str) {
    match rest.split_once('.') {
        Some((number, title)) if number.parse::<u32>().is_ok() => (number.parse().ok(), title),
        _ => (None, rest),
    }
}

/// The relations that `room` finds, a line each: kind, cue, stated ← operands, and whether the first reading holds.
pub(crate) fn lines(source: &str, room: impl Fn(&Context<'_>, &mut Vec<Relation>)) -> Vec<String> {
    let (document, circular) = circular(source);
    let cx = Context::new(&document, &circular);
    let mut out = Vec::new();
    room(&cx, &mut out);
    out.iter().map(|r| line(r, &document)).collect()
}

pub(crate) fn line(relation: &Relation, document: &Document) -> String {
    assert!(
        !document.quote(relation.quote).is_empty(),
        "a relation without a quote: {relation:?}"
    );
    let held = relation.readings.iter().find(|r| holds(r));
    let reading = held.unwrap_or(&relation.readings[0]);
    let cue = match relation.cue {
        Cue::Explicit => "",
        Cue::Implied => "?",
        Cue::Arithmetic => "~",
    };
    let operands: Vec<&str> = reading.operands.iter().map(|o| o.surface.as_str()).collect();
    format!(
        "{}{cue} {} <- {} {}",
        relation.kind.name(),
        reading.stated.surface,
        operands.join(" "),
        if held.is_some() { "ok" } else { "BAD" }
    )
}

/// Whether a reading holds or is explained by rounding.
fn holds(reading: &Reading) -> bool {
    let value = |i: usize| reading.operands[i].value.expect("a figure");
    let stated = || reading.stated.value.expect("a figure");
    let close = |exact: Option<Ratio>| {
        exact.is_some_and(|e| {
            let a = agreement(stated(), reading.stated.decimals, e);
            a.holds() || a.is_rounding()
        })
    };
    let slack = reading.operands.iter().map(|o| o.ulp).sum::<Decimal>() + reading.stated.ulp;
    let sum = || (0..reading.operands.len()).map(value).sum::<Decimal>();
    match &reading.formula {
        Formula::Sum => (stated() - sum()).abs() * Decimal::TWO <= slack,
        Formula::Difference => (stated() - (value(0) + value(0) - sum())).abs() * Decimal::TWO <= slack,
        Formula::Ratio { scale } => close(Ratio::of(value(0), sum() - value(0)).and_then(|r| r.times((*scale).into()))),
        Formula::ShareSum => (Decimal::ONE_HUNDRED - sum()).abs() * Decimal::TWO <= slack,
        Formula::Count { least, most, open } => {
            let n = stated();
            n >= Decimal::from(*least) && (*open || n <= Decimal::from(*most))
        }
        Formula::Equal => close(Some(Ratio::from_decimal(value(0)))),
        Formula::Mean => close(Ratio::of(value(0), value(1))),
        Formula::Growth { negative } => {
            let gap = if *negative {
                value(1) - value(0)
            } else {
                value(0) - value(1)
            };
            close(Ratio::of(gap, value(1)).and_then(|r| r.times(100)))
        }
        Formula::PointChange { negative } => {
            stated()
                == if *negative {
                    value(1) - value(0)
                } else {
                    value(0) - value(1)
                }
        }
        Formula::Bound { holds }
        | Formula::DateOrder { holds }
        | Formula::Sequence { holds }
        | Formula::SameTitle { holds } => *holds,
    }
}
