//! The fields of a run of records, one column each, and the amounts that they add up to.

use gouji_quantity::Decimal;

use super::{MAX_HEADS, Record, amounts_before};
use crate::context::Context;
use crate::prose::changes::within_rounding;
use crate::prose::clauses::Delim;
use crate::prose::labels::Label;
use crate::prose::partition::{one_slip, within_percent};
use crate::prose::sums::one_field;
use crate::prose::{MentionRef, Reading};
use crate::{FigureClass, Operand};

/// Smaller sums are met by chance too often.
const LEAST: Decimal = Decimal::TEN;

/// Most clauses of a sentence that are looked at for a ；.
const MAX_CLAUSES: usize = 40;

/// One field of a run.
pub(super) struct Column {
    pub parts: Vec<MentionRef>,
    pub sum: Decimal,
    /// It is what the records count, in one unit.
    lead: bool,
    /// Every record has the field, and by the same words.
    complete: bool,
}

/// Units of its last place from which a rounded total tells something of its parts.
const TELLING: Decimal = Decimal::ONE_HUNDRED;

impl Column {
    /// A column of fields that every record has.
    pub(super) fn of(reading: &Reading, parts: Vec<MentionRef>) -> Option<Self> {
        let value = |m: &MentionRef| reading.mention(*m).value;
        let sum = parts.iter().try_fold(Decimal::ZERO, |s, m| s.checked_add(value(m)))?;
        Some(Self {
            parts,
            sum,
            lead: false,
            complete: true,
        })
    }
}

impl Column {
    /// Whether an amount is what the column gives: exactly, or as far as the places tell to which it is printed (180.00万件 of 61723件 and
    /// 173.83万件).
    pub(super) fn adds_up_to(&self, cx: &Context, reading: &Reading, at: MentionRef) -> bool {
        let total = reading.mention(at);
        let operand = |m: &MentionRef| cx.operand(reading.mention(*m).fig);
        let rounded = || {
            let parts: Vec<Operand> = self.parts.iter().map(operand).collect::<Option<_>>()?;
            let stated = operand(&at)?;
            // 0.03万件 is what too many sums are about.
            let telling = stated
                .value?
                .checked_div(stated.ulp)
                .is_none_or(|places| places >= TELLING);
            Some(telling && within_rounding(&stated, &parts))
        };
        total.value == self.sum || total.decimals > 0 && rounded() == Some(true)
    }
}

/// The columns of a run: the leads, if they count in one unit, and each further field of the fullest record with its like in the others.
pub(super) fn columns(reading: &Reading, run: &[Record]) -> Vec<Column> {
    let Some(model) = run.iter().max_by_key(|r| r.len()) else {
        return Vec::new();
    };
    let leads: Vec<MentionRef> = run.iter().map(|r| r[0]).collect();
    let unit = |at: &MentionRef| reading.mention(*at).unit.as_str();
    let led = leads.windows(2).all(|w| unit(&w[0]) == unit(&w[1]));
    let mut out = Vec::new();
    if led {
        out.extend(column(reading, run, leads, true));
    }
    let from = usize::from(led);
    let fields = &model[from..];
    for field in fields {
        let parts: Vec<MentionRef> = run
            .iter()
            .filter_map(|record| {
                let own = || record[from.min(record.len())..].iter().copied();
                // 标注合格71批次 is no 检验合格 of a record that lost it: it is another field's to the word.
                let others = |m: MentionRef| fields.iter().any(|f| f != field && same_field(reading, m, *f, true));
                own()
                    .find(|m| same_field(reading, *m, *field, true))
                    .or_else(|| own().find(|m| same_field(reading, *m, *field, false) && !others(*m)))
            })
            .collect();
        if parts.len() >= 2 {
            out.extend(column(reading, run, parts, false));
        }
    }
    out
}

