//! The head of the first page (版头): markings, mark, number, red rule (§7.2, §10.1).

use gouji_circular::Circular;
use gouji_document::Text;
use gouji_standard as gb;
use gouji_standard::{HalfPoints, Twips};

use crate::document::Page;
use crate::frame::Frame;
use crate::mark::{JointMark, Mark};
use crate::paragraph::{Direct, paragraph};
use crate::style::Style;
use crate::{Form, xml::Xml};

impl Page<'_> {
    /// Writes it. Whether the masthead stands in it: that of a bulletin, which has an issue instead of a number, takes the number's place.
    pub(crate) fn letterhead(&mut self, masthead: &[Text]) -> bool {
        match self.form {
            Form::Document => {
                let takes = self.circular.doc_number.is_none() && self.circular.issuer_mark.is_some();
                self.document_head(if takes { masthead } else { &[] });
                takes
            }
            Form::Letter => {
                self.letter_head();
                false
            }
        }
    }

    /// §7.2: markings from the first line on, the mark at its fixed place, number, red rule.
    fn document_head(&mut self, masthead: &[Text]) {
        let mut above = Twips(0);
        for (idx, marking) in self.circular.markings.iter().enumerate() {
            let before = gb::LINE * lines_above(self.circular, idx);
            let direct = Direct {
                before: (before > Twips(0)).then_some(before),
                ..Direct::default()
            };
            self.paragraph(marking_style(marking), &direct, marking);
            above = above + before + gb::LINE;
        }
        let top = (gb::MARK_TOP - above).max(Twips(0));
        if let Some(mark) = &self.circular.issuer_mark {
            if let Some(joint) = JointMark::of(mark, self.house.mark_size) {
                joint_mark(&mut self.xml, &joint, top);
            } else {
                let mark = Mark::fit(mark, self.house.mark_size);
                let direct = Direct {
                    before: (above > Twips(0)).then_some(top),
                    ..Direct::of_mark(&mark)
                };
                if self.circular.doc_number.is_none() && self.circular.title.is_none() && masthead.is_empty() {
                    // Nothing awaits a number: the rule stands below the mark.
                    self.paragraph(Style::RuledMark, &direct, &mark.lines);
                    return;
                }
                self.paragraph(Style::Mark, &direct, &mark.lines);
            }
        }
        // The red rule hangs on the paragraph of the number; without a number it keeps its place, to be filled in.
        if self.circular.issuer_mark.is_some() || self.circular.doc_number.is_some() {
            let number = self.circular.doc_number.as_ref().map_or("", |n| n.as_str());
            // The lines of a masthead stand one below the other, each a paragraph; the last of them bears the rule.
            let (text, above) = masthead
                .split_last()
                .map_or((number, masthead), |(last, above)| (last.as_str(), above));
            for (idx, line) in above.iter().enumerate() {
                let direct = Direct {
                    before: (idx == 0).then(|| gb::LINE * gb::NUMBER_GAP),
                    ..Direct::default()
                };
                self.paragraph(Style::Subtitle, &direct, line);
            }
            let direct = Direct {
                before: (!above.is_empty()).then_some(Twips(0)),
                ..Direct::default()
            };
            self.paragraph(Style::DocNumber, &direct, text);
        }
    }

    /// §10.1: mark in the top margin, double rule, markings left and number right below it.
    fn letter_head(&mut self) {
        let mark = Mark::fit(
            self.circular.issuer_mark.as_ref().map_or("", |m| m.as_str()),
            self.house.mark_size,
        );
        let height = mark.height();
        if self.circular.issuer_mark.is_some() {
            let direct = Direct {
                frame: Some(Frame::Mark(height)),
                ..Direct::of_mark(&mark)
            };
            self.paragraph(Style::LetterMark, &direct, &mark.lines);
        }
        // The space above the rule clears the frame of the mark: then it does not matter whether a frame pushes text away
        // (Word) or lies over it (LibreOffice).
        let direct = Direct {
            before: Some(gb::LETTER_MARK_TOP + height + gb::LETTER_MARK_RULE_GAP - gb::MARGIN_TOP),
            ..Direct::default()
        };
        self.paragraph(Style::LetterRule, &direct, "");
        let direct = Direct {
            frame: Some(Frame::BottomRule),
            ..Direct::default()
        };
        self.paragraph(Style::LetterBottomRule, &direct, "");
        for marking in &self.circular.markings {
            let direct = Direct {
                frame: Some(Frame::Markings),
                ..Direct::default()
            };
            self.paragraph(marking_style(marking), &direct, marking);
        }
        let number = self.circular.doc_number.as_ref().map_or("", |n| n.as_str());
        self.paragraph(Style::LetterNumber, &Direct::default(), number);
    }
}

