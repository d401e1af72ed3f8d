//! A small circular of an invented county, taken through every stage by hand, for the tests of this crate.

use gouji_audit::{Audit, Coverage, Finding, Judgement, Message, Repair, RepairCause};
use gouji_circular::{
    Attachment, Cell, Circular, Discarded, Element, Heading, ListedAttachment, Reason, Row, SignedDate, Table, TableIdx,
};
use gouji_document::{Block, Document, Format, Paragraph, Span, Text, Warning, WarningKind};
use gouji_ledger::{
    Cue, Fact, Figure, FigureClass, FigureIdx, Formula, Ledger, Modality, Operand, Place, Reading, Relation,
    RelationKind,
};
use gouji_quantity::{Date, Decimal, Period, Unit, parse_stated};

use crate::{AuditObject, Audited, SourceInfo};

const TEXT: &str = "首页 > 政务公开\n东岭县人民政府办公室关于2031年第二季度政务公开情况的通报\n东政办函〔2031〕7号\n\
各乡镇人民政府：\n现将有关情况通报如下。\n一、基本情况\n　　县长信箱收到来信30件，其中：求助12件、咨询17件。办结29件，办结率97%。\n\
二、工作要求\n请各单位<script>alert(1)</script>抓紧整改。\n附件：1.考评结果\n东岭县人民政府办公室\n2031年7月5日\n附件1\n考评结果\n\
单位\t得分\n云山镇\t95\n石桥乡\t88\n合计\t184\n注：满分100分。\n";

/// Every stage of the sample.
pub(crate) struct Sample {
    pub document: Document,
    pub circular: Circular,
    pub ledger: Ledger,
    pub audit: Audit,
    pub warnings: Vec<Warning>,
}

/// The span of the first `part` at or after the first `from`.
fn span_after(from: &str, part: &str) -> Span {
    let base = TEXT.find(from).expect("an anchor in the text");
    let start = base + TEXT[base..].find(part).expect("a part of the text");
    Span::new(start, start + part.len())
}

fn text_after(from: &str, part: &str) -> Text {
    Text::from_source(TEXT, span_after(from, part))
}

fn text(part: &str) -> Text {
    text_after(part, part)
}

impl Sample {
    pub(crate) fn new() -> Self {
        let mut sample = Self {
            document: document(),
            circular: circular(),
            ledger: Ledger::default(),
            audit: Audit::default(),
            warnings: vec![Warning {
                kind: WarningKind::UndecodableBytes { encoding: "GB18030" },
                place: "第3行".into(),
                span: None,
            }],
        };
        sample.fill_ledger();
        sample.fill_audit();
        sample
    }

