//! What the columns of a table hold, by their header words and their contents.

use std::sync::LazyLock;

use gouji_quantity::{Magnitude, Unit, UnitClass};
use regex::Regex;

use super::sheet::{Content, Course, Sheet, squash};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColumnKind {
    /// 序号
    Serial,
    /// 排名
    Rank,
    /// Names of the rows, or other text.
    Text,
    /// Counts and amounts: they add up.
    Count,
    /// 得分、分值: they add up across.
    Score,
    /// A rate or share, in percent.
    Rate,
    /// 同比、环比 in percent.
    Growth,
    /// 平均、人均、生师比: does not add up.
    Mean,
    /// Numbers that are no quantities: dates, codes, years.
    Code,
}

/// A column.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    /// Header without white space and without the unit in brackets.
    pub header: String,
    pub kind: ColumnKind,
    /// By the header, the line above the table, or the cells.
    pub unit: Option<Unit>,
    /// 万 or 亿 of the header's unit.
    pub magnitude: Magnitude,
}

impl Column {
    /// Whether the header speaks of a share of the whole (占比) rather than of a rate.
    pub fn is_share(&self) -> bool {
        self.kind == ColumnKind::Rate
            && (self.header.starts_with('占')
                || ["占比", "比重", "比例", "百分比", "构成", "份额"]
                    .iter()
                    .any(|w| self.header.contains(w)))
    }
}

static UNIT_IN_BRACKETS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[（(]\s*(?:单位[:：])?\s*([^（）()]{1,8}?)\s*[)）]").expect("a constant pattern"));

static UNIT_LINE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"单位[:：]\s*([^\s，,、；;（）()/]{1,6})\s*[)）]?$").expect("a constant pattern"));

/// A line that gives several units: 单位：件、万元.
static UNIT_LIST: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"单位[:：]\s*([^\s，,；;（）()]{3,16})\s*[)）]?$").expect("a constant pattern"));

/// The unit of a column among several that stand above the table: that of money for what is money, the one other for what is
/// counted.
fn of_several(units: &[(Magnitude, Unit)], header: &str) -> Option<(Magnitude, Unit)> {
    let money = MONEY.iter().any(|w| header.contains(w));
    let mut fitting = units.iter().filter(|(_, u)| (u.class == UnitClass::Money) == money);
    let only = fitting.next()?;
    fitting.next().is_none().then(|| only.clone())
}

/// Words of headers that speak of money.
const MONEY: &[&str] = &[
    "损失", "金额", "资金", "投资", "罚款", "罚没", "赔偿", "经费", "产值", "收入", "支出",
];

/// Whether a name speaks of money: 会议经费, 公务接待费合计. What is complained of (消费, 收费) is counted.
pub(super) fn of_money(name: &str) -> bool {
    let bare = name.trim_end_matches("合计").trim_end_matches("小计");
    let counted = ["消费", "收费", "免费"].iter().any(|w| bare.ends_with(w));
    !counted && (MONEY.iter().any(|w| bare.contains(w)) || bare.ends_with('费') || bare.ends_with("费用"))
}

/// A unit word with its magnitude: 万元, 件, %; `None` for anything else.
fn unit_word(word: &str) -> Option<(Magnitude, Unit)> {
    // A change in per cent is printed with both signs: （±%）.
    let word = word.trim_start_matches(['±', '+', '-', '－', '﹢', '＋']).trim_start();
    let whole = |rest: &str| {
        Unit::at_start(rest)
            .filter(|(_, len)| *len == rest.len())
            .map(|(unit, _)| unit)
    };
    // 千瓦时 begins as a magnitude does.
    if let Some(unit) = whole(word) {
        return Some((Magnitude::One, unit));
    }
    let magnitudes = [
        ("亿", Magnitude::Yi),
        ("万", Magnitude::Wan),
        ("千", Magnitude::Thousand),
    ];
    magnitudes
        .into_iter()
        .find_map(|(w, m)| Some((m, whole(word.strip_prefix(w)?)?)))
}

