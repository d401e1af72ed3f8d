//! Styles, as far as they say something about a paragraph's role.
//!
//! - Handled: inheritance (`basedOn`), the default paragraph style, numbering, outline level, alignment, page break and
//!   hidden text carried by a style; headings known by their built-in name.
//! - Ignored: everything that only changes how text looks; table styles; document defaults.

use std::collections::BTreeMap;

use gouji_document::Align;

use crate::xml::{self, Puller, Step, Vocabulary};

/// Styles in a chain of `basedOn`; Word itself stops at about eleven.
const MAX_CHAIN: usize = 20;

/// What paragraph properties may say, directly or through a style; `None` leaves it to the next in line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ParagraphHints {
    /// List (`w:numId`; 0 means none) .
    pub num_id: Option<i64>,
    /// List level from 0.
    pub ilvl: Option<usize>,
    /// Outline level from 0; 9 is body text.
    pub outline: Option<u8>,
    /// Alignment.
    pub align: Option<Align>,
    /// Page break before.
    pub page_break_before: Option<bool>,
}

impl ParagraphHints {
    /// Takes from `base` what is not said here.
    pub fn inherit(&mut self, base: &Self) {
        self.num_id = self.num_id.or(base.num_id);
        self.ilvl = self.ilvl.or(base.ilvl);
        self.outline = self.outline.or(base.outline);
        self.align = self.align.or(base.align);
        self.page_break_before = self.page_break_before.or(base.page_break_before);
    }

    /// Takes in one element of `w:pPr` or `w:numPr`.
    pub fn take(&mut self, name: &str, start: &quick_xml::events::BytesStart<'_>) {
        let val = || xml::attribute(start, "val");
        match name {
            "numId" => self.num_id = val().and_then(|v| v.trim().parse().ok()),
            "ilvl" => self.ilvl = val().and_then(|v| v.trim().parse().ok()),
            "outlineLvl" => self.outline = val().and_then(|v| v.trim().parse().ok()),
            "jc" => {
                self.align = val().map(|v| match &*v {
                    "center" => Align::Center,
                    "right" | "end" => Align::End,
                    _ => Align::Start,
                });
            }
            "pageBreakBefore" => self.page_break_before = Some(xml::is_on(start)),
            _ => {}
        }
    }
}

/// One style with what it inherits.
#[derive(Debug, Clone, Default)]
pub(crate) struct Style {
    based_on: Option<String>,
    /// Of its paragraphs.
    pub hints: ParagraphHints,
    /// Whether its text is hidden.
    pub vanish: Option<bool>,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    by_id: BTreeMap<String, Style>,
    default_paragraph: Option<String>,
    /// Whether any style hides text; if not, run styles need no look.
    pub any_vanish: bool,
}

impl Styles {
    /// Reads `styles.xml`; what comes after a defect is left out.
    pub fn parse(source: &str) -> Self {
        let mut out = Self::default();
        let mut puller = Puller::new(source);
        let mut current: Option<(String, Style)> = None;
        let mut depth_of_style = 0;
        while let Ok(step) = puller.next() {
            match step {
                Step::Start(Vocabulary::Word, start) => {
                    let local = start.local_name();
                    let name: &str = local.as_ref();
                    if name == "style" {
                        let id = xml::attribute(&start, "styleId").unwrap_or_default().into_owned();
                        let is_default =
                            matches!(xml::attribute(&start, "default").as_deref(), Some("1" | "true" | "on"));
                        if is_default && xml::attribute(&start, "type").is_none_or(|t| t == "paragraph") {
                            out.default_paragraph = Some(id.clone());
                        }
                        depth_of_style = puller.depth();
                        current = Some((id, Style::default()));
                    } else if matches!(
                        name,
                        "tblPr" | "trPr" | "tcPr" | "tblStylePr" | "pPrChange" | "rPrChange"
                    ) && puller.skip().is_err()
                    {
                        break;
                    } else if name == "latentStyles" {
                        // Names of styles that are not there.
                        puller.raw_content(start.name().as_ref());
                    } else if let Some((_, style)) = &mut current {
                        match name {
                            "rPr" => {
                                let content = puller.raw_content(start.name().as_ref());
                                if content.is_some_and(|c| c.contains("vanish")) {
                                    style.vanish = out.hides(content.unwrap_or_default());
                                }
                            }
                            "basedOn" => style.based_on = xml::attribute(&start, "val").map(|v| v.into_owned()),
                            "vanish" => style.vanish = Some(xml::is_on(&start)),
                            "name" => {
                                let level = xml::attribute(&start, "val").and_then(|v| heading_level(&v));
                                style.hints.outline = style.hints.outline.or(level);
                            }
                            _ => style.hints.take(name, &start),
                        }
                    }
                }
                Step::End if current.is_some() && puller.depth() < depth_of_style => {
                    if let Some((id, style)) = current.take() {
                        out.any_vanish |= style.vanish == Some(true);
                        out.by_id.insert(id, style);
                    }
                }
                Step::Done => break,
                _ => {}
            }
        }
        out.inherit();
        out
    }

