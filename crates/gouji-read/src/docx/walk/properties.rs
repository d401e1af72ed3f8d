//! What the property elements of runs, paragraphs, sections, rows and cells say.

use quick_xml::events::BytesStart;

use super::{Open, Walker};
use crate::docx::raw::VerticalMerge;
use crate::docx::styles::ParagraphHints;
use crate::xml::{self, Puller, Step};

/// Grid columns of one cell or one gap; Word allows 63 columns in all.
const MAX_GRID_SPAN: usize = 1024;

impl<'x> Walker<'_, 'x> {
    /// Reads `w:rPr` of a run. Most are passed over unread.
    pub(super) fn run_properties(&mut self, start: &BytesStart<'x>) -> Result<(), quick_xml::Error> {
        let name = start.name();
        let any_style_hides = self.cx.styles.any_vanish;
        let hidden = match self.puller.raw_content(name.as_ref()) {
            Some(content) => {
                self.open.push(Open::Other);
                self.run_format = Some(content);
                let may_hide = content.contains("vanish") || (any_style_hides && content.contains("rStyle"));
                if !may_hide {
                    return Ok(());
                }
                self.cx.styles.hides(content)
            }
            None => {
                let mut vanish = None;
                self.properties(|_, name, start| {
                    if name == "vanish" {
                        vanish = Some(xml::is_on(start));
                    }
                    Ok(false)
                })?;
                vanish
            }
        };
        if let Some(hidden) = hidden
            && let Some(Open::Run) = self.open.iter().rev().find(|o| !matches!(o, Open::Other))
            && let Some(paragraph) = self.paragraphs.last_mut()
        {
            paragraph.run_is_hidden = hidden;
        }
        Ok(())
    }

    /// Gives each element inside the one just begun to `take`, which returns whether to leave out what is inside it. Old
    /// properties kept by tracked changes are left out. Reads up to and with the end of the element.
    pub(super) fn properties(
        &mut self,
        mut take: impl FnMut(&mut Self, &str, &BytesStart<'x>) -> Result<bool, quick_xml::Error>,
    ) -> Result<(), quick_xml::Error> {
        let outside = self.puller.depth() - 1;
        loop {
            match self.puller.next()? {
                Step::Start(_, start) => {
                    let local = start.local_name();
                    let name: &str = local.as_ref();
                    if (name.len() > "Change".len() && name.ends_with("Change")) || take(self, name, &start)? {
                        self.puller.skip()?;
                    }
                }
                Step::End if self.puller.depth() <= outside => return Ok(()),
                Step::Done => return Ok(()),
                Step::End | Step::Text(_) => {}
            }
        }
    }

    pub(super) fn paragraph_properties(&mut self) -> Result<(), quick_xml::Error> {
        let mut hints = ParagraphHints::default();
        let mut style = None;
        let mut mark_is_deleted = false;
        let mut section_end = None;
        let mut in_mark = false;
        self.properties(|walker, name, start| {
            match name {
                "pStyle" => style = xml::attribute(start, "val").map(|v| v.into_owned()),
                // The paragraph mark's own formatting says only one thing of interest.
                "rPr" => match walker.puller.raw_content(start.name().as_ref()) {
                    Some(content) => mark_is_deleted = deletes(content),
                    None => in_mark = true,
                },
                "del" | "moveFrom" if in_mark => mark_is_deleted = true,
                "sectPr" => section_end = Some(walker.section_properties()?),
                "pBdr" | "tabs" | "ind" | "spacing" | "rFonts" | "framePr" => return Ok(true),
                _ => hints.take(name, start),
            }
            Ok(false)
        })?;
        let hidden = style
            .as_deref()
            .and_then(|id| self.cx.styles.get(id))
            .and_then(|s| s.vanish)
            .unwrap_or(false);
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.hints = hints;
            paragraph.style = style;
            paragraph.mark_is_deleted = mark_is_deleted;
            paragraph.section_end = section_end;
            paragraph.style_is_hidden = hidden;
        }
        Ok(())
    }

    /// Reads `w:sectPr` up to its end; whether its section begins on a new page.
    pub(super) fn section_properties(&mut self) -> Result<bool, quick_xml::Error> {
        let mut on_new_page = true;
        self.properties(|walker, name, start| {
            walker.section_property(name, start, &mut on_new_page);
            Ok(false)
        })?;
        Ok(on_new_page)
    }

    pub(super) fn section_property(&mut self, name: &str, start: &BytesStart<'_>, on_new_page: &mut bool) {
        match name {
            "type" => {
                *on_new_page = !matches!(
                    xml::attribute(start, "val").as_deref(),
                    Some("continuous" | "nextColumn")
                )
            }
            "headerReference" | "footerReference" => {
                if let Some(id) = xml::attribute(start, "id") {
                    self.margins.push(id.into_owned());
                }
            }
            _ => {}
        }
    }

    pub(super) fn row_properties(&mut self) -> Result<(), quick_xml::Error> {
        let (mut before, mut header, mut hidden, mut deleted) = (0, false, false, false);
        self.properties(|_, name, start| {
            match name {
                "gridBefore" => before = span(start),
                "tblHeader" => header = xml::is_on(start),
                "hidden" => hidden = xml::is_on(start),
                "del" => deleted = true,
                _ => {}
            }
            Ok(false)
        })?;
        if let Some(row) = self.row() {
            row.grid_before = before;
            row.is_header = header;
            row.is_hidden = hidden;
            row.is_deleted = deleted;
        }
        Ok(())
    }

    pub(super) fn cell_properties(&mut self) -> Result<(), quick_xml::Error> {
        let (mut grid_span, mut vertical, mut joins_left, mut deleted) = (1, VerticalMerge::Single, false, false);
        self.properties(|_, name, start| {
            match name {
                "gridSpan" => grid_span = span(start).max(1),
                "vMerge" => {
                    vertical = match xml::attribute(start, "val").as_deref() {
                        Some("restart") => VerticalMerge::Restart,
                        _ => VerticalMerge::Continue,
                    };
                }
                // A merge that is tracked, read as accepted.
                "cellMerge" => match xml::attribute(start, "vMerge").as_deref() {
                    Some("rest") => vertical = VerticalMerge::Restart,
                    Some("cont") => vertical = VerticalMerge::Continue,
                    _ => {}
                },
                "hMerge" => joins_left = xml::attribute(start, "val").as_deref() != Some("restart"),
                "cellDel" => deleted = true,
                _ => {}
            }
            Ok(false)
        })?;
        if let Some(cell) = self.row_cell() {
            cell.grid_span = grid_span;
            cell.vertical = vertical;
            cell.joins_left = joins_left;
            cell.is_deleted = deleted;
        }
        Ok(())
    }
}

/// A count of grid columns.
fn span(start: &BytesStart<'_>) -> usize {
    xml::attribute(start, "val")
        .and_then(|v| v.trim().parse::<usize>().ok())
        .map_or(0, |n| n.min(MAX_GRID_SPAN))
}

/// Whether the properties of a paragraph mark, as written, say that a tracked change deletes it.
fn deletes(content: &str) -> bool {
    // Most say nothing of the kind; a name of a reviser may only look like it.
    if !content.contains("del") && !content.contains("moveFrom") {
        return false;
    }
    let mut puller = Puller::new(content);
    loop {
        match puller.next() {
            Ok(Step::Start(_, start)) if matches!(start.local_name().as_ref() as &str, "del" | "moveFrom") => {
                return true;
            }
            Ok(Step::Done) | Err(_) => return false,
            Ok(_) => {}
        }
    }
}
