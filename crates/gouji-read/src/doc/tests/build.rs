//! Writes the smallest Word 97 document that holds what a test asks for.

use crate::compound::tests::compound_of;

/// Where text begins in the main stream, after the first block.
const TEXT: usize = 1024;
const PAGE: usize = 512;

/// Characters with the same properties, and the piece they stand in.
#[derive(Clone)]
struct Piece {
    units: Vec<u16>,
    wide: bool,
    /// Character properties.
    list: Vec<u8>,
    /// The piece's own change of properties.
    change: u16,
}

#[derive(Clone)]
struct Style {
    built_in: u16,
    base: u16,
    paragraph: Vec<u8>,
    character: Vec<u8>,
}

/// A document under construction.
#[derive(Clone, Default)]
pub(super) struct Doc {
    pieces: Vec<Piece>,
    /// Style and properties of the paragraphs so far, each with one past its mark.
    paragraphs: Vec<(usize, u16, Vec<u8>)>,
    styles: Vec<Style>,
    pub(super) fonts: Vec<&'static str>,
    /// Number format and text of the levels of each list.
    pub(super) lists: Vec<Vec<(u8, &'static str)>>,
    pub(super) groups: Vec<Vec<u8>>,
    pub(super) footnotes: String,
    pub(super) endnotes: String,
    pub(super) comments: String,
    pub(super) headers: Vec<&'static str>,
    /// Text of each box and the character that anchors it.
    pub(super) boxes: Vec<(&'static str, Option<u32>)>,
    /// The same of headers and footers; characters count from the first of their stories.
    pub(super) header_boxes: Vec<(&'static str, Option<u32>)>,
    /// End of each section and how it begins.
    pub(super) sections: Vec<(u32, Option<u8>)>,
    /// The pieces stand in the file from the last to the first.
    pub(super) reverse_pieces: bool,
    pub(super) without_pieces: bool,
    /// Bytes put into the main stream at the end.
    pub(super) patches: Vec<(usize, Vec<u8>)>,
}

/// A property with its operand.
pub(super) fn sprm(code: u16, operand: &[u8]) -> Vec<u8> {
    let mut out = code.to_le_bytes().to_vec();
    if code == 0xD608 {
        out.extend((operand.len() as u16 + 1).to_le_bytes());
    } else if code >> 13 == 6 {
        out.push(operand.len() as u8);
    }
    out.extend(operand);
    out
}

/// A row of cells with edges; `merges` are vertical: 3 begins, 1 goes on.
pub(super) fn cells(doc: &mut Doc, texts: &[&str], edges: &[i16], merges: &[u8], is_header: bool) {
    let inside = sprm(0x2416, &[1]);
    for text in texts {
        doc.marked(text, '\u{7}', 0, std::slice::from_ref(&inside));
    }
    let mut definition = vec![texts.len() as u8];
    definition.extend(edges.iter().flat_map(|edge| edge.to_le_bytes()));
    for merge in merges {
        definition.extend((u16::from(*merge) << 5).to_le_bytes());
        definition.extend([0; 18]);
    }
    let row = [
        inside,
        sprm(0x2417, &[1]),
        sprm(0x3404, &[u8::from(is_header)]),
        sprm(0xD608, &definition),
    ];
    doc.marked("", '\u{7}', 0, &row);
}

fn long(out: &mut [u8], at: usize, value: usize) {
    out[at..at + 4].copy_from_slice(&(value as u32).to_le_bytes());
}

impl Doc {
    fn n(&self) -> usize {
        self.pieces.iter().map(|p| p.units.len()).sum()
    }

    fn push(&mut self, units: Vec<u16>, wide: bool, list: &[Vec<u8>], change: u16) {
        self.pieces.push(Piece {
            units,
            wide,
            list: list.concat(),
            change,
        });
    }

    /// Plain text.
    pub(super) fn text(&mut self, text: &str) {
        self.run(text, &[]);
    }

    /// Text with character properties.
    pub(super) fn run(&mut self, text: &str, list: &[Vec<u8>]) {
        self.units(&text.encode_utf16().collect::<Vec<_>>(), list);
    }

    /// UTF-16 units with character properties.
    pub(super) fn units(&mut self, units: &[u16], list: &[Vec<u8>]) {
        self.push(units.to_vec(), true, list, 0);
    }

    /// Text of one byte a character.
    pub(super) fn narrow(&mut self, bytes: &[u8]) {
        self.push(bytes.iter().map(|b| u16::from(*b)).collect(), false, &[], 0);
    }

    /// Text in a piece that changes its properties.
    pub(super) fn changed(&mut self, text: &str, change: u16) {
        self.push(text.encode_utf16().collect(), true, &[], change);
    }

    /// Text that ends a paragraph with a style and properties.
    pub(super) fn paragraph(&mut self, text: &str, style: u16, list: &[Vec<u8>]) {
        self.marked(text, '\r', style, list);
    }

    /// Text that ends with a mark with a style and properties.
    pub(super) fn marked(&mut self, text: &str, mark: char, style: u16, list: &[Vec<u8>]) {
        // What went before belongs to the same paragraph, up to its last mark.
        let all: Vec<u16> = self.pieces.iter().flat_map(|p| p.units.iter().copied()).collect();
        let begun = all
            .iter()
            .rposition(|u| matches!(u, 0x07 | 0x0D))
            .map_or(0, |at| at + 1);
        let known = self.paragraphs.last().map_or(0, |p| p.0);
        if begun > known {
            self.paragraphs.push((begun, 0, Vec::new()));
        }
        self.text(text);
        self.text(mark.encode_utf8(&mut [0; 4]));
        self.paragraphs.push((self.n(), style, list.concat()));
    }

    /// Adds the style with this number.
    pub(super) fn style(&mut self, number: usize, base: u16, paragraph: &[Vec<u8>], character: &[Vec<u8>]) {
        self.style_of(0x0FFE, base, paragraph, character);
        assert_eq!(self.styles.len(), number, "styles are numbered from 1");
    }

    /// Adds a built-in style.
    pub(super) fn style_of(&mut self, built_in: u16, base: u16, paragraph: &[Vec<u8>], character: &[Vec<u8>]) {
        self.styles.push(Style {
            built_in,
            base,
            paragraph: paragraph.concat(),
            character: character.concat(),
        });
    }

    /// The file.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut doc = self.clone();
        let body = doc.n();
        let mut lengths = vec![body];
        let [boxes, header_boxes] =
            [&self.boxes, &self.header_boxes].map(|boxes| boxes.iter().map(|(text, _)| *text).collect::<String>());
        let headers = self.headers.concat();
        for story in [
            &self.footnotes,
            &headers,
            &String::new(),
            &self.comments,
            &self.endnotes,
            &boxes,
            &header_boxes,
        ] {
            doc.text(story);
            lengths.push(story.encode_utf16().count());
        }
        doc.pieces.retain(|p| !p.units.is_empty());

        // Text, and the byte offset of each character.
        let mut main = vec![0; TEXT];
        let mut starts = vec![0; doc.pieces.len()];
        let mut order: Vec<usize> = (0..doc.pieces.len()).collect();
        if self.reverse_pieces {
            order.reverse();
        }
        for idx in order {
            let piece = &doc.pieces[idx];
            main.resize(main.len().next_multiple_of(2), 0);
            starts[idx] = main.len();
            for unit in &piece.units {
                if piece.wide {
                    main.extend(unit.to_le_bytes());
                } else {
                    main.push(*unit as u8);
                }
            }
        }
        let text_end = main.len();

        let mut data = Vec::new();
        let mut character_runs = Vec::new();
        let mut paragraph_runs: Vec<(usize, usize, Vec<u8>)> = Vec::new();
        let mut at = 0;
        for (piece, start) in doc.pieces.iter().zip(&starts) {
            let width = if piece.wide { 2 } else { 1 };
            let end = start + piece.units.len() * width;
            character_runs.push((*start, end, piece.list.clone()));
            for idx in 0..piece.units.len() {
                let found = doc.paragraphs.iter().find(|p| at < p.0);
                let (style, mut list) = found.map_or((0, Vec::new()), |p| (p.1, p.2.clone()));
                if list.len() > 200 {
                    let place = data.len() as u32;
                    data.extend((list.len() as u16).to_le_bytes());
                    data.extend(&list);
                    list = sprm(0x6646, &place.to_le_bytes());
                }
                let stored = [&style.to_le_bytes()[..], &list].concat();
                let from = start + idx * width;
                match paragraph_runs.last_mut() {
                    Some(last) if last.1 == from && last.2 == stored => last.1 = from + width,
                    _ => paragraph_runs.push((from, from + width, stored)),
                }
                at += 1;
            }
        }
        character_runs.sort();
        paragraph_runs.sort();

        let mut table = vec![0; 8];
        let mut places = vec![(0usize, 0usize); 93];
        let mut put = |table: &mut Vec<u8>, idx: usize, bytes: &[u8]| {
            places[idx] = (table.len(), bytes.len());
            table.extend(bytes);
        };
        let pages = put_pages(&mut main, &character_runs, false);
        put(&mut table, 12, &pages);
        let pages = put_pages(&mut main, &paragraph_runs, true);
        put(&mut table, 13, &pages);
        put(&mut table, 1, &doc.style_sheet());
        put(&mut table, 15, &doc.font_table());
        if !self.without_pieces {
            put(&mut table, 33, &doc.piece_table(&starts));
        }
        let listed = doc.section_table(&mut main);
        put(&mut table, 6, &listed);
        let (definitions, levels, lists) = doc.list_tables();
        put(&mut table, 73, &definitions);
        table.extend(levels);
        put(&mut table, 74, &lists);
        let mut stories = vec![0u32];
        for header in &self.headers {
            stories.push(stories[stories.len() - 1] + header.encode_utf16().count() as u32);
        }
        let stories: Vec<u8> = stories.iter().flat_map(|at| at.to_le_bytes()).collect();
        put(&mut table, 11, &stories);
        let (anchors, boxes) = box_tables(&doc.boxes, 2000);
        put(&mut table, 40, &anchors);
        put(&mut table, 56, &boxes);
        let (anchors, boxes) = box_tables(&doc.header_boxes, 3000);
        put(&mut table, 41, &anchors);
        put(&mut table, 58, &boxes);

        main[0..4].copy_from_slice(&[0xEC, 0xA5, 0xC1, 0x00]);
        main[10..12].copy_from_slice(&0x1200u16.to_le_bytes());
        long(&mut main, 24, TEXT);
        long(&mut main, 28, text_end);
        main[32] = 14;
        main[62] = 22;
        for (idx, length) in lengths.iter().enumerate() {
            long(&mut main, 64 + (3 + idx) * 4, *length);
        }
        main[152] = 93;
        for (idx, (place, len)) in places.iter().enumerate() {
            long(&mut main, 154 + idx * 8, *place);
            long(&mut main, 158 + idx * 8, *len);
        }
        for (at, bytes) in &self.patches {
            main[*at..at + bytes.len()].copy_from_slice(bytes);
        }
        compound_of(&[("WordDocument", &main), ("1Table", &table), ("Data", &data)])
    }

    fn piece_table(&self, starts: &[usize]) -> Vec<u8> {
        let mut out = Vec::new();
        for group in &self.groups {
            out.push(1);
            out.extend((group.len() as u16).to_le_bytes());
            out.extend(group);
        }
        let (mut ends, mut listed, mut at) = (vec![0u32], Vec::new(), 0);
        for (piece, start) in self.pieces.iter().zip(starts) {
            at += piece.units.len() as u32;
            ends.push(at);
            let place = if piece.wide {
                *start as u32
            } else {
                (*start as u32 * 2) | 0x4000_0000
            };
            listed.extend([0, 0]);
            listed.extend(place.to_le_bytes());
            listed.extend(piece.change.to_le_bytes());
        }
        let ends: Vec<u8> = ends.iter().flat_map(|end| end.to_le_bytes()).collect();
        out.push(2);
        out.extend(((ends.len() + listed.len()) as u32).to_le_bytes());
        out.extend(ends);
        out.extend(listed);
        out
    }

    fn style_sheet(&self) -> Vec<u8> {
        let normal = Style {
            built_in: 0,
            base: 0x0FFF,
            paragraph: Vec::new(),
            character: Vec::new(),
        };
        let mut out = 18u16.to_le_bytes().to_vec();
        out.extend((self.styles.len() as u16 + 1).to_le_bytes());
        out.extend([10, 0]);
        out.resize(20, 0);
        for (number, style) in std::iter::once(&normal).chain(&self.styles).enumerate() {
            let mut one = style.built_in.to_le_bytes().to_vec();
            one.extend((style.base << 4 | 1).to_le_bytes());
            one.resize(10, 0);
            one.extend([1, 0, b'x', 0, 0, 0]);
            let paragraph = [&(number as u16).to_le_bytes()[..], &style.paragraph].concat();
            for list in [&paragraph, &style.character] {
                one.extend((list.len() as u16).to_le_bytes());
                one.extend(list);
                one.resize(one.len().next_multiple_of(2), 0);
            }
            out.extend((one.len() as u16).to_le_bytes());
            out.extend(one);
        }
        out
    }

    fn font_table(&self) -> Vec<u8> {
        let mut out = (self.fonts.len() as u16).to_le_bytes().to_vec();
        out.extend([0, 0]);
        for font in &self.fonts {
            let mut one = vec![0; 39];
            one.extend(font.encode_utf16().chain([0]).flat_map(u16::to_le_bytes));
            out.push(one.len() as u8);
            out.extend(one);
        }
        out
    }

    fn section_table(&self, main: &mut Vec<u8>) -> Vec<u8> {
        if self.sections.is_empty() {
            return Vec::new();
        }
        let mut out = vec![0; 4];
        let mut listed = Vec::new();
        for (end, begins) in &self.sections {
            out.extend(end.to_le_bytes());
            let place = begins.map_or(u32::MAX, |begins| {
                let place = main.len() as u32;
                main.extend([3, 0]);
                main.extend(sprm(0x3009, &[begins]));
                place
            });
            listed.extend([0, 0]);
            listed.extend(place.to_le_bytes());
            listed.extend([0; 6]);
        }
        out.extend(listed);
        out
    }

    /// Definitions, the levels that follow them, and lists.
    fn list_tables(&self) -> (Vec<u8>, Vec<u8>, Vec<u8>) {
        let mut definitions = (self.lists.len() as u16).to_le_bytes().to_vec();
        let mut levels = Vec::new();
        let mut lists = (self.lists.len() as u32).to_le_bytes().to_vec();
        for (idx, list) in self.lists.iter().enumerate() {
            let id = (100 + idx as u32).to_le_bytes();
            definitions.extend(id);
            definitions.extend([0; 4]);
            definitions.extend([0xFF, 0x0F].repeat(9));
            definitions.extend([0, 0]);
            for at in 0..9 {
                let (format, text) = list.get(at).copied().unwrap_or((255, ""));
                let mut level = vec![0; 28];
                level[0] = 1;
                level[4] = format;
                level.extend((text.encode_utf16().count() as u16).to_le_bytes());
                level.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
                levels.extend(level);
            }
            lists.extend(id);
            lists.extend([0; 12]);
        }
        lists.extend([0xFF; 4].repeat(self.lists.len()));
        (definitions, levels, lists)
    }
}

/// Anchors, and what is said of the boxes; shapes are numbered from `first_shape`.
fn box_tables(boxes: &[(&str, Option<u32>)], first_shape: u32) -> (Vec<u8>, Vec<u8>) {
    if boxes.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let (mut ends, mut about) = (vec![0u32], Vec::new());
    let (mut places, mut shapes) = (Vec::new(), Vec::new());
    for (idx, (text, anchor)) in boxes.iter().enumerate() {
        let shape = first_shape + idx as u32;
        ends.push(ends[ends.len() - 1] + text.encode_utf16().count() as u32);
        about.extend([0; 14]);
        about.extend(shape.to_le_bytes());
        about.extend([0; 4]);
        if let Some(anchor) = anchor {
            places.push(*anchor);
            shapes.extend(shape.to_le_bytes());
            shapes.extend([0; 22]);
        }
    }
    ends.push(ends[ends.len() - 1] + 1);
    about.extend([0; 22]);
    places.push(u32::MAX);
    let flat = |places: &[u32]| -> Vec<u8> { places.iter().flat_map(|at| at.to_le_bytes()).collect() };
    ([flat(&places), shapes].concat(), [flat(&ends), about].concat())
}

/// Writes pages of properties; returns the list of pages.
fn put_pages(main: &mut Vec<u8>, runs: &[(usize, usize, Vec<u8>)], are_paragraphs: bool) -> Vec<u8> {
    let width = if are_paragraphs { 13 } else { 1 };
    let (mut starts, mut numbers) = (Vec::new(), Vec::new());
    let mut rest = runs;
    while !rest.is_empty() {
        main.resize(main.len().next_multiple_of(PAGE), 0);
        let mut page = vec![0u8; PAGE];
        let (mut n, mut free) = (0, PAGE - 1);
        while n < rest.len() {
            let need = (rest[n].2.len() + 2).next_multiple_of(2);
            if (n + 2) * 4 + (n + 1) * width + need > free {
                break;
            }
            n += 1;
            free -= need + 1;
        }
        let mut place = PAGE - 1;
        for (idx, (start, end, list)) in rest[..n].iter().enumerate() {
            long(&mut page, idx * 4, *start);
            long(&mut page, idx * 4 + 4, *end);
            if list.is_empty() {
                continue;
            }
            let mut stored = vec![list.len() as u8];
            if are_paragraphs {
                stored = vec![(list.len() / 2 + 1) as u8];
                if list.len().is_multiple_of(2) {
                    stored = vec![0, (list.len() / 2) as u8];
                }
            }
            stored.extend(list);
            place = (place - stored.len()) / 2 * 2;
            page[place..place + stored.len()].copy_from_slice(&stored);
            page[(n + 1) * 4 + idx * width] = (place / 2) as u8;
        }
        page[PAGE - 1] = n as u8;
        starts.push(rest[0].0 as u32);
        numbers.push((main.len() / PAGE) as u32);
        main.extend(page);
        rest = &rest[n..];
    }
    starts.push(u32::MAX);
    starts.into_iter().chain(numbers).flat_map(u32::to_le_bytes).collect()
}
