//! Formulas over small workbooks: values, what is left alone, explanations, and limits.

use std::collections::BTreeMap;

use super::evaluate::{Cells, Content};
use super::parse::parse;
use super::*;
use crate::workbook::sheet::SheetCell;
use crate::workbook::sheet::place;

/// Cells as `A1 5` for a number, `A1 "…` for a text, `A1 #REF!` for an error, `A1 =B1` for a formula without a result.
fn laid(lines: &[&str]) -> Sheet {
    let cell = |line: &&str| {
        let (at, what) = line.split_once(' ').expect("address and content");
        let (row, col) = place(at).expect("an address");
        let formula = what.strip_prefix('=').map(str::to_owned);
        let value = match (what, Plain::parse(what)) {
            (_, Some(number)) => Value::Number(number),
            _ if formula.is_some() => Value::Missing,
            _ if what.starts_with('#') => Value::Error,
            _ => Value::Text,
        };
        SheetCell {
            row,
            col,
            text: what.to_owned(),
            formula,
            value,
            ..SheetCell::default()
        }
    };
    Sheet {
        name: "表".to_owned(),
        cells: lines.iter().map(cell).collect(),
        ..Sheet::default()
    }
}

fn sheets(lines: &[&str]) -> Vec<Sheet> {
    let second = Sheet {
        name: "附 2".to_owned(),
        ..laid(&["A1 40", "A2 2.5"])
    };
    vec![laid(lines), second]
}

/// The values of formulas, put into Z1, Z2, … of a sheet with these cells; empty where there is none.
fn values(lines: &[&str], formulas: &[&str]) -> Vec<String> {
    let mut all = sheets(lines);
    for (at, formula) in (0u32..).zip(formulas) {
        all[0].cells.push(SheetCell {
            row: at,
            col: 25,
            formula: Some((*formula).to_owned()),
            value: Value::Missing,
            ..SheetCell::default()
        });
    }
    let mut assembly = Assembly::default();
    let print = |_: u32, number: &Plain| number.general();
    let _ = compute(&mut all, &print, &mut Spending::default(), &mut assembly);
    let made = all[0].cells.iter().skip(lines.len());
    made.map(|c| c.text.clone()).collect()
}

#[track_caller]
fn check(formula: &str, value: &str) {
    let cells = [
        "A1 10", "A2 2.5", "A3 \"甲", "A4 -3", "B1 4", "B2 0.1", "B4 1", "C1 #REF!", "D1 \"5",
    ];
    assert_eq!(values(&cells, &[formula]), [value], "{formula}");
}

#[test]
fn arithmetic_follows_the_precedence_of_spreadsheets() {
    check("1+2*3-4/8", "6.5");
    check("-2^2", "4");
    check("2^-1", "0.5");
    check("2^3^2", "64");
    check("(A1+B1)*50%", "7");
    check("A1-A2-A4", "10.5");
    check("A1/A4", "-3.33333333333333");
    check("A1+-B1", "6");
    check("$A$1*B$2", "1");
    check("A9+1", "1");
    check("'附 2'!A1+A1", "50");
    check("1.5E-1*2", "0.3");
}

#[test]
fn functions_take_numbers_and_leave_texts_out() {
    check("SUM(A1:A4)", "9.5");
    check("SUM(A:A)-SUM(1:1)+14", "");
    check("SUM(A1:A4,B1:B4,1)", "15.6");
    check("sum(A4:A1)", "9.5");
    check("SUM('附 2'!A1:A2)", "42.5");
    check("AVERAGE(A1:A4)", "3.16666666666667");
    check("COUNT(A1:B4)", "6");
    check("MAX(A1:A4)-MIN(A1:A4)", "13");
    check("PRODUCT(A1:A2)", "25");
    check("SUMPRODUCT(A1:A4,B1:B4)", "37.25");
    check("SUBTOTAL(9,A1:A4)", "9.5");
    check("ROUND(A1/3,2)", "3.33");
    check("ROUND(-2.5,0)", "-3");
    check("ROUND(1250,-2)", "1300");
    check("ROUNDUP(1.01,1)", "1.1");
    check("ROUNDDOWN(-1.09,1)", "-1");
    check("ABS(A4)", "3");
    check("IFERROR(A1/B1,\"\")", "2.5");
}

#[test]
fn what_is_not_sure_is_left_alone() {
    for formula in [
        "A1+A3",
        "SUM(A1:C1)",
        "A1/0",
        "IF(A1>1,1,2)",
        "A1&B1",
        "A1>B1",
        "合计",
        "[1]表!A1",
        "{1,2}",
        "A1:A4",
        "A1 A2",
        "IFERROR(A1/0,0)",
        "D1+1",
        "没有!A1",
        "表[列]",
        "ROUND(A1,99)",
        "2^1000",
        "9^64*9^64",
        "SUM()",
        "SUM(A1,)",
        "(A1",
        "A1)",
        "",
        "=",
        "SUM",
        "SUBTOTAL(1,A3)",
        "AVERAGE(A3)",
        "VLOOKUP(A1,A:B,2,0)",
        "A1#",
        "TRUE+1",
    ] {
        check(formula, "");
    }
}

