//! What is kept of one circular to be held against others: its figures under keys that its neighbours use, too.

use gouji_quantity::{Decimal, Period};

use super::passage::{MAX_PASSAGES, Passage};

/// Most figures that are kept of one circular.
const MAX_ENTRIES: usize = 600;
/// Most names that are kept of one table.
const MAX_NAMES: usize = 200;
/// Most tables whose names are kept.
const MAX_ROSTERS: usize = 8;

/// Words for the time reported on, and for those that it is held against, the longer first.
const NOW: &[&str] = &[
    "本季度",
    "本周期",
    "本月",
    "本期",
    "本季",
    "本周",
    "本年",
    "今年",
    "当月",
    "当期",
];
const LAST: &[&str] = &["上季度", "上周期", "上月", "上期", "上季", "上周"];
const YEAR_AGO: &[&str] = &["上年同期", "去年同期", "上年同月", "去年同月", "上年同季", "去年同季"];
/// Words of a figure that runs up from the year's beginning.
const CUMULATIVE: &[&str] = &["累计", "截至", "截止", "年初以来"];
/// Measures of facts that come anew each time, so that they hardly ever repeat; of what stands there (sites, accounts) they do.
const FLOWS: &[&str] = &[
    "received",
    "closed",
    "published",
    "reported",
    "checked",
    "forwarded",
    "reviewed",
];

/// One circular of a series, by what its neighbours can be held against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Path of its file.
    pub path: String,
    /// Digest of its file.
    pub digest: String,
    /// 发文机关
    pub issuer: Option<String>,
    /// 标题
    pub title: Option<String>,
    /// 发文字号
    pub doc_number: Option<String>,
    /// The period that it reports on, as records print it.
    pub period: Option<Period>,
    /// Its figures.
    pub entries: Vec<Entry>,
    /// The growth that it tells of its facts.
    pub growths: Vec<Told>,
    /// The names that its tables list.
    pub rosters: Vec<Roster>,
    /// The wording of its sections on problems and requirements.
    pub passages: Vec<Passage>,
}

/// A figure of an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it measures, of whom; equal in all issues.
    pub key: String,
    /// The same in words: 东岭县“受理”.
    pub words: String,
    /// How it stands to the period of the issue.
    pub role: Role,
    /// In base units.
    pub value: Decimal,
    /// As printed.
    pub text: String,
    /// The text around it, or the figure itself.
    pub quote: String,
    /// First and end character in the source text.
    pub span: [usize; 2],
    /// It is counted anew in each period.
    pub flow: bool,
}

/// A growth in per cent told of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The key of the fact.
    pub key: String,
    /// From which time: [`Role::Last`] or [`Role::YearAgo`].
    pub from: Role,
    /// In per cent, a fall below nought.
    pub percent: Decimal,
    /// The figure as it is printed.
    pub text: String,
    /// First and end character in the source text.
    pub span: [usize; 2],
}

/// How a figure stands to the period that its issue reports on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Of the period itself.
    Now,
    /// Of the period right before.
    Last,
    /// Of the same period a year ago.
    YearAgo,
    /// From the year's beginning to the period's end (累计).
    Cumulative,
    /// What came over from the period before (上期结转).
    CarriedIn,
    /// What goes over to the next (结转下期).
    CarriedOut,
}

/// The names of a table's rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    /// Caption and heads of the table without its times.
    pub key: String,
    /// The names, in order.
    pub names: Vec<String>,
}

impl Issue {
    /// An issue without figures; `period` as records print it.
    #[must_use]
    pub fn new(path: &str, digest: &str, period: Option<&str>) -> Self {
        Self {
            path: path.to_owned(),
            digest: digest.to_owned(),
            issuer: None,
            title: None,
            doc_number: None,
            period: period.and_then(|text| text.parse().ok()),
            entries: Vec::new(),
            growths: Vec::new(),
            rosters: Vec::new(),
            passages: Vec::new(),
        }
    }

