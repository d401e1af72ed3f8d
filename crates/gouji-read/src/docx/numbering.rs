//! Automatic numbers, as they are printed.
//!
//! In many circulars `一、` and `（一）` exist only as numbering, so a reader without it loses the headings.
//!
//! - Handled: nine levels, level text with any mixture of levels, all formats of [`super::number_format`], start values,
//!   `lvlOverride` with new start or a whole new level, restart rules, legal numbering (`isLgl`), lists that share one
//!   definition, style links, levels bound to a style.
//! - Partly handled: a bullet leaves no label; custom formats take their fallback.
//! - Ignored: pictures as bullets, alignment and indents.

use std::collections::{BTreeMap, BTreeSet};

use super::number_format::NumberFormat;
use super::styles::Styles;
use crate::xml::{self, Puller, Step, Vocabulary};

/// Levels of a list.
pub(crate) const LEVELS: usize = 9;
/// Characters of a level text; Word allows 255 bytes, real ones have at most ten.
pub(crate) const MAX_LEVEL_TEXT: usize = 64;

/// One level of a list definition.
#[derive(Debug, Clone)]
pub(crate) struct Level {
    /// The first number.
    pub start: i64,
    /// How numbers of this level are printed.
    pub format: NumberFormat,
    /// The label; `%1` to `%9` stand for the numbers of the levels.
    pub text: String,
    /// What follows the label is nothing, not a tab or a blank.
    pub suffix_nothing: bool,
    /// Every number of the label is printed in arabic digits.
    pub all_decimal: bool,
    /// 0: never restarts; n: restarts after level n (from 1) or above. Unset: after any level above.
    pub restart: Option<usize>,
    /// The paragraph style that it is bound to.
    pub style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 0,
            format: NumberFormat::Decimal,
            text: String::new(),
            suffix_nothing: false,
            all_decimal: false,
            restart: None,
            style: None,
        }
    }
}

#[derive(Debug, Clone, Default)]
struct Definition {
    levels: [Level; LEVELS],
    /// The definition is that of the list of this style.
    style_link: Option<String>,
}

/// A list: a definition and what it changes of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct List {
    /// Its definition.
    pub definition: i64,
    /// First numbers by level.
    pub start_overrides: BTreeMap<usize, i64>,
    /// Whole levels by level.
    pub level_overrides: BTreeMap<usize, Level>,
}

/// All list definitions of a document.
#[derive(Debug, Default)]
pub(crate) struct Numbering {
    definitions: BTreeMap<i64, Definition>,
    lists: BTreeMap<i64, List>,
}

/// How far each list has counted.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    by_definition: BTreeMap<i64, [Option<i64>; LEVELS]>,
    begun: BTreeSet<i64>,
}

/// A printed number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Label {
    /// As printed (`一、`).
    pub text: String,
    /// A tab or blank follows it.
    pub spaced: bool,
}

/// What the parser is inside of.
enum Place {
    Nowhere,
    Definition(i64),
    List(i64),
}

