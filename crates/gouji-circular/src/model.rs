use gouji_document::{Address, Text};
use gouji_quantity::{Date, Period};

/// An official circular, element by element, in the order of the page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Circular {
    /// Issuing authority's mark above the red rule (发文机关标志), as printed.
    pub issuer_mark: Option<Text>,
    /// Document number (发文字号), as printed, also if malformed.
    pub doc_number: Option<Text>,
    /// Security class, urgency and copy number (密级、紧急程度、份号), as printed.
    pub markings: Vec<Text>,
    /// Title, on one line.
    pub title: Option<Text>,
    /// Lines between title and addressee that belong to the document (an issue line 第45期, a second title line).
    pub subtitle: Vec<Text>,
    /// Addressee (主送机关), without the colon.
    pub addressee: Option<Text>,
    /// Body: headings, paragraphs and tables in order, up to the list of attachments.
    pub body: Vec<Element>,
    /// The list of attachments under the body (附件说明).
    pub listed: Vec<ListedAttachment>,
    /// Signatures (署名), in order.
    pub signatures: Vec<Text>,
    /// Date of issue (成文日期).
    pub date: Option<SignedDate>,
    /// Annotation in brackets under the date (附注).
    pub annotation: Option<Text>,
    /// The attachments that follow.
    pub attachments: Vec<Attachment>,
    /// Imprint lines (版记): 抄送, 印发.
    pub imprint: Vec<Text>,
    /// All tables; [`Element::Table`] says where each stands.
    pub tables: Vec<Table>,
    /// What was set aside.
    pub discarded: Vec<Discarded>,
    /// Issuing authority (发文机关): from the signature, the mark or the title, in that order of trust.
    pub issuer: Option<String>,
    /// The period reported on, from the title or the first paragraph.
    pub period: Option<Period>,
    /// Day of publication by the web page around the circular, with its text (also in `discarded`).
    pub published: Option<SignedDate>,
    /// Copies of merged cells that were left blank, because all copies together would have taken more than
    /// [`MAX_FILL`](crate::MAX_FILL) bytes, or those of their cell more than a quarter of that.
    pub n_unfilled: usize,
}

/// One element of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Element {
    /// A numbered (or plain) heading. Text that runs on in the same line is the next element.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Text),
    /// A table, by its index in [`Circular::tables`].
    Table(TableIdx),
}

/// Index of a table in [`Circular::tables`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TableIdx(pub usize);

/// A heading (结构层次序数 with its heading sentence).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 for 一、, 2 for （一）, 3 for 1., 4 for （1）; a heading without a label takes the level of its place.
    pub level: u8,
    /// The label as printed, with its punctuation: `（一）`, `1.`; empty brackets `()` too.
    pub label: Option<Text>,
    /// The heading sentence, without a closing 。 or ：(that is a mark).
    pub title: Text,
    /// The mark that closed the heading sentence, as printed: `。`, `：` or `:`.
    pub stop: Option<char>,
    /// The next paragraph stands in the same line.
    pub run_in: bool,
}

/// A node of the heading tree, by indices into the body it was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Index of the [`Element::Heading`].
    pub heading: usize,
    /// Indices of its own paragraphs and tables.
    pub body: Vec<usize>,
    /// Sections below it.
    pub sections: Vec<Section>,
}

/// A rebuilt table: rectangular, headers joined, merged cells filled.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Caption (表1 …, or the attachment's title directly above), as printed.
    pub caption: Option<Text>,
    /// A line between caption and header, such as 单位：万元.
    pub unit_line: Option<Text>,
    /// Header cells, one per column; two-row headers joined from the top down (`基本信息指标` + `得分`), so a
    /// merged cell above stands in each of its columns (only the first copy claims the source). All are empty where the table
    /// has no header, or none that fits its columns.
    pub header: Vec<Text>,
    /// Data rows, each as long as the header.
    pub rows: Vec<Row>,
    /// Notes under the table, each as printed with its label (注：1.…, 2.…).
    pub notes: Vec<Text>,
    /// How many panels stood side by side in the source and were stacked; 1 for a plain table.
    pub panels: usize,
    /// Rows per panel, in order, if stacked: group border for readers that need the source's shape.
    pub panel_rows: Vec<usize>,
    /// The sheet it came from.
    pub sheet: Option<String>,
}

