"""Word 97-2003 documents, as LibreOffice writes them, and rich text.

Two are made from flat OpenDocument text. Others are samples converted from the docx that stands beside them: a reader must
see the same in both.
"""

from dataclasses import replace

from truth import Sample, rel
from word_office import FODT, converted, p

WORD_97 = "doc:MS Word 97"

STYLES = """<style:style style:name="N" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:page-layout style:name="L1"><style:footer-style/></style:page-layout>
"""

# A footer that prints the page number.
PAGES = """<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L1"><style:footer>
<text:p>— <text:page-number text:select-page="current">1</text:page-number> —</text:p></style:footer></style:master-page></office:master-styles>
"""


def cell(text, columns=1, rows=1):
    """A cell of a table, which may cover several columns or rows."""
    spans = f' table:number-columns-spanned="{columns}" table:number-rows-spanned="{rows}"' if columns * rows > 1 else ""
    return f"<table:table-cell{spans}>{p(text)}</table:table-cell>"


COVERED = "<table:covered-table-cell/>"


def table(rows):
    """A table of rows of cells."""
    body = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    return f'<table:table table:name="T"><table:table-column table:number-columns-repeated="{len(rows[0])}"/>{body}</table:table>'


def document(body):
    """The document around a body."""
    text = FODT.format(body=body)
    text = text.replace("</office:automatic-styles>", STYLES + "</office:automatic-styles>").replace("<office:body>", PAGES + "<office:body>")
    return converted(text, "fodt", WORD_97)


def item(*levels):
    """A list of headings, each with the paragraphs that follow it as headings of the next level."""
    def inner(entries):
        return "".join(f"<text:list-item>{p(head)}" + (f"<text:list>{inner(under)}</text:list>" if under else "") + "</text:list-item>"
                       for head, under in entries)
    return f'<text:list text:style-name="L" text:continue-numbering="true">{inner(levels)}</text:list>'


def merged_cells():
    """A table with merged cells, a footnote, hidden text, a page number and automatic headings."""
    title = "柘岭县人民政府办公室关于2008年第三季度政府网站信息报送情况的通报"
    opening = "现将2008年第三季度政府网站信息报送情况通报如下："
    note = "不含转载的信息。"
    first = ("第三季度，全县共报送信息486条，其中乡镇报送212条、县直部门报送274条。采用信息315条，采用率64.8%。")
    rows = [
        ["类别", "单位", "报送（条）", "采用（条）", "采用率（%）"],
        ["乡镇", "河口镇", "118", "77", "65.3"],
        ["乡镇", "大坪乡", "94", "58", "61.7"],
        ["县直部门", "教育局", "151", "101", "66.9"],
        ["县直部门", "交通局", "123", "79", "64.2"],
        ["合计", "合计", "486", "315", "64.8"],
    ]
    cells = [[cell(text) for text in row] for row in rows]
    for at in (1, 3):
        cells[at][0], cells[at + 1][0] = cell(rows[at][0], rows=2), COVERED
    cells[5][:2] = [cell("合计", columns=2), COVERED]
    cited = (f'<text:note text:id="f1" text:note-class="footnote"><text:note-citation>1</text:note-citation>'
             f"<text:note-body>{p(note)}</text:note-body></text:note>")
    figures = (f'<text:p>第三季度，全县共报送信息{cited}486条，其中乡镇报送212条、县直部门报送274条。'
               '<text:span text:style-name="N">采用信息351条。</text:span>采用信息315条，采用率64.8%。</text:p>')
    ask = "各单位每月报送信息不少于10条，重要信息要在2个工作日内报送。"
    body = "".join([p(title, "C"), p("柘政办函〔2008〕57号"), p("各乡镇人民政府，县直各部门："), p(opening), item(("总体情况", [])),
                    figures, p("2008年第三季度信息报送情况表", "C"), table(cells), item(("工作要求", [])), p(ask),
                    p("柘岭县人民政府办公室", "R"), p("2008年10月14日", "R")])
    return Sample("old-word-merged-cells-and-footnote.doc",
                  "a Word 97 document: merged cells, a footnote, hidden text with another figure, automatic headings",
                  "\n".join([title, opening, first, note, ask, *("\t".join(row) for row in rows)]), [
        rel("sum", "486", "212 274"), rel("ratio", "64.8%", "315 486"), rel("table-total", "486", "118 94 151 123"),
        rel("table-total", "315", "77 58 101 79"), rel("ratio", "65.3", "77 118"), rel("ratio", "61.7", "58 94"),
        rel("ratio", "66.9", "101 151"), rel("ratio", "64.2", "79 123"), rel("ratio", "64.8", "315 486"),
    ], "LibreOffice"), document(body)