fn column(reading: &Reading, run: &[Record], parts: Vec<MentionRef>, lead: bool) -> Option<Column> {
    let sum = parts
        .iter()
        .try_fold(Decimal::ZERO, |s, m| s.checked_add(reading.mention(*m).value))?;
    let alike = lead || parts.iter().all(|m| same_field(reading, *m, parts[0], true));
    Some(Column {
        complete: alike && parts.len() == run.len(),
        parts,
        sum,
        lead,
    })
}

/// Whether two amounts are of one field: the same words, or words much like them.
fn same_field(reading: &Reading, a: MentionRef, b: MentionRef, exact: bool) -> bool {
    let (x, y): (&Label, &Label) = (reading.label(a), reading.label(b));
    reading.mention(a).unit == reading.mention(b).unit
        && if exact {
            !x.full_name.is_empty() && x.full_name == y.full_name
                || x.name.is_empty() && y.name.is_empty() && x.measure.is_some() && x.measure == y.measure
        } else {
            one_field(x, y)
        }
}

/// The nearest amount before the run that a column adds up to: of its field, or for many leads of its unit.
pub(super) fn head_of(cx: &Context, reading: &Reading, run: &[Record], column: &Column) -> Option<MentionRef> {
    if column.sum < LEAST {
        return None;
    }
    let equal = |at: &MentionRef| column.adds_up_to(cx, reading, *at);
    let of_field = |at: &MentionRef| {
        heads(reading, *at, column, true) || heads(reading, *at, column, false) || leads_to(reading, *at, column)
    };
    let mut earlier = amounts_before(cx, reading, run[0][0]);
    if column.sum >= Decimal::ONE_HUNDRED {
        return earlier.find(|at| equal(at) && of_field(at));
    }
    // A small sum is one of many amounts by chance: a record among others (…；乙类20项) leads none.
    earlier.find(|at| equal(at) && !among_records(reading, *at) && of_field(at))
}

/// Whether an amount stands behind a ； of its sentence.
fn among_records(reading: &Reading, at: MentionRef) -> bool {
    let clauses = &reading.prose[at.passage].clauses;
    let own = &clauses[reading.mention(at).clause];
    let sentence = clauses[..=reading.mention(at).clause]
        .iter()
        .rev()
        .take_while(|c| c.sentence == own.sentence);
    sentence
        .take(MAX_CLAUSES)
        .any(|c| c.group == own.group && c.before == Delim::Semi)
}

/// Whether an amount is counted as what many records count, whatever they call it.
fn leads_to(reading: &Reading, at: MentionRef, column: &Column) -> bool {
    // 共报告病例11087例。…乙类共报告发病7786例…丙类共报告发病3301例: two parts, where their sum is too large for chance and a total is told.
    let two = || column.sum >= Decimal::ONE_THOUSAND && reading.label(at).total;
    let (whole, part) = (&reading.mention(at).unit, &reading.mention(column.parts[0]).unit);
    // 总参保人次为3565万人次 of 1209万人, 1168万人 and 1188万人: who is counted three times is one person and three times.
    let times = || whole.strip_suffix('次') == Some(part) && column.sum >= Decimal::ONE_THOUSAND;
    column.lead && (column.parts.len() >= 3 && (whole == part || times()) || whole == part && two())
}

/// Whether an amount bears the words and the unit of a column.
fn heads(reading: &Reading, at: MentionRef, column: &Column, exact: bool) -> bool {
    same_field(reading, at, column.parts[0], exact)
}