impl Numbering {
    /// Reads `numbering.xml`; what comes after a defect is left out.
    pub fn parse(source: &str) -> Self {
        let mut out = Self::default();
        let mut puller = Puller::new(source);
        let mut place = Place::Nowhere;
        let mut override_level = 0;
        let mut level_at = 0;
        let mut in_override = false;
        while let Ok(step) = puller.next() {
            let start = match step {
                Step::Start(Vocabulary::Word, start) => start,
                Step::Done => break,
                _ => continue,
            };
            let local = start.local_name();
            let name: &str = local.as_ref();
            let val = || xml::attribute(&start, "val");
            let number = |attribute: &str| xml::attribute(&start, attribute).and_then(|v| v.trim().parse::<i64>().ok());
            let level_number = |attribute: &str| {
                number(attribute)
                    .and_then(|n| usize::try_from(n).ok())
                    .filter(|n| *n < LEVELS)
            };
            match name {
                "abstractNum" => {
                    let id = number("abstractNumId").unwrap_or(-1);
                    out.definitions.insert(id, Definition::default());
                    (place, in_override) = (Place::Definition(id), false);
                }
                "num" => {
                    let id = number("numId").unwrap_or(-1);
                    out.lists.insert(id, List::default());
                    (place, in_override) = (Place::List(id), false);
                }
                "abstractNumId" => {
                    if let Place::List(id) = place
                        && let Some(list) = out.lists.get_mut(&id)
                    {
                        list.definition = number("val").unwrap_or(-1);
                    }
                }
                "numStyleLink" => {
                    if let Place::Definition(id) = place
                        && let Some(definition) = out.definitions.get_mut(&id)
                    {
                        definition.style_link = val().map(|v| v.into_owned());
                    }
                }
                "lvlOverride" => {
                    override_level = level_number("ilvl").unwrap_or(0);
                    in_override = true;
                }
                "startOverride" => {
                    if let Place::List(id) = place
                        && let Some(list) = out.lists.get_mut(&id)
                        && let Some(value) = number("val")
                    {
                        list.start_overrides.insert(override_level, value);
                    }
                }
                // How the label looks.
                "rPr" | "pPr" => {
                    puller.raw_content(start.name().as_ref());
                }
                "lvl" => level_at = level_number("ilvl").unwrap_or(override_level),
                _ => {
                    let level = match place {
                        Place::Definition(id) => out.definitions.get_mut(&id).map(|d| &mut d.levels[level_at]),
                        Place::List(id) if in_override => out
                            .lists
                            .get_mut(&id)
                            .map(|l| l.level_overrides.entry(level_at).or_default()),
                        _ => None,
                    };
                    let Some(level) = level else { continue };
                    match name {
                        "start" => level.start = number("val").unwrap_or(0),
                        "numFmt" => level.format = val().map_or(NumberFormat::Decimal, |v| NumberFormat::from_name(&v)),
                        "lvlText" => level.text = val().unwrap_or_default().chars().take(MAX_LEVEL_TEXT).collect(),
                        "suff" => level.suffix_nothing = val().as_deref() == Some("nothing"),
                        "isLgl" => level.all_decimal = xml::is_on(&start),
                        "lvlRestart" => level.restart = number("val").and_then(|n| usize::try_from(n).ok()),
                        "pStyle" => level.style = val().map(|v| v.into_owned()),
                        _ => {}
                    }
                }
            }
        }
        out
    }

    /// Adds a definition; levels beyond the ninth are left out.
    pub fn define(&mut self, id: i64, levels: impl IntoIterator<Item = Level>) {
        let mut definition = Definition::default();
        for (slot, level) in definition.levels.iter_mut().zip(levels) {
            *slot = level;
        }
        self.definitions.insert(id, definition);
    }

    /// Adds a list.
    pub fn add(&mut self, num_id: i64, list: List) {
        self.lists.insert(num_id, list);
    }

    /// The definition of a list, through its style link if it has one.
    fn definition_of(&self, list: &List, styles: &Styles) -> Option<(i64, &Definition)> {
        let definition = self.definitions.get(&list.definition)?;
        let linked = definition.style_link.as_ref().and_then(|style| {
            let num_id = styles.get(style)?.hints.num_id?;
            let id = self.lists.get(&num_id)?.definition;
            Some((id, self.definitions.get(&id)?))
        });
        Some(linked.unwrap_or((list.definition, definition)))
    }

    /// The level of a list that is bound to a paragraph style, if the paragraph names none itself.
    pub fn level_of_style(&self, num_id: i64, style: &str, styles: &Styles) -> Option<usize> {
        let (_, definition) = self.definition_of(self.lists.get(&num_id)?, styles)?;
        definition.levels.iter().position(|l| l.style.as_deref() == Some(style))
    }

