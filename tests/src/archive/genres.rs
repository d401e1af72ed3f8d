//! Whole circulars: which sections a genre has, its title, its number, its dates.

use super::draft::{Block, Draft};
use super::names::{COUNTIES, DEMANDS, DEPARTMENTS, PROBLEMS, TOWNS};
use super::random::SplitMix64;
use super::sections::{
    Setting, hotline, mailbox, new_media, procurement, rating, reports, sampling_table, unit_table, website,
};
use super::style::Style;

/// The genres that the generator knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Genre {
    /// Website, new media, mailbox and hotline.
    Network,
    /// The hotline with a table by unit.
    Hotline,
    /// Sampling with a table by product.
    Sampling,
    /// Government purchases.
    Procurement,
    /// The rating of services with a table by unit.
    Rating,
    /// Reports sent in and used, with an attachment.
    Reports,
}

impl Genre {
    const ALL: [Self; 5] = [
        Self::Network,
        Self::Hotline,
        Self::Sampling,
        Self::Procurement,
        Self::Rating,
    ];
    /// Those with a table, for workbooks.
    const TABLED: [Self; 4] = [Self::Hotline, Self::Sampling, Self::Rating, Self::Reports];

    fn topic(self) -> &'static str {
        match self {
            Self::Network => "政府网站和政务新媒体检查",
            Self::Hotline => "12345热线办理",
            Self::Sampling => "食品安全监督抽检",
            Self::Procurement => "政府采购执行",
            Self::Rating => "政务服务“好差评”",
            Self::Reports => "政务信息报送采用",
        }
    }
}

/// A circular with what its path needs.
#[derive(Debug, Clone)]
pub struct Written {
    /// The circular.
    pub draft: Draft,
    /// 县.
    pub county: String,
    /// Year of the period.
    pub year: i64,
    /// Topic and period, for the file name.
    pub name: String,
}

