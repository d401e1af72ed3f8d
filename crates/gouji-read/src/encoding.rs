//! Which encoding a text is in, and its characters.
//!
//! The order of tests is the order of certainty: a byte order mark; UTF-16 without one, told by NUL bytes and by which
//! byte order gives characters that Chinese office text is made of; valid UTF-8; UTF-8 with a few broken places; then
//! GB18030 against Big5 by the share of double bytes that fall into the everyday part of each code (level-1 characters
//! and punctuation). General-purpose detection is asked only when neither fits.
//!
//! Decoding never fails: each undecodable sequence becomes U+FFFD and is reported with its place.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes looked at to tell one encoding from another; more tell no more.
const SAMPLE: usize = 1 << 16;
/// Places of undecodable bytes that are reported one by one.
pub(crate) const MAX_REPORTED_PLACES: usize = 100;
/// Of a hundred double bytes of real text, at least so many are everyday characters of its own encoding.
const EVERYDAY_SHARE: usize = 60;

/// A decoded text.
#[derive(Debug)]
pub(crate) struct Decoded {
    /// With `\r\n` and `\r` turned to `\n`.
    pub text: String,
    /// Name of the encoding (`UTF-8`, `gb18030`, `UTF-16LE`, …).
    pub encoding: &'static str,
    /// Byte offsets in `text` of the replacement characters put in, at most [`MAX_REPORTED_PLACES`].
    pub bad: Vec<usize>,
    /// How many were put in altogether.
    pub n_bad: usize,
}

/// Decodes `bytes`. `label` is the encoding that the file itself names (html's `meta`); it decides only where the bytes
/// leave it open.
pub(crate) fn decode(bytes: &[u8], label: Option<&str>) -> Decoded {
    let (encoding, skip) = detect(bytes, label);
    let body = &bytes[skip..];
    let mut sink = Sink::default();
    if encoding == UTF_8 {
        for chunk in body.utf8_chunks() {
            sink.push(chunk.valid());
            if !chunk.invalid().is_empty() {
                sink.replace();
            }
        }
    } else {
        decode_into(encoding, body, &mut sink);
    }
    Decoded {
        text: sink.text,
        encoding: name(encoding),
        bad: sink.bad,
        n_bad: sink.n_bad,
    }
}

/// The name of an encoding; GBK is always decoded as GB18030, of which it is a part.
fn name(encoding: &'static Encoding) -> &'static str {
    if encoding == GB18030 {
        "GB18030"
    } else {
        encoding.name()
    }
}

/// Collects decoded text with one kind of line end.
#[derive(Default)]
struct Sink {
    text: String,
    bad: Vec<usize>,
    n_bad: usize,
    /// The last character was `\r`, already written as `\n`.
    after_cr: bool,
}

impl Sink {
    fn push(&mut self, mut part: &str) {
        if part.is_empty() {
            return;
        }
        if self.after_cr {
            part = part.strip_prefix('\n').unwrap_or(part);
            self.after_cr = false;
        }
        while let Some(at) = part.find('\r') {
            self.text.push_str(&part[..at]);
            self.text.push('\n');
            part = &part[at + 1..];
            if part.is_empty() {
                self.after_cr = true;
                return;
            }
            part = part.strip_prefix('\n').unwrap_or(part);
        }
        self.text.push_str(part);
    }

    fn replace(&mut self) {
        self.after_cr = false;
        if self.bad.len() < MAX_REPORTED_PLACES {
            self.bad.push(self.text.len());
        }
        self.n_bad += 1;
        self.text.push('\u{FFFD}');
    }
}

fn decode_into(encoding: &'static Encoding, mut bytes: &[u8], sink: &mut Sink) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut buffer = vec![0u8; 1 << 14];
    loop {
        let (result, read, written) = decoder.decode_to_utf8_without_replacement(bytes, &mut buffer, true);
        // The decoder writes whole characters only, so the slice is always valid.
        sink.push(std::str::from_utf8(&buffer[..written]).unwrap_or(""));
        bytes = &bytes[read..];
        match result {
            DecoderResult::InputEmpty => return,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => sink.replace(),
        }
    }
}

/// The encoding and how many bytes of byte order mark to skip.
fn detect(bytes: &[u8], label: Option<&str>) -> (&'static Encoding, usize) {
    const GB18030_BOM: &[u8] = &[0x84, 0x31, 0x95, 0x33];
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => return (UTF_8, 3),
        [0xFF, 0xFE, ..] => return (UTF_16LE, 2),
        [0xFE, 0xFF, ..] => return (UTF_16BE, 2),
        _ if bytes.starts_with(GB18030_BOM) => return (GB18030, GB18030_BOM.len()),
        _ => {}
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if let Some(utf16) = utf16_without_mark(sample) {
        return (utf16, 0);
    }
    if is_mostly_utf8(bytes) {
        return (UTF_8, 0);
    }
    let labelled = label.and_then(|l| Encoding::for_label(l.trim().as_bytes()));
    if let Some(encoding) = labelled
        && ![UTF_8, UTF_16BE, UTF_16LE].contains(&encoding)
    {
        return (if encoding == GBK { GB18030 } else { encoding }, 0);
    }
    let (gb, big5) = (everyday(sample, gb_everyday), everyday(sample, big5_everyday));
    if gb.max(big5) >= EVERYDAY_SHARE {
        return (if big5 > gb { BIG5 } else { GB18030 }, 0);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Deny);
    (if guess == GBK { GB18030 } else { guess }, 0)
}

/// UTF-16 by its NUL bytes: ASCII digits and line ends have one, and no other text encoding has any.
fn utf16_without_mark(sample: &[u8]) -> Option<&'static Encoding> {
    if !sample.contains(&0) {
        return None;
    }
    let (mut little, mut big, mut total) = (0usize, 0usize, 0usize);
    for pair in sample.chunks_exact(2) {
        total += 1;
        little += usize::from(office_unit(u16::from_le_bytes([pair[0], pair[1]])));
        big += usize::from(office_unit(u16::from_be_bytes([pair[0], pair[1]])));
    }
    let best = little.max(big);
    (total >= 4 && best * 10 >= total * 9 && little != big).then_some(if little > big { UTF_16LE } else { UTF_16BE })
}

