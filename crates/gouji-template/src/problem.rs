//! What is wrong with a template or with its data, in Chinese and in English.

use std::fmt;

use crate::foreign::in_chinese;

/// Something that keeps a template from being filled, or a warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Line of the file, from 1, where it is known.
    pub line: Option<usize>,
    /// The placeholder as written, with its braces.
    pub placeholder: Option<String>,
    /// What is wrong.
    pub what: What,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum What {
    /// The file is not in its format; the parser's words.
    Syntax(String),
    /// A key that the format does not have.
    UnknownKey(String),
    /// A key that must be there.
    MissingKey(&'static str),
    /// The value of a key is of another type.
    WrongType {
        /// The key.
        key: String,
        /// What it should be: `text`, `list`, `table`, `yes or no`.
        wanted: &'static str,
    },
    /// Data nested deeper than facts and tables need.
    TooDeep,
    /// A table with more rows or columns than a circular can hold.
    TooLong {
        /// The limit of rows.
        limit: usize,
        /// The limit of columns.
        columns: usize,
    },
    /// A row has more cells than there are columns.
    RaggedRow {
        /// The table.
        table: String,
        /// The row, from 1.
        row: usize,
    },
    /// Two tables or facts of one name.
    Twice(String),
    /// A brace without its partner.
    OpenBrace,
    /// An expression cannot be read from here on.
    Unexpected(String),
    /// Brackets too deep.
    Nested,
    /// The data does not have it.
    Missing {
        /// The name as written.
        name: String,
        /// Names that look like it.
        like: Vec<String>,
    },
    /// A function that does not exist.
    NoFunction(String),
    /// Too few or too many arguments.
    Arguments {
        /// The function.
        function: String,
        /// How it is called.
        usage: &'static str,
    },
    /// Something that is no number stands where one is needed.
    NotANumber(String),
    /// A whole column or table where one value is needed.
    NotOne(String),
    /// Something that is no condition stands where one is needed.
    NotACondition,
    /// Columns of different lengths in one calculation.
    Lengths,
    /// Division by zero, or a rate of nothing.
    ZeroBase,
    /// A quotient without a number of places.
    NeedsPlaces,
    /// The number is too long, or cannot be shown that way.
    TooLongNumber,
    /// A list of nothing.
    EmptyList,
    /// The border of a ranking falls among equals.
    Tie {
        /// How many were asked for.
        asked: usize,
    },
    /// Fewer rows than asked for.
    TooFew {
        /// How many were asked for.
        asked: usize,
    },
    /// A format behind `|` that does not exist.
    NoFormat(String),
    /// The calculation takes too long.
    TooMuch,
    /// A date is none.
    NotADate(String),
    /// A place for a table that is not described.
    NoTable(String),
    /// A warning: the data has it, the template never asks for it.
    Unused(String),
    /// A warning: a described table has no place in the text.
    UnplacedTable(String),
    /// A warning: the total of a data table is not what its rows give; the computed one is used.
    TotalDiffers {
        /// Table and column.
        column: String,
        /// As the data has it.
        stated: String,
        /// As the rows give it.
        computed: String,
    },
    /// A warning: text that the circular does not keep.
    SetAside(String),
}

impl Problem {
    pub(crate) fn new(what: What) -> Self {
        Self {
            line: None,
            placeholder: None,
            what,
        }
    }

    pub(crate) fn at(line: usize, what: What) -> Self {
        Self {
            line: (line > 0).then_some(line),
            placeholder: None,
            what,
        }
    }

    /// With its placeholder, unless it has one.
    pub(crate) fn within(mut self, placeholder: &str) -> Self {
        self.placeholder.get_or_insert_with(|| placeholder.to_owned());
        self
    }

    /// One sentence in Chinese: line, placeholder, what is wrong.
    #[must_use]
    pub fn chinese(&self) -> String {
        let line = self.line.map_or_else(String::new, |line| format!("第{line}行："));
        let placeholder = self.placeholder.as_ref().map_or_else(String::new, |p| format!("{p}："));
        format!("{line}{placeholder}{}", self.what.chinese())
    }
}

/// The same in English.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        if let Some(placeholder) = &self.placeholder {
            write!(f, "{placeholder}: ")?;
        }
        self.what.fmt(f)
    }
}

