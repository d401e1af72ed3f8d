//! What the page around a circular says of it: who issued it and when, under what number and title.
//!
//! It stands in rows of an index table (发布机构：…, 生成日期 …) and in the line of the source. The circular's own words go
//! before: only what they leave open is taken from here.

use std::ops::Range;
use std::sync::LazyLock;

use gouji_document::Text;
use gouji_quantity::{DatePart, scan_dates};
use regex::Regex;

use crate::SignedDate;
use crate::doc_number::is_doc_number;
use crate::organ::is_organ;

/// The authority, by a label that names nobody else.
static ISSUER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:(?:发布|发文|制发|公开)(?:机构|机关|单位|主体)|公开责任(?:部门|单位))[\s:：|]*([^\s:：|]{3,45})")
        .expect("a fixed pattern")
});

/// Where the page has the text from.
static SOURCE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"来\s*源\s*[:：]\s*([^\s:：|]{4,45})").expect("a fixed pattern"));

/// The day of issue, as against the day of publication (发布日期, 公开日期).
static MADE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:成文|生成|发文|签发)(?:日期|时间)[\s:：|]*((?:19|20)\d{2}\S{4,8})").expect("a fixed pattern")
});

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:发文字号|发文文号|文件编号|文号)[\s:：|]*([^\s|]{6,30})").expect("a fixed pattern")
});

/// A row that gives the title: 原标题：…, 标题: …, 名 称 ….
static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[（(【\[]?(?:原标题|标\s*题|信息名称|文件名称|名\s*称)(?:\s*[:：|]\s*|\s+)(\S.{6,}?)[\s|]*$")
        .expect("a fixed pattern")
});

/// Labels that begin the next field of a row.
static NEXT_FIELD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\s+\p{Han}{2,6}\s*[:：]").expect("a fixed pattern"));

/// The kinds of a circular's own documents; news is none.
const KINDS: [&str; 5] = ["通报", "通告", "公告", "通知", "决定"];

/// What has been read of the page.
#[derive(Debug, Default)]
pub(crate) struct Page {
    issuer: Option<String>,
    source: Option<String>,
    /// Day of issue.
    pub made: Option<SignedDate>,
    /// Document number.
    pub number: Option<String>,
    /// The discarded text that gives the title, and where in it.
    pub title: Option<(usize, Range<usize>)>,
}

/// Where a line offers a title: behind its label, without a bracket that the label stands in.
pub(crate) fn offered_title(line: &str) -> Option<Range<usize>> {
    let found = TITLE.captures(line)?.get(1)?;
    let mut end = NEXT_FIELD
        .find(found.as_str())
        .map_or(found.end(), |m| found.start() + m.start());
    if line.starts_with(['（', '(', '【', '['])
        && let Some(last) = line[found.start()..end]
            .chars()
            .next_back()
            .filter(|c| "）)】]".contains(*c))
    {
        end -= last.len_utf8();
    }
    (end > found.start()).then_some(found.start()..end)
}

impl Page {
    /// Reads a line (or the cells of a grid) that was set aside as the page's; `at` is its index among what was set aside.
    pub(crate) fn read(&mut self, line: &str, at: usize) {
        let field = |pattern: &Regex| {
            pattern
                .captures(line)
                .and_then(|c| c.get(1))
                .map(|m| m.as_str().to_owned())
        };
        if self.issuer.is_none() {
            self.issuer = field(&ISSUER).filter(|name| is_authority(name));
        }
        if self.source.is_none() {
            self.source = field(&SOURCE).filter(|name| is_authority(name));
        }
        if self.number.is_none() {
            self.number = field(&NUMBER).filter(|number| is_doc_number(number));
        }
        if self.made.is_none()
            && let Some(day) = field(&MADE)
            && let Some(found) = scan_dates(&day).into_iter().next().filter(|d| d.range.start == 0)
            && let DatePart::Full(date) = found.part
        {
            self.made = Some(SignedDate {
                text: Text::synthetic(&day[found.range]),
                date: Some(date),
            });
        }
        let offer = offered_title(line).map(|range| (at, range));
        if self.title.is_none() || line.contains("原标题") && offer.is_some() {
            self.title = offer;
        }
    }

    /// The issuing authority, with what the title names it by, if it does: the page may have it in full
    /// (市政府办公室 is 青溪市人民政府办公室). The source of a document is its issuer if it names a place and an office.
    pub(crate) fn issuer(&self, named: Option<&str>, title: Option<&str>) -> Option<String> {
        let fuller = |name: &&String| {
            named.is_none_or(|short| short.chars().count() < name.chars().count() && is_short_for(short, name))
        };
        let placed = |name: &&String| {
            let office = !name.ends_with("人民政府") && !name.ends_with("网");
            office && placed_at(name)
        };
        let own = title.is_some_and(|t| KINDS.iter().any(|kind| t.trim_end().ends_with(kind)));
        self.issuer
            .as_ref()
            .filter(fuller)
            .or_else(|| self.source.as_ref().filter(placed).filter(fuller).filter(|_| own))
            .cloned()
            .or_else(|| named.map(str::to_owned))
    }
}

