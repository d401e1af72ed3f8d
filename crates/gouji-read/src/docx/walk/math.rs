//! Equations (Office MathML, ECMA-376 part 1, 22.1) as one line of text.
//!
//! - Handled: fractions, powers, indices, brackets with their own characters, roots, sums and the like, lines of equation
//!   arrays and matrices. What would run together into another number is parted by a sign or put in brackets.
//! - Partly handled: bars, accents and boxes leave what is under them; functions their name and argument.
//! - Ignored: how an equation looks.

use gouji_document::{Anchor, Span};
use quick_xml::events::BytesStart;

use super::{Open, Walker};
use crate::docx::field_code::is_compound;
use crate::xml;

/// An open element of an equation that prints something when it ends, or between its parts.
pub(super) enum Math {
    /// `m:d`: brackets around parts.
    Brackets {
        begin: String,
        between: String,
        end: String,
        n_parts: usize,
    },
    /// `m:num`, `m:sup` and the like, in brackets if compound; `from` is where it begins in its paragraph.
    Operand {
        from: usize,
        before: Option<char>,
        then: &'static str,
    },
    /// `m:nary`: a sum sign and its limits, which a blank parts from what is summed.
    Sum,
    /// `m:rad`: a root.
    Root,
    /// `m:eqArr`, `m:m`: lines.
    Lines { n_lines: usize },
    /// `m:mr`: cells of a line.
    Line { n_cells: usize },
}

impl<'x> Walker<'_, 'x> {
    pub(super) fn start_math(&mut self, start: &BytesStart<'x>) -> Result<(), quick_xml::Error> {
        let local = start.local_name();
        let name: &str = local.as_ref();
        let open = match name {
            // An equation of its own between paragraphs.
            "oMathPara" | "oMath" if self.paragraphs.is_empty() => {
                self.begin_paragraph();
                Open::Paragraph
            }
            "t" => {
                self.characters.clear();
                Open::Characters { preserve: true }
            }
            "d" => Open::Math(Math::Brackets {
                begin: "(".to_owned(),
                between: ",".to_owned(),
                end: ")".to_owned(),
                n_parts: 0,
            }),
            "dPr" => return self.brackets(),
            "nary" => Open::Math(Math::Sum),
            "naryPr" => return self.sum_sign(),
            "rad" => Open::Math(Math::Root),
            "eqArr" | "m" => Open::Math(Math::Lines { n_lines: 0 }),
            "mr" => {
                self.begin_line();
                Open::Math(Math::Line { n_cells: 0 })
            }
            "e" => self.begin_part(),
            "num" => self.operand(None, "/"),
            "den" => self.operand(None, ""),
            "sup" => self.operand(Some('^'), ""),
            "sub" | "lim" => self.operand(Some('_'), ""),
            _ if name.ends_with("Pr") => return self.puller.skip(),
            _ => Open::Other,
        };
        self.open.push(open);
        Ok(())
    }

    pub(super) fn end_math(&mut self, math: Math) {
        match math {
            Math::Brackets { end, n_parts, .. } if n_parts > 0 => self.emit(&end),
            Math::Operand { from, before, then } => {
                self.end_operand(from, before);
                self.emit(then);
            }
            _ => {}
        }
    }

    fn operand(&self, before: Option<char>, then: &'static str) -> Open {
        Open::Math(Math::Operand {
            from: self.paragraphs.last().map_or(0, |p| p.raw.text.len()),
            before,
            then,
        })
    }

    /// A part of what is open: `m:e`.
    fn begin_part(&mut self) -> Open {
        let Some(Open::Math(math)) = self.open.last_mut() else {
            return Open::Other;
        };
        let before = match math {
            Math::Brackets {
                begin,
                between,
                n_parts,
                ..
            } => {
                *n_parts += 1;
                if *n_parts == 1 { begin.clone() } else { between.clone() }
            }
            Math::Sum => " ".to_owned(),
            Math::Root => return self.operand(Some('√'), ""),
            Math::Lines { .. } => {
                self.begin_line();
                return Open::Other;
            }
            Math::Line { n_cells } => {
                *n_cells += 1;
                if *n_cells > 1 { " ".to_owned() } else { String::new() }
            }
            Math::Operand { .. } => return Open::Other,
        };
        self.emit(&before);
        Open::Other
    }

    fn begin_line(&mut self) {
        let Some(Open::Math(Math::Lines { n_lines })) = self.open.last_mut() else {
            return;
        };
        *n_lines += 1;
        if *n_lines > 1 {
            self.emit("\n");
        }
    }

    /// Reads `m:dPr`, which says what stands before, between and after the parts of the brackets that are open.
    fn brackets(&mut self) -> Result<(), quick_xml::Error> {
        let mut said: [Option<String>; 3] = Default::default();
        self.properties(|_, name, start| {
            let at = match name {
                "begChr" => 0,
                "sepChr" => 1,
                "endChr" => 2,
                _ => return Ok(false),
            };
            said[at] = Some(xml::attribute(start, "val").unwrap_or_default().into_owned());
            Ok(false)
        })?;
        if let Some(Open::Math(Math::Brackets {
            begin, between, end, ..
        })) = self.open.last_mut()
        {
            for (slot, said) in [begin, between, end].into_iter().zip(said) {
                if let Some(said) = said {
                    *slot = said;
                }
            }
        }
        Ok(())
    }

    /// Reads `m:naryPr` and prints its sign; without one it is an integral (22.1.2.20).
    fn sum_sign(&mut self) -> Result<(), quick_xml::Error> {
        let mut sign = "∫".to_owned();
        self.properties(|_, name, start| {
            if name == "chr" {
                sign = xml::attribute(start, "val").unwrap_or_default().into_owned();
            }
            Ok(false)
        })?;
        self.emit(&sign);
        Ok(())
    }

    /// Puts what the paragraph holds from byte `from` on in brackets, if it is compound, and `before` before it.
    fn end_operand(&mut self, from: usize, before: Option<char>) {
        let operand = self.paragraphs.last().and_then(|p| p.raw.text.get(from..));
        let Some(operand) = operand.filter(|text| !text.is_empty() && self.is_shown()) else {
            return;
        };
        if is_compound(operand) {
            self.insert(from, '(');
            self.emit(")");
        }
        if let Some(before) = before {
            self.insert(from, before);
        }
    }

    fn insert(&mut self, at: usize, c: char) {
        let span = Span::new(at, at + c.len_utf8());
        let anchor = self.place_in_markup().map(|place| Anchor { span, place });
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.raw.insert(at, c, anchor);
        }
    }
}
