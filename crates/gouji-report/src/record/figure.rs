use gouji_ledger::{Figure, Ledger, Modality, Place};
use gouji_quantity::{Magnitude, UnitClass};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::names;
use crate::place::Locator;

/// One figure of the circular under its channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FactRecord {
    /// Canonical channel: `12345热线`.
    pub channel: String,
    /// What is measured: `received`, `closed_rate`.
    pub measure: String,
    /// How the whole was divided: `category`, `unit`, `level`, `month`, `source`, `topic` or `column`; null for a whole.
    pub by: Option<String>,
    /// The part's name as printed.
    pub name: Option<String>,
    /// The digits as printed, with `%` or `‰` for rates.
    pub value: String,
    /// Measure word or unit, magnitude word included: `件`, `万元`.
    pub unit: Option<String>,
    /// `2022Q2`, `2024-08`, `2024H1` or `2024`.
    pub period: Option<String>,
    /// Exact source text that carries channel, measure and figure.
    pub quote: String,
    /// Index into the audit object's `figures`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figure: Option<usize>,
}

/// One number of the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FigureRecord {
    /// As printed, with magnitude and unit.
    pub text: String,
    /// Its exact value in base units (1.2万 is 12000, 97.1% is 97.1); null if it is no quantity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Measure word or unit, without magnitude word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// `count`, `money`, `rate`, `points`, `measure`, `rank`, `duration`, `date`, `period`, `document-number`,
    /// `name-part`, `label` or `unknown`.
    pub class: String,
    /// `target` or `threshold`, for a figure that is no statement of fact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modality: Option<String>,
    /// Who or what is counted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub subject: String,
    /// What is measured.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub measure: String,
    /// The period that it speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// Table, data row and column, as indices from 0 into `circular.tables`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<[usize; 3]>,
    /// First and end character in the source text.
    pub span: [usize; 2],
}

pub(super) fn facts(locator: &Locator<'_>, ledger: &Ledger) -> Vec<FactRecord> {
    ledger
        .facts
        .iter()
        .filter_map(|fact| {
            let figure = ledger.figures.get(fact.figure.0)?;
            let (value, unit) = printed(locator, figure);
            Some(FactRecord {
                channel: fact.channel.clone(),
                measure: fact.measure.to_owned(),
                by: fact.by.map(|b| b.name().to_owned()),
                name: fact.name.clone(),
                value,
                unit,
                period: fact.period.map(|p| p.to_string()),
                quote: locator.quote(fact.quote).to_owned(),
                figure: Some(fact.figure.0),
            })
        })
        .collect()
}

pub(super) fn figures(locator: &Locator<'_>, ledger: &Ledger) -> Vec<FigureRecord> {
    ledger
        .figures
        .iter()
        .map(|figure| FigureRecord {
            text: figure.surface.clone(),
            value: figure
                .stated
                .as_ref()
                .and_then(gouji_quantity::Stated::base)
                .map(|v| v.normalize().to_string()),
            unit: figure.unit.as_ref().map(|u| u.name.clone()),
            class: names::class(figure.class).to_owned(),
            modality: (figure.modality != Modality::Fact).then(|| names::modality(figure.modality).to_owned()),
            subject: figure.subject.clone(),
            measure: figure.measure.clone(),
            period: figure.period.map(|p| p.to_string()),
            cell: match figure.place {
                Place::Prose => None,
                Place::Cell { table, row, col } => Some([table.0, row, col]),
            },
            span: locator.char_span(figure.span),
        })
        .collect()
}

/// The digits as printed, with a rate's sign, and the unit with its magnitude word.
fn printed(locator: &Locator<'_>, figure: &Figure) -> (String, Option<String>) {
    let digits = locator.quote(figure.digits);
    let digits = if digits.is_empty() { &figure.surface } else { digits };
    let mut value: String = digits.chars().filter(|c| !c.is_whitespace()).collect();
    let sign = match figure.unit.as_ref().map(|u| u.class) {
        Some(UnitClass::Percent) => Some('%'),
        Some(UnitClass::Permille) => Some('‰'),
        _ => None,
    };
    if let Some(sign) = sign
        && !value.ends_with(['%', '％', '‰'])
        && !value.starts_with(['百', '千'])
    {
        value.push(sign);
    }
    let magnitude = figure.stated.as_ref().map_or(Magnitude::One, |s| s.magnitude);
    let word = names::magnitude(magnitude);
    let word = if value.ends_with(word) { "" } else { word };
    let name = figure.unit.as_ref().map_or("", |u| u.name.as_str());
    let unit = format!("{word}{name}");
    (value, (!unit.is_empty()).then_some(unit))
}