/// Whether a name carries a unit in brackets: 抽查网站（家）.
pub(super) fn unit_in_brackets(name: &str) -> bool {
    UNIT_IN_BRACKETS.captures_iter(name).any(|c| unit_word(&c[1]).is_some())
}

/// The unit that a name carries in its last brackets: 万元 of 挽回损失（万元）.
pub(super) fn bracketed_unit(name: &str) -> Option<(Magnitude, Unit)> {
    UNIT_IN_BRACKETS
        .captures_iter(name)
        .filter_map(|c| unit_word(&c[1]))
        .last()
}

/// Reads all columns of a sheet.
pub(crate) fn read(sheet: &Sheet<'_>) -> Vec<Column> {
    let line_unit = sheet
        .table
        .unit_line
        .as_ref()
        .and_then(|line| UNIT_LINE.captures(line.trim()).and_then(|c| unit_word(&c[1])));
    let listed: Vec<(Magnitude, Unit)> = sheet
        .table
        .unit_line
        .as_ref()
        .and_then(|line| UNIT_LIST.captures(line.trim()))
        .and_then(|c| c[1].split(['、', '/', '／']).map(unit_word).collect())
        .unwrap_or_default();
    // 单位：% above the table: what its columns do not say otherwise is in per cent.
    let percent_line = line_unit.as_ref().is_some_and(|(_, u)| u.class == UnitClass::Percent);
    (0..sheet.n_cols())
        .map(|col| {
            let printed = squash(&sheet.table.header[col]);
            // A unit in brackets may have lost the closing one: 同比(%.
            let mut header = match printed.strip_suffix(['%', '％']) {
                Some(rest) if rest.ends_with(['(', '（']) => format!("{printed}）"),
                _ => printed.clone(),
            };
            let printed = header.clone();
            let mut own = None;
            for found in UNIT_IN_BRACKETS.captures_iter(&printed) {
                if let Some(unit) = unit_word(&found[1]) {
                    own = Some(unit);
                    header = header.replacen(&found[0], "", 1);
                }
            }
            let tally = Tally::of(sheet, col);
            let points = own.as_ref().is_some_and(|(_, u)| u.class == UnitClass::Points) || printed.contains("百分点");
            let percent_header = match &own {
                Some((_, unit)) => points || unit.class == UnitClass::Percent,
                None => points || percent_line && !header_counts(&header) && !header.contains('分'),
            };
            let kind = kind(&header, percent_header, &tally, col);
            let unit = own.or_else(|| {
                let several = || of_several(&listed, &header).filter(|_| listed.len() >= 2);
                line_unit
                    .clone()
                    .filter(|_| !header_counts(&header))
                    .or_else(several)
                    .filter(|_| kind == ColumnKind::Count)
            });
            let (magnitude, unit) = unit.map_or((Magnitude::One, None), |(m, u)| (m, Some(u)));
            Column {
                header,
                kind,
                unit,
                magnitude,
            }
        })
        .collect()
}

/// Whether a header says by itself that it counts (项目数, 件数), so that the table's 单位：万元 is not its unit.
fn header_counts(header: &str) -> bool {
    [
        "数量",
        "件数",
        "个数",
        "户数",
        "人数",
        "条数",
        "次数",
        "家数",
        "宗数",
        "项目数",
    ]
    .iter()
    .any(|w| header.ends_with(w))
}

/// How many cells of a column hold what.
struct Tally {
    numbers: usize,
    percents: usize,
    /// Numbers with decimals.
    decimals: usize,
    texts: usize,
    /// Numbers with a mark of their way (↑, 下降).
    marked: usize,
    /// The numbers run 1, 2, 3, … from the top.
    runs: bool,
}

