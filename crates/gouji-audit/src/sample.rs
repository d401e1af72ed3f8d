//! A circular and a ledger made by hand, for the tests of the rules.

use gouji_circular::{Cell, Circular, Discarded, Element, Reason, Row, SignedDate, Table, TableIdx};
use gouji_document::{Block, Document, Format, Paragraph, Span, Text};
use gouji_ledger::{
    Basis, Cue, Fact, Figure, FigureClass, FigureIdx, Formula, Ledger, Modality, Operand, Place, Reading, Relation,
    RelationKind,
};
use gouji_quantity::{DatePart, Decimal, Period, Unit, UnitClass, parse_stated, scan_dates};

use crate::model::Audit;
use crate::wording;

/// Text is appended to the source as it is needed.
pub(crate) struct Sample {
    pub(crate) text: String,
    pub(crate) circular: Circular,
    pub(crate) ledger: Ledger,
}

impl Sample {
    pub(crate) fn new() -> Self {
        Self {
            text: String::new(),
            circular: Circular::default(),
            ledger: Ledger::default(),
        }
    }

    fn push(&mut self, text: &str) -> Span {
        let start = self.text.len();
        self.text.push_str(text);
        let span = Span::new(start, self.text.len());
        self.text.push('\n');
        span
    }

    pub(crate) fn piece(&mut self, text: &str) -> Text {
        let span = self.push(text);
        Text::from_source(&self.text, span)
    }

    pub(crate) fn title(&mut self, text: &str) -> &mut Self {
        self.circular.title = Some(self.piece(text));
        self
    }

    pub(crate) fn doc_number(&mut self, text: &str) -> &mut Self {
        self.circular.doc_number = Some(self.piece(text));
        self
    }

    pub(crate) fn signed(&mut self, text: &str) -> &mut Self {
        let date = scan_dates(text).first().and_then(|m| match m.part {
            DatePart::Full(date) => Some(date),
            _ => None,
        });
        let text = self.piece(text);
        self.circular.date = Some(SignedDate { text, date });
        self
    }

    pub(crate) fn period(&mut self, period: Period) -> &mut Self {
        self.circular.period = Some(period);
        self
    }

    pub(crate) fn paragraph(&mut self, text: &str) -> &mut Self {
        let text = self.piece(text);
        self.circular.body.push(Element::Paragraph(text));
        self
    }

    pub(crate) fn discarded(&mut self, text: &str, reason: Reason) -> &mut Self {
        let text = self.piece(text);
        self.circular.discarded.push(Discarded { text, reason });
        self
    }

    pub(crate) fn table(&mut self, header: &[&str], rows: &[&[&str]]) -> TableIdx {
        let header = header.iter().map(|h| self.piece(h)).collect();
        let rows = rows
            .iter()
            .map(|row| Row {
                cells: row
                    .iter()
                    .map(|cell| Cell {
                        text: self.piece(cell),
                        ..Cell::default()
                    })
                    .collect(),
                hidden: false,
            })
            .collect();
        let idx = TableIdx(self.circular.tables.len());
        self.circular.tables.push(Table {
            header,
            rows,
            panels: 1,
            ..Table::default()
        });
        self.circular.body.push(Element::Table(idx));
        idx
    }

    /// A figure on a line of its own.
    pub(crate) fn figure(&mut self, surface: &str, class: FigureClass) -> FigureIdx {
        let span = self.push(surface);
        self.figure_at(span, surface, class)
    }

    /// A figure at its first place in the source so far.
    pub(crate) fn figure_in_text(&mut self, surface: &str, class: FigureClass) -> FigureIdx {
        let start = self.text.find(surface).expect("the figure stands in the text");
        self.figure_at(Span::new(start, start + surface.len()), surface, class)
    }

