//! The form of single texts: brackets, labels, blanks, punctuation.

use gouji_standard::{HalfChars, TITLE_LINE_WIDEST};

use super::range::ranges;
use crate::measure::{is_han, width};
use crate::title::{ORGAN_ENDS, subject_at};

/// §7.2.5: hexagonal brackets around the year.
pub(super) fn document_number(number: &str) -> String {
    let number = number.trim();
    let chars: Vec<char> = number.chars().collect();
    let year_at = chars.windows(6).position(|w| {
        matches!(w[0], '〔' | '[' | '［' | '（' | '(' | '【' | '﹝')
            && w[1..5].iter().all(char::is_ascii_digit)
            && matches!(w[5], '〕' | ']' | '］' | '）' | ')' | '】' | '﹞')
    });
    chars
        .iter()
        .enumerate()
        .map(|(idx, c)| match year_at {
            Some(at) if idx == at => '〔',
            Some(at) if idx == at + 5 => '〕',
            _ => *c,
        })
        .collect()
}

/// Labels in the width of the standard: 一、（一）1.（1）. The kind of label stays what it is.
pub(super) fn heading_label(label: &str) -> String {
    let label = label.trim();
    let digits = label.chars().any(|c| c.is_ascii_digit());
    label
        .chars()
        .map(|c| match c {
            '(' => '（',
            ')' => '）',
            '．' => '.',
            ',' | '，' if !digits => '、',
            other => other,
        })
        .collect()
}

/// A text that stands on one line: no breaks, no blanks between Chinese characters.
pub(super) fn one_line(text: &str) -> String {
    let text = prose(text);
    let chars: Vec<char> = text.chars().collect();
    let narrow = |c: Option<&char>| c.is_some_and(|c| c.is_ascii_graphic());
    chars
        .iter()
        .enumerate()
        .filter(|(at, c)| !c.is_whitespace() || *at > 0 && narrow(chars.get(at - 1)) && narrow(chars.get(at + 1)))
        .map(|(_, c)| if c.is_whitespace() { ' ' } else { *c })
        .collect()
}

/// A title on one line. Several issuers stay parted by a blank where they stand on a line together.
pub(super) fn title(text: &str) -> String {
    let (organs, subject) = text.split_at(subject_at(text).unwrap_or(0));
    let names: Vec<String> = organs.split_whitespace().map(one_line).collect();
    let is_name =
        |name: &String| ORGAN_ENDS.iter().any(|end| name.ends_with(end)) && width(name) >= HalfChars::chars(4);
    let parted = names.join(" ");
    if names.len() < 2 || !names.iter().all(is_name) || width(&parted) > TITLE_LINE_WIDEST {
        return one_line(text);
    }
    parted + &one_line(subject)
}

/// Running text: single blanks, punctuation in full width beside Chinese characters, ranges with their marks.
pub(crate) fn prose(text: &str) -> String {
    without_loose_blanks(&full_width(&ranges(&single_blanks(text))))
}

/// Full-width marks bring their own room with them: no blank stands before them, and none behind those that part sentences and items. Behind
/// a colon one may keep a field of a form apart.
fn without_loose_blanks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let mut before_mark = || chars.peek().is_some_and(|next| "，。；：！？、".contains(*next));
        let behind_mark = || out.ends_with(['，', '。', '；', '！', '？', '、']);
        if c == ' ' && (behind_mark() || before_mark()) {
            continue;
        }
        out.push(c);
    }
    out
}

/// No blanks at the ends and none doubled; line breaks stay.
fn single_blanks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pending: Option<char> = None;
    for c in text.trim().chars() {
        if c == '\r' {
            continue;
        }
        if c.is_whitespace() {
            pending = match (pending, c) {
                (Some('\n'), _) | (_, '\n') => Some('\n'),
                (None, '\u{3000}') => Some('\u{3000}'),
                (None, _) | (Some(_), _) => Some(' '),
            };
        } else {
            out.extend(pending.take());
            out.push(c);
        }
    }
    out
}

/// Whether a character makes its neighbourhood Chinese text. The marks that are themselves widened do not count, so that a second
/// pass finds nothing that the first did not.
fn chinese(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3001}'..='\u{3011}' | '“' | '”' | '…' | '—')
}

fn full_width(text: &str) -> String {
    if !text.contains(['(', ')', ',', ';', ':', '?', '!', '"']) {
        return text.to_owned();
    }
    let mut chars: Vec<char> = text.chars().collect();
    quotes(&mut chars);
    let narrow = chars.clone();
    brackets(&mut chars);
    let mut chars = without_orphans(&chars, &narrow);
    let narrow = chars.clone();
    let in_chinese = chars.iter().any(|c| is_han(*c));
    for at in 0..chars.len() {
        let wide = match chars[at] {
            ',' => '，',
            ';' => '；',
            ':' => '：',
            '?' => '？',
            '!' => '！',
            _ => continue,
        };
        let before = at.checked_sub(1).map(|i| chars[i]);
        let after = chars.get(at + 1).copied();
        // Between two figures or Latin words (1,268 10:30 http:) the mark is theirs.
        let beside = |c: char| chinese(c) || matches!(c, '（' | '）');
        // No figure goes on behind its sign: 合格率90%,3个.
        let behind_share = || matches!(chars[at], ',' | ';') && matches!(before, Some('%' | '‰')) && in_chinese;
        if before.is_some_and(beside) || after.is_some_and(beside) || behind_share() {
            chars[at] = wide;
        }
    }
    without_orphans(&chars, &narrow).into_iter().collect()
}

