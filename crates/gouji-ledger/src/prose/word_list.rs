//! Many fixed words looked for in one pass over a label.

use aho_corasick::AhoCorasick;

/// A fixed list of words.
///
/// `str::rfind` prepares its search anew for each word and each label, which was a fifth of the whole chain; the automaton is
/// prepared once.
pub(crate) struct WordList {
    automaton: AhoCorasick,
}

impl WordList {
    /// The words, none of them empty.
    pub fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            automaton: AhoCorasick::new(words).expect("a fixed list of short words"),
        }
    }

    /// For each word that occurs in `text`, in the order of the list: its index and where it stands last.
    pub fn last_places(&self, text: &str) -> Vec<(usize, usize)> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for hit in self.automaton.find_overlapping_iter(text) {
            let word = hit.pattern().as_usize();
            // Hits come in the order of their ends, so a later one of the same word stands later.
            match found.iter_mut().find(|(known, _)| *known == word) {
                Some(known) => known.1 = hit.start(),
                None => found.push((word, hit.start())),
            }
        }
        found.sort_unstable();
        found
    }

    /// The first word of the list that occurs in `text`.
    pub fn first_of_list(&self, text: &str) -> Option<usize> {
        self.automaton
            .find_overlapping_iter(text)
            .map(|hit| hit.pattern().as_usize())
            .min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_a_search_word_by_word() {
        let words = ["未办结", "办结", "结", "受理", "办"];
        let list = WordList::new(words);
        for text in ["受理后未办结，已办结", "办办办", "受理", "", "其他"] {
            let expected: Vec<(usize, usize)> = words
                .iter()
                .enumerate()
                .filter_map(|(i, w)| Some((i, text.rfind(w)?)))
                .collect();
            assert_eq!(list.last_places(text), expected, "{text}");
            let first = words.iter().position(|w| text.contains(w));
            assert_eq!(list.first_of_list(text), first, "{text}");
        }
    }
}
