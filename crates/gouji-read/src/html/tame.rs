//! A web page cut down to what its text and tables need, before it is parsed.
//!
//! The HTML standard's tree builder does work that grows with the square of the input for some pages (formatting elements
//! that are never closed, thousands of attributes, depth). This pass is linear and leaves nothing of the kind: comments,
//! scripts and the like are gone, every element that is not structure is a `span`, only the attributes that matter stay,
//! and elements nested too deep lose their tags but not their text.

use std::collections::BTreeMap;

/// Elements inside elements.
pub(crate) const MAX_DEPTH: usize = 256;
/// Bytes of an attribute value.
const MAX_VALUE: usize = 1000;

/// Left out with everything in them: not text of the page.
const DROPPED_WHOLE: [&str; 18] = [
    "script", "style", "noscript", "template", "iframe", "noembed", "noframes", "textarea", "title", "select", "svg",
    "object", "canvas", "audio", "video", "applet", "math", "xml",
];
/// Left out themselves: they hold nothing.
const DROPPED_TAG: [&str; 17] = [
    "meta", "link", "base", "img", "input", "wbr", "col", "colgroup", "source", "param", "embed", "area", "track",
    "frame", "basefont", "bgsound", "keygen",
];
/// Kept under their names; their end tags may be missing, so they do not count for depth.
const OPEN_ENDED: [&str; 14] = [
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "html", "head", "body", "caption",
];
/// Kept under their names, with nothing in them.
const VOID: [&str; 2] = ["br", "hr"];
/// Kept under their names.
const STRUCTURE: [&str; 34] = [
    "div",
    "del",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "dl",
    "section",
    "article",
    "header",
    "footer",
    "nav",
    "aside",
    "main",
    "form",
    "fieldset",
    "table",
    "pre",
    "blockquote",
    "address",
    "figure",
    "figcaption",
    "center",
    "details",
    "summary",
    "ruby",
    "rt",
    "rp",
    "sup",
    "comment",
];
/// Attributes that say something about the text.
const KEPT_ATTRIBUTES: [&str; 11] = [
    "style", "hidden", "align", "colspan", "rowspan", "start", "type", "value", "href", "name", "id",
];
/// Of these, the ones that only tell the two ends of a note, links to a place of the same page.
const OF_LINKS: [&str; 3] = ["href", "name", "id"];

/// What came out.
pub(crate) struct Tamed {
    /// The page.
    pub html: String,
    /// Tags were left out for depth.
    pub too_deep: bool,
}

/// Cuts a page down.
pub(crate) fn tame(html: &str) -> Tamed {
    let mut tamer = Tamer {
        out: String::with_capacity(html.len()),
        open: Vec::new(),
        counts: BTreeMap::new(),
        n_left_out: BTreeMap::new(),
        too_deep: false,
    };
    tamer.run(html);
    Tamed {
        html: tamer.out,
        too_deep: tamer.too_deep,
    }
}

struct Tamer {
    out: String,
    open: Vec<&'static str>,
    /// How often each name is in `open`.
    counts: BTreeMap<&'static str, usize>,
    /// How many open tags of each name were left out for depth.
    n_left_out: BTreeMap<&'static str, usize>,
    too_deep: bool,
}