    /// Adds a table's cell by the name of its row and the head of its column; one whose column names no time is of the period.
    pub fn add_cell(&mut self, row: &str, header: &str, figure: Printed<'_>) {
        let head: String = header.chars().filter(|c| !c.is_whitespace()).collect();
        let (role, stem) = role_of(&head);
        let stem = stem.trim_end_matches('数');
        if row.is_empty() || CUMULATIVE.iter().any(|w| head.contains(w)) {
            return;
        }
        self.add(
            figure,
            format!("cell|{row}|{stem}"),
            format!("{row}“{header}”"),
            role,
            false,
        );
    }

    /// Adds a fact: a figure under its channel and measure, with the part that it is of.
    pub fn add_fact(&mut self, channel: &str, measure: &str, part: Option<&str>, figure: Printed<'_>) {
        let role = if CUMULATIVE.iter().any(|w| figure.quote.contains(w)) {
            Role::Cumulative
        } else {
            role_of(figure.quote).0
        };
        let name = part.unwrap_or("");
        let key = fact_key(channel, measure, part, figure.unit);
        let words = if name.is_empty() {
            format!("“{}”", figure.quote)
        } else {
            format!("{name}“{}”", figure.quote)
        };
        self.add(figure, key, words, role, FLOWS.contains(&measure));
    }

    /// Adds a growth of a fact by the words before it (环比增长, 较上月下降); other words are passed over.
    pub fn add_growth(
        &mut self,
        channel: &str,
        measure: &str,
        part: Option<&str>,
        unit: &str,
        words: &str,
        figure: Printed<'_>,
    ) {
        let words = words.trim_end_matches(['了', '约']);
        let has = |set: &[&str]| set.iter().any(|w| words.contains(w));
        let ends = |set: &[&str]| set.iter().any(|w| words.ends_with(w));
        let from = match (
            has(YEAR_AGO) || has(&["同比", "去年", "上年"]),
            has(LAST) || has(&["环比"]),
        ) {
            (true, false) => Role::YearAgo,
            (false, true) => Role::Last,
            _ => return,
        };
        let falls = ends(&["下降", "减少", "降低", "回落", "下滑"]);
        let rises = ends(&["增长", "上升", "增加", "提高"]);
        let other = has(&["口径", "可比", "剔除", "扣除", "分别"]);
        let Ok(percent) = figure.value.parse::<Decimal>() else {
            return;
        };
        if (falls || rises) && !other && self.growths.len() < MAX_ENTRIES {
            self.growths.push(Told {
                key: fact_key(channel, measure, part, unit),
                from,
                percent: if falls { -percent } else { percent },
                text: figure.text.to_owned(),
                span: figure.span,
            });
        }
    }

    /// Adds what was carried over (结转) by the words before a figure; other words are passed over.
    pub fn add_carried(&mut self, words: &str, figure: Printed<'_>) {
        let Some(at) = words.find("结转") else { return };
        let role = if LAST.iter().chain(&["上年", "去年"]).any(|w| words[..at].ends_with(w)) {
            Role::CarriedIn
        } else if words[at..].contains('下') {
            Role::CarriedOut
        } else {
            return;
        };
        let key = format!("carried|{}", figure.unit);
        self.add(figure, key, format!("“{words}”"), role, false);
    }

    /// Adds the names of a table's rows.
    pub fn add_roster(&mut self, caption: &str, header: &[String], names: Vec<String>) {
        if self.rosters.len() < MAX_ROSTERS && names.len() <= MAX_NAMES {
            let heads = header.join("|");
            self.rosters.push(Roster {
                key: stem(&format!("{caption}|{heads}")),
                names,
            });
        }
    }

    /// Adds a section's wording by its heading; one whose wording is no matter of its own is passed over.
    pub fn add_passage(&mut self, heading: &str, text: &str) {
        if self.passages.len() < MAX_PASSAGES {
            self.passages.extend(Passage::new(heading, text));
        }
    }

    fn add(&mut self, figure: Printed<'_>, key: String, words: String, role: Role, flow: bool) {
        let Ok(value) = figure.value.parse() else { return };
        if self.entries.len() < MAX_ENTRIES {
            self.entries.push(Entry {
                key,
                words,
                role,
                value,
                text: figure.text.to_owned(),
                quote: figure.quote.to_owned(),
                span: figure.span,
                flow,
            });
        }
    }

