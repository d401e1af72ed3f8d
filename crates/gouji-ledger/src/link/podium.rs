//! Lists of the first or last few that the text spells out: 得分前3名的单位分别为：甲镇96分、乙镇93分、丙镇90分.
//!
//! 前N名 alone promises nothing, for a text may go on with examples. Announced by 分别为, 依次是 or a colon, each name with its
//! figure or the name of a unit, and closed by the end of the sentence, the list is all of them: N names, or more where the
//! last ones tie.

use std::ops::Range;
use std::sync::LazyLock;

use gouji_document::Text;
use gouji_quantity::{Decimal, chinese_integer, half_width, parse_stated};
use regex::Regex;

use crate::context::{Context, Passage, Role};
use crate::lexicon::UNIT_SUFFIXES;
use crate::{Cue, Formula, Operand, Reading, Relation, RelationKind};

/// Most lists of one circular.
const MAX_LISTS: usize = 400;
/// Most names of one list.
const MAX_NAMES: usize = 60;
/// Longest name, in characters.
const MAX_NAME: usize = 28;
/// Longest list, in bytes.
const REACH: usize = 4_000;

/// The claim with what announces its list: 前3名的单位分别为：.
static ANNOUNCED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<side>[前后末])\s*(?P<n>[0-9０-９]{1,2}|[两二三四五六七八九十]{1,3})\s*(?:[位名]|个|家)",
        r"(?P<noun>[^，,。；;：:、（(0-9]{0,20}?)",
        r"(?:(?P<how>分别为|分别是|依次为|依次是|为|是)\s*(?P<colon>[：:])?|(?P<mark>[：:]))",
    ))
    .expect("a constant pattern")
});

/// A name with its figure: 甲镇96.5分, 乙镇（93分）.
static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^\s*(?P<name>[^0-9０-９（(）)：:]{2,60}?)\s*[（(]?\s*(?:得分|综合得分|总分)?\s*",
        r"(?P<value>[0-9０-９]+(?:[,，][0-9]{3})*(?:[.．][0-9０-９]+)?)\s*(?P<unit>[^0-9，,。；;、（()）]{0,3})\s*[)）]?\s*$",
    ))
    .expect("a constant pattern")
});

/// A list of the first or last few.
pub(super) struct Podium {
    /// Index of its passage.
    pub passage: usize,
    /// The claim and its list, in bytes of the passage.
    pub range: Range<usize>,
    pub items: Vec<Item>,
    /// Unit of the figures: 分, 件.
    pub unit: String,
    /// The last few instead of the first.
    pub last: bool,
}

/// A name of a list.
pub(super) struct Item {
    pub name: Range<usize>,
    /// Its figure, if each name has one.
    pub value: Option<(Decimal, Range<usize>)>,
}

/// Reads all lists of figures, and adds a relation for each list whose length is promised.
pub(super) fn relations(cx: &Context<'_>, out: &mut Vec<Relation>) -> Vec<Podium> {
    let mut found = Vec::new();
    for (passage_idx, passage) in cx.passages.iter().enumerate() {
        if passage.role != Role::Paragraph {
            continue;
        }
        let text = passage.text.as_str();
        for claim in ANNOUNCED.captures_iter(text) {
            let Some(whole) = claim.get(0).map(|m| m.range()) else {
                continue;
            };
            let how = claim.name("how").map(|m| m.as_str());
            let colon = claim.name("colon").is_some() || claim.name("mark").is_some();
            if found.len() >= MAX_LISTS {
                continue;
            }
            let Some(list) = list(text, whole.end) else { continue };
            let valued = list.items.iter().all(|i| i.value.is_some());
            let n = number(&claim["n"]);
            // 为 and 是 alone announce a list of names only if all are names of units.
            let surely = valued || units(text, &list.items) && (how != Some("为") && how != Some("是") || colon);
            if let Some(n) = n.filter(|_| list.closed && surely) {
                let at = claim.name("n").map_or(whole.start..whole.start, |m| m.range());
                out.extend(count(cx, passage, n, &at, &list, valued));
            }
            if valued {
                found.push(Podium {
                    passage: passage_idx,
                    range: whole.start..list.end,
                    last: &claim["side"] != "前",
                    unit: list.unit,
                    items: list.items,
                });
            }
        }
    }
    found
}

fn number(printed: &str) -> Option<usize> {
    half_width(printed)
        .parse::<usize>()
        .ok()
        .or_else(|| usize::try_from(chinese_integer(printed)?).ok())
}

