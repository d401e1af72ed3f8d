//! Damage to bytes that know no characters: compound files, and texts in an encoding.

use crate::archive::SplitMix64;

/// Numbers at which programs go wrong.
const NUMBERS: [u64; 16] = [
    0,
    1,
    2,
    7,
    8,
    0x3F,
    0x7F,
    0x80,
    0xFF,
    0x100,
    0x7FFF,
    0x8000,
    0xFFFF,
    0x7FFF_FFFF,
    0xFFFF_FFFE,
    0xFFFF_FFFF,
];
/// Pieces moved at a time, in bytes; sectors of compound files are 64 and 512 long.
const PIECES: [usize; 7] = [1, 2, 4, 26, 64, 512, 2048];

/// `base` after `rounds` changes; `other` lends pieces.
pub(super) fn mutate(mut base: Vec<u8>, other: &[u8], rounds: usize, random: &mut SplitMix64) -> Vec<u8> {
    for _ in 0..rounds {
        if base.is_empty() {
            return base;
        }
        let at = random.below(base.len());
        let piece = random.pick(&PIECES).min(base.len() - at);
        match random.below(16) {
            0 | 1 => base[at] ^= 1 << random.below(8),
            2 => base[at] = byte(random),
            3..=9 => {
                // A number where one may stand.
                let width = random.pick(&[1_usize, 2, 2, 4, 4, 8]);
                let at = if random.chance(3, 4) { at & !1 } else { at };
                let stated = random.pick(&NUMBERS).wrapping_add_signed(random.range(-1, 1));
                for (to, from) in base[at..].iter_mut().zip(&stated.to_le_bytes()[..width]) {
                    *to = *from;
                }
            }
            10 => base[at..at + piece].fill(random.pick(&[0, 0xFF])),
            11 => {
                base.drain(at..at + piece);
            }
            12 => {
                let copied = base[at..at + piece].to_vec();
                base.splice(at..at, copied);
            }
            13 => {
                let from = random.below(base.len() - piece + 1);
                base.copy_within(from..from + piece, at);
            }
            14 if !other.is_empty() => {
                let from = random.below(other.len());
                let piece = piece.min(other.len() - from);
                base[at..at + piece].copy_from_slice(&other[from..from + piece]);
            }
            15 if random.chance(1, 3) => base.truncate(at),
            _ => base.swap(at, 0),
        }
    }
    base
}

fn byte(random: &mut SplitMix64) -> u8 {
    u8::try_from(random.below(256)).unwrap_or(0)
}