/// An organ, one with another name in brackets included: 行政审批局（数据局）.
fn is_authority(name: &str) -> bool {
    let bare = match name.split_once(['（', '(']) {
        Some((before, inner)) if inner.ends_with(['）', ')']) => before,
        _ => name,
    };
    is_organ(bare)
}

/// Whether a name says of which place the office is: 青溪市水务局, not 市水务局.
pub(crate) fn placed_at(name: &str) -> bool {
    let place = |c: char| ['省', '市', '县', '区', '州', '旗', '盟'].contains(&c);
    name.chars().count() >= 6 && name.chars().skip(2).any(place)
}

/// Whether the characters of `short` stand in `full` in order, the last ones at its end but for 会 and the like.
fn is_short_for(short: &str, full: &str) -> bool {
    let mut rest = full.chars();
    short.chars().all(|c| rest.any(|f| f == c)) && rest.count() <= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(line: &str) -> Page {
        let mut page = Page::default();
        page.read(line, 0);
        page
    }

    #[test]
    fn rows_of_an_index_table() {
        let read =
            page("信息索引号 0001/2031-0002 生成日期 2031-02-03 公开日期 2031-02-09 发布机构 青溪市人民政府办公室");
        assert_eq!(
            read.made.and_then(|d| d.date).map(|d| d.to_string()).as_deref(),
            Some("2031-02-03")
        );
        let read = page("发布机构: 青溪市水务局 文号: 青水发〔2031〕8号");
        assert_eq!(read.number.as_deref(), Some("青水发〔2031〕8号"));
        assert_eq!(read.issuer(None, None).as_deref(), Some("青溪市水务局"));
        // A mark behind the label, and a bar behind that.
        let read = page("发布机构: | 青溪市水务局 | 发文日期: | 2031-02-03 |");
        assert_eq!(read.issuer(None, None).as_deref(), Some("青溪市水务局"));
        assert_eq!(
            read.made.and_then(|d| d.date).map(|d| d.to_string()).as_deref(),
            Some("2031-02-03")
        );
        let read = page("公开责任部门 | 青溪市水务局 | 文号 | 青水发〔2031〕8号 | 成文日期: | 2031年02月03日 |");
        assert_eq!(read.number.as_deref(), Some("青水发〔2031〕8号"));
        assert!(read.made.is_some() && read.issuer(None, None).is_some());
        let read = page("发布日期：2031-02-03 发布机构：青溪政府网");
        assert!(read.made.is_none() && read.issuer(None, None).is_none());
    }

    #[test]
    fn a_name_in_full() {
        let read = page("发布机构：青溪市人民政府办公室");
        assert_eq!(
            read.issuer(Some("市政府办公室"), None).as_deref(),
            Some("青溪市人民政府办公室")
        );
        assert_eq!(read.issuer(Some("市水务局"), None).as_deref(), Some("市水务局"));
    }

    #[test]
    fn the_source_of_a_document_and_of_news() {
        let read = page("发布时间：2031-02-03 来源：青溪市水务局 作者：佚名");
        assert_eq!(
            read.issuer(None, Some("水质抽检情况的通报")).as_deref(),
            Some("青溪市水务局")
        );
        assert_eq!(read.issuer(None, Some("水质抽检合格率达98%")), None);
        let read = page("来源：青溪市人民政府");
        assert_eq!(read.issuer(None, Some("水质抽检情况的通报")), None);
    }

    #[test]
    fn titles_offered() {
        let title = |line: &str| offered_title(line).map(|r| line[r].to_owned());
        assert_eq!(
            title("（原标题：青溪市通报水质抽检情况）").as_deref(),
            Some("青溪市通报水质抽检情况")
        );
        assert_eq!(
            title("标题: 青溪市通报水质抽检情况 文号: 无").as_deref(),
            Some("青溪市通报水质抽检情况")
        );
        assert_eq!(
            title("名称 青溪市水质抽检情况通报").as_deref(),
            Some("青溪市水质抽检情况通报")
        );
        assert_eq!(
            title("文件名称 | 青溪市水质抽检情况通报 | ||").as_deref(),
            Some("青溪市水质抽检情况通报")
        );
        assert_eq!(title("名称及数量"), None);
    }
}