/// Names behind a place, as far as they are parted alike.
struct List {
    items: Vec<Item>,
    unit: String,
    end: usize,
    /// It ends with its sentence, and nothing in it is unread.
    closed: bool,
}

fn list(text: &str, from: usize) -> Option<List> {
    let mut limit = (from + REACH).min(text.len());
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let end = text[from..limit]
        .find(['。', '；', ';', '\n', '！'])
        .map(|at| from + at);
    let stop = end.unwrap_or(limit);
    let body = &text[from..stop];
    // 并列 and 等 make the length a matter of reading; figures behind the mark go on with the list.
    let vague = ["并列", "等", "相同", "其中"].iter().any(|w| body.contains(w));
    let goes_on = end.is_some_and(|at| {
        let rest = &text[at..];
        let mark = rest.chars().next().map_or(0, char::len_utf8);
        let next = &rest[mark..];
        let next = &next[..next.find(['。', '；', ';', '\n']).unwrap_or(next.len()).min(next.len())];
        rest.starts_with(['；', ';']) && pieces(next).next().is_some_and(|p| ITEM.is_match(&next[p]))
    });
    let mut items: Vec<Item> = Vec::new();
    let mut unit: Option<String> = None;
    let mut rest = stop;
    // The next claim in the same sentence ends the list as a full stop does.
    let body = ANNOUNCED.find(body).map_or(body, |next| {
        let clause = body[..next.start()].rfind(['，', ',']).unwrap_or(0);
        rest = from + clause;
        &body[..clause]
    });
    let stop = rest;
    for piece in pieces(body) {
        let words = &body[piece.clone()];
        let at = from + piece.start;
        let item = match ITEM.captures(words) {
            Some(found) => {
                let own = found.name("unit").map_or("", |m| m.as_str()).trim();
                // Figures of several units are no list of one thing.
                let same = unit.as_ref().is_none_or(|u| u == own || own.is_empty() || u.is_empty());
                let value = found.name("value").filter(|_| same);
                value.zip(found.name("name")).and_then(|(value, name)| {
                    unit.get_or_insert_with(|| own.to_owned());
                    Some(Item {
                        name: at + name.start()..at + name.end(),
                        value: Some((
                            parse_stated(value.as_str())?.base()?,
                            at + value.start()..at + value.end(),
                        )),
                    })
                })
            }
            None => name_only(words).map(|r| Item {
                name: at + r.start..at + r.end,
                value: None,
            }),
        };
        let kind_changes = |item: &Item| items.first().is_some_and(|f| f.value.is_some() != item.value.is_some());
        match item.filter(|i| !kind_changes(i) && items.len() < MAX_NAMES) {
            Some(item) => items.push(item),
            None => {
                rest = at;
                break;
            }
        }
    }
    let last = items.last()?;
    let end = last.value.as_ref().map_or(last.name.end, |(_, r)| r.end);
    Some(List {
        closed: rest == stop && !vague && !goes_on && items.len() >= 2,
        unit: unit.unwrap_or_default(),
        end: end.max(if rest == stop { stop } else { end }),
        items,
    })
}

/// Pieces of a list, parted at 、 and ， outside brackets.
fn pieces(body: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut depth = 0_usize;
    let mut from = 0;
    let mut chars = body.char_indices();
    let mut done = false;
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        for (at, c) in chars.by_ref() {
            match c {
                '（' | '(' => depth += 1,
                '）' | ')' => depth = depth.saturating_sub(1),
                '、' | '，' | ',' if depth == 0 => {
                    let piece = from..at;
                    from = at + c.len_utf8();
                    return Some(piece);
                }
                _ => {}
            }
        }
        done = true;
        Some(from..body.len())
    })
}

/// The name that a piece is, without what stands in brackets behind it.
fn name_only(words: &str) -> Option<Range<usize>> {
    let lead = words.len() - words.trim_start().len();
    let bare = words.trim();
    let bare = bare.find(['（', '(']).map_or(bare, |at| bare[..at].trim_end());
    let len = bare.chars().count();
    let plain = !bare.contains(['：', ':', '“', '”', '《', '为', '是']) && !bare.chars().any(|c| c.is_ascii_digit());
    ((2..=MAX_NAME).contains(&len) && plain).then(|| lead..lead + bare.len())
}

/// Whether all names are those of units, the last without a 和 that may part two.
fn units(text: &str, items: &[Item]) -> bool {
    items.iter().all(|i| {
        let name = &text[i.name.clone()];
        UNIT_SUFFIXES.iter().any(|s| name.ends_with(s)) && !["和", "及", "与"].iter().any(|w| name.contains(w))
    })
}