    pub(crate) fn audited(&self) -> Audited<'_> {
        Audited {
            source: SourceInfo {
                path: "东岭/2031年第二季度.txt".into(),
                format: Format::Txt,
                sha256: "00ff".repeat(16),
                bytes: 812,
            },
            document: &self.document,
            circular: &self.circular,
            ledger: &self.ledger,
            audit: &self.audit,
            warnings: &self.warnings,
        }
    }

    fn figure(
        &mut self,
        from: &str,
        printed: &str,
        digits: &str,
        unit: Option<&str>,
        class: FigureClass,
        place: Place,
    ) {
        let span = span_after(from, printed);
        let lead = printed.find(digits).expect("digits of the figure");
        self.ledger.figures.push(Figure {
            span,
            digits: Span::new(span.start + lead, span.start + lead + digits.len()),
            surface: printed.into(),
            stated: parse_stated(digits),
            unit: unit.map(Unit::new),
            class,
            modality: Modality::Fact,
            place,
            subject: "县长信箱".into(),
            measure: String::new(),
            period: Some(Period::Quarter(2031, 2)),
        });
    }

    fn operand(&self, figure: usize) -> Operand {
        let f = &self.ledger.figures[figure];
        Operand {
            surface: TEXT[f.digits.range()].to_owned() + if f.class == FigureClass::Rate { "%" } else { "" },
            span: Some(f.span),
            value: f.stated.as_ref().and_then(gouji_quantity::Stated::base),
            ulp: Decimal::ZERO,
            decimals: 0,
            figure: Some(FigureIdx(figure)),
            date: None,
        }
    }

    fn relation(&mut self, kind: RelationKind, rule: &'static str, formula: Formula, figures: &[usize], quote: Span) {
        self.ledger.relations.push(Relation {
            kind,
            rule,
            cue: Cue::Explicit,
            readings: vec![Reading {
                formula,
                stated: self.operand(figures[0]),
                operands: figures[1..].iter().map(|f| self.operand(*f)).collect(),
            }],
            quote,
        });
    }

    fn fill_ledger(&mut self) {
        let cell = |row| Place::Cell {
            table: TableIdx(0),
            row,
            col: 1,
        };
        let count = FigureClass::Count;
        self.figure("县长信箱", "30件", "30", Some("件"), count, Place::Prose);
        self.figure("县长信箱", "12件", "12", Some("件"), count, Place::Prose);
        self.figure("县长信箱", "17件", "17", Some("件"), count, Place::Prose);
        self.figure("县长信箱", "29件", "29", Some("件"), count, Place::Prose);
        self.figure("办结率", "97%", "97", Some("%"), FigureClass::Rate, Place::Prose);
        for (row, (from, digits)) in [("云山镇", "95"), ("石桥乡", "88"), ("合计", "184")]
            .into_iter()
            .enumerate()
        {
            self.figure(from, digits, digits, None, FigureClass::Measure, cell(row));
        }
        for (figure, measure) in [(0, "received"), (4, "closed_rate")] {
            self.ledger.facts.push(Fact {
                channel: "领导信箱".into(),
                measure,
                by: None,
                name: None,
                figure: FigureIdx(figure),
                period: Some(Period::Quarter(2031, 2)),
                quote: self.ledger.figures[figure].span,
            });
        }
        let quote = span_after("县长信箱", "来信30件，其中：求助12件、咨询17件");
        self.relation(RelationKind::Sum, "breakdown-sum", Formula::Sum, &[0, 1, 2], quote);
        let quote = span_after("办结29件", "办结29件，办结率97%");
        self.relation(
            RelationKind::Ratio,
            "rate-of-counts",
            Formula::Ratio { scale: 100 },
            &[4, 3, 0],
            quote,
        );
        let quote = span_after("合计", "合计\t184");
        self.relation(
            RelationKind::TableTotal,
            "column-total",
            Formula::Sum,
            &[7, 5, 6],
            quote,
        );
    }

    fn finding(
        &self,
        relation: usize,
        rule: &'static str,
        severity: gouji_audit::Severity,
        message: (&str, &str),
    ) -> Finding {
        let relation_of = &self.ledger.relations[relation];
        let reading = &relation_of.readings[0];
        Finding {
            rule,
            severity,
            at: reading.stated.span.expect("a printed figure"),
            related: reading.operands.iter().filter_map(|o| o.span).collect(),
            quote: relation_of.quote,
            message: Message {
                zh: message.0.into(),
                en: message.1.into(),
            },
            working: String::new(),
            stated: Some(reading.stated.surface.clone()),
            expected: None,
            repairs: Vec::new(),
            relation: Some(relation),
        }
    }

    fn fill_audit(&mut self) {
        use gouji_audit::{Severity, Verdict};
        let verdicts = [
            (Verdict::Broken, "29"),
            (Verdict::Holds, "97%"),
            (Verdict::Rounding, "183"),
        ];
        self.audit.judgements = verdicts
            .into_iter()
            .enumerate()
            .map(|(relation, (verdict, expected))| Judgement {
                relation,
                reading: 0,
                verdict,
                expected: Some(expected.into()),
            })
            .collect();
        let mut sum = self.finding(
            0,
            "sum-parts",
            Severity::Error,
            (
                "其中各项之和29件，合计写作30件，相差1件",
                "the parts add to 29件, the total is given as 30件: off by 1件",
            ),
        );
        sum.working = "12＋17＝29".into();
        sum.expected = Some("29".into());
        sum.repairs = vec![Repair {
            at: self.ledger.figures[0].span,
            from: "30".into(),
            to: "29".into(),
            cause: RepairCause::Other,
        }];
        let mut total = self.finding(
            2,
            "table-total",
            Severity::Note,
            (
                "合计写作184，各行之和183",
                "the total is given as 184, the rows add to 183",
            ),
        );
        total.working = "95＋88＝183".into();
        total.expected = Some("183".into());
        total.repairs = vec![Repair {
            at: self.ledger.figures[7].span,
            from: "184".into(),
            to: "183".into(),
            cause: RepairCause::DigitSlip,
        }];
        let markup = Finding {
            at: span_after("请各单位", "<script>"),
            quote: span_after("请各单位", "请各单位<script>alert(1)</script>抓紧整改。"),
            related: Vec::new(),
            stated: None,
            expected: None,
            working: String::new(),
            repairs: Vec::new(),
            relation: None,
            ..self.finding(
                0,
                "text-injected",
                Severity::Warning,
                ("正文中夹有<script>代码", "the text holds <script> code"),
            )
        };
        self.audit.findings = vec![sum, markup, total];
        self.audit.coverage = Coverage {
            checked: 8,
            checkable: 8,
            exempt: [(FigureClass::Period, 2), (FigureClass::Label, 4)].into(),
            unchecked: [].into(),
            undecided: 0,
        };
    }
}

