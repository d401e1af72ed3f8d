//! Expressions of placeholders, parsed once.

use crate::lexer::{Sign, Token, tokens, unexpected};
use crate::number::Number;
use crate::problem::What;

/// An expression.
#[derive(Debug, Clone)]
pub(crate) enum Expression {
    Number(Number),
    Text(String),
    Name(Vec<String>),
    Call(String, Vec<Expression>),
    Minus(Box<Expression>),
    Both(Operator, Box<Expression>, Box<Expression>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Plus,
    Minus,
    Times,
    Over,
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
    And,
    Or,
}

/// Brackets within brackets; the parser calls itself once for each.
const MOST_DEPTH: usize = 24;

/// From the loosest to the tightest; operators of one row are taken from left to right.
const LEVELS: usize = 4;

pub(crate) fn parse(text: &str) -> Result<Expression, What> {
    let mut parser = Parser {
        tokens: tokens(text)?,
        at: 0,
        depth: 0,
    };
    let expression = parser.level(0)?;
    match parser.tokens.get(parser.at) {
        None => Ok(expression),
        Some(token) => Err(What::Unexpected(show(token))),
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

impl Parser {
    fn take(&mut self, wanted: Sign) -> bool {
        let found = matches!(self.tokens.get(self.at), Some(Token::Sign(sign)) if *sign == wanted);
        self.at += usize::from(found);
        found
    }

    fn operator(&self, level: usize) -> Option<Operator> {
        let token = self.tokens.get(self.at)?;
        let (operator, its) = match token {
            Token::Name(parts) if parts.len() == 1 => match parts[0].as_str() {
                "或" | "or" => (Operator::Or, 0),
                "且" | "and" => (Operator::And, 0),
                _ => return None,
            },
            Token::Sign(sign) => match sign {
                Sign::Equal => (Operator::Equal, 1),
                Sign::Unequal => (Operator::Unequal, 1),
                Sign::Less => (Operator::Less, 1),
                Sign::AtMost => (Operator::AtMost, 1),
                Sign::Greater => (Operator::Greater, 1),
                Sign::AtLeast => (Operator::AtLeast, 1),
                Sign::Plus => (Operator::Plus, 2),
                Sign::Minus => (Operator::Minus, 2),
                Sign::Times => (Operator::Times, 3),
                Sign::Over => (Operator::Over, 3),
                Sign::Open | Sign::Close | Sign::Comma => return None,
            },
            _ => return None,
        };
        (its == level).then_some(operator)
    }

    fn level(&mut self, level: usize) -> Result<Expression, What> {
        if level == LEVELS {
            return self.single();
        }
        let mut left = self.level(level + 1)?;
        while let Some(operator) = self.operator(level) {
            self.at += 1;
            let right = self.level(level + 1)?;
            left = Expression::Both(operator, Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn single(&mut self) -> Result<Expression, What> {
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return Err(What::Nested);
        }
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        let expression = match token {
            None => return Err(What::Unexpected(String::new())),
            Some(Token::Number(number)) => Expression::Number(number),
            Some(Token::Text(text)) => Expression::Text(text),
            Some(Token::Sign(Sign::Minus)) => Expression::Minus(Box::new(self.single()?)),
            Some(Token::Sign(Sign::Open)) => {
                let inner = self.level(0)?;
                self.close()?;
                inner
            }
            Some(Token::Name(parts)) if self.take(Sign::Open) => {
                let mut arguments = Vec::new();
                if !self.take(Sign::Close) {
                    loop {
                        arguments.push(self.level(0)?);
                        if !self.take(Sign::Comma) {
                            break;
                        }
                    }
                    self.close()?;
                }
                Expression::Call(parts.join("."), arguments)
            }
            Some(Token::Name(parts)) => Expression::Name(parts),
            Some(token @ Token::Sign(_)) => return Err(What::Unexpected(show(&token))),
        };
        self.depth -= 1;
        Ok(expression)
    }

    fn close(&mut self) -> Result<(), What> {
        if self.take(Sign::Close) {
            return Ok(());
        }
        Err(What::Unexpected(self.tokens.get(self.at).map(show).unwrap_or_default()))
    }
}

fn show(token: &Token) -> String {
    match token {
        Token::Number(number) => number.print(crate::number::Format::default()).unwrap_or_default(),
        Token::Text(text) => match unexpected(text) {
            What::Unexpected(text) => text,
            _ => String::new(),
        },
        Token::Name(parts) => parts.join("."),
        Token::Sign(sign) => match sign {
            Sign::Plus => "+",
            Sign::Minus => "-",
            Sign::Times => "×",
            Sign::Over => "/",
            Sign::Open => "(",
            Sign::Close => ")",
            Sign::Comma => ",",
            Sign::Equal => "=",
            Sign::Unequal => "≠",
            Sign::Less => "<",
            Sign::AtMost => "≤",
            Sign::Greater => ">",
            Sign::AtLeast => "≥",
        }
        .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(expression: &Expression) -> String {
        match expression {
            Expression::Number(n) => n.value.num().to_string(),
            Expression::Text(text) => format!("“{text}”"),
            Expression::Name(parts) => parts.join("."),
            Expression::Call(name, arguments) => {
                format!("{name}[{}]", arguments.iter().map(shape).collect::<Vec<_>>().join(" "))
            }
            Expression::Minus(inner) => format!("(-{})", shape(inner)),
            Expression::Both(operator, a, b) => format!("({} {operator:?} {})", shape(a), shape(b)),
        }
    }

    #[test]
    fn operators_bind_as_at_school() {
        let read = |text| shape(&parse(text).unwrap());
        assert_eq!(read("甲 - 乙 - 丙 × 2"), "((甲 Minus 乙) Minus (丙 Times 2))");
        assert_eq!(
            read("甲 + 1 < 乙 且 丙 = “是”"),
            "(((甲 Plus 1) Less 乙) And (丙 Equal “是”))"
        );
        assert_eq!(read("占比（甲，(乙+丙)，1）"), "占比[甲 (乙 Plus 丙) 1]");
        assert_eq!(read("-甲"), "(-甲)");
    }

    #[test]
    fn what_is_not_whole_is_refused() {
        for text in ["", "甲 +", "(甲", "甲)", "占比(甲,", "甲 乙", ")", "占比(,)"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn depth_has_a_bound() {
        let deep = "(".repeat(100) + "1" + &")".repeat(100);
        assert!(matches!(parse(&deep), Err(What::Nested)));
        assert!(matches!(parse(&"-".repeat(300)), Err(What::Nested)));
        assert!(parse(&"1+".repeat(150)).is_err());
    }
}