    fn figure_at(&mut self, span: Span, surface: &str, class: FigureClass) -> FigureIdx {
        let number = wording::number_of(surface);
        let suffix = wording::unit_of(surface);
        let (magnitude, unit) = match suffix.chars().next() {
            Some(c @ ('万' | '亿')) => (c.to_string(), &suffix[c.len_utf8()..]),
            _ => (String::new(), suffix),
        };
        let unit = Some(unit).filter(|u| !u.is_empty()).map(Unit::new);
        let numeral: String = surface
            .chars()
            .take_while(|c| "一二三四五六七八九十".contains(*c))
            .collect();
        let stated = parse_stated(&format!("{number}{magnitude}")).or_else(|| parse_stated(&numeral));
        self.ledger.figures.push(Figure {
            span,
            digits: Span::new(span.start, span.start + number.len().min(span.len())),
            surface: surface.to_owned(),
            stated,
            unit,
            class,
            modality: Modality::Fact,
            place: Place::Prose,
            subject: String::new(),
            measure: String::new(),
            period: None,
        });
        FigureIdx(self.ledger.figures.len() - 1)
    }

    pub(crate) fn figure_mut(&mut self, idx: FigureIdx) -> &mut Figure {
        &mut self.ledger.figures[idx.0]
    }

    /// The class that a surface suggests.
    fn class_of(surface: &str) -> FigureClass {
        if surface.ends_with('%') || surface.ends_with('‰') {
            FigureClass::Rate
        } else if surface.ends_with('元') {
            FigureClass::Money
        } else {
            FigureClass::Count
        }
    }

    pub(crate) fn operand(&self, idx: FigureIdx) -> Operand {
        let figure = &self.ledger.figures[idx.0];
        let stated = figure.stated.clone();
        let rounded = figure.unit.as_ref().is_some_and(|u| u.class != UnitClass::Count)
            || stated.as_ref().is_some_and(|s| s.decimals > 0);
        Operand {
            surface: figure.surface.clone(),
            span: Some(figure.span),
            value: stated.as_ref().and_then(gouji_quantity::Stated::base),
            ulp: stated
                .as_ref()
                .filter(|_| rounded)
                .and_then(gouji_quantity::Stated::ulp)
                .unwrap_or(Decimal::ZERO),
            decimals: stated.as_ref().map_or(0, |s| s.decimals),
            figure: Some(idx),
            date: None,
        }
    }

    /// An operand that is words or a date.
    pub(crate) fn words(&mut self, text: &str) -> Operand {
        let span = self.push(text);
        Operand {
            surface: text.to_owned(),
            span: Some(span),
            value: None,
            ulp: Decimal::ZERO,
            decimals: 0,
            figure: None,
            date: None,
        }
    }

    /// A relation among new figures; gives its stated figure.
    pub(crate) fn relate(
        &mut self,
        kind: RelationKind,
        cue: Cue,
        formula: Formula,
        stated: &str,
        operands: &[&str],
    ) -> FigureIdx {
        let stated = self.figure(stated, Self::class_of(stated));
        self.relate_to(stated, kind, cue, formula, operands);
        stated
    }

    /// A relation of a known figure to new ones.
    pub(crate) fn relate_to(
        &mut self,
        stated: FigureIdx,
        kind: RelationKind,
        cue: Cue,
        formula: Formula,
        operands: &[&str],
    ) {
        let operands: Vec<FigureIdx> = operands.iter().map(|o| self.figure(o, Self::class_of(o))).collect();
        self.tie(kind, cue, formula, stated, &operands);
    }

    /// A relation among known figures.
    pub(crate) fn tie(
        &mut self,
        kind: RelationKind,
        cue: Cue,
        formula: Formula,
        stated: FigureIdx,
        operands: &[FigureIdx],
    ) {
        let reading = Reading {
            formula,
            stated: self.operand(stated),
            operands: operands.iter().map(|o| self.operand(*o)).collect(),
        };
        self.push_relation(kind, cue, "sample", vec![reading]);
    }

