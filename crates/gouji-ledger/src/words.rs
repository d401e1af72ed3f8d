//! Ends of words, in characters: what a Chinese noun is stands in its last two or three (办理单位 is a 单位).

/// The last `n` characters; all of them if there are no more.
pub(crate) fn last(words: &str, n: usize) -> &str {
    let start = words.char_indices().rev().take(n).last();
    start.map_or("", |(at, _)| &words[at..])
}

#[cfg(test)]
mod tests {
    use super::last;

    #[test]
    fn ends() {
        assert_eq!(last("办理单位", 2), "单位");
        assert_eq!(last("率", 2), "率");
        assert_eq!(last("", 2), "");
        assert_eq!(last("合格率", 0), "");
    }
}
