//! Functions of the placeholders, each under a Chinese and an English name.

use std::cmp::Ordering;

use crate::number::{Format, Number};
use crate::problem::What;
use crate::value::Value;

/// A function with its two names and how it is called.
struct Function {
    names: [&'static str; 2],
    usage: &'static str,
    call: fn(Vec<Value>) -> Option<Result<Value, What>>,
}

/// All functions. `None` from one means that it was not called as its usage says.
const FUNCTIONS: &[Function] = &[
    Function {
        names: ["合计", "sum"],
        usage: "合计(列[, 条件]) 或 合计(数, 数, …)",
        call: sum,
    },
    Function {
        names: ["个数", "count"],
        usage: "个数(表或列[, 条件])",
        call: count,
    },
    Function {
        names: ["平均", "mean"],
        usage: "平均(列[, 条件])，配合小数位数：{平均(列)|1}",
        call: mean,
    },
    Function {
        names: ["最大", "max"],
        usage: "最大(列[, 条件])",
        call: |values| extreme(values, Ordering::is_gt),
    },
    Function {
        names: ["最小", "min"],
        usage: "最小(列[, 条件])",
        call: |values| extreme(values, Ordering::is_lt),
    },
    Function {
        names: ["占比", "share"],
        usage: "占比(部分, 总数[, 小数位数])",
        call: rate,
    },
    Function {
        names: ["率", "rate"],
        usage: "率(部分, 总数[, 小数位数])",
        call: rate,
    },
    Function {
        names: ["增幅", "growth"],
        usage: "增幅(本期, 上期[, 小数位数])",
        call: growth,
    },
    Function {
        names: ["增减", "change"],
        usage: "增减(本期, 上期[, “单位”])",
        call: change,
    },
    Function {
        names: ["百分点", "points"],
        usage: "百分点(本期率, 上期率)",
        call: points,
    },
    Function {
        names: ["列举", "list"],
        usage: "列举(列[, 条件])",
        call: list,
    },
    Function {
        names: ["分列", "items"],
        usage: "分列(名称列, 数列, “单位”[, 条件])",
        call: items,
    },
    Function {
        names: ["分列占比", "shares"],
        usage: "分列占比(名称列, 数列, “单位”, 小数位数)",
        call: shares,
    },
    Function {
        names: ["占比说明", "shares_note"],
        usage: "占比说明(数列, 小数位数)",
        call: shares_note,
    },
    Function {
        names: ["前几", "top"],
        usage: "前几(名称列, 数列, 个数)",
        call: |values| podium(values, true),
    },
    Function {
        names: ["后几", "bottom"],
        usage: "后几(名称列, 数列, 个数)",
        call: |values| podium(values, false),
    },
    Function {
        names: ["名次", "rank"],
        usage: "名次(数, 数列)",
        call: rank,
    },
    Function {
        names: ["若", "if"],
        usage: "若(条件, 成立时, 不成立时)",
        call: |_| None,
    },
];

/// Whether it is the function that takes one of two branches; the caller computes only that one.
pub(crate) fn is_choice(name: &str) -> bool {
    matches!(name, "若" | "if")
}

pub(crate) fn call(name: &str, values: Vec<Value>) -> Result<Value, What> {
    let function = FUNCTIONS.iter().find(|function| function.names.contains(&name));
    let function = function.ok_or_else(|| What::NoFunction(name.to_owned()))?;
    (function.call)(values).unwrap_or_else(|| {
        Err(What::Arguments {
            function: name.to_owned(),
            usage: function.usage,
        })
    })
}

/// A column with the rows that a condition, if any, leaves. A table counts for its rows.
fn chosen(column: Value, condition: Option<Value>) -> Option<Result<Vec<Value>, What>> {
    let cells = match column {
        Value::Column(cells) => cells,
        Value::Table(rows) => vec![Value::Bool(true); rows],
        _ => return None,
    };
    let Some(condition) = condition else {
        return Some(Ok(cells));
    };
    let Value::Column(condition) = condition else {
        return None;
    };
    if condition.len() != cells.len() {
        return Some(Err(What::Lengths));
    }
    let kept = cells
        .into_iter()
        .zip(condition)
        .filter_map(|(cell, keep)| match keep.condition() {
            Ok(true) => Some(Ok(cell)),
            Ok(false) => None,
            Err(what) => Some(Err(what)),
        });
    Some(kept.collect())
}

/// One or two arguments: a column and a condition.
fn column(values: Vec<Value>) -> Option<Result<Vec<Value>, What>> {
    let mut values = values.into_iter();
    let (column, condition, more) = (values.next()?, values.next(), values.next());
    if more.is_some() {
        return None;
    }
    chosen(column, condition)
}

/// The numbers of a column; cells with nothing to count are left out.
fn numbers(cells: &[Value]) -> Result<Vec<Number>, What> {
    cells
        .iter()
        .filter(|cell| !cell.is_blank())
        .map(Value::number)
        .collect()
}

fn add(numbers: &[Number]) -> Result<Number, What> {
    let mut numbers = numbers.iter();
    let first = numbers.next().copied().unwrap_or(Number::whole(0));
    numbers.try_fold(first, |sum, number| sum.plus(*number))
}

fn sum(values: Vec<Value>) -> Option<Result<Value, What>> {
    let cells = match values.first()? {
        Value::Column(_) => column(values)?,
        _ => Ok(values),
    };
    Some(cells.and_then(|cells| add(&numbers(&cells)?)).map(Value::Number))
}

fn count(values: Vec<Value>) -> Option<Result<Value, What>> {
    let cells = column(values)?;
    Some(cells.map(|cells| {
        let counted = cells.iter().filter(|cell| !cell.is_blank()).count();
        Value::Number(Number::whole(counted))
    }))
}

fn mean(values: Vec<Value>) -> Option<Result<Value, What>> {
    let cells = column(values)?;
    Some(cells.and_then(|cells| {
        let numbers = numbers(&cells)?;
        add(&numbers)?.over(Number::whole(numbers.len())).map(Value::Number)
    }))
}

fn extreme(values: Vec<Value>, better: fn(Ordering) -> bool) -> Option<Result<Value, What>> {
    let cells = column(values)?;
    Some(cells.and_then(|cells| {
        let mut best: Option<Number> = None;
        for number in numbers(&cells)? {
            let replaces = match best {
                None => true,
                Some(best) => better(number.compare(best)?),
            };
            if replaces {
                best = Some(number);
            }
        }
        best.map(Value::Number).ok_or(What::EmptyList)
    }))
}

/// Places of a rate if none are said, as circulars print them.
const PLACES: u32 = 1;
/// More places than any rate is printed with.
const MOST_PLACES: usize = 6;

fn places(value: Option<&Value>) -> Option<u32> {
    match value {
        None => Some(PLACES),
        Some(Value::Number(number)) => {
            let places = number.as_usize().filter(|places| *places <= MOST_PLACES)?;
            u32::try_from(places).ok()
        }
        Some(_) => None,
    }
}

fn rate(values: Vec<Value>) -> Option<Result<Value, What>> {
    let (part, whole) = match values.as_slice() {
        [part, whole] | [part, whole, _] => (part, whole),
        _ => return None,
    };
    let places = places(values.get(2))?;
    if let (Value::Column(parts), whole) = (part, whole) {
        let one = |at: usize, part: &Value| match whole {
            Value::Column(wholes) => one_rate(part, wholes.get(at).ok_or(What::Lengths)?, places),
            whole => one_rate(part, whole, places),
        };
        let rates = parts.iter().enumerate().map(|(at, part)| one(at, part));
        return Some(rates.collect::<Result<_, _>>().map(Value::Column));
    }
    Some(one_rate(part, whole, places))
}

fn one_rate(part: &Value, whole: &Value, places: u32) -> Result<Value, What> {
    if part.is_blank() || whole.is_blank() {
        return Ok(Value::Blank);
    }
    part.number()?.rate(whole.number()?, places).map(Value::Number)
}

/// The word for a rise, a fall, or neither, with the amount.
fn moved(gap: Number, words: [&str; 2], amount: impl FnOnce(Number) -> Result<String, What>) -> Result<Value, What> {
    if gap.is_zero() {
        return Ok(Value::Text("持平".to_owned()));
    }
    let gap = gap.rounded()?;
    if gap.is_zero() {
        return Ok(Value::Text("基本持平".to_owned()));
    }
    let word = words[usize::from(gap.is_negative())];
    Ok(Value::Text(format!("{word}{}", amount(gap.without_sign()?)?)))
}

fn growth(values: Vec<Value>) -> Option<Result<Value, What>> {
    let ([now, before] | [now, before, _]) = values.as_slice() else {
        return None;
    };
    let places = places(values.get(2))?;
    let growth = || {
        let (now, before) = (now.number()?, before.number()?);
        let gap = now.minus(before)?.rate(before, places)?;
        moved(gap, ["增长", "下降"], |gap| gap.print(Format::default()))
    };
    Some(growth())
}

fn change(values: Vec<Value>) -> Option<Result<Value, What>> {
    let (now, before, unit) = match values.as_slice() {
        [now, before] => (now, before, ""),
        [now, before, Value::Text(unit)] => (now, before, unit.as_str()),
        _ => return None,
    };
    let change = || {
        let gap = now.number()?.minus(before.number()?)?;
        let amount = |gap: Number| Ok(gap.print(Format::default())? + unit);
        moved(gap, ["增加", "减少"], amount)
    };
    Some(change())
}

/// The difference of two rates as they are printed, so that text and figures agree.
fn points(values: Vec<Value>) -> Option<Result<Value, What>> {
    let [now, before] = values.as_slice() else { return None };
    let points = || {
        let (now, before) = (now.number()?.rounded()?, before.number()?.rounded()?);
        let gap = Number {
            percent: false,
            ..now.minus(before)?
        };
        moved(gap, ["提高", "下降"], |gap| {
            Ok(gap.print(Format::default())? + "个百分点")
        })
    };
    Some(points())
}

/// `甲、乙和丙`.
fn joined(names: &[String]) -> Result<Value, What> {
    let text = match names {
        [] => return Err(What::EmptyList),
        [one] => one.clone(),
        [all @ .., last] => format!("{}和{last}", all.join("、")),
    };
    Ok(Value::Text(text))
}

fn list(values: Vec<Value>) -> Option<Result<Value, What>> {
    let cells = column(values)?;
    Some(cells.and_then(|cells| {
        let names = cells
            .iter()
            .filter(|cell| !cell.is_blank())
            .map(|cell| cell.print(Format::default()));
        joined(&names.collect::<Result<Vec<_>, _>>()?)
    }))
}

/// Names with their numbers, rows without a number left out.
fn pairs(names: Vec<Value>, numbers: Vec<Value>) -> Result<Vec<(String, Number)>, What> {
    if names.len() != numbers.len() {
        return Err(What::Lengths);
    }
    let pairs = names.into_iter().zip(numbers).filter(|(_, number)| !number.is_blank());
    pairs
        .map(|(name, number)| Ok((name.print(Format::default())?, number.number()?)))
        .collect()
}

fn items(values: Vec<Value>) -> Option<Result<Value, What>> {
    let mut values = values.into_iter();
    let (names, numbers, unit) = (values.next()?, values.next()?, values.next()?);
    let condition = values.next();
    let (None, Value::Text(unit)) = (values.next(), unit) else {
        return None;
    };
    let (names, numbers) = (chosen(names, condition.clone())?, chosen(numbers, condition)?);
    let items = || {
        let items = pairs(names?, numbers?)?.into_iter();
        let items = items.map(|(name, number)| Ok(format!("{name}{}{unit}", number.print(Format::default())?)));
        let items = items.collect::<Result<Vec<_>, What>>()?;
        if items.is_empty() {
            Err(What::EmptyList)
        } else {
            Ok(Value::Text(items.join("、")))
        }
    };
    Some(items())
}

fn shares(values: Vec<Value>) -> Option<Result<Value, What>> {
    let Ok(
        [
            Value::Column(names),
            Value::Column(numbers),
            Value::Text(unit),
            places_said,
        ],
    ) = <[Value; 4]>::try_from(values)
    else {
        return None;
    };
    let places = places(Some(&places_said))?;
    let shares = || {
        let pairs = pairs(names, numbers)?;
        let whole = add(&pairs.iter().map(|(_, number)| *number).collect::<Vec<_>>())?;
        let items = pairs.into_iter().map(|(name, number)| {
            let share = number.rate(whole, places)?.print(Format::default())?;
            Ok(format!("{name}{}{unit}，占{share}", number.print(Format::default())?))
        });
        let items = items.collect::<Result<Vec<_>, What>>()?;
        if items.is_empty() {
            Err(What::EmptyList)
        } else {
            Ok(Value::Text(items.join("；")))
        }
    };
    Some(shares())
}

/// A remark if rounded shares do not add up to 100 %, else nothing.
fn shares_note(values: Vec<Value>) -> Option<Result<Value, What>> {
    let Ok([Value::Column(cells), places_said]) = <[Value; 2]>::try_from(values) else {
        return None;
    };
    let places = places(Some(&places_said))?;
    let note = || {
        let numbers = numbers(&cells)?;
        let whole = add(&numbers)?;
        let shares = numbers.iter().map(|number| number.rate(whole, places)?.rounded());
        let total = add(&shares.collect::<Result<Vec<_>, What>>()?)?;
        let all = Number::whole(100);
        Ok(Value::Text(if numbers.is_empty() || total.compare(all)?.is_eq() {
            String::new()
        } else {
            "（因四舍五入，各项占比之和不等于100%）".to_owned()
        }))
    };
    Some(note())
}

/// The names of the first or last few. A tie at the border is a mistake: the text would name one and leave out its equal.
fn podium(values: Vec<Value>, first: bool) -> Option<Result<Value, What>> {
    let Ok([Value::Column(names), Value::Column(numbers), Value::Number(asked)]) = <[Value; 3]>::try_from(values)
    else {
        return None;
    };
    let asked = asked.as_usize().filter(|asked| *asked > 0)?;
    let podium = || {
        let pairs = pairs(names, numbers)?;
        if pairs.len() < asked {
            return Err(What::TooFew { asked });
        }
        let sorted = sorted(pairs, first)?;
        if let (Some((_, last)), Some((_, next))) = (sorted.get(asked - 1), sorted.get(asked))
            && last.compare(*next)?.is_eq()
        {
            return Err(What::Tie { asked });
        }
        let names: Vec<String> = sorted.into_iter().take(asked).map(|(name, _)| name).collect();
        joined(&names)
    };
    Some(podium())
}

/// By number, the greatest first or last; equals stay in their order.
pub(crate) fn sorted<T>(pairs: Vec<(T, Number)>, greatest_first: bool) -> Result<Vec<(T, Number)>, What> {
    let mut pairs = pairs;
    let mut failed = None;
    pairs.sort_by(|(_, a), (_, b)| {
        let order = a.compare(*b).unwrap_or_else(|what| {
            failed = Some(what);
            Ordering::Equal
        });
        if greatest_first { order.reverse() } else { order }
    });
    failed.map_or(Ok(pairs), Err)
}

fn rank(values: Vec<Value>) -> Option<Result<Value, What>> {
    let Ok([value, Value::Column(cells)]) = <[Value; 2]>::try_from(values) else {
        return None;
    };
    let rank = || {
        if value.is_blank() {
            return Ok(Value::Blank);
        }
        let value = value.number()?;
        let mut above = 0;
        for other in numbers(&cells)? {
            above += usize::from(other.compare(value)?.is_gt());
        }
        Ok(Value::Number(Number::whole(above + 1)))
    };
    Some(rank())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(cells: &[&str]) -> Value {
        Value::Column(cells.iter().map(|cell| Value::cell(cell)).collect())
    }

    fn shown(name: &str, values: Vec<Value>) -> Result<String, What> {
        call(name, values)?.print(Format::default())
    }

    fn number(text: &str) -> Value {
        Value::cell(text)
    }

    #[test]
    fn sums_and_means_leave_out_what_is_blank() {
        let cells = column(&["3", "", "—", "4.5"]);
        assert_eq!(shown("合计", vec![cells.clone()]).unwrap(), "7.5");
        assert_eq!(shown("个数", vec![cells.clone()]).unwrap(), "2");
        assert_eq!(shown("最大", vec![cells.clone()]).unwrap(), "4.5");
        let one = Format {
            places: Some(2),
            ..Format::default()
        };
        assert_eq!(call("平均", vec![cells]).unwrap().print(one).unwrap(), "3.75");
        assert_eq!(shown("合计", vec![number("3"), number("4")]).unwrap(), "7");
        assert!(matches!(shown("合计", vec![column(&["甲"])]), Err(What::NotANumber(_))));
    }

    #[test]
    fn changes_are_said_in_words() {
        let two = |name, a, b| shown(name, vec![number(a), number(b)]);
        assert_eq!(two("增幅", "132", "120").unwrap(), "增长10.0%");
        assert_eq!(two("增幅", "108", "120").unwrap(), "下降10.0%");
        assert_eq!(two("增幅", "120", "120").unwrap(), "持平");
        assert_eq!(two("增幅", "10001", "10000").unwrap(), "基本持平");
        assert!(matches!(two("增幅", "120", "0"), Err(What::ZeroBase)));
        assert_eq!(two("增减", "1,300", "1,268").unwrap(), "增加32");
        assert_eq!(two("百分点", "97.7%", "98.3%").unwrap(), "下降0.6个百分点");
        let unit = Value::Text("件".to_owned());
        assert_eq!(shown("增减", vec![number("3"), number("5"), unit]).unwrap(), "减少2件");
    }

    #[test]
    fn lists_end_in_and() {
        assert_eq!(shown("列举", vec![column(&["甲", "乙", "丙"])]).unwrap(), "甲、乙和丙");
        assert_eq!(shown("列举", vec![column(&["甲"])]).unwrap(), "甲");
        assert!(matches!(shown("列举", vec![column(&[])]), Err(What::EmptyList)));
        let (names, numbers) = (column(&["甲类", "乙类"]), column(&["3", "1"]));
        let unit = Value::Text("件".to_owned());
        assert_eq!(
            shown("分列", vec![names.clone(), numbers.clone(), unit.clone()]).unwrap(),
            "甲类3件、乙类1件"
        );
        let shares = vec![names, numbers, unit, number("0")];
        assert_eq!(shown("分列占比", shares).unwrap(), "甲类3件，占75%；乙类1件，占25%");
    }

    #[test]
    fn shares_that_miss_100_are_told() {
        let note = |cells: &[&str]| shown("占比说明", vec![column(cells), number("1")]).unwrap();
        assert_eq!(note(&["1", "1", "1"]), "（因四舍五入，各项占比之和不等于100%）");
        assert_eq!(note(&["1", "1"]), "");
    }

    #[test]
    fn a_tie_at_the_border_is_not_decided_in_silence() {
        let podium = |name: &str, n: &str| {
            let values = vec![
                column(&["甲", "乙", "丙", "丁"]),
                column(&["7", "9", "7", "3"]),
                number(n),
            ];
            shown(name, values)
        };
        assert_eq!(podium("前几", "1").unwrap(), "乙");
        assert!(matches!(podium("前几", "2"), Err(What::Tie { asked: 2 })));
        assert_eq!(podium("前几", "3").unwrap(), "乙、甲和丙");
        assert_eq!(podium("后几", "1").unwrap(), "丁");
        assert!(matches!(podium("前几", "5"), Err(What::TooFew { asked: 5 })));
        assert_eq!(shown("名次", vec![number("7"), column(&["7", "9", "7"])]).unwrap(), "2");
    }

    #[test]
    fn a_wrong_call_is_answered_with_the_usage() {
        assert!(matches!(shown("占比", vec![number("1")]), Err(What::Arguments { .. })));
        assert!(matches!(shown("没有", vec![]), Err(What::NoFunction(_))));
        assert!(matches!(
            shown("占比", vec![number("1"), number("2"), number("99")]),
            Err(What::Arguments { .. })
        ));
        for function in FUNCTIONS {
            assert!(call(function.names[0], Vec::new()).is_err(), "{}", function.names[0]);
            assert!(function.usage.starts_with(function.names[0]));
        }
    }
}
