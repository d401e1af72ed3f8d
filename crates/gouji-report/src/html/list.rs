//! Rows of the page's tables, as many as may be kept.

use maud::Markup;

/// Bytes of markup for each list of documents.
pub(super) const LIST_BUDGET: usize = 3 << 20;

/// Rows of a table that ends when its budget is spent; the rest is counted.
#[derive(Debug, Default)]
pub(super) struct List {
    pub(super) rows: String,
    shown: usize,
    pub(super) omitted: usize,
}

impl List {
    pub(super) fn push(&mut self, row: Markup) {
        if self.rows.len() + row.0.len() > LIST_BUDGET {
            self.omitted += 1;
        } else {
            self.rows.push_str(&row.0);
            self.shown += 1;
        }
    }

    pub(super) fn len(&self) -> usize {
        self.shown + self.omitted
    }
}