    /// Settles every style's inheritance once, so that looking one up costs nothing.
    fn inherit(&mut self) {
        let ids: Vec<String> = self.by_id.keys().cloned().collect();
        let raw = self.by_id.clone();
        for id in ids {
            let Some(style) = self.by_id.get_mut(&id) else { continue };
            let mut next = style.based_on.clone();
            for _ in 0..MAX_CHAIN {
                let Some(base) = next.as_ref().and_then(|id| raw.get(id)) else {
                    break;
                };
                style.hints.inherit(&base.hints);
                style.vanish = style.vanish.or(base.vanish);
                next.clone_from(&base.based_on);
            }
        }
    }

    /// Whether run properties, as written, hide the run; `None` if they do not say. Prefixes are declared elsewhere, so names
    /// are compared without them.
    pub fn hides(&self, content: &str) -> Option<bool> {
        let mut by_style = None;
        let mut own = None;
        let mut puller = Puller::new(content);
        while let Ok(step) = puller.next() {
            match step {
                Step::Start(_, start) => match start.local_name().as_ref() as &str {
                    "vanish" => own = Some(xml::is_on(&start)),
                    "rStyle" => {
                        let id = xml::attribute(&start, "val");
                        by_style = id.and_then(|id| self.get(&id)).and_then(|style| style.vanish);
                    }
                    "rPrChange" if puller.skip().is_err() => break,
                    _ => {}
                },
                Step::Done => break,
                _ => {}
            }
        }
        own.or(by_style)
    }

    /// A style by id.
    pub fn get(&self, id: &str) -> Option<&Style> {
        self.by_id.get(id)
    }

    /// What holds for a paragraph with these properties of its own and this style (`None`: the default one).
    pub fn resolve(&self, style: Option<&str>, own: &ParagraphHints) -> ParagraphHints {
        let mut hints = own.clone();
        let style = style.or(self.default_paragraph.as_deref());
        if let Some(style) = style.and_then(|id| self.by_id.get(id)) {
            hints.inherit(&style.hints);
        }
        hints
    }
}

/// `heading 3` → 2.
fn heading_level(name: &str) -> Option<u8> {
    let rest = name.trim().to_ascii_lowercase();
    let level: u8 = rest.strip_prefix("heading ")?.trim().parse().ok()?;
    (1..=9).contains(&level).then(|| level - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn styles(body: &str) -> Styles {
        Styles::parse(&format!(
            r#"<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{body}</w:styles>"#
        ))
    }

    #[test]
    fn a_style_inherits_what_it_does_not_say() {
        let styles = styles(
            r#"<w:style w:styleId="a"><w:pPr><w:jc w:val="center"/><w:outlineLvl w:val="1"/></w:pPr></w:style>
               <w:style w:styleId="b"><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>"#,
        );
        let hints = styles.resolve(Some("b"), &ParagraphHints::default());
        assert_eq!((hints.align, hints.outline), (Some(Align::Center), Some(2)));
    }

    #[test]
    fn circles_of_styles_end() {
        let styles = styles(
            r#"<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>"#,
        );
        assert_eq!(
            styles.resolve(Some("a"), &ParagraphHints::default()),
            ParagraphHints::default()
        );
    }

    #[test]
    fn headings_and_the_default_style() {
        let styles = styles(
            r#"<w:style w:type="paragraph" w:default="1" w:styleId="n"><w:pPr><w:jc w:val="right"/></w:pPr></w:style>
               <w:style w:styleId="h"><w:name w:val="Heading 2"/></w:style>"#,
        );
        assert_eq!(styles.resolve(None, &ParagraphHints::default()).align, Some(Align::End));
        assert_eq!(styles.resolve(Some("h"), &ParagraphHints::default()).outline, Some(1));
    }

    #[test]
    fn table_style_parts_are_not_the_styles_own() {
        let styles = styles(
            r#"<w:style w:styleId="t"><w:tblStylePr><w:pPr><w:jc w:val="center"/></w:pPr></w:tblStylePr></w:style>"#,
        );
        assert_eq!(styles.resolve(Some("t"), &ParagraphHints::default()).align, None);
    }
}