    pub(crate) fn push_relation(&mut self, kind: RelationKind, cue: Cue, rule: &'static str, readings: Vec<Reading>) {
        let quote = readings
            .iter()
            .flat_map(|r| std::iter::once(&r.stated).chain(&r.operands))
            .filter_map(|o| o.span)
            .reduce(Span::cover)
            .unwrap_or_default();
        self.ledger.relations.push(Relation {
            kind,
            rule,
            cue,
            readings,
            quote,
        });
    }

    /// A sum that the ledger found by a pattern of that name.
    pub(crate) fn named_sum(&mut self, rule: &'static str, cue: Cue, formula: Formula, stated: &str, parts: &[&str]) {
        self.relate(RelationKind::Sum, cue, formula, stated, parts);
        if let Some(relation) = self.ledger.relations.last_mut() {
            relation.rule = rule;
        }
    }

    /// A rate of whole less exceptions; the part is computed.
    pub(crate) fn complement(&mut self, rate: &str, whole: &str, exceptions: &str) {
        let whole = self.figure(whole, FigureClass::Count);
        let exceptions = self.figure(exceptions, FigureClass::Count);
        let rate = self.figure(rate, FigureClass::Rate);
        let (w, e) = (self.operand(whole), self.operand(exceptions));
        let part = w.value.expect("a value") - e.value.expect("a value");
        let computed = Operand {
            surface: part.to_string(),
            value: Some(part),
            ..e
        };
        let reading = Reading {
            formula: Formula::Ratio { scale: 100 },
            stated: self.operand(rate),
            operands: vec![computed, w],
        };
        self.push_relation(RelationKind::Ratio, Cue::Explicit, "complement-rate", vec![reading]);
    }

    pub(crate) fn fact(
        &mut self,
        channel: &str,
        measure: &'static str,
        by: Option<Basis>,
        surface: &str,
        period: Option<Period>,
    ) {
        let figure = self.figure(surface, Self::class_of(surface));
        let quote = self.ledger.figures[figure.0].span;
        self.ledger.facts.push(Fact {
            channel: channel.to_owned(),
            measure,
            by,
            name: None,
            figure,
            period,
            quote,
        });
    }

    pub(crate) fn audit(&self) -> Audit {
        let document = Document {
            format: Format::Txt,
            text: self.text.clone(),
            blocks: vec![Block::Paragraph(Paragraph {
                span: Span::new(0, self.text.len()),
                ..Paragraph::default()
            })],
            encoding: None,
        };
        crate::audit(&document, &self.circular, &self.ledger)
    }

    /// The messages of one rule, each with its severity.
    pub(crate) fn found(&self, rule: &str) -> Vec<String> {
        self.audit()
            .findings
            .iter()
            .filter(|f| f.rule == rule)
            .map(|f| format!("{} {}", f.severity.name(), f.message.zh))
            .collect()
    }
}

/// A relation whose truth the ledger has read off, and which a rule only words.
pub(crate) struct Flagged {
    pub(crate) kind: RelationKind,
    /// The pattern of the ledger that finds it.
    pub(crate) pattern: &'static str,
    pub(crate) formula: fn(bool) -> Formula,
    pub(crate) stated: &'static str,
    /// What it is held against, which stands before it.
    pub(crate) other: &'static str,
}

impl Flagged {
    /// The messages of `rule` when the relation has a reading for each of `holds`.
    pub(crate) fn found(&self, rule: &str, cue: Cue, holds: &[bool]) -> Vec<String> {
        let mut sample = Sample::new();
        let readings = holds
            .iter()
            .map(|holds| Reading {
                formula: (self.formula)(*holds),
                operands: vec![sample.words(self.other)],
                stated: sample.words(self.stated),
            })
            .collect();
        sample.push_relation(self.kind, cue, self.pattern, readings);
        sample.found(rule)
    }
}

/// The messages of `rule` on one explicit relation among figures of these prints.
pub(crate) fn related(
    rule: &str,
    kind: RelationKind,
    formula: Formula,
    stated: &str,
    operands: &[&str],
) -> Vec<String> {
    let mut sample = Sample::new();
    sample.relate(kind, Cue::Explicit, formula, stated, operands);
    sample.found(rule)
}