fn count(
    cx: &Context<'_>,
    passage: &Passage<'_>,
    n: usize,
    at: &Range<usize>,
    list: &List,
    valued: bool,
) -> Option<Relation> {
    let len = list.items.len();
    let value = |i: usize| list.items.get(i)?.value.as_ref().map(|(v, _)| *v);
    // The shortest list that its ties allow to be called so.
    let mut least = len;
    while valued && least > 1 && value(least - 1) == value(least - 2) {
        least -= 1;
    }
    let least = if least < len { least } else { len };
    // Names without figures may tie with the last one.
    if !valued && n < len {
        return None;
    }
    let local = passage
        .figures
        .iter()
        .find(|f| f.full.start < at.end && at.start < f.full.end)?;
    let mut stated = cx.operand(local.idx)?;
    stated.value = Some(Decimal::from(n));
    let operands: Vec<Operand> = list
        .items
        .iter()
        .map(|i| Operand::named(&passage.text[i.name.clone()], span(passage.text, &i.name)))
        .collect();
    Some(Relation {
        kind: RelationKind::Count,
        rule: "names-of-rank",
        cue: if valued { Cue::Explicit } else { Cue::Implied },
        readings: vec![Reading {
            formula: Formula::Count {
                least,
                most: len,
                open: false,
            },
            stated,
            operands,
        }],
        quote: passage.text.source_span(local.full.start..list.end)?,
    })
}

fn span(text: &Text, range: &Range<usize>) -> Option<gouji_document::Span> {
    text.source_span(range.clone())
}

#[cfg(test)]
mod tests {
    use crate::link::relations;
    use crate::table::rig;

    fn read(text: &str) -> Vec<String> {
        rig::lines(text, relations)
    }

    #[test]
    fn names_with_their_figures() {
        let text = "得分前3名的网站分别为：白榆区政府网站98分，临岚县政府网站96.5分，云峤县政府网站95分；得分后2名的网站分别为：青川县政府网站70分，石门县政府网站72分。";
        let found = read(text);
        assert_eq!(found.len(), 2, "{found:#?}");
        assert!(
            found.iter().all(|l| l.starts_with("count ") && l.ends_with("ok")),
            "{found:#?}"
        );
        for (wrong, n) in [("前5名", 1), ("前2名", 1), ("后3名", 1)] {
            let right = if wrong.starts_with('前') { "前3名" } else { "后2名" };
            let found = read(&text.replace(right, wrong));
            assert_eq!(
                found.iter().filter(|l| l.ends_with("BAD")).count(),
                n,
                "{wrong}: {found:#?}"
            );
        }
    }

    #[test]
    fn ties_make_a_list_longer() {
        for (n, bad) in [("3", false), ("4", false), ("2", true), ("6", true)] {
            let text = format!("考核前{n}名：青泽镇（175.7分）、枫渡乡（165分）、石泷镇（160分）、柳汀乡（160分）。");
            assert_eq!(
                read(&text).iter().any(|l| l.ends_with("BAD")),
                bad,
                "{n}: {:?}",
                read(&text)
            );
        }
        assert!(read("排名前三名的是：青泽镇96分，枫渡乡、石泷镇并列90分，柳汀乡88分，云岫镇80分。").is_empty());
    }

    #[test]
    fn names_of_units_without_figures() {
        assert_eq!(read("排名后三位的单位依次为：县民政局、县水利局、县林业局。").len(), 1);
        assert!(
            read("排名后五位的单位依次为：县民政局、县水利局、县林业局。")
                .iter()
                .all(|l| l.starts_with("count?") && l.ends_with("BAD"))
        );
        for text in [
            "排名前三位的单位依次为：县民政局、县水利局、县林业局、县信访局。",
            "排名前三位的单位，要总结经验、推广做法。",
            "前3名的单位为：县民政局、县水利局等单位。",
            "前5名的单位是：县民政局、县水利局、县林业局，予以表扬。",
            "前5个工作日为：收集、整理、报送。",
            "得分前3名的分别为甲镇98分、乙镇97分、丙镇96分，得分后两名的为丁镇70分、戊镇69分。",
            "得分前5名的分别为：甲镇98分，乙镇97分；丙镇96分，丁镇95分，戊镇94分。",
        ] {
            assert!(read(text).iter().all(|l| l.ends_with("ok")), "{text}: {:?}", read(text));
        }
    }
}
