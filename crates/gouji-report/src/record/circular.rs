use std::collections::{BTreeMap, VecDeque};

use gouji_circular::{Attachment, Circular, Element, Section, SignedDate, Table, TableIdx};
use gouji_document::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::FactRecord;

/// A circular, element by element.
///
/// Only `meta` is needed to read one back; everything else has a default, so that a record can be written by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CircularRecord {
    /// What identifies it.
    pub meta: Meta,
    /// Issuing authority's mark (发文机关标志), as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer_mark: Option<String>,
    /// Security class, urgency and copy number, as printed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub markings: Vec<String>,
    /// Lines between title and addressee.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subtitle: Vec<String>,
    /// Paragraphs before the first heading.
    #[serde(default)]
    pub preamble: Vec<String>,
    /// The heading tree.
    #[serde(default)]
    pub sections: Vec<SectionRecord>,
    /// All tables, rebuilt.
    #[serde(default)]
    pub tables: Vec<TableRecord>,
    /// Figures under their channels.
    #[serde(default)]
    pub facts: Vec<FactRecord>,
    /// Attachments: those listed under the body, then those that only follow.
    #[serde(default)]
    pub attachments: Vec<AttachmentRecord>,
    /// The signatures, joined by a blank.
    #[serde(default)]
    pub signature: Option<String>,
    /// The signatures, one each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signatures: Vec<String>,
    /// Date of issue as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_text: Option<String>,
    /// Annotation under the date (附注).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annotation: Option<String>,
    /// Imprint lines (版记).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub imprint: Vec<String>,
    /// Publication by the web page around it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<PublishedRecord>,
    /// What was set aside, each with its reason: nothing is dropped in silence.
    #[serde(default)]
    pub discarded: Vec<DiscardedRecord>,
}

/// What identifies a circular.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Meta {
    /// Issuing authority (发文机关).
    #[serde(default)]
    pub issuer: Option<String>,
    /// Title on one line.
    #[serde(default)]
    pub title: Option<String>,
    /// Document number (发文字号), as printed.
    #[serde(default)]
    pub doc_number: Option<String>,
    /// Date of issue (成文日期), `2022-05-26`.
    #[serde(default)]
    pub date: Option<String>,
    /// Addressee (主送机关), without the colon.
    #[serde(default)]
    pub addressee: Option<String>,
    /// The period reported on: `2022Q2`, `2024-08`, `2024H1` or `2024`.
    #[serde(default)]
    pub period: Option<String>,
}

/// A section of a body.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SectionRecord {
    /// 1 for 一、, 2 for （一）, 3 for 1., 4 for （1）.
    pub level: u8,
    /// The label as printed.
    #[serde(default)]
    pub label: Option<String>,
    /// The heading sentence.
    #[serde(default)]
    pub title: String,
    /// The mark that closed the heading sentence, as printed: `。` or `：`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop: Option<char>,
    /// The first paragraph stands in the same line as the heading.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub run_in: bool,
    /// Its own paragraphs.
    #[serde(default)]
    pub body: Vec<String>,
    /// Sections below it.
    #[serde(default)]
    pub sections: Vec<SectionRecord>,
}

/// A rebuilt table: rectangular, merged cells filled, header cells joined.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TableRecord {
    /// Caption as printed.
    #[serde(default)]
    pub caption: Option<String>,
    /// A line such as 单位：万元.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// One cell per column.
    #[serde(default)]
    pub header: Vec<String>,
    /// Data rows.
    #[serde(default)]
    pub rows: Vec<Vec<String>>,
    /// Notes under the table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<Anchor>,
    /// Row and column, from 0, of data cells that repeat a merged cell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filled: Vec<[usize; 2]>,
    /// Data rows, from 0, that are hidden in the source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hidden_rows: Vec<usize>,
    /// Formulas behind data cells.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formulas: Vec<FormulaRecord>,
    /// How many panels stood side by side in the source, if more than one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub panels: Option<usize>,
    /// Rows of each panel.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub panel_rows: Vec<usize>,
    /// The sheet it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
}

/// Where a table stands among the elements of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Anchor {
    /// `order` of the attachment it stands in; left out for the main text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attachment: Option<usize>,
    /// How many headings, paragraphs and tables of that body stand before it.
    pub element: usize,
}

/// A formula behind a data cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FormulaRecord {
    /// Data row, from 0.
    pub row: usize,
    /// Column, from 0.
    pub col: usize,
    /// As written.
    pub formula: String,
}

