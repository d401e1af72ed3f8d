//! # period-agree
//!
//! Title and text name different periods.
//!
//! 标题与正文所称的统计期不一致。
//!
//! ## What it checks
//!
//! The sentence that leads into the report (现将…通报如下) names the period of the title, or none of its kind.
//!
//! 引出正文的句子（现将……通报如下）所称时期，应与标题一致。
//!
//! ## Why it matters
//!
//! A circular made from the last one keeps the old quarter in one of the two places.
//!
//! 套用上期通报时，常有一处忘了改。
//!
//! ## Example
//!
//! 《关于2024年第二季度……的通报》：现将2024年第一季度情况通报如下。
//!
//! ## Correct
//!
//! 《关于2024年第二季度……的通报》：现将2024年第二季度情况通报如下。
//!
//! ## Not reported
//!
//! Sentences that name the title's period among others, periods of another length, and titles with several periods.
//!
//! 同句中也写有标题所称时期的，长短不同的时期，以及标题含多个时期的。
//!
//! ## Source
//!
//! Consistency within one document.
//!
//! 同一文件前后一致。

use gouji_quantity::{Period, scan_periods};

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::passages::{Role, sentence_around};
use crate::rules::Rule;

/// `period-agree`
pub(crate) const RULE: Rule = Rule {
    name: "period-agree",
    family: "date",
    severity: Severity::Warning,
    doc: include_str!("period_agree.rs"),
    check,
};

/// Whether two periods are of one length.
fn alike(a: Period, b: Period) -> bool {
    std::mem::discriminant(&a) == std::mem::discriminant(&b)
}

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let Some(title) = &cx.circular.title else { return };
    let titled = scan_periods(title, None);
    let [named] = titled.as_slice() else { return };
    let lead = cx
        .passages
        .iter()
        .filter(|p| p.role == Role::Paragraph && p.body == 0)
        .find_map(|p| p.text.find("通报如下").map(|at| (p, at)));
    let Some((passage, at)) = lead else { return };
    let sentence = sentence_around(passage.text, at);
    let found: Vec<_> = scan_periods(&passage.text[sentence.clone()], Some(named.period.months().0))
        .into_iter()
        .filter(|m| alike(m.period, named.period))
        .collect();
    let Some(last) = found.last() else { return };
    if found.iter().any(|m| m.period == named.period) {
        return;
    }
    let range = sentence.start + last.range.start..sentence.start + last.range.end;
    let (here, there) = (&passage.text[range.clone()], &title[named.range.clone()]);
    let zh = format!("标题为“{there}”，正文写作“{here}”");
    let en = format!("the title says {there}, the text {here}");
    let mut finding = Finding::plain(RULE.name, RULE.severity, passage.span(range.clone()), zh, en);
    finding.related.extend(title.source_span(named.range.clone()));
    finding.stated = Some(here.to_owned());
    finding.expected = Some(there.to_owned());
    out.push(finding);
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;

    fn found(title: &str, text: &str) -> Vec<String> {
        let mut sample = Sample::new();
        sample.title(title).paragraph(text);
        sample.found("period-agree")
    }

    #[test]
    fn fires_when_the_old_quarter_was_left() {
        assert_eq!(
            found(
                "关于2024年第二季度信息报送情况的通报",
                "现将2024年第一季度情况通报如下。"
            ),
            ["warning 标题为“2024年第二季度”，正文写作“2024年第一季度”"]
        );
    }

    #[test]
    fn silent_when_they_agree() {
        assert!(found("关于2024年第二季度信息报送情况的通报", "现将二季度情况通报如下。").is_empty());
    }

    #[test]
    fn near_miss_the_old_period_beside_the_new_or_in_another_sentence() {
        let title = "关于2024年第二季度信息报送情况的通报";
        assert!(found(title, "在第一季度基础上，现将第二季度情况通报如下。").is_empty());
        assert!(found(title, "第一季度已通报。现将情况通报如下。").is_empty());
        assert!(found(title, "现将4月情况通报如下。").is_empty());
    }
}
