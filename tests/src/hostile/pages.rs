//! Web pages.

use std::fmt::Write as _;

use super::Outcome::{Ends, Read};
use super::{CANARY_FILE, Case, repeated, scattered};

const OPEN: &str = "<!DOCTYPE html><html><head><meta charset=utf-8></head><body><p>关于全县检查情况的通报</p>";
const CLOSE: &str = "</body></html>";

pub(super) const CASES: &[Case] = &[
    Case {
        name: "depth.html",
        outcome: Ends,
        make: |size| (OPEN.to_owned() + &"<div>".repeat(size.of(1_000_000, 50)) + "受理1件").into_bytes(),
    },
    Case {
        name: "bold-never-closed.html",
        outcome: Ends,
        make: |size| (OPEN.to_owned() + &"<b><i><p>受理1件".repeat(size.of(100_000, 100))).into_bytes(),
    },
    Case {
        name: "tables-in-tables.html",
        outcome: Ends,
        make: |size| (OPEN.to_owned() + &"<table><tr><td>".repeat(size.of(200_000, 100)) + "受理1件").into_bytes(),
    },
    Case {
        name: "rows.html",
        outcome: Ends,
        make: |size| {
            repeated(
                &format!("{OPEN}<table>"),
                size.of(200_000, 200),
                &format!("</table>{CLOSE}"),
                |i, out| {
                    let _ = write!(
                        out,
                        "<tr><td>第{i}镇</td><td>{}</td><td>{}</td></tr>",
                        scattered(i, 4),
                        scattered(i + 1, 4)
                    );
                },
            )
            .into_bytes()
        },
    },
    Case {
        name: "spans.html",
        outcome: Read,
        make: |size| {
            repeated(
                &format!("{OPEN}<table>"),
                size.of(5_000, 50),
                &format!("</table>{CLOSE}"),
                |i, out| {
                    let _ = write!(out, "<tr><td rowspan=65534 colspan=1000>{i}</td><td>1</td></tr>");
                },
            )
            .into_bytes()
        },
    },
    Case {
        name: "long-cells-over-columns.html",
        outcome: Read,
        make: |size| {
            let row = format!(
                "<tr><td colspan=60>{}</td><td>1</td></tr>",
                "各单位要高度重视".repeat(size.of(680, 10))
            );
            format!("{OPEN}<table>{}</table>{CLOSE}", row.repeat(size.of(500, 10))).into_bytes()
        },
    },
    Case {
        name: "one-paragraph.html",
        outcome: Ends,
        make: |size| {
            format!(
                "{OPEN}<p>{}</p>{CLOSE}",
                "受理12件，其中：求助类7件、咨询类5件。".repeat(size.of(240_000, 500))
            )
            .into_bytes()
        },
    },
    Case {
        name: "attributes.html",
        outcome: Ends,
        make: |size| {
            repeated(
                &format!("{OPEN}<p "),
                size.of(300_000, 100),
                &format!(">受理1件</p>{CLOSE}"),
                |i, out| {
                    let _ = write!(out, "a{i}=1 ");
                },
            )
            .into_bytes()
        },
    },
    Case {
        name: "signs.html",
        outcome: Ends,
        make: |size| (OPEN.to_owned() + &"&#x4E00;&lt;&bogus;&#99999999;".repeat(size.of(300_000, 100))).into_bytes(),
    },
    Case {
        name: "external.html",
        outcome: Read,
        make: |_| {
            format!("{OPEN}<link rel=stylesheet href=\"{CANARY_FILE}\"><iframe src=\"{CANARY_FILE}\"></iframe><object data=\"{CANARY_FILE}\"></object><p>受理1件</p>{CLOSE}").into_bytes()
        },
    },
];
