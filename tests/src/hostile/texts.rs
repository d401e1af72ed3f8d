//! Plain texts whose length, or whose sameness, is the attack.

use std::fmt::Write as _;

use super::Outcome::Read;
use super::{Case, Size, repeated, scattered};

const TITLE: &str = "关于全县第一季度检查情况的通报\n各镇人民政府：\n";

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
    case!("one-paragraph.txt", |size| {
        TITLE.to_owned()
            + &"全县受理来信12件，其中：求助类7件、咨询类5件，办结率为97.5%。".repeat(size.of(560_000, 2_000))
    }),
    case!("paragraph-without-a-stop.txt", |size| {
        TITLE.to_owned() + &"各单位要高度重视".repeat(size.of(2_000_000, 500))
    }),
    case!("figures-in-a-paragraph.txt", |size| {
        repeated(TITLE, size.of(100_000, 200), "。\n", |i, out| {
            let _ = write!(out, "第{}类{}件，", i % 977, scattered(i, 5));
        })
    }),
    case!("same-figures.txt", |size| {
        repeated(TITLE, size.of(100_000, 200), "\n", |_, out| {
            out.push_str("受理12件，办结12件。")
        })
    }),
    case!("same-lines.txt", |size| {
        repeated(TITLE, size.of(100_000, 200), "", |_, out| {
            out.push_str("受理12件，其中：求助类7件、咨询类5件。\n")
        })
    }),
    case!("different-lines.txt", |size| {
        repeated(TITLE, size.of(60_000, 200), "", |i, out| {
            let (a, b) = (scattered(i, 4), scattered(i + 1, 4));
            let _ = writeln!(
                out,
                "甲{i}镇受理{}件，其中：求助类{a}件、咨询类{b}件，办结{a}件，办结率为{}.5%。",
                a + b,
                i % 100
            );
        })
    }),
    case!("components-without-end.txt", |size| {
        repeated(
            &format!("{TITLE}全年受理500000件，其中："),
            size.of(100_000, 200),
            "。\n",
            |i, out| {
                let _ = write!(out, "第{i}类5件、");
            },
        )
    }),
    case!("wholes-within-wholes.txt", |size| {
        repeated(TITLE, size.of(50_000, 100), "\n", |i, out| {
            let _ = write!(out, "受理{}件，其中", i + 1);
        })
    }),
    case!("commas.txt", |size| TITLE.to_owned()
        + &"，".repeat(size.of(1_000_000, 100))),
    case!("stops.txt", |size| TITLE.to_owned()
        + &"。".repeat(size.of(1_000_000, 100))),
    case!("digits.txt", |size| TITLE.to_owned()
        + "受理"
        + &"9".repeat(size.of(1_000_000, 100))
        + "件。\n"),
    case!("numerals.txt", |size| TITLE.to_owned()
        + "受理"
        + &"九千".repeat(size.of(500_000, 100))
        + "件。\n"),
    case!("grouped-digits.txt", |size| TITLE.to_owned()
        + "受理1"
        + &",000".repeat(size.of(300_000, 100))
        + "件。\n"),
    case!("decimal-points.txt", |size| TITLE.to_owned()
        + "占比"
        + &"1.".repeat(size.of(500_000, 100))
        + "%\n"),
    case!("names-in-a-list.txt", |size| {
        repeated(
            &format!("{TITLE}以下单位未按时报送："),
            size.of(100_000, 200),
            "等100000个单位。\n",
            |i, out| {
                let _ = write!(out, "{}镇{}局、", i % 7919, i / 7919);
            },
        )
    }),
    case!("names-before-a-count.txt", |size| {
        repeated(TITLE, size.of(30_000, 100), "", |i, out| {
            let _ = writeln!(out, "甲{i}镇、乙{i}镇、丙{i}镇等4个镇未报送。");
        })
    }),
    case!("headings.txt", |size| {
        repeated(TITLE, size.of(100_000, 200), "", |i, out| {
            let _ = writeln!(out, "{}、第{i}项情况", i + 1);
        })
    }),
    case!("headings-of-every-level.txt", |size| {
        repeated(TITLE, size.of(100_000, 200), "", |i, out| {
            let _ = match i % 4 {
                0 => writeln!(out, "一、基本情况"),
                1 => writeln!(out, "（一）网站。受理{i}件。"),
                2 => writeln!(out, "1.甲类{i}件"),
                _ => writeln!(out, "（1）乙类{i}件"),
            };
        })
    }),
    case!("brackets-opened.txt", |size| TITLE.to_owned()
        + &"（".repeat(size.of(500_000, 100))),
    case!("brackets-around-figures.txt", |size| {
        repeated(TITLE, size.of(200_000, 100), "", |i, out| {
            let _ = write!(out, "（{i}件");
        })
    }),
    case!("quotes-opened.txt", |size| TITLE.to_owned()
        + &"“《〔".repeat(size.of(200_000, 100))),
    case!("dates.txt", |size| {
        repeated(TITLE, size.of(100_000, 200), "\n", |i, out| {
            let _ = write!(out, "{}年{}月{}日，", 1990 + i % 60, i % 14, i % 33);
        })
    }),
    case!("rates.txt", |size| {
        repeated(TITLE, size.of(60_000, 200), "\n", |i, out| {
            let _ = write!(out, "甲类{}件，占{}.{}%；", scattered(i, 4), i % 100, i % 10);
        })
    }),
    case!("changes.txt", |size| {
        repeated(TITLE, size.of(40_000, 200), "\n", |i, out| {
            let _ = write!(
                out,
                "受理{}件，同比增长{}.5%，环比下降{}个百分点。",
                scattered(i, 5),
                i % 90,
                i % 9
            );
        })
    }),
    case!("means.txt", |size| {
        repeated(TITLE, size.of(40_000, 200), "\n", |i, out| {
            let _ = write!(
                out,
                "共{}件，平均每个镇{}件，最高{}件，最低{}件。",
                scattered(i, 5),
                i % 90,
                i % 99,
                i % 7
            );
        })
    }),
    case!("quarters.txt", |size| {
        repeated(TITLE, size.of(40_000, 200), "\n", |i, out| {
            let _ = write!(
                out,
                "{}年第{}季度受理{}件，1至{}月累计{}件。",
                2000 + i % 40,
                i % 4 + 1,
                i,
                i % 12 + 1,
                i + 9
            );
        })
    }),
    case!("attachments.txt", |size| {
        repeated(&format!("{TITLE}附件：\n"), size.of(60_000, 200), "", |i, out| {
            let _ = writeln!(out, "附件{}：第{i}张表", i + 1);
        })
    }),
    case!("references-to-attachments.txt", |size| {
        repeated(TITLE, size.of(60_000, 200), "", |i, out| {
            let _ = writeln!(out, "详见附件{}，见表{}，如第{}条所述。", i + 1, i + 2, i + 3);
        })
    }),
    case!("notes.txt", |size| {
        repeated(TITLE, size.of(100_000, 200), "", |i, out| {
            let _ = writeln!(out, "注：{}.不含{}件。", i + 1, i);
        })
    }),
    case!("lines-of-one-cell.txt", |size| {
        repeated(
            &format!("{TITLE}序号\n单位\n受理数\n办结数\n"),
            size.of(50_000, 100),
            "合计\n",
            |i, out| {
                let _ = writeln!(out, "{}\n第{i}镇\n{}\n{}", i + 1, scattered(i, 4), scattered(i + 3, 4));
            },
        )
    }),
    case!("parts-sentence-by-sentence.txt", |size| TITLE.to_owned()
        + "查处268起，处理341人，其中党纪处分250人。"
        + &"违规中党纪处分250人。".repeat(size.of(60_000, 100))),
    case!("figures-in-one-cell.txt", |size| {
        let cell = "好评9件，好评率99.92%。".repeat(size.of(30_000, 50));
        format!("{TITLE}| 单位 | 情况 | 办结（件） |\n| 甲镇 | {cell} | 5 |\n| 乙镇{cell} | 好 | 4 |\n")
    }),
    case!("rows-between-tabs.txt", |size| {
        repeated(
            &format!("{TITLE}序号\t单位\t受理\t办结\t合计\n"),
            size.of(200_000, 100),
            "合计\t\t1\t2\t3\n",
            |i, out| {
                let (a, b) = (scattered(i, 4), scattered(i + 3, 4));
                let _ = writeln!(out, "{}\t第{i}镇\t{a}\t{b}\t{}", i + 1, a + b);
            },
        )
    }),
    case!("columns-between-pipes.txt", |size| {
        let n = size.of(10_000, 50);
        let row = |first: &str| {
            repeated(&format!("|{first}|"), n, "\n", |i, out| {
                let _ = write!(out, "{}|", scattered(i, 3));
            })
        };
        let header = repeated("|单位|", n, "\n", |i, out| {
            let _ = write!(out, "第{i}项|");
        });
        repeated(&format!("{TITLE}{header}"), 20, "", |i, out| {
            out.push_str(&row(&format!("第{i}镇")))
        }) + &row("合计")
    }),
    case!("tables-without-end.txt", |size| {
        repeated(TITLE, size.of(20_000, 100), "", |i, out| {
            let _ = writeln!(
                out,
                "表{i} 情况表\n单位\t受理\t办结\n甲镇\t3\t{i}\n乙镇\t4\t{i}\n合计\t7\t{i}"
            );
        })
    }),
    case!("ranks.txt", |size| {
        repeated(TITLE, size.of(40_000, 200), "\n", |i, out| {
            let _ = write!(out, "第{i}镇得分{}.{}分，排名第{}，", i % 100, i % 10, i + 1);
        })
    }),
    case!("addressees.txt", |size| {
        repeated(
            "关于检查情况的通报\n",
            size.of(100_000, 200),
            "：\n受理1件。\n",
            |i, out| {
                let _ = write!(out, "第{i}镇人民政府，");
            },
        )
    }),
    case!("signatures.txt", |size| {
        repeated(TITLE, size.of(60_000, 200), "", |i, out| {
            let _ = writeln!(out, "某县第{}局\n2031年{}月{}日", i % 100, i % 12 + 1, i % 28 + 1);
        })
    }),
    case!("titles.txt", |size| "关于全县检查情况的通报\n"
        .repeat(size.of(60_000, 200))),
    case!("page-chrome.txt", |size| {
        TITLE.to_owned()
            + &"当前位置：首页 > 公开\n浏览次数：12次\n【打印本页】【关闭窗口】\n字体：[大 中 小]\n"
                .repeat(size.of(40_000, 200))
    }),
    case!("broken-lines.txt", |size| {
        repeated(TITLE, size.of(150_000, 200), "", |i, out| {
            let _ = writeln!(out, "全县要认真落实主体责任，进一步加强组织领导和工作统筹，共{i}");
        })
    }),
    case!("white-space.txt", |size| TITLE.to_owned()
        + &"\u{3000} \t".repeat(size.of(2_000_000, 200))
        + "受理1件\n"),
    case!("empty-lines.txt", |size| TITLE.to_owned()
        + &"\n\r\n".repeat(size.of(1_000_000, 100))
        + "受理1件\n"),
    case!("marks-of-right-to-left.txt", |size| TITLE.to_owned()
        + &"\u{202E}\u{200B}\u{0301}".repeat(size.of(500_000, 100))),
];
