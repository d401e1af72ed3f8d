//! Rows of a block of bars that lost a cell, because it was merged with the one above it.

use gouji_document::Text;

use super::align::{Kind, kinds};
use super::figures;
use super::proof::is_total_label;
use crate::parts::squash;

/// Puts the cells of rows where they belong, and gives the places (row and column) of the names that were copied from above.
pub(super) fn mend(header: &mut Vec<Text>, body: &mut [Vec<Text>], n_cols: usize) -> Vec<(usize, usize)> {
    let mut copies = groups(header, body, n_cols);
    if copies.is_empty() {
        copies = numbered_groups(header, body, n_cols);
    }
    if copies.is_empty() {
        align_figures(body, n_cols);
    }
    copies
}

fn is_word(cell: &Text) -> bool {
    !cell.is_empty() && !figures::is_numeric(cell)
}

/// Puts the name of a group before the rows below its first one:
/// 转办 | 来电 | 12 above 来信 | 8. A total's name spans both columns of names, but 小计 belongs to the group.
fn groups(header: &mut Vec<Text>, body: &mut [Vec<Text>], n_cols: usize) -> Vec<(usize, usize)> {
    let named = |r: &[Text], n: usize| r.len() >= n && r[..n].iter().all(is_word) && !r[n..].iter().any(is_word);
    let whole = |r: &[Text]| named(r, 2) && matches!(r.len(), 2) | (r.len() == n_cols);
    let short = |r: &[Text]| named(r, 1) && (r.len() == 1 || r.len() + 1 == n_cols);
    let full = body.iter().filter(|r| whole(r) && r.len() == n_cols).count();
    let lost = body
        .iter()
        .filter(|r| short(r) && r.len() > 1 && !is_total_label(&r[0]))
        .count();
    let fits = n_cols >= 4 && header.len() + 1 >= n_cols && header.iter().all(|t| !figures::is_numeric(t));
    if !fits
        || full == 0
        || lost == 0
        || !body.first().is_some_and(|r| whole(r))
        || !body.iter().all(|r| whole(r) || short(r))
    {
        return Vec::new();
    }
    if header.len() < n_cols {
        let copy = Text::synthetic(header[0].as_str());
        header.insert(1, copy);
    }
    let (mut copies, mut group) = (Vec::new(), String::new());
    for (idx, row) in body.iter_mut().enumerate() {
        if whole(row) {
            row[0].as_str().clone_into(&mut group);
        } else if is_total_label(&row[0]) && !squash(&row[0]).ends_with("小计") {
            row.insert(1, Text::default());
        } else {
            row.insert(0, Text::synthetic(&group));
            copies.push((idx, 0));
        }
    }
    copies
}

/// The same behind a serial number: 1 | 种植业 | 甲镇 | 7 above 2 | 乙镇 | 4. The column of figures says that it is the name of the group which is lost.
fn numbered_groups(header: &[Text], body: &mut [Vec<Text>], n_cols: usize) -> Vec<(usize, usize)> {
    let cell = |r: &[Text], col: usize| r.get(col).map_or("", |t| t.as_str()).to_owned();
    let serial = |r: &[Text]| cell(r, 0).is_empty() || figures::serial(&cell(r, 0)).is_some();
    let total = |r: &[Text]| is_total_label(&cell(r, 0)) || is_total_label(&cell(r, 1));
    let whole = |r: &[Text]| serial(r) && r.len() >= 4 && r[1..3].iter().all(is_word);
    let headed = header.len() == n_cols && n_cols >= 5 && figures::is_serial_head(&header[0]);
    let regular: Vec<Vec<&str>> = body
        .iter()
        .filter(|r| whole(r) && r.len() == n_cols)
        .map(|r| r.iter().map(Text::as_str).collect())
        .collect();
    if !headed || regular.is_empty() {
        return Vec::new();
    }
    let kinds = kinds(&regular, n_cols);
    if kinds[3] != Kind::Figure {
        return Vec::new();
    }
    let fits = |text: &Text, kind: Kind| match kind {
        _ if figures::is_nothing(text) => true,
        Kind::Figure => figures::is_numeric(text),
        Kind::Words => !figures::is_numeric(text),
        Kind::Mixed => true,
    };
    // How many cells a row lost before its own name: that of the group, and its empty serial number with it.
    let lost = |r: &[Text]| {
        let name = usize::from(serial(r));
        let behind = || {
            r[name + 1..]
                .iter()
                .zip(&kinds[3..])
                .all(|(text, kind)| fits(text, *kind))
        };
        let short = (name + 2..n_cols).contains(&r.len()) && is_word(&r[name]) && figures::is_numeric(&r[name + 1]);
        (short && behind()).then_some(2 - name)
    };
    let plain = || body.iter().filter(|r| !total(r));
    let n_short = plain().filter(|r| lost(r).is_some()).count();
    let settled = |r: &Vec<Text>| whole(r) || lost(r).is_some();
    if n_short < 2 || !body.first().is_some_and(|r| whole(r)) || !plain().all(settled) {
        return Vec::new();
    }
    let (mut copies, mut group) = (Vec::new(), String::new());
    for (idx, row) in body.iter_mut().enumerate() {
        if whole(row) {
            row[1].as_str().clone_into(&mut group);
        } else if let Some(n) = lost(row).filter(|_| !total(row)) {
            if n == 2 {
                row.insert(0, Text::default());
            }
            row.insert(1, Text::synthetic(&group));
            copies.push((idx, 1));
        }
    }
    copies
}

/// Most cells of words before the figures of a row.
const MAX_LABELS: usize = 3;

/// Puts figures below each other where all rows end in as many of them and begin with one to three cells of words, since merged names
/// are lost: 一、新收 | 58 | 7 | 65 above 三、办理结果 | （一）予以公开 | 2 | 1 | 3.
fn align_figures(body: &mut [Vec<Text>], n_cols: usize) {
    let figures = |row: &[Text]| row.iter().rev().take_while(|c| figures::is_numeric(c)).count();
    let worded = |row: &[Text], n: usize| {
        let labels = &row[..row.len().saturating_sub(n)];
        (1..=MAX_LABELS).contains(&labels.len()) && labels.iter().all(|c| !c.is_empty() && !figures::is_numeric(c))
    };
    let told: Vec<(usize, usize)> = body
        .iter()
        .map(|row| (row.len(), figures(row)))
        .filter(|(_, n)| *n > 0)
        .collect();
    let Some(n_figures) = told.first().map(|(_, n)| *n).filter(|n| *n >= 3) else {
        return;
    };
    let alike = told.iter().all(|(_, n)| *n == n_figures);
    let short = told.iter().filter(|(len, _)| *len < n_cols).count();
    let whole = told.iter().filter(|(len, _)| *len == n_cols).count();
    if !alike || short == 0 || whole == 0 || told.len() < 4 {
        return;
    }
    if !body.iter().filter(|r| figures(r) > 0).all(|r| worded(r, n_figures)) {
        return;
    }
    for row in body.iter_mut().filter(|r| figures(r) > 0) {
        while row.len() < n_cols {
            row.insert(row.len() - n_figures, Text::default());
        }
    }
}
