//! The tables of a block of bars with a row on each line: captions and notes set apart, heads over several columns laid, rows that
//! lost a merged cell put right.

use gouji_document::Text;

use super::proof::{Facts, is_total_label};
use super::{
    bars, figures, is_caption, joined, laid_out, lost_cells, one_head, sequence, spans, strings, table_of, unspaced,
};
use crate::Table;
use crate::grid::{NOTE, UNIT_LINE};

/// The tables of rows without their trailing empty cells.
pub(super) fn tables(mut rows: Vec<Vec<Text>>, in_sequence: bool) -> Vec<Table> {
    if in_sequence {
        let cells = rows.pop().unwrap_or_default();
        let cells: Vec<&Text> = cells.iter().collect();
        return match sequence::solve(&strings(&cells), true) {
            Some(layout) => {
                let mut table = laid_out(&cells, &layout);
                table.notes.extend(cells[layout.used..].iter().map(|t| (*t).clone()));
                vec![table]
            }
            None => Vec::new(),
        };
    }
    let mut out: Vec<Table> = Vec::new();
    let unit_line = take_unit_line(&mut rows);
    let widest = rows.iter().map(Vec::len).max().unwrap_or(0);
    if widest < 2 || rows.len() < 2 && bars::labelled(&rows[0]).is_none() {
        return out;
    }
    let mut caption: Option<Text> = None;
    let mut body: Vec<Vec<Text>> = Vec::new();
    let mut header: Option<Vec<Text>> = None;
    let mut rows = rows.into_iter();
    while let Some(row) = rows.next() {
        if header.is_none() {
            if let Some((labels, values)) = bars::labelled(&row) {
                let mut table = table_of(labels, vec![values]);
                table.caption = caption.take();
                out.push(table);
            } else if let (true, Some(table)) = (bars::is_remark(&row), out.last_mut()) {
                table.notes.push(remark(row));
            } else if row.len() == 1 && caption.is_none() {
                caption = row.into_iter().next();
            } else if is_data_row(&row, rows.as_slice()) {
                header = Some(vec![Text::default(); row.len()]);
                body.push(row);
            } else {
                header = Some(row);
            }
            continue;
        }
        if body.is_empty() && caption.is_none() && row.len() == 1 && is_caption(row[0].as_str()) {
            caption = row.into_iter().next();
            continue;
        }
        body.push(row);
    }
    let Some(mut header) = header else {
        if let (Some(text), Some(table)) = (caption, out.last_mut()) {
            table.notes.push(text);
        }
        return out;
    };
    let mut notes = Vec::new();
    while body
        .last()
        .is_some_and(|r| NOTE.is_match(r[0].as_str()) && body.len() > 1)
    {
        if let Some(row) = body.pop() {
            notes.push(remark(row));
        }
    }
    notes.reverse();
    let n_cols = body.iter().map(Vec::len).max().unwrap_or(0).max(header.len());
    if let Some(heads) = one_head::heads(&header, &body, n_cols) {
        header = heads;
        body.drain(..2);
    } else if let Some(heads) = spanned(&header, &body, n_cols) {
        header = heads;
        body.remove(0);
    }
    let copies = lost_cells::mend(&mut header, &mut body, n_cols);
    header.resize(n_cols, Text::default());
    if body.len() >= 2 && is_second_header(&header, &body[0]) {
        join_headers(&mut header, body.remove(0));
    }
    // A total whose merged serial cell was dropped gets it back.
    let named = body
        .iter()
        .filter(|r| r.get(1).is_some_and(|c| !figures::is_numeric(c)))
        .count()
        * 2
        > body.len();
    // 排位 1, 2, 3 …: a first column of numbers before names, whatever its head.
    let numbered = |r: &Vec<Text>| r.len() < n_cols || figures::is_total(&r[0]) || figures::serial(&r[0]).is_some();
    let serial = figures::is_serial_head(&header[0])
        || named
            && body.len() >= 3
            && body.iter().all(numbered)
            && body.iter().any(|r| figures::serial(&r[0]).is_some());
    // The first column of figures behind the names.
    let is_figures = |col: &usize| {
        let told = body
            .iter()
            .filter(|r| r.len() == n_cols && figures::is_numeric(&r[*col]));
        told.count() * 2 > body.len()
    };
    let figures_from = (1..n_cols).find(is_figures).unwrap_or(1);
    for row in &mut body {
        // Its row may have been filled up at the end instead.
        let filled_up = named && row.len() == n_cols && row.last().is_some_and(|c| c.trim().is_empty());
        if filled_up && figures::is_total(&row[0]) && figures::is_numeric(&row[1]) {
            row.pop();
        }
        // One that kept its place as an empty cell is whole: what is short then is an empty last cell.
        let kept = row.get(1).is_some_and(|cell| cell.trim().is_empty());
        let short = row.len() + 1 == n_cols && n_cols >= 3 && !kept;
        if figures::is_total(&row[0]) {
            let unnamed = named && row.len() < n_cols && row.get(1).is_some_and(|c| figures::is_numeric(c));
            if serial && (short || unnamed) {
                row.insert(0, Text::default());
            }
            // 合计 | 31 | 223 below names in the second column, and remarks in the last that a total has none of.
            let label = usize::from(row[0].is_empty());
            while unnamed && row.len() < n_cols && row.get(figures_from - 1).is_some_and(|c| figures::is_numeric(c)) {
                row.insert(label + 1, Text::default());
            }
        }
        row.resize(n_cols, Text::default());
    }
    let mut table = table_of(header, body);
    for (row, col) in copies {
        table.rows[row].cells[col].filled = true;
    }
    table.caption = caption;
    table.unit_line = unit_line;
    table.notes = notes;
    out.push(table);
    out
}

