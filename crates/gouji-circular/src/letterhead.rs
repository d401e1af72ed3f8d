//! What stands before the body: mark, document number, title, addressee (GB/T 9704-2012 §7.2, §7.3.1–7.3.2).

use std::collections::VecDeque;
use std::sync::LazyLock;

use gouji_document::{Document, Text};
use gouji_quantity::{DatePart, scan_dates};
use regex::Regex;

use crate::doc_number::{is_doc_number, is_year_number};
use crate::glued::{addressed, unbarred, unglue};
use crate::head_grids::{discard_grid, is_index_grid, is_joint_mark, joint_mark};
use crate::lines::{Line, Unit};
use crate::organ::is_organ;
use crate::page::{Page, offered_title};
use crate::parts::{join_onto, part, squash, width};
use crate::text_table::bars::{heads_table, heads_table_twice};
use crate::title::{MAX_TITLE, is_subtitle, title_lines, title_rank};
use crate::{Circular, Discarded, Reason, SignedDate, chrome, headings, sign_off};

/// Security class, urgency and copy number (密级、紧急程度、份号).
pub(crate) static MARKING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:绝密|机密|秘密)(?:★.{0,12})?|内部(?:资料|文件)?|特急|特提|加急|急件|平急|\d{6})$")
        .expect("a fixed pattern")
});

static ADDRESSEE_WORD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"各|局|委|办|政府|单位|部门|街道|乡|镇|公司|中心|机构|院|校|厅|处|站|科室|市|县|区|有关|企业|同志")
        .expect("a fixed pattern")
});

/// What the last addressee ends in, a note in brackets after it left out.
static ADDRESSEE_END: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[局委办府位门道乡镇司心构院校厅处站室市县区业志会行署部组队所人员者科社场园家村][”）)]*(?:[（(][^（()）]{1,30}[)）])?$")
        .expect("a fixed pattern")
});

/// Words of a sentence, never of an addressee.
pub(crate) const NO_ADDRESSEE: [&str; 14] = [
    "如下", "现将", "根据", "按照", "情况", "以下", "主要", "要求", "包括", "为了", "分别", "其中", "存在", "问题",
];

/// An announcement with its number behind its title: …情况的通告（2031年第8号）.
static NUMBERED_TITLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(.{6,}(?:通告|公告|公报|令))\s*[（(]\s*((?:19|20)\d{2}年第\s*\d{1,4}\s*号)\s*[）)]$")
        .expect("a fixed pattern")
});

/// The day of a page behind a title: …情况 (2031-04-23).
static DAY_SUFFIX: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^.{8,}?(\s*[（(\[](?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}[)）\]])$").expect("a fixed pattern")
});

/// The site behind a title, as the name of a page has it: `…情况_www.example.com`.
static SITE_SUFFIX: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)^.{8,}?(\s*[_|丨]\s*(?:[a-z0-9-]+\.)+[a-z]{2,6})$").expect("a fixed pattern"));

/// Longest word of a page's navigation, in characters.
const MAX_NAVIGATION: usize = 12;
/// Most lines that a title is broken over.
const MAX_TITLE_LINES: usize = 6;
/// Fewest characters of a text that says the title again.
const MIN_AGAIN: usize = 8;
/// How many of a hundred characters of the title are left where it is said again.
const SAME_PERCENT: usize = 85;
/// Most lines between a title and the organs that sign under it, and most of these.
const MAX_SUBTITLES: usize = 3;
const MAX_SIGNED: usize = 4;
/// Most units that are looked at for the letterhead.
const MAX_HEAD: usize = 80;

/// Whether a line above the title is the mark (发文机关标志): the name of an organ, or any name that 文件 makes one.
pub(crate) fn is_mark(text: &str) -> bool {
    let text = text.trim_end();
    is_organ(text.trim_end_matches("文件"))
        || text.ends_with("文件")
            && (5..=45).contains(&width(text))
            && !text.contains(['，', '。', '：', ':', '；', '《', '|', '\t', '•', '·', '●'])
            && !text.contains("关于")
            && headings::label(text).is_none()
}

pub(crate) fn is_addressee(line: &str) -> bool {
    let trimmed = line.trim_end();
    let Some(body) = trimmed.strip_suffix(['：', ':']) else {
        return false;
    };
    width(body) <= 260
        && width(body) >= 2
        && !body.contains(['。', '；', '：'])
        && !body.chars().next().is_some_and(|c| c.is_ascii_digit())
        && headings::label(body).is_none()
        && !NO_ADDRESSEE.iter().any(|w| body.contains(w))
        && ADDRESSEE_WORD.is_match(body)
        && ADDRESSEE_END.is_match(body.trim_end())
        && scan_dates(body).is_empty()
        && !body.starts_with('附')
}