/// An attachment, listed under the body, following it, or both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AttachmentRecord {
    /// Its number, if printed.
    #[serde(default)]
    pub number: Option<u32>,
    /// Its title, as listed, or else as printed at the attachment.
    #[serde(default)]
    pub title: String,
    /// It stands in the list under the body.
    #[serde(default = "listed_by_default")]
    pub listed: bool,
    /// Its place among the attachments that follow, from 0; left out if it does not follow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<usize>,
    /// Its label as printed where it follows: `附件1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Its number as printed where it follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label_number: Option<u32>,
    /// Its title as printed where it follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
    /// Its paragraphs before the first heading.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub body: Vec<String>,
    /// Its heading tree.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<SectionRecord>,
}

fn listed_by_default() -> bool {
    true
}

/// A day of publication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PublishedRecord {
    /// As printed.
    pub text: String,
    /// The day; null if no such day exists.
    pub date: Option<String>,
}

/// Source text that is not part of the circular.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DiscardedRecord {
    /// The text.
    pub text: String,
    /// `page-chrome`, `injected-spam`, `table-rule`, `repeated-header`, `hidden`, `page-furniture`, `pinyin` or `ellipsis`.
    pub reason: String,
}

impl CircularRecord {
    /// The record of a circular, without facts (they are the ledger's).
    #[must_use]
    pub fn new(circular: &Circular) -> Self {
        let signatures = strings(&circular.signatures);
        let (preamble, sections) = tree(&circular.body);
        Self {
            meta: Meta {
                issuer: circular.issuer.clone(),
                title: string(circular.title.as_ref()),
                doc_number: string(circular.doc_number.as_ref()),
                date: circular.date.as_ref().and_then(iso),
                addressee: string(circular.addressee.as_ref()),
                period: circular.period.map(|p| p.to_string()),
            },
            issuer_mark: string(circular.issuer_mark.as_ref()),
            markings: strings(&circular.markings),
            subtitle: strings(&circular.subtitle),
            preamble,
            sections,
            tables: tables(circular),
            facts: Vec::new(),
            attachments: attachments(circular),
            signature: (!signatures.is_empty()).then(|| signatures.join(" ")),
            signatures,
            date_text: circular.date.as_ref().map(|d| d.text.as_str().to_owned()),
            annotation: string(circular.annotation.as_ref()),
            imprint: strings(&circular.imprint),
            published: circular.published.as_ref().map(|d| PublishedRecord {
                text: d.text.as_str().to_owned(),
                date: iso(d),
            }),
            discarded: circular
                .discarded
                .iter()
                .map(|d| DiscardedRecord {
                    text: d.text.as_str().to_owned(),
                    reason: d.reason.name().to_owned(),
                })
                .collect(),
        }
    }
}

fn string(text: Option<&Text>) -> Option<String> {
    text.map(|t| t.as_str().to_owned())
}

fn strings(texts: &[Text]) -> Vec<String> {
    texts.iter().map(|t| t.as_str().to_owned()).collect()
}

fn iso(date: &SignedDate) -> Option<String> {
    date.date.map(|d| d.to_string())
}

/// Paragraphs before the first heading, and the tree of headings. Tables keep their place by their anchors.
fn tree(body: &[Element]) -> (Vec<String>, Vec<SectionRecord>) {
    let (lead, sections) = Circular::section_tree(body);
    (
        paragraphs(body, &lead),
        sections.iter().map(|s| section(body, s)).collect(),
    )
}

fn paragraphs(body: &[Element], indices: &[usize]) -> Vec<String> {
    indices
        .iter()
        .filter_map(|idx| match body.get(*idx) {
            Some(Element::Paragraph(text)) => Some(text.as_str().to_owned()),
            _ => None,
        })
        .collect()
}

fn section(body: &[Element], node: &Section) -> SectionRecord {
    let mut record = SectionRecord {
        body: paragraphs(body, &node.body),
        sections: node.sections.iter().map(|s| section(body, s)).collect(),
        ..SectionRecord::default()
    };
    if let Some(Element::Heading(heading)) = body.get(node.heading) {
        record.level = heading.level;
        record.label = string(heading.label.as_ref());
        heading.title.as_str().clone_into(&mut record.title);
        record.stop = heading.stop;
        record.run_in = heading.run_in;
    }
    record
}

fn tables(circular: &Circular) -> Vec<TableRecord> {
    let mut anchors: Vec<Option<Anchor>> = vec![None; circular.tables.len()];
    for (body_idx, body) in circular.bodies().enumerate() {
        for (element, e) in body.iter().enumerate() {
            if let Element::Table(TableIdx(idx)) = e
                && let Some(anchor @ None) = anchors.get_mut(*idx)
            {
                *anchor = Some(Anchor {
                    attachment: body_idx.checked_sub(1),
                    element,
                });
            }
        }
    }
    circular
        .tables
        .iter()
        .zip(anchors)
        .map(|(t, anchor)| table(t, anchor))
        .collect()
}

