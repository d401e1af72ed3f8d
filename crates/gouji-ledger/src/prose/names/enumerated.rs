//! Items told one a paragraph or under a heading each, behind a sentence that gives their number: 现将3起典型问题通报如下：1.…2.…3.…;
//! 不合格单位共3家：, and then a name a line.

use std::ops::Range;

use gouji_quantity::Decimal;

use super::relation;
use crate::context::{Context, Role};
use crate::order::labels;
use crate::prose::clauses::{Mention, Prose};
use crate::{Cue, FigureClass, Operand, Relation};

/// Most passages behind the number that are read, and most of them between two items.
const MAX_BEHIND: usize = 400;
const MAX_BETWEEN: usize = 12;
/// Longest line that is nothing but a name, and most characters of an item that stand for it.
const MAX_LINE: usize = 30;
const MAX_NAME: usize = 24;

/// Most counts of the last sentence that are looked at.
const MAX_COUNTS: usize = 8;

/// Nouns of what is told one by one.
const TOLD: [&str; 8] = ["典型", "案例", "方面", "措施", "问题", "案件", "建议", "环节"];
/// Measure words of what has names.
const NAMED: [&str; 7] = ["个", "家", "人", "名", "所", "户", "座"];

/// The last count of a paragraph that the items behind it are as many as: kept only then, since other headings may follow the last item.
pub(super) fn relations(cx: &Context, prose: &Prose, passage: usize, out: &mut Vec<Relation>) {
    let own = &cx.passages[passage];
    let text = own.text.as_str().trim_end();
    if !text.ends_with(['：', ':', '。']) && !matches!(own.role, Role::Heading { .. }) {
        return;
    }
    // Behind the last 。 an empty clause may stand.
    let said = prose.clauses.iter().rev().find(|c| {
        !text[c.range.start.min(text.len())..c.range.end.min(text.len())]
            .trim()
            .is_empty()
    });
    let last = said.map_or(0, |c| c.sentence);
    let counts: Vec<&Mention> = prose
        .mentions
        .iter()
        .rev()
        .filter(|m| m.class == FigureClass::Count && m.plain && m.decimals == 0 && m.value > Decimal::ONE)
        .take_while(|m| prose.clauses[m.clause].sentence == last)
        .take(MAX_COUNTS)
        .collect();
    if counts.is_empty() {
        return;
    }
    let told = |m: &&&Mention| {
        let near: String = m.tail.chars().take(10).collect();
        TOLD.iter().any(|w| near.contains(w) || m.label.ends_with(w))
    };
    let closing = |m: &&&Mention| {
        let behind = text[m.full.end.min(text.len())..].trim_end_matches(['：', ':', '）', ')']);
        let noun = behind.chars().all(char::is_alphabetic) && behind.chars().count() <= 6;
        NAMED.contains(&m.unit.as_str()) && noun && text.ends_with(['：', ':', '）', ')'])
    };
    let found = counts
        .iter()
        .find(told)
        .and_then(|m| Some((*m, items(cx, passage)?)))
        .or_else(|| {
            counts
                .iter()
                .find(closing)
                .and_then(|m| Some((*m, lines(cx, passage)?)))
        });
    let Some((m, items)) = found.filter(|(m, items)| m.value == Decimal::from(items.len())) else {
        return;
    };
    let operands: Vec<Operand> = items
        .into_iter()
        .map(|(p, r)| {
            let whole = cx.passages[p].text;
            Operand::named(whole[r.clone()].trim(), whole.source_span(r))
        })
        .collect();
    let bounds = (operands.len(), operands.len());
    if let Some(stated) = cx.operand(m.fig) {
        out.extend(relation(cx, stated, operands, bounds, Cue::Arithmetic));
    }
}

