//! How figures and sums are printed in findings.

use gouji_ledger::{Formula, Operand, Reading};
use gouji_quantity::{Date, Decimal, Period, Ratio, half_width};

use crate::verdict::Outcome;

/// More terms than this are shown as first ones … last one.
const SHOWN_TERMS: usize = 12;

/// Length of the number at the first place of `text` that begins one, with its start.
fn number_run(text: &str) -> Option<(usize, usize)> {
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let start = text.char_indices().find(|(_, c)| is_digit(*c)).map(|(at, _)| at)?;
    let mut end = start;
    let mut chars = text[start..].char_indices().peekable();
    // 321 146: three digits behind a blank go on with the number.
    let thousands = |rest: &str| {
        let digits = rest.chars().skip(1).take_while(|c| is_digit(*c)).count();
        rest.starts_with([' ', '\u{a0}', '\u{2009}', '\u{202f}']) && digits == 3
    };
    while let Some((at, c)) = chars.next() {
        let part = is_digit(c)
            || thousands(&text[start + at..])
            || matches!(c, '.' | '．' | ',' | '，') && chars.peek().is_some_and(|(_, next)| is_digit(*next));
        if !part {
            break;
        }
        end = start + at + c.len_utf8();
    }
    let sign = text[..start]
        .chars()
        .next_back()
        .filter(|c| matches!(c, '-' | '−' | '－'));
    Some((start - sign.map_or(0, char::len_utf8), end))
}

/// The number alone: `62,418.35` of `62,418.35万元`; the whole text if it has none.
pub(crate) fn number_of(surface: &str) -> &str {
    number_run(surface).map_or(surface.trim(), |(start, end)| &surface[start..end])
}

/// What stands behind the number: `万元` of `62,418.35万元`.
pub(crate) fn unit_of(surface: &str) -> &str {
    number_run(surface).map_or("", |(_, end)| surface[end..].trim())
}

/// An exact value printed as `model` is: its magnitude and unit, its decimals, its thousands separators.
pub(crate) fn printed_like(model: &Operand, exact: Ratio) -> Option<String> {
    let factor = factor_of(model);
    let by = Ratio::from_decimal(factor);
    let exact = Ratio::new(exact.num().checked_mul(by.den())?, exact.den().checked_mul(by.num())?)?;
    let value = exact.reduced().round_half_up(model.decimals)?;
    Some(with_number(&model.surface, value))
}

/// What one printed unit stands for in base units.
pub(crate) fn factor_of(model: &Operand) -> Decimal {
    if model.ulp.is_zero() {
        return magnitude_by_print(model).unwrap_or(Decimal::ONE);
    }
    10_i64
        .checked_pow(model.decimals)
        .and_then(|p| model.ulp.checked_mul(Decimal::from(p)))
        .filter(|f| *f >= Decimal::ONE)
        .unwrap_or(Decimal::ONE)
}

/// For an exact figure with a magnitude word (3万件): value ÷ printed number.
fn magnitude_by_print(model: &Operand) -> Option<Decimal> {
    let printed = Decimal::from_str_exact(&half_width(number_of(&model.surface)).replace(',', "")).ok()?;
    if printed.is_zero() {
        return None;
    }
    let factor = model.value?.checked_div(printed)?.normalize();
    (factor >= Decimal::ONE && factor.scale() == 0).then_some(factor)
}

/// `surface` with another number in the place of its own; Chinese numerals stay Chinese below one hundred.
pub(crate) fn with_number(surface: &str, value: Decimal) -> String {
    if let Some((start, end)) = number_run(surface) {
        let old = half_width(&surface[start..end]);
        let number = if old.contains(',') {
            group(&value.to_string())
        } else {
            value.to_string()
        };
        return format!("{}{number}{}", &surface[..start], &surface[end..]);
    }
    let numeral: usize = surface
        .chars()
        .take_while(|c| "零〇一二两三四五六七八九十百千".contains(*c))
        .map(char::len_utf8)
        .sum();
    if numeral > 0
        && let Some(chinese) = small_chinese(value)
    {
        return format!("{chinese}{}", &surface[numeral..]);
    }
    value.to_string()
}

/// Thousands separators put in.
fn group(number: &str) -> String {
    let (sign, rest) = number.strip_prefix('-').map_or(("", number), |r| ("-", r));
    let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(w, f)| (w, Some(f)));
    let mut out = String::from(sign);
    for (at, c) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    if let Some(f) = fraction {
        out.push('.');
        out.push_str(f);
    }
    out
}

/// 0–99 in Chinese numerals.
pub(crate) fn small_chinese(value: Decimal) -> Option<String> {
    let n = value.normalize();
    if n.scale() != 0 || n.is_sign_negative() && !n.is_zero() || n > Decimal::from(99) {
        return None;
    }
    let n = usize::try_from(n.mantissa()).ok()?;
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (n / 10, n % 10);
    Some(match (tens, ones) {
        (0, o) => DIGITS[o].to_owned(),
        (1, 0) => "十".to_owned(),
        (1, o) => format!("十{}", DIGITS[o]),
        (t, 0) => format!("{}十", DIGITS[t]),
        (t, o) => format!("{}十{}", DIGITS[t], DIGITS[o]),
    })
}