#[test]
fn subtotals_leave_each_other_out_and_hidden_rows_too() {
    let lines = [
        "A1 1",
        "A2 2",
        "A3 =SUBTOTAL(9,A1:A2)",
        "A4 4",
        "A5 =SUBTOTAL(109,A1:A4)",
        "A6 =SUBTOTAL(9,A1:A4)",
    ];
    let run = |hidden: Vec<u32>| {
        let mut all = sheets(&lines);
        all[0].hidden_rows = hidden;
        let mut assembly = Assembly::default();
        let _ = compute(&mut all, &|_, n| n.general(), &mut Spending::default(), &mut assembly);
        let shown: Vec<String> = all[0].cells.iter().map(|c| c.text.clone()).collect();
        shown[2..].join(" ")
    };
    assert_eq!(run(vec![]), "3 4 7 7");
    // A row hidden by hand counts for 9, one hidden by a filter does not: nobody can tell.
    assert_eq!(run(vec![3]), "3 4 3 =SUBTOTAL(9,A1:A4)");
}

#[test]
fn circles_and_long_chains_end() {
    assert_eq!(values(&[], &["Z2", "Z1", "Z1+1", "Z4", "1+1"]), ["", "", "", "", "2"]);
    let chain: Vec<String> = (1..100_000)
        .map(|n| format!("Z{}+1", n + 1))
        .chain(["1".to_owned()])
        .collect();
    let chain: Vec<&str> = chain.iter().map(String::as_str).collect();
    assert_eq!(values(&[], &chain)[0], "100000");
    // Each sums all before it: far too much to look at.
    let growing: Vec<String> = (1..5_000).map(|n| format!("SUM(Z$1:Z{n})")).collect();
    let growing: Vec<String> = std::iter::once("1".to_owned()).chain(growing).collect();
    let growing: Vec<&str> = growing.iter().map(String::as_str).collect();
    let found = values(&[], &growing);
    assert_eq!((found[1].as_str(), found[4_999].as_str()), ("1", ""));
}

#[test]
fn deep_and_wide_formulas_are_bounded() {
    let deep = "(".repeat(5000) + "1" + &")".repeat(5000);
    let signs = "-".repeat(8000) + "1";
    let wide = "1+".repeat(4000) + "1";
    let powers = "1^".repeat(4000) + "1";
    let found = values(&[], &[&deep, &signs, &wide, &powers]);
    assert_eq!(found, ["", "1", "4001", ""]);
}

/// Operation and values of the terms, those that are cells marked.
fn explained(formula: &str) -> String {
    let names = BTreeMap::new();
    let number = |text: &str| Content::Number(Plain::parse(text).and_then(|p| p.ratio()).expect("a number"));
    let column = |col: u32, list: [&'static str; 3]| (0u32..).zip(list).map(move |(row, n)| (row, col, number(n)));
    let mut cells = Cells::default();
    cells.add_sheet(vec![], column(0, ["10", "2.5", "3"]).chain(column(1, ["4", "5", "6"])));
    let tree = parse(formula, 0, &names).expect("a formula");
    let Some((operation, parts)) = explain(&mut cells, &tree) else {
        return String::new();
    };
    let shown: Vec<String> = parts
        .iter()
        .map(|p| {
            let value = Plain::of(p.value).expect("a number").general();
            p.cell.map_or(format!("({value})"), |(_, row, col)| address(row, col))
        })
        .collect();
    format!("{operation:?} {}", shown.join(" "))
}

#[test]
fn formulas_are_explained_by_what_a_person_would_check() {
    let check = |formula: &str, expected: &str| assert_eq!(explained(formula), expected, "{formula}");
    check("SUM(A1:A2,B3)", "Sum A1 A2 B3");
    check("A1+B1+1", "Sum A1 B1 (1)");
    check("ROUND(SUM(A1:A3),1)", "Sum A1 A2 A3");
    check("A1*0.4+B1*0.6", "Sum (4) (2.4)");
    check("A1-B1-B2", "Difference A1 B1 B2");
    check("A1+A2-B1", "Sum A1 A2 (-4)");
    check("A1/B1", "Quotient { scale: 1 } A1 B1");
    check("ROUND(A1/(B1+B2)*100,2)", "Quotient { scale: 100 } A1 B1 B2");
    check("SUM(A1:A2)/SUM(B1:B2)", "Quotient { scale: 1 } (12.5) B1 B2");
    check("IFERROR(A1/B1,0)", "Quotient { scale: 1 } A1 B1");
    check("(A1-B1)/B1", "Growth A1 B1");
    check("A1/B1-1", "Growth A1 B1");
    check("(A1-B1)/B1*100", "Growth A1 B1");
    check("AVERAGE(A1:A3)", "Mean (15.5) (3)");
    check("B2", "Same B2");
    for other in ["A1*B1", "MAX(A1:A3)", "A1/B1/B2", "A1/B1*7", "COUNT(A1:A3)"] {
        check(other, "");
    }
}
