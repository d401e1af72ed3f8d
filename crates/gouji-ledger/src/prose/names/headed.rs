//! Names under a heading that gives their number: （二）内容更新不及时（3个）, and in the paragraph below nothing but the names.

use super::runs;
use super::{Found, Names, trim_range};
use crate::context::{Context, Passage, Role};
use crate::prose::clauses::Prose;
use crate::{Cue, FigureClass};

/// Longest words over the names, in characters.
const MAX_TITLE: usize = 40;
/// Longest name under a heading, in characters.
const MAX_NAME: usize = 24;

/// The names of the paragraph below the heading `passage` that ends in the number `mention`, with the paragraph's index.
///
/// The paragraph must be a list of names and nothing else; its figures (甲（2次）、乙（1次）) are the names' own.
pub(super) fn names(cx: &Context, prose: &Prose, passage: usize, mention: usize) -> Option<(usize, Found)> {
    let m = &prose.mentions[mention];
    let text = cx.passages[passage].text.as_str();
    let passages = &cx.passages;
    let counted = m.class == FigureClass::Count && COUNTED.iter().any(|u| *u == m.unit);
    // Asked first: what follows looks at all of the text, which a paragraph of many numbers does not want for each of them.
    if !counted || prose.mentions.len() != 1 {
        return None;
    }
    let lead = text[..m.full.start].trim_end();
    let behind = text[m.full.end..].trim_matches(|c: char| c.is_whitespace() || "：:。".contains(c));
    let hung = lead.ends_with(['（', '(']) && matches!(behind, ")" | "）");
    let title = lead.chars().count() <= MAX_TITLE && !lead.contains(['，', ',', '。', '；', ';', '：', ':']);
    if !hung || !title {
        return None;
    }
    let below = passage + 1;
    let list = passages.get(below)?;
    // A line of its own may stand over the names like a heading.
    let own = list.role == Role::Paragraph
        && list.body == passages[passage].body
        && match passages[passage].role {
            Role::Heading { .. } => list.headings.last() == Some(&passage),
            Role::Paragraph => list.headings == passages[passage].headings,
            _ => false,
        };
    let ends = |p: &Passage| p.headings != list.headings || is_headed(p.text.as_str());
    if !own || !passages.get(below + 1).is_none_or(ends) {
        return None;
    }
    let words = list.text.as_str();
    let end = words.trim_end().trim_end_matches(['。', '；', ';', '.']).len();
    let run = runs::read(words, &Prose::default(), 0, end)?;
    let short = run.names.iter().all(|r| {
        let name = &words[r.clone()];
        name.chars().count() <= MAX_NAME && !name.contains(['。', '，', ',', '：', ':', '；'])
    });
    (run.end == end && run.names.len() >= 2 && short).then(|| {
        let found = Found {
            names: Names {
                names: run.names.into_iter().map(|r| trim_range(words, r)).collect(),
                extra: run.extra,
                tied: 0,
            },
            open: run.open,
            cue: Cue::Implied,
        };
        (below, found)
    })
}

/// Measure words of what has names.
const COUNTED: [&str; 7] = ["个", "家", "条", "人", "名", "所", "户"];

/// Whether words end in a number of names: …（3个）.
fn is_headed(words: &str) -> bool {
    let inner = words
        .trim_end()
        .trim_end_matches([')', '）'])
        .rsplit(['（', '('])
        .next();
    let counted = |w: &str| w.starts_with(|c: char| c.is_ascii_digit()) && COUNTED.iter().any(|u| w.ends_with(u));
    words.trim_end().ends_with([')', '）']) && !words.contains('、') && inner.is_some_and(counted)
}

#[cfg(test)]
mod tests {
    use crate::table::rig;

    fn read(source: &str) -> Vec<String> {
        rig::lines(source, |cx, out| {
            let mut own = crate::context::Context::new(cx.document, cx.circular);
            let reading = crate::prose::read(&mut own);
            crate::prose::names::relations(&own, &reading, out);
        })
    }

    #[test]
    fn names_under_their_number() {
        let text = "# 一、内容更新不及时（3个）\n河东发布（微信）、河东教育（微信）、平安河东（微博）";
        assert_eq!(read(text), ["count? 3个 <- 河东发布 河东教育 平安河东 ok"]);
        assert_eq!(
            read(&text.replace("3个", "4个")),
            ["count? 4个 <- 河东发布 河东教育 平安河东 BAD"]
        );
        assert_eq!(read("# 一、得分较低的单位（2家）\n白塔镇、县档案馆。").len(), 1);
        assert_eq!(read("得分较低的单位（2家）\n白塔镇、县档案馆。").len(), 1);
    }

    #[test]
    fn a_paragraph_that_says_more_is_no_list() {
        for text in [
            "# 一、内容更新不及时（3个）\n河东发布、河东教育更新不及时，平安河东已停用。",
            "# 一、内容更新不及时（3个）\n河东发布、河东教育\n平安河东、河东文旅",
            "# 一、内容更新不及时（4个）\n河东发布（微信）、河东教育（微信）\n平安河东（微信）、河东文旅（微信）",
            "# 一、内容更新不及时（9个）\n河东发布、河东教育",
        ] {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
    }
}
