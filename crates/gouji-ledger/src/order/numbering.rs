//! Labels of headings and items run on: 一、二、三、; 一是…二是…; 1. 2. 3.; the numbers of the attachments listed.

use gouji_circular::{Circular, Element, Section};
use gouji_document::Span;

use super::labels::{self, Style};
use crate::context::Context;
use crate::{Cue, Formula, Operand, Reading, Relation, RelationKind};

/// The sequence of headings, and that of items inside paragraphs.
const HEADINGS: &str = "label-sequence";
const ITEMS: &str = "item-sequence";

/// Longest quote of a sequence that holds, in bytes: from its first label to its last. A longer one quotes the last only.
const MAX_QUOTE: usize = 8_000;
/// How far back a label that seems lost is looked for, in bytes.
const LOOK_BACK: usize = 20_000;

/// A label with what it heads.
#[derive(Clone)]
struct Item {
    surface: String,
    style: Style,
    value: i64,
    label: Span,
    /// Label and title.
    whole: Span,
}

/// Adds a relation for each sequence of at least two labels.
pub(crate) fn relations(cx: &Context<'_>, out: &mut Vec<Relation>) {
    for body in cx.circular.bodies() {
        let (lead, roots) = Circular::section_tree(body);
        let top: Vec<&Section> = roots.iter().collect();
        headings(cx, body, &top, out);
        items(cx, body, &lead, out);
    }
    attachments(cx, out);
}

/// Headings side by side under one parent, then those below each.
fn headings(cx: &Context<'_>, body: &[Element], sections: &[&Section], out: &mut Vec<Relation>) {
    let mut found: Vec<Item> = Vec::new();
    for (nth, section) in sections.iter().enumerate() {
        let Some(Element::Heading(heading)) = body.get(section.heading) else {
            continue;
        };
        let Some(label) = &heading.label else { continue };
        let (Some((style, value)), Some(span)) = (labels::parse(label), label.span()) else {
            continue;
        };
        let whole = heading.title.span().map_or(span, |t| span.cover(t));
        found.push(Item {
            surface: label.trim().to_owned(),
            style,
            value,
            label: span,
            whole,
        });
        let next = sections.get(nth + 1).map(|s| label_of(body, s));
        let run_in = run_in(body, section, (style, value));
        // Only where the next heading goes on behind them, or none follows.
        let end = value + i64::try_from(run_in.len()).unwrap_or(0);
        if next.is_none_or(|label| label == Some((style, end + 1))) {
            found.extend(run_in);
        }
    }
    by_style(cx, &found, true, out);
    for section in sections {
        // The paragraphs of a heading's own text, and its title, may number items too.
        let mut own = vec![section.heading];
        own.extend(&section.body);
        items(cx, body, &own, out);
        let below: Vec<&Section> = section.sections.iter().collect();
        headings(cx, body, &below, out);
    }
}

/// The label of a section.
fn label_of(body: &[Element], section: &Section) -> Option<(Style, i64)> {
    match body.get(section.heading) {
        Some(Element::Heading(heading)) => labels::parse(heading.label.as_ref()?),
        _ => None,
    }
}

/// The paragraphs of a section that begin with the labels that follow its own: too long to be headings, they stand beside it.
fn run_in(body: &[Element], section: &Section, (style, value): (Style, i64)) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::new();
    let mut expected = value + 1;
    for idx in &section.body {
        let Some(Element::Paragraph(text)) = body.get(*idx) else {
            continue;
        };
        let Some(first) = labels::first(text).filter(|l| (l.style, l.value) == (style, expected)) else {
            continue;
        };
        let (Some(label), Some(whole)) = (
            text.source_span(first.at..first.at + first.len),
            text.source_span(first.at..text.len()),
        ) else {
            continue;
        };
        out.push(Item {
            surface: text[first.at..first.at + first.len].to_owned(),
            style,
            value: expected,
            label,
            whole,
        });
        expected += 1;
    }
    out
}

/// Items numbered inside paragraphs that follow each other.
fn items(cx: &Context<'_>, body: &[Element], indices: &[usize], out: &mut Vec<Relation>) {
    let mut found = Vec::new();
    for idx in indices {
        let text = match body.get(*idx) {
            Some(Element::Paragraph(text)) => text,
            Some(Element::Heading(heading)) => &heading.title,
            _ => continue,
        };
        let inline = labels::inline(text);
        for (nth, item) in inline.iter().enumerate() {
            let end = inline.get(nth + 1).map_or(text.len(), |next| next.at);
            let (Some(label), Some(whole)) = (
                text.source_span(item.at..item.at + item.len),
                text.source_span(item.at..end),
            ) else {
                continue;
            };
            found.push(Item {
                surface: text[item.at..item.at + item.len].to_owned(),
                style: item.style,
                value: item.value,
                label,
                whole,
            });
        }
    }
    by_style(cx, &found, false, out);
}