/// Whether a line begins the body for sure.
fn begins_body(line: &Line) -> bool {
    let text = line.str();
    headings::label(text).is_some_and(|l| l.level <= 2)
        || text.contains(['。', '；'])
        || text.ends_with(['，', '：', ':']) && !is_addressee(text) && width(text) > 12
        || width(text) > MAX_TITLE
}

/// A line on its way through the letterhead.
pub(crate) struct Candidate {
    pub line: Line,
    /// Chrome, or already used.
    pub done: bool,
    /// Lines of the page that were set aside before it.
    pub n_chrome: usize,
    /// A line of the page stands directly below it.
    pub marked: bool,
}

impl Candidate {
    fn new(line: Line, n_chrome: usize) -> Self {
        Self {
            line,
            done: false,
            n_chrome,
            marked: false,
        }
    }
}

/// Whether a line is the head of a table whose rows come next.
fn opens_table(line: &Line, next: &VecDeque<Unit>) -> bool {
    let below = |n: usize| match next.get(n) {
        Some(Unit::Line(line)) => line.str(),
        _ => "",
    };
    heads_table(line.str(), below(0)) || heads_table_twice(line.str(), below(0), below(1))
}

/// Takes the letterhead off the front of `units`, in place; also gives what the page around it says.
pub(crate) fn take(document: &Document, units: Vec<Unit>, circular: &mut Circular) -> (Vec<Unit>, Page) {
    let mut page = Page::default();
    let mut n_chrome = 0;
    // A label of an index table that waits for its value on the next line.
    let mut field: Option<String> = None;
    let mut rest: Vec<Unit> = Vec::with_capacity(units.len());
    let mut head: Vec<Candidate> = Vec::new();
    let mut queue = VecDeque::from(units);
    let mut bracket_open = 0;
    let mut addressee_at: Option<usize> = None;
    let mut tabled = false;
    while let Some(unit) = queue.pop_front() {
        if head.len() >= MAX_HEAD {
            rest.push(unit);
            break;
        }
        match unit {
            Unit::Grid(idx) if is_index_grid(document, idx) => {
                discard_grid(document, idx, circular, &mut page);
                n_chrome += 1;
                continue;
            }
            Unit::Grid(idx)
                if circular.issuer_mark.is_none()
                    && head.iter().all(|c| title_rank(c.line.str()) < 3)
                    && is_joint_mark(document, idx) =>
            {
                circular.issuer_mark = joint_mark(document, idx, circular);
                continue;
            }
            // 排名 | 政务公开 | 在线服务 above figures is a table, however much it looks like a menu.
            Unit::Line(line) if opens_table(&line, &queue) => {
                tabled = true;
                rest.push(Unit::Line(line));
                break;
            }
            Unit::Line(line) => {
                let untitled = head.iter().all(|c| title_rank(c.line.str()) < 2);
                let line = if untitled { unbarred(line) } else { line };
                if bracket_open > 0 && width(line.str()) <= 4 {
                    bracket_open -= 1;
                    if line.str().contains([']', '】']) {
                        bracket_open = 0;
                    }
                    set_chrome(line, circular, &mut page);
                    continue;
                }
                bracket_open = 0;
                if let Some(label) = field.take()
                    && chrome::is_value(line.str())
                {
                    page.read(&format!("{label}{}", line.str()), circular.discarded.len());
                    set_chrome(line, circular, &mut page);
                    n_chrome += 1;
                    continue;
                }
                let after_chrome = circular
                    .discarded
                    .last()
                    .is_some_and(|d| d.reason == Reason::PageChrome);
                let titled = title_rank(line.str()) >= 3
                    && !line.str().contains('|')
                    && offered_title(line.str()).is_none()
                    && !(after_chrome && chrome::is_labelled(line.str()));
                if !titled
                    && (chrome::at_head(line.str())
                        || after_chrome && (chrome::is_rule(line.str()) || chrome::is_row(line.str())))
                {
                    if chrome::waits_for_bracket(line.str()) {
                        bracket_open = 5;
                    }
                    if line.str().ends_with(['：', ':']) {
                        field = Some(line.str().to_owned());
                    }
                    if let Some(above) = head.last_mut()
                        && above.n_chrome == n_chrome
                    {
                        above.marked = true;
                    }
                    set_chrome(line, circular, &mut page);
                    n_chrome += 1;
                    continue;
                }
                // An addressee may run over several lines.
                let mut line = line;
                while line.str().ends_with(['，', '、', ','])
                    && ADDRESSEE_WORD.is_match(line.str())
                    && width(line.str()) <= 200
                {
                    let Some(Unit::Line(next)) = queue.front() else { break };
                    let whole = format!("{}{}", line.str(), next.str());
                    if !(is_addressee(&whole)
                        || next.str().ends_with(['，', '、', ',']) && width(&whole) <= 200 && !whole.contains('。'))
                    {
                        break;
                    }
                    if let Some(Unit::Line(next)) = queue.pop_front() {
                        join_onto(&mut line.text, &next.text);
                    }
                }
                if is_addressee(line.str()) {
                    head.push(Candidate::new(line, n_chrome));
                    addressee_at = Some(head.len() - 1);
                    break;
                }
                let glued = head.iter().all(|c| title_rank(c.line.str()) < 3);
                if glued && let Some(tail) = unglue(&line, circular) {
                    if let Some(tail) = tail {
                        rest.push(Unit::Line(tail));
                    }
                    break;
                }
                if let Some(names) = addressed(line.str()) {
                    let (addressee, text) = (part(&line.text, 0..names), part(&line.text, names..line.text.len()));
                    rest.push(Unit::Line(Line { text, ..line.clone() }));
                    let line = Line {
                        text: addressee,
                        ..line
                    };
                    head.push(Candidate::new(line, n_chrome));
                    addressee_at = Some(head.len() - 1);
                    break;
                }
                if begins_body(&line) {
                    rest.push(Unit::Line(line));
                    break;
                }
                head.push(Candidate::new(line, n_chrome));
            }
            other => {
                rest.push(other);
                break;
            }
        }
    }
    let texts = rest
        .first()
        .is_some_and(|u| matches!(u, Unit::Line(l) if begins_text(l.str())));
    let followed = tabled || texts;
    let keep = settle(head, addressee_at, followed, &page, circular);
    let mut out: Vec<Unit> = keep.into_iter().map(Unit::Line).collect();
    out.append(&mut rest);
    // After the addressee the page may go on with chrome before the first paragraph.
    out.extend(queue);
    (out, page)
}

