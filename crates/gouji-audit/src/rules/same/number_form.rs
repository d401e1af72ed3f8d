//! # number-form
//!
//! Figures are printed in different forms.
//!
//! 数字形式不一。
//!
//! ## What it checks
//!
//! Over the circular: half-width or full-width digits, % or ％, thousands separators or none, but not both.
//!
//! 全文数字用半角或全角、百分号用%或％、千分位用或不用逗号，应当统一。
//!
//! ## Why it matters
//!
//! Mixed forms show where text of another hand was pasted.
//!
//! 形式不一往往说明有从别处粘贴来的文字。
//!
//! ## Example
//!
//! 受理1,357件，办结1250件。
//!
//! ## Correct
//!
//! 受理1268件，办结1250件。
//!
//! ## Not reported
//!
//! Numbers in names, dates and labels, and numbers below one thousand for the separator.
//!
//! 名称、日期、序号中的数字；不足一千的数不论千分位。
//!
//! ## Source
//!
//! GB/T 15835-2011 on figures in publications.
//!
//! 《出版物上数字用法》（GB/T 15835-2011）。

use gouji_ledger::{Figure, FigureClass};

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;
use crate::wording;

/// `number-form`
pub(crate) const RULE: Rule = Rule {
    name: "number-form",
    family: "same",
    severity: Severity::Note,
    doc: include_str!("number_form.rs"),
    check,
};

/// A way of printing and its counterpart, told of one figure; `None` where it makes no difference.
type Form = (fn(&str) -> Option<bool>, &'static str, &'static str);

const FORMS: [Form; 3] = [
    (full_width, "数字全角、半角混用", "full-width and half-width digits"),
    (wide_percent, "百分号%、％混用", "% and ％"),
    (
        separated,
        "千分位逗号用法不一",
        "thousands separators in some numbers only",
    ),
];

fn full_width(surface: &str) -> Option<bool> {
    if surface.contains(|c| ('０'..='９').contains(&c)) {
        return Some(true);
    }
    surface.contains(|c: char| c.is_ascii_digit()).then_some(false)
}

fn wide_percent(surface: &str) -> Option<bool> {
    if surface.contains('％') {
        return Some(true);
    }
    surface.contains('%').then_some(false)
}

fn separated(surface: &str) -> Option<bool> {
    let whole = wording::number_of(surface);
    let whole = whole.split(['.', '．']).next().unwrap_or("");
    let digits = whole.chars().filter(|c| c.is_numeric()).count();
    (digits >= 4).then(|| whole.contains([',', '，']))
}

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for (form, zh, en) in FORMS {
        let printed: Vec<(&Figure, bool)> = cx
            .ledger
            .figures
            .iter()
            .filter(|f| {
                matches!(
                    f.class,
                    FigureClass::Count | FigureClass::Money | FigureClass::Rate | FigureClass::Points
                )
            })
            .filter_map(|f| Some((f, form(&f.surface)?)))
            .collect();
        let yes = printed.iter().filter(|(_, is)| *is).count();
        if yes == 0 || yes == printed.len() {
            continue;
        }
        let rarer = yes * 2 <= printed.len();
        let (Some((odd, _)), Some((usual, _))) = (
            printed.iter().find(|(_, is)| *is == rarer),
            printed.iter().find(|(_, is)| *is != rarer),
        ) else {
            continue;
        };
        let zh = format!("{zh}，如{}与{}", odd.surface, usual.surface);
        let en = format!("{en}: {} and {}", odd.surface, usual.surface);
        let mut finding = Finding::plain(RULE.name, RULE.severity, odd.span, zh, en);
        finding.related = vec![usual.span];
        out.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;

    fn found(figures: &[&str]) -> Vec<String> {
        let mut sample = Sample::new();
        for figure in figures {
            sample.figure(figure, FigureClass::Count);
        }
        sample.found("number-form")
    }

    #[test]
    fn fires_on_mixed_forms() {
        assert_eq!(
            found(&["1,357件", "1250件", "2250件"]),
            ["note 千分位逗号用法不一，如1,357件与1250件"]
        );
        assert_eq!(found(&["９８件", "97件"]), ["note 数字全角、半角混用，如９８件与97件"]);
        assert_eq!(found(&["98%", "97％", "96％"]), ["note 百分号%、％混用，如98%与97％"]);
    }

    #[test]
    fn silent_on_one_form() {
        assert!(found(&["1,357件", "2,250件", "15件"]).is_empty());
    }

    #[test]
    fn near_miss_a_number_too_short_for_a_separator() {
        assert!(found(&["1,357件", "250件"]).is_empty());
    }
}