impl Tally {
    fn of(sheet: &Sheet<'_>, col: usize) -> Self {
        let mut tally = Self {
            numbers: 0,
            percents: 0,
            decimals: 0,
            texts: 0,
            marked: 0,
            runs: true,
        };
        for row in 0..sheet.n_rows() {
            match sheet.content(row, col) {
                Content::Blank => {}
                Content::Text => tally.texts += 1,
                Content::Number(n) => {
                    tally.numbers += 1;
                    tally.percents += usize::from(n.percent);
                    tally.marked += usize::from(n.course != Course::Unmarked);
                    tally.decimals += usize::from(n.value.scale() > 0);
                    tally.runs &= n.value == gouji_quantity::Decimal::from(tally.numbers);
                }
            }
        }
        tally
    }
}

/// Words of a column of changes.
const CHANGES: &[&str] = &[
    "同比",
    "环比",
    "增长",
    "增幅",
    "增速",
    "升降",
    "增减",
    "变化",
    "下降",
    "上升",
    "较上",
    "比上",
    "较去",
    "变动",
    "涨跌",
    "增/减幅",
    "增／减幅",
    "增/减率",
    "升/降",
    "增/降",
    "幅度",
];

fn kind(header: &str, percent_header: bool, tally: &Tally, col: usize) -> ColumnKind {
    let has = |words: &[&str]| words.iter().any(|w| header.contains(w));
    if has(&["序号", "项次"]) || matches!(header, "序" | "No" | "No." | "NO" | "NO.") {
        return ColumnKind::Serial;
    }
    // Figures that say which way they went are changes, whatever they are changes of.
    let moves = |least: usize| tally.marked * least > tally.numbers && tally.numbers * 2 > tally.texts;
    if moves(2) && has(CHANGES) {
        return ColumnKind::Growth;
    }
    if has(&["排名", "名次", "位次", "排位", "排序"]) {
        return ColumnKind::Rank;
    }
    if header.is_empty() && col == 0 && tally.runs && tally.numbers >= 3 {
        return ColumnKind::Serial;
    }
    if tally.numbers == 0 || tally.numbers * 5 < (tally.numbers + tally.texts) * 3 {
        return ColumnKind::Text;
    }
    // 来电电话数量 counts what 电话 alone would number.
    let counted = ["数", "数量", "总量", "件", "次"].iter().any(|w| header.ends_with(w));
    if !counted
        && has(&[
            "日期",
            "时间",
            "年份",
            "月份",
            "电话",
            "代码",
            "编码",
            "编号",
            "号码",
            "邮编",
            "文号",
            "批号",
            "证号",
            "联系方式",
            "网址",
            "手机",
        ])
        || matches!(header, "年度" | "月" | "年" | "季度" | "期数" | "期号")
    {
        return ColumnKind::Code;
    }
    // A bare 同比 or 环比 over figures with decimals is in per cent, whatever the header leaves out.
    let bare_change = (header.ends_with("同比") || header.ends_with("环比")) && tally.decimals > 0;
    let percents =
        percent_header || bare_change || header.ends_with(['%', '％', '‰']) || tally.percents * 2 > tally.numbers;
    // A bare 增/减 may have lost its place above 件 and 幅度, unless it brings its own unit.
    let change = has(CHANGES) || percent_header && has(&["增/减", "增／减"]);
    if moves(2) || moves(10) && change {
        return ColumnKind::Growth;
    }
    if change && (percents || has(&["率", "幅", "速"])) {
        return ColumnKind::Growth;
    }
    let score = header.ends_with('分') && !has(&["百分"])
        || has(&["得分", "分值", "总分", "评分", "扣分", "加分", "积分", "分数", "成绩"]);
    if score && !percents {
        return ColumnKind::Score;
    }
    // 投诉率（‰）, 申诉率（百万分之）: what stands in brackets is no other measure.
    let bare = header
        .strip_suffix(['）', ')'])
        .and_then(|h| h.rfind(['（', '(']))
        .map_or(header, |at| &header[..at]);
    if percents
        || bare.ends_with('率')
        || has(&["占比", "比重", "百分比", "所占比例", "满意度"])
        || header.ends_with("比例")
    {
        return ColumnKind::Rate;
    }
    if per_many(bare) {
        return ColumnKind::Mean;
    }
    if ratio_of_two(bare) && tally.decimals > 0 {
        return ColumnKind::Mean;
    }
    if has(&["平均", "人均", "均值", "户均", "单价", "均价", "日均", "月均"]) {
        return ColumnKind::Mean;
    }
    if has(&["单位名称", "姓名", "名称", "备注", "说明"]) {
        return ColumnKind::Text;
    }
    ColumnKind::Count
}