impl What {
    fn chinese(&self) -> String {
        match self {
            Self::Syntax(said) => format!("格式有误：{}", in_chinese(said)),
            Self::UnknownKey(key) => format!("没有“{key}”这个键"),
            Self::MissingKey(key) => format!("缺少“{key}”"),
            Self::WrongType { key, wanted } => format!(
                "“{key}”应为{}",
                match *wanted {
                    "text" => "文字",
                    "list" => "列表",
                    "table" => "一组键值",
                    "yes or no" => "true或false",
                    other => other,
                }
            ),
            Self::TooDeep => "数据嵌套过深".to_owned(),
            Self::TooLong { limit, columns } => format!("表格超过{limit}行或{columns}列"),
            Self::RaggedRow { table, row } => format!("表“{table}”第{row}行的单元格多于列数"),
            Self::Twice(name) => format!("“{name}”出现了两次"),
            Self::OpenBrace => "花括号没有配对（要写花括号本身，请写两个：{{ 或 }}）".to_owned(),
            Self::Unexpected(rest) if rest.is_empty() => "算式不完整".to_owned(),
            Self::Unexpected(rest) => format!("算式从“{rest}”起读不懂"),
            Self::Nested => "算式嵌套过深".to_owned(),
            Self::Missing { name, like } if like.is_empty() => format!("数据中没有“{name}”"),
            Self::Missing { name, like } => format!("数据中没有“{name}”，是否为“{}”", like.join("”或“")),
            Self::NoFunction(name) => format!("没有“{name}”这个函数"),
            Self::Arguments { function, usage } => format!("“{function}”的用法是：{usage}"),
            Self::NotANumber(text) => format!("“{text}”不是数"),
            Self::NotOne(name) => format!("“{name}”是一整列或一整表，请用合计、个数、列举等函数取值"),
            Self::NotACondition => "这里要写条件，如“得分 < 60”".to_owned(),
            Self::Lengths => "一个算式里的各列行数不同".to_owned(),
            Self::ZeroBase => "除数（基数）为0".to_owned(),
            Self::NeedsPlaces => "商除不尽，请写明小数位数，如{甲 / 乙|1}".to_owned(),
            Self::TooLongNumber => "数字过长，或不能这样显示".to_owned(),
            Self::EmptyList => "没有可列举的内容，请用{如果 …}避开".to_owned(),
            Self::Tie { asked } => format!("第{asked}名与下一名并列，不能只取{asked}个"),
            Self::TooFew { asked } => format!("不足{asked}个"),
            Self::NoFormat(name) => format!("没有“{name}”这种显示格式，可用：小数位数、千分、万、亿、中文"),
            Self::TooMuch => "计算量过大".to_owned(),
            Self::NotADate(text) => format!("“{text}”不是日期，应写作2024-10-11或2024年10月11日"),
            Self::NoTable(name) => format!("没有名为“{name}”的[[table]]"),
            Self::Unused(name) => format!("数据中的“{name}”没有用到"),
            Self::UnplacedTable(name) => format!("表“{name}”没有放进正文，请在文中写一行{{表 {name}}}"),
            Self::TotalDiffers {
                column,
                stated,
                computed,
            } => format!("合计行中“{column}”为{stated}，各行相加为{computed}，以相加所得为准"),
            Self::SetAside(text) => format!("“{text}”不像公文正文，未写入"),
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(said) => write!(f, "{said}{}", quote_hint(said, " (Chinese keys need quotation marks)")),
            Self::UnknownKey(key) => write!(f, "there is no key `{key}`"),
            Self::MissingKey(key) => write!(f, "`{key}` is missing"),
            Self::WrongType { key, wanted } => write!(f, "`{key}` should be a {wanted}"),
            Self::TooDeep => write!(f, "the data is nested too deep"),
            Self::TooLong { limit, columns } => write!(f, "a table has more than {limit} rows or {columns} columns"),
            Self::RaggedRow { table, row } => write!(f, "row {row} of table `{table}` has more cells than columns"),
            Self::Twice(name) => write!(f, "`{name}` stands twice"),
            Self::OpenBrace => write!(f, "a brace without its partner (write {{{{ or }}}} for a brace itself)"),
            Self::Unexpected(rest) if rest.is_empty() => write!(f, "the expression is not complete"),
            Self::Unexpected(rest) => write!(f, "the expression cannot be read from `{rest}` on"),
            Self::Nested => write!(f, "the expression is nested too deep"),
            Self::Missing { name, like } if like.is_empty() => write!(f, "the data has no `{name}`"),
            Self::Missing { name, like } => write!(f, "the data has no `{name}`; perhaps `{}`", like.join("` or `")),
            Self::NoFunction(name) => write!(f, "there is no function `{name}`"),
            Self::Arguments { function, usage } => write!(f, "`{function}` is used so: {usage}"),
            Self::NotANumber(text) => write!(f, "`{text}` is not a number"),
            Self::NotOne(name) => write!(
                f,
                "`{name}` is a whole column or table; take a sum, a count or a list of it"
            ),
            Self::NotACondition => write!(f, "a condition is needed here, such as 得分 < 60"),
            Self::Lengths => write!(f, "columns of different lengths in one expression"),
            Self::ZeroBase => write!(f, "division by zero"),
            Self::NeedsPlaces => write!(
                f,
                "the quotient does not end; say the number of places, as in {{a / b|1}}"
            ),
            Self::TooLongNumber => write!(f, "the number is too long, or cannot be shown in this way"),
            Self::EmptyList => write!(f, "there is nothing to list; avoid the line with {{if …}}"),
            Self::Tie { asked } => write!(f, "number {asked} and the next are equal; {asked} cannot be told apart"),
            Self::TooFew { asked } => write!(f, "there are fewer than {asked}"),
            Self::NoFormat(name) => {
                write!(
                    f,
                    "there is no format `{name}`; there are: a number of places, thousands, 万, 亿, chinese"
                )
            }
            Self::TooMuch => write!(f, "the calculation takes too long"),
            Self::NotADate(text) => write!(f, "`{text}` is not a day written as 2024-10-11 or 2024年10月11日"),
            Self::NoTable(name) => write!(f, "there is no [[table]] named `{name}`"),
            Self::Unused(name) => write!(f, "`{name}` of the data is not used"),
            Self::UnplacedTable(name) => {
                write!(
                    f,
                    "table `{name}` has no place; put a line {{table {name}}} into the text"
                )
            }
            Self::TotalDiffers {
                column,
                stated,
                computed,
            } => write!(
                f,
                "the total of `{column}` is {stated}, its rows give {computed}; the latter is used"
            ),
            Self::SetAside(text) => write!(f, "`{text}` does not read as text of a circular and was left out"),
        }
    }
}

/// TOML takes Chinese keys in quotation marks only; its parser does not say so.
fn quote_hint(said: &str, hint: &'static str) -> &'static str {
    if said.contains("key") { hint } else { "" }
}
