//! The figures of a reading, reduced to what arithmetic needs.

use gouji_ledger::{FigureIdx, Formula, Ledger, Operand, Reading};
use gouji_quantity::{Agreement, Approx, Decimal, Interval, Ratio, agreement};

use crate::wording;

/// A figure of a reading, reduced to what arithmetic needs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Term {
    /// Value in base units.
    pub(crate) value: Option<Decimal>,
    /// One unit of the last printed place in base units; zero for counts.
    pub(crate) ulp: Decimal,
    /// Decimals printed.
    pub(crate) decimals: u32,
    /// Exactness by the words beside it.
    pub(crate) approx: Approx,
    /// The figure, if it is one of the ledger's.
    pub(crate) figure: Option<FigureIdx>,
}

impl Term {
    pub(crate) fn of(operand: &Operand, ledger: &Ledger) -> Self {
        let figure = operand.figure.and_then(|f| ledger.figures.get(f.0));
        Self {
            value: operand.value,
            ulp: operand.ulp,
            decimals: operand.decimals,
            approx: figure
                .and_then(|f| f.stated.as_ref())
                .map_or(Approx::Exact, |s| s.approx),
            // An operand that is computed from a figure is not that figure: it prints another number.
            figure: operand
                .figure
                .filter(|_| figure.is_some_and(|f| same_print(&f.surface, &operand.surface))),
        }
    }

    /// What one printed unit stands for: 10000 where 1.2 is printed for 1.2万. A unit that is no power of ten is taken as 1.
    pub(crate) fn factor(&self) -> Decimal {
        if self.ulp.is_zero() {
            return Decimal::ONE;
        }
        10_i64
            .checked_pow(self.decimals)
            .and_then(|p| self.ulp.checked_mul(Decimal::from(p)))
            .filter(|f| *f >= Decimal::ONE)
            .unwrap_or(Decimal::ONE)
    }

    /// The true values it can stand for.
    pub(crate) fn interval(&self) -> Option<Interval> {
        let value = self.value?;
        if self.ulp.is_zero() {
            return Some(Interval::point(value));
        }
        Interval::tolerant(value, self.ulp)
    }

    /// How the printed figure can have come from `exact`, which is in base units.
    pub(crate) fn agrees(&self, exact: Ratio) -> Option<Agreement> {
        let factor = self.factor();
        let printed = self.value?.checked_div(factor)?;
        let exact = over(exact, factor)?;
        Some(agreement(printed, self.decimals, exact))
    }
}

/// `ratio ÷ by`, for a positive decimal.
fn over(ratio: Ratio, by: Decimal) -> Option<Ratio> {
    let by = Ratio::from_decimal(by);
    Ratio::new(ratio.num().checked_mul(by.den())?, ratio.den().checked_mul(by.num())?).map(Ratio::reduced)
}

/// Whether two prints show one number, whatever their units.
fn same_print(a: &str, b: &str) -> bool {
    a == b || wording::number_of(a) == wording::number_of(b)
}

/// Exceptions that a part is computed from: whole less exceptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Exceptions {
    /// How many.
    pub(crate) value: Decimal,
    /// The figure, if they are one.
    pub(crate) figure: Option<FigureIdx>,
}

/// The exceptions behind a rate whose part is not printed; `None` for any other reading.
pub(crate) fn exceptions(reading: &Reading, ledger: &Ledger) -> Option<Exceptions> {
    let (Formula::Ratio { .. }, [part, whole]) = (&reading.formula, reading.operands.as_slice()) else {
        return None;
    };
    let value = whole.value?.checked_sub(part.value?)?;
    let figure = part.figure.and_then(|f| ledger.figures.get(f.0));
    let computed = match figure {
        // The figure that the part stands for is the number of exceptions.
        Some(figure) => {
            !same_print(&figure.surface, &part.surface)
                && figure.stated.as_ref().and_then(gouji_quantity::Stated::base) == Some(value)
        }
        None => part.span.is_none(),
    };
    (computed && value > Decimal::ZERO).then_some(Exceptions {
        value,
        figure: part.figure,
    })
}