impl Tamer {
    fn run(&mut self, html: &str) {
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            self.out.push_str(&rest[..at]);
            rest = &rest[at..];
            let after = &rest[1..];
            if let Some(comment) = after.strip_prefix("!--") {
                rest = match comment.find("-->") {
                    Some(end) => &comment[end + 3..],
                    None => return,
                };
            } else if after.starts_with(['!', '?']) {
                rest = after.find('>').map_or("", |end| &after[end + 1..]);
            } else if after.starts_with(|c: char| c.is_ascii_alphabetic()) {
                rest = self.start_tag(after);
            } else if let Some(closing) = after.strip_prefix('/')
                && closing.starts_with(|c: char| c.is_ascii_alphabetic())
            {
                rest = self.end_tag(closing);
            } else {
                // A sign, as in `合格率<60%`.
                self.out.push_str("&lt;");
                rest = after;
            }
        }
        self.out.push_str(rest);
    }

    /// `rest` begins with the name; returns what follows the tag.
    fn start_tag<'h>(&mut self, rest: &'h str) -> &'h str {
        let (name, after_name) = tag_name(rest);
        let (mut attributes, after) = attributes(after_name);
        if name != "a" || !attributes.leads_into_page() {
            attributes.kept.retain(|(name, _)| !OF_LINKS.contains(name));
        }
        if DROPPED_TAG.contains(&name.as_str()) {
            return after;
        }
        if DROPPED_WHOLE.contains(&name.as_str()) {
            let closed_itself = matches!(name.as_str(), "svg" | "math" | "xml" | "object") && attributes.closes_itself;
            return if closed_itself {
                after
            } else {
                past_end_of(&name, after)
            };
        }
        let Some(kept) = kept_name(&name) else {
            // Elements without a part in the structure, formatting above all.
            if !attributes.closes_itself {
                self.open_tag("span", &attributes);
            }
            return after;
        };
        if OPEN_ENDED.contains(&kept) || VOID.contains(&kept) {
            self.write_tag(kept, &attributes);
        } else {
            self.open_tag(kept, &attributes);
        }
        after
    }

    fn open_tag(&mut self, name: &'static str, attributes: &Attributes) {
        if self.open.len() >= MAX_DEPTH {
            self.too_deep = true;
            *self.n_left_out.entry(name).or_default() += 1;
            return;
        }
        self.open.push(name);
        *self.counts.entry(name).or_default() += 1;
        self.write_tag(name, attributes);
    }

    fn write_tag(&mut self, name: &str, attributes: &Attributes) {
        self.out.push('<');
        self.out.push_str(name);
        for (name, value) in &attributes.kept {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            self.out.push_str(&value.replace('"', "&quot;"));
            self.out.push('"');
        }
        self.out.push('>');
    }

    fn end_tag<'h>(&mut self, rest: &'h str) -> &'h str {
        let (name, after_name) = tag_name(rest);
        let after = after_name.find('>').map_or("", |end| &after_name[end + 1..]);
        if DROPPED_TAG.contains(&name.as_str()) || DROPPED_WHOLE.contains(&name.as_str()) {
            return after;
        }
        let name = kept_name(&name).unwrap_or("span");
        if VOID.contains(&name) {
            self.out.push_str("<br>");
            return after;
        }
        if !OPEN_ENDED.contains(&name) {
            if let Some(n) = self.n_left_out.get_mut(name).filter(|n| **n > 0) {
                *n -= 1;
                return after;
            }
            if self.counts.get(name).is_none_or(|n| *n == 0) {
                return after;
            }
            while let Some(top) = self.open.pop() {
                if let Some(n) = self.counts.get_mut(top) {
                    *n -= 1;
                }
                if top == name {
                    break;
                }
            }
        }
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
        after
    }
}

fn kept_name(name: &str) -> Option<&'static str> {
    OPEN_ENDED
        .iter()
        .chain(&VOID)
        .chain(&STRUCTURE)
        .find(|kept| **kept == name)
        .copied()
}

/// The name in lower case, and what follows it.
fn tag_name(rest: &str) -> (String, &str) {
    let end = rest
        .find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/')
        .unwrap_or(rest.len());
    (rest[..end].to_ascii_lowercase(), &rest[end..])
}

/// What follows the end tag of `name`, or nothing if it never ends. ASCII case does not count.
fn past_end_of<'h>(name: &str, rest: &'h str) -> &'h str {
    let bytes = rest.as_bytes();
    let mut from = 0;
    while let Some(at) = rest[from..].find("</").map(|at| at + from) {
        let begin = at + 2;
        let end = begin + name.len();
        if bytes
            .get(begin..end)
            .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
            && bytes.get(end).is_none_or(|b| !b.is_ascii_alphanumeric())
        {
            return rest[end..].find('>').map_or("", |close| &rest[end + close + 1..]);
        }
        from = begin;
    }
    ""
}

