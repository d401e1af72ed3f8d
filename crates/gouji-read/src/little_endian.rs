//! Numbers of the binary formats, the low byte first; `None` past the end.

/// Two bytes at `at`.
pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// Four bytes at `at`.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_up_to_the_end_and_not_past_it() {
        let bytes = [1, 2, 3, 4, 5];
        assert_eq!(
            (u16_at(&bytes, 3), u32_at(&bytes, 1)),
            (Some(0x0504), Some(0x0504_0302))
        );
        assert_eq!((u16_at(&bytes, 4), u32_at(&bytes, 2)), (None, None));
        assert_eq!((u16_at(&bytes, usize::MAX), u32_at(&bytes, usize::MAX)), (None, None));
    }
}
