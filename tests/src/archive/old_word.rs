//! A circular as a Word 97 document (MS-DOC in MS-CFB): a compound file of two streams, one piece of wide characters, a style
//! for headings, the alignment of lines and the rows of tables as properties of paragraphs.

use super::draft::{Block, Draft};
use super::more_renditions::{Line, Side, lines};

/// Sectors of the compound file, and pages of properties.
const SECTOR: usize = 512;
/// Where the text begins in the main stream, behind the file information block.
const TEXT: usize = 1024;
/// Streams that are shorter would have to stand in sectors of another size.
const SHORTEST_STREAM: usize = 4096;
/// Pairs of place and length in the file information block of Word 97 (2.5.6).
const PLACES: usize = 93;
/// A sector of the allocation table; the end of a chain; no sector at all.
const TABLE_SECTOR: u32 = 0xFFFF_FFFD;
const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;
/// Numbers of the styles.
const NORMAL: u16 = 0;
const HEADING: u16 = 1;

/// Properties of paragraphs (2.6.2): alignment, in a table, end of a row, definition of a row.
const ALIGNMENT: u16 = 0x2403;
const IN_TABLE: u16 = 0x2416;
const END_OF_ROW: u16 = 0x2417;
const ROW: u16 = 0xD608;

/// Paragraphs with what ends each, as the file holds them.
#[derive(Default)]
struct Story {
    units: Vec<u16>,
    /// Behind the mark of each paragraph, in characters; its style and its properties.
    paragraphs: Vec<(usize, u16, Vec<u8>)>,
}

impl Story {
    fn paragraph(&mut self, text: &str, mark: u16, style: u16, properties: Vec<u8>) {
        self.units.extend(text.encode_utf16());
        self.units.push(mark);
        self.paragraphs.push((self.units.len(), style, properties));
    }
}

/// The file.
pub(super) fn write(draft: &Draft) -> Vec<u8> {
    const PARAGRAPH: u16 = 0x0D;
    const CELL: u16 = 0x07;
    let is_heading = |text: &str| {
        let mut blocks = draft.blocks.iter();
        blocks.any(|block| matches!(block, Block::Heading(heading) if heading == text))
    };
    let mut story = Story::default();
    for line in lines(draft) {
        match line {
            Line::Text(text, side) => {
                let alignment = match side {
                    Side::Left => Vec::new(),
                    Side::Centre => property(ALIGNMENT, &[1]),
                    Side::Right => property(ALIGNMENT, &[2]),
                };
                let style = if is_heading(&text) { HEADING } else { NORMAL };
                story.paragraph(&text, PARAGRAPH, style, alignment);
            }
            Line::Row(cells) => {
                for cell in &cells {
                    story.paragraph(cell, CELL, NORMAL, property(IN_TABLE, &[1]));
                }
                let row = [property(IN_TABLE, &[1]), property(END_OF_ROW, &[1]), row(cells.len())];
                story.paragraph("", CELL, NORMAL, row.concat());
            }
            Line::EndOfTable => {}
        }
    }
    // A document does not end in a table.
    story.paragraph("", PARAGRAPH, NORMAL, Vec::new());
    let (main, table) = streams(&story);
    compound(&main, &table)
}

/// A property with its operand.
fn property(code: u16, operand: &[u8]) -> Vec<u8> {
    [&code.to_le_bytes()[..], operand].concat()
}

/// What defines a row of so many cells, 1400 twentieths of a point wide each (2.9.334).
fn row(n_cells: usize) -> Vec<u8> {
    let mut definition = vec![u8::try_from(n_cells).unwrap_or(u8::MAX)];
    definition.extend((0..=n_cells).flat_map(|edge| short(edge * 1400)));
    // Its length counts one byte more than there are.
    let len = short(definition.len() + 1);
    property(ROW, &[&len[..], &definition].concat())
}

fn short(value: usize) -> [u8; 2] {
    u16::try_from(value).unwrap_or(u16::MAX).to_le_bytes()
}

