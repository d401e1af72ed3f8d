//! From a record back to a circular, for `gouji compose`.
//!
//! Texts that come back have no place in a source. A record may be written by hand or by another program, so every
//! index in it is checked and what is missing has a sensible reading; only a date, period or reason that is not
//! one is refused.

use gouji_circular::{
    Attachment, Cell, Circular, Discarded, Element, Heading, ListedAttachment, Reason, Row, SignedDate, Table, TableIdx,
};
use gouji_document::Text;
use gouji_quantity::{Date, Period};

use super::{AttachmentRecord, CircularRecord, SectionRecord, TableRecord};
use crate::Lang;

/// Why a record is not that of a circular.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// A date is not of the form `2022-05-26`, or no such day exists.
    #[error("`{0}` is not a day written as 2022-05-26")]
    Date(String),
    /// A period is of no known form.
    #[error("`{0}` is not a period written as 2022, 2022H1, 2022Q2 or 2022-05")]
    Period(String),
    /// A reason for setting text aside is not one of the names.
    #[error("`{0}` is not a reason for setting text aside")]
    Reason(String),
}

impl RecordError {
    /// One sentence for people.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::En, _) => self.to_string(),
            (Lang::Zh, Self::Date(text)) => format!("“{text}”不是2022-05-26式的日期"),
            (Lang::Zh, Self::Period(text)) => format!("“{text}”不是2022、2022H1、2022Q2或2022-05式的期间"),
            (Lang::Zh, Self::Reason(text)) => format!("“{text}”不是剔除文字的原因"),
        }
    }
}

impl CircularRecord {
    /// The circular that this is the record of; all its texts are synthetic, facts are left out.
    ///
    /// # Errors
    /// If a date, a period or a reason is not one.
    pub fn to_circular(&self) -> Result<Circular, RecordError> {
        let meta = &self.meta;
        let mut following: Vec<(usize, &AttachmentRecord)> = self
            .attachments
            .iter()
            .filter_map(|a| a.order.map(|order| (order, a)))
            .collect();
        following.sort_by_key(|(order, _)| *order);
        // Tables of each body by their anchors: the main text first, then the attachments in order.
        let mut placed: Vec<Vec<(usize, TableIdx)>> = vec![Vec::new(); following.len() + 1];
        for (idx, table) in self.tables.iter().enumerate() {
            let (body, element) = match table.anchor {
                None => (0, usize::MAX),
                Some(anchor) => {
                    let body = anchor.attachment.map_or(Some(0), |order| {
                        let at = following.partition_point(|(o, _)| *o < order);
                        following.get(at).filter(|(o, _)| *o == order).map(|_| at + 1)
                    });
                    body.map_or((0, usize::MAX), |body| (body, anchor.element))
                }
            };
            placed[body].push((element, TableIdx(idx)));
        }
        let mut placed = placed.into_iter();
        let body = elements(&self.preamble, &self.sections, placed.next().unwrap_or_default());
        let attachments = following
            .iter()
            .zip(placed)
            .map(|((_, a), tables)| Attachment {
                label: Text::synthetic(a.label.clone().unwrap_or_else(|| match a.number {
                    Some(n) => format!("附件{n}"),
                    None => "附件".to_owned(),
                })),
                number: a.label_number.or(if a.label.is_none() { a.number } else { None }),
                title: a.heading.as_ref().map(Text::synthetic),
                body: elements(&a.body, &a.sections, tables),
            })
            .collect();
        Ok(Circular {
            issuer_mark: text(self.issuer_mark.as_ref()),
            doc_number: text(meta.doc_number.as_ref()),
            markings: texts(&self.markings),
            title: text(meta.title.as_ref()),
            subtitle: texts(&self.subtitle),
            addressee: text(meta.addressee.as_ref()),
            body,
            listed: self
                .attachments
                .iter()
                .filter(|a| a.listed)
                .map(|a| ListedAttachment {
                    number: a.number,
                    title: Text::synthetic(&a.title),
                })
                .collect(),
            signatures: if self.signatures.is_empty() {
                texts(self.signature.as_slice())
            } else {
                texts(&self.signatures)
            },
            date: signed_date(self.date_text.as_ref(), meta.date.as_ref())?,
            annotation: text(self.annotation.as_ref()),
            attachments,
            imprint: texts(&self.imprint),
            tables: self.tables.iter().map(table).collect(),
            discarded: self
                .discarded
                .iter()
                .map(|d| {
                    Ok(Discarded {
                        text: Text::synthetic(&d.text),
                        reason: reason(&d.reason)?,
                    })
                })
                .collect::<Result<_, _>>()?,
            issuer: meta.issuer.clone(),
            period: meta.period.as_deref().map(period).transpose()?,
            published: match &self.published {
                None => None,
                Some(p) => signed_date(Some(&p.text), p.date.as_ref())?,
            },
            n_unfilled: 0,
        })
    }
}

