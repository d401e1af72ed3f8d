//! Texts made against the reading of figures: numbers past all bounds, and sentences that one figure leads through again for each
//! of the others.

use super::Outcome::Read;
use super::{Case, Size};

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

pub(super) const CASES: &[Case] = &[case!("figures-past-all-bounds.txt", |_| {
    format!(
        "{TITLE}约{HUGE}0件，其中咨询类703件、投诉类499件。\n\
             受理{HUGE}件，其中甲类{HUGE}件、乙类{HUGE}件，占{HUGE}%，同比增长{HUGE}件，下降{HUGE}个百分点。\n\
             甲、乙、丙等{HUGE}个镇报送，平均每镇{HUGE}件，得分{HUGE}分，排名第{HUGE}。\n\
             70000000000000000万亿元，其中甲类70000000000000000万亿元、乙类69999999999999999万亿元。\n\
             单位\t受理\t办结\t合计\n甲镇\t70000000000000000万亿\t3\t70000000000000000万亿\n\
             乙镇\t{HUGE}\t4\t{HUGE}\n合计\t70000000000000000万亿\t{HUGE}\t7\n"
    )
})];
