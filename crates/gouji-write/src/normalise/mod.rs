//! The text as the standard wants it, with a list of what was changed.
//!
//! Only the form of the text is touched: brackets and punctuation in full width, the marks of ranges (GB/T 15834), the brackets of the document number, the date in
//! Arabic numerals, blanks. No digit of a figure is ever changed.

mod range;
mod text;

use std::fmt;

use gouji_circular::{Circular, Element, Heading, ListedAttachment, Table};
use gouji_document::Text;
use gouji_standard::{HalfChars, House, MARK_SIZE_SMALLEST, TEXT_WIDTH};

use crate::letterhead::marking_rank;
use crate::mark::joint_names;
use crate::measure::width;
use crate::{Form, lines};
pub(crate) use text::prose;
use text::{document_number, heading_label, one_line};

/// Where an edit was made. Indices count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Place {
    /// The issuing authority's mark.
    Mark,
    /// The markings, which changed places.
    Markings,
    /// The document number.
    DocNumber,
    /// The title.
    Title,
    /// A line below the title.
    Subtitle(usize),
    /// The addressee.
    Addressee,
    /// An element of the main text (`part` 0) or of attachment `part`.
    Body {
        /// 0 for the main text, then the attachments.
        part: usize,
        /// Index of the element.
        element: usize,
    },
    /// An entry of the list of attachments.
    Listed(usize),
    /// A signature.
    Signature(usize),
    /// The date of issue.
    Date,
    /// The annotation.
    Annotation,
    /// The label of an attachment.
    AttachmentLabel(usize),
    /// The title of an attachment.
    AttachmentTitle(usize),
    /// A line of the imprint.
    Imprint(usize),
    /// Caption, unit line or note of a table.
    Table(usize),
}

/// Its name in a record: `title`, `body[3]`, `attachment[0].body[2]`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mark => f.write_str("mark"),
            Self::Markings => f.write_str("markings"),
            Self::DocNumber => f.write_str("doc_number"),
            Self::Title => f.write_str("title"),
            Self::Subtitle(idx) => write!(f, "subtitle[{idx}]"),
            Self::Addressee => f.write_str("addressee"),
            Self::Body { part: 0, element } => write!(f, "body[{element}]"),
            Self::Body { part, element } => write!(f, "attachment[{}].body[{element}]", part - 1),
            Self::Listed(idx) => write!(f, "listed[{idx}]"),
            Self::Signature(idx) => write!(f, "signature[{idx}]"),
            Self::Date => f.write_str("date"),
            Self::Annotation => f.write_str("annotation"),
            Self::AttachmentLabel(idx) => write!(f, "attachment[{idx}].label"),
            Self::AttachmentTitle(idx) => write!(f, "attachment[{idx}].title"),
            Self::Imprint(idx) => write!(f, "imprint[{idx}]"),
            Self::Table(idx) => write!(f, "table[{idx}]"),
        }
    }
}

/// A change of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Where.
    pub place: Place,
    /// The text before; empty if the element was added.
    pub before: String,
    /// The text after; empty if the element was taken out.
    pub after: String,
}

struct Editor {
    edits: Vec<Edit>,
}

impl Editor {
    fn note(&mut self, place: Place, before: &str, after: &str) {
        self.edits.push(Edit {
            place,
            before: before.to_owned(),
            after: after.to_owned(),
        });
    }

    /// Replaces a text if a rule changes it. A changed text no longer knows its place in the source.
    fn apply(&mut self, place: Place, text: &mut Text, rule: impl FnOnce(&str) -> String) {
        let after = rule(text);
        if after != text.as_str() {
            self.note(place, text, &after);
            *text = Text::synthetic(after);
        }
    }
}

/// The circular with its text in the form of the standard, and every edit that led there, in the order of the page.
#[must_use]
pub fn normalise(circular: &Circular) -> (Circular, Vec<Edit>) {
    normalise_for(circular, &House::default())
}

