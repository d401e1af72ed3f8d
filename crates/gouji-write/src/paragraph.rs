//! One paragraph: its style, what follows from its text or its place, its runs.

use std::fmt::Display;

use gouji_standard::{HalfPoints, Twips};

use crate::frame::Frame;
use crate::mark::Mark;
use crate::style::Style;
use crate::xml::Xml;

/// Properties of a paragraph that follow from its text or its place, beside its style.
#[derive(Default)]
pub(crate) struct Direct {
    pub(crate) keep_next: bool,
    pub(crate) before: Option<Twips>,
    pub(crate) after: Option<Twips>,
    pub(crate) line: Option<Twips>,
    pub(crate) left: Option<Twips>,
    pub(crate) right: Option<Twips>,
    pub(crate) hanging: Option<Twips>,
    /// Its characters are spread over the whole line.
    pub(crate) spread: bool,
    pub(crate) frame: Option<Frame>,
    /// Size of its run, and what is taken from or given to each character.
    pub(crate) size: Option<HalfPoints>,
    pub(crate) spacing: Option<Twips>,
}

impl Direct {
    pub(crate) fn of_mark(mark: &Mark) -> Self {
        Self {
            line: Some(mark.size.twips()),
            size: Some(mark.size),
            spacing: mark.spacing,
            ..Self::default()
        }
    }
}

/// Writes a paragraph with one run.
pub(crate) fn paragraph(xml: &mut Xml, style: Style, direct: &Direct, text: &str) {
    open_paragraph(xml, style, direct);
    formatted_run(xml, None, direct.size, direct.spacing, text);
    xml.close("w:p");
}

/// Begins a paragraph, up to its first run.
pub(crate) fn open_paragraph(xml: &mut Xml, style: Style, direct: &Direct) {
    xml.open("w:p", &[]);
    xml.open("w:pPr", &[]);
    xml.empty("w:pStyle", &[("w:val", &style)]);
    if direct.keep_next {
        xml.empty("w:keepNext", &[]);
    }
    if let Some(frame) = direct.frame {
        frame.write(xml);
    }
    let rule = direct.line.map(|_| "exact");
    measures(
        xml,
        "w:spacing",
        &[
            ("w:before", direct.before.as_ref().map(|v| v as &dyn Display)),
            ("w:after", direct.after.as_ref().map(|v| v as &dyn Display)),
            ("w:line", direct.line.as_ref().map(|v| v as &dyn Display)),
            ("w:lineRule", rule.as_ref().map(|v| v as &dyn Display)),
        ],
    );
    measures(
        xml,
        "w:ind",
        &[
            ("w:left", direct.left.as_ref().map(|v| v as &dyn Display)),
            ("w:right", direct.right.as_ref().map(|v| v as &dyn Display)),
            ("w:hanging", direct.hanging.as_ref().map(|v| v as &dyn Display)),
        ],
    );
    if direct.spread {
        xml.empty("w:jc", &[("w:val", &"distribute")]);
    }
    xml.close("w:pPr");
}

/// An element with the attributes that are given; none at all if none is.
fn measures(xml: &mut Xml, name: &str, attributes: &[(&str, Option<&dyn Display>)]) {
    let given: Vec<(&str, &dyn Display)> = attributes.iter().filter_map(|(n, v)| v.map(|v| (*n, v))).collect();
    if !given.is_empty() {
        xml.empty(name, &given);
    }
}

/// A run in the type of its paragraph, or in that of a character style.
pub(crate) fn run(xml: &mut Xml, character_style: Option<&str>, text: &str) {
    formatted_run(xml, character_style, None, None, text);
}

pub(crate) fn formatted_run(
    xml: &mut Xml,
    style: Option<&str>,
    size: Option<HalfPoints>,
    spacing: Option<Twips>,
    text: &str,
) {
    if text.is_empty() {
        return;
    }
    xml.open("w:r", &[]);
    if style.is_some() || size.is_some() || spacing.is_some() {
        xml.open("w:rPr", &[]);
        if let Some(style) = style {
            xml.empty("w:rStyle", &[("w:val", &style)]);
        }
        if let Some(spacing) = spacing {
            xml.empty("w:spacing", &[("w:val", &spacing)]);
        }
        if let Some(size) = size {
            xml.empty("w:sz", &[("w:val", &size)]);
            xml.empty("w:szCs", &[("w:val", &size)]);
        }
        xml.close("w:rPr");
    }
    let mut first_line = true;
    for line in text.split('\n') {
        if !first_line {
            xml.empty("w:br", &[]);
        }
        first_line = false;
        let mut first_cell = true;
        for stretch in line.trim_end_matches('\r').split('\t') {
            if !first_cell {
                xml.empty("w:tab", &[]);
            }
            first_cell = false;
            if !stretch.is_empty() {
                // Blanks at the ends would be dropped.
                if stretch.starts_with(char::is_whitespace) || stretch.ends_with(char::is_whitespace) {
                    xml.element("w:t", &[("xml:space", &"preserve")], stretch);
                } else {
                    xml.element("w:t", &[], stretch);
                }
            }
        }
    }
    xml.close("w:r");
}
