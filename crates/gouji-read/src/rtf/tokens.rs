//! Rich text as tokens: groups, control words, bytes.

/// One token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// `{`.
    Open,
    /// `}`.
    Close,
    /// A control word without its number, and the number.
    Word(&'a str, Option<i32>),
    /// A control symbol: a backslash and one character that is no letter.
    Symbol(u8),
    /// A byte of text, as it stands or as `\'hh`.
    Byte(u8),
}

/// Letters of a control word; the longest in use has about thirty.
const MAX_WORD: usize = 40;

/// The tokens of a file. Anything is some token, so there are no errors.
pub(crate) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    /// Of a whole file.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn word(&mut self) -> Token<'a> {
        let rest = &self.bytes[self.at..];
        let n = rest
            .iter()
            .take(MAX_WORD)
            .take_while(|b| b.is_ascii_alphabetic())
            .count();
        let word = std::str::from_utf8(&rest[..n]).unwrap_or_default();
        let mut end = n;
        let negative = rest.get(end) == Some(&b'-') && rest.get(end + 1).is_some_and(u8::is_ascii_digit);
        end += usize::from(negative);
        let mut number = None;
        while let Some(digit) = rest.get(end).filter(|b| b.is_ascii_digit()) {
            let value = number.unwrap_or(0i32);
            number = Some(value.saturating_mul(10).saturating_add(i32::from(digit - b'0')));
            end += 1;
        }
        // One blank belongs to the word.
        end += usize::from(rest.get(end) == Some(&b' '));
        self.at += end;
        let number = number.map(|n| if negative { -n } else { n });
        if word == "bin" {
            // Bytes of any kind follow.
            let skip = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
            self.at = self.at.saturating_add(skip).min(self.bytes.len());
        }
        Token::Word(word, number)
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            return Some(match byte {
                b'{' => Token::Open,
                b'}' => Token::Close,
                b'\r' | b'\n' | 0 => continue,
                b'\\' => {
                    let &next = self.bytes.get(self.at)?;
                    if next.is_ascii_alphabetic() {
                        return Some(self.word());
                    }
                    self.at += 1;
                    let digit = |at: usize| self.bytes.get(at).and_then(|b| char::from(*b).to_digit(16));
                    match (next, digit(self.at), digit(self.at + 1)) {
                        (b'\'', Some(high), Some(low)) => {
                            self.at += 2;
                            Token::Byte((high * 16 + low) as u8)
                        }
                        (b'\'', ..) => continue,
                        _ => Token::Symbol(next),
                    }
                }
                _ => Token::Byte(byte),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_symbols_and_bytes() {
        let found: Vec<Token<'_>> = Tokens::new(b"{\\b0 a\\'d6\\~\\u-100?\r\n\\bin2 {{}\\").collect();
        assert_eq!(
            found,
            [
                Token::Open,
                Token::Word("b", Some(0)),
                Token::Byte(b'a'),
                Token::Byte(0xD6),
                Token::Symbol(b'~'),
                Token::Word("u", Some(-100)),
                Token::Byte(b'?'),
                Token::Word("bin", Some(2)),
                Token::Close,
            ]
        );
    }

    #[test]
    fn numbers_that_lie_end() {
        let found: Vec<Token<'_>> = Tokens::new(b"\\bin99999999999999 x\\fs-").collect();
        assert_eq!(found, [Token::Word("bin", Some(i32::MAX))]);
    }
}