/// Whether a line below the head is text: a sentence, a heading, or what announces either.
fn begins_text(line: &str) -> bool {
    line.contains('。') || headings::label(line).is_some() || line.ends_with(['：', ':', '；'])
}

/// Running heads: where the first page has the issuer's mark or the document number in its head and the text has none,
/// they are taken from there. All else is furniture of the page.
pub(crate) fn take_heads(heads: Vec<Line>, circular: &mut Circular) {
    for line in heads {
        if circular.doc_number.is_none() && is_doc_number(line.str()) {
            circular.doc_number = Some(line.text);
        } else if circular.issuer_mark.is_none() && is_mark(line.str()) {
            circular.issuer_mark = Some(line.text);
        } else {
            circular.discarded.push(Discarded {
                text: line.text,
                reason: Reason::PageFurniture,
            });
        }
    }
}

fn set_chrome(line: Line, circular: &mut Circular, page: &mut Page) {
    page.read(line.str(), circular.discarded.len());
    if circular.published.is_none() {
        circular.published = chrome::published(&line.text);
    }
    circular.discarded.push(Discarded {
        text: line.text,
        reason: Reason::PageChrome,
    });
}

/// Gives each line of the head its role; lines after the title that have none go back to the body.
fn settle(
    mut head: Vec<Candidate>,
    addressee_at: Option<usize>,
    followed: bool,
    page: &Page,
    circular: &mut Circular,
) -> Vec<Line> {
    if let Some(at) = addressee_at {
        let text = &head[at].line.text;
        let end = text.as_str().trim_end_matches(['：', ':', ' ', '\u{3000}']).len();
        circular.addressee = Some(crate::parts::part_of(text, 0..text.len(), 0..end));
        head[at].done = true;
    }
    let title = if circular.title.is_none() {
        title_lines(&head, addressee_at, followed)
    } else {
        None
    };
    if title.is_none() && circular.title.is_none() {
        take_offered(page, circular);
    }
    if let Some((from, to)) = title {
        let mut text = Text::default();
        for candidate in &mut head[from..=to] {
            join_onto(&mut text, &candidate.line.text);
            candidate.done = true;
        }
        circular.title = Some(without_suffixes(&text, circular));
    }
    let title_end = title.map(|t| t.1);
    let title_start = title.map(|t| t.0);
    // Lines of the page between a line and the title make the line one of the page's, too: its banner, its navigation.
    let chrome_at_title = title_start.map_or(0, |s| head[s].n_chrome);
    let end = addressee_at.unwrap_or(head.len());
    let mut back = Vec::new();
    let title_flat = circular.title.as_ref().map(|t| squash(t)).unwrap_or_default();
    // Where nobody is addressed, a number below it says that what stands above the title is a letterhead.
    let numbered = circular.doc_number.is_some() || head.iter().any(|c| is_doc_number(c.line.str()));
    let again = told_again(&head, addressee_at, &title_flat);
    if let Some(below) = title_end.filter(|_| addressee_at.is_none()) {
        take_signature(&mut head[below + 1..], circular);
    }
    for (idx, candidate) in head.into_iter().enumerate() {
        if candidate.done {
            continue;
        }
        let apart = candidate.n_chrome < chrome_at_title;
        let line = candidate.line;
        let text = line.str();
        let before_title = title_start.is_some_and(|s| idx < s);
        let known_head = before_title || title_end.is_some() && addressee_at.is_some() && idx < end;
        if circular.doc_number.is_none() && (is_doc_number(text) || title_end.is_some() && is_year_number(text)) {
            circular.doc_number = Some(line.text);
        } else if MARKING.is_match(&squash(text))
            && (before_title || title.is_none() && idx < 4)
            && (addressee_at.is_some() || before_title && numbered)
        {
            circular.markings.push(line.text);
        } else if again[idx]
            || before_title && apart && !numbered && is_of_the_page(text)
            || known_head && chrome::is_rule(text)
        {
            circular.discarded.push(Discarded {
                text: line.text,
                reason: Reason::PageChrome,
            });
        } else if before_title
            && circular.date.is_none()
            && let Some(organ) = sign_off::organ_before_day(text)
        {
            // The masthead of a bulletin: its issuer and its day in one line.
            circular.date = signed(&part(&line.text, organ..text.len()));
            let name = part(&line.text, 0..organ);
            if circular.issuer_mark.is_none() {
                circular.issuer_mark = Some(name);
            } else {
                circular.subtitle.push(name);
            }
        } else if circular.issuer_mark.is_none()
            && (before_title || title.is_none() && (addressee_at.is_some() || idx == 0 && is_headed(&line)))
            && is_mark(text)
        {
            circular.issuer_mark = Some(line.text);
        } else if circular.date.is_none()
            && (is_noted_day(text) && (before_title || title_end.is_some())
                || known_head && addressee_at.is_some() && sign_off::is_day(text))
        {
            // 题注: a day in brackets under the title, or bare in the head of a letter; the sign-off's own date takes precedence.
            circular.date = signed(&line.text);
        } else if known_head && circular.date.as_ref().is_some_and(|d| squash(&d.text) == squash(text)) {
            circular.discarded.push(Discarded {
                text: line.text,
                reason: Reason::PageChrome,
            });
        } else if known_head || title_end.is_some() && back.is_empty() && is_subtitle(text) {
            circular.subtitle.push(line.text);
        } else {
            back.push(line);
        }
    }
    back
}