fn long(value: usize) -> [u8; 4] {
    u32::try_from(value).unwrap_or(u32::MAX).to_le_bytes()
}

/// The main stream and the table stream.
fn streams(story: &Story) -> (Vec<u8>, Vec<u8>) {
    let mut main = vec![0; TEXT];
    main.extend(story.units.iter().flat_map(|unit| unit.to_le_bytes()));
    let text_end = main.len();
    let mut start = TEXT;
    let mut runs = Vec::new();
    for (behind, style, properties) in &story.paragraphs {
        let end = TEXT + behind * 2;
        runs.push((start, end, [&style.to_le_bytes()[..], properties].concat()));
        start = end;
    }
    let mut table = Vec::new();
    let mut places = [(0, 0); PLACES];
    let mut put = |at: usize, bytes: &[u8]| {
        places[at] = (table.len(), bytes.len());
        table.extend(bytes);
    };
    put(1, &style_sheet());
    put(12, &pages(&mut main, &[(TEXT, text_end, Vec::new())], 1));
    put(13, &pages(&mut main, &runs, 13));
    put(33, &piece_table(story.units.len()));
    let mut set = |at: usize, bytes: &[u8]| main[at..at + bytes.len()].copy_from_slice(bytes);
    // Word 97, in simplified Chinese; the other stream is `1Table`, and the text may hold any character.
    set(0, &[0xEC, 0xA5, 0xC1, 0x00, 0, 0, 0x04, 0x08]);
    set(10, &0x1200_u16.to_le_bytes());
    set(12, &[0xBF, 0x00]);
    set(24, &long(TEXT));
    set(28, &long(text_end));
    set(32, &[14]);
    set(62, &[22]);
    set(76, &long(story.units.len()));
    set(152, &short(PLACES));
    for (at, (place, len)) in places.into_iter().enumerate() {
        set(154 + at * 8, &long(place));
        set(158 + at * 8, &long(len));
    }
    set(64, &long(text_end));
    (main, table)
}

/// Normal text, and the first heading built upon it (2.9.271).
fn style_sheet() -> Vec<u8> {
    let mut out = [&short(18)[..], &short(2), &short(10)].concat();
    out.resize(20, 0);
    for (number, based_on, name) in [(NORMAL, 0x0FFF_u16, "Normal"), (HEADING, NORMAL, "heading 1")] {
        let units: Vec<u16> = name.encode_utf16().collect();
        // A style of paragraphs with two lists of properties; the next paragraph has style 0.
        let mut style = [
            number.to_le_bytes(),
            (based_on << 4 | 1).to_le_bytes(),
            2_u16.to_le_bytes(),
        ]
        .concat();
        style.resize(10, 0);
        style.extend(short(units.len()));
        style.extend(units.iter().chain(&[0]).flat_map(|unit| unit.to_le_bytes()));
        style.extend([short(2), number.to_le_bytes(), short(0)].concat());
        let len = style.len();
        style[6..8].copy_from_slice(&short(len));
        out.extend(short(len));
        out.extend(style);
    }
    out
}

/// One piece: all of the text, two bytes a character (2.9.38).
fn piece_table(n_characters: usize) -> Vec<u8> {
    [
        &[2][..],
        &long(16),
        &long(0),
        &long(n_characters),
        &[0, 0],
        &long(TEXT),
        &[0, 0],
    ]
    .concat()
}