    /// Counts one paragraph of list `num_id` at level `ilvl` (from 0) and returns what is printed before it.
    pub fn count(&self, counters: &mut Counters, num_id: i64, ilvl: usize, styles: &Styles) -> Option<Label> {
        let list = self.lists.get(&num_id)?;
        let (id, definition) = self.definition_of(list, styles)?;
        let ilvl = ilvl.min(LEVELS - 1);
        let level = |at: usize| list.level_overrides.get(&at).unwrap_or(&definition.levels[at]);
        let start = |at: usize| list.start_overrides.get(&at).copied().unwrap_or(level(at).start);
        let counts = counters.by_definition.entry(id).or_default();
        if counters.begun.insert(num_id) {
            for &at in list.start_overrides.keys() {
                counts[at] = None;
            }
        }
        counts[ilvl] = Some(counts[ilvl].map_or(start(ilvl), |n| n.saturating_add(1)));
        for (deeper, count) in counts.iter_mut().enumerate().skip(ilvl + 1) {
            // `restart` counts levels from 1, `ilvl` from 0.
            if level(deeper).restart.is_none_or(|after| ilvl < after) {
                *count = None;
            }
        }
        let here = level(ilvl);
        if here.format == NumberFormat::Bullet {
            return None;
        }
        let mut text = String::new();
        let mut characters = here.text.chars().peekable();
        while let Some(c) = characters.next() {
            let digit = characters
                .peek()
                .and_then(|d| d.to_digit(10))
                .filter(|d| (1..=9).contains(d));
            match digit {
                Some(digit) if c == '%' => {
                    characters.next();
                    let at = digit as usize - 1;
                    let format = if here.all_decimal {
                        NumberFormat::Decimal
                    } else {
                        level(at).format
                    };
                    text.push_str(&format.print(counts[at].unwrap_or_else(|| start(at))));
                }
                _ => text.push(c),
            }
        }
        (!text.trim().is_empty()).then_some(Label {
            text,
            spaced: !here.suffix_nothing,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbering(body: &str) -> Numbering {
        Numbering::parse(&format!(
            r#"<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{body}</w:numbering>"#
        ))
    }

    fn level(at: usize, format: &str, text: &str, more: &str) -> String {
        format!(
            r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>"#
        )
    }

    fn labels(numbering: &Numbering, paragraphs: &[(i64, usize)]) -> Vec<String> {
        let mut counters = Counters::default();
        paragraphs
            .iter()
            .map(|&(list, at)| {
                numbering
                    .count(&mut counters, list, at, &Styles::default())
                    .map_or_else(String::new, |l| l.text)
            })
            .collect()
    }

    #[test]
    fn levels_count_and_restart() {
        let numbering = numbering(&format!(
            r#"<w:abstractNum w:abstractNumId="0">{}{}{}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#,
            level(0, "chineseCounting", "%1、", ""),
            level(1, "chineseCountingThousand", "（%2）", ""),
            level(2, "decimal", "%1.%2.%3", "<w:isLgl/>"),
        ));
        assert_eq!(
            labels(
                &numbering,
                &[(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2), (9, 0)]
            ),
            ["一、", "（一）", "（二）", "1.2.1", "二、", "（一）", "2.1.1", ""]
        );
    }

    #[test]
    fn a_level_may_never_restart() {
        let numbering = numbering(&format!(
            r#"<w:abstractNum w:abstractNumId="0">{}{}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#,
            level(0, "decimal", "%1.", ""),
            level(1, "decimal", "%2)", r#"<w:lvlRestart w:val="0"/>"#),
        ));
        assert_eq!(
            labels(&numbering, &[(1, 0), (1, 1), (1, 0), (1, 1)]),
            ["1.", "1)", "2.", "2)"]
        );
    }

    #[test]
    fn lists_of_one_definition_run_on_unless_told_to_start_again() {
        let numbering = numbering(&format!(
            r#"<w:abstractNum w:abstractNumId="0">{}</w:abstractNum>
               <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
               <w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>
               <w:num w:numId="3"><w:abstractNumId w:val="0"/>
                 <w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
               <w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">{}</w:lvlOverride></w:num>"#,
            level(0, "decimal", "%1.", ""),
            level(0, "decimalEnclosedCircle", "%1", ""),
        ));
        assert_eq!(
            labels(&numbering, &[(1, 0), (2, 0), (3, 0), (3, 0), (4, 0)]),
            ["1.", "2.", "5.", "6.", "⑦"]
        );
    }

    #[test]
    fn a_level_used_before_its_parent_shows_the_parents_start() {
        let numbering = numbering(&format!(
            r#"<w:abstractNum w:abstractNumId="0">{}{}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#,
            level(0, "decimal", "%1.", ""),
            level(1, "decimal", "%1.%2", ""),
        ));
        assert_eq!(labels(&numbering, &[(1, 1), (1, 0)]), ["1.1", "1."]);
    }

    #[test]
    fn style_links_lead_to_the_real_definition() {
        let numbering = numbering(&format!(
            r#"<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="s"/></w:abstractNum>
               <w:abstractNum w:abstractNumId="1"><w:styleLink w:val="s"/>{}</w:abstractNum>
               <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>"#,
            level(
                0,
                "japaneseCounting",
                "第%1条",
                r#"<w:pStyle w:val="article"/><w:suff w:val="nothing"/>"#
            ),
        ));
        let styles = Styles::parse(
            r#"<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
               <w:style w:type="numbering" w:styleId="s"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style></w:styles>"#,
        );
        let label = numbering
            .count(&mut Counters::default(), 1, 0, &styles)
            .expect("a label");
        assert_eq!((label.text.as_str(), label.spaced), ("第一条", false));
        assert_eq!(numbering.level_of_style(1, "article", &styles), Some(0));
    }

    #[test]
    fn bullets_and_empty_texts_leave_no_label() {
        let numbering = numbering(&format!(
            r#"<w:abstractNum w:abstractNumId="0">{}{}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#,
            level(0, "bullet", "●", ""),
            level(1, "none", "", ""),
        ));
        assert_eq!(labels(&numbering, &[(1, 0), (1, 1)]), ["", ""]);
    }
}