fn document() -> Document {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in TEXT.split('\n') {
        if !line.is_empty() {
            blocks.push(Block::Paragraph(Paragraph {
                span: Span::new(at, at + line.len()),
                ..Paragraph::default()
            }));
        }
        at += line.len() + 1;
    }
    Document {
        format: Format::Txt,
        text: TEXT.to_owned(),
        blocks,
        encoding: Some("UTF-8"),
    }
}

fn circular() -> Circular {
    let heading = |label: &str, title: &str| {
        Element::Heading(Heading {
            level: 1,
            label: Some(text(label)),
            title: text(title),
            stop: None,
            run_in: false,
        })
    };
    let cell = |from: &str, part: &str| Cell {
        text: text_after(from, part),
        ..Cell::default()
    };
    let row = |name: &str, score: &str| Row {
        cells: vec![cell(name, name), cell(name, score)],
        hidden: false,
    };
    Circular {
        doc_number: Some(text("东政办函〔2031〕7号")),
        title: Some(text("东岭县人民政府办公室关于2031年第二季度政务公开情况的通报")),
        addressee: Some(text("各乡镇人民政府")),
        body: vec![
            Element::Paragraph(text("现将有关情况通报如下。")),
            heading("一、", "基本情况"),
            Element::Paragraph(text(
                "县长信箱收到来信30件，其中：求助12件、咨询17件。办结29件，办结率97%。",
            )),
            heading("二、", "工作要求"),
            Element::Paragraph(text("请各单位<script>alert(1)</script>抓紧整改。")),
        ],
        listed: vec![ListedAttachment {
            number: Some(1),
            title: text("考评结果"),
        }],
        signatures: vec![text_after("附件：", "东岭县人民政府办公室")],
        date: Some(SignedDate {
            text: text("2031年7月5日"),
            date: Date::new(2031, 7, 5),
        }),
        attachments: vec![Attachment {
            label: text("附件1"),
            number: Some(1),
            title: Some(text_after("附件1", "考评结果")),
            body: vec![Element::Table(TableIdx(0))],
        }],
        tables: vec![Table {
            header: vec![text_after("单位\t", "单位"), text("得分")],
            rows: vec![row("云山镇", "95"), row("石桥乡", "88"), row("合计", "184")],
            notes: vec![text("注：满分100分。")],
            panels: 1,
            ..Table::default()
        }],
        discarded: vec![Discarded {
            text: text("首页 > 政务公开"),
            reason: Reason::PageChrome,
        }],
        issuer: Some("东岭县人民政府办公室".into()),
        period: Some(Period::Quarter(2031, 2)),
        ..Circular::default()
    }
}

/// The record of the sample.
pub(crate) fn object() -> AuditObject {
    AuditObject::new(&Sample::new().audited())
}
