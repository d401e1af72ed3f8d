//! What stands before the body: mark, document number, title, addressee (GB/T 9704-2012 §7.2, §7.3.1–7.3.2).

use std::sync::LazyLock;

use gouji_document::{Document, Grid, Text};
use gouji_quantity::{DatePart, scan_dates};
use regex::Regex;

use crate::lines::{Line, Unit};
use crate::organ::is_organ;
use crate::parts::{join_onto, part, squash, width};
use crate::{Circular, Discarded, Reason, SignedDate, chrome, headings};

static DOC_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[\p{Han}]{0,12}\s*[〔\[\(（【﹝]\s*(?:19|20|21)\d{2}\s*[〕\]\)）】﹞]\s*[—\-–－]{0,2}\s*第?\s*\d{1,5}\s*号?$")
        .expect("a fixed pattern")
});

/// A document number that lost a bracket or both: `青政发〔2031—8`, `青政发2031〕8号`, `青政发2031-8号`. Nothing but agency, year and number.
static BROKEN_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(\p{Han}{2,12})(?:",
        r"[〔\[\(（【﹝](?:19|20|21)\d{2}[—\-–－第]{0,2}\d{1,4}号?",
        r"|(?:19|20|21)\d{2}[〕\]\)）】﹞][—\-–－第]{0,2}\d{1,4}号?",
        r"|[〔\[\(（【﹝](?:19|20|21)\d{2}年[〕\]\)）】﹞]第?\d{1,4}号",
        r"|(?:19|20|21)\d{2}[—\-–－]\d{1,4}号",
        r")$",
    ))
    .expect("a fixed pattern")
});

static MARKING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:绝密|机密|秘密)(?:★.{0,12})?|内部(?:资料|文件)?|特急|特提|加急|急件|平急|\d{6})$")
        .expect("a fixed pattern")
});

/// The end of a title; the kind of document is the first group.
static TITLE_END: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(通报|通知|通告|公告|公报|报告|决定|意见|批复|纪要|方案|的函|情况|结果|排名|名单|简报|专报|快报|月报|季报|周报)",
        r"\s*(?:[（(【〔][^（()）。]{1,30}[)）】〕])?$"
    ))
    .expect("a fixed pattern")
});

/// Title, addressee and the beginning of the body run together in one line.
static GLUED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^([^。；：:，]{0,40}?关于[^。；：:]{2,90}?的(?:情况)?(?:通报|通知|通告|公告|报告|决定|意见))",
        r"(?:\s*((?:各|[\p{Han}]{0,12}(?:镇|乡|县|区|市|街道|局|委|办|部门|单位|政府))[^。：:]{0,120})\s*([：:]))?\s*\S"
    ))
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
const NO_ADDRESSEE: [&str; 14] = [
    "如下", "现将", "根据", "按照", "情况", "以下", "主要", "要求", "包括", "为了", "分别", "其中", "存在", "问题",
];

/// Most units that are looked at for the letterhead.
const MAX_HEAD: usize = 80;
/// Longest title, in characters.
const MAX_TITLE: usize = 140;

/// Whether a line is a document number (发文字号), malformed ones included.
pub(crate) fn is_doc_number(line: &str) -> bool {
    let flat = squash(line);
    flat.chars().count() <= 30 && (DOC_NUMBER.is_match(&flat) || is_broken_number(&flat))
}

/// Words of titles and issues, never of an agency's code.
const NO_CODE: [&str; 8] = ["关于", "通报", "通知", "情况", "简报", "专报", "总第", "附件"];

fn is_broken_number(flat: &str) -> bool {
    BROKEN_NUMBER
        .captures(flat)
        .and_then(|c| c.get(1))
        .is_some_and(|agency| !NO_CODE.iter().any(|w| agency.as_str().contains(w)))
}

/// How surely a line ends a title: 4 通报 … 1 a bulletin's name, 0 not at all.
fn title_rank(line: &str) -> u8 {
    let flat = squash(line);
    if flat.chars().count() > MAX_TITLE || flat.contains(['。', '；', '：', ':']) {
        return 0;
    }
    let Some(kind) = TITLE_END.captures(&flat).and_then(|c| c.get(1)) else {
        return 0;
    };
    let about = u8::from(flat.contains("关于"));
    match kind.as_str() {
        "通报" => 4 + about,
        "情况" | "结果" | "排名" | "名单" => 2 + about,
        "简报" | "专报" | "快报" | "月报" | "季报" | "周报" => 1,
        _ => 3 + about,
    }
}

