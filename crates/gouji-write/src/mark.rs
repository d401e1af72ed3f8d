//! The issuing authority's mark (发文机关标志): as large as its line allows.

use gouji_standard as gb;
use gouji_standard::{HalfChars, HalfPoints, Twips};

use crate::measure::width;
use crate::title::break_title;

/// A mark as it is set.
pub(crate) struct Mark {
    pub(crate) lines: String,
    pub(crate) size: HalfPoints,
    /// Given to each character; negative where it is set closer.
    pub(crate) spacing: Option<Twips>,
}

impl Mark {
    /// As large as it may be and still on one line; a long one is set closer, a still longer one on several lines.
    pub(crate) fn fit(mark: &str) -> Self {
        if let Some(spacing) = condensed(width(mark), gb::MARK_SIZE_SMALLEST.twips(), gb::TEXT_WIDTH) {
            return Self {
                lines: mark.to_owned(),
                size: mark_size(width(mark)),
                spacing: (spacing < Twips(0)).then_some(spacing),
            };
        }
        let lines = break_title(mark);
        let widest = lines.iter().map(|l| width(l)).max().unwrap_or_default();
        Self {
            size: mark_size(widest),
            lines: lines.join("\n"),
            spacing: None,
        }
    }

    /// All its lines.
    pub(crate) fn height(&self) -> Twips {
        self.size.twips() * i32::try_from(self.lines.lines().count().max(1)).unwrap_or(1)
    }
}

/// The largest size at which so many characters fit on a line, within the bounds of a mark.
fn mark_size(text: HalfChars) -> HalfPoints {
    let halves = u32::try_from(text.0.max(1)).unwrap_or(1);
    // A character is as wide as the type is high: 10 twips a half point, half of that for a half character.
    let fits = u32::try_from(gb::TEXT_WIDTH.0).unwrap_or(0) / halves.saturating_mul(5);
    HalfPoints(fits).clamp(gb::MARK_SIZE_SMALLEST, gb::MARK_SIZE_LARGEST)
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
        let short = Mark::fit("青禾县人民政府文件");
        assert_eq!((short.size, short.spacing), (gb::MARK_SIZE_LARGEST, None));
        let long = Mark::fit("青禾县深化改革推进职能转变领导小组办公室文件");
        assert!(long.size < gb::MARK_SIZE_LARGEST && long.size > gb::MARK_SIZE_SMALLEST);
        assert!(width(&long.lines).twips(long.size.twips()) <= gb::TEXT_WIDTH);
    }

    #[test]
    fn a_longer_mark_is_set_closer_and_a_still_longer_one_on_two_lines() {
        let closer = Mark::fit(&"青".repeat(27));
        assert_eq!(closer.size, gb::MARK_SIZE_SMALLEST);
        assert!(closer.spacing.is_some_and(|s| s < Twips(0) && s > Twips(-34)));
        let two = Mark::fit("东川省人民政府推进职能转变和深化改革协调领导小组办公室、东川省数据管理局文件");
        assert_eq!(two.lines.lines().count(), 2);
        assert_eq!(two.height(), two.size.twips() * 2);
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