fn is_data_row(first: &[Text], below: &[Vec<Text>]) -> bool {
    fn words(row: &[Text]) -> Vec<&str> {
        row.iter().map(Text::as_str).collect()
    }
    let below: Vec<Vec<&str>> = below.iter().take(8).map(|r| words(r)).collect();
    figures::is_data_row(&words(first), &below)
}

/// The unit above a table, alone in its first row (单位：万元 at the right end).
fn take_unit_line(rows: &mut Vec<Vec<Text>>) -> Option<Text> {
    let mut told = rows.first()?.iter().filter(|c| !c.is_empty());
    let unit = told.next().filter(|c| UNIT_LINE.is_match(c.as_str()))?.clone();
    if told.next().is_some() || rows.len() < 3 {
        return None;
    }
    rows.remove(0);
    Some(unit)
}

/// The heads of a header in two rows that lost what they span: 单位 | 本月 | 上月 above 任务数 | 完成数 | 完成率, over five columns.
fn spanned(header: &[Text], body: &[Vec<Text>], n_cols: usize) -> Option<Vec<Text>> {
    let below = body.first()?;
    let words = |row: &[Text]| row.iter().all(|t| !t.is_empty() && !figures::is_numeric(t));
    let deep = header.len() < n_cols && header.len() + below.len() > n_cols;
    if body.len() < 3 || !deep || !words(header) || !words(below) {
        return None;
    }
    let all: Vec<&Text> = header.iter().chain(below).collect();
    let cells = strings(&all);
    let (upper, lower): (Vec<usize>, Vec<usize>) = (0..cells.len()).partition(|i| *i < header.len());
    let plain = body[1..]
        .iter()
        .filter(|r| r.len() == n_cols && !is_total_label(&r[0]))
        .map(|r| r.iter().map(Text::as_str).collect())
        .collect();
    let layout = spans::compose(&cells, &upper, &lower, n_cols, &Facts::new(plain, n_cols))?;
    let mut claimed = vec![false; all.len()];
    let heads = layout.iter().map(|c| unspaced(&joined(&all, c, &mut claimed)));
    Some(heads.collect())
}