/// Whether a UTF-16 unit is one that office text is made of.
fn office_unit(unit: u16) -> bool {
    matches!(
        unit,
        9 | 10 | 13 | 0x20..=0x7E | 0xA0..=0xF7 | 0x2010..=0x203B | 0x2103 | 0x2160..=0x2179 | 0x2460..=0x24FF
            | 0x2500..=0x26FF | 0x3000..=0x303F | 0x4E00..=0x9FFF | 0xFF01..=0xFF5E | 0xFFE5
    )
}

/// Valid UTF-8, or UTF-8 with at most one broken place for each four characters of three bytes or more.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    if std::str::from_utf8(bytes).is_ok() {
        return true;
    }
    let (mut good, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        // Two bytes of any double-byte text may look like one two-byte character; three in a row hardly ever do.
        good += chunk.valid().chars().filter(|c| c.len_utf8() >= 3).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    good > 0 && broken * 4 <= good
}

/// The share, in percent, of double bytes that are everyday characters; 0 without any double byte.
fn everyday(sample: &[u8], is_everyday: fn(u8, u8) -> bool) -> usize {
    let (mut all, mut hits) = (0usize, 0usize);
    let mut at = 0;
    while at < sample.len() {
        if sample[at] < 0x80 {
            at += 1;
            continue;
        }
        let Some(&trail) = sample.get(at + 1) else { break };
        all += 1;
        hits += usize::from(is_everyday(sample[at], trail));
        // A lead byte before ASCII is a broken sequence of one byte; going on by one finds the rhythm again.
        at += if trail < 0x40 { 1 } else { 2 };
    }
    (hits * 100).checked_div(all).unwrap_or(0)
}

/// GB 2312 symbols (rows 1–3) and level-1 characters.
fn gb_everyday(lead: u8, trail: u8) -> bool {
    trail >= 0xA1 && matches!(lead, 0xA1..=0xA3 | 0xB0..=0xD7)
}

