//! Any ledger is audited: values as long as a decimal can be, figures that do not exist, empty readings.

use gouji_audit::{Audit, audit};
use gouji_circular::{Circular, Element, SignedDate};
use gouji_document::{Document, Format, Span, Text};
use gouji_ledger::{
    Cue, Fact, Figure, FigureClass, FigureIdx, Formula, Ledger, Modality, Operand, Place, Reading, Relation,
    RelationKind,
};
use gouji_quantity::{Decimal, Period, Unit, parse_stated};
use proptest::prelude::*;

const SURFACES: [&str; 12] = [
    "0",
    "1件",
    "100%",
    "-1.20‰",
    "62,418.35万元",
    "三家",
    "79228162514264337593543950335",
    "0.0000000000000000000000000001",
    "-79228162514264337593543950335",
    "99.99％",
    "",
    "×",
];

fn operand(surface: usize, figure: usize, ulp: u32) -> Operand {
    let surface = SURFACES[surface];
    let value = parse_stated(surface.trim_end_matches(['件', '元', '家'])).map(|s| s.value);
    Operand {
        surface: surface.to_owned(),
        span: (!figure.is_multiple_of(3)).then(|| Span::new(0, 3)),
        value,
        ulp: Decimal::try_from_i128_with_scale(i128::from(ulp % 2), ulp % 29).expect("short"),
        decimals: value.map_or(0, |v| v.scale()) + ulp / 28,
        figure: (!figure.is_multiple_of(4)).then_some(FigureIdx(figure)),
        date: None,
    }
}

fn formula(n: usize) -> Formula {
    match n {
        0 => Formula::Sum,
        1 => Formula::Difference,
        2 => Formula::Ratio { scale: 100 },
        3 => Formula::Ratio { scale: u32::MAX },
        4 => Formula::ShareSum,
        5 => Formula::Count {
            least: 3,
            most: usize::MAX,
            open: false,
        },
        6 => Formula::Equal,
        7 => Formula::Mean,
        8 => Formula::Growth { negative: true },
        9 => Formula::PointChange { negative: false },
        10 => Formula::Bound { holds: false },
        _ => Formula::Sequence { holds: false },
    }
}

const KINDS: [RelationKind; 14] = [
    RelationKind::Sum,
    RelationKind::Difference,
    RelationKind::Ratio,
    RelationKind::ShareSum,
    RelationKind::Count,
    RelationKind::TableTotal,
    RelationKind::TextTable,
    RelationKind::Repeat,
    RelationKind::Bound,
    RelationKind::Average,
    RelationKind::Change,
    RelationKind::Date,
    RelationKind::Numbering,
    RelationKind::Reference,
];

/// Stated operand, operands and formula, each by number.
type Plan = (usize, usize, Vec<(usize, usize, u32)>);

fn ledger(plans: &[Plan]) -> Ledger {
    let figures = SURFACES
        .iter()
        .map(|surface| Figure {
            span: Span::new(0, 3),
            digits: Span::new(0, 3),
            surface: (*surface).to_owned(),
            stated: parse_stated(surface),
            unit: Some(Unit::new("件")),
            class: FigureClass::Rate,
            modality: Modality::Fact,
            place: Place::Prose,
            subject: String::new(),
            measure: "办结率".to_owned(),
            period: None,
        })
        .collect();
    let relations = plans
        .iter()
        .map(|(kind, form, operands)| Relation {
            kind: KINDS[*kind],
            rule: "share-window",
            cue: Cue::Explicit,
            readings: operands
                .split_first()
                .map(|((s, f, u), rest)| Reading {
                    formula: formula(*form),
                    stated: operand(*s, *f, *u),
                    operands: rest.iter().map(|(s, f, u)| operand(*s, *f, *u)).collect(),
                })
                .into_iter()
                .collect(),
            quote: Span::new(0, 6),
        })
        .collect();
    let facts = (0..SURFACES.len() + 1)
        .map(|figure| Fact {
            channel: "来信".to_owned(),
            measure: "received",
            by: None,
            name: None,
            figure: FigureIdx(figure),
            period: Some(Period::Month(2024, 1 + u32::try_from(figure % 12).expect("small"))),
            quote: Span::new(0, 3),
        })
        .collect();
    Ledger {
        figures,
        facts,
        relations,
    }
}

fn run(text: &str, ledger: &Ledger) -> Audit {
    let whole = Text::from_source(text, Span::new(0, text.len()));
    let circular = Circular {
        title: Some(whole.clone()),
        doc_number: Some(whole.clone()),
        date: Some(SignedDate {
            text: whole.clone(),
            date: None,
        }),
        body: vec![Element::Paragraph(whole)],
        period: Some(Period::Quarter(2024, 1)),
        ..Circular::default()
    };
    let document = Document {
        format: Format::Txt,
        text: text.to_owned(),
        blocks: Vec::new(),
        encoding: None,
    };
    audit(&document, &circular, ledger)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_ledger_is_audited_and_always_alike(
        plans in prop::collection::vec(
            (0..14_usize, 0..12_usize, prop::collection::vec((0..12_usize, 0..14_usize, 0..57_u32), 0..5)),
            0..12,
        )
    ) {
        let ledger = ledger(&plans);
        let text = "合计甲乙丙丁";
        let first = run(text, &ledger);
        prop_assert_eq!(first.judgements.len(), ledger.relations.len());
        prop_assert_eq!(&first, &run(text, &ledger));
    }

    #[test]
    fn any_text_is_audited(
        text in prop_oneof![
            any::<String>(),
            prop::collection::vec(
                prop::sample::select(vec![
                    "〔", "2024", "〕", "（", "）", "号", "第", "XX", "件", "%", "一是", "二是", "三是", "2024年9月3日", "星期", "二", "。",
                    "现将", "第一季度", "通报如下", "×", "月", " ", "\u{3000}", "[", "0", "日",
                ]),
                0..30,
            )
            .prop_map(|pieces| pieces.concat()),
        ]
    ) {
        let audit = run(&text, &Ledger::default());
        for finding in &audit.findings {
            prop_assert!(text.get(finding.at.range()).is_some());
            prop_assert!(text.get(finding.quote.range()).is_some());
        }
    }
}

/// One long list, one long text: the work grows with their length only.
#[test]
fn long_documents_take_their_time_once() {
    let text = "一是甲；XX件〔2024〕2024年9月3日星期二".repeat(2_000);
    let n = 10_000;
    let operands: Vec<(usize, usize, u32)> = (0..n).map(|_| (1, 1, 0)).collect();
    let plans: Vec<Plan> = (0..20).map(|_| (5, 0, operands.clone())).collect();
    let audit = run(&text, &ledger(&plans));
    assert_eq!(audit.judgements.len(), 20);
}