#[derive(Default)]
struct Attributes {
    kept: Vec<(&'static str, String)>,
    closes_itself: bool,
}

impl Attributes {
    /// Whether it is a link to a place of the same page.
    fn leads_into_page(&self) -> bool {
        (self.kept.iter()).any(|(name, value)| *name == "href" && value.trim_start().starts_with('#'))
    }
}

/// The attributes of a tag, and what follows its `>`.
fn attributes(mut rest: &str) -> (Attributes, &str) {
    let mut out = Attributes::default();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace());
        match rest.as_bytes().first() {
            None => return (out, ""),
            Some(b'>') => return (out, &rest[1..]),
            Some(b'/') => {
                out.closes_itself = rest.as_bytes().get(1) == Some(&b'>');
                rest = &rest[1..];
                continue;
            }
            _ => {}
        }
        // An attribute's name may begin with `=` (a mistake that the standard forgives).
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest[first..]
            .find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/'))
            .map_or(rest.len(), |at| at + first);
        let name = &rest[..end];
        rest = rest[end..].trim_start_matches(|c: char| c.is_ascii_whitespace());
        let mut value = "";
        if let Some(given) = rest.strip_prefix('=') {
            let given = given.trim_start_matches(|c: char| c.is_ascii_whitespace());
            let quote = given.chars().next().filter(|c| matches!(c, '"' | '\''));
            (value, rest) = match quote {
                Some(quote) => match given[1..].find(quote) {
                    Some(end) => (&given[1..=end], &given[end + 2..]),
                    None => ("", ""),
                },
                None => {
                    let end = given
                        .find(|c: char| c.is_ascii_whitespace() || c == '>')
                        .unwrap_or(given.len());
                    given.split_at(end)
                }
            };
        }
        if let Some(kept) = KEPT_ATTRIBUTES.iter().find(|kept| name.eq_ignore_ascii_case(kept))
            && value.len() <= MAX_VALUE
            && !out.kept.iter().any(|(name, _)| name == kept)
        {
            out.kept.push((kept, value.to_owned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, tamed: &str) {
        assert_eq!(tame(html).html, tamed);
    }

    #[test]
    fn only_structure_and_text_stay() {
        check(
            "<P class=x STYLE='display:none' onclick=y>甲<B>乙</B><br/><img src=\"a>b\">丙</P>",
            "<p style=\"display:none\">甲<span>乙</span><br>丙</p>",
        );
        check(
            "<!-- <p>x</p> -->甲<SCRIPT>if (a<b) '</p>'</Script >乙<style>p{}",
            "甲乙",
        );
        check(
            "<o:p></o:p><td colspan=2 colspan=3>1</td>",
            "<span></span><td colspan=\"2\">1</td>",
        );
    }

    #[test]
    fn signs_are_text() {
        check("合格率<60%，a < b", "合格率&lt;60%，a &lt; b");
    }

    #[test]
    fn depth_is_limited_and_text_stays() {
        let deep = format!("{}甲{}乙", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let tamed = tame(&deep);
        assert!(tamed.too_deep);
        assert_eq!(tamed.html.matches("<div>").count(), MAX_DEPTH);
        assert_eq!(tamed.html.matches("</div>").count(), MAX_DEPTH);
        assert!(tamed.html.contains('甲') && tamed.html.ends_with('乙'));
    }

    #[test]
    fn stray_end_tags_do_not_hide_depth() {
        let tamed = tame(&"<div></b>".repeat(10_000));
        assert_eq!(tamed.html.matches("<div>").count(), MAX_DEPTH);
    }

    #[test]
    fn broken_tags_end() {
        for html in [
            "<", "<p", "<p a", "<p a=", "<p a='", "<!--", "<!", "</", "</p", "<p ==>x", "<script", "<甲>", "<p/ / a>",
        ] {
            let _ = tame(html);
        }
    }
}
