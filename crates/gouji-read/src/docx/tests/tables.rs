//! Tables: merged cells, ragged rows, tables in cells.

use super::*;

#[test]
fn merged_cells_stand_once() {
    let body = format!(
        "<w:tbl><w:tblPr><w:jc w:val=\"center\"/></w:tblPr><w:tblGrid><w:gridCol/></w:tblGrid>{}{}{}</w:tbl>",
        row(&format!(
            "<w:trPr><w:tblHeader/></w:trPr>{}{}",
            tc(r#"<w:vMerge w:val="restart"/>"#, "单位"),
            tc(r#"<w:gridSpan w:val="2"/>"#, "数量")
        )),
        row(&format!(
            "{}{}{}",
            tc("<w:vMerge/>", ""),
            tc("", "受理"),
            tc("", "办结")
        )),
        row(&format!("{}{}{}", tc("", "甲镇"), tc("", "12"), tc("", "11"))),
    );
    let document = read(&body);
    assert_eq!(document.text, "单位\t数量\n受理\t办结\n甲镇\t12\t11");
    let grid = grid(&document, 0);
    assert_eq!((grid.n_rows, grid.n_cols, grid.header_rows), (3, 3, 1));
    assert_eq!(
        cells(&document, grid),
        [
            "0,0+2×1 单位",
            "0,1+1×2 数量",
            "1,1+1×1 受理",
            "1,2+1×1 办结",
            "2,0+1×1 甲镇",
            "2,1+1×1 12",
            "2,2+1×1 11"
        ]
    );
}

#[test]
fn ragged_and_broken_tables_become_full_grids() {
    let body = format!(
        "<w:tbl>{}{}{}</w:tbl>",
        row(&format!("<w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>{}", tc("", "甲"))),
        row(&format!(
            "{}{}",
            tc("<w:vMerge/>", "孤"),
            tc(r#"<w:hMerge w:val="restart"/>"#, "乙")
        )),
        row(&format!(
            "{}{}{}",
            tc(r#"<w:hMerge w:val="restart"/>"#, "丙"),
            tc("<w:hMerge/>", ""),
            tc("", "丁")
        )),
    );
    let document = read(&body);
    let grid = grid(&document, 0);
    assert!(grid.coverage().iter().all(Option::is_some));
    assert_eq!(
        cells(&document, grid),
        [
            "0,0+1×1 ",
            "0,1+1×1 甲",
            "0,2+1×1 ",
            "1,0+1×1 孤",
            "1,1+1×1 乙",
            "1,2+1×1 ",
            "2,0+1×2 丙",
            "2,2+1×1 丁"
        ]
    );
}

#[test]
fn nested_tables_follow_without_doubling_their_text() {
    let inner = format!("<w:tbl>{}</w:tbl>", row(&tc("", "内")));
    let outer = format!(
        "<w:tbl>{}</w:tbl>{}",
        row(&format!(
            "<w:tc>{}{inner}{}</w:tc>{}",
            p(&t("外一")),
            p(&t("外二")),
            tc("", "右")
        )),
        p(&t("后"))
    );
    let document = read(&outer);
    assert_eq!(document.text, "外一\n外二\t右\n内\n后");
    assert_eq!(cells(&document, grid(&document, 1)), ["0,0+1×1 内"]);
}

#[test]
fn deleted_rows_and_cells_are_left_out_and_formulas_kept() {
    let formula = "<w:tc><w:p><w:fldSimple w:instr=\"=SUM(ABOVE)\"><w:r><w:t>12</w:t></w:r></w:fldSimple></w:p></w:tc>";
    let body = format!(
        "<w:tbl>{}{}{}</w:tbl>",
        row(&tc("", "甲")),
        row(&format!("<w:trPr><w:del/></w:trPr>{}", tc("", "删"))),
        row(&format!("{formula}{}", tc("<w:cellDel/>", "删"))),
    );
    let document = read(&body);
    assert_eq!(document.text, "甲\n12");
    assert_eq!(grid(&document, 0).cells[1].formula.as_deref(), Some("=SUM(ABOVE)"));
}

#[test]
fn rows_and_cells_inside_content_controls_are_found() {
    let body = format!(
        "<w:tbl><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>{}</w:tbl>",
        row(&tc("", "甲")),
        row(&format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", tc("", "乙")))
    );
    assert_eq!(read(&body).text, "甲\n乙");
}

#[test]
fn a_tracked_merge_is_read_as_accepted() {
    let body = format!(
        "<w:tbl>{}{}</w:tbl>",
        row(&format!(
            "{}{}",
            tc(r#"<w:cellMerge w:vMerge="rest"/>"#, "甲"),
            tc("", "3")
        )),
        row(&format!(
            "{}{}",
            tc(r#"<w:cellMerge w:vMerge="cont"/>"#, ""),
            tc("", "4")
        ))
    );
    let document = read(&body);
    assert_eq!(
        cells(&document, grid(&document, 0)),
        ["0,0+2×1 甲", "0,1+1×1 3", "1,1+1×1 4"]
    );
}
