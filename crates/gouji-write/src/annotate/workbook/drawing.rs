//! The boxes of a sheet's notes, in VML (ECMA-376 part 4, 19.1).
//!
//! Old programs write VML that is no well-formed XML, so a drawing that is there is not parsed: boxes go before its last
//! `</xml>`, with ids above all that it has.

use std::fmt::Write as _;

use crate::annotate::AnnotateError;

/// Ids of shapes come in clusters of this many, each cluster belonging to one drawing.
const CLUSTER: usize = 1024;
/// Columns and rows that a box covers.
const COLUMNS: u32 = 5;
const ROWS: u32 = 7;

const NAMESPACES: [(&str, &str); 3] = [
    ("v", "urn:schemas-microsoft-com:vml"),
    ("o", "urn:schemas-microsoft-com:office:office"),
    ("x", "urn:schemas-microsoft-com:office:excel"),
];

const SHAPE_TYPE: &str = "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" \
     path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/>\
     <v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";

/// The drawing with a box for each of `cells`. `nth` is the number of its sheet.
pub(super) fn with(
    existing: Option<&str>,
    part: &str,
    nth: usize,
    cells: &[(u32, u32)],
) -> Result<String, AnnotateError> {
    let Some(existing) = existing else {
        let clusters: Vec<String> = (0..=cells.len() / CLUSTER).map(|n| (nth + 1 + n).to_string()).collect();
        let mut out = String::from("<xml");
        for (prefix, namespace) in NAMESPACES {
            let _ = write!(out, " xmlns:{prefix}=\"{namespace}\"");
        }
        let _ = write!(
            out,
            "><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{}\"/></o:shapelayout>{SHAPE_TYPE}",
            clusters.join(",")
        );
        boxes(&mut out, "", (nth + 1) * CLUSTER + 1, cells);
        out.push_str("</xml>");
        return Ok(out);
    };
    if cells.is_empty() {
        return Ok(existing.to_owned());
    }
    let end = existing.rfind("</xml>").ok_or_else(|| AnnotateError::Malformed {
        part: part.to_owned(),
        offset: existing.len(),
    })?;
    let mut declared = String::new();
    for (prefix, namespace) in NAMESPACES {
        if !existing.contains(&format!("xmlns:{prefix}=\"{namespace}\"")) {
            let _ = write!(declared, " xmlns:{prefix}=\"{namespace}\"");
        }
    }
    let mut out = existing[..end].to_owned();
    if !existing.contains("_x0000_t202\"") {
        let opened = format!("<v:shapetype{declared}");
        out.push_str(&SHAPE_TYPE.replacen("<v:shapetype", &opened, 1));
    }
    let highest = existing
        .split("_x0000_s")
        .skip(1)
        .filter_map(|rest| {
            let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            rest[..digits].parse::<u32>().ok()
        })
        .max();
    let first = highest.map_or((nth + 1) * CLUSTER, |n| n as usize) + 1;
    boxes(&mut out, &declared, first, cells);
    out.push_str(&existing[end..]);
    Ok(out)
}

fn boxes(out: &mut String, declared: &str, first: usize, cells: &[(u32, u32)]) {
    for (at, (row, col)) in cells.iter().enumerate() {
        let (left, top) = (col + 1, row.saturating_sub(1));
        let _ = write!(
            out,
            "<v:shape{declared} id=\"_x0000_s{}\" type=\"#_x0000_t202\" \
             style=\"position:absolute;margin-left:60pt;margin-top:2pt;width:260pt;height:100pt;z-index:{};visibility:hidden\" \
             fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/>\
             <v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox>\
             <x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/>\
             <x:Anchor>{left}, 15, {top}, 2, {}, 15, {}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>\
             <x:Row>{row}</x:Row><x:Column>{col}</x:Column></x:ClientData></v:shape>",
            first + at,
            at + 1,
            left + COLUMNS,
            top + ROWS,
        );
    }
}
