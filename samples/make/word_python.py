"""Documents made with python-docx, with the markup that its interface does not offer added as XML."""

import io

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from package import fixed
from truth import Sample, part, rel

W = nsdecls("w")


def new_document():
    """An empty document in a Chinese body font."""
    doc = Document()
    normal = doc.styles["Normal"]
    normal.font.name = "仿宋"
    normal.font.size = Pt(16)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    return doc


def finish(doc):
    """The document's bytes, with its date fixed."""
    out = io.BytesIO()
    doc.save(out)
    return fixed(out.getvalue())


def centred(doc, text, size=22):
    """A centred line, as titles are set."""
    p = doc.add_paragraph()
    p.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = p.add_run(text)
    run.font.size = Pt(size)
    return p


def body(doc, *texts):
    """Paragraphs indented by two characters."""
    for text in texts:
        p = doc.add_paragraph(text)
        p.paragraph_format.first_line_indent = Cm(1.1)


def right(doc, *texts):
    """Right-aligned lines, as a sign-off is set."""
    for text in texts:
        doc.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.RIGHT


def table(doc, rows):
    """A bordered table of the given texts."""
    made = doc.add_table(len(rows), len(rows[0]))
    made.style = "Table Grid"
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            made.cell(r, c).text = text
    return made


def text_of(*pieces):
    """What a reader sees: paragraphs and the cells of tables."""
    lines = []
    for piece in pieces:
        if isinstance(piece, str):
            lines.append(piece)
        else:
            lines.extend("\t".join(row) for row in piece)
    return "\n".join(lines)