def two_levels():
    """Two levels of automatic numbers under the extension that WPS gives the same format."""
    title = "柏塘市环境保护局关于2009年上半年环境信访办理情况的通报"
    received = "受理情况。上半年共受理环境信访327件，其中大气污染类142件、水污染类86件、噪声类81件、其他28件。"
    closed = "办理情况。已办结319件，正在办理8件，办结率97.6%。"
    ask = "各县（区）局要在15日内告知受理情况，确保按期办结。"
    body = "".join([p(title, "C"), p("各县（区）环境保护局："), p("现将2009年上半年环境信访办理情况通报如下："),
                    item(("基本情况", [(received, []), (closed, [])]), ("工作要求", [(ask, [])])),
                    p("柏塘市环境保护局", "R"), p("2009年7月16日", "R")])
    return Sample("old-word-two-levels.wps", "the same format as WPS names it: two levels of automatic numbers; kinds that exceed their total",
                  "\n".join([title, received, closed, ask]), [
        rel("sum", "327", "142 86 81 28", "broken"), rel("difference", "8", "327 319"), rel("ratio", "97.6%", "319 327"),
    ], "LibreOffice"), document(body)


def rich_text():
    """Rich text under the extension of Word, in the code page of simplified Chinese, as office systems export it."""
    title = "汀洲县人民政府办公室关于2007年度政务信息采用情况的通报"
    opening = "现将2007年度政务信息采用情况通报如下："
    first = "全年共上报信息1,352条，被采用428条，采用率31.7%。其中省级采用36条、市级采用392条。"
    ask = "各单位每月上报信息不少于5条。"
    rows = [["单位", "上报（条）", "采用（条）"], ["县发改局", "486", "152"], ["县农业局", "431", "139"], ["其他单位", "435", "137"],
            ["合计", "1,352", "427"]]

    def written(text):
        return "".join(c if ord(c) < 128 else "".join(f"\\'{byte:02x}" for byte in c.encode("gb18030")) for c in text)

    def line(text, properties=""):
        return f"\\pard{properties} {written(text)}\\par\n"

    def row(cells):
        edges = "".join(f"\\cellx{2800 * (at + 1)}" for at in range(len(cells)))
        return f"\\trowd\\trleft0{edges}\n\\pard\\intbl " + "".join(f"{written(c)}\\cell " for c in cells) + "\\row\n"

    heads = [f"{{\\listtext {written(label)}\\tab}}" for label in ("一、", "二、")]
    raw = "".join([
        "{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fnil\\fcharset134 " + written("仿宋_GB2312") + ";}}\n", line(title, "\\qc"),
        line("各乡镇人民政府，县直各部门："), line(opening), f"\\pard {heads[0]}{written('采用情况')}\\par\n", line(first),
        line("2007年度政务信息采用情况表", "\\qc"), *map(row, rows), f"\\pard {heads[1]}{written('工作要求')}\\par\n", line(ask),
        line("汀洲县人民政府办公室", "\\qr"), line("2008年1月15日", "\\qr"), "}\n"])
    return Sample("rich-text-as-doc.doc", "rich text under the extension of Word; a total row that is one too small, against its column and the text",
                  "\n".join([title, opening, first, ask, *("\t".join(r) for r in rows)]), [
        rel("sum", "428", "36 392"), rel("ratio", "31.7%", "428 1,352"), rel("table-total", "1,352", "486 431 435"),
        rel("table-total", "427", "152 139 137", "broken"), rel("text-table", "428", ["427"], "broken", "427"),
    ], "GB18030"), raw.encode("ascii")


MADE = [merged_cells, two_levels, rich_text]

# Samples that stand in both formats.
PAIRED = ["endnote-and-repeated-header-row.docx", "footnote-and-nested-table.docx", "merged-cells-total-row.docx", "tracked-changes.docx"]


def paired(made):
    """The old twins of samples that are made already."""
    for sample, raw in made:
        if sample.file in PAIRED:
            name = sample.file.removesuffix("x")
            twin = replace(sample, file=name, shows=f"`{sample.file}` as a Word 97 document: the same text and cells", encoding="LibreOffice", reads=None)
            yield twin, converted(raw, "docx", WORD_97)
