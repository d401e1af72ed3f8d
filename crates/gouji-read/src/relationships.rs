//! Relationships of package parts (ECMA-376 part 2, 6.5): which part a part means by an id.

use std::collections::BTreeMap;

use crate::package::Package;
use crate::xml::{self, Puller, Step};

/// Relationships read from one part; more cannot mean anything in a document.
const MAX_RELATIONSHIPS: usize = 100_000;

/// One relationship.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Relationship {
    /// The last segment of its type's URI (`styles`, `officeDocument`), the same in the transitional and strict forms.
    pub kind: String,
    /// Name of the part it leads to, without a leading `/`. Empty for targets outside the package.
    pub target: String,
}

/// Relationships of one part by id.
pub(crate) type Relationships = BTreeMap<String, Relationship>;

/// The relationships of `part`, or those of the package itself for the empty name. A missing or broken part has none.
pub(crate) fn of_part(package: &mut Package<'_>, part: &str) -> Relationships {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let name = if folder.is_empty() {
        format!("_rels/{file}.rels")
    } else {
        format!("{folder}/_rels/{file}.rels")
    };
    match package.read_named(&name) {
        Some(Ok(bytes)) => parse(&xml::decode_part(&bytes), folder),
        _ => Relationships::new(),
    }
}

fn parse(source: &str, folder: &str) -> Relationships {
    let mut out = Relationships::new();
    let mut puller = Puller::new(source);
    while let Ok(step) = puller.next() {
        match step {
            Step::Start(_, start) if start.local_name().as_ref() == "Relationship" => {
                let (Some(id), Some(kind), Some(target)) = (
                    xml::attribute(&start, "Id"),
                    xml::attribute(&start, "Type"),
                    xml::attribute(&start, "Target"),
                ) else {
                    continue;
                };
                let external = xml::attribute(&start, "TargetMode").is_some_and(|m| m == "External");
                let relationship = Relationship {
                    kind: kind.rsplit('/').next().unwrap_or("").to_owned(),
                    target: if external {
                        String::new()
                    } else {
                        resolve(folder, &target)
                    },
                };
                out.insert(id.into_owned(), relationship);
                if out.len() >= MAX_RELATIONSHIPS {
                    break;
                }
            }
            Step::Done => break,
            _ => {}
        }
    }
    out
}

/// A target as a part name: absolute from the package, else from the folder of the part that names it.
fn resolve(folder: &str, target: &str) -> String {
    let mut segments: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|s| !s.is_empty()).collect(),
    };
    for segment in target.split(['/', '\\']) {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            _ => segments.push(segment),
        }
    }
    segments.join("/")
}

/// The first target of this kind, in the order of ids.
pub(crate) fn target_of<'r>(relationships: &'r Relationships, kind: &str) -> Option<&'r str> {
    relationships
        .values()
        .find(|r| r.kind == kind && !r.target.is_empty())
        .map(|r| r.target.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved_from_the_folder() {
        assert_eq!(resolve("word", "styles.xml"), "word/styles.xml");
        assert_eq!(resolve("word", "/word/styles.xml"), "word/styles.xml");
        assert_eq!(resolve("xl/worksheets", "../sharedStrings.xml"), "xl/sharedStrings.xml");
        assert_eq!(resolve("a", "../../../b"), "b");
    }

    #[test]
    fn kinds_are_the_same_in_both_forms_and_outside_targets_lead_nowhere() {
        let source = r#"<Relationships>
            <Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="s.xml"/>
            <Relationship Id="r2" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/numbering" Target="n.xml"/>
            <Relationship Id="r3" Type="x/hyperlink" Target="http://host/" TargetMode="External"/></Relationships>"#;
        let found = parse(source, "word");
        assert_eq!(target_of(&found, "styles"), Some("word/s.xml"));
        assert_eq!(target_of(&found, "numbering"), Some("word/n.xml"));
        assert_eq!(target_of(&found, "hyperlink"), None);
    }
}