/// Whether `row` is the lower half of a header of two rows: it fills each gap of the upper one, in words, and leaves the first
/// column to it.
fn is_second_header(header: &[Text], row: &[Text]) -> bool {
    let cell = |col: usize| row.get(col).map_or("", |t| t.as_str());
    let mut gaps = (0..header.len()).filter(|&c| header[c].is_empty()).peekable();
    gaps.peek().is_some()
        && !header[0].is_empty()
        && cell(0).is_empty()
        && gaps.all(|c| !cell(c).is_empty())
        && row.iter().all(|t| !figures::is_numeric(t))
}

/// Joins the two rows of a header; a head that spanned several columns stands in each of them, claimed once.
fn join_headers(header: &mut [Text], row: Vec<Text>) {
    let mut above = String::new();
    for (name, below) in header.iter_mut().zip(row) {
        if name.is_empty() {
            name.push_synthetic(&above);
        } else {
            name.as_str().clone_into(&mut above);
        }
        name.append(&below);
    }
}

fn remark(row: Vec<Text>) -> Text {
    let mut out = Text::default();
    for cell in row {
        if !out.is_empty() && !cell.is_empty() {
            out.push_synthetic(" ");
        }
        out.append(&cell);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> Vec<String> {
        let rows = source
            .lines()
            .map(|l| l.split('|').map(|c| Text::synthetic(c.trim())).collect())
            .collect();
        let table = tables(rows, false).pop().expect("a table");
        let line = |cells: Vec<&str>| cells.join("|");
        let mut out = vec![line(table.header.iter().map(Text::as_str).collect())];
        let mark = |c: &crate::Cell| if c.filled { "^" } else { "" };
        out.extend(table.rows.iter().map(|r| {
            let cells: Vec<String> = r
                .cells
                .iter()
                .map(|c| format!("{}{}", c.text.as_str(), mark(c)))
                .collect();
            cells.join("|")
        }));
        out
    }

    #[test]
    fn heads_over_groups_of_unlike_size() {
        let table = "单位|3月完成情况|2月完成数|增/减\n任务数|完成数|完成率|（件）|幅度\n甲区|200|210|105.00%|212|-2|-0.94%\n乙区|140|147|105.00%|140|7|5.00%\n丙区|100|98|98.00%|99|-1|-1.01%";
        assert_eq!(
            read(table)[0],
            "单位|3月完成情况任务数|3月完成情况完成数|3月完成情况完成率|2月完成数|增/减（件）|增/减幅度"
        );
        // Nothing tells where the groups end.
        let open = "单位|一类|二类|三类\n甲|乙|丙|丁|戊\n东镇|2|3|4|5|6|7\n西镇|1|2|3|4|5|6\n南镇|3|3|3|3|3|3";
        assert_eq!(read(open)[0], "单位|一类|二类|三类|||");
    }

    #[test]
    fn heads_in_three_rows_below_one() {
        let table = "情况|申请人\n自然人|法人或其他组织|总计\n企业|机构|其他\n一、新收|58|7|0|1|66\n二、结转|2|0|0|0|2\n三、办理结果|（一）予以公开|12|1|0|0|13\n（二）不予公开|属于秘密|0|0|0|0|0\n其他|1|0|0|0|1";
        assert_eq!(
            read(table)[..3],
            [
                "情况||自然人|法人或其他组织企业|法人或其他组织机构|法人或其他组织其他|总计",
                "一、新收||58|7|0|1|66",
                "二、结转||2|0|0|0|2"
            ]
        );
        // As many figures as the heads do not answer for.
        let open = table.replace("企业|机构|其他", "企业|机构");
        assert_eq!(read(&open)[0], "情况|申请人|||||");
    }

    #[test]
    fn a_total_filled_up_at_its_end() {
        let table = "序号|品类|批次|不合格|不合格率\n1|糕点|200|1|0.50\n2|酒类|100|2|2.00\n總計|300|3|1.00|";
        assert_eq!(read(table)[3], "|總計|300|3|1.00");
        // Its last cell is empty, and the name has its place.
        let open = "序号|品类|批次|不合格|备注\n1|糕点|200|1|已报\n2|酒类|100|2|已报\n合计||300|3|";
        assert_eq!(read(open)[3], "合计||300|3|");
    }

    #[test]
    fn a_unit_alone_in_the_first_row() {
        let rows = ["||单位：万元", "项目|合计|专项", "公用|312|300", "招待|29|28"];
        let rows = rows.map(|l| l.split('|').map(Text::synthetic).collect()).to_vec();
        let table = tables(rows, false).pop().expect("a table");
        assert_eq!(table.unit_line.expect("a unit").as_str(), "单位：万元");
        assert_eq!(table.header[0].as_str(), "项目");
    }

    #[test]
    fn a_total_without_its_name_and_its_remark() {
        let table = "序号|组别|人数|天数|去处\n1|甲团|4|40|外省\n2|乙团|3|30|外省\n3|丙团|2|20|外省\n合计|9|90";
        assert_eq!(read(table)[4], "|合计|9|90|");
        let open = "片区|组别|人数|天数|去处\n东片|甲团|4|40|外省\n西片|乙团|3|30|外省\n南片|丙团|2|20|外省\n合计|9|90";
        assert_eq!(read(open)[4], "合计||9|90|");
    }

    #[test]
    fn figures_behind_names_of_unlike_number() {
        let table = "情况|申请人\n一、新收|58|7|65\n二、结转|2|0|2\n三、办理结果|（一）予以公开|12|1|13\n（二）不予公开|属于秘密|0|0|0\n其他|1|0|1";
        assert_eq!(
            read(table)[1..],
            [
                "一、新收||58|7|65",
                "二、结转||2|0|2",
                "三、办理结果|（一）予以公开|12|1|13",
                "（二）不予公开|属于秘密|0|0|0",
                "其他||1|0|1"
            ]
        );
    }

    #[test]
    fn rows_below_a_merged_name_behind_their_numbers() {
        let table = "序号|种类|镇|样品数|不合格|合格率|品种\n1|种植业|甲镇|7|0|100%|豇豆\n2|乙镇|4|1|75%|豇豆、丝瓜\n3|丙镇|10|0|100%\n1|畜禽业|甲镇|9|0|100%|鸡肉\n乙镇|3|0|100%|鸭蛋\n合计|33|1|97%";
        assert_eq!(
            read(table)[1..],
            [
                "1|种植业|甲镇|7|0|100%|豇豆",
                "2|种植业^|乙镇|4|1|75%|豇豆、丝瓜",
                "3|种植业^|丙镇|10|0|100%|",
                "1|畜禽业|甲镇|9|0|100%|鸡肉",
                "|畜禽业^|乙镇|3|0|100%|鸭蛋",
                "|合计||33|1|97%|"
            ]
        );
        // The last cell may be what is wanting: then the names say so.
        let remarks = "序号|种类|镇|样品数|备注\n1|种植业|甲镇|7|已报\n2|种植业|乙镇|4\n3|畜禽业|丙镇|10|已报";
        assert_eq!(read(remarks)[2], "2|种植业|乙镇|4|");
    }

    #[test]
    fn rows_below_a_merged_name() {
        let table =
            "分类|甲所|乙所|丙所\n转办|来电|12|9|7\n来信|8|3|1\n小计|20|12|8\n办理|按时|20|11|8\n延时\n合计|20|12|8";
        assert_eq!(
            read(table),
            [
                "分类|分类|甲所|乙所|丙所",
                "转办|来电|12|9|7",
                "转办^|来信|8|3|1",
                "转办^|小计|20|12|8",
                "办理|按时|20|11|8",
                "办理^|延时|||",
                "合计||20|12|8"
            ]
        );
        // A row that lacks its last figure is no row of a group.
        let plain = "单位|受理|办结|备注\n甲镇|12|9|已报\n乙镇|8|3\n丙镇|2|1|已报";
        assert_eq!(read(plain)[2], "乙镇|8|3|");
    }
}
