"""Workbooks in the other formats of spreadsheets.

Most are samples converted from the xlsx that stands beside them: a reader must see the same in both. What no program at hand
writes, a workbook of binary parts, is put together record by record (MS-XLSB).
"""

import io
import re
import struct
import zipfile
from dataclasses import replace

from openpyxl import Workbook

from package import fixed
from truth import Sample, rel
from word_office import converted
from workbooks import fill, finish, formats, shown

# Samples that stand in another format too: the source, the file, the filter of LibreOffice, who made it.
PAIRED = [
    ("stale-formula-value.xlsx", "stale-formula-value.xls", "xls:MS Excel 97", "an Excel 97 workbook"),
    ("stale-formula-value.xlsx", "stale-formula-value.ods", "ods:calc8", "an OpenDocument spreadsheet"),
    ("stale-sum-across-sheets.xlsx", "stale-sum-across-sheets.et", "xls:MS Excel 97", "the format of Excel 97 as WPS names it"),
    ("two-sheets-percent-format.xlsx", "two-sheets-percent-format.ods", "ods:calc8", "an OpenDocument spreadsheet"),
    ("hidden-row-two-row-header.xlsx", "hidden-row-two-row-header.xls", "xls:MS Excel 97", "an Excel 97 workbook"),
    ("subtotals-by-group.xlsx", "subtotals-by-group.xlsm", None, "a macro-enabled workbook"),
]


def macro_enabled(raw):
    """The same workbook, declared to hold macros."""
    kinds = (b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    return fixed(raw, {"[Content_Types].xml": lambda data: data.replace(*kinds)})


def open_document(raw):
    """The same package without what depends on the day: the content, its kind and the list of parts."""
    source = zipfile.ZipFile(io.BytesIO(raw))
    kept = ["mimetype", "META-INF/manifest.xml", "content.xml", "styles.xml"]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in kept:
            data = source.read(name)
            if name == "META-INF/manifest.xml":
                def listed(entry):
                    path = re.search(rb'full-path="([^"]*)"', entry[0])[1].decode()
                    return entry[0] if path == "/" or path in kept else b""
                data = re.sub(rb"\s*<manifest:file-entry [^>]*/>", listed, data)
            entry = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            # The kind of the package must be readable without unpacking anything.
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, data)
    return out.getvalue()


def paired(made):
    """The twins of samples that are made already."""
    by_file = {sample.file: (sample, raw) for sample, raw in made}
    for source, file, target, what in PAIRED:
        sample, raw = by_file[source]
        producer = "LibreOffice" if target else sample.encoding
        twin = replace(sample, file=file, shows=f"`{source}` as {what}: the same text, cells and formulas", encoding=producer, reads=None)
        if target is None:
            data = macro_enabled(raw)
        else:
            # What is out of date must stay so.
            data = converted(raw, "xlsx", target, recalculate=False)
        yield twin, open_document(data) if file.endswith(".ods") else data


def record(kind, data=b""):
    """A record of a binary part: its type and length take seven bits a byte."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, n = b"", len(data)
    while True:
        size += bytes([n & 0x7F | (0x80 if n > 0x7F else 0)])
        n >>= 7
        if not n:
            return head + size + data


def wide(text):
    """A counted string."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def cell(col, style=0):
    """The head of a cell."""
    return struct.pack("<II", col, style)


def formula(tokens, extra=b""):
    """Flags and tokens behind the result of a formula."""
    return struct.pack("<HI", 0, len(tokens)) + tokens + struct.pack("<I", len(extra)) + extra


