//! How Word prints the number of a list level (`ST_NumberFormat`, ECMA-376 part 1, 17.18.59).
//!
//! - Handled: arabic (plain, with leading zero, full-width, enclosed), letters, roman, the Chinese, Japanese and Taiwanese
//!   counting systems, financial numerals, stems and branches.
//! - Partly handled: counts past the end of a finite series (`⑳`, 癸) are printed in arabic digits, as Word does.
//! - Ignored: series of other scripts and ordinals in words, printed in arabic digits.

/// A way to print a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum NumberFormat {
    /// 1, 2, 3; also every format not known here.
    #[default]
    Decimal,
    /// 01, 02, 10.
    DecimalZero,
    /// １, ２, ３.
    DecimalFullWidth,
    /// - 1 -.
    NumberInDash,
    /// I, II.
    UpperRoman,
    /// i, ii.
    LowerRoman,
    /// A, B, … Z, AA.
    UpperLetter,
    /// a, b, … z, aa.
    LowerLetter,
    /// 一, 十, 十一, 一百零一.
    ChineseThousand,
    /// 一, 十, 九十九, 一○○.
    ChineseCounting,
    /// 一, 一〇, 一一.
    DigitByDigit,
    /// 一, 十, 百, 千.
    Japanese,
    /// 壹, 壹拾.
    Legal,
    /// 壹, 壹拾, in traditional characters.
    LegalTraditional,
    /// A finite series.
    Series(&'static [char]),
    /// A bullet: the level text is the mark itself.
    Bullet,
    /// Nothing.
    None,
}

const CIRCLED: [char; 20] = [
    '①', '②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨', '⑩', '⑪', '⑫', '⑬', '⑭', '⑮', '⑯', '⑰', '⑱', '⑲', '⑳',
];
const FULL_STOP: [char; 20] = [
    '⒈', '⒉', '⒊', '⒋', '⒌', '⒍', '⒎', '⒏', '⒐', '⒑', '⒒', '⒓', '⒔', '⒕', '⒖', '⒗', '⒘', '⒙', '⒚', '⒛',
];
const PARENTHESISED: [char; 20] = [
    '⑴', '⑵', '⑶', '⑷', '⑸', '⑹', '⑺', '⑻', '⑼', '⑽', '⑾', '⑿', '⒀', '⒁', '⒂', '⒃', '⒄', '⒅', '⒆', '⒇',
];
const CIRCLED_IDEOGRAPHS: [char; 10] = ['㊀', '㊁', '㊂', '㊃', '㊄', '㊅', '㊆', '㊇', '㊈', '㊉'];
const STEMS: [char; 10] = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];
const BRANCHES: [char; 12] = ['子', '丑', '寅', '卯', '辰', '巳', '午', '未', '申', '酉', '戌', '亥'];

/// Past this, letters and roman numerals would only be long; Word itself stops at 780 letters and 32767.
const LONGEST_SERIES: i64 = 780;

impl NumberFormat {
    /// The format of this name.
    pub fn from_name(name: &str) -> Self {
        match name {
            "decimalZero" => Self::DecimalZero,
            "decimalFullWidth" | "decimalFullWidth2" => Self::DecimalFullWidth,
            "numberInDash" => Self::NumberInDash,
            "upperRoman" => Self::UpperRoman,
            "lowerRoman" => Self::LowerRoman,
            "upperLetter" => Self::UpperLetter,
            "lowerLetter" => Self::LowerLetter,
            "chineseCountingThousand" | "taiwaneseCountingThousand" => Self::ChineseThousand,
            "chineseCounting" | "taiwaneseCounting" => Self::ChineseCounting,
            "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => Self::DigitByDigit,
            "japaneseCounting" => Self::Japanese,
            "chineseLegalSimplified" => Self::Legal,
            "ideographLegalTraditional" | "japaneseLegal" => Self::LegalTraditional,
            "ideographTraditional" => Self::Series(&STEMS),
            "ideographZodiac" => Self::Series(&BRANCHES),
            "ideographEnclosedCircle" => Self::Series(&CIRCLED_IDEOGRAPHS),
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Self::Series(&CIRCLED),
            "decimalEnclosedFullstop" => Self::Series(&FULL_STOP),
            "decimalEnclosedParen" => Self::Series(&PARENTHESISED),
            "bullet" => Self::Bullet,
            "none" => Self::None,
            _ => Self::Decimal,
        }
    }