/// Parts labels by style, and each style into runs that begin at 1.
fn by_style(cx: &Context<'_>, items: &[Item], headings: bool, out: &mut Vec<Relation>) {
    if headings && items.len() >= 2 && items.iter().any(|i| i.style == Style::Empty) {
        // A numeral is lost: the brackets are empty.
        let at = items.iter().rposition(|i| i.style == Style::Empty).unwrap_or(0);
        out.extend(sequence(HEADINGS, items, Some(at), Cue::Explicit));
        return;
    }
    let mut styles: Vec<Style> = items.iter().map(|i| i.style).collect();
    styles.sort_unstable();
    styles.dedup();
    for style in styles {
        let same: Vec<Item> = items.iter().filter(|i| i.style == style).cloned().collect();
        for run in same.chunk_by(|_, next| next.value != 1) {
            judge(cx, run, headings, out);
        }
    }
}

fn judge(cx: &Context<'_>, run: &[Item], headings: bool, out: &mut Vec<Relation>) {
    let (Some(first), Some(last)) = (run.first(), run.last()) else {
        return;
    };
    if run.len() < 2 {
        return;
    }
    let rule = if headings { HEADINGS } else { ITEMS };
    // Sub-items of another list may stand between: only labels that rise are one sequence.
    let rising = run.windows(2).filter(|w| w[1].value > w[0].value).count();
    if !headings && (first.value != 1 || rising + 1 != run.len()) {
        return;
    }
    let stands = |style, value, from: usize, to: usize| {
        let text = cx.document.text.get(from..to).unwrap_or("");
        let mut near = text.len().saturating_sub(LOOK_BACK);
        while !text.is_char_boundary(near) {
            near += 1;
        }
        let text = &text[near..];
        labels::forms(style, value)
            .iter()
            .any(|form| text.contains(form.as_str()))
            // 一、… 二是… 三、…: the number in another dress.
            || labels::forms(Style::Is, value)
                .iter()
                .any(|form| text.contains(format!("\n{form}").as_str()))
    };
    if first.value != 1 {
        // Headings that begin at 二、 with no 一、 anywhere before: it is lost. At 三、 or later the text is an excerpt.
        if first.value == 2 && rising + 1 == run.len() && !stands(first.style, 1, 0, first.label.start) {
            out.extend(sequence(rule, run, Some(0), Cue::Explicit));
        }
        return;
    }
    let gap = run.windows(2).position(|w| w[1].value != w[0].value + 1);
    // Bare digits may be anything: three of them in order are labels.
    if first.style == Style::Bare && (gap.is_some() || run.len() < 3) {
        return;
    }
    let Some(gap) = gap else {
        out.extend(sequence(rule, run, None, Cue::Explicit));
        return;
    };
    let (before, after) = (&run[gap], &run[gap + 1]);
    let missing_stands = (before.value + 1..after.value)
        .take(4)
        .any(|v| stands(before.style, v, before.label.end, after.label.start));
    if missing_stands || after.value > before.value + 3 {
        return;
    }
    // More than one gap: another numbering than the one supposed here.
    let gaps = run.windows(2).filter(|w| w[1].value != w[0].value + 1).count();
    let spread = last.value.abs_diff(first.value) + 1 > 2 * u64::try_from(run.len()).unwrap_or(u64::MAX);
    if gaps > 2 || spread {
        return;
    }
    let cue = if headings { Cue::Explicit } else { Cue::Implied };
    out.extend(sequence(rule, run, Some(gap + 1), cue));
}

fn sequence(rule: &'static str, run: &[Item], offender: Option<usize>, cue: Cue) -> Option<Relation> {
    let stated = run.get(offender.unwrap_or(run.len().checked_sub(1)?))?;
    let first = run.first()?;
    let operands = run
        .iter()
        .filter(|i| i.label != stated.label)
        .map(|i| Operand::named(i.surface.clone(), Some(i.label)))
        .collect();
    let all = first.whole.cover(run.last()?.whole);
    let quote = if offender.is_none() && all.len() <= MAX_QUOTE {
        all
    } else {
        stated.whole
    };
    Some(Relation {
        kind: RelationKind::Numbering,
        rule,
        cue,
        readings: vec![Reading {
            formula: Formula::Sequence {
                holds: offender.is_none(),
            },
            stated: Operand::named(stated.surface.clone(), Some(stated.label)),
            operands,
        }],
        quote,
    })
}