/// Whether a header is that of how many there are for so many people: 每万人床位数, 百万人口报告数.
fn per_many(header: &str) -> bool {
    let each = ["每万", "每十万", "每百万", "每千", "每百"]
        .iter()
        .any(|w| header.contains(w));
    let people = ["百万人口", "十万人口", "万人口", "千人口"]
        .iter()
        .any(|w| header.starts_with(w));
    (each || people) && !header.contains("以上") && !header.contains("以下")
}

/// Whether a header is that of how many of one thing there are for one of another: 生师比, 学生与专任教师比.
fn ratio_of_two(header: &str) -> bool {
    let others = [
        "占比",
        "同比",
        "环比",
        "百分比",
        "构成比",
        "对比",
        "评比",
        "增比",
        "占总比",
    ];
    header.ends_with('比') && !others.iter().any(|w| header.ends_with(w))
}

/// The column whose cells name the rows: the first of text that is not a serial or rank.
pub(crate) fn label_column(columns: &[Column]) -> Option<usize> {
    let named = |c: &Column| matches!(c.kind, ColumnKind::Text);
    columns
        .iter()
        .position(named)
        .or_else(|| columns.iter().position(|c| c.kind == ColumnKind::Code))
}

#[cfg(test)]
mod tests {
    use crate::table::{relations, rig};

    #[test]
    fn a_unit_line_of_per_cent_is_that_of_the_columns() {
        let table = "单位：%\n地区|质量|服务|价格\n甲镇|29.2|60.0|10.8\n乙镇|31.9|57.6|10.5\n丙镇|31.6|56.0|12.4\n丁镇|34.5|53.6|11.9";
        let found = rig::lines(table, relations);
        assert!(
            found.contains(&"share-sum? 100% <- 31.9 57.6 10.5 ok".to_owned()),
            "{found:#?}"
        );
        let other = rig::lines(&table.replace("单位：%", "单位：件"), relations);
        assert!(other.iter().all(|l| !l.starts_with("share-sum")), "{other:#?}");
    }

    #[test]
    fn what_there_is_for_each_is_not_added() {
        let table = "学段|学生数|教师数|生师比|每万人口学校数\n小学|1900|100|19.00|3\n初中|1350|90|15.00|2\n高中|600|50|12.00|1\n合计|3850|240|16.04|2";
        let found = rig::lines(table, relations);
        assert!(found.contains(&"average? 12.00 <- 600 50 ok".to_owned()), "{found:#?}");
        assert!(
            found.contains(&"average? 16.04 <- 3850 240 ok".to_owned()),
            "{found:#?}"
        );
        assert!(found.iter().all(|l| l.ends_with("ok")), "{found:#?}");
        let wrong = rig::lines(&table.replace("15.00", "15.60"), relations);
        assert!(
            wrong.contains(&"average? 15.60 <- 1350 90 BAD".to_owned()),
            "{wrong:#?}"
        );
        // 占比 is a share of the whole.
        let share = "学段|学生数|占比\n小学|1900|49.35\n初中|1350|35.06\n高中|600|15.58\n合计|3850|100.00";
        assert!(rig::lines(share, relations).iter().all(|l| !l.starts_with("average")));
    }
}
