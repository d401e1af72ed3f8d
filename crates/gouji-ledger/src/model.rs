use gouji_circular::TableIdx;
use gouji_document::Span;
use gouji_quantity::{Date, Decimal, Period, Stated, Unit};

/// What a circular states, and which of its figures belong together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Every number of the circular, in source order.
    pub figures: Vec<Figure>,
    /// Figures under a channel and a measure.
    pub facts: Vec<Fact>,
    /// Relations, in source order of what they state.
    pub relations: Vec<Relation>,
}

/// Index into [`Ledger::figures`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureIdx(pub usize);

/// One number of the circular.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The number with its unit, in the source.
    pub span: Span,
    /// The number alone, in the source.
    pub digits: Span,
    /// As printed, with magnitude and unit: `1,204.50万元`.
    pub surface: String,
    /// Its value; `None` for classes that are no quantity, or if it is too long.
    pub stated: Option<Stated>,
    /// Its unit, printed or given by a table header.
    pub unit: Option<Unit>,
    /// What it is.
    pub class: FigureClass,
    /// What the sentence does with it.
    pub modality: Modality,
    /// Where it stands.
    pub place: Place,
    /// Who or what is counted: the words before it in its clause, or the row's label.
    pub subject: String,
    /// What is measured: the verb or noun (受理, 办结率), or the column's header.
    pub measure: String,
    /// The period it speaks of, where known.
    pub period: Option<Period>,
}

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FigureClass {
    /// A count with a measure word.
    Count,
    /// An amount of money.
    Money,
    /// A rate or share, in % or ‰.
    Rate,
    /// A change in percentage points.
    Points,
    /// A mean, a score or another measured value.
    Measure,
    /// A rank (第三, 前五).
    Rank,
    /// A span of time.
    Duration,
    /// A date or part of one.
    Date,
    /// A reporting period or part of one.
    Period,
    /// Part of a document number.
    DocumentNumber,
    /// Part of a name: 12345热线, 315室, “两化”, 三审三校.
    NamePart,
    /// A heading label, list label or serial number.
    Label,
    /// A number whose meaning is not known.
    Unknown,
}

/// What the sentence does with a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Modality {
    /// It says that it was so.
    #[default]
    Fact,
    /// It asks for it: 确保…达到100%.
    Target,
    /// It is a rule or bar: 不低于60%, 24条及以上, 2周1次.
    Threshold,
}

/// Where a figure stands in the circular.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// In running text (headings and notes included).
    Prose,
    /// In a data cell.
    Cell {
        /// The table.
        table: TableIdx,
        /// Data row, from 0.
        row: usize,
        /// Column, from 0.
        col: usize,
    },
}

/// One figure of the circular under its channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Canonical channel: 12345热线.
    pub channel: String,
    /// Measure: `received`.
    pub measure: ChannelMeasure,
    /// How the whole was divided; `None` for a whole.
    pub by: Option<Basis>,
    /// The part's name as printed.
    pub name: Option<String>,
    /// The figure.
    pub figure: FigureIdx,
    /// The period it speaks of.
    pub period: Option<Period>,
    /// The source text that carries channel, measure and figure.
    pub quote: Span,
}

/// A measure in snake case: `received`, `closed_rate`.
pub type ChannelMeasure = &'static str;

/// How a whole was divided into parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Basis {
    /// By kind of matter.
    Category,
    /// By unit (单位、部门、乡镇).
    Unit,
    /// By level of government or group of units.
    Level,
    /// By month.
    Month,
    /// By source.
    Source,
    /// By topic.
    Topic,
    /// By column of a website.
    Column,
}

impl Basis {
    /// The name used in records.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::Unit => "unit",
            Self::Level => "level",
            Self::Month => "month",
            Self::Source => "source",
            Self::Topic => "topic",
            Self::Column => "column",
        }
    }
}

/// A tie between figures: something that must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Its kind.
    pub kind: RelationKind,
    /// The pattern that found it, a stable name: `breakdown-sum`, `rate-of-counts`.
    pub rule: &'static str,
    /// How explicitly the text says that it must hold.
    pub cue: Cue,
    /// Admissible readings, best first; never empty.
    pub readings: Vec<Reading>,
    /// Exact source text that carries the figures.
    pub quote: Span,
}

