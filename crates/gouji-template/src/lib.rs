//! A template and this month's figures to a [`Circular`](gouji_circular::Circular).
//!
//! A template is a circular with placeholders; the figures are named facts and tables. What a placeholder shows is looked
//! up or computed in exact decimals and rounded half up (四舍五入), so a total cannot differ from its parts, nor a rate
//! from its counts. Nothing stays unfilled: a name that the data does not have is a [`Problem`] with its line, and
//! what the data has and the template never asks for is a warning.
//!
//! The language of the placeholders is our own. The template engines at hand compute decimals and every division in binary
//! fractions, let no exact type take part in their operators, and explain mistakes in English only; the clerks who
//! write these templates also type full-width brackets and commas. `docs/compose.md` describes the language.
//!
//! This crate never opens a file: it is handed texts, and workbooks as documents that a reader has read.

mod data;
mod eval;
mod expression;
mod fill;
mod foreign;
mod functions;
mod lexer;
mod make;
mod number;
mod problem;
mod raw;
mod starter;
mod table;
mod template;
mod value;

pub use data::Data;
pub use foreign::in_chinese;
pub use make::{Composed, compose};
pub use problem::{Problem, What};
pub use starter::Kind;
pub use template::Template;