/// The same for an office with a house standard of its own.
#[must_use]
pub fn normalise_for(circular: &Circular, house: &House) -> (Circular, Vec<Edit>) {
    let mut c = circular.clone();
    let mut editor = Editor { edits: Vec::new() };
    letterhead(&mut c, house, &mut editor);
    body_text(&mut c.body, &mut c.tables, 0, &mut editor);
    sign_off(&mut c, &mut editor);
    let single = c.attachments.len() == 1 && c.listed.len() <= 1;
    for (idx, attachment) in c.attachments.iter_mut().enumerate() {
        editor.apply(
            Place::AttachmentLabel(idx),
            &mut attachment.label,
            |_| match attachment.number {
                _ if single => "附件".to_owned(),
                Some(number) => format!("附件{number}"),
                None => format!("附件{}", idx + 1),
            },
        );
        if let Some(title) = &mut attachment.title {
            editor.apply(Place::AttachmentTitle(idx), title, one_line);
        }
        body_text(&mut attachment.body, &mut c.tables, idx + 1, &mut editor);
    }
    imprint(&mut c, house, &mut editor);
    (c, editor.edits)
}

/// Marks that end a heading sentence.
pub(crate) const STOPS: [char; 7] = ['。', '：', '！', '？', '；', '，', ':'];
/// Whether text can run on behind a heading: only behind a mark (§7.3.3).
pub(crate) fn runs_in(heading: &Heading) -> bool {
    heading.run_in && (heading.stop.is_some() || heading.title.ends_with(STOPS))
}

/// The circular as it is written where its text is kept: a heading that no mark parts from its text gets a line of its own.
pub(crate) fn kept(circular: &Circular) -> Circular {
    let mut c = circular.clone();
    let bodies = std::iter::once(&mut c.body).chain(c.attachments.iter_mut().map(|a| &mut a.body));
    for body in bodies {
        for at in 0..body.len() {
            let before_text = matches!(body.get(at + 1), Some(Element::Paragraph(_)));
            if let Element::Heading(heading) = &mut body[at] {
                heading.run_in = before_text && runs_in(heading);
            }
        }
    }
    c
}

/// Width of 文件.
const FILE_WIDTH: HalfChars = HalfChars::chars(2);
/// The widest mark that fits on one line in the smallest size of a mark.
const MARK_WIDEST: HalfChars = HalfChars(TEXT_WIDTH.0 * 2 / MARK_SIZE_SMALLEST.twips().0);

fn letterhead(c: &mut Circular, house: &House, editor: &mut Editor) {
    let form = Form::of(c, house.form);
    match (&mut c.issuer_mark, &c.issuer) {
        (Some(mark), _) => editor.apply(Place::Mark, mark, |s| {
            let s = match joint_names(s) {
                // §10.1: a letter of several issuers has the host's mark alone.
                Some((names, _)) if form == Form::Letter => one_line(names[0]),
                Some((names, has_file)) => {
                    let names: Vec<String> = names.into_iter().map(one_line).collect();
                    format!("{}{}", names.join("、"), if has_file { "文件" } else { "" })
                }
                None => one_line(s),
            };
            match form {
                // §10.1: the mark of a letter is the name alone.
                Form::Letter => s.strip_suffix("文件").unwrap_or(&s).to_owned(),
                Form::Document => s,
            }
        }),
        (mark @ None, Some(issuer)) if !issuer.trim().is_empty() => {
            let issuer = one_line(issuer);
            let text = match form {
                Form::Document if house.mark_with_file && width(&issuer) + FILE_WIDTH <= MARK_WIDEST => {
                    format!("{issuer}文件")
                }
                // §7.2.4 allows the name alone: a letter's mark is that, and a long name has no room for more.
                Form::Document | Form::Letter => issuer,
            };
            editor.note(Place::Mark, "", &text);
            *mark = Some(Text::synthetic(text));
        }
        _ => {}
    }
    markings(&mut c.markings, editor);
    if let Some(number) = &mut c.doc_number {
        editor.apply(Place::DocNumber, number, document_number);
    }
    if let Some(title) = &mut c.title {
        editor.apply(Place::Title, title, text::title);
    }
    for (idx, line) in c.subtitle.iter_mut().enumerate() {
        editor.apply(Place::Subtitle(idx), line, prose);
    }
    if let Some(addressee) = &mut c.addressee {
        editor.apply(Place::Addressee, addressee, |s| {
            prose(s.trim_end_matches(['：', ':', ' ', '\u{3000}']))
        });
    }
}

