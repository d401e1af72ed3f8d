/// A class of typeface (字体). The standard names classes only; product names are practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FontClass {
    /// 小标宋体: mark and title (§7.2.4, §7.3.1).
    TitleSong,
    /// 仿宋体: text (§5.2.2).
    FangSong,
    /// 楷体: second-level headings, names of signers (§7.3.3, §7.2.6).
    Kai,
    /// 黑体: first-level headings, security class, attachment labels (§7.3.3, §7.2.2, §7.3.7).
    Hei,
    /// 宋体: page number (§7.5).
    Song,
}

/// What a machine that lacks a font may show instead, as the font table of a docx names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Substitute {
    /// Another name of the font, or of the nearest one that a stock system has.
    pub alternative: &'static str,
    /// PANOSE family: `roman`, `modern`, `script` or `auto`.
    pub family: &'static str,
}

impl FontClass {
    /// All classes, in the order of their first use on the page.
    pub const ALL: [Self; 5] = [Self::TitleSong, Self::FangSong, Self::Kai, Self::Hei, Self::Song];

    /// The Chinese name of the class, as the standard has it.
    #[must_use]
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::TitleSong => "小标宋体",
            Self::FangSong => "仿宋体",
            Self::Kai => "楷体",
            Self::Hei => "黑体",
            Self::Song => "宋体",
        }
    }

    /// The font to name in a document (office practice).
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.accepted()[0]
    }

    /// The fonts that count as this class when a document is checked; the first is the one to write.
    #[must_use]
    pub const fn accepted(self) -> &'static [&'static str] {
        match self {
            Self::TitleSong => &[
                "方正小标宋简体",
                "方正小标宋_GBK",
                "FZXiaoBiaoSong-B05S",
                "FZXiaoBiaoSong-B05",
                "FZXiaoBiaoSong-B13S",
                "华文中宋",
                "STZhongsong",
            ],
            Self::FangSong => &[
                "仿宋_GB2312",
                "仿宋",
                "FangSong",
                "FangSong_GB2312",
                "华文仿宋",
                "STFangsong",
                "方正仿宋_GBK",
                "方正仿宋简体",
            ],
            Self::Kai => &[
                "楷体_GB2312",
                "楷体",
                "KaiTi",
                "KaiTi_GB2312",
                "华文楷体",
                "STKaiti",
                "方正楷体_GBK",
                "方正楷体简体",
            ],
            Self::Hei => &["黑体", "SimHei", "方正黑体_GBK", "方正黑体简体", "华文黑体", "STHeiti"],
            Self::Song => &[
                "宋体",
                "SimSun",
                "新宋体",
                "NSimSun",
                "方正书宋_GBK",
                "华文宋体",
                "STSong",
            ],
        }
    }

    /// What to show where the font is missing.
    #[must_use]
    pub const fn substitute(self) -> Substitute {
        let (alternative, family) = match self {
            Self::TitleSong => ("华文中宋", "auto"),
            Self::FangSong => ("仿宋", "modern"),
            Self::Kai => ("楷体", "modern"),
            Self::Hei => ("SimHei", "modern"),
            Self::Song => ("SimSun", "auto"),
        };
        Substitute { alternative, family }
    }

    /// The class that a font name belongs to.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.accepted().contains(&name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_font_name_has_one_class() {
        for class in FontClass::ALL {
            for name in class.accepted() {
                assert_eq!(FontClass::of(name), Some(class), "{name}");
            }
            assert!(class.accepted().contains(&class.substitute().alternative));
        }
        assert_eq!(FontClass::of("Times New Roman"), None);
    }
}