/// 份号 is set like the text, 密级 and 紧急程度 in 黑体 (§7.2.1–7.2.3).
fn marking_style(marking: &str) -> Style {
    if is_copy_number(marking) {
        Style::CopyNumber
    } else {
        Style::Marking
    }
}

fn is_copy_number(marking: &str) -> bool {
    !marking.is_empty() && marking.chars().all(|c| c.is_ascii_digit())
}

/// The order of markings from the top down (§7.2.3): 份号, 密级, 紧急程度.
pub(crate) fn marking_rank(marking: &str) -> u8 {
    if is_copy_number(marking.trim()) {
        0
    } else if ["绝密", "机密", "秘密"]
        .iter()
        .any(|class| marking.trim_start().starts_with(class))
    {
        1
    } else {
        2
    }
}

/// Lines left free above a marking: 密级 stands on the second line, whether there is a 份号 or not (§7.2.2).
fn lines_above(circular: &Circular, idx: usize) -> i32 {
    i32::from(idx == 0 && circular.markings.first().is_some_and(|m| marking_rank(m) == 1))
}

/// §7.2.4: the names of all issuers, the host's first, as wide as each other, and 文件 at their right, in the middle of their height.
fn joint_mark(xml: &mut Xml, joint: &JointMark<'_>, top: Twips) {
    // No table has room above it: an empty line takes its place.
    let spacer = Direct {
        line: Some(top.max(Twips(HalfPoints(2).twips().0))),
        ..Direct::default()
    };
    paragraph(xml, Style::Anchor, &spacer, "");
    let (names, file) = (joint.names_width(), joint.file_width());
    xml.open("w:tbl", &[]);
    xml.open("w:tblPr", &[]);
    xml.empty("w:tblW", &[("w:w", &(names + file)), ("w:type", &"dxa")]);
    xml.empty("w:jc", &[("w:val", &"center")]);
    xml.empty("w:tblLayout", &[("w:type", &"fixed")]);
    xml.open("w:tblCellMar", &[]);
    for edge in ["w:left", "w:right"] {
        xml.empty(edge, &[("w:w", &"0"), ("w:type", &"dxa")]);
    }
    xml.close("w:tblCellMar");
    xml.close("w:tblPr");
    xml.open("w:tblGrid", &[]);
    for width in [names, file].into_iter().filter(|w| *w > Twips(0)) {
        xml.empty("w:gridCol", &[("w:w", &width)]);
    }
    xml.close("w:tblGrid");
    xml.open("w:tr", &[]);
    let direct = |spread: bool| Direct {
        before: Some(Twips(0)),
        line: Some(joint.line()),
        size: Some(joint.size),
        spacing: joint.spacing,
        spread,
        ..Direct::default()
    };
    let cell = |xml: &mut Xml, width: Twips, names: &[&str], spread: bool| {
        xml.open("w:tc", &[]);
        xml.open("w:tcPr", &[]);
        xml.empty("w:tcW", &[("w:w", &width), ("w:type", &"dxa")]);
        xml.empty("w:vAlign", &[("w:val", &"center")]);
        xml.close("w:tcPr");
        for name in names {
            let lines = joint.lines(name);
            paragraph(xml, Style::Mark, &direct(spread && lines.len() == 1), &lines.join("\n"));
        }
        xml.close("w:tc");
    };
    cell(xml, names, &joint.names, true);
    if joint.has_file {
        cell(xml, file, &["文件"], false);
    }
    xml.close("w:tr");
    xml.close("w:tbl");
}