/// A bulletin of figures (公报) is signed under its title: one or more organs, and the day below them.
fn take_signature(below: &mut [Candidate], circular: &mut Circular) {
    let second_line = |c: &Candidate| is_subtitle(c.line.str()) && !sign_off::is_day(c.line.str());
    let from = below.iter().take(MAX_SUBTITLES).take_while(|c| second_line(c)).count();
    let below = &mut below[from..];
    let organs = below.iter().take_while(|c| !c.done && is_organ(c.line.str())).count();
    if !(1..=MAX_SIGNED).contains(&organs) || circular.date.is_some() || !circular.signatures.is_empty() {
        return;
    }
    let Some(day) = below
        .get(organs)
        .filter(|c| !c.done && sign_off::is_day(c.line.str()))
        .and_then(|c| signed(&c.line.text))
    else {
        return;
    };
    circular.date = Some(day);
    for candidate in &mut below[..=organs] {
        candidate.done = true;
    }
    circular
        .signatures
        .extend(below[..organs].iter().map(|c| c.line.text.clone()));
}

/// Which lines of the head only say the title again, on one line or broken over several: a page names its article, and the article begins
/// with its title.
fn told_again(head: &[Candidate], addressee_at: Option<usize>, title_flat: &str) -> Vec<bool> {
    let mut again = vec![false; head.len()];
    let end = addressee_at.unwrap_or(head.len());
    let mut from = 0;
    while from < end && !title_flat.is_empty() {
        let mut run = String::new();
        let mut last = None;
        for (idx, candidate) in head[..end].iter().enumerate().skip(from).take(MAX_TITLE_LINES) {
            if candidate.done {
                break;
            }
            run.push_str(&squash(candidate.line.str()));
            if says_again(&run, title_flat) {
                last = Some(idx);
            }
            // What follows the whole title is something else.
            if run.len() >= title_flat.len() {
                break;
            }
        }
        if let Some(last) = last {
            again[from..=last].fill(true);
        }
        from = last.unwrap_or(from) + 1;
    }
    again
}

