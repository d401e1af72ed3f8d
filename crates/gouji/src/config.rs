//! `gouji.toml`: what an office decides for itself where the standard leaves room.

use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use gouji_batch::read_file;
use gouji_report::Lang;
use gouji_standard::{EighthPoints, FontClass, FormChoice, HalfPoints, House};
use serde::Deserialize;

use crate::args::Common;

/// The file that is taken if none is named.
const NAME: &str = "gouji.toml";
/// Longest name of a font, in characters.
const LONGEST_FONT: usize = 64;

/// Whether the configuration is in order, for commands that do not write by it: what is wrong is told by each alike.
pub fn check(common: &Common, lang: Lang) -> anyhow::Result<()> {
    write_options(common, false, lang).map(drop)
}

/// How documents are to be written: by the configuration, with the text kept or not.
pub fn write_options(common: &Common, keep_text: bool, lang: Lang) -> anyhow::Result<gouji_write::Options> {
    let house = match &common.config {
        Some(path) => load(path, lang)?,
        None => {
            let path = PathBuf::from(NAME);
            if path.is_file() {
                load(&path, lang)?
            } else {
                House::default()
            }
        }
    };
    Ok(gouji_write::Options { keep_text, house })
}

fn load(path: &Path, lang: Lang) -> anyhow::Result<House> {
    let name = path.display().to_string();
    let bytes = read_file(path).map_err(|cause| anyhow!("{name}: {}", cause.message(lang)))?;
    let text = std::str::from_utf8(&bytes)
        .map_err(|_| anyhow!("{name}: {}", lang.pick("不是UTF-8文字", "the text is not in UTF-8")))?;
    house(text.trim_start_matches('\u{feff}'), lang).with_context(|| name)
}

fn house(text: &str, lang: Lang) -> anyhow::Result<House> {
    match toml::from_str::<Config>(text) {
        Ok(config) => config.house.into_house(lang),
        Err(error) => match outside_of_its_table(text) {
            Some((key, table)) => match lang {
                Lang::Zh => bail!("“{key}”应写在[{table}]之下"),
                Lang::En => Err(error).context(format!("`{key}` belongs under [{table}]")),
            },
            None => match lang {
                Lang::Zh => bail!("{}", chinese(&error, text)),
                Lang::En => Err(error.into()),
            },
        },
    }
}

/// What is wrong, and where.
fn chinese(error: &toml::de::Error, text: &str) -> String {
    let said = gouji_template::in_chinese(error.message());
    let line = error.span().and_then(|span| text.get(..span.start));
    match line.map(|before| before.matches('\n').count() + 1) {
        Some(line) => {
            let shown = text.lines().nth(line - 1).unwrap_or_default().trim();
            format!("第{line}行“{shown}”：{said}")
        }
        None => said,
    }
}

