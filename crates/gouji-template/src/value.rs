use crate::number::{Format, Number};
use crate::problem::What;

/// What an expression gives.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Number(Number),
    Text(String),
    Bool(bool),
    /// A cell with nothing in it, or a rate of nothing in a table.
    Blank,
    /// One value for each row.
    Column(Vec<Value>),
    /// A table, by its number of rows.
    Table(usize),
}

impl Value {
    /// A cell of data: a number where it is one, else text.
    pub fn cell(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() {
            return Self::Blank;
        }
        Number::parse(text).map_or_else(|| Self::Text(text.to_owned()), Self::Number)
    }

    /// The number; a dash for nothing is a blank, not a number.
    pub fn number(&self) -> Result<Number, What> {
        match self {
            Self::Number(number) => Ok(*number),
            Self::Text(text) => Err(What::NotANumber(text.clone())),
            Self::Bool(_) => Err(What::NotANumber("是/否".to_owned())),
            Self::Blank => Err(What::NotANumber(String::new())),
            Self::Column(_) | Self::Table(_) => Err(What::NotOne("…".to_owned())),
        }
    }

    /// Nothing to count: blank, or one of the marks for it.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Blank => true,
            Self::Text(text) => matches!(text.as_str(), "/" | "-" | "—" | "——" | "－" | "无"),
            _ => false,
        }
    }

    pub fn condition(&self) -> Result<bool, What> {
        match self {
            Self::Bool(yes) => Ok(*yes),
            _ => Err(What::NotACondition),
        }
    }

    /// As it stands in the text.
    pub fn print(&self, format: Format) -> Result<String, What> {
        match self {
            Self::Number(number) => number.print(format),
            Self::Text(text) => Ok(text.clone()),
            Self::Blank => Ok(String::new()),
            Self::Bool(_) => Err(What::NotOne("条件".to_owned())),
            Self::Column(_) | Self::Table(_) => Err(What::NotOne("…".to_owned())),
        }
    }
}
