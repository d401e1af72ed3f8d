//! Words that headers, labels and clauses have in common.

/// Longest texts that are compared, in characters.
const MAX_CHARS: usize = 30;

/// Words that two texts may share without speaking of the same thing.
const COMMON: &[&str] = &[
    "单位", "情况", "工作", "信息", "数量", "我县", "我市", "我区", "全县", "全市", "全区", "政府", "部门", "县直",
    "市直", "有关", "本次", "其中", "网站", "政务", "公开", "总数", "累计", "平台",
];

/// The longest run of characters that both texts hold, and its length in characters.
fn longest(a: &[char], b: &[char]) -> (usize, usize) {
    let mut best = (0, 0);
    let mut row = vec![0_usize; b.len() + 1];
    for (i, ca) in a.iter().enumerate() {
        let mut diagonal = 0;
        for (j, cb) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if ca == cb { diagonal + 1 } else { 0 };
            if row[j + 1] > best.1 {
                best = (i + 1 - row[j + 1], row[j + 1]);
            }
            diagonal = above;
        }
    }
    best
}

/// Length in characters of the longest run that both texts share.
pub(crate) fn shared(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().take(MAX_CHARS).collect();
    let b: Vec<char> = b.chars().take(MAX_CHARS).collect();
    longest(&a, &b).1
}

/// As [`shared`], but 0 for a run of words that mean nothing by themselves (单位, 情况). Of a long text its end counts.
pub(crate) fn affinity(clause: &str, header: &str) -> usize {
    let a: Vec<char> = clause
        .chars()
        .rev()
        .take(MAX_CHARS)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let b: Vec<char> = header.chars().take(MAX_CHARS).collect();
    let (at, len) = longest(&a, &b);
    let run: String = a[at..at + len].iter().collect();
    if len < 2 || COMMON.contains(&run.as_str()) {
        0
    } else {
        len
    }
}

/// Whether a label speaks of what failed (不合格, 未办结, 逾期).
pub(crate) fn negated(text: &str) -> bool {
    ["不", "未", "非", "逾期", "超期", "超时"]
        .iter()
        .any(|w| text.contains(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_common() {
        assert_eq!(shared("合格批次数", "产品合格"), 2);
        assert_eq!(shared("甲乙", "丙丁"), 0);
        assert_eq!(affinity("收到网民来信", "收到来信"), 2);
        assert_eq!(affinity("涉及单位", "责任单位"), 0);
    }

    #[test]
    fn contraries() {
        assert!(negated("不合格") && negated("逾期办结") && !negated("合格"));
    }
}
