// Documents of a third producer: the npm package `docx`. Writes each to the folder given as the only argument.
const fs = require("fs");
const path = require("path");
const { Document, Packer, Paragraph, TextRun, Table, TableRow, TableCell, WidthType, AlignmentType, LevelFormat, FootnoteReferenceRun } = require("docx");

const line = (text, options = {}) => new Paragraph({ children: [new TextRun(text)], ...options });
const centred = (text) => line(text, { alignment: AlignmentType.CENTER });
const right = (text) => line(text, { alignment: AlignmentType.RIGHT });
const cell = (text, options = {}) => new TableCell({ children: [line(text)], ...options });
const table = (rows) => new Table({ width: { size: 100, type: WidthType.PERCENTAGE }, rows: rows.map((r) => new TableRow({ children: r.map((c) => (typeof c === "string" ? cell(c) : c)) })) });

const numbering = { config: [{ reference: "heads", levels: [
  { level: 0, format: LevelFormat.CHINESE_COUNTING, text: "%1、", alignment: AlignmentType.LEFT },
  { level: 1, format: LevelFormat.DECIMAL, text: "%2.", alignment: AlignmentType.LEFT } ] }] };
const head = (text, level = 0) => line(text, { numbering: { reference: "heads", level } });
const data = JSON.parse(fs.readFileSync(path.join(__dirname, "word_node.json"), "utf8"));

const mailbox = data.mailbox;
const footnote = data.footnote;
const made = {
  "mailbox-months-and-quarter.docx": { numbering, sections: [{ children: [
    centred(mailbox.title), line(mailbox.addressee), line(mailbox.opening),
    head(mailbox.heads[0]), line(mailbox.first), line(mailbox.second), head(mailbox.heads[1]),
    ...mailbox.items.map((t) => head(t, 1)), right(mailbox.issuer), right(mailbox.date) ] }] },
  "footnote-and-nested-table.docx": { footnotes: { 1: { children: [line(footnote.note)] } }, sections: [{ children: [
    centred(footnote.title), line(footnote.addressee),
    new Paragraph({ children: [new TextRun(footnote.first[0]), new FootnoteReferenceRun(1), new TextRun(footnote.first[1])] }),
    centred(footnote.caption),
    table(footnote.rows.map((r, i) => i === footnote.rows.length - 1
      ? [new TableCell({ columnSpan: 2, children: [line(r[0])] }), ...r.slice(2)]
      : r)),
    line(footnote.ask),
    table([[new TableCell({ children: [line(footnote.outer), table(footnote.inner)] })]]),
    right(footnote.issuer), right(footnote.date) ] }] },
};
(async () => {
  for (const [name, document] of Object.entries(made)) fs.writeFileSync(path.join(process.argv[2], name), await Packer.toBuffer(new Document(document)));
})();