    /// The format of this number in binary documents (MS-OSHARED 2.2.1.3, `MSONFC`).
    pub fn from_code(code: u8) -> Self {
        // In the order of the codes; series of other scripts are printed in arabic digits, so their names do not matter.
        const NAMES: [&str; 40] = [
            "decimal",
            "upperRoman",
            "lowerRoman",
            "upperLetter",
            "lowerLetter",
            "ordinal",
            "cardinalText",
            "ordinalText",
            "hex",
            "chicago",
            "ideographDigital",
            "japaneseCounting",
            "aiueo",
            "iroha",
            "decimalFullWidth",
            "decimalHalfWidth",
            "japaneseLegal",
            "japaneseDigitalTenThousand",
            "decimalEnclosedCircle",
            "decimalFullWidth2",
            "aiueoFullWidth",
            "irohaFullWidth",
            "decimalZero",
            "bullet",
            "ganada",
            "chosung",
            "decimalEnclosedFullstop",
            "decimalEnclosedParen",
            "decimalEnclosedCircleChinese",
            "ideographEnclosedCircle",
            "ideographTraditional",
            "ideographZodiac",
            "ideographZodiacTraditional",
            "taiwaneseCounting",
            "ideographLegalTraditional",
            "taiwaneseCountingThousand",
            "taiwaneseDigital",
            "chineseCounting",
            "chineseLegalSimplified",
            "chineseCountingThousand",
        ];
        match code {
            57 => Self::NumberInDash,
            255 => Self::None,
            _ => NAMES
                .get(usize::from(code))
                .map_or(Self::Decimal, |name| Self::from_name(name)),
        }
    }

    /// `n` as printed.
    pub fn print(self, n: i64) -> String {
        match self {
            Self::None | Self::Bullet => String::new(),
            Self::DecimalZero => format!("{n:02}"),
            Self::DecimalFullWidth => n
                .to_string()
                .chars()
                .map(|c| match c {
                    '0'..='9' => char::from_u32(c as u32 - '0' as u32 + '０' as u32).unwrap_or(c),
                    other => other,
                })
                .collect(),
            Self::NumberInDash => format!("- {n} -"),
            Self::Series(series) => usize::try_from(n - 1)
                .ok()
                .and_then(|at| series.get(at))
                .map_or_else(|| n.to_string(), char::to_string),
            _ if n <= 0 && self == Self::DigitByDigit => digits(n, '〇'),
            _ if n <= 0 => n.to_string(),
            Self::UpperLetter if n <= LONGEST_SERIES => letters(n, 'A'),
            Self::LowerLetter if n <= LONGEST_SERIES => letters(n, 'a'),
            Self::UpperRoman if n <= LONGEST_SERIES => roman(n),
            Self::LowerRoman if n <= LONGEST_SERIES => roman(n).to_lowercase(),
            Self::ChineseCounting if n > 99 => digits(n, '○'),
            Self::DigitByDigit => digits(n, '〇'),
            Self::ChineseThousand | Self::ChineseCounting if n < 100_000_000 => counted(n, &CHINESE),
            Self::Japanese if n < 100_000_000 => counted(n, &JAPANESE),
            Self::Legal if n < 100_000_000 => counted(n, &LEGAL),
            Self::LegalTraditional if n < 100_000_000 => counted(n, &LEGAL_TRADITIONAL),
            _ => n.to_string(),
        }
    }
}

/// A, B, … Z, AA, BB, … (the letter is repeated, 17.18.59).
fn letters(n: i64, first: char) -> String {
    let letter = char::from(first as u8 + u8::try_from((n - 1) % 26).unwrap_or(0));
    std::iter::repeat_n(letter, usize::try_from((n - 1) / 26 + 1).unwrap_or(1)).collect()
}