/// An issue of a bulletin, alone on its line.
static ISSUE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[（(]?(?:\d{4}年)?(?:总?第)?\s*\d+\s*[期号][)）]?$").expect("a fixed pattern"));

/// Whether the lines of one centred paragraph are one title, or one mark, broken on purpose.
pub(crate) fn is_broken_title(lines: &[&str]) -> bool {
    let Some((last, others)) = lines.split_last() else {
        return false;
    };
    let plain = |line: &str| {
        let flat = squash(line);
        width(line) <= 32
            && !flat.contains(['。', '；', '：', ':', '|'])
            && !flat.starts_with(['附', '（', '(', '—', '【'])
            && headings::label(line).is_none()
            && !is_doc_number(line)
            && !MARKING.is_match(&flat)
            && !ISSUE.is_match(&flat)
            && !crate::sign_off::is_day(line)
    };
    (1..=5).contains(&others.len())
        && lines.iter().all(|line| plain(line))
        && others.iter().zip(&lines[1..]).all(|(line, next)| {
            // What is whole by itself: a title, the name of a bulletin, a mark, an organ.
            let whole = matches!(title_rank(line), 1 | 4..) || line.ends_with("文件");
            !whole && (!is_organ(line) || next.trim_start().starts_with("关于"))
        })
        && !is_organ(last)
        && width(&lines.concat()) <= MAX_TITLE
}

/// Whether a line above the title is the mark (发文机关标志): the name of an organ, or any name that 文件 makes one.
fn is_mark(text: &str) -> bool {
    let text = text.trim_end();
    is_organ(text.trim_end_matches("文件"))
        || text.ends_with("文件")
            && (5..=45).contains(&width(text))
            && !text.contains(['，', '。', '：', '；', '《', '|', '\t'])
            && !text.contains("关于")
            && headings::label(text).is_none()
}