const NUMERALS: [&str; 9] = ["一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// The circular of an index: issuers take turns, and each goes on in time.
#[must_use]
pub fn write(index: u64, seed: u64, tabled: bool) -> Written {
    let mut random = SplitMix64::new(seed, index);
    let issuer = usize::try_from(index % COUNTIES.len() as u64).unwrap_or(0);
    let round = i64::try_from(index / COUNTIES.len() as u64 % 32).unwrap_or(0);
    let (year, quarter) = (2018 + round / 4, round % 4);
    let county = format!("{}县", COUNTIES[issuer]);
    let style = Style::of_issuer(seed, issuer);
    let genre = random.pick(if tabled { &Genre::TABLED[..] } else { &Genre::ALL[..] });
    let month = quarter * 3 + 1 + random.range(0, 2);
    let (short_period, months, last_month) = if random.chance(1, 2) {
        let name = format!("第{}季度", NUMERALS[usize::try_from(quarter).unwrap_or(0)]);
        (
            name,
            (1..=3).map(|m| format!("{}月份", quarter * 3 + m)).collect(),
            quarter * 3 + 3,
        )
    } else {
        (format!("{month}月份"), Vec::new(), month)
    };
    let period = format!("{year}年{short_period}");
    let (sign_year, sign_month) = if last_month == 12 {
        (year + 1, 1)
    } else {
        (year, last_month + 1)
    };
    let sign_day = random.range(4, 16);
    // The roster is the issuer's, so it does not depend on the index.
    let mut roster = SplitMix64::new(seed ^ 0x0707, issuer as u64);
    let setting = Setting {
        county: county.clone(),
        period: period.clone(),
        short_period,
        months,
        departments: roster
            .sample(&DEPARTMENTS, 20)
            .into_iter()
            .map(|d| format!("县{d}"))
            .collect(),
        towns: roster.sample(&TOWNS, 10).into_iter().copied().collect(),
    };

    let office = format!("{county}人民政府办公室");
    let title = format!("{office}关于{period}{}情况的通报", genre.topic());
    let mut draft = Draft::new(style);
    let head = |draft: &mut Draft, text: &str| draft.blocks.push(Block::Heading(draft.style.punctuated(text)));
    draft.blocks.push(Block::Centred(title));
    if random.chance(2, 3) {
        let code: String = COUNTIES[issuer].chars().take(1).collect();
        let number = format!(
            "{code}政办函〔{sign_year}〕{}号",
            3 + index / COUNTIES.len() as u64 % 90
        );
        draft.blocks.push(Block::Plain(number));
    }
    let addressee = random.pick(&["各乡镇人民政府，县政府各部门：", "各乡镇人民政府，县直各有关单位："]);
    draft.blocks.push(Block::Plain(draft.style.punctuated(addressee)));
    let opening = format!("现将{period}{}情况通报如下：", genre.topic());
    let words = draft.say(&opening, &[]);
    draft.blocks.push(Block::Paragraph(words));
    head(&mut draft, "一、基本情况");
    let mut attached = None;
    match genre {
        Genre::Network => {
            let mut kinds = [0_usize, 1, 2, 3];
            let last = kinds.len() - 1 - random.below(2);
            if random.chance(1, 2) {
                kinds.swap(1, 2);
            }
            for (i, kind) in kinds[..=last].iter().enumerate() {
                let lead = |name: &str| format!("（{}）{name}。", NUMERALS[i]);
                match kind {
                    0 => website(&mut draft, &mut random, &setting, &lead("政府网站")),
                    1 => new_media(&mut draft, &mut random, &setting, &lead("政务新媒体")),
                    2 => mailbox(&mut draft, &mut random, &setting, &lead("县长信箱")),
                    _ => hotline(&mut draft, &mut random, &setting, &lead("12345热线")),
                }
            }
        }
        Genre::Hotline => {
            hotline(&mut draft, &mut random, &setting, "");
            head(&mut draft, "二、单位承办情况");
            unit_table(
                &mut draft,
                &mut random,
                &setting,
                &format!("{period}热线工单承办情况统计表"),
            );
        }
        Genre::Sampling => sampling_table(&mut draft, &mut random, &format!("{period}食品安全监督抽检结果")),
        Genre::Procurement => procurement(&mut draft, &mut random, &setting),
        Genre::Reports => attached = Some(reports(&mut draft, &mut random, &setting)),
        Genre::Rating => {
            rating(&mut draft, &mut random, &setting);
            head(&mut draft, "二、单位办理情况");
            unit_table(
                &mut draft,
                &mut random,
                &setting,
                &format!("{period}政务服务工单办理情况统计表"),
            );
        }
    }
    let first = if matches!(genre, Genre::Hotline | Genre::Rating) {
        2
    } else {
        1
    };
    numbered(
        &mut draft,
        &mut random,
        &format!("{}、存在的主要问题", NUMERALS[first]),
        &PROBLEMS,
    );
    numbered(
        &mut draft,
        &mut random,
        &format!("{}、工作要求", NUMERALS[first + 1]),
        &DEMANDS,
    );
    let deadline = format!(
        "各有关单位要在{sign_month}月{}日前将整改情况报县政府办公室。",
        sign_day + random.range(3, 12)
    );
    let words = draft.say(&deadline, &[]);
    draft.blocks.push(Block::Paragraph(words));
    let attachment = format!("{period}{}情况统计表", genre.topic());
    if attached.is_some() {
        let words = draft.say(&format!("附件：{attachment}"), &[]);
        draft.blocks.push(Block::Paragraph(words));
    }
    draft.blocks.push(Block::Right(office));
    draft
        .blocks
        .push(Block::Right(format!("{sign_year}年{sign_month}月{sign_day}日")));
    if let Some(table) = attached {
        draft.blocks.push(Block::Plain("附件".to_owned()));
        draft.blocks.push(Block::Centred(attachment));
        draft.blocks.push(Block::Table(table));
    }
    Written {
        draft,
        county,
        year,
        name: format!("{}-{}", setting.period, genre.topic().replace(['“', '”'], "")),
    }
}

/// A heading and some of a pool's sentences as （一）, （二）…
fn numbered(draft: &mut Draft, random: &mut SplitMix64, heading: &str, pool: &[&str]) {
    draft.blocks.push(Block::Heading(heading.to_owned()));
    let n = 2 + random.below(3);
    for (i, sentence) in random.sample(pool, n).into_iter().enumerate() {
        let words = draft.say(&format!("（{}）{sentence}。", NUMERALS[i]), &[]);
        draft.blocks.push(Block::Paragraph(words));
    }
}