fn table(table: &Table, anchor: Option<Anchor>) -> TableRecord {
    let cells = || {
        table
            .rows
            .iter()
            .enumerate()
            .flat_map(|(row, r)| r.cells.iter().enumerate().map(move |(col, c)| (row, col, c)))
    };
    TableRecord {
        caption: string(table.caption.as_ref()),
        unit: string(table.unit_line.as_ref()),
        header: strings(&table.header),
        rows: table
            .rows
            .iter()
            .map(|r| r.cells.iter().map(|c| c.text.as_str().to_owned()).collect())
            .collect(),
        notes: strings(&table.notes),
        anchor,
        filled: cells()
            .filter(|(_, _, c)| c.filled)
            .map(|(row, col, _)| [row, col])
            .collect(),
        hidden_rows: (0..table.rows.len()).filter(|r| table.rows[*r].hidden).collect(),
        formulas: cells()
            .filter_map(|(row, col, c)| c.formula.clone().map(|formula| FormulaRecord { row, col, formula }))
            .collect(),
        panels: (table.panels > 1).then_some(table.panels),
        panel_rows: table.panel_rows.clone(),
        sheet: table.sheet.clone(),
    }
}

/// The union of the list and what follows: an entry of the list meets the attachment of its number, else of its
/// title, else the next one where one of the two has no number.
fn attachments(circular: &Circular) -> Vec<AttachmentRecord> {
    let following = &circular.attachments;
    let mut free = vec![true; following.len()];
    let mut met: Vec<Option<usize>> = vec![None; circular.listed.len()];

    let mut by_number: BTreeMap<u32, VecDeque<usize>> = BTreeMap::new();
    for (idx, attachment) in following.iter().enumerate() {
        if let Some(n) = attachment.number {
            by_number.entry(n).or_default().push_back(idx);
        }
    }
    for (slot, listed) in met.iter_mut().zip(&circular.listed) {
        *slot = listed
            .number
            .and_then(|n| by_number.get_mut(&n))
            .and_then(VecDeque::pop_front);
        if let Some(idx) = slot {
            free[*idx] = false;
        }
    }
    let mut by_title: BTreeMap<String, VecDeque<usize>> = BTreeMap::new();
    for (idx, attachment) in following.iter().enumerate().filter(|(idx, _)| free[*idx]) {
        if let Some(title) = &attachment.title {
            by_title.entry(squash(title)).or_default().push_back(idx);
        }
    }
    for (slot, listed) in met.iter_mut().zip(&circular.listed).filter(|(slot, _)| slot.is_none()) {
        *slot = by_title.get_mut(&squash(&listed.title)).and_then(VecDeque::pop_front);
        if let Some(idx) = slot {
            free[*idx] = false;
        }
    }
    let mut rest = (0..following.len()).filter(|idx| free[*idx]).collect::<VecDeque<_>>();
    for (slot, listed) in met.iter_mut().zip(&circular.listed).filter(|(slot, _)| slot.is_none()) {
        if let Some(idx) = rest.front().copied()
            && (listed.number.is_none() || following[idx].number.is_none())
        {
            *slot = rest.pop_front();
        }
    }

    let mut out: Vec<AttachmentRecord> = circular
        .listed
        .iter()
        .zip(&met)
        .map(|(listed, idx)| AttachmentRecord {
            number: listed.number,
            title: listed.title.as_str().to_owned(),
            listed: true,
            ..follows(following, *idx)
        })
        .collect();
    out.extend(rest.into_iter().map(|idx| follows(following, Some(idx))));
    out
}

fn follows(following: &[Attachment], idx: Option<usize>) -> AttachmentRecord {
    let Some((idx, attachment)) = idx.and_then(|i| following.get(i).map(|a| (i, a))) else {
        return AttachmentRecord {
            number: None,
            title: String::new(),
            listed: false,
            order: None,
            label: None,
            label_number: None,
            heading: None,
            body: Vec::new(),
            sections: Vec::new(),
        };
    };
    let (body, sections) = tree(&attachment.body);
    AttachmentRecord {
        number: attachment.number,
        title: attachment
            .title
            .as_ref()
            .unwrap_or(&attachment.label)
            .as_str()
            .to_owned(),
        listed: false,
        order: Some(idx),
        label: Some(attachment.label.as_str().to_owned()),
        label_number: attachment.number,
        heading: string(attachment.title.as_ref()),
        body,
        sections,
    }
}

fn squash(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
