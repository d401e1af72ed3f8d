//! Parts of a whole told again one a paragraph: 32项（省级7项、市级9项、县级16项）, then 省级7项，…, 市级9项，…, 县级16项，….

use std::collections::BTreeSet;

use gouji_quantity::one_keystroke;

use super::super::{MentionRef, Reading};
use crate::Relation;
use crate::context::Context;

/// How many paragraphs behind the parts they are looked for.
const MAX_BEHIND: usize = 24;

/// A part and the place where it is told again.
#[derive(Debug, Clone, Copy)]
struct Pair {
    part: MentionRef,
    again: MentionRef,
}

/// For each partition whose parts open later paragraphs by name: two at least agree. If all but one do, of three and more, and that one
/// differs by one key, it is complained of. Returns the pairs found.
pub(super) fn relations(
    cx: &Context,
    reading: &Reading,
    out: &mut Vec<Relation>,
) -> BTreeSet<(MentionRef, MentionRef)> {
    let mut found = BTreeSet::new();
    let mut taken: BTreeSet<MentionRef> = BTreeSet::new();
    for partition in reading.partitions.iter().filter(|p| p.holds) {
        let parts: Vec<MentionRef> = partition
            .aligned
            .iter()
            .flatten()
            .map(|m| MentionRef {
                passage: partition.passage,
                mention: *m,
            })
            .collect();
        let mut pairs: Vec<Pair> = Vec::new();
        let last = (partition.passage + MAX_BEHIND).min(reading.prose.len().saturating_sub(1));
        for passage in partition.passage + 1..=last {
            let again = MentionRef { passage, mention: 0 };
            let next = parts
                .iter()
                .copied()
                .filter(|p| pairs.last().is_none_or(|l| *p > l.part))
                .find(|p| opens_with(reading, again, *p));
            if let Some(part) = next {
                pairs.push(Pair { part, again });
            }
        }
        let equal = |p: &&Pair| reading.mention(p.part).value == reading.mention(p.again).value;
        let agreeing = pairs.iter().filter(equal).count();
        let complete = pairs.len() == parts.len() && pairs.len() >= 3 && agreeing + 1 == pairs.len();
        if agreeing < 2 {
            continue;
        }
        for pair in &pairs {
            let (part, again) = (reading.mention(pair.part).value, reading.mention(pair.again).value);
            let holds = part == again;
            if (holds || complete && one_keystroke(part, again)) && taken.insert(pair.again) {
                found.insert((pair.part, pair.again));
                out.extend(super::repeat(
                    cx,
                    reading,
                    pair.again,
                    pair.part,
                    if holds { "stated-again" } else { super::OTHERWISE },
                ));
            }
        }
    }
    found
}

/// Whether a passage opens with the name of a part and a figure of its unit.
fn opens_with(reading: &Reading, again: MentionRef, part: MentionRef) -> bool {
    let prose = &reading.prose[again.passage];
    let Some(m) = prose.mentions.first() else { return false };
    let name = &reading.label(part).name;
    let opens = m.clause == 0 && m.is_amount() && m.unit == reading.mention(part).unit;
    opens && name.chars().count() >= 2 && reading.label(again).name == *name
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;

    const TEXT: &str = "全县建设项目28项（省级7项、市级4项、县级17项）。\n省级7项，总投资12亿元。\n市级4项，总投资9亿元。\n县级17项，总投资6亿元。";

    #[test]
    fn parts_told_again_a_paragraph_each() {
        assert_eq!(
            read(TEXT),
            [
                "repeat~ 7项 <- 7项 ok",
                "repeat~ 4项 <- 4项 ok",
                "repeat~ 17项 <- 17项 ok"
            ]
        );
        let found = read(&TEXT.replace("县级17项，总", "县级18项，总"));
        assert!(found.contains(&"repeat? 18项 <- 17项 BAD".to_owned()), "{found:?}");
    }

    #[test]
    fn other_figures_of_the_same_names_are_none() {
        for text in [
            TEXT.replace("\n省级7项", "\n省级3项").replace("\n市级4项", "\n市级1项"),
            TEXT.replace("\n省级7项，总", "\n省级开工7项，总")
                .replace("\n市级4项", "\n市直部门4项")
                .replace("\n县级17项", "\n其他17项"),
        ] {
            assert!(read(&text).is_empty(), "{text}: {:?}", read(&text));
        }
    }
}