/// Writes runs of bytes with their properties into pages of the main stream, `width` bytes for the place of each; returns the
/// list of the pages (2.9.33, 2.9.174, 2.9.175).
fn pages(main: &mut Vec<u8>, runs: &[(usize, usize, Vec<u8>)], width: usize) -> Vec<u8> {
    let (mut starts, mut numbers) = (Vec::new(), Vec::new());
    let mut rest = runs;
    while let Some(first) = rest.first() {
        main.resize(main.len().next_multiple_of(SECTOR), 0);
        // From the front the bytes that each run begins at and the places of its properties, from the back the properties.
        let (mut n, mut back) = (0, SECTOR - 1);
        let mut stored = Vec::new();
        for (_, _, properties) in rest {
            let mut entry = match properties.len() {
                0 => Vec::new(),
                len if len % 2 == 1 => vec![len.div_ceil(2) as u8],
                len => vec![0, (len / 2) as u8],
            };
            entry.extend(properties);
            let place = (back - entry.len()) / 2 * 2;
            if (n + 2) * 4 + (n + 1) * width > place {
                break;
            }
            (n, back) = (n + 1, place);
            stored.push((place, entry));
        }
        let mut page = vec![0; SECTOR];
        for (at, ((start, end, _), (place, entry))) in rest.iter().zip(&stored).enumerate() {
            page[at * 4..at * 4 + 8].copy_from_slice(&[long(*start), long(*end)].concat());
            if !entry.is_empty() {
                page[(n + 1) * 4 + at * width] = (place / 2) as u8;
                page[*place..place + entry.len()].copy_from_slice(entry);
            }
        }
        page[SECTOR - 1] = n as u8;
        starts.extend(long(first.0));
        numbers.extend(long(main.len() / SECTOR));
        main.extend(page);
        rest = &rest[n..];
    }
    starts.extend(long(runs.last().map_or(TEXT, |run| run.1)));
    [starts, numbers].concat()
}

/// Both streams in a compound file.
fn compound(main: &[u8], table: &[u8]) -> Vec<u8> {
    let padded = |stream: &[u8]| {
        let mut stream = stream.to_vec();
        stream.resize(stream.len().max(SHORTEST_STREAM).next_multiple_of(SECTOR), 0);
        stream
    };
    let (main, table) = (padded(main), padded(table));
    let n_others = 1 + (main.len() + table.len()) / SECTOR;
    let mut n_tables = 1;
    while n_tables * (SECTOR / 4) < n_tables + n_others {
        n_tables += 1;
    }
    let mut chains = vec![TABLE_SECTOR; n_tables];
    let mut begin = |n_sectors: usize| {
        let start = chains.len();
        chains.extend((1..n_sectors).map(|next| (start + next) as u32));
        chains.push(END_OF_CHAIN);
        start
    };
    let directory = begin(1);
    let starts = [begin(main.len() / SECTOR), begin(table.len() / SECTOR)];
    chains.resize(n_tables * (SECTOR / 4), FREE);
    let mut out = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    out.resize(24, 0);
    // Version 3, little-endian, sectors of 512 bytes, small ones of 64.
    out.extend([0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    out.resize(44, 0);
    out.extend([long(n_tables), long(directory), [0; 4], long(SHORTEST_STREAM)].concat());
    out.extend(
        [END_OF_CHAIN, 0, END_OF_CHAIN, 0]
            .into_iter()
            .flat_map(u32::to_le_bytes),
    );
    out.extend((0..n_tables).flat_map(long));
    out.resize(SECTOR, 0xFF);
    out.extend(chains.iter().flat_map(|next| next.to_le_bytes()));
    // The names stand in a tree, the shorter before the longer.
    out.extend(entry("Root Entry", 5, [FREE, FREE, 1], END_OF_CHAIN as usize, 0));
    out.extend(entry("WordDocument", 2, [2, FREE, FREE], starts[0], main.len()));
    out.extend(entry("1Table", 2, [FREE; 3], starts[1], table.len()));
    out.extend(entry("", 0, [FREE; 3], 0, 0));
    out.extend(main);
    out.extend(table);
    out
}

/// An entry of the directory (MS-CFB 2.6.1): its name and kind, its neighbours and what is below it, where it starts, how long it is.
fn entry(name: &str, kind: u8, links: [u32; 3], start: usize, len: usize) -> Vec<u8> {
    let mut out: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let name_len = if name.is_empty() { 0 } else { out.len() + 2 };
    out.resize(64, 0);
    out.extend(short(name_len));
    out.extend([kind, 1]);
    out.extend(links.into_iter().flat_map(u32::to_le_bytes));
    out.resize(116, 0);
    out.extend(long(start));
    out.extend(long(len));
    out.resize(128, 0);
    out
}
