//! Damage to markup that keeps it markup, mostly: elements doubled, moved, nested, cut; values that lie.

use super::text::{self, seldom};
use crate::archive::SplitMix64;

/// Values that an attribute does not expect.
const VALUES: [&str; 24] = [
    "",
    "0",
    "-1",
    "1",
    "9",
    "255",
    "65535",
    "2147483647",
    "2147483648",
    "4294967295",
    "18446744073709551616",
    "1e308",
    "NaN",
    "0.5",
    "true",
    "off",
    "none",
    "begin",
    "end",
    "restart",
    "A1:XFD1048576",
    "C3:A1",
    "AAAA0",
    "甲",
];
/// Longest text that grows, in bytes.
const MAX: usize = 1 << 19;

/// A tag or the text between two tags, as a range of bytes.
type Token = (usize, usize);

/// `base` after `rounds` changes; `other` lends elements.
pub(super) fn mutate(base: &str, other: &str, rounds: usize, random: &mut SplitMix64) -> String {
    let mut out = base.to_owned();
    for _ in 0..rounds {
        let tokens = tokens(&out);
        if tokens.is_empty() || out.len() > MAX {
            break;
        }
        let at = random.below(tokens.len());
        let (start, end) = tokens[at];
        let is_tag = out[start..end].starts_with('<');
        out = match random.below(14) {
            0 | 1 if is_tag => {
                let (start, end) = element(&out, &tokens, at);
                let n = 1 + seldom(12, 300, 4, random);
                let n = n.min(MAX / (end - start).max(1));
                splice(&out, start, start, &out[start..end].repeat(n))
            }
            2 if is_tag => {
                let (start, end) = element(&out, &tokens, at);
                splice(&out, start, end, "")
            }
            3 if is_tag => {
                // The element somewhere else.
                let (start, end) = element(&out, &tokens, at);
                let moved = out[start..end].to_owned();
                let to = tokens[random.below(tokens.len())].1;
                splice(&out, to, to, &moved)
            }
            4 if is_tag => {
                // The element around itself.
                let (start, end) = element(&out, &tokens, at);
                let (open, close) = (tokens[at], last_tag(&tokens, end));
                let n = 1 + seldom(12, 600, 5, random);
                let wrapped = out[open.0..open.1].repeat(n) + &out[start..end] + &out[close.0..close.1].repeat(n);
                splice(&out, start, end, &wrapped)
            }
            5 => splice(&out, start, end, ""),
            6 if random.chance(1, 4) => out[..end].to_owned(),
            7 => {
                let lent = self::tokens(other);
                if lent.is_empty() {
                    continue;
                }
                let (from, to) = element(other, &lent, random.below(lent.len()));
                splice(&out, start, start, &other[from..to])
            }
            8 => {
                let with = self::tokens(&out)[random.below(tokens.len())];
                let swapped = out[with.0..with.1].to_owned();
                splice(&out, start, end, &swapped)
            }
            9..=11 => match attribute(&out[start..end], random) {
                Some((from, to)) => splice(&out, start + from, start + to, random.pick(&VALUES)),
                None => splice(&out, start, end, &text::mutate(&out[start..end], "", 1, random)),
            },
            _ => match tokens[at..].iter().find(|(s, e)| !out[*s..*e].starts_with('<')) {
                Some(&(start, end)) => {
                    let changed = text::mutate(&out[start..end], "", 2, random);
                    splice(&out, start, end, &changed)
                }
                None => splice(&out, start, end, random.pick(&VALUES)),
            },
        };
    }
    out
}

fn splice(text: &str, start: usize, end: usize, with: &str) -> String {
    [&text[..start], with, &text[end..]].concat()
}

fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let len = if rest.starts_with('<') {
            rest.find('>').map_or(rest.len(), |end| end + 1)
        } else {
            rest.find('<').unwrap_or(rest.len())
        };
        out.push((at, at + len));
        at += len;
    }
    out
}

/// The name of a start tag that is not empty.
fn opened(tag: &str) -> Option<&str> {
    let name = tag.strip_prefix('<')?.trim_end_matches('>');
    if name.starts_with(['/', '?', '!']) || name.ends_with('/') {
        return None;
    }
    name.split([' ', '\n', '\t']).next()
}

/// From the token at `at` to the end of the element that it opens; the token alone if it opens none.
fn element(text: &str, tokens: &[Token], at: usize) -> (usize, usize) {
    let (start, end) = tokens[at];
    let Some(name) = opened(&text[start..end]) else {
        return (start, end);
    };
    let mut depth = 0_usize;
    for &(from, to) in &tokens[at..] {
        let tag = &text[from..to];
        if opened(tag) == Some(name) {
            depth += 1;
        } else if tag
            .strip_prefix("</")
            .is_some_and(|rest| rest.trim_end_matches('>').trim() == name)
        {
            depth = depth.saturating_sub(1);
        }
        if depth == 0 {
            return (start, to);
        }
    }
    (start, end)
}

/// The token that ends at `end`.
fn last_tag(tokens: &[Token], end: usize) -> Token {
    let at = tokens.partition_point(|(_, to)| *to < end);
    tokens.get(at).copied().unwrap_or((end, end))
}

/// A value between quotes, as a range of a tag.
fn attribute(tag: &str, random: &mut SplitMix64) -> Option<(usize, usize)> {
    let quotes: Vec<usize> = tag.match_indices('"').map(|(at, _)| at).collect();
    let pairs = quotes.len() / 2;
    if pairs == 0 || !tag.starts_with('<') {
        return None;
    }
    let pair = random.below(pairs) * 2;
    Some((quotes[pair] + 1, quotes[pair + 1]))
}
