//! # text-copied
//!
//! A section on problems or requirements is word for word that of the circular before.
//!
//! 本期“存在问题”“工作要求”等部分与上期文字雷同。
//!
//! ## What it checks
//!
//! Of two circulars that follow one another, sections whose headings tell of problems, reasons, requirements or next steps, with
//! numbers, dates and punctuation left out. At least nine tenths of the runs of five characters of the later one stand in one
//! section of the earlier one.
//!
//! 相邻两期通报中标题含“问题、原因、要求、措施、下一步”等的部分，略去数字、日期、标点后，九成以上文字相同。
//!
//! ## Why it matters
//!
//! What was found this time is not described; last period's text was taken over, perhaps with its figures and names.
//!
//! 照抄上期，未反映本期实际，也可能连带抄错数据和单位名称。
//!
//! ## Example
//!
//! 3月、4月通报的“二、存在问题”一节除个别数字外一字不差。
//!
//! ## Correct
//!
//! 各期分别写明当期发现的问题。
//!
//! ## Not reported
//!
//! Sections that give figures or name units (their words are the same in each issue of a series), short ones, and issues that do
//! not follow one another.
//!
//! 通报数据的部分（各期行文本来相同）、篇幅很短的部分，以及不相邻的两期。
//!
//! ## Source
//!
//! Shares of common runs of characters (shingles), as used to find near-duplicates of documents.
//!
//! 以连续五字片段的重合率判定雷同，为文本查重通行做法。

use crate::model::Severity;
use crate::rules::Rule;
use crate::series::{Pair, SeriesFinding};

/// `text-copied`
pub(crate) const RULE: Rule = Rule {
    name: "text-copied",
    family: "archive",
    severity: Severity::Note,
    doc: include_str!("text_copied.rs"),
    check: super::of_no_single_circular,
};

/// Fewest per cent of a section that stand in the other one.
const LEAST: usize = 90;

pub(crate) fn check(pair: &Pair<'_>, out: &mut Vec<SeriesFinding>) {
    if !pair.follows() || pair.later.digest == pair.earlier.digest {
        return;
    }
    let copied: Vec<&str> = (pair.later.passages.iter())
        .filter(|p| pair.earlier.passages.iter().any(|e| p.percent_in(e) >= LEAST))
        .map(|p| p.heading.as_str())
        .collect();
    if copied.is_empty() {
        return;
    }
    let (path, headings) = (&pair.other().path, copied.join("”“"));
    let zh = format!("“{headings}”部分与相邻一期（{path}）雷同，略去数字后九成以上文字相同");
    let en = format!(
        "the section “{}” is that of the period beside ({path}): more than nine tenths of its words are the same",
        copied.join("”, “")
    );
    out.push(Pair::whole(RULE.name, RULE.severity, zh, en));
}

#[cfg(test)]
mod tests {
    use crate::series::Issue;
    use crate::series::tests::{found, issue};

    const PROBLEMS: &str = "部分乡镇对群众反映的诉求重视不够，签收工单后迟迟不派人到现场查看，答复内容照搬政策条文，没有回应群众真正关心的事情；\
        个别部门以不属于本单位职责为由反复退单，造成工单在几个单位之间来回流转，群众多次来电催问；还有一些单位回访走过场，电话打不通就按满意登记，\
        事后抽查时发现不少群众对办理结果并不知情，影响了热线的公信力。";

    fn of(period: &str, heading: &str, text: &str) -> Issue {
        let mut issue = issue(period, &[], &[]);
        issue.add_passage(heading, text);
        issue
    }

    #[test]
    fn fires_for_a_section_taken_over() {
        let later = PROBLEMS.replace("几个", "3个");
        assert_eq!(
            found(
                "text-copied",
                vec![
                    of("2031-03", "二、存在问题", PROBLEMS),
                    of("2031-04", "二、存在问题", &later)
                ]
            ),
            ["note “二、存在问题”部分与相邻一期（2031-03.txt）雷同，略去数字后九成以上文字相同"]
        );
    }

    #[test]
    fn silent_for_a_section_of_its_own() {
        let own = "网站检索功能时好时坏，输入标题也查不到已经公布的文件；部分栏目名称与内容不符，把会议消息放进政策解读；图片没有说明文字，盲人\
            使用读屏软件时无从得知内容；附件多为扫描件，无法复制；留言答复用语生硬，且未注明经办科室和联系方式，群众还得另行打听；个别单位把测试页面\
            直接挂在首页，长达数周无人清理，直到本次检查才撤下。";
        assert!(
            found(
                "text-copied",
                vec![
                    of("2031-03", "二、存在问题", PROBLEMS),
                    of("2031-04", "二、存在问题", own)
                ]
            )
            .is_empty()
        );
    }

    #[test]
    fn near_miss_half_a_section_another_kind_of_section_or_a_period_between() {
        let half = format!(
            "{}{}",
            &PROBLEMS[..PROBLEMS.len() / 6 * 3],
            PROBLEMS.chars().rev().collect::<String>()
        );
        let pairs = [
            ("2031-04", "二、存在问题", half.as_str()),
            ("2031-04", "一、办理情况", PROBLEMS),
            ("2031-05", "二、存在问题", PROBLEMS),
        ];
        for (period, heading, text) in pairs {
            let issues = vec![of("2031-03", heading, PROBLEMS), of(period, heading, text)];
            assert!(found("text-copied", issues).is_empty(), "{period} {heading}");
        }
    }
}