def auto_numbering():
    """Headings whose labels 一、 and （一） exist only as automatic numbering."""
    doc = new_document()
    numbering = doc.part.numbering_part.element
    numbering.insert(0, parse_xml(
        f'<w:abstractNum {W} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="（%2）"/></w:lvl>'
        "</w:abstractNum>"))
    numbering.append(parse_xml(f'<w:num {W} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))

    def heading(level, text):
        p = doc.add_paragraph(text)
        p._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'))

    title = "石澜县人民政府办公室关于2024年第二季度政务新媒体检查情况的通报"
    centred(doc, title)
    body(doc, "石政办函〔2024〕31号")
    doc.add_paragraph("各乡镇人民政府，县政府各部门：")
    opening = "6月中旬，县政府办公室对全县政务新媒体进行了检查，现将有关情况通报如下："
    body(doc, opening)
    heading(0, "检查情况")
    first = "账号开设情况。全县在用政务新媒体账号52个，其中县级部门33个、乡镇19个。本季度注销4个，新开设1个。"
    second = "更新情况。检查账号52个，合格51个，不合格1个，合格率98.1%。二季度累计发布信息3,406条。"
    heading(1, first)
    heading(1, second)
    heading(0, "工作要求")
    third = "对账销号。不合格账号的主办单位于2024年7月12日前报送整改情况。"
    fourth = "管住增量。确需新开设账号的，提前10个工作日报备，每个单位原则上不超过2个。"
    heading(1, third)
    heading(1, fourth)
    right(doc, "石澜县人民政府办公室", "2024年6月28日")
    text = text_of(title, opening, first, second, third, fourth)
    return Sample("headings-by-automatic-numbering.docx", "heading labels that exist only as automatic numbering", text, [
        rel("sum", "52", "33 19"), rel("sum", "52", "51 1"), rel("ratio", "98.1%", "51 52"),
    ], "python-docx"), finish(doc)


def tracked_changes():
    """Figures corrected with tracked changes: the inserted ones count, the deleted ones do not."""
    doc = new_document()
    title = "柳坞县人民政府办公室关于2023年10月份网上留言办理情况的通报"
    centred(doc, title)
    doc.add_paragraph("各乡镇人民政府，县直各部门：")
    body(doc, "现将10月份网上留言办理情况通报如下：", "一、办理情况")
    p = doc.add_paragraph()
    who = 'w:id="{}" w:author="核稿" w:date="2023-11-02T09:00:00Z"'

    def plain(text):
        p._p.append(parse_xml(f'<w:r {W}><w:t xml:space="preserve">{text}</w:t></w:r>'))

    def changed(n, old, new):
        p._p.append(parse_xml(f'<w:del {W} {who.format(n)}><w:r><w:delText xml:space="preserve">{old}</w:delText></w:r></w:del>'))
        p._p.append(parse_xml(f'<w:ins {W} {who.format(n + 1)}><w:r><w:t xml:space="preserve">{new}</w:t></w:r></w:ins>'))

    plain("10月份，全县收到网上留言")
    changed(10, "168", "186")
    plain("件，其中咨询类74件、投诉类69件、求助类")
    changed(12, "34", "43")
    plain("件。已办结179件，正在办理7件，办结率")
    changed(14, "95.7%", "96.2%")
    plain("。")
    seen = "10月份，全县收到网上留言186件，其中咨询类74件、投诉类69件、求助类43件。已办结179件，正在办理7件，办结率96.2%。"
    body(doc, "二、工作要求", "各单位要在5个工作日内答复，确保按期办结率达到100%。")
    right(doc, "柳坞县人民政府办公室", "2023年11月6日")
    return Sample("tracked-changes.docx", "figures corrected with tracked changes; only the deleted figures would be wrong", text_of(title, seen), [
        rel("sum", "186", "74 69 43"), rel("sum", "186", "179 7"), rel("ratio", "96.2%", "179 186"),
    ], "python-docx"), finish(doc)


def merged_total_row():
    """A table with merged cells: groups down the first column, a total across two columns."""
    doc = new_document()
    title = "远岫县市场监督管理局关于2023年度产品质量监督抽查情况的通报"
    centred(doc, title)
    doc.add_paragraph("各市场监督管理所，局属各单位：")
    opening = "2023年，我局共抽查产品316批次，合格297批次，不合格19批次，合格率94.0%。其中生产领域抽查122批次、流通领域抽查194批次。各类产品抽查情况见下表。"
    body(doc, opening)
    centred(doc, "表1 2023年度产品质量监督抽查情况", 14)
    rows = [
        ["抽查领域", "产品类别", "抽查批次", "合格批次", "不合格批次", "合格率（%）"],
        ["生产领域", "建筑材料", "68", "62", "6", "91.2"],
        ["生产领域", "农资产品", "54", "52", "2", "96.3"],
        ["流通领域", "儿童用品", "83", "77", "6", "92.8"],
        ["流通领域", "家用电器", "66", "64", "2", "97.0"],
        ["流通领域", "成品油", "45", "43", "3", "93.3"],
        ["合计", "合计", "316", "297", "19", "94.0"],
    ]
    made = table(doc, rows)
    for first, last in (((1, 0), (2, 0)), ((3, 0), (5, 0)), ((6, 0), (6, 1))):
        text = rows[first[0]][first[1]]
        merged = made.cell(*first).merge(made.cell(*last))
        merged.text = text
    note = "注：不合格批次以复检结论为准。"
    closing = "各所要在15个工作日内完成后处理，今后对连续2年不合格的企业做到100%回访。"
    body(doc, note, closing)
    right(doc, "远岫县市场监督管理局", "2024年1月19日")
    return Sample("merged-cells-total-row.docx", "vertically and horizontally merged cells; one wrong cell that breaks its row, its column and its rate", text_of(title, opening, rows, note, closing), [
        rel("sum", "316", "297 19"), rel("ratio", "94.0%", "297 316"), rel("table-total", "316", "68 54 83 66 45"),
        rel("table-total", "297", "62 52 77 64 43", "broken"), rel("table-total", "19", "6 2 6 2 3"), rel("sum", "316", "122 194"),
        rel("table-total", "68", "62 6"), rel("table-total", "54", "52 2"), rel("table-total", "83", "77 6"), rel("table-total", "66", "64 2"),
        rel("table-total", "45", "43 3", "broken"), rel("table-total", "316", "297 19"), rel("text-table", "297", ["297"]),
        rel("ratio", "91.2", "62 68"), rel("ratio", "96.3", "52 54"), rel("ratio", "92.8", "77 83"), rel("ratio", "97.0", "64 66"),
        rel("ratio", "93.3", "43 45", "broken"), rel("ratio", "94.0", "297 316"),
    ], "python-docx"), finish(doc)


def links_and_fields():
    """Hyperlinks, field results, special hyphens and symbols inside sentences."""
    doc = new_document()
    title = "苇河县政务公开领导小组办公室关于2024年上半年政府网站检查情况的通报"
    centred(doc, title)
    doc.add_paragraph("各乡镇人民政府，县政府各部门：")
    rel_id = doc.part.relate_to("https://www.example.org/zwgk", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True)
    p = doc.add_paragraph()
    for xml in (
        f'<w:r {W}><w:t>1</w:t><w:noBreakHyphen/><w:t>6月，我办对</w:t></w:r>',
        f'<w:hyperlink {W} {nsdecls("r")} r:id="{rel_id}"><w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t>县政府门户网站</w:t></w:r></w:hyperlink>',
        f'<w:r {W}><w:t xml:space="preserve">的栏目进行了检查，共检查栏目</w:t></w:r>',
        f'<w:r {W}><w:fldChar w:fldCharType="begin"/></w:r>',
        f'<w:r {W}><w:instrText xml:space="preserve"> =SUM(999,1) </w:instrText></w:r>',
        f'<w:r {W}><w:fldChar w:fldCharType="separate"/></w:r>',
        f'<w:r {W}><w:t>124</w:t></w:r>',
        f'<w:r {W}><w:fldChar w:fldCharType="end"/></w:r>',
        f'<w:r {W}><w:t>个，更新及时的</w:t></w:r>',
        f'<w:fldSimple {W} w:instr=" REF total "><w:r><w:t>117</w:t></w:r></w:fldSimple>',
        f'<w:r {W}><w:t>个，逾期的7个，及时率94.4%。</w:t></w:r>',
    ):
        p._p.append(parse_xml(xml))
    seen = "1-6月，我办对县政府门户网站的栏目进行了检查，共检查栏目124个，更新及时的117个，逾期的7个，及时率94.4%。"
    late = "栏目逾期的有县财政局、县民政局、县林业局、县供销社、芦荡镇、渡口乡共7个单位，现予通报。"
    ask = "有关单位要于2024年7月26日前完成整改，今后每两周至少更新1次。"
    body(doc, late, ask)
    right(doc, "苇河县政务公开领导小组办公室", "2024年7月12日")
    return Sample("hyperlinks-and-field-results.docx", "a hyperlink, field results and a no-break hyphen inside sentences; a count of names", text_of(title, seen, late, ask), [
        rel("sum", "124", "117 7"), rel("ratio", "94.4%", "117 124"),
        rel("count", "7", ["县财政局", "县民政局", "县林业局", "县供销社", "芦荡镇", "渡口乡"], "broken"),
    ], "python-docx"), finish(doc)


def content_controls():
    """Content controls around a heading, inside a sentence and around a table cell's text."""
    doc = new_document()
    title = "泠江市信访局关于2025年第一季度网上信访办理情况的通报"
    centred(doc, title)
    doc.add_paragraph("各县（区）信访局，市直有关单位：")
    section = doc.element.body

    def add(xml):
        section.insert(len(section) - 1, parse_xml(xml))

    add(f'<w:sdt {W}><w:sdtPr><w:alias w:val="标题一"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>一、办理情况</w:t></w:r></w:p></w:sdtContent></w:sdt>')
    add(f'<w:p {W}><w:r><w:t xml:space="preserve">一季度，全市受理网上信访事项</w:t></w:r>'
        '<w:sdt><w:sdtPr><w:alias w:val="受理数"/></w:sdtPr><w:sdtContent><w:r><w:t>642</w:t></w:r></w:sdtContent></w:sdt>'
        '<w:r><w:t xml:space="preserve">件，按期办结</w:t></w:r>'
        '<w:sdt><w:sdtContent><w:r><w:t>613</w:t></w:r></w:sdtContent></w:sdt>'
        '<w:r><w:t>件，按期办结率98.3%；群众评价满意率92.6%。</w:t></w:r></w:p>')
    first = "一季度，全市受理网上信访事项642件，按期办结613件，按期办结率98.3%；群众评价满意率92.6%。"
    second = "按内容分，城乡建设181件、劳动社保147件、农业农村126件、自然资源92件、其他96件。"
    body(doc, second, "二、工作要求", "各地要落实首接首办，15日内告知受理情况，60日内办结。")
    right(doc, "泠江市信访局", "2025年4月7日")
    return Sample("content-controls.docx", "content controls around a heading and around single figures; a rate with swapped digits", text_of(title, first, second), [
        rel("ratio", "98.3%", "613 642", "broken"), rel("sum", "642", "181 147 126 92 96"),
    ], "python-docx"), finish(doc)


def red_head():
    """The full layout of a numbered circular: red head, number, sign-off, attachment, imprint."""
    doc = new_document()
    head = centred(doc, "霁阳市人民政府办公室文件", 36)
    head.runs[0].font.color.rgb = RGBColor(255, 0, 0)
    centred(doc, "霁政办发〔2023〕44号", 16)
    title = "霁阳市人民政府办公室关于2023年重点工作督查情况的通报"
    centred(doc, title)
    doc.add_paragraph("各县（区）人民政府，市政府各部门、各直属机构：")
    paragraphs = [
        "9月，市政府办公室会同有关部门对全市重点工作落实情况开展了督查。现将有关情况通报如下：",
        "一、总体进展",
        "全市共确定重点任务146项，已完成87项，正在推进52项，进展滞后7项，完成率59.6%。滞后的7项中，市住房城乡建设局3项、市交通运输局2项、市水利局2项。",
        "二、工作要求",
        "（一）加快进度。进展滞后的责任单位于2023年9月28日前报送赶工方案（见附件）。",
        "（三）强化考核。市政府办公室每月调度1次，12月底前完成率达到100%。",
        "附件：重点任务赶工方案报送表",
    ]
    body(doc, *paragraphs)
    right(doc, "霁阳市人民政府办公室", "2023年10月9日")
    doc.add_page_break()
    doc.add_paragraph("附件")
    centred(doc, "重点任务赶工方案报送表", 18)
    table(doc, [["任务名称", "责任单位", "滞后原因", "完成时限"], ["", "", "", ""]])
    imprint = "抄送：市委办公室，市人大常委会办公室，市政协办公室。"
    doc.add_paragraph(imprint)
    doc.add_paragraph("霁阳市人民政府办公室　　　　2023年10月9日印发")
    return Sample("red-head-and-imprint.docx", "the full layout with red head, attachment form and imprint; a deadline before the signing, a missing （二）", text_of(title, *paragraphs, "2023年10月9日", imprint), [
        rel("sum", "146", "87 52 7"), rel("ratio", "59.6%", "87 146"), rel("sum", "7", "3 2 2"),
        rel("date", "2023年9月28日", ["2023年10月9日"], "broken"), rel("numbering", "（三）", ["（一）"], "broken", "（二）"),
        rel("reference", "重点任务赶工方案报送表", ["重点任务赶工方案报送表"]),
    ], "python-docx"), finish(doc)


MADE = [auto_numbering, tracked_changes, merged_total_row, links_and_fields, content_controls, red_head]