def binary_book():
    """A workbook of binary parts with a shared formula, a sum over a range and one over another sheet, whose result is stale."""
    rows = [("石桥镇", 318, 306), ("梅溪镇", 274, 271), ("柘荣乡", 196, 190)]
    words = ["2025年上半年汀源县民生诉求办理情况表", "单位", "受理（件）", "办结（件）", "办结率", *(name for name, *_ in rows), "合计", "项目", "数值", "受理总量（件）"]

    def text(col, word):
        return record(7, cell(col) + struct.pack("<I", words.index(word)))

    def number(col, value, style=0):
        return record(5, cell(col, style) + struct.pack("<d", value))

    def sheet(body):
        return record(129) + record(148, bytes(16)) + record(145) + body + record(146) + record(130)

    def row(at):
        return record(0, struct.pack("<IIHBBBI", at, 0, 300, 0, 0, 0, 0))

    moving = 0xC000
    body = row(0) + text(0, words[0]) + row(1) + b"".join(text(c, w) for c, w in enumerate(words[1:5]))
    for at, (name, received, closed) in enumerate(rows, 2):
        body += row(at) + text(0, name) + number(1, received) + number(2, closed)
        # The first cell keeps C/B of its own row for all; each of them names it.
        body += record(9, cell(3, 1) + struct.pack("<d", closed / received) + formula(b"\x01" + struct.pack("<I", 2), struct.pack("<I", 3)))
        if at == 2:
            shared = b"".join(b"\x4c" + struct.pack("<IH", 0, moving | 0x3FFF & back) for back in (-1, -2)) + b"\x06"
            body += record(427, struct.pack("<IIII", 2, 4, 3, 3) + struct.pack("<I", len(shared)) + shared + struct.pack("<I", 0))
    body += row(5) + text(0, "合计")
    for col, total in ((1, 788), (2, 767)):
        tokens = b"\x25" + struct.pack("<IIHH", 2, 4, moving | col, moving | col) + b"\x19\x10\x00\x00"
        body += record(9, cell(col) + struct.pack("<d", total) + formula(tokens))
    tokens = b"\x44" + struct.pack("<IH", 5, moving | 2) + b"\x44" + struct.pack("<IH", 5, moving | 1) + b"\x06"
    body += record(9, cell(3, 1) + struct.pack("<d", 767 / 788) + formula(tokens))
    tokens = b"\x3b" + struct.pack("<HIIHH", 0, 2, 4, moving | 1, moving | 1) + b"\x22\x01\x04\x00"
    second = row(0) + text(0, "项目") + text(1, "数值") + row(1) + text(0, "受理总量（件）")
    second += record(9, cell(1) + struct.pack("<d", 778) + formula(tokens))

    listed = [record(156, struct.pack("<II", 0, at + 1) + wide(f"rId{at + 1}") + wide(name)) for at, name in enumerate(("办理情况", "汇总"))]
    links = record(353) + record(357) + record(362, struct.pack("<IIii", 1, 0, 0, 0)) + record(354)
    styles = [struct.pack("<HHHHHHI", 0, code, 0, 0, 0, 0, 0) for code in (0, 164)]
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    def relationships(*targets):
        inner = "".join(f'<Relationship Id="rId{at}" Type="{office}/{kind}" Target="{target}"/>' for at, (kind, target) in enumerate(targets, 1))
        return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'

    kinds = [("workbook.bin", "sheet.binary.macroEnabled.main"), ("worksheets/sheet1.bin", "worksheet"), ("worksheets/sheet2.bin", "worksheet"),
             ("sharedStrings.bin", "sharedStrings"), ("styles.bin", "styles")]
    types = "".join(f'<Override PartName="/xl/{part}" ContentType="application/vnd.ms-excel.{kind}"/>' for part, kind in kinds)
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
                               f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": relationships(("officeDocument", "xl/workbook.bin")),
        "xl/_rels/workbook.bin.rels": relationships(("worksheet", "worksheets/sheet1.bin"), ("worksheet", "worksheets/sheet2.bin"),
                                                    ("sharedStrings", "sharedStrings.bin"), ("styles", "styles.bin")),
        "xl/workbook.bin": record(131) + record(143) + b"".join(listed) + record(144) + links + record(132),
        "xl/worksheets/sheet1.bin": sheet(body),
        "xl/worksheets/sheet2.bin": sheet(second),
        "xl/sharedStrings.bin": record(159, struct.pack("<II", len(words), len(words))) + b"".join(record(19, b"\0" + wide(w)) for w in words) + record(160),
        "xl/styles.bin": record(278) + record(615, struct.pack("<I", 1)) + record(44, struct.pack("<H", 164) + wide("0.0%")) + record(616)
                         + record(617, struct.pack("<I", 2)) + b"".join(record(47, style) for style in styles) + record(618) + record(279),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, data in parts.items():
            target.writestr(name, data)
    printed = "318 306 274 271 196 190 788 767 778 96.2% 98.9% 96.9% 97.3%"
    return Sample("shared-formula-of-binary-parts.xlsb", "a workbook of binary parts: a formula that cells share, and a sum over another sheet whose stored value is out of date", printed, [
        rel("table-total", "788", "318 274 196"), rel("table-total", "767", "306 271 190"), rel("ratio", "96.2%", "306 318"),
        rel("ratio", "98.9%", "271 274"), rel("ratio", "96.9%", "190 196"), rel("ratio", "97.3%", "767 788"),
        rel("table-total", "778", "318 274 196", "broken"),
    ], "by hand"), fixed(out.getvalue())


def errors_and_hidden_column():
    """A rate that divides by nothing, a hidden column that its row counts, a second table below after an empty row."""
    book = Workbook()
    sheet = book.active
    rows = [["单位", "线上（件）", "线下（件）", "合计（件）", "差评（件）", "整改率"], ["市民中心", 512, 138, 650, 4, 1], ["城北分中心", 287, 96, 383, 0, "#DIV/0!"],
            ["港区分中心", 164, 71, 235, 2, .5], ["合计", 963, 305, 1268, 6, .8333]]
    end = fill(sheet, "2024年第三季度沅陵湾市政务服务办件情况表", rows)
    formats(sheet, "F3:F6", "0.0%")
    sheet.column_dimensions["C"].hidden = True
    below = [["评价", "数量（件）"], ["好评", 1262], ["差评", 6], ["合计", 1286]]
    fill(sheet, None, below, top=end + 2)
    text = shown(rows, below) + " 83.3% 50.0%"
    return Sample("error-cell-hidden-column-and-second-table.xlsx", "an error in a cell, a hidden column that its row counts, a second table below the first with swapped digits", text, [
        rel("table-total", "963", "512 287 164"), rel("table-total", "305", "138 96 71"), rel("table-total", "1268", "650 383 235"),
        rel("table-total", "6", "4 0 2"), rel("table-total", "650", "512 138"), rel("table-total", "383", "287 96"), rel("table-total", "235", "164 71"),
        rel("table-total", "1286", "1262 6", "broken"),
    ], "openpyxl"), finish(book)


MADE = [binary_book, errors_and_hidden_column]
