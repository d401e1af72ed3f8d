//! The issuing authority's mark (发文机关标志): as large as its line allows.

use gouji_standard as gb;
use gouji_standard::{HalfChars, HalfPoints, Twips};

use crate::measure::{widest, width};
use crate::title::{ORGAN_ENDS, break_title, widest_line};

/// A mark as it is set.
pub(crate) struct Mark {
    pub(crate) lines: String,
    pub(crate) size: HalfPoints,
    /// Given to each character; negative where it is set closer.
    pub(crate) spacing: Option<Twips>,
}

impl Mark {
    /// As large as it may be and still on one line; a long one is set closer, a still longer one on several lines.
    pub(crate) fn fit(mark: &str, largest: HalfPoints) -> Self {
        if let Some(spacing) = condensed(widest(mark), gb::MARK_SIZE_SMALLEST.twips(), gb::TEXT_WIDTH) {
            return Self {
                lines: mark.to_owned(),
                size: mark_size(widest(mark), gb::TEXT_WIDTH, largest),
                spacing: (spacing < Twips(0)).then_some(spacing),
            };
        }
        let lines = break_title(mark, gb::TITLE_LINE_WIDEST);
        let longest = lines.iter().map(|l| widest(l)).max().unwrap_or_default();
        Self {
            size: mark_size(longest, gb::TEXT_WIDTH, largest),
            lines: lines.join("\n"),
            spacing: None,
        }
    }

    /// All its lines.
    pub(crate) fn height(&self) -> Twips {
        self.size.twips() * i32::try_from(self.lines.lines().count().max(1)).unwrap_or(1)
    }
}

/// The mark of several issuers (联合行文, §7.2.4): their names one below the other, 文件 at the right.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct JointMark<'a> {
    /// The names, the host's first.
    pub(crate) names: Vec<&'a str>,
    /// 文件 stands behind them.
    pub(crate) has_file: bool,
    pub(crate) size: HalfPoints,
    /// Taken from each character, where the longest name would not fit otherwise.
    pub(crate) spacing: Option<Twips>,
}

/// Left free in the column of names, so that no layout breaks the longest.
const NAME_SPARE: HalfChars = HalfChars(1);
/// 文件, half a character after the names.
const FILE_WIDTH: HalfChars = HalfChars(5);
/// More names than this are no mark.
const MOST_NAMES: usize = 12;

impl<'a> JointMark<'a> {
    /// A mark that holds the names of several organs, as large as its longest name allows.
    pub(crate) fn of(mark: &'a str, largest: HalfPoints) -> Option<Self> {
        let (names, has_file) = joint_names(mark)?;
        let longest = names.iter().map(|n| widest(n)).max().unwrap_or_default();
        let whole = longest + NAME_SPARE + if has_file { FILE_WIDTH } else { HalfChars(0) };
        let size = mark_size(whole, gb::TEXT_WIDTH, largest);
        let mut joint = Self {
            names,
            has_file,
            size,
            spacing: None,
        };
        let room = gb::TEXT_WIDTH - joint.file_width();
        joint.spacing = condensed(longest, size.twips(), room).filter(|s| *s < Twips(0));
        Some(joint)
    }

    /// A name in its lines: one, unless it is so long that it cannot be set closer.
    pub(crate) fn lines<'n>(&self, name: &'n str) -> Vec<&'n str> {
        let room = gb::TEXT_WIDTH - self.file_width();
        if condensed(widest(name), self.size.twips(), room).is_some() {
            return vec![name];
        }
        break_title(name, widest_line(room, self.size))
    }

    /// Width of the column of names.
    pub(crate) fn names_width(&self) -> Twips {
        let longest = self.names.iter().map(|n| widest(n)).max().unwrap_or_default();
        (longest + NAME_SPARE)
            .twips(self.size.twips())
            .min(gb::TEXT_WIDTH - self.file_width())
    }

    /// Width of the column of 文件.
    pub(crate) fn file_width(&self) -> Twips {
        if self.has_file {
            FILE_WIDTH.twips(self.size.twips())
        } else {
            Twips(0)
        }
    }

    /// Height of a line: a fifth more than the type.
    pub(crate) fn line(&self) -> Twips {
        Twips(self.size.twips().0 * 6 / 5)
    }

    /// All its lines.
    pub(crate) fn height(&self) -> Twips {
        let lines: usize = self.names.iter().map(|name| self.lines(name).len()).sum();
        self.line() * i32::try_from(lines).unwrap_or(1)
    }
}

/// The names in the mark of several organs, and whether 文件 stands behind them. `None` for a mark of one.
pub(crate) fn joint_names(mark: &str) -> Option<(Vec<&str>, bool)> {
    let mark = mark.trim();
    let bare = mark.strip_suffix("文件").map(str::trim_end);
    let names: Vec<&str> = bare
        .unwrap_or(mark)
        .split(|c: char| c == '、' || c.is_whitespace())
        .filter(|name| !name.is_empty())
        .collect();
    let is_name = |name: &&str| width(name) >= HalfChars::chars(3) && ORGAN_ENDS.iter().any(|end| name.ends_with(end));
    ((2..=MOST_NAMES).contains(&names.len()) && names.iter().all(is_name)).then_some((names, bare.is_some()))
}