fn is_addressee(line: &str) -> bool {
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
struct Candidate {
    line: Line,
    /// Chrome, or already used.
    done: bool,
}

/// Takes the letterhead off the front of `units`, in place.
pub(crate) fn take(document: &Document, units: Vec<Unit>, circular: &mut Circular) -> Vec<Unit> {
    let mut rest: Vec<Unit> = Vec::with_capacity(units.len());
    let mut head: Vec<Candidate> = Vec::new();
    let mut queue = units.into_iter().peekable();
    let mut bracket_open = 0;
    let mut addressee_at: Option<usize> = None;
    while let Some(unit) = queue.next() {
        if head.len() >= MAX_HEAD {
            rest.push(unit);
            break;
        }
        match unit {
            Unit::Grid(idx) if is_index_grid(document, idx) => {
                discard_grid(document, idx, circular);
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
            Unit::Line(line) => {
                if bracket_open > 0 && width(line.str()) <= 4 {
                    bracket_open -= 1;
                    if line.str().contains([']', '】']) {
                        bracket_open = 0;
                    }
                    set_chrome(line, circular);
                    continue;
                }
                bracket_open = 0;
                let titled = title_rank(line.str()) >= 3 && !line.str().contains('|');
                let after_chrome = circular
                    .discarded
                    .last()
                    .is_some_and(|d| d.reason == Reason::PageChrome);
                if !titled && (chrome::at_head(line.str()) || after_chrome && chrome::is_rule(line.str())) {
                    if chrome::waits_for_bracket(line.str()) {
                        bracket_open = 5;
                    }
                    set_chrome(line, circular);
                    continue;
                }
                // An addressee may run over several lines.
                let mut line = line;
                while line.str().ends_with(['，', '、', ','])
                    && ADDRESSEE_WORD.is_match(line.str())
                    && width(line.str()) <= 200
                {
                    let Some(Unit::Line(next)) = queue.peek() else { break };
                    let whole = format!("{}{}", line.str(), next.str());
                    if !(is_addressee(&whole)
                        || next.str().ends_with(['，', '、', ',']) && width(&whole) <= 200 && !whole.contains('。'))
                    {
                        break;
                    }
                    if let Some(Unit::Line(next)) = queue.next() {
                        join_onto(&mut line.text, &next.text);
                    }
                }
                if is_addressee(line.str()) {
                    head.push(Candidate { line, done: false });
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
                if begins_body(&line) {
                    rest.push(Unit::Line(line));
                    break;
                }
                head.push(Candidate { line, done: false });
            }
            other => {
                rest.push(other);
                break;
            }
        }
    }
    let keep = settle(head, addressee_at, circular);
    let mut out: Vec<Unit> = keep.into_iter().map(Unit::Line).collect();
    out.append(&mut rest);
    // After the addressee the page may go on with chrome before the first paragraph.
    out.extend(queue);
    out
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

fn set_chrome(line: Line, circular: &mut Circular) {
    if circular.published.is_none() {
        circular.published = chrome::published(&line.text);
    }
    circular.discarded.push(Discarded {
        text: line.text,
        reason: Reason::PageChrome,
    });
}

fn grid_at(document: &Document, idx: usize) -> Option<&Grid> {
    match document.blocks.get(idx) {
        Some(gouji_document::Block::Table(grid)) => Some(grid),
        _ => None,
    }
}

fn is_index_grid(document: &Document, idx: usize) -> bool {
    grid_at(document, idx)
        .is_some_and(|g| g.cells.len() <= 60 && chrome::is_index_table(g.cells.iter().map(|c| document.quote(c.span))))
}

/// Cells of the largest table that is a mark: a dozen names, and 文件.
const MAX_MARK_CELLS: usize = 16;

/// Whether a table above the title is the mark of several issuers (联合行文, §7.2.4): their names, and 文件 beside them.
fn is_joint_mark(document: &Document, idx: usize) -> bool {
    let Some(grid) = grid_at(document, idx).filter(|g| g.cells.len() <= MAX_MARK_CELLS) else {
        return false;
    };
    let mut organs = 0;
    grid.cells
        .iter()
        .flat_map(|cell| document.quote(cell.span).lines())
        .map(squash)
        .filter(|line| !line.is_empty())
        .all(|line| {
            organs += usize::from(is_organ(&line));
            line == "文件" || is_organ(&line)
        })
        && organs >= 2
}

/// The mark in such a table on one line: the names with 、 between them, 文件 behind.
fn joint_mark(document: &Document, idx: usize, circular: &Circular) -> Option<Text> {
    let grid = grid_at(document, idx)?;
    let cuts = cuts(circular);
    let mut mark = Text::default();
    let mut file = Text::default();
    for cell in &grid.cells {
        let text = crate::parts::clean(&document.text, cell.span, &cuts);
        let mut from = 0;
        for line in text.as_str().split_inclusive('\n') {
            let name = text.slice(from..from + line.len()).trimmed();
            from += line.len();
            if name.is_empty() {
                continue;
            }
            if squash(&name) == "文件" {
                file.append(&name);
                continue;
            }
            if !mark.is_empty() {
                mark.push_synthetic("、");
            }
            mark.append(&name);
        }
    }
    mark.append(&file);
    Some(mark)
}

/// What has been cut out of the source so far.
fn cuts(circular: &Circular) -> Vec<gouji_document::Span> {
    let mut cuts: Vec<_> = circular
        .discarded
        .iter()
        .filter(|d| matches!(d.reason, Reason::InjectedSpam | Reason::Hidden))
        .flat_map(|d| d.text.claimed())
        .collect();
    cuts.sort_unstable();
    cuts
}

fn discard_grid(document: &Document, idx: usize, circular: &mut Circular) {
    let Some(grid) = grid_at(document, idx) else { return };
    let cuts = cuts(circular);
    let mut text = Text::default();
    for cell in &grid.cells {
        let piece = crate::parts::clean(&document.text, cell.span, &cuts);
        if !text.is_empty() && !piece.is_empty() {
            text.push_synthetic(" ");
        }
        text.append(&piece);
    }
    if circular.published.is_none() {
        circular.published = chrome::published(&text);
    }
    crate::panels::discard(text, Reason::PageChrome, &mut circular.discarded);
}

/// Splits a line in which title, addressee and body run together; inside the answer, the body's part.
fn unglue(line: &Line, circular: &mut Circular) -> Option<Option<Line>> {
    let text = line.str();
    if width(text) < 60 {
        return None;
    }
    let found = GLUED.captures(text)?;
    let title = found.get(1)?;
    let mut at = title.end();
    let rest = &text[at..];
    if let (Some(names), Some(colon)) = (found.get(2), found.get(3)) {
        if NO_ADDRESSEE.iter().any(|w| names.as_str().contains(w)) {
            return None;
        }
        circular.addressee = Some(crate::parts::part_of(
            &line.text,
            names.start()..colon.end(),
            names.start()..names.end(),
        ));
        at = colon.end();
    } else if !(rest.trim_start().starts_with("现将")
        || rest.trim_start().starts_with("根据")
        || rest.trim_start().starts_with("按照"))
    {
        return None;
    }
    circular.title = Some(part(&line.text, title.range()));
    let tail = part(&line.text, at..text.len());
    Some((!tail.is_empty()).then(|| Line {
        text: tail,
        ..line.clone()
    }))
}

/// Gives each line of the head its role; lines after the title that have none go back to the body.
fn settle(mut head: Vec<Candidate>, addressee_at: Option<usize>, circular: &mut Circular) -> Vec<Line> {
    if let Some(at) = addressee_at {
        let text = &head[at].line.text;
        let end = text.as_str().trim_end_matches(['：', ':', ' ', '\u{3000}']).len();
        circular.addressee = Some(crate::parts::part_of(text, 0..text.len(), 0..end));
        head[at].done = true;
    }
    let title = if circular.title.is_none() {
        title_lines(&head, addressee_at)
    } else {
        None
    };
    if let Some((from, to)) = title {
        let mut text = Text::default();
        for candidate in &mut head[from..=to] {
            join_onto(&mut text, &candidate.line.text);
            candidate.done = true;
        }
        circular.title = Some(text);
    }
    let title_end = title.map(|t| t.1);
    let title_start = title.map(|t| t.0);
    let end = addressee_at.unwrap_or(head.len());
    let mut back = Vec::new();
    let title_flat = circular.title.as_ref().map(|t| squash(t)).unwrap_or_default();
    // Where nobody is addressed, a number below it says that what stands above the title is a letterhead.
    let numbered = circular.doc_number.is_some() || head.iter().any(|c| is_doc_number(c.line.str()));
    for (idx, candidate) in head.into_iter().enumerate() {
        if candidate.done {
            continue;
        }
        let line = candidate.line;
        let text = line.str();
        let before_title = title_start.is_some_and(|s| idx < s);
        let known_head = before_title || title_end.is_some() && addressee_at.is_some() && idx < end;
        if circular.doc_number.is_none() && is_doc_number(text) {
            circular.doc_number = Some(line.text);
        } else if MARKING.is_match(&squash(text))
            && (before_title || title.is_none() && idx < 4)
            && (addressee_at.is_some() || before_title && numbered)
        {
            circular.markings.push(line.text);
        } else if !title_flat.is_empty()
            && width(text) >= 8
            && (squash(text) == title_flat || squash(text).starts_with(&title_flat))
        {
            circular.discarded.push(Discarded {
                text: line.text,
                reason: Reason::PageChrome,
            });
        } else if circular.issuer_mark.is_none()
            && (before_title || title.is_none() && (addressee_at.is_some() || idx == 0 && is_headed(&line)))
            && is_mark(text)
        {
            circular.issuer_mark = Some(line.text);
        } else if is_noted_day(text) && (before_title || title_end.is_some()) && circular.date.is_none() {
            // 题注: a day in brackets under the title; the sign-off's own date takes precedence.
            circular.date = signed(&line.text);
        } else if known_head || title_end.is_some() && back.is_empty() && is_subtitle(text) {
            circular.subtitle.push(line.text);
        } else {
            back.push(line);
        }
    }
    back
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

/// A second line of the title: an issue, a span of days, a line after a dash. A word like 总体情况 is a heading instead, and a
/// line with bars the head of a table.
fn is_subtitle(text: &str) -> bool {
    width(text) <= 30
        && !text.contains(['。', '；', '，'])
        && text.matches(['|', '｜', '│']).count() < 2
        && !text.ends_with(['：', ':'])
        && headings::label(text).is_none()
        && (text.chars().any(|c| c.is_ascii_digit()) || text.starts_with(['（', '(', '—', '-']))
}

/// First and last line of the title.
fn title_lines(head: &[Candidate], addressee_at: Option<usize>) -> Option<(usize, usize)> {
    let limit = addressee_at.unwrap_or(head.len());
    let str_at = |idx: usize| head[idx].line.str();
    let mut best: Option<(u8, usize)> = None;
    for (idx, candidate) in head.iter().enumerate().take(limit) {
        let mut rank = title_rank(candidate.line.str());
        // The tail of a broken title is short and has no subject of its own.
        if rank > 0 && idx > 0 && rank < 5 && str_at(idx - 1).contains("关于") && title_rank(str_at(idx - 1)) == 0 {
            rank += 1;
        }
        if candidate.line.outline == Some(1) && rank > 0 {
            rank += 1;
        }
        if rank > 0 && best.is_none_or(|b| rank > b.0) {
            best = Some((rank, idx));
        }
    }
    let end = match best {
        Some((_, idx)) => idx,
        None => fallback(head, limit, addressee_at.is_some())?,
    };
    let mut from = end;
    let plain = |idx: usize| {
        let t = str_at(idx);
        !is_doc_number(t)
            && !MARKING.is_match(&squash(t))
            && !t.contains("    ")
            && !t.ends_with("文件")
            && width(t) >= 4
            && !t.contains(['。', '；', '：', ':'])
            && title_rank(t) == 0
    };
    // Up to the line that says what it is about.
    let flat = |from: usize| (from..=end).map(str_at).collect::<String>();
    if !flat(from).contains("关于") && best.is_some() {
        let about = (from.saturating_sub(4)..from)
            .rev()
            .take_while(|&i| plain(i))
            .find(|&i| str_at(i).contains("关于"));
        if let Some(idx) = about {
            from = idx;
        } else if from > 0
            && plain(from - 1)
            && !is_organ(str_at(from - 1))
            && width(str_at(end)) <= 14
            && title_rank(str_at(end)) >= 3
        {
            from -= 1;
        }
    }
    // Issuing organs directly above belong to it, but not the mark, which they repeat.
    let mut organs: Vec<String> = Vec::new();
    if str_at(from).trim_start().starts_with("关于") {
        while from > 0 && organs.len() < 6 && is_organ(str_at(from - 1)) && !str_at(from - 1).contains("    ") {
            let name = squash(str_at(from - 1));
            if organs.contains(&name) {
                break;
            }
            organs.push(name);
            from -= 1;
        }
    }
    Some((from, end))
}

/// Without a line that ends as titles do: a line about something, or one that the format centres or marks as a heading.
fn fallback(head: &[Candidate], limit: usize, addressed: bool) -> Option<usize> {
    let about = (0..limit).find(|&i| {
        let t = head[i].line.str();
        t.contains("关于") && !t.contains(['。', '：', ':'])
    });
    about.or_else(|| {
        (0..limit).find(|&i| {
            let line = &head[i].line;
            let shown = line.outline == Some(1) || line.align == gouji_document::Align::Center;
            shown && !is_mark(line.str()) && !is_doc_number(line.str()) && width(line.str()) >= 5 && addressed
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{is_broken_title, is_doc_number, is_mark, is_subtitle};

    #[test]
    fn the_head_of_a_table_is_no_second_line_of_the_title() {
        assert!(is_subtitle("（2031年第一季度）") && is_subtitle("2031年第3期"));
        assert!(!is_subtitle("单位 | 2030年 | 2031年 | 同比 |"));
    }

    #[test]
    fn document_numbers_proper_and_malformed() {
        for line in [
            "青政发〔2031〕8号",
            "〔2031〕8号",
            "青政办函[2031] 第8号",
            "青政督〔2031—8",
            "青政督〔2031—8号",
            "青政发2031〕8号",
            "青政发〔2031年〕8号",
            "青政发2031-8号",
        ] {
            assert!(is_doc_number(line), "{line}");
        }
    }

    #[test]
    fn issues_titles_and_spans_are_none() {
        for line in [
            "（总第8期）",
            "政务督查简报（2031—8",
            "关于抽检情况的通报（2031-8）",
            "抽检通告2031年第8号",
            "2031—2032年度",
            "青溪县（2031年第8期）",
            "青溪县2031—2032",
        ] {
            assert!(!is_doc_number(line), "{line}");
        }
    }

    #[test]
    fn a_title_in_lines_and_lines_that_are_whole() {
        for lines in [
            &["青溪县人民政府办公室", "关于2031年第三季度政府网站", "检查情况的通报"][..],
            &["关于2031年9月", "第25周来信办理", "总体情况的通报"],
            &["关于2031年政府网站检查情况", "的通报"],
            &["2031年第三季度政府网站", "检查结果一览表"],
        ] {
            assert!(is_broken_title(lines), "{lines:?}");
        }
        for lines in [
            &["关于2031年政府网站检查情况的通报"][..],
            &["青溪县人民政府文件", "青政发〔2031〕8号"],
            &["关于2031年检查情况的通报", "（第3期）"],
            &["青溪县政务简报", "关于检查情况的通报"],
            &["政务督查", "2031年第3期", "关于检查情况的通报"],
            &["青溪县水务局", "青溪县林业局"],
            &["青溪县水务局", "2031年3月5日"],
            &["一、总体情况", "良好"],
        ] {
            assert!(!is_broken_title(lines), "{lines:?}");
        }
    }

    #[test]
    fn marks() {
        assert!(is_mark("青溪县人民政府办公室文件") && is_mark("青溪县水务局") && is_mark("中共青溪县直属机关文件"));
        assert!(!is_mark("关于印发重要文件") && !is_mark("《青溪文件》") && !is_mark("检查情况"));
    }
}
