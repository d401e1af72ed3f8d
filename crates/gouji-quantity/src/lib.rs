//! Stated amounts, exactly.
//!
//! A figure in a circular is what was printed, no more: `84.2` and `84.20` are different statements
//! of one value. [`Stated`] keeps the printed digits, the number of decimals and the magnitude
//! word (万, 亿); [`Ratio`] is the exact value that arithmetic gives; [`agreement`] says how the one
//! can have come from the other. Nothing here is a binary fraction: decimals have at most 28
//! digits, ratios are pairs of `i128`, and what overflows is untestable, never wrapped.
//!
//! Dates ([`Date`]), reporting periods ([`Period`]) and units ([`Unit`]) are read by scanners over text that give byte ranges.
//! This crate never looks at the structure of a document.

mod date;
mod interval;
mod numeral;
mod period;
mod ratio;
mod rounding;
mod stated;
mod typing;
mod unit;

pub use date::{Date, DateMention, DatePart, scan_dates};
pub use interval::Interval;
pub use numeral::{chinese_integer, chinese_number, half_width};
pub use period::{NoPeriod, Period, PeriodMention, scan_periods};
pub use ratio::Ratio;
pub use rounding::{Agreement, agreement, feasible, nearest_feasible, rounding_power};
pub use rust_decimal::Decimal;
pub use stated::{Approx, MAX_BASE, Magnitude, Stated, parse_stated};
pub use typing::{one_keystroke, swapped_digits};
pub use unit::{Unit, UnitClass};