/// A key that stands at the top of the file but belongs into a table, and that table.
fn outside_of_its_table(text: &str) -> Option<(String, &'static str)> {
    let table: toml::Table = toml::from_str(text).ok()?;
    table.into_iter().find_map(|(key, value)| {
        // Each table refuses the keys that it does not know.
        let alone = || toml::Table::from_iter([(key.clone(), value.clone())]);
        if key == "house" {
            None
        } else if key == "fonts" || alone().try_into::<HouseConfig>().is_ok() {
            Some((key, "house"))
        } else {
            let font = alone().try_into::<Fonts>().is_ok();
            font.then_some((key, "house.fonts"))
        }
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Config {
    house: HouseConfig,
}

/// The table `[house]`; what it leaves out is usual practice.
#[derive(Debug, Default, Deserialize)]
#[serde(
    deny_unknown_fields,
    rename_all = "kebab-case",
    default,
    expecting = "a table [house]"
)]
struct HouseConfig {
    form: Option<Form>,
    sealed: Option<bool>,
    mark_with_file: Option<bool>,
    mark_size: Option<Points>,
    rule_weight: Option<Points>,
    attachment_title: Option<AttachmentTitle>,
    third_level_bold: Option<bool>,
    table_size_smallest: Option<Points>,
    landscape: Option<bool>,
    western_font: Option<String>,
    fonts: Fonts,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Form {
    ByNumber,
    Document,
    Letter,
}

#[derive(Debug, Clone, Copy, Deserialize)]
enum AttachmentTitle {
    #[serde(rename = "小标宋")]
    TitleSong,
    #[serde(rename = "黑体")]
    Hei,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a table [house.fonts]")]
struct Fonts {
    #[serde(rename = "小标宋")]
    title_song: Option<String>,
    #[serde(rename = "仿宋")]
    fang_song: Option<String>,
    #[serde(rename = "楷体")]
    kai: Option<String>,
    #[serde(rename = "黑体")]
    hei: Option<String>,
    #[serde(rename = "宋体")]
    song: Option<String>,
}

/// A size in points as people write it: `16`, `"10.5"`, `"10.5pt"`.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged, expecting = "a size in points, such as 16 or \"10.5\"")]
enum Points {
    Whole(u32),
    Text(String),
}

impl Points {
    /// In parts of a point (2: half points, 8: eighths), if it is a whole number of them.
    fn parts(&self, parts: u32) -> Option<u32> {
        match self {
            Self::Whole(points) => points.checked_mul(parts),
            Self::Text(text) => {
                let text = text.trim();
                let text = text.strip_suffix("pt").unwrap_or(text).trim_end();
                let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
                if rest.len() > 3 || !whole.bytes().chain(rest.bytes()).all(|b| b.is_ascii_digit()) {
                    return None;
                }
                let thousandths: u32 = format!("{rest:0<3}").parse().ok()?;
                let whole: u32 = whole.parse().ok()?;
                let all = whole.checked_mul(1000)?.checked_add(thousandths)?.checked_mul(parts)?;
                all.is_multiple_of(1000).then_some(all / 1000)
            }
        }
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(points) => write!(f, "{points}"),
            Self::Text(text) => write!(f, "{text}"),
        }
    }
}

impl HouseConfig {
    fn into_house(self, lang: Lang) -> anyhow::Result<House> {
        let mut house = House::default();
        if let Some(form) = self.form {
            house.form = match form {
                Form::ByNumber => FormChoice::ByNumber,
                Form::Document => FormChoice::Document,
                Form::Letter => FormChoice::Letter,
            };
        }
        for (own, given) in [
            (&mut house.sealed, self.sealed),
            (&mut house.mark_with_file, self.mark_with_file),
            (&mut house.third_level_bold, self.third_level_bold),
            (&mut house.landscape, self.landscape),
        ] {
            *own = given.unwrap_or(*own);
        }
        if let Some(size) = &self.mark_size {
            let (least, most) = House::MARK_SIZES;
            house.mark_size = HalfPoints(within("mark-size", size, 2, (least.0, most.0), lang)?);
        }
        if let Some(weight) = &self.rule_weight {
            let (least, most) = House::RULE_WEIGHTS;
            house.rule_weight = EighthPoints(within("rule-weight", weight, 8, (least.0, most.0), lang)?);
        }
        if let Some(size) = &self.table_size_smallest {
            let usual = House::default();
            let most = usual.table_sizes().next().map_or(0, |size| size.0);
            let bounds = (usual.table_size_smallest.0, most);
            house.table_size_smallest = HalfPoints(within("table-size-smallest", size, 2, bounds, lang)?);
        }
        if let Some(title) = self.attachment_title {
            house.attachment_title = match title {
                AttachmentTitle::TitleSong => house.attachment_title,
                AttachmentTitle::Hei => House::PLAIN_ATTACHMENT_TITLE,
            };
        }
        let Fonts {
            title_song,
            fang_song,
            kai,
            hei,
            song,
        } = self.fonts;
        for (class, name) in [
            (FontClass::TitleSong, title_song),
            (FontClass::FangSong, fang_song),
            (FontClass::Kai, kai),
            (FontClass::Hei, hei),
            (FontClass::Song, song),
        ] {
            if let (Some(name), Some(at)) = (name, FontClass::ALL.iter().position(|c| *c == class)) {
                house.fonts[at] = font(name, lang)?;
            }
        }
        house.western_font = self.western_font.map(|name| font(name, lang)).transpose()?;
        Ok(house)
    }
}

fn within(key: &str, size: &Points, parts: u32, (least, most): (u32, u32), lang: Lang) -> anyhow::Result<u32> {
    let value = size.parts(parts).filter(|value| (least..=most).contains(value));
    value.ok_or_else(|| {
        let points = |n: u32| format!("{}.{:03}", n / parts, n % parts * 1000 / parts);
        let (least, most) = (points(least), points(most));
        let (least, most) = (least.trim_end_matches('0'), most.trim_end_matches('0'));
        let (least, most) = (least.trim_end_matches('.'), most.trim_end_matches('.'));
        anyhow!(match lang {
            Lang::Zh => format!("{key} = {size}：应在{least}磅与{most}磅之间，以1/{parts}磅为单位"),
            Lang::En => format!("{key} = {size}: must be from {least} to {most} points, in steps of 1/{parts} point"),
        })
    })
}

fn font(name: String, lang: Lang) -> anyhow::Result<String> {
    if name.trim().is_empty() || name.chars().count() > LONGEST_FONT || name.chars().any(char::is_control) {
        bail!(lang.pick("字体名应为1至64个字符", "a font's name has 1 to 64 characters"));
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_file_is_usual_practice() {
        assert_eq!(house("", Lang::En).unwrap(), House::default());
        assert_eq!(house("[house]\n", Lang::En).unwrap(), House::default());
    }

    #[test]
    fn everything_can_be_said() {
        let text = r#"
            [house]
            form = "letter"
            sealed = true
            mark-with-file = false
            mark-size = 36
            rule-weight = "1.5pt"
            attachment-title = "黑体"
            third-level-bold = true
            table-size-smallest = "10.5"
            landscape = false
            western-font = "Times New Roman"
            [house.fonts]
            "仿宋" = "方正仿宋_GBK"
        "#;
        let house = house(text, Lang::En).unwrap();
        assert_eq!((house.form, house.sealed), (FormChoice::Letter, true));
        assert!(!house.mark_with_file && house.third_level_bold && !house.landscape);
        assert_eq!((house.mark_size, house.rule_weight), (HalfPoints(72), EighthPoints(12)));
        assert_eq!(house.table_size_smallest, HalfPoints(21));
        assert_eq!(house.attachment_title, House::PLAIN_ATTACHMENT_TITLE);
        assert_eq!(house.font(FontClass::FangSong), "方正仿宋_GBK");
        assert_eq!(house.font(FontClass::Hei), "黑体");
        assert_eq!(house.western_font.as_deref(), Some("Times New Roman"));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for text in [
            "colour = \"blue\"",
            "[house]\nseal = true",
            "[house]\nform = \"memo\"",
            "[house]\nmark-size = 500",
            "[house]\nmark-size = \"36.3\"",
            "[house]\nmark-size = -3",
            "[house]\nrule-weight = \"1.0000001\"",
            "[house]\nwestern-font = \"\"",
            "[house.fonts]\n\"仿宋\" = \"a\\u0007b\"",
            "[house",
        ] {
            assert!(house(text, Lang::En).is_err(), "{text}");
        }
        for (text, hint) in [
            ("form = \"letter\"", "“form”应写在[house]之下"),
            ("\"仿宋\" = \"方正仿宋_GBK\"", "“仿宋”应写在[house.fonts]之下"),
        ] {
            let error = house(text, Lang::Zh).unwrap_err();
            assert!(format!("{error:#}").starts_with(hint), "{error:#}");
        }
        for (text, said) in [
            (
                "[house]\nseald = true",
                "第2行“seald = true”：没有“seald”这个键，可用：form、sealed、",
            ),
            (
                "[house]\nform = \"memo\"",
                "第2行“form = \"memo\"”：不能写“memo”，可用：by-number、document、letter",
            ),
            ("[house]\nform = 3", "第2行“form = 3”：应为加引号的文字"),
            ("[house]\nsealed = 是", "第2行“sealed = 是”：值的写法有误，文字要加引号"),
            (
                "[house]\nsealed = 1",
                "第2行“sealed = 1”：值的类型不对，应为true或false",
            ),
            (
                "[house]\nmark-size = 10.5",
                "第2行“mark-size = 10.5”：应为磅数，如16或\"10.5\"",
            ),
            ("house = 3", "第1行“house = 3”：值的类型不对，应为一组键值"),
            ("[house", "第1行“[house”：方括号没有配对"),
        ] {
            let error = format!("{:#}", house(text, Lang::Zh).unwrap_err());
            assert!(error.starts_with(said), "{error}");
        }
        let error = house("[house]\nmark-size = 10.5", Lang::En).unwrap_err();
        assert!(error.to_string().contains("a size in points"), "{error}");
        let error = house("colour = \"blue\"", Lang::Zh).unwrap_err();
        assert!(!format!("{error:#}").contains("之下"), "no key of ours");
        let error = house("[house]\nmark-size = 500", Lang::Zh).unwrap_err();
        assert_eq!(error.to_string(), "mark-size = 500：应在17磅与42磅之间，以1/2磅为单位");
    }
}
