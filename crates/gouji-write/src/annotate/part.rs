//! The parts beside the main one: comments, relationships, content types.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::markup::{Root, Step, Tags, attribute};
use super::package::Source;
use super::{AnnotateError, Comment};
use crate::parts::R;
use crate::xml::Xml;

/// The part that says what the others are.
pub(super) const TYPES: &str = "[Content_Types].xml";
/// Who comments.
pub(super) const AUTHOR: &str = "gouji";
/// The same, short.
const INITIALS: &str = "gj";
/// Half points; comments are read in a narrow margin, whatever the default style of the document is.
const SIZE: u32 = 20;

/// Relationships of the main part, with one to the comments.
pub(super) struct Relations {
    /// Name of the part that holds them.
    pub(super) part: String,
    /// Name of the comments part.
    pub(super) comments: String,
    /// The relationships with one for comments put in; `None` if there was one.
    pub(super) changed: Option<String>,
}

impl Relations {
    /// Reads the relationships of the part `main`. `is_strict` says by which names they go.
    pub(super) fn read(source: &mut Source<'_>, main: &str, is_strict: bool) -> Result<Self, AnnotateError> {
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", main));
        let folder = if folder.is_empty() {
            String::new()
        } else {
            format!("{folder}/")
        };
        let part = format!("{folder}_rels/{file}.rels");
        let existing = source.text_if_any(&part)?.unwrap_or_else(|| {
            let mut xml = Xml::part();
            xml.empty("Relationships", &[("xmlns", &crate::parts::PACKAGE_RELATIONS)]);
            xml.finish()
        });
        let mut ids = BTreeSet::new();
        let mut tags = Tags::new(&existing, &part);
        loop {
            let start = match tags.next()? {
                Step::Start(start, _) | Step::Empty(start, _) => start,
                Step::End(_) => continue,
                Step::Done => break,
            };
            if start.local_name().as_ref() as &str != "Relationship" {
                continue;
            }
            ids.extend(attribute(&start, "Id"));
            let is_comments = attribute(&start, "Type").is_some_and(|t| t.rsplit('/').next() == Some("comments"));
            let is_outside = attribute(&start, "TargetMode").is_some_and(|mode| mode == "External");
            if is_comments
                && !is_outside
                && let Some(target) = attribute(&start, "Target")
            {
                return Ok(Self {
                    part,
                    comments: resolve(&folder, &target),
                    changed: None,
                });
            }
        }
        let name = free("comments", ".xml", |name| source.has(&format!("{folder}{name}")));
        let id = free(OWN_ID, "", |id| ids.contains(id));
        let kind = if is_strict {
            "http://purl.oclc.org/ooxml/officeDocument/relationships/comments".to_owned()
        } else {
            format!("{R}/comments")
        };
        let root = Root::of(&existing, &part)?;
        let mut xml = Xml::default();
        let element = format!("{}Relationship", root.prefix());
        xml.empty(&element, &[("Id", &id), ("Type", &kind), ("Target", &name)]);
        Ok(Self {
            changed: Some(root.with_last(&existing, &xml.finish())),
            comments: format!("{folder}{name}"),
            part,
        })
    }
}

/// Ids of relationships that are added begin so: the next free number may be what a reference that leads nowhere waits for, and
/// then the comments would be read as a page header.
pub(super) const OWN_ID: &str = "rIdGouji";

/// The first of `stem`, `stem1`, `stem2` … with `end` that is not taken.
pub(super) fn free(stem: &str, end: &str, is_taken: impl Fn(&str) -> bool) -> String {
    (0u32..)
        .map(|n| {
            if n == 0 {
                format!("{stem}{end}")
            } else {
                format!("{stem}{n}{end}")
            }
        })
        .find(|name| !is_taken(name))
        .unwrap_or_default()
}

/// The name of the part that `target` leads to from a folder (empty, or with a closing `/`).
pub(super) fn resolve(folder: &str, target: &str) -> String {
    let path = match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}{target}"),
    };
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split(['/', '\\']) {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            _ => segments.push(segment),
        }
    }
    segments.join("/")
}

/// Ids of comments that are taken.
pub(super) struct Ids(BTreeSet<i64>);

impl Ids {
    /// Those of the comments part, and those that the main part mentions.
    pub(super) fn read(comments: Option<&str>, part: &str, main: &str) -> Result<Self, AnnotateError> {
        let mut ids = BTreeSet::new();
        let mut tags = Tags::new(comments.unwrap_or_default(), part);
        let mut add = |step, names: &[&str]| match step {
            Step::Start(start, _) | Step::Empty(start, _) => {
                if names.contains(&(start.local_name().as_ref() as &str))
                    && let Some(id) = attribute(&start, "id").and_then(|id| id.trim().parse().ok())
                {
                    ids.insert(id);
                }
                true
            }
            Step::End(_) => true,
            Step::Done => false,
        };
        while add(tags.next()?, &["comment"]) {}
        if main.contains("comment") {
            let mut tags = Tags::new(main, part);
            while add(
                tags.next()?,
                &["commentReference", "commentRangeStart", "commentRangeEnd"],
            ) {}
        }
        Ok(Self(ids))
    }