fn text(string: Option<&String>) -> Option<Text> {
    string.map(Text::synthetic)
}

fn texts(strings: &[String]) -> Vec<Text> {
    strings.iter().map(Text::synthetic).collect()
}

/// A body in order: paragraphs, sections, and each table before the element that its anchor counts up to.
fn elements(lead: &[String], sections: &[SectionRecord], mut tables: Vec<(usize, TableIdx)>) -> Vec<Element> {
    let mut plain = Vec::new();
    plain.extend(lead.iter().map(|p| Element::Paragraph(Text::synthetic(p))));
    flatten(sections, 1, &mut plain);
    tables.sort();
    let mut tables = tables.into_iter().peekable();
    let mut out = Vec::with_capacity(plain.len() + tables.len());
    for element in plain {
        while let Some((_, idx)) = tables.next_if(|(at, _)| *at <= out.len()) {
            out.push(Element::Table(idx));
        }
        out.push(element);
    }
    out.extend(tables.map(|(_, idx)| Element::Table(idx)));
    out
}

/// Headings with their paragraphs, depth first. A section never stands above the one that holds it.
fn flatten(sections: &[SectionRecord], least: u8, out: &mut Vec<Element>) {
    for section in sections {
        let level = section.level.max(least);
        out.push(Element::Heading(Heading {
            level,
            label: text(section.label.as_ref()),
            title: Text::synthetic(&section.title),
            stop: section.stop,
            run_in: section.run_in,
        }));
        out.extend(section.body.iter().map(|p| Element::Paragraph(Text::synthetic(p))));
        flatten(&section.sections, level.saturating_add(1), out);
    }
}

fn table(record: &TableRecord) -> Table {
    let width = record
        .rows
        .iter()
        .map(Vec::len)
        .max()
        .unwrap_or(0)
        .max(record.header.len());
    let padded = |cells: &[String]| {
        let mut out = texts(cells);
        out.resize_with(width, Text::default);
        out
    };
    let mut rows: Vec<Row> = record
        .rows
        .iter()
        .map(|cells| Row {
            cells: padded(cells)
                .into_iter()
                .map(|text| Cell {
                    text,
                    ..Cell::default()
                })
                .collect(),
            hidden: false,
        })
        .collect();
    let mut at = |row: usize, col: usize, change: &dyn Fn(&mut Cell)| {
        if let Some(cell) = rows.get_mut(row).and_then(|r| r.cells.get_mut(col)) {
            change(cell);
        }
    };
    for [row, col] in &record.filled {
        at(*row, *col, &|cell| cell.filled = true);
    }
    for f in &record.formulas {
        at(f.row, f.col, &|cell| cell.formula = Some(f.formula.clone()));
    }
    for row in &record.hidden_rows {
        if let Some(row) = rows.get_mut(*row) {
            row.hidden = true;
        }
    }
    Table {
        caption: text(record.caption.as_ref()),
        unit_line: text(record.unit.as_ref()),
        header: padded(&record.header),
        rows,
        notes: texts(&record.notes),
        panels: record.panels.unwrap_or(1),
        panel_rows: record.panel_rows.clone(),
        sheet: record.sheet.clone(),
    }
}

/// A date as printed and as a day; the one is made from the other where only the day is given.
fn signed_date(printed: Option<&String>, day: Option<&String>) -> Result<Option<SignedDate>, RecordError> {
    let date = day.map(|d| date(d)).transpose()?;
    Ok(match (printed, date) {
        (None, None) => None,
        (Some(printed), date) => Some(SignedDate {
            text: Text::synthetic(printed),
            date,
        }),
        (None, Some(d)) => Some(SignedDate {
            text: Text::synthetic(format!("{}年{}月{}日", d.year, d.month, d.day)),
            date: Some(d),
        }),
    })
}

fn date(iso: &str) -> Result<Date, RecordError> {
    let mut parts = iso.split('-').map(number);
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(Some(y)), Some(Some(m)), Some(Some(d)), None) => i32::try_from(y).ok().and_then(|y| Date::new(y, m, d)),
        _ => None,
    }
    .ok_or_else(|| RecordError::Date(iso.to_owned()))
}

fn period(printed: &str) -> Result<Period, RecordError> {
    printed.parse().map_err(|_| RecordError::Period(printed.to_owned()))
}