/// Whether a text is the title, with more behind it, without its organ, or with a few of its characters lost.
fn says_again(text: &str, title: &str) -> bool {
    let n = text.chars().count();
    if n < MIN_AGAIN {
        return false;
    }
    let mut rest = title.chars();
    text.starts_with(title)
        || text.starts_with("关于") && title.ends_with(text)
        || n * 100 >= title.chars().count() * SAME_PERCENT && text.chars().all(|c| rest.any(|t| t == c))
}

/// A title without what is no part of it: the number of an announcement in brackets at its end, which becomes the document's,
/// and the name of the site that printed it.
fn without_suffixes(title: &Text, circular: &mut Circular) -> Text {
    let text = title.as_str();
    if let Some(found) = NUMBERED_TITLE.captures(text)
        && let (Some(kept), Some(number)) = (found.get(1), found.get(2))
        && circular.doc_number.is_none()
    {
        circular.doc_number = Some(crate::parts::part_of(title, kept.end()..text.len(), number.range()));
        return part(title, kept.range());
    }
    let suffix = [&SITE_SUFFIX, &DAY_SUFFIX]
        .into_iter()
        .find_map(|p| p.captures(text)?.get(1));
    if let Some(at) = suffix {
        return crate::parts::part_of(title, 0..text.len(), 0..at.start());
    }
    title.clone()
}

/// The banner of a site or a word of its navigation.
fn is_of_the_page(text: &str) -> bool {
    !text.ends_with("文件")
        && !text.chars().any(|c| c.is_ascii_digit())
        && (is_organ(text) || width(text) <= MAX_NAVIGATION)
        && !text.contains('。')
}

/// The title that a row of the page gives, where the text has none.
fn take_offered(page: &Page, circular: &mut Circular) {
    let Some((at, range)) = page.title.clone() else { return };
    if circular.discarded.get(at).is_some_and(|d| range.end <= d.text.len()) {
        let row = circular.discarded.remove(at).text;
        circular.title = Some(crate::parts::part_of(&row, 0..row.len(), range));
    }
}

/// A first line in the middle that says 文件 itself needs no title below it to be the mark.
fn is_headed(line: &Line) -> bool {
    line.align == gouji_document::Align::Center && line.str().trim_end().ends_with("文件")
}

fn is_noted_day(text: &str) -> bool {
    let flat = squash(text);
    flat.starts_with(['（', '('])
        && flat.ends_with(['）', ')'])
        && flat.contains('年')
        && scan_dates(&flat).len() == 1
        && flat.chars().count() <= 16
}

/// The date that stands in a text.
pub(crate) fn signed(text: &Text) -> Option<SignedDate> {
    let mention = scan_dates(text.as_str()).into_iter().next()?;
    let date = match mention.part {
        DatePart::Full(date) => Some(date),
        _ => None,
    };
    Some(SignedDate {
        text: text.clone(),
        date,
    })
}

#[cfg(test)]
mod tests {
    use super::{is_mark, says_again};

    #[test]
    fn a_title_said_again() {
        let title = "青溪县人民政府办公室关于2031年第三季度政府网站检查情况的通报";
        for text in [
            title,
            "关于2031年第三季度政府网站检查情况的通报",
            "青溪县人民政府办公室关于2031第三季度政府网站检查情况的通报",
            "青溪县人民政府办公室关于2031年第三季度政府网站检查情况的通报（第8期）",
        ] {
            assert!(says_again(text, title), "{text}");
        }
        for text in [
            "2031年第三季度",
            "青溪县人民政府办公室",
            "政府网站检查情况的通报",
            "关于2031年第三季度政府网站整改情况的通报",
            "青溪县人民政府办公室关于2031年第四季度政府网站检查情况的通报",
        ] {
            assert!(!says_again(text, title), "{text}");
        }
    }

    #[test]
    fn marks() {
        assert!(is_mark("青溪县人民政府办公室文件") && is_mark("青溪县水务局") && is_mark("中共青溪县直属机关文件"));
        assert!(
            !is_mark("关于印发重要文件")
                && !is_mark("《青溪文件》")
                && !is_mark("• 分类:部门文件、综合文件")
                && !is_mark("检查情况")
        );
    }
}