fn roman(mut n: i64) -> String {
    const STEPS: [(i64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut out = String::new();
    for (value, letters) in STEPS {
        while n >= value {
            out.push_str(letters);
            n -= value;
        }
    }
    out
}

/// Each decimal digit as a Chinese one.
fn digits(n: i64, zero: char) -> String {
    n.to_string()
        .chars()
        .map(|c| match c {
            '0' => zero,
            '1'..='9' => CHINESE.digits[c as usize - '0' as usize],
            other => other,
        })
        .collect()
}

/// A counting system with powers of ten in words.
struct Counting {
    digits: [char; 10],
    tens: [&'static str; 3],
    myriad: char,
    /// A gap inside a number is spoken (一百零一).
    says_zero: bool,
    /// Ten to nineteen begin with 十, not 一十.
    bare_ten: bool,
    /// 百 and 千 stand without 一.
    bare_powers: bool,
}

const CHINESE: Counting = Counting {
    digits: ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'],
    tens: ["十", "百", "千"],
    myriad: '万',
    says_zero: true,
    bare_ten: true,
    bare_powers: false,
};
const JAPANESE: Counting = Counting {
    says_zero: false,
    bare_powers: true,
    ..CHINESE
};
const LEGAL: Counting = Counting {
    digits: ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'],
    tens: ["拾", "佰", "仟"],
    myriad: '万',
    says_zero: true,
    bare_ten: false,
    bare_powers: false,
};
const LEGAL_TRADITIONAL: Counting = Counting {
    digits: ['零', '壹', '貳', '參', '肆', '伍', '陸', '柒', '捌', '玖'],
    tens: ["拾", "佰", "仟"],
    myriad: '萬',
    ..LEGAL
};

/// `n` from 1 to 99,999,999 in words.
fn counted(n: i64, system: &Counting) -> String {
    let mut out = String::new();
    let (high, low) = (n / 10_000, n % 10_000);
    if high > 0 {
        below_myriad(high, system, &mut out);
        out.push(system.myriad);
        if low > 0 && low < 1000 && system.says_zero {
            out.push(system.digits[0]);
        }
    }
    if low > 0 {
        below_myriad(low, system, &mut out);
    }
    out
}

fn below_myriad(n: i64, system: &Counting, out: &mut String) {
    let mut gap = false;
    let mut begun = false;
    for power in (0..4).rev() {
        let digit = usize::try_from(n / 10_i64.pow(power) % 10).unwrap_or(0);
        if digit == 0 {
            gap = begun;
            continue;
        }
        if gap && system.says_zero {
            out.push(system.digits[0]);
        }
        gap = false;
        let bare = digit == 1
            && ((power == 1 && !begun && out.is_empty() && system.bare_ten) || (power > 0 && system.bare_powers));
        if !bare {
            out.push(system.digits[digit]);
        }
        if power > 0 {
            out.push_str(system.tens[power as usize - 1]);
        }
        begun = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, pairs: &[(i64, &str)]) {
        for &(n, printed) in pairs {
            assert_eq!(NumberFormat::from_name(name).print(n), printed, "{name} {n}");
        }
    }

    #[test]
    fn chinese_counting_follows_word() {
        check(
            "chineseCountingThousand",
            &[
                (1, "一"),
                (10, "十"),
                (11, "十一"),
                (20, "二十"),
                (100, "一百"),
                (101, "一百零一"),
                (110, "一百一十"),
                (1010, "一千零一十"),
                (10_001, "一万零一"),
                (21_000, "二万一千"),
            ],
        );
        check(
            "chineseCounting",
            &[(10, "十"), (99, "九十九"), (100, "一○○"), (120, "一二○")],
        );
        check(
            "japaneseCounting",
            &[
                (11, "十一"),
                (100, "百"),
                (111, "百十一"),
                (105, "百五"),
                (2001, "二千一"),
            ],
        );
        check("ideographDigital", &[(1, "一"), (10, "一〇"), (123, "一二三")]);
        check("chineseLegalSimplified", &[(10, "壹拾"), (103, "壹佰零叁")]);
    }

    #[test]
    fn finite_series_end_in_digits() {
        check(
            "decimalEnclosedCircle",
            &[(1, "①"), (20, "⑳"), (21, "21"), (0, "0"), (-3, "-3")],
        );
        check("ideographTraditional", &[(10, "癸"), (11, "11")]);
        check("decimalEnclosedParen", &[(2, "⑵")]);
    }

    #[test]
    fn letters_and_romans() {
        check("upperLetter", &[(26, "Z"), (27, "AA"), (28, "BB")]);
        check("lowerRoman", &[(4, "iv"), (19, "xix")]);
        check("decimalZero", &[(3, "03"), (12, "12")]);
        check("decimalFullWidth", &[(12, "１２")]);
    }

    #[test]
    fn absurd_counts_stay_short() {
        for name in [
            "upperLetter",
            "upperRoman",
            "chineseCountingThousand",
            "japaneseCounting",
            "ideographDigital",
        ] {
            for n in [i64::MAX, i64::MIN, 999_999_999, 99_999_999] {
                assert!(
                    NumberFormat::from_name(name).print(n).chars().count() < 40,
                    "{name} {n}"
                );
            }
        }
    }
}
