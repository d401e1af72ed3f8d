//! Texts made against the reading of figures: numbers past all bounds, and sentences that one figure leads through again for each
//! of the others.

use std::fmt::Write as _;

use super::Outcome::Read;
use super::{Case, Size, repeated};

const TITLE: &str = "关于全县第一季度检查情况的通报\n各镇人民政府：\n";
/// 28 digits, which a decimal holds and a sum of two may not.
const HUGE: &str = "7000000000000000000000000000";

macro_rules! case {
    ($name:literal, $make:expr) => {
        Case {
            name: $name,
            outcome: Read,
            make: |size| {
                let make: fn(Size) -> String = $make;
                make(size).into_bytes()
            },
        }
    };
}

pub(super) const CASES: &[Case] = &[
    case!("figures-past-all-bounds.txt", |_| {
        format!(
            "{TITLE}约{HUGE}0件，其中咨询类703件、投诉类499件。\n\
             受理{HUGE}件，其中甲类{HUGE}件、乙类{HUGE}件，占{HUGE}%，同比增长{HUGE}件，下降{HUGE}个百分点。\n\
             甲、乙、丙等{HUGE}个镇报送，平均每镇{HUGE}件，得分{HUGE}分，排名第{HUGE}。\n\
             70000000000000000万亿元，其中甲类70000000000000000万亿元、乙类69999999999999999万亿元。\n\
             单位\t受理\t办结\t合计\n甲镇\t70000000000000000万亿\t3\t70000000000000000万亿\n\
             乙镇\t{HUGE}\t4\t{HUGE}\n合计\t70000000000000000万亿\t{HUGE}\t7\n"
        )
    }),
    // From each clause a list might begin.
    case!("changes-in-a-sentence.txt", |size| TITLE.to_owned()
        + &"同比减少5起，".repeat(size.of(50_000, 200))),
    case!("fields-of-one-part.txt", |size| TITLE.to_owned()
        + "受理甲类1件，"
        + &"同比减少5起，城区办结5件，2个，".repeat(size.of(16_000, 70))),
    // Each part may be the last, and each sentence the last of the list.
    case!("parts-of-nothing.txt", |size| TITLE.to_owned()
        + "受理9件，其中："
        + &"甲类5件。".repeat(size.of(50_000, 200))),
    case!("parts-of-many.txt", |size| TITLE.to_owned()
        + &"受理9件，办结9件。".repeat(20)
        + "其中："
        + &"甲类5件；乙类0件。".repeat(size.of(25_000, 100))),
    case!("fillers.txt", |size| TITLE.to_owned()
        + "按"
        + &"的".repeat(size.of(500_000, 500))
        + "5件。\n"),
    case!("done-after-taken.txt", |size| TITLE.to_owned()
        + &"受理5件，办结3件，".repeat(size.of(25_000, 100))),
    case!("brackets-on-figures.txt", |size| TITLE.to_owned()
        + &"甲3件（其中1件，占33.3%）、".repeat(size.of(16_000, 70))),
    case!("kinds-without-names.txt", |size| TITLE.to_owned()
        + &"存在3个方面问题：甲、".repeat(size.of(40_000, 100))),
    // A quotation that nothing closes, from each number again; and one that nothing opens.
    case!("quotations-never-closed.txt", |size| TITLE.to_owned()
        + &"3个单位：“甲，".repeat(size.of(40_000, 100))),
    case!("quotations-never-opened.txt", |size| TITLE.to_owned()
        + &"甲”2个单位，".repeat(size.of(40_000, 100))),
    case!("ordinals-behind-numbers.txt", |size| TITLE.to_owned()
        + &"存在3个方面问题：一是甲".repeat(size.of(30_000, 100))),
    case!("names-a-line.txt", |size| TITLE.to_owned()
        + &"甲局、乙局等2个单位未报送信息。\n".repeat(size.of(12_000, 100))),
    case!("units-above-no-heading.txt", |size| {
        repeated(
            &format!("{TITLE}一、存在问题\n"),
            size.of(50_000, 200),
            "",
            |i, out| {
                let _ = writeln!(out, "共{}家单位存在问题。", i % 90 + 2);
            },
        )
    }),
    case!("rates-behind-rates.txt", |size| TITLE.to_owned()
        + "受理30件，办结29件"
        + &"，总办结率96.7%，办结率96%".repeat(size.of(25_000, 100))),
];
