"""A workbook of Excel 95 (BIFF5), record by record: no program at hand writes that format any more."""

import struct

from truth import Sample, rel

SECTOR = 512
END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(name, stream):
    """A compound file of one stream (MS-CFB, version 3), which is long enough to stand in whole sectors."""
    stream += bytes(max(4096 - len(stream), 0))
    stream += bytes(-len(stream) % SECTOR)
    used = len(stream) // SECTOR
    # The allocation table, the directory, the stream.
    chain = [TABLE, END] + [at + 3 for at in range(used - 1)] + [END]
    table = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain)))

    def entry(title, kind, child, start, size):
        text = title.encode("utf-16-le") + b"\0\0" if title else b""
        return (text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, FREE, FREE, child)
                + bytes(36) + struct.pack("<IQ", start, size))
    directory = entry("Root Entry", 5, 1, END, 0) + entry(name, 2, FREE, 2, len(stream)) + entry("", 0, FREE, 0, 0) * 2
    head = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
            + struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0, 0) + struct.pack("<108I", *[FREE] * 108))
    return head + table + directory + stream


def record(kind, data=b""):
    """A record: type, length, data."""
    return struct.pack("<HH", kind, len(data)) + data


def place(row, col, style=0):
    """The head of a cell."""
    return struct.pack("<HHH", row, col, style)


def label(row, col, text):
    """A text in the code page of the workbook."""
    raw = text.encode("gbk")
    return record(0x0204, place(row, col) + struct.pack("<H", len(raw)) + raw)


def number(row, col, value):
    """A number."""
    return record(0x0203, place(row, col) + struct.pack("<d", value))


def formula(row, col, value, tokens, style=0):
    """A formula with its stored result."""
    return record(0x0006, place(row, col, style) + struct.pack("<dHIH", value, 0, 0, len(tokens)) + tokens)


MOVING = 0xC000
SUM = b"\x19\x10\x00\x00"
OVER = b"\x06"


def cell(row, col):
    """A reference to a cell that moves with the formula."""
    return b"\x44" + struct.pack("<HB", row | MOVING, col)


def area(top, bottom, col):
    """A reference to a piece of a column."""
    return b"\x25" + struct.pack("<HHBB", top | MOVING, bottom | MOVING, col, col)


def elsewhere(sheet, top, bottom, col):
    """The same in another sheet of the workbook: the number of a link that is its own, then the sheet, first and last."""
    return b"\x3b" + struct.pack("<h8xHH", -1, sheet, sheet) + struct.pack("<HHBB", top | MOVING, bottom | MOVING, col, col)


def excel_95():
    """Totals and rates by formulas, and a sum over another sheet whose stored result is out of date."""
    rows = [("苍溪镇", 412, 398), ("白塔镇", 365, 365), ("青沙乡", 158, 151)]
    begin = struct.pack("<HHHH", 0x0500, 0x10, 0, 0)
    body = record(0x0809, begin) + label(0, 0, "2003年下半年澜平县群众来信办理情况表")
    body += b"".join(label(1, col, text) for col, text in enumerate(("单位", "受理（件）", "办结（件）", "办结率")))
    for at, (name, received, closed) in enumerate(rows, 2):
        body += label(at, 0, name) + number(at, 1, received) + number(at, 2, closed)
        body += formula(at, 3, closed / received, cell(at, 2) + cell(at, 1) + OVER, 1)
    body += label(5, 0, "合计") + formula(5, 1, 935, area(2, 4, 1) + SUM) + formula(5, 2, 914, area(2, 4, 2) + SUM)
    body += formula(5, 3, 914 / 935, cell(5, 2) + cell(5, 1) + OVER, 1) + record(0x000A)
    second = record(0x0809, begin) + label(0, 0, "项目") + label(0, 1, "数值") + label(1, 0, "受理总量（件）")
    second += formula(1, 1, 953, elsewhere(0, 2, 4, 1) + b"\x22\x01\x04\x00") + record(0x000A)

    code = b"0.0%"
    # The first fifteen styles are those of styles, as Excel has it.
    styles = [struct.pack("<HHHHHHHH", 0, form, kind, 0x20, 0x20C0, 0, 0, 0) for form, kind in ((0, 1), (164, 1))]
    font = record(0x0031, struct.pack("<HHHHHBBBB", 240, 0, 0x7FFF, 400, 0, 0, 0, 134, 0) + bytes([4]) + "宋体".encode("gbk"))

    def globals_(at):
        listed = [("办理情况", at), ("汇总", at + len(body))]
        return (record(0x0809, struct.pack("<HHHH", 0x0500, 0x05, 0, 0)) + record(0x0042, struct.pack("<H", 936))
                + record(0x0016, struct.pack("<H", 1)) + record(0x0017, b"\x01\x04")
                + record(0x0022, struct.pack("<H", 0)) + font + record(0x041E, struct.pack("<HB", 164, len(code)) + code)
                + b"".join(record(0x00E0, style) for style in styles)
                + b"".join(record(0x0085, struct.pack("<IBBB", start, 0, 0, len(name.encode("gbk"))) + name.encode("gbk")) for name, start in listed)
                + record(0x000A))
    stream = globals_(len(globals_(0))) + body + second
    printed = "412 398 365 365 158 151 935 914 953 96.6% 100.0% 95.6% 97.8%"
    return Sample("formulas-of-excel-95.xls", "a workbook of Excel 95: formulas in its own layout, and a sum over another sheet whose stored value is out of date", printed, [
        rel("table-total", "935", "412 365 158"), rel("table-total", "914", "398 365 151"), rel("ratio", "96.6%", "398 412"),
        rel("ratio", "100.0%", "365 365"), rel("ratio", "95.6%", "151 158"), rel("ratio", "97.8%", "914 935"),
        rel("table-total", "953", "412 365 158", "broken"),
    ], "by hand"), compound("Book", stream)


MADE = [excel_95]
