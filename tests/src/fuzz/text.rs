//! Changes to plain text: characters, figures, words of the field, lines.

use encoding_rs::{BIG5, GB18030};

use crate::archive::SplitMix64;

/// Words that steer the readers of texts.
const WORDS: [&str; 97] = [
    "其中",
    "其中：",
    "，",
    "。",
    "；",
    "、",
    "：",
    "（",
    "）",
    "(",
    ")",
    "“",
    "”",
    "《",
    "》",
    "〔",
    "〕",
    "|",
    "\t",
    "\n",
    "\n\n",
    "\r",
    " ",
    "\u{3000}",
    "\u{feff}",
    "\u{200b}",
    "合计",
    "小计",
    "总计",
    "共",
    "共计",
    "等",
    "个单位",
    "家",
    "件",
    "%",
    "％",
    "‰",
    "个百分点",
    "万元",
    "亿元",
    "占比",
    "占",
    "同比增长",
    "环比下降",
    "较上季度",
    "平均",
    "分别为",
    "分别",
    "各",
    "均",
    "以上",
    "不足",
    "达到",
    "及以上",
    "办结率",
    "办结",
    "受理",
    "合格率",
    "不合格",
    "未",
    "无",
    "0",
    "1",
    "-1",
    "00",
    "1.0",
    "100%",
    "100.00%",
    "99.99%",
    "1,000",
    "１２",
    "一",
    "十",
    "二十",
    "百",
    "万",
    "亿",
    "两",
    "〇",
    "半",
    "2024年",
    "第一季度",
    "1至6月",
    "上半年",
    "2月30日",
    "附件",
    "附件：",
    "附件1",
    "表1",
    "注：",
    "一、",
    "（一）",
    "1.",
    "（1）",
    "第十条",
    "X",
];
/// Pieces of numerals.
const NUMERAL: [&str; 52] = [
    "0",
    "1",
    "2",
    "5",
    "9",
    "99",
    "12345",
    ".",
    "．",
    ",",
    "，",
    "-",
    "－",
    "+",
    "±",
    "%",
    "％",
    "‰",
    "万",
    "亿",
    "千",
    "百",
    "十",
    "零",
    "〇",
    "一",
    "二",
    "两",
    "三",
    "九",
    "廿",
    "半",
    "多",
    "余",
    "约",
    "近",
    "个",
    "件",
    "元",
    "万元",
    "年",
    "月",
    "日",
    "季度",
    "至",
    "～",
    "第",
    "上半年",
    "e",
    "E9",
    "/",
    " ",
];
/// Longest text that grows, in bytes.
const MAX: usize = 1 << 18;

/// `base` after `rounds` changes; `other` lends lines.
pub(super) fn mutate(base: &str, other: &str, rounds: usize, random: &mut SplitMix64) -> String {
    let mut out = base.to_owned();
    for _ in 0..rounds {
        if out.len() > MAX {
            break;
        }
        let at = boundary(&out, random.below(out.len() + 1));
        let end = boundary(&out, (at + 1 + random.below(40)).min(out.len())).max(at);
        match random.below(13) {
            0 => out.insert_str(at, random.pick(&WORDS)),
            1 => out.replace_range(at..end, random.pick(&WORDS)),
            2 => out.replace_range(at..end, ""),
            3 => {
                let n = 1 + seldom(10, 2_000, 3, random);
                let again = out[at..end].repeat(n);
                out.insert_str(end, &again);
            }
            4 => {
                let moved = out[at..end].to_owned();
                let to = boundary(&out, random.below(out.len() + 1));
                out.insert_str(to, &moved);
            }
            5..=8 => figure(&mut out, at, random),
            9 => lines(&mut out, other, random),
            10 => out.insert(
                at,
                char::from_u32(random.bits() as u32 & 0x001F_FFFF).unwrap_or('\u{fffd}'),
            ),
            11 if random.chance(1, 4) => out.truncate(at),
            _ => {
                let (from, to) = (random.pick(&WORDS), random.pick(&WORDS));
                out = out.replace(from, to);
            }
        }
    }
    out
}

/// Another figure in the place of the next one.
fn figure(out: &mut String, from: usize, random: &mut SplitMix64) {
    let Some(start) = out[from..].find(|c: char| c.is_ascii_digit()).map(|at| from + at) else {
        return out.push_str(random.pick(&WORDS));
    };
    let len = out[start..]
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(out.len() - start);
    let with = match random.below(6) {
        0 => "0".to_owned(),
        1 => "9".repeat(1 + seldom(6, 400, 30, random)),
        2 => random.below(20).to_string(),
        3 => random.below(1 << 40).to_string(),
        4 => numerals(random),
        _ => format!("{}.{}", random.below(1000), random.below(100)),
    };
    out.replace_range(start..start + len, &with);
}

/// Whole lines: doubled, dropped, moved, lent.
fn lines(out: &mut String, other: &str, random: &mut SplitMix64) {
    let mut lines: Vec<&str> = out.split('\n').collect();
    let lent: Vec<&str> = other.split('\n').collect();
    let at = random.below(lines.len());
    match random.below(5) {
        0 => {
            lines.remove(at);
        }
        1 => lines.insert(at, lent[random.below(lent.len())]),
        2 => {
            let to = random.below(lines.len());
            lines.swap(at, to);
        }
        3 => {
            let line = lines[at];
            let n = seldom(10, 500, 4, random);
            lines.splice(at..at, std::iter::repeat_n(line, n));
        }
        _ => {
            let from = random.below(lent.len());
            let upto = (from + random.below(12)).min(lent.len());
            lines.splice(at..at, lent[from..upto].iter().copied());
        }
    }
    *out = lines.join("\n");
}

/// Clauses of two texts in a new order, with cue words and figures between them.
pub(super) fn sentences(base: &str, other: &str, random: &mut SplitMix64) -> String {
    let clauses: Vec<&str> = [base, other]
        .into_iter()
        .flat_map(|text| text.split_inclusive(['，', '。', '；', '、', '：', '\n', '（', '）']))
        .collect();
    let mut out = String::from("关于检查情况的通报\n");
    let mut at = 0;
    for _ in 0..(5 + random.below(80)) {
        if random.chance(1, 3) || clauses.is_empty() {
            out.push_str(random.pick(&WORDS));
        } else {
            // Mostly in order: relations live among neighbours.
            at = if random.chance(3, 4) {
                (at + 1) % clauses.len()
            } else {
                random.below(clauses.len())
            };
            out.push_str(clauses[at]);
        }
    }
    mutate(&out, "", random.below(4), random)
}

/// A numeral, or nearly one.
pub(super) fn numerals(random: &mut SplitMix64) -> String {
    let n = 1 + seldom(50, 3_000, 12, random);
    (0..n).map(|_| random.pick(&NUMERAL)).collect()
}

/// The text in one of the encodings in which texts travel.
pub(super) fn encode(text: &str, random: &mut SplitMix64) -> Vec<u8> {
    match random.below(8) {
        0 => GB18030.encode(text).0.into_owned(),
        1 => BIG5.encode(text).0.into_owned(),
        2 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        _ => text.as_bytes().to_vec(),
    }
}

/// The boundary of characters at or before `at`.
fn boundary(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}

/// A number below `many` once in `of` times, else below `few`.
pub(super) fn seldom(of: usize, many: usize, few: usize, random: &mut SplitMix64) -> usize {
    let bound = if random.chance(1, of) { many } else { few };
    random.below(bound)
}