/// Up to four plain digits.
fn number(digits: &str) -> Option<u32> {
    ((1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
}

fn reason(name: &str) -> Result<Reason, RecordError> {
    const ALL: [Reason; 8] = [
        Reason::PageChrome,
        Reason::InjectedSpam,
        Reason::TableRule,
        Reason::RepeatedHeader,
        Reason::Hidden,
        Reason::PageFurniture,
        Reason::Pinyin,
        Reason::Ellipsis,
    ];
    ALL.into_iter()
        .find(|r| r.name() == name)
        .ok_or_else(|| RecordError::Reason(name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;

    /// Tables between paragraphs, a deep tree, attachments in disorder.
    fn rich() -> Circular {
        let paragraph = |s: &str| Element::Paragraph(Text::synthetic(s));
        let heading = |level: u8, label: Option<&str>, title: &str, run_in: bool| {
            Element::Heading(Heading {
                level,
                label: label.map(Text::synthetic),
                title: Text::synthetic(title),
                // As a run-in heading is printed, and as one on its own line is.
                stop: run_in.then_some('：'),
                run_in,
            })
        };
        let table = |cells: &[&[&str]]| Table {
            header: cells[0].iter().map(|c| Text::synthetic(*c)).collect(),
            rows: cells[1..]
                .iter()
                .map(|row| Row {
                    cells: row
                        .iter()
                        .map(|c| Cell {
                            text: Text::synthetic(*c),
                            ..Cell::default()
                        })
                        .collect(),
                    hidden: false,
                })
                .collect(),
            panels: 1,
            ..Table::default()
        };
        let mut marked = table(&[&["甲", "乙"], &["1", "2"], &["3", "4"]]);
        marked.rows[1].cells[0].filled = true;
        marked.rows[0].cells[1].formula = Some("=A1+1".into());
        marked.rows[1].hidden = true;
        marked.caption = Some(Text::synthetic("表1 明细"));
        marked.unit_line = Some(Text::synthetic("单位：件"));
        marked.notes = vec![Text::synthetic("注：略")];
        marked.panels = 2;
        marked.panel_rows = vec![1, 1];
        marked.sheet = Some("汇总".into());
        let attachment = |label: &str, number, title: Option<&str>, body| Attachment {
            label: Text::synthetic(label),
            number,
            title: title.map(Text::synthetic),
            body,
        };
        let listed = |number, title: &str| ListedAttachment {
            number,
            title: Text::synthetic(title),
        };
        Circular {
            issuer_mark: Some(Text::synthetic("东岭县人民政府办公室文件")),
            markings: vec![Text::synthetic("特急")],
            subtitle: vec![Text::synthetic("第3期")],
            body: vec![
                Element::Table(TableIdx(1)),
                paragraph("引言"),
                Element::Table(TableIdx(0)),
                heading(1, Some("一、"), "概况", false),
                paragraph("甲"),
                heading(3, Some("1."), "跳级", true),
                paragraph("乙"),
                Element::Table(TableIdx(2)),
                Element::Table(TableIdx(3)),
                heading(2, None, "无号", false),
                heading(1, Some("二、"), "要求", false),
                Element::Table(TableIdx(4)),
                paragraph("丙"),
            ],
            listed: vec![
                listed(Some(2), "乙表"),
                listed(Some(1), "甲表"),
                listed(None, "丁"),
                listed(Some(9), "未附"),
            ],
            attachments: vec![
                attachment(
                    "附件1",
                    Some(1),
                    Some("甲表（改）"),
                    vec![Element::Table(TableIdx(5)), paragraph("尾")],
                ),
                attachment(
                    "附件",
                    None,
                    Some("乙 表"),
                    vec![heading(1, Some("一、"), "附内", false), paragraph("丁")],
                ),
                attachment("附件：", None, None, Vec::new()),
                attachment("附件7", Some(7), Some("只附"), Vec::new()),
            ],
            tables: vec![
                marked,
                table(&[&["a"], &["b"]]),
                table(&[&["c"]]),
                table(&[&["d"]]),
                table(&[&["e"]]),
                table(&[&["f"], &["g"]]),
            ],
            signatures: vec![Text::synthetic("甲局"), Text::synthetic("乙局")],
            date: Some(SignedDate {
                text: Text::synthetic("2031年2月30日"),
                date: None,
            }),
            annotation: Some(Text::synthetic("（此件公开发布）")),
            imprint: vec![Text::synthetic("抄送：县委办。")],
            period: Some(Period::Half(2031, 2)),
            published: Some(SignedDate {
                text: Text::synthetic("发布日期：2031-03-01"),
                date: Date::new(2031, 3, 1),
            }),
            discarded: vec![Discarded {
                text: Text::synthetic("——"),
                reason: Reason::TableRule,
            }],
            ..Circular::default()
        }
    }

    #[test]
    fn a_record_read_back_gives_the_same_record() {
        for circular in [Sample::new().circular, rich(), Circular::default()] {
            let record = CircularRecord::new(&circular);
            let json = serde_json::to_string(&record).expect("a record");
            let read: CircularRecord = serde_json::from_str(&json).expect("a record");
            assert_eq!(read, record);
            let back = read.to_circular().expect("a circular");
            assert_eq!(CircularRecord::new(&back), record);
        }
    }

    #[test]
    fn elements_keep_their_order_with_tables_between() {
        let circular = rich();
        let back = CircularRecord::new(&circular).to_circular().expect("a circular");
        assert_eq!(back.body, circular.body);
        for (a, b) in back.attachments.iter().zip(&circular.attachments) {
            assert_eq!(a, b);
        }
        assert_eq!(back.tables, circular.tables);
        assert_eq!(back.listed, circular.listed);
    }

    #[test]
    fn a_listed_attachment_meets_the_one_that_follows() {
        let record = CircularRecord::new(&rich());
        let met: Vec<_> = record
            .attachments
            .iter()
            .map(|a| (a.title.as_str(), a.listed, a.order))
            .collect();
        assert_eq!(
            met,
            [
                ("乙表", true, Some(1)),
                ("甲表", true, Some(0)),
                ("丁", true, Some(2)),
                ("未附", true, None),
                ("只附", false, Some(3)),
            ]
        );
    }

    #[test]
    fn a_record_by_hand_needs_little() {
        let json = r#"{"meta":{"title":"关于甲的通报","date":"2031-07-05"},"signature":"甲局",
            "sections":[{"level":1,"label":"一、","title":"概况","body":["乙"]}],
            "tables":[{"header":["甲"],"rows":[["1","2"],[]]}],"attachments":[{"number":1,"title":"丙"}]}"#;
        let record: CircularRecord = serde_json::from_str(json).expect("a record");
        let circular = record.to_circular().expect("a circular");
        assert_eq!(circular.date.expect("a date").text.as_str(), "2031年7月5日");
        assert_eq!(circular.signatures.len(), 1);
        assert_eq!(circular.body.last(), Some(&Element::Table(TableIdx(0))));
        assert_eq!(circular.tables[0].header.len(), 2);
        assert!(circular.tables[0].rows.iter().all(|r| r.cells.len() == 2));
        assert_eq!((circular.listed.len(), circular.attachments.len()), (1, 0));
    }

    #[test]
    fn what_is_no_date_period_or_reason_is_refused() {
        let with = |change: &dyn Fn(&mut CircularRecord)| {
            let mut record = CircularRecord::default();
            change(&mut record);
            record.to_circular().map(|c| (c.date.map(|d| d.date), c.period))
        };
        for bad in ["2031-02-30", "2031-7", "31年", "", "2031-07-05-1", "+031-01-01"] {
            let got = with(&|r| r.meta.date = Some(bad.into()));
            assert_eq!(got, Err(RecordError::Date(bad.into())));
        }
        for bad in ["2031Q5", "2031H", "Q1", "", "2031-00", "2031年"] {
            let got = with(&|r| r.meta.period = Some(bad.into()));
            assert_eq!(got, Err(RecordError::Period(bad.into())));
        }
        for good in ["2031", "2031H2", "2031Q4", "2031-12"] {
            let got = with(&|r| r.meta.period = Some(good.into())).expect("a period");
            assert_eq!(got.1.expect("a period").to_string(), good);
        }
        let mut record = CircularRecord::default();
        record.discarded.push(crate::DiscardedRecord {
            text: String::new(),
            reason: "whim".into(),
        });
        let refused = RecordError::Reason("whim".into());
        assert_eq!(refused.message(Lang::Zh), "“whim”不是剔除文字的原因");
        assert_eq!(record.to_circular(), Err(refused));
    }

    #[test]
    fn wild_indices_are_harmless() {
        let json = r#"{"meta":{},"preamble":["甲"],"attachments":[{"title":"乙","order":9},{"title":"丙","order":9}],
            "tables":[{"header":["a"],"rows":[["1"]],"filled":[[7,7]],"hidden_rows":[99],
              "formulas":[{"row":5,"col":5,"formula":"=1"}],"anchor":{"element":18446744073709551615}},
              {"header":["b"],"anchor":{"attachment":9,"element":4}},{"header":["c"],"anchor":{"attachment":3,"element":0}}]}"#;
        let record: CircularRecord = serde_json::from_str(json).expect("a record");
        let circular = record.to_circular().expect("a circular");
        assert_eq!(circular.body.len(), 3);
        assert_eq!(circular.attachments[0].body, [Element::Table(TableIdx(1))]);
    }
}