/// The numbers of the list of attachments.
fn attachments(cx: &Context<'_>, out: &mut Vec<Relation>) {
    let mut run = Vec::new();
    for listed in &cx.circular.listed {
        let (Some(number), Some(span)) = (listed.number, listed.title.span()) else {
            return;
        };
        // The number is a mark of the title: the one that ends before it.
        let label = listed
            .title
            .marks()
            .iter()
            .copied()
            .filter(|m| m.end <= span.start)
            .max_by_key(|m| m.end)
            .unwrap_or(span);
        run.push(Item {
            surface: number.to_string(),
            style: Style::Digits,
            value: i64::from(number),
            label,
            whole: label.cover(span),
        });
    }
    if run.len() < 2 {
        return;
    }
    let offender = run.iter().zip(1..).position(|(item, expected)| item.value != expected);
    out.extend(sequence("attachment-sequence", &run, offender, Cue::Implied));
}

#[cfg(test)]
mod tests {
    use super::relations;
    use crate::table::rig;

    fn read(source: &str) -> Vec<String> {
        rig::lines(source, relations)
    }

    #[test]
    fn headings_run_on_at_each_level() {
        assert_eq!(
            read("# 一、概况\n## （一）网站\n## （二）热线\n# 二、问题\n# 三、要求"),
            ["numbering 三、 <- 一、 二、 ok", "numbering （二） <- （一） ok"]
        );
    }

    #[test]
    fn a_gap_between_headings_is_broken() {
        assert_eq!(
            read("# 一、概况\n# 二、问题\n# 四、要求"),
            ["numbering 四、 <- 一、 二、 BAD"]
        );
    }

    #[test]
    fn a_label_that_stands_in_the_text_is_not_missing() {
        assert!(read("# 一、概况\n各项工作如下。二、问题如下。\n# 三、要求").is_empty());
    }

    #[test]
    fn a_paragraph_may_stand_beside_a_heading() {
        assert_eq!(
            read("# （一）来信情况\n共收到来信12件。\n（二）来访情况同比有所上升，共接待来访3批。\n# （三）来电情况"),
            ["numbering （三） <- （一） （二） ok"]
        );
        assert_eq!(
            read("# 一、来信\n共收到来信12件。\n# 二、来访\n共接待3批。\n三、来电情况总体平稳，共接听30个。"),
            ["numbering 三、 <- 一、 二、 ok"]
        );
        assert!(
            read("# （一）来信情况\n（二）来访情况同比有所上升。\n# （五）来电情况").is_empty(),
            "no gap is told behind a paragraph"
        );
    }

    #[test]
    fn items_of_other_words() {
        assert_eq!(
            read("一要提高认识。\n二要压实责任。\n三要强化督办。"),
            ["numbering 三要 <- 一要 二要 ok"]
        );
        assert_eq!(
            read("第一名：青田镇95分\n第二名：白沙镇93分\n第三名：石桥镇90分"),
            ["numbering 第三名 <- 第一名 第二名 ok"]
        );
        assert_eq!(
            read("原因有二：其一，排查不细；其二，整改不力。"),
            ["numbering 其二， <- 其一， ok"]
        );
        assert_eq!(read("⑴投诉情况。\n⑵举报情况。"), ["numbering ⑵ <- ⑴ ok"]);
    }

    #[test]
    fn a_lost_first_heading_and_lost_numerals() {
        assert_eq!(read("# 二、办理\n# 三、要求"), ["numbering 二、 <- 三、 BAD"]);
        assert_eq!(read("# ()办理\n# ()要求"), ["numbering () <- () BAD"]);
        assert!(read("# 三、办理\n# 四、要求").is_empty(), "an excerpt");
    }

    #[test]
    fn items_inside_paragraphs() {
        assert_eq!(
            read("一是不重视；二是不及时；三是不规范。"),
            ["numbering 三是 <- 一是 二是 ok"]
        );
        assert_eq!(read("一是不重视；三是不规范。"), ["numbering? 三是 <- 一是 BAD"]);
        assert!(read("一是不重视；二要抓紧；三是不规范。").is_empty());
        assert_eq!(
            read("热点：1.噪音（15件）；2.市容（14件）。问题：1.迟缓；2.敷衍。").len(),
            2,
            "a list begins anew at 1"
        );
        assert!(read("本月共2.交通").is_empty());
        assert_eq!(
            read("1税务分中心情况。\n2户政分中心情况。\n3车管分中心情况。"),
            ["numbering 3 <- 1 2 ok"]
        );
        assert!(read("1税务分中心情况。\n3车管分中心情况。").is_empty());
    }
}