/// The kinds of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RelationKind {
    /// A total equals the sum of its parts.
    Sum,
    /// a = b − c.
    Difference,
    /// A percentage equals part ÷ whole.
    Ratio,
    /// The shares of one whole add to 100 %.
    ShareSum,
    /// A number equals how many names are listed.
    Count,
    /// A total row, column or cell equals what it totals.
    TableTotal,
    /// A figure in prose equals one that a table gives.
    TextTable,
    /// One quantity stated twice is the same.
    Repeat,
    /// A claim about listed units holds, and none is missing.
    Bound,
    /// A mean equals sum ÷ count.
    Average,
    /// Growth equals what the two figures give.
    Change,
    /// A date stands in the order that it must.
    Date,
    /// Labels, serial numbers and ranks run on.
    Numbering,
    /// The attachments listed and those that follow agree.
    Reference,
}

impl RelationKind {
    /// The name used in records.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Difference => "difference",
            Self::Ratio => "ratio",
            Self::ShareSum => "share-sum",
            Self::Count => "count",
            Self::TableTotal => "table-total",
            Self::TextTable => "text-table",
            Self::Repeat => "repeat",
            Self::Bound => "bound",
            Self::Average => "average",
            Self::Change => "change",
            Self::Date => "date",
            Self::Numbering => "numbering",
            Self::Reference => "reference",
        }
    }
}

/// How explicitly a text says that a relation must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cue {
    /// Only the arithmetic suggests it: kept only if it holds, never a finding.
    Arithmetic,
    /// The wording suggests it: a finding is a warning.
    Implied,
    /// The wording says it (其中, a parenthesis, 共…个, 占比, 合计): a finding is an error.
    Explicit,
}

/// One way to read a relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What must equal what.
    pub formula: Formula,
    /// The figure that is checked, as printed.
    pub stated: Operand,
    /// What it is checked against, in source order.
    pub operands: Vec<Operand>,
}

/// What a reading claims about its stated figure `s` and operands `a, b, …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formula {
    /// s = Σ operands. Counts exactly; rounded amounts within their intervals.
    Sum,
    /// s = a − b − ….
    Difference,
    /// s = scale × a ÷ (b + c + …), rounded to the places of s; scale is 100 for %, 1000 for ‰.
    Ratio {
        /// 100 or 1000, or 1.
        scale: u32,
    },
    /// Σ operands = 100 within half a unit of the last place for each; s is `100%`.
    ShareSum,
    /// s = number of operands, between `least` and the length of the list: a final 和 may or may not part two names.
    /// With `open` (等), s may be larger than the list.
    Count {
        /// Fewest names that the list may hold.
        least: usize,
        /// Most names that the list may hold.
        most: usize,
        /// The list ends in 等 and may be incomplete.
        open: bool,
    },
    /// s = a (same quantity, same scale; places may differ and agree by rounding).
    Equal,
    /// The claim behind a bound: `holds` as read off the table or list by the ledger.
    Bound {
        /// Whether the claim holds.
        holds: bool,
    },
    /// s = a ÷ b.
    Mean,
    /// s = 100 × (a − b) ÷ b, with the sign of the wording; `negative` for 下降, 减少.
    Growth {
        /// The wording says that it fell.
        negative: bool,
    },
    /// s = a − b (percentage points), with the sign of the wording.
    PointChange {
        /// The wording says that it fell.
        negative: bool,
    },
    /// The stated date lies as the ledger says it must; `holds` as compared by the ledger.
    DateOrder {
        /// Whether the order holds.
        holds: bool,
    },
    /// Labels or serials run on; `holds` as read by the ledger.
    Sequence {
        /// Whether they do.
        holds: bool,
    },
    /// Two titles agree; `holds` as compared by the ledger.
    SameTitle {
        /// Whether they do.
        holds: bool,
    },
}

/// A figure, name or date in a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operand {
    /// As printed; a computed part (whole − exceptions) is given computed.
    pub surface: String,
    /// Where it stands; `None` if it is computed from figures that stand elsewhere.
    pub span: Option<Span>,
    /// Its value in base units (万 and 亿 multiplied out; a percentage as its number), if it is a figure.
    pub value: Option<Decimal>,
    /// One unit of its last printed place in base units; zero for counts, which are exact.
    pub ulp: Decimal,
    /// Decimals printed.
    pub decimals: u32,
    /// The figure, if it is one of the ledger's.
    pub figure: Option<FigureIdx>,
    /// The date, if it is one.
    pub date: Option<Date>,
}