    /// The only figure under a key in a role, once the figures are [in order](Self::put_in_order).
    #[must_use]
    pub fn only(&self, key: &str, role: Role) -> Option<&Entry> {
        let from = self.entries.partition_point(|e| (e.role, e.key.as_str()) < (role, key));
        let mut found = self.entries[from..]
            .iter()
            .take_while(|e| e.role == role && e.key == key);
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// Orders the figures so that they are found by their keys.
    pub(super) fn put_in_order(&mut self) {
        self.entries.sort_by(|a, b| (a.role, &a.key).cmp(&(b.role, &b.key)));
    }

    /// What makes issues a series: the issuer, and the title without its times and numbers; none if nothing says whose it is.
    pub(super) fn series(&self) -> Option<String> {
        let stem = stem(self.title.as_deref()?);
        let named = self.issuer.is_some() || stem.contains(['县', '市', '区', '州', '省', '镇', '旗']);
        (named && stem.chars().count() >= LEAST_TITLE)
            .then(|| format!("{}|{stem}", self.issuer.as_deref().unwrap_or("")))
    }
}

/// Fewest characters of a title that says what a series is of.
const LEAST_TITLE: usize = 8;

/// A figure as its record prints it.
#[derive(Debug, Clone, Copy)]
pub struct Printed<'a> {
    /// As printed.
    pub text: &'a str,
    /// Its value in base units, in digits.
    pub value: &'a str,
    /// Its unit, or nothing.
    pub unit: &'a str,
    /// The text that carries it.
    pub quote: &'a str,
    /// First and end character in the source text.
    pub span: [usize; 2],
}

fn fact_key(channel: &str, measure: &str, part: Option<&str>, unit: &str) -> String {
    format!("fact|{channel}|{measure}|{}|{unit}", part.unwrap_or(""))
}

/// The time that words speak of, and the words without it.
fn role_of(words: &str) -> (Role, String) {
    for (set, role) in [(YEAR_AGO, Role::YearAgo), (LAST, Role::Last), (NOW, Role::Now)] {
        if let Some(word) = set.iter().find(|w| words.contains(**w)) {
            return (role, words.replacen(word, "", 1));
        }
    }
    (Role::Now, words.to_owned())
}

/// Words without their times, numbers and marks, so that the issues of a series agree.
pub(super) fn stem(words: &str) -> String {
    let told = |c: &char| {
        c.is_alphabetic() && !c.is_ascii_digit() && !"一二三四五六七八九十〇零年月季度上下半第期号份全本至".contains(*c)
    };
    words.chars().filter(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_a_series_agree() {
        let of = |title: &str| stem(title);
        assert_eq!(
            of("临岚县关于2031年第一季度热线办理情况的通报"),
            of("临岚县关于2032年第三季度热线办理情况的通报")
        );
        assert_eq!(
            of("关于2031年3月份督查情况的通报"),
            of("关于2031年11月督查情况的通报（第5期）")
        );
        assert_ne!(of("关于热线办理情况的通报"), of("关于督查情况的通报"));
    }

    #[test]
    fn heads_of_columns_tell_the_time() {
        assert_eq!(role_of("上年同期受理").0, Role::YearAgo);
        assert_eq!(role_of("上月受理"), (Role::Last, "受理".to_owned()));
        assert_eq!(role_of("本月受理"), (Role::Now, "受理".to_owned()));
        assert_eq!(role_of("办结").0, Role::Now);
    }

    #[test]
    fn what_is_carried_over() {
        let figure = Printed {
            text: "12件",
            value: "12",
            unit: "件",
            quote: "12件",
            span: [0, 3],
        };
        let mut issue = Issue::new("a.txt", "", Some("2031-03"));
        for words in ["上月结转", "结转下月", "结转资金"] {
            issue.add_carried(words, figure);
        }
        let roles: Vec<Role> = issue.entries.iter().map(|e| e.role).collect();
        assert_eq!(roles, [Role::CarriedIn, Role::CarriedOut]);
    }
}