/// Big5 symbols and level-1 characters.
fn big5_everyday(lead: u8, trail: u8) -> bool {
    matches!(trail, 0x40..=0x7E | 0xA1..=0xFE) && matches!(lead, 0xA1..=0xA2 | 0xA4..=0xC6)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIMPLIFIED: &str =
        "关于第三季度检查情况的通报\r\n各镇人民政府：\r本季度共收到来信12件，办结率为97.5%。\n一、基本情况\n";
    const TRADITIONAL: &str = "關於第三季度檢查情況的通報\n各鎮人民政府：本季度共收到來信12件，辦結率為97.5%。\n";

    fn units(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() })
            .collect()
    }

    fn lines(text: &str) -> String {
        text.replace("\r\n", "\n").replace('\r', "\n")
    }

    #[track_caller]
    fn check(bytes: &[u8], encoding: &str, text: &str) {
        let decoded = decode(bytes, None);
        assert_eq!(
            (decoded.encoding, decoded.text.as_str(), decoded.n_bad),
            (encoding, lines(text).as_str(), 0)
        );
    }

    #[test]
    fn each_encoding_gives_the_same_text() {
        check(SIMPLIFIED.as_bytes(), "UTF-8", SIMPLIFIED);
        check(
            &[&[0xEF, 0xBB, 0xBF], SIMPLIFIED.as_bytes()].concat(),
            "UTF-8",
            SIMPLIFIED,
        );
        let gb = GB18030.encode(SIMPLIFIED).0;
        check(&gb, "GB18030", SIMPLIFIED);
        check(&[&[0x84, 0x31, 0x95, 0x33], &*gb].concat(), "GB18030", SIMPLIFIED);
        check(&BIG5.encode(TRADITIONAL).0, "Big5", TRADITIONAL);
        check(&units(SIMPLIFIED, false), "UTF-16LE", SIMPLIFIED);
        check(&units(SIMPLIFIED, true), "UTF-16BE", SIMPLIFIED);
        check(
            &[&[0xFF, 0xFE], units(SIMPLIFIED, false).as_slice()].concat(),
            "UTF-16LE",
            SIMPLIFIED,
        );
        check(
            &[&[0xFE, 0xFF], units(SIMPLIFIED, true).as_slice()].concat(),
            "UTF-16BE",
            SIMPLIFIED,
        );
    }

    #[test]
    fn short_texts_are_told_apart_too() {
        check(&GB18030.encode("情况通报").0, "GB18030", "情况通报");
        check(&BIG5.encode("情況通報").0, "Big5", "情況通報");
        check(b"plain ASCII 12%", "UTF-8", "plain ASCII 12%");
    }

    #[test]
    fn four_byte_characters_of_gb18030_survive() {
        let text = "甲镇㐂村共有来信12件，均已按时办结。\u{20BB7}";
        check(&GB18030.encode(text).0, "GB18030", text);
    }

    #[test]
    fn a_broken_byte_is_replaced_and_placed() {
        let mut bytes = "甲乙".as_bytes().to_vec();
        bytes.push(0xFF);
        bytes.extend("丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥甲乙丙丁".as_bytes());
        let decoded = decode(&bytes, None);
        assert_eq!((decoded.encoding, decoded.n_bad), ("UTF-8", 1));
        assert_eq!(decoded.bad, [6]);
        assert!(decoded.text.starts_with("甲乙\u{FFFD}丙"));
    }

    #[test]
    fn a_broken_byte_in_gb_is_replaced_and_placed() {
        let mut bytes = GB18030.encode("本季度共收到来信").0.into_owned();
        bytes.push(0xFF);
        bytes.extend(&*GB18030.encode("十二件").0);
        let decoded = decode(&bytes, None);
        assert_eq!((decoded.encoding, decoded.n_bad), ("GB18030", 1));
        assert_eq!(decoded.bad, [24]);
    }

    #[test]
    fn line_ends_meet_across_decoder_chunks() {
        let mut sink = Sink::default();
        sink.push("甲\r");
        sink.push("\n乙\r");
        sink.push("丙\r\n");
        assert_eq!(sink.text, "甲\n乙\n丙\n");
    }

    #[test]
    fn a_label_decides_only_what_the_bytes_leave_open() {
        assert_eq!(decode("情况通报".as_bytes(), Some("gb2312")).text, "情况通报");
        assert_eq!(decode(&GB18030.encode("情况通报").0, Some("utf-8")).text, "情况通报");
        assert_eq!(decode(&BIG5.encode("一二").0, Some("big5")).text, "一二");
    }

    #[test]
    fn a_flood_of_broken_bytes_is_counted_not_listed() {
        let decoded = decode(&[0xFF; 100_000], None);
        assert!(decoded.bad.len() <= MAX_REPORTED_PLACES);
        assert!(decoded.n_bad > 0 || decoded.encoding == "windows-1252");
    }
}