/// For each column the amount of its field in the one paragraph before the run where two columns at least have the amount that they add
/// up to; `None` if there is no such paragraph.
///
/// Two sums in one paragraph are no chance, however small they are.
pub(super) fn anchored(
    cx: &Context,
    reading: &Reading,
    run: &[Record],
    columns: &[Column],
) -> Option<Vec<Option<MentionRef>>> {
    if columns.len() < 2 {
        return None;
    }
    let earlier: Vec<MentionRef> = amounts_before(cx, reading, run[0][0]).collect();
    for paragraph in earlier.chunk_by(|a, b| a.passage == b.passage) {
        // A total is told first, and what is told of its parts behind it.
        let mut told: Vec<MentionRef> = paragraph.to_vec();
        told.reverse();
        let mut found: Vec<Option<MentionRef>> = Vec::new();
        for column in columns {
            let free = |at: &&MentionRef| !found.contains(&Some(**at));
            let by = |exact: bool| told.iter().filter(free).find(|at| heads(reading, **at, column, exact));
            let led = || told.iter().filter(free).find(|at| leads_to(reading, **at, column));
            found.push(by(true).or_else(|| by(false)).or_else(led).copied());
        }
        let held = columns.iter().zip(&found).filter(|(column, head)| {
            let value = |at: &MentionRef| reading.mention(*at).value;
            let several = column.parts.iter().filter(|p| value(p) > Decimal::ZERO).count() >= 2;
            several && head.is_some_and(|h| column.adds_up_to(cx, reading, h))
        });
        if held.count() >= 2 {
            return Some(found);
        }
    }
    None
}

/// Whether a column of which every record has the field, beside two that add up, contradicts its head: an amount of money adds up, a
/// count may be of what several records share, so that only a wrong key is doubted there.
pub(super) fn contradicts(reading: &Reading, column: &Column, head: MentionRef) -> bool {
    let total = reading.mention(head);
    let values: Vec<Decimal> = column.parts.iter().map(|m| reading.mention(*m).value).collect();
    let near = if total.class == FigureClass::Money {
        within_percent(total.value, column.sum, 50)
    } else {
        column.sum >= Decimal::ONE_HUNDRED && !are_shared(&total.unit) && one_slip(total.value, column.sum, &values)
    };
    column.complete && values.len() >= 2 && near
}

/// Whether what a measure word counts may come up in several records: a firm is inspected by more than one office.
fn are_shared(unit: &str) -> bool {
    ["家", "户", "所"].contains(&unit)
}

/// The heads of the columns that every record has a part in: they alone show that the records are all, and are records.
pub(super) fn whole<'a>(
    run: &'a [Record],
    columns: &'a [Column],
    heads: &'a [Option<MentionRef>],
) -> impl Iterator<Item = MentionRef> + 'a {
    let all = columns.iter().zip(heads).filter(|(c, _)| c.parts.len() == run.len());
    all.filter_map(|(_, head)| *head)
}

/// The head that a column misses by one wrong key, where the records are known to leave nothing out: two other columns, or one
/// and its head in the same sentence, add up; every record has the field; and only one amount bears its words.
pub(super) fn slip_of(
    reading: &Reading,
    run: &[Record],
    columns: &[Column],
    column: &Column,
    heads: &[Option<MentionRef>],
) -> Option<MentionRef> {
    let sentence = |at: MentionRef| {
        let prose = &reading.prose[at.passage];
        (at.passage, prose.clauses[reading.mention(at).clause].sentence)
    };
    let held: Vec<MentionRef> = whole(run, columns, heads).collect();
    let known = held.first().filter(|_| column.parts.len() == run.len())?;
    let first = run[0][0];
    let end = if known.passage == first.passage {
        first.mention
    } else {
        reading.prose[known.passage].mentions.len()
    };
    let bearers = |exact: bool| -> Vec<MentionRef> {
        (0..end)
            .rev()
            .take(MAX_HEADS)
            .map(|mention| MentionRef { mention, ..*known })
            .filter(|at| !heads.contains(&Some(*at)))
            .filter(|at| reading.mention(*at).is_amount() && same_field(reading, *at, column.parts[0], exact))
            .take(2)
            .collect()
    };
    let found = Some(bearers(true))
        .filter(|f| !f.is_empty())
        .unwrap_or_else(|| bearers(false));
    let [one] = found[..] else { return None };
    let near = held.len() >= 2 || sentence(one) == sentence(*known);
    let values: Vec<Decimal> = column.parts.iter().map(|m| reading.mention(*m).value).collect();
    let own = !are_shared(&reading.mention(one).unit);
    (near && own && column.sum >= Decimal::ONE_HUNDRED && one_slip(reading.mention(one).value, column.sum, &values))
        .then_some(one)
}