/// §7.2.3: 份号, 密级, 紧急程度 from the top down.
fn markings(markings: &mut [Text], editor: &mut Editor) {
    if markings.is_sorted_by_key(|m| marking_rank(m)) {
        return;
    }
    let before = joined(markings);
    markings.sort_by_key(|m| marking_rank(m));
    editor.note(Place::Markings, &before, &joined(markings));
}

fn joined(texts: &[Text]) -> String {
    texts.iter().map(Text::as_str).collect::<Vec<_>>().join("，")
}

/// §7.3.2: an addressee so long that the first page would show no text moves to the imprint.
fn addressee_to_imprint(c: &mut Circular, house: &House, editor: &mut Editor) {
    if lines::shows_text(c, house) {
        return;
    }
    if let Some(addressee) = c.addressee.take() {
        let line = format!("主送：{addressee}。");
        editor.note(Place::Addressee, &addressee, "");
        editor.note(Place::Imprint(0), "", &line);
        c.imprint.insert(0, Text::synthetic(line));
    }
}

fn body_text(body: &mut [Element], tables: &mut [Table], part: usize, editor: &mut Editor) {
    let runs_on: Vec<bool> = (0..body.len())
        .map(|at| matches!(body.get(at + 1), Some(Element::Paragraph(_))))
        .collect();
    for (element, item) in body.iter_mut().enumerate() {
        let place = Place::Body { part, element };
        match item {
            Element::Heading(heading) => {
                if let Some(label) = &mut heading.label {
                    editor.apply(place, label, heading_label);
                }
                editor.apply(place, &mut heading.title, prose);
                if heading.stop == Some(':') {
                    editor.note(place, ":", "：");
                    heading.stop = Some('：');
                }
                // What follows on the same line may be no paragraph: it gets a line of its own.
                heading.run_in &= runs_on[element];
                // §7.3.3: text runs on behind a sentence, so the heading must be one.
                if heading.run_in && heading.stop.is_none() && !heading.title.ends_with(STOPS) {
                    heading.stop = Some('。');
                    editor.note(place, &heading.title, &format!("{}。", heading.title));
                }
            }
            Element::Paragraph(text) => editor.apply(place, text, prose),
            Element::Table(idx) => {
                if let Some(table) = tables.get_mut(idx.0) {
                    let lines = table
                        .caption
                        .iter_mut()
                        .chain(&mut table.unit_line)
                        .chain(&mut table.notes);
                    for line in lines {
                        editor.apply(Place::Table(idx.0), line, prose);
                    }
                }
            }
        }
    }
}

fn sign_off(c: &mut Circular, editor: &mut Editor) {
    for (idx, listed) in c.listed.iter_mut().enumerate() {
        editor.apply(Place::Listed(idx), &mut listed.title, one_line);
    }
    // §7.3.4: attachments are listed under the text.
    if c.listed.is_empty() && !c.attachments.is_empty() && c.attachments.iter().all(|a| a.title.is_some()) {
        let single = c.attachments.len() == 1;
        for (idx, attachment) in c.attachments.iter().enumerate() {
            let Some(title) = &attachment.title else { continue };
            let title = one_line(title);
            editor.note(Place::Listed(idx), "", &title);
            let number = attachment.number.or_else(|| u32::try_from(idx + 1).ok());
            c.listed.push(ListedAttachment {
                number: if single { None } else { number },
                title: Text::synthetic(title),
            });
        }
    }
    for (idx, signature) in c.signatures.iter_mut().enumerate() {
        editor.apply(Place::Signature(idx), signature, one_line);
    }
    if let Some(date) = &mut c.date
        && let Some(day) = date.date
    {
        // §7.3.5.4: Arabic numerals, no leading zeros.
        editor.apply(Place::Date, &mut date.text, |_| {
            format!("{}年{}月{}日", day.year, day.month, day.day)
        });
    }
    if let Some(annotation) = &mut c.annotation {
        editor.apply(Place::Annotation, annotation, |s| {
            let s = prose(s);
            if s.starts_with('（') { s } else { format!("（{s}）") }
        });
    }
}