/// The characters without the blanks that followed a mark in half width: they went with the half width.
fn without_orphans(chars: &[char], narrow: &[char]) -> Vec<char> {
    let widened = |at: usize| chars[at] != narrow[at] && chars[at] != '（';
    (0..chars.len())
        .filter(|at| !(chars[*at] == ' ' && *at > 0 && widened(at - 1)))
        .map(|at| chars[at])
        .collect()
}

/// Pairs of brackets that hold or touch Chinese text.
fn brackets(chars: &mut [char]) {
    let mut open: Vec<usize> = Vec::new();
    // Han characters before each position, to ask in one step whether a stretch has any.
    let mut han = 0;
    let mut han_before = Vec::with_capacity(chars.len());
    for at in 0..chars.len() {
        han_before.push(han);
        match chars[at] {
            '(' | '（' => open.push(at),
            ')' | '）' => {
                if let Some(start) = open.pop() {
                    let inside = han > han_before[start];
                    let beside =
                        start > 0 && chinese(chars[start - 1]) || chars.get(at + 1).copied().is_some_and(chinese);
                    if inside || beside || chars[start] == '（' || chars[at] == '）' {
                        chars[start] = '（';
                        chars[at] = '）';
                    }
                }
            }
            c if is_han(c) => han += 1,
            _ => {}
        }
    }
}

/// Straight quotation marks in pairs around Chinese text.
fn quotes(chars: &mut [char]) {
    let places: Vec<usize> = chars
        .iter()
        .enumerate()
        .filter(|(_, c)| **c == '"')
        .map(|(at, _)| at)
        .collect();
    if !places.len().is_multiple_of(2) {
        return;
    }
    for pair in places.chunks_exact(2) {
        if chars[pair[0] + 1..pair[1]].iter().any(|c| is_han(*c)) {
            chars[pair[0]] = '“';
            chars[pair[1]] = '”';
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn half_width_marks_in_chinese_text_are_widened() {
        assert_eq!(
            prose("共受理46件,办结46件(水务部门超期3件),办结率100%,按时办结率93.47%;其中:1,268件为咨询类。"),
            "共受理46件，办结46件（水务部门超期3件），办结率100%，按时办结率93.47%；其中：1,268件为咨询类。"
        );
        assert_eq!(prose("落实\"先审后发\"制度"), "落实“先审后发”制度");
        assert_eq!(prose("通报如下: 一"), "通报如下：一");
    }

    #[test]
    fn marks_of_figures_and_latin_text_stay() {
        for text in [
            "截至10:30，f(x)=3:1",
            "见https://a.example/x?y=1,2",
            "共1,268.50件",
            "5,6,7",
            "the \"A\" (b)",
        ] {
            assert_eq!(prose(text), text);
        }
    }

    #[test]
    fn commas_behind_shares_are_widened_in_chinese_text() {
        assert_eq!(prose("合格率为90%,3个未更新"), "合格率为90%，3个未更新");
        assert_eq!(prose("分别增长5%;6‰, 7%"), "分别增长5%；6‰，7%");
        // No Chinese text, a ratio, a figure.
        for text in ["5%,6%", "比为50%:30%", "共1,268件"] {
            assert_eq!(prose(text), text);
        }
    }

    #[test]
    fn full_width_marks_need_no_blanks() {
        assert_eq!(
            prose("增长6.4% ； 第三产业28.5亿元。 其中"),
            "增长6.4%；第三产业28.5亿元。其中"
        );
        assert_eq!(prose("一是更新 ,二是回应 。"), "一是更新，二是回应。");
        for text in ["负责人： 年 月", "办结 3 件", "A, B"] {
            assert_eq!(prose(text), text);
        }
    }

    #[test]
    fn document_numbers_get_hexagonal_brackets() {
        for number in [
            "青府办[2023]8号",
            "青府办（2023）8号",
            "青府办【2023】8号",
            "青府办〔2023〕8号",
        ] {
            assert_eq!(document_number(number), "青府办〔2023〕8号");
        }
        assert_eq!(document_number("青府办(8)号"), "青府办(8)号");
    }

    #[test]
    fn several_issuers_in_a_title_stay_parted() {
        for (before, after) in [
            (
                "青禾县教育局　青禾县林业局\n关于 检查情况的通报",
                "青禾县教育局 青禾县林业局关于检查情况的通报",
            ),
            ("青禾县 教育局关于检查情况的通报", "青禾县教育局关于检查情况的通报"),
            ("关于 检查 情况的通报", "关于检查情况的通报"),
            (
                "青禾县住房和城乡建设局 青禾县市场监督管理局关于检查情况的通报",
                "青禾县住房和城乡建设局青禾县市场监督管理局关于检查情况的通报",
            ),
        ] {
            assert_eq!(title(before), after);
            assert_eq!(title(after), after);
        }
    }

    #[test]
    fn labels_keep_their_kind() {
        for (before, after) in [
            ("(一)", "（一）"),
            ("1．", "1."),
            ("1、", "1、"),
            ("一,", "一、"),
            ("()", "（）"),
            ("(1)", "（1）"),
        ] {
            assert_eq!(heading_label(before), after);
        }
    }

    proptest! {
        /// Digits and the marks inside numbers survive, in order.
        #[test]
        fn figures_are_never_touched(text in "[0-9,.:%()（）件类月, \n\"“a~-]{0,60}") {
            let digits = |s: &str| s.chars().filter(char::is_ascii_digit).collect::<String>();
            let after = prose(&text);
            prop_assert_eq!(digits(&text), digits(&after));
            let grouped = |s: &str| {
                let c: Vec<char> = s.chars().collect();
                c.windows(3).filter(|w| w[0].is_ascii_digit() && w[2].is_ascii_digit() && ",.:".contains(w[1])).count()
            };
            prop_assert_eq!(grouped(&text), grouped(&after));
            prop_assert_eq!(prose(&after), after);
        }
    }
}