/// The largest size at which so many characters fit into `room`, within the bounds of a mark.
fn mark_size(text: HalfChars, room: Twips, largest: HalfPoints) -> HalfPoints {
    let halves = u32::try_from(text.0.max(1)).unwrap_or(1);
    // A character is as wide as the type is high: 10 twips a half point, half of that for a half character.
    let fits = u32::try_from(room.0).unwrap_or(0) / halves.saturating_mul(5);
    HalfPoints(fits).clamp(gb::MARK_SIZE_SMALLEST, largest.max(gb::MARK_SIZE_SMALLEST))
}

/// What must be taken from each character of a text for it to fit: nothing, up to a tenth of the type, or `None` if that is not enough.
pub(crate) fn condensed(text: HalfChars, character: Twips, room: Twips) -> Option<Twips> {
    let natural = text.twips(character);
    if natural <= room {
        return Some(Twips(0));
    }
    // Layouts round the place of each character; a hundredth of the line is left for that.
    let pitch = (room.0 - room.0 / 100).saturating_mul(2) / text.0.max(1);
    let spacing = Twips(pitch - character.0);
    (spacing.0 >= -character.0 / 10).then_some(spacing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_as_large_as_its_line_allows() {
        let short = Mark::fit("青禾县人民政府文件", gb::MARK_SIZE_LARGEST);
        assert_eq!((short.size, short.spacing), (gb::MARK_SIZE_LARGEST, None));
        let long = Mark::fit("青禾县深化改革推进职能转变领导小组办公室文件", gb::MARK_SIZE_LARGEST);
        assert!(long.size < gb::MARK_SIZE_LARGEST && long.size > gb::MARK_SIZE_SMALLEST);
        assert!(width(&long.lines).twips(long.size.twips()) <= gb::TEXT_WIDTH);
    }

    #[test]
    fn digits_in_a_mark_get_the_room_that_some_layouts_give_them() {
        let digits = Mark::fit("青禾县12345热线管理办公室", gb::MARK_SIZE_LARGEST);
        let natural = width(&digits.lines).twips(digits.size.twips());
        assert!(natural < gb::TEXT_WIDTH && widest(&digits.lines).twips(digits.size.twips()) <= gb::TEXT_WIDTH);
    }

    #[test]
    fn a_longer_mark_is_set_closer_and_a_still_longer_one_on_two_lines() {
        let closer = Mark::fit(&"青".repeat(27), gb::MARK_SIZE_LARGEST);
        assert_eq!(closer.size, gb::MARK_SIZE_SMALLEST);
        assert!(closer.spacing.is_some_and(|s| s < Twips(0) && s > Twips(-34)));
        let two = Mark::fit(
            "东川省人民政府推进职能转变和深化改革协调小组东川省数据管理局办公室文件",
            gb::MARK_SIZE_LARGEST,
        );
        assert_eq!(two.lines.lines().count(), 2);
        assert_eq!(two.height(), two.size.twips() * 2);
    }

    #[test]
    fn names_of_several_organs_make_a_joint_mark() {
        let joint = JointMark::of("青禾县教育局、青禾县卫生健康局文件", gb::MARK_SIZE_LARGEST).expect("two names");
        assert_eq!(joint.names, ["青禾县教育局", "青禾县卫生健康局"]);
        assert!(joint.has_file && joint.names_width() + joint.file_width() <= gb::TEXT_WIDTH);
        assert_eq!(joint.height(), joint.line() * 2);
        let bare = JointMark::of("青禾县财政局　青禾县审计局", gb::MARK_SIZE_LARGEST).expect("two names");
        assert!(!bare.has_file);
        assert_eq!(bare.file_width(), Twips(0));
    }

    #[test]
    fn long_names_in_a_joint_mark_are_set_closer_and_longer_ones_on_two_lines() {
        let long = "青禾县推进职能转变和深化改革协调小组及其工作专班办公室";
        let mark = format!("{}办公室、青禾县财政局文件", "青".repeat(22));
        let closer = JointMark::of(&mark, gb::MARK_SIZE_LARGEST).expect("two names");
        assert_eq!(closer.size, gb::MARK_SIZE_SMALLEST);
        assert!(closer.spacing.is_some_and(|s| s < Twips(0)), "{closer:?}");
        assert_eq!(closer.lines(closer.names[0]).len(), 1);
        let mark = format!("{long}、青禾县财政局文件");
        let two = JointMark::of(&mark, gb::MARK_SIZE_LARGEST).expect("two names");
        let lines = two.lines(two.names[0]);
        assert_eq!((lines.len(), two.lines(two.names[1]).len()), (2, 1), "{lines:?}");
        assert_eq!(lines.concat(), long);
        assert_eq!(two.height(), two.line() * 3);
    }

    #[test]
    fn a_name_with_a_list_in_it_is_one_name() {
        for mark in [
            "青禾县安全生产、消防工作领导小组办公室文件",
            "青禾县人民政府文件",
            "、、文件",
            "局、局",
        ] {
            assert_eq!(joint_names(mark), None, "{mark}");
        }
    }

    #[test]
    fn what_fits_is_not_condensed() {
        assert_eq!(
            condensed(HalfChars::chars(26), gb::CHARACTER, gb::TEXT_WIDTH),
            Some(Twips(0))
        );
        assert_eq!(condensed(HalfChars::chars(60), gb::CHARACTER, gb::TEXT_WIDTH), None);
    }
}
