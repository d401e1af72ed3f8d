//! What a single cell looks like: a figure, a serial number, a total's label, the first head of a table.

use std::sync::LazyLock;

use gouji_quantity::chinese_integer;
use regex::Regex;

use crate::parts::{squash, width};

static NUMERIC: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:[-−+－＋]?[\d０-９][\d０-９,，.．]*\s*(?:[%％‰]|个百分点|[件条个家次篇人分元起处批户项天日名宗期倍]|万元|亿元|批次|小时)?|",
        r"[—–\-/／]{1,3}|[-−]?\d+(?:\.\d+)?/\d+)$"
    ))
    .expect("a fixed pattern")
});

static HEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:序\s*[号號]|排\s*[名序]|名\s*次|编\s*号|位次|[Nn][Oo]\.?|月\s*份|时间|年度|年份|年龄段?|各(?:市|县|区|州|盟|乡|镇|街道|单位|部门)(?:[、/]?[市县区镇乡])?|季度|日期|街道|县区|区县|乡镇|指标|项目|栏目|",
        r".{0,8}(?:单\s*位|部\s*门|名\s*称|姓\s*名|地\s*区|区\s*域|县[（(]?市?、?区[）)]?|县[（(](?:市|区)(?:、(?:市|区))?[）)]|乡镇（?街道）?|类\s*别|类\s*型|项\s*目|指\s*标|月\s*份|来\s*源|渠\s*道|方式|环节|主体|分\s*类))$"
    ))
    .expect("a fixed pattern")
});

/// Whether the cell holds a figure (or stands for none: `—`, `/`).
pub(crate) fn is_numeric(cell: &str) -> bool {
    NUMERIC.is_match(cell.trim())
}

/// Whether the cell is blank or says that there is nothing.
pub(crate) fn is_nothing(cell: &str) -> bool {
    matches!(cell.trim(), "" | "—" | "-" | "/" | "无" | "——" | "–" | "／")
}

/// The value of a serial number: `3`, `03`, `3.`, `三`.
pub(crate) fn serial(cell: &str) -> Option<i64> {
    let bare = cell.trim().trim_end_matches(['.', '．', '、']);
    if bare.is_empty() || bare.len() > 12 {
        return None;
    }
    if bare.bytes().all(|b| b.is_ascii_digit()) {
        return bare.parse().ok();
    }
    bare.chars()
        .all(|c| "一二三四五六七八九十百".contains(c))
        .then(|| chinese_integer(bare))
        .flatten()
}

/// Whether the head of a column of serial numbers.
pub(crate) fn is_serial_head(cell: &str) -> bool {
    matches!(
        squash(cell).replace('號', "号").as_str(),
        "序号" | "排名" | "名次" | "编号" | "排序" | "位次" | "No." | "NO." | "No" | "NO"
    )
}

/// Whether the first row of a table is one of its rows rather than its header: wherever the rows below hold figures it holds one too,
/// in two columns at least. Years and numbers at equal steps (2019 2018, 1 2 3) are heads.
pub(crate) fn is_data_row(first: &[&str], below: &[Vec<&str>]) -> bool {
    const PROBE: usize = 8;
    let figure = |cell: &str| is_numeric(cell) && cell.contains(|c: char| c.is_ascii_digit());
    let of_figures = |col: &usize| {
        let column = || below.iter().take(PROBE).filter_map(|r| r.get(*col));
        column().any(|c| figure(c)) && column().all(|c| c.trim().is_empty() || is_numeric(c))
    };
    let columns: Vec<usize> = (1..first.len()).filter(of_figures).collect();
    let told: Vec<&str> = columns
        .iter()
        .map(|c| first[*c].trim())
        .filter(|c| !is_nothing(c))
        .collect();
    let named = first.iter().any(|c| !c.trim().is_empty() && !is_numeric(c));
    if below.len() < 2 || !named || told.len() < 2 || !told.iter().all(|c| figure(c)) {
        return false;
    }
    let whole: Option<Vec<i64>> = told.iter().map(|c| c.parse().ok()).collect();
    whole.is_none_or(|n| {
        let years = n.iter().all(|v| (1900..2100).contains(v));
        let steps = n.windows(2).all(|w| w[1].checked_sub(w[0]) == n[1].checked_sub(n[0]));
        !(years || n == [1, 2] || steps && n.len() > 2)
    })
}

/// Whether a table can begin with this cell.
pub(crate) fn is_first_head(cell: &str) -> bool {
    width(cell) <= 12 && HEAD.is_match(cell.trim())
}

/// Whether the cell labels a total.
pub(crate) fn is_total(cell: &str) -> bool {
    // A page in traditional characters writes 總計.
    matches!(
        squash(cell).replace('計', "计").replace('總', "总").as_str(),
        "合计"
            | "总计"
            | "小计"
            | "共计"
            | "累计"
            | "总数"
            | "平均"
            | "平均值"
            | "平均分"
            | "全县合计"
            | "全市合计"
            | "全区合计"
            | "全省合计"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells() {
        for cell in ["12", "1,204.50", "98.6%", "３", "-2", "—", "12件", "4/5"] {
            assert!(is_numeric(cell), "{cell}");
        }
        for cell in ["10月", "甲镇", "", "12345热线", "第3"] {
            assert!(!is_numeric(cell), "{cell}");
        }
        assert_eq!(serial("十二"), Some(12));
        assert_eq!(serial("07"), Some(7));
        assert_eq!(serial("1a"), None);
        assert!(is_first_head("办理单位") && is_first_head("序 号") && !is_first_head("我们要压实责任"));
        assert!(is_first_head("县(市、区)") && is_first_head("县（市、区）"));
        let below = [vec!["乙镇", "5", "2"], vec!["丙镇", "8", ""]];
        assert!(
            is_data_row(&["甲镇", "3", "1"], &below)
                && is_data_row(
                    &["甲镇", "3", "—", "7"],
                    &[vec!["乙镇", "5", "2", "1"], vec!["丙镇", "8", "2", "1"]]
                )
        );
        for head in [
            ["县区", "2031", "2030"],
            ["县区", "1", "2"],
            ["县区", "受理", "1"],
            ["", "3", "4"],
        ] {
            assert!(!is_data_row(&head, &below), "{head:?}");
        }
        assert!(is_serial_head("序號") && is_total("總計") && is_first_head("各县区") && !is_first_head("各县区要"));
        assert!(is_total("合 计") && !is_total("合计金额较大"));
    }
}