    /// How many there are.
    pub(super) fn taken(&self) -> usize {
        self.0.len()
    }

    /// `n` new ones: those after the highest, or the lowest that are free if that would leave the range of ids.
    pub(super) fn next(&self, n: usize) -> Vec<i64> {
        let after = self.0.last().map_or(0, |last| last.saturating_add(1)).max(0);
        if after <= i64::from(i32::MAX) - n as i64 {
            return (after..).take(n).collect();
        }
        (0..).filter(|id| !self.0.contains(id)).take(n).collect()
    }
}

/// The comments part, with new comments behind those of `existing`. `exact` says which stand on their very characters.
pub(super) fn comments(
    existing: Option<&str>,
    part: &str,
    main: &Root,
    comments: &[Comment],
    ids: &[i64],
    exact: &[bool],
) -> Result<String, AnnotateError> {
    let fresh;
    let existing = match existing {
        Some(existing) => existing,
        None => {
            let mut xml = Xml::part();
            xml.empty("w:comments", &[("xmlns:w", &main.word_namespace())]);
            fresh = xml.finish();
            &fresh
        }
    };
    let root = Root::of(existing, part)?;
    let (prefix, declaration) = root.word();
    let mut out = String::new();
    for ((comment, id), exact) in comments.iter().zip(ids).zip(exact) {
        // Writing to a String cannot fail.
        let _ = write!(
            out,
            "<{prefix}:comment{declaration} {prefix}:id=\"{id}\" {prefix}:author=\"{AUTHOR}\" {prefix}:initials=\"{INITIALS}\">"
        );
        let place = Some(&comment.place).filter(|place| !exact && !place.is_empty());
        for (nth, line) in comment.lines.iter().chain(place).enumerate() {
            paragraph(&mut out, prefix, nth == 0, line);
        }
        if comment.lines.is_empty() && place.is_none() {
            paragraph(&mut out, prefix, true, "");
        }
        let _ = write!(out, "</{prefix}:comment>");
    }
    Ok(root.with_last(existing, &out))
}

/// A paragraph of a comment. The default style of a circular has large type and an indent, so both are set.
fn paragraph(out: &mut String, p: &str, is_first: bool, line: &str) {
    let _ = write!(
        out,
        "<{p}:p><{p}:pPr><{p}:spacing {p}:before=\"0\" {p}:after=\"0\" {p}:line=\"240\" {p}:lineRule=\"auto\"/>\
         <{p}:ind {p}:left=\"0\" {p}:firstLineChars=\"0\" {p}:firstLine=\"0\"/><{p}:jc {p}:val=\"left\"/></{p}:pPr>"
    );
    if is_first {
        let _ = write!(out, "<{p}:r><{p}:annotationRef/></{p}:r>");
    }
    let mut xml = Xml::default();
    xml.text(line);
    let _ = write!(
        out,
        "<{p}:r><{p}:rPr><{p}:rFonts {p}:hint=\"eastAsia\"/><{p}:sz {p}:val=\"{SIZE}\"/></{p}:rPr>\
         <{p}:t xml:space=\"preserve\">{}</{p}:t></{p}:r></{p}:p>",
        xml.finish()
    );
}

/// The content types with one for the comments part `name`; `None` if they have one.
pub(super) fn typed(types: &str, name: &str) -> Result<Option<String>, AnnotateError> {
    let name = format!("/{name}");
    let mut tags = Tags::new(types, TYPES);
    loop {
        match tags.next()? {
            Step::Start(start, _) | Step::Empty(start, _) => {
                let names_it = start.local_name().as_ref() as &str == "Override"
                    && attribute(&start, "PartName").is_some_and(|part| part.eq_ignore_ascii_case(&name));
                if names_it {
                    return Ok(None);
                }
            }
            Step::End(_) => {}
            Step::Done => break,
        }
    }
    let root = Root::of(types, TYPES)?;
    let mut xml = Xml::default();
    let kind = format!("{}.comments+xml", crate::parts::WORD_TYPE);
    let element = format!("{}Override", root.prefix());
    xml.empty(&element, &[("PartName", &name), ("ContentType", &kind)]);
    Ok(Some(root.with_last(types, &xml.finish())))
}