/// How far the stated figure is from what it should be, with the stated figure's unit: `1件`, `1.65%`.
pub(crate) fn gap(stated: &Operand, exact: Ratio) -> Option<String> {
    let diff = exact.minus(Ratio::from_decimal(stated.value?))?;
    let diff = Ratio::new(diff.num().checked_abs()?, diff.den())?;
    let by = Ratio::from_decimal(factor_of(stated));
    let printed = Ratio::new(diff.num().checked_mul(by.den())?, diff.den().checked_mul(by.num())?)?.reduced();
    // Percentages are shown with two more places, so that a small gap does not read as none.
    let decimals = if printed.den() == 1 { 0 } else { stated.decimals + 2 };
    let value = printed.round_half_up(decimals)?.normalize();
    let unit = match unit_of(&stated.surface) {
        "%" | "％" => "个百分点",
        other => other,
    };
    Some(format!("{value}{unit}"))
}

/// The sum itself: `412＋231＝643`, `（400－8）÷400＝98.00%`. Empty where nothing is computed.
pub(crate) fn working(reading: &Reading, outcome: &Outcome) -> String {
    let (found, expected) = (&outcome.check, outcome.expected.as_deref());
    let number = |o: &Operand| number_of(&o.surface).to_owned();
    let joined = |operands: &[Operand], sign: &str| -> String {
        if operands.len() > SHOWN_TERMS {
            let head: Vec<String> = operands[..3].iter().map(number).collect();
            let last = operands.last().map(number).unwrap_or_default();
            return format!("{}{sign}…{sign}{last}（共{}项）", head.join(sign), operands.len());
        }
        operands.iter().map(number).collect::<Vec<_>>().join(sign)
    };
    let operands = reading.operands.as_slice();
    // A fall that is printed without its sign is the earlier less the later.
    let falls = |negative| negative && reading.stated.value.is_some_and(|v| !v.is_sign_negative());
    let left = match (&reading.formula, operands) {
        (Formula::Sum | Formula::ShareSum, [_, ..]) => joined(operands, "＋"),
        (Formula::Difference, [_, ..]) => joined(operands, "－"),
        (Formula::Ratio { scale }, [part, wholes @ ..]) if !wholes.is_empty() => {
            let whole = joined(wholes, "＋");
            let whole = if wholes.len() > 1 {
                format!("（{whole}）")
            } else {
                whole
            };
            let part = match (outcome.exceptions, wholes) {
                (Some(exceptions), [whole]) => format!("（{}－{}）", number(whole), exceptions.value.normalize()),
                _ => number(part),
            };
            let times = if *scale == 1 || *scale == 100 {
                String::new()
            } else {
                format!("×{scale}")
            };
            format!("{part}÷{whole}{times}")
        }
        (Formula::Mean, [sum, n]) => format!("{}÷{}", number(sum), number(n)),
        (Formula::Growth { negative }, [now, before]) => {
            let (a, b) = if falls(*negative) { (before, now) } else { (now, before) };
            format!("（{}－{}）÷{}", number(a), number(b), number(before))
        }
        (Formula::PointChange { negative }, [now, before]) => {
            let (a, b) = if falls(*negative) { (before, now) } else { (now, before) };
            format!("{}－{}", number(a), number(b))
        }
        _ => return String::new(),
    };
    let right = match (&reading.formula, found.exact) {
        (Formula::ShareSum, Some(sum)) => sum
            .round_half_up(operands.iter().map(|o| o.decimals).max().unwrap_or(0))
            .map(|v| format!("{v}%")),
        _ => expected.map(str::to_owned),
    };
    match right {
        Some(right) => format!("{left}＝{right}"),
        None => left,
    }
}

/// A day in Chinese: 2024年3月31日.
pub(crate) fn day(date: Date) -> String {
    format!("{}年{}月{}日", date.year, date.month, date.day)
}

/// A period in Chinese: 2024年第一季度.
pub(crate) fn period(period: Period) -> String {
    match period {
        Period::Year(year) => format!("{year}年"),
        Period::Half(year, 1) => format!("{year}年上半年"),
        Period::Half(year, _) => format!("{year}年下半年"),
        Period::Quarter(year, n) => {
            let n = small_chinese(Decimal::from(n)).unwrap_or_default();
            format!("{year}年第{n}季度")
        }
        Period::Month(year, n) => format!("{year}年{n}月"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(s: &str) -> Decimal {
        s.parse().expect("a decimal")
    }

    #[test]
    fn numbers_are_found_in_their_print() {
        assert_eq!(number_of("62,418.35万元"), "62,418.35");
        assert_eq!(number_of("-1.20‰"), "-1.20");
        assert_eq!(number_of("28 802件"), "28 802");
        assert_eq!(unit_of("28 802件"), "件");
        assert_eq!(number_of("28 80件"), "28");
        assert_eq!(unit_of("-1.20‰"), "‰");
        assert_eq!(number_of("三家"), "三家");
        assert_eq!(number_of("12，其中"), "12");
    }

    #[test]
    fn another_number_takes_the_old_one_s_form() {
        assert_eq!(with_number("62,418.35万元", d("62418.36")), "62,418.36万元");
        assert_eq!(with_number("1954件", d("954")), "954件");
        assert_eq!(with_number("三家", d("14")), "十四家");
        assert_eq!(with_number("6.15‰", d("-6.10")), "-6.10‰");
    }
}
