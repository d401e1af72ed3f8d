//! What is known of the text at one place: what a group may change and its end restores.

use gouji_document::Align;

/// Where the text of a group goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// Into the paragraph.
    Text,
    /// Into the instructions of a field.
    Code,
    /// Into the label of the paragraph.
    Label,
    /// Into the name of a font.
    Fonts,
    /// Nowhere, but outline levels of styles are noted.
    Styles,
    /// Nowhere, but a text box may begin.
    Shape,
    /// Nowhere.
    Nothing,
}

/// What a group may change and its end restores.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    pub target: Target,
    /// The group began a flow of its own.
    pub owns_flow: bool,
    /// The group is a field.
    pub owns_field: bool,
    /// `\*` came right before: what is not known here is left out.
    pub is_optional: bool,
    /// Number of the font.
    pub font: i32,
    /// Characters after each `\u` that stand in for it.
    pub stand_ins: usize,
    /// Text is hidden.
    pub is_hidden: bool,
    /// A tracked change deletes the text.
    pub is_deleted: bool,
    /// Alignment.
    pub align: Align,
    /// Outline level from 0; 9 is body text.
    pub outline: Option<u8>,
    /// A page break stands before the paragraph.
    pub page_break: bool,
    /// The paragraph stands in a table.
    pub in_table: bool,
    /// How deep it stands, if that is said.
    pub depth: usize,
    /// Rows are described of the tables at the paragraph's depth, not of the outermost one.
    pub in_nested_row: bool,
    /// Number of the paragraph style.
    pub style: i32,
}

impl State {
    /// Takes back what was said of characters.
    pub fn reset_characters(&mut self) {
        (self.is_hidden, self.is_deleted) = (false, false);
    }

    /// Takes back what was said of the paragraph.
    pub fn reset_paragraph(&mut self) {
        self.align = Align::Start;
        self.outline = None;
        self.page_break = false;
        self.in_table = false;
        self.depth = 0;
        self.style = 0;
    }

    /// How many tables the paragraph stands in.
    pub fn depth(&self) -> usize {
        if self.in_table { self.depth.max(1) } else { self.depth }
    }
}

/// The state before anything is said.
pub(super) const START: State = State {
    target: Target::Text,
    owns_flow: false,
    owns_field: false,
    is_optional: false,
    font: -1,
    stand_ins: 1,
    is_hidden: false,
    is_deleted: false,
    align: Align::Start,
    outline: None,
    page_break: false,
    in_table: false,
    depth: 0,
    in_nested_row: false,
    style: 0,
};
