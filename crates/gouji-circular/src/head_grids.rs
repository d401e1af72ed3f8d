//! Grids of a letterhead: index tables of a page, and the mark of several issuers.

use gouji_document::{Document, Grid, Text};

use crate::organ::is_organ;
use crate::page::Page;
use crate::parts::squash;
use crate::{Circular, Reason, chrome};

fn grid_at(document: &Document, idx: usize) -> Option<&Grid> {
    match document.blocks.get(idx) {
        Some(gouji_document::Block::Table(grid)) => Some(grid),
        _ => None,
    }
}

/// Whether the grid is the index table (索引号, 发布机构 …) of a page.
pub(crate) fn is_index_grid(document: &Document, idx: usize) -> bool {
    grid_at(document, idx)
        .is_some_and(|g| g.cells.len() <= 60 && chrome::is_index_table(g.cells.iter().map(|c| document.quote(c.span))))
}

/// Cells of the largest table that is a mark: a dozen names, and 文件.
const MAX_MARK_CELLS: usize = 16;

/// Whether a table above the title is the mark of several issuers (联合行文, §7.2.4): their names, and 文件 beside them.
pub(crate) fn is_joint_mark(document: &Document, idx: usize) -> bool {
    let Some(grid) = grid_at(document, idx).filter(|g| g.cells.len() <= MAX_MARK_CELLS) else {
        return false;
    };
    let mut organs = 0;
    grid.cells
        .iter()
        .flat_map(|cell| document.quote(cell.span).lines())
        .map(squash)
        .filter(|line| !line.is_empty())
        .all(|line| {
            organs += usize::from(is_organ(&line));
            line == "文件" || is_organ(&line)
        })
        && organs >= 2
}

/// The mark in such a table on one line: the names with 、 between them, 文件 behind.
pub(crate) fn joint_mark(document: &Document, idx: usize, circular: &Circular) -> Option<Text> {
    let grid = grid_at(document, idx)?;
    let cuts = circular.cut_out();
    let mut mark = Text::default();
    let mut file = Text::default();
    for cell in &grid.cells {
        let text = crate::parts::clean(&document.text, cell.span, &cuts);
        let mut from = 0;
        for line in text.as_str().split_inclusive('\n') {
            let name = text.slice(from..from + line.len()).trimmed();
            from += line.len();
            if name.is_empty() {
                continue;
            }
            if squash(&name) == "文件" {
                file.append(&name);
                continue;
            }
            if !mark.is_empty() {
                mark.push_synthetic("、");
            }
            mark.append(&name);
        }
    }
    mark.append(&file);
    Some(mark)
}

/// Sets the cells of an index table aside, and takes the day of publication from them.
pub(crate) fn discard_grid(document: &Document, idx: usize, circular: &mut Circular, page: &mut Page) {
    let Some(grid) = grid_at(document, idx) else { return };
    let cuts = circular.cut_out();
    let mut text = Text::default();
    for cell in &grid.cells {
        let piece = crate::parts::clean(&document.text, cell.span, &cuts);
        if !text.is_empty() && !piece.is_empty() {
            text.push_synthetic(" ");
        }
        text.append(&piece);
    }
    page.read(&text, circular.discarded.len());
    if circular.published.is_none() {
        circular.published = chrome::published(&text);
    }
    crate::panels::discard(text, Reason::PageChrome, &mut circular.discarded);
}