impl Table {
    /// Whether any column has a name.
    pub fn is_headed(&self) -> bool {
        self.header.iter().any(|head| !head.trim().is_empty())
    }
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Its cells.
    pub cells: Vec<Cell>,
    /// The row was hidden in the source.
    pub hidden: bool,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// Its text; a copy of the covering cell's text for a filled position.
    pub text: Text,
    /// It repeats a merged cell that stands above or to the left: it is shown, but neither counted nor claimed twice.
    pub filled: bool,
    /// The formula behind it, as written.
    pub formula: Option<String>,
    /// Address in the source (`C7`).
    pub address: Option<Address>,
}

/// An entry of the list of attachments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedAttachment {
    /// Its number, if printed.
    pub number: Option<u32>,
    /// Its title as printed; label, number and punctuation are marks.
    pub title: Text,
}

/// An attachment that follows the main text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attachment {
    /// Its label as printed: 附件, 附件1, 附件1：.
    pub label: Text,
    /// Its number, if printed.
    pub number: Option<u32>,
    /// Its title as printed.
    pub title: Option<Text>,
    /// Its content.
    pub body: Vec<Element>,
}

/// A date with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedDate {
    /// As printed.
    pub text: Text,
    /// The day; `None` if no such day exists.
    pub date: Option<Date>,
}

/// Source text that is not part of the circular.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discarded {
    /// The text.
    pub text: Text,
    /// Why.
    pub reason: Reason,
}

/// Why text was set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Reason {
    /// Navigation, counters, buttons, editors' lines and index tables of the web page around it.
    PageChrome,
    /// Betting and other foreign advertising planted in the text.
    InjectedSpam,
    /// Bars, dashes and other rules that drew a text table.
    TableRule,
    /// A header row that only repeats the one above (a second panel or page).
    RepeatedHeader,
    /// Text hidden in the source.
    Hidden,
    /// Page headers, footers and page numbers.
    PageFurniture,
    /// Readings in pinyin behind characters, which a machine printed.
    Pinyin,
    /// A passage that says that the text goes on elsewhere (（略）, （以下空白）).
    Ellipsis,
}

impl Reason {
    /// The name used in records.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PageChrome => "page-chrome",
            Self::InjectedSpam => "injected-spam",
            Self::TableRule => "table-rule",
            Self::RepeatedHeader => "repeated-header",
            Self::Hidden => "hidden",
            Self::PageFurniture => "page-furniture",
            Self::Pinyin => "pinyin",
            Self::Ellipsis => "ellipsis",
        }
    }
}

impl Table {
    /// The text of a data cell, or `""` outside the table.
    #[must_use]
    pub fn cell(&self, row: usize, col: usize) -> &str {
        self.rows
            .get(row)
            .and_then(|r| r.cells.get(col))
            .map_or("", |c| c.text.as_str())
    }
}

impl Circular {
    /// All bodies in order: the main text, then each attachment.
    pub fn bodies(&self) -> impl Iterator<Item = &[Element]> {
        std::iter::once(self.body.as_slice()).chain(self.attachments.iter().map(|a| a.body.as_slice()))
    }

    /// Elements of a body before its first heading (as indices), and the tree of its headings.
    #[must_use]
    pub fn section_tree(body: &[Element]) -> (Vec<usize>, Vec<Section>) {
        let mut lead = Vec::new();
        let mut roots: Vec<Section> = Vec::new();
        // Open sections from the outermost in, each with its level.
        let mut open: Vec<(u8, Section)> = Vec::new();
        let close = |open: &mut Vec<(u8, Section)>, roots: &mut Vec<Section>, down_to: u8| {
            while open.last().is_some_and(|(level, _)| *level >= down_to) {
                if let Some((_, done)) = open.pop() {
                    match open.last_mut() {
                        Some((_, parent)) => parent.sections.push(done),
                        None => roots.push(done),
                    }
                }
            }
        };
        for (idx, element) in body.iter().enumerate() {
            match element {
                Element::Heading(heading) => {
                    close(&mut open, &mut roots, heading.level);
                    open.push((
                        heading.level,
                        Section {
                            heading: idx,
                            body: Vec::new(),
                            sections: Vec::new(),
                        },
                    ));
                }
                _ => match open.last_mut() {
                    Some((_, section)) => section.body.push(idx),
                    None => lead.push(idx),
                },
            }
        }
        close(&mut open, &mut roots, 0);
        (lead, roots)
    }
}