fn imprint(c: &mut Circular, house: &House, editor: &mut Editor) {
    addressee_to_imprint(c, house, editor);
    let letter = Form::of(c, house.form) == Form::Letter;
    for (idx, line) in c.imprint.iter_mut().enumerate() {
        // §10.1: the imprint of a letter has no 印发机关 and no 印发日期.
        if letter && line.trim_end().ends_with("印发") {
            editor.note(Place::Imprint(idx), line, "");
            *line = Text::default();
            continue;
        }
        editor.apply(Place::Imprint(idx), line, |s| {
            let mut s = prose(s);
            // §7.4.2: a full stop after the last organ.
            if s.starts_with("抄送：") && !s.ends_with('。') {
                s.truncate(s.trim_end_matches(['；', '，', '、', '.']).len());
                s.push('。');
            }
            s
        });
    }
    c.imprint.retain(|line| !line.is_empty());
}

#[cfg(test)]
mod tests {
    use gouji_circular::{Attachment, SignedDate};
    use gouji_quantity::Date;

    use super::*;

    #[test]
    fn each_edit_is_listed_and_a_second_pass_finds_nothing() {
        let circular = Circular {
            issuer: Some("青禾县人民政府办公室".to_owned()),
            doc_number: Some(Text::synthetic("青府办[2023]8号")),
            title: Some(Text::synthetic("关于 2023年检查\n情况的通报")),
            addressee: Some(Text::synthetic("各乡镇:")),
            body: vec![
                Element::Heading(Heading {
                    level: 2,
                    label: Some(Text::synthetic("(一)")),
                    title: Text::synthetic("总体情况"),
                    stop: None,
                    run_in: false,
                }),
                Element::Paragraph(Text::synthetic("良好,共3件。")),
            ],
            date: Some(SignedDate {
                text: Text::synthetic("二〇二三年四月五日"),
                date: Date::new(2023, 4, 5),
            }),
            attachments: vec![Attachment {
                label: Text::synthetic("附件1："),
                number: Some(1),
                title: Some(Text::synthetic("检查情况表")),
                body: Vec::new(),
            }],
            imprint: vec![Text::synthetic("抄送:县委办")],
            ..Circular::default()
        };
        let (once, edits) = normalise(&circular);
        let places: Vec<Place> = edits.iter().map(|e| e.place).collect();
        assert_eq!(
            places,
            [
                Place::Mark,
                Place::DocNumber,
                Place::Title,
                Place::Addressee,
                Place::Body { part: 0, element: 0 },
                Place::Body { part: 0, element: 1 },
                Place::Listed(0),
                Place::Date,
                Place::AttachmentLabel(0),
                Place::Imprint(0),
            ]
        );
        assert_eq!(once.title.as_deref(), Some("关于2023年检查情况的通报"));
        assert_eq!(once.date.as_ref().map(|d| d.text.as_str()), Some("2023年4月5日"));
        assert_eq!(once.imprint[0].as_str(), "抄送：县委办。");
        let (twice, none) = normalise(&once);
        assert_eq!((twice, none.len()), (once, 0));
    }

    #[test]
    fn a_text_in_order_keeps_its_source() {
        let source = "共3件，办结3件。";
        let text = Text::from_source(source, gouji_document::Span::new(0, source.len()));
        let circular = Circular {
            body: vec![Element::Paragraph(text)],
            ..Circular::default()
        };
        let (same, edits) = normalise(&circular);
        assert_eq!((same, edits), (circular, Vec::new()));
    }
}