/// The items behind a passage: headings of one level, or paragraphs with the labels 1, 2, 3 …. Two at least.
fn items(cx: &Context, passage: usize) -> Option<Vec<(usize, Range<usize>)>> {
    let first = cx.passages.get(passage + 1)?;
    let end = (passage + MAX_BEHIND).min(cx.passages.len());
    let mut out = Vec::new();
    if let Role::Heading { level, .. } = first.role {
        let siblings = (passage + 1..end).filter(|p| {
            let own = &cx.passages[*p];
            own.body == first.body
                && own.headings == first.headings
                && matches!(own.role, Role::Heading { level: l, .. } if l == level)
        });
        out.extend(siblings.map(|p| (p, name(cx.passages[p].text.as_str(), 0))));
    } else {
        let style = labels::first(first.text.as_str())?.style;
        let mut last = passage;
        for p in passage + 1..end {
            let own = &cx.passages[p];
            if own.body != first.body || own.headings != first.headings || p - last > MAX_BETWEEN {
                break;
            }
            let text = own.text.as_str();
            let expected = i64::try_from(out.len()).unwrap_or(i64::MAX).saturating_add(1);
            if let Some(label) = labels::first(text).filter(|l| l.style == style && l.value == expected) {
                out.push((p, name(text, label.at + label.len)));
                last = p;
            }
        }
    }
    (out.len() >= 2).then_some(out)
}

/// The lines behind a passage that are nothing but a name each, up to the first that is more. Two at least.
fn lines(cx: &Context, passage: usize) -> Option<Vec<(usize, Range<usize>)>> {
    let first = cx.passages.get(passage + 1)?;
    let mut out = Vec::new();
    for p in passage + 1..(passage + MAX_BEHIND).min(cx.passages.len()) {
        let own = &cx.passages[p];
        let text = own.text.as_str().trim_end();
        let same = own.role == Role::Paragraph && own.body == first.body && own.headings == first.headings;
        let line =
            text.chars().count() <= MAX_LINE && !text.contains(['。', '，', ',', '；', ';', '：', ':', '、', '！']);
        if !same || !line {
            break;
        }
        let from = labels::first(text).map_or(0, |l| l.at + l.len);
        out.push((p, from..text.len()));
    }
    (out.len() >= 2).then_some(out)
}

/// The first words of an item, from byte `from` to its first mark.
fn name(text: &str, from: usize) -> Range<usize> {
    let words = text[from..]
        .char_indices()
        .take(MAX_NAME)
        .take_while(|(_, c)| !"。，；：,;:\n".contains(*c))
        .last();
    from..words.map_or(from, |(at, c)| from + at + c.len_utf8())
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
    fn items_behind_their_number() {
        for (text, found) in [
            (
                "现将3起典型问题通报如下：\n1.青田镇违规收费问题。经查属实。\n2.白沙局超标接待问题。\n已退款。\n3.石桥村虚报账目问题。",
                "count~ 3起 <- 青田镇违规收费问题 白沙局超标接待问题 石桥村虚报账目问题 ok",
            ),
            (
                "现对查处的2起典型案例公开曝光。\n# 一、青田镇违规收费\n经查属实。\n# 二、白沙局超标接待\n经查属实。",
                "count~ 2起 <- 青田镇违规收费 白沙局超标接待 ok",
            ),
            (
                "抽检不合格的企业共3家：\n青田食品厂\n白沙酒业公司\n石桥粮油店",
                "count~ 3家 <- 青田食品厂 白沙酒业公司 石桥粮油店 ok",
            ),
        ] {
            assert_eq!(read(text), [found], "{text}");
        }
    }

    #[test]
    fn other_items_than_those_counted() {
        for text in [
            "共检查3家单位，现将情况通报如下：\n# 一、总体情况\n# 二、存在问题\n# 三、工作要求",
            "现将3起典型问题通报如下：\n1.青田镇违规收费问题。\n2.白沙局超标接待问题。",
            "抽检不合格的企业共3家：\n青田食品厂\n白沙酒业公司\n以上企业已责令整改。",
        ] {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
    }
}
