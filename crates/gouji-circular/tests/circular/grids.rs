use gouji_document::{Block, Cell, Document, Format, Grid, Hidden, Paragraph, Span};

use super::{headings, parsed, rows};

/// Builds a document of lines and grids. In a grid, `^` continues the cell above and `<` the cell to the left.
#[derive(Default)]
struct Builder {
    text: String,
    blocks: Vec<Block>,
}

impl Builder {
    fn line(mut self, line: &str) -> Self {
        let start = self.text.len();
        self.text.push_str(line);
        self.blocks.push(Block::Paragraph(Paragraph {
            span: Span::new(start, self.text.len()),
            ..Paragraph::default()
        }));
        self.text.push('\n');
        self
    }

    fn grid(mut self, drawing: &str) -> Self {
        let start = self.text.len();
        let lines: Vec<Vec<&str>> = drawing.split('\n').map(|l| l.split('|').collect()).collect();
        let n_cols = lines.iter().map(Vec::len).max().unwrap_or(0);
        let mut cells: Vec<Cell> = Vec::new();
        let mut owner = vec![vec![0usize; n_cols]; lines.len()];
        for (row, line) in lines.iter().enumerate() {
            for (col, word) in line.iter().enumerate() {
                let idx = match *word {
                    "^" => owner[row - 1][col],
                    "<" => owner[row][col - 1],
                    _ => {
                        let at = self.text.len();
                        self.text.push_str(word);
                        cells.push(Cell {
                            row,
                            col,
                            row_span: 1,
                            col_span: 1,
                            span: Span::new(at, self.text.len()),
                            ..Cell::default()
                        });
                        self.text.push('\t');
                        cells.len() - 1
                    }
                };
                owner[row][col] = idx;
                let cell = &mut cells[idx];
                cell.row_span = cell.row_span.max(row + 1 - cell.row);
                cell.col_span = cell.col_span.max(col + 1 - cell.col);
            }
            self.text.push('\n');
        }
        self.blocks.push(Block::Table(Grid {
            span: Span::new(start, self.text.len()),
            n_rows: lines.len(),
            n_cols,
            cells,
            ..Grid::default()
        }));
        self
    }

    fn done(self) -> Document {
        Document {
            format: Format::Docx,
            text: self.text,
            blocks: self.blocks,
            encoding: None,
        }
    }
}

#[test]
fn header_of_two_rows_and_merged_cells() {
    let document = Builder::default()
        .line("关于检查情况的通报")
        .line("一、情况")
        .grid("检查得分统计表|<|<|<\n单位：分|<|<|<\n单位|上半年|<|备注\n^|网站|新媒体|^\n甲镇|90|80|优\n乙镇|70|60|^\n注：满分100分。|<|<|<")
        .line("二、要求")
        .done();
    let c = parsed(&document);
    let table = &c.tables[0];
    assert_eq!(table.caption.as_ref().map(|t| t.as_str()), Some("检查得分统计表"));
    assert_eq!(table.unit_line.as_ref().map(|t| t.as_str()), Some("单位：分"));
    assert_eq!(
        rows(table),
        ["单位|上半年网站|上半年新媒体|备注", "甲镇|90|80|优", "乙镇|70|60|优"]
    );
    assert!(table.rows[1].cells[3].filled && !table.rows[0].cells[3].filled);
    assert_eq!(table.notes.len(), 1);
    assert_eq!(headings(&c.body), ["一、情况", "二、要求"]);
}

#[test]
fn a_group_row_and_a_repeated_header() {
    let document = Builder::default()
        .line("关于检查情况的通报")
        .grid("指标|分值|得分\n政策解读|<|<\n解读材料|2|1\n指标|分值|得分\n互动交流|<|<\n信件办理|4|3")
        .done();
    let c = parsed(&document);
    assert_eq!(
        rows(&c.tables[0]),
        [
            "指标|分值|得分",
            "政策解读||",
            "解读材料|2|1",
            "互动交流||",
            "信件办理|4|3"
        ]
    );
    assert!(c.discarded.iter().any(|d| d.reason.name() == "repeated-header"));
}

#[test]
fn halves_of_a_grid_are_stacked() {
    let document = Builder::default()
        .grid("序号|单位|条数|序号|单位|条数\n1|甲镇|3|3|丙镇|5\n2|乙镇|4||| ")
        .done();
    let c = parsed(&document);
    assert_eq!(
        rows(&c.tables[0]),
        ["序号|单位|条数", "1|甲镇|3", "2|乙镇|4", "3|丙镇|5"]
    );
}

#[test]
fn an_index_grid_is_page_chrome_and_a_layout_grid_is_text() {
    let document = Builder::default()
        .grid("索引号：|001/2031|发布日期：|2031-04-09\n发布机构：|县府办|名称：|关于检查情况的通报")
        .grid("关于检查情况的通报\n各镇人民政府：\n一、情况")
        .line("共检查3家。")
        .done();
    let c = parsed(&document);
    assert!(c.tables.is_empty());
    assert_eq!(c.title.as_ref().map(|t| t.as_str()), Some("关于检查情况的通报"));
    assert_eq!(
        c.published.and_then(|d| d.date).map(|d| d.to_string()).as_deref(),
        Some("2031-04-09")
    );
    assert_eq!(headings(&c.body), ["一、情况"]);
}

#[test]
fn a_table_of_issuers_above_the_title_is_their_mark() {
    let document = Builder::default()
        .grid("清河县教育局|文件\n清河县财政局|^")
        .line("清教发〔2031〕8号")
        .line("关于检查情况的通报")
        .line("各镇人民政府：")
        .line("现将情况通报如下。")
        .done();
    let c = parsed(&document);
    assert_eq!(
        c.issuer_mark.as_ref().map(|t| t.as_str()),
        Some("清河县教育局、清河县财政局文件")
    );
    assert_eq!(c.title.as_ref().map(|t| t.as_str()), Some("关于检查情况的通报"));
    assert!(c.tables.is_empty());
    // One organ beside a figure is a table like any other.
    let document = Builder::default()
        .line("关于检查情况的通报")
        .grid("清河县教育局|清河县财政局\n12|13")
        .done();
    let c = parsed(&document);
    assert_eq!((c.issuer_mark, c.tables.len()), (None, 1));
}

#[test]
fn hidden_text_is_set_aside() {
    let mut document = Builder::default()
        .line("关于检查情况的通报")
        .line("暗藏的话")
        .line("一、情况")
        .done();
    if let Block::Paragraph(p) = &mut document.blocks[1] {
        p.hidden = Some(Hidden::Text);
    }
    let c = parsed(&document);
    assert_eq!(c.discarded[0].text.as_str(), "暗藏的话");
    assert_eq!(c.discarded[0].reason.name(), "hidden");
}
