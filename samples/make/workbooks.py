"""Workbooks made with openpyxl; those with formulas are recalculated by LibreOffice."""

import datetime
import io
import re

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from package import fixed
from truth import Sample, rel
from word_office import converted


def finish(book):
    """The workbook's bytes, with its dates fixed."""
    moment = datetime.datetime(2024, 1, 1)
    book.properties.created = book.properties.modified = moment
    out = io.BytesIO()
    book.save(out)
    return fixed(out.getvalue())


def fill(sheet, title, rows, top=1, merge=()):
    """A merged title row and the rows under it; returns the next free row."""
    if title:
        sheet.cell(top, 1, title).font = Font(bold=True, size=16)
        sheet.cell(top, 1).alignment = Alignment(horizontal="center")
        sheet.merge_cells(start_row=top, start_column=1, end_row=top, end_column=max(len(r) for r in rows))
        top += 1
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is not None:
                sheet.cell(top + r, c + 1, value)
    for area in merge:
        sheet.merge_cells(area)
    return top + len(rows)


def formats(sheet, area, code):
    """Gives the cells of an area a number format."""
    for row in sheet[area]:
        for cell in row:
            cell.number_format = code


def shown(*tables):
    """The cells as printed, for the check of the truth."""
    return "\n".join("\t".join("" if c is None else str(c) for c in row) for t in tables for row in t)


def sheets_percent():
    """Two sheets; rates are fractions that the format prints as percentages."""
    book = Workbook()
    first = book.active
    first.title = "受理情况"
    one = [["序号", "地区", "受理量（件）", "电话", "网络"], [1, "乌岭县", 3412, 2987, 425], [2, "荻港县", 2876, 2519, 357], [3, "麓南区", 5104, 4390, 714],
           ["合计", None, 11392, 9896, 1496]]
    end = fill(first, "2024年11月朔宁市12345热线受理情况表", one, merge=["A6:B6"])
    formats(first, "C3:E6", "#,##0")
    first.cell(end, 1, "注：统计时间为2024年11月1日至11月30日。")
    second = book.create_sheet("办结情况")
    two = [["地区", "应办结（件）", "按期办结（件）", "按期办结率", "满意率", "统计日期"]]
    day = datetime.date(2024, 12, 2)
    two += [[n, d, k, k / d, s, day] for n, d, k, s in (("乌岭县", 812, 803, .9571), ("荻港县", 694, 677, .9312), ("麓南区", 1265, 1248, .9648))]
    two.append(["合计", 2771, 2728, 2728 / 2771, None, None])
    fill(second, "2024年11月朔宁市12345热线办结情况表", two)
    formats(second, "D3:E6", "0.0%")
    formats(second, "F3:F6", 'yyyy"年"m"月"d"日"')
    text = shown(one, two) + " 11,392 3,412 2,876 5,104 98.9% 97.6% 98.7% 98.4%"
    return Sample("two-sheets-percent-format.xlsx", "percentages and thousands that only the number format prints; date cells; a note under the table", text, [
        rel("table-total", "11,392", "3,412 2,876 5,104"), rel("table-total", "9896", "2987 2519 4390"), rel("table-total", "1496", "425 357 714"),
        rel("table-total", "2771", "812 694 1265"), rel("table-total", "2728", "803 677 1248"), rel("ratio", "98.9%", "803 812"),
        rel("ratio", "97.6%", "677 694"), rel("ratio", "98.7%", "1248 1265"), rel("ratio", "98.4%", "2728 2771"),
    ], "openpyxl"), finish(book)


def column_total():
    """A total that copies a neighbouring figure."""
    book = Workbook()
    sheet = book.active
    sheet.title = "抽检结果"
    rows = [["序号", "食品类别", "抽检批次", "合格批次", "不合格批次", "合格率（%）"], [1, "粮油制品", 126, 125, 1, 99.2], [2, "蔬菜制品", 88, 85, 3, 96.6],
            [3, "水产品", 74, 70, 4, 94.6], [4, "糕点", 95, 92, 3, 96.8], [5, "酒类", 57, 56, 1, 98.2], ["合计", None, 440, 428, 11, 97.3]]
    fill(sheet, "2023年第四季度古岩县食品安全监督抽检结果汇总表", rows, merge=["A8:B8"])
    formats(sheet, "F3:F8", "0.0")
    return Sample("column-total-wrong.xlsx", "one total that is one too small, against its column and its row", shown(rows), [
        rel("table-total", "440", "126 88 74 95 57"), rel("table-total", "428", "125 85 70 92 56"), rel("table-total", "11", "1 3 4 3 1", "broken"),
        rel("table-total", "440", "428 11", "broken"), rel("ratio", "99.2", "125 126"), rel("ratio", "96.6", "85 88"), rel("ratio", "94.6", "70 74"),
        rel("ratio", "96.8", "92 95"), rel("ratio", "98.2", "56 57"), rel("ratio", "97.3", "428 440"),
    ], "openpyxl"), finish(book)


def formula_book(stale):
    """Sums and rates as formulas, their values cached by LibreOffice; one cached value may be out of date."""
    book = Workbook()
    sheet = book.active
    sheet.title = "采购汇总"
    data = [("货物类", 64, 3182.45, 2906.13), ("工程类", 27, 8450.7, 7981.22), ("服务类", 41, 2217.36, 2063.9)]
    rows = [["采购类别", "项目个数", "预算金额（万元）", "成交金额（万元）", "节约金额（万元）", "节约率"]]
    rows += [[n, k, b, d, f"=C{i}-D{i}", f"=E{i}/C{i}"] for i, (n, k, b, d) in enumerate(data, 3)]
    rows.append(["合计", "=SUM(B3:B5)", "=SUM(C3:C5)", "=SUM(D3:D5)", "=SUM(E3:E5)", "=E6/C6"])
    fill(sheet, "2024年上半年昀州市本级政府采购情况统计表" if not stale else "2024年下半年昀州市本级政府采购情况统计表", rows)
    formats(sheet, "C3:E6", "#,##0.00")
    formats(sheet, "F3:F6", "0.00%")
    out = io.BytesIO()
    book.save(out)
    raw = converted(out.getvalue(), "xlsx", "xlsx:Calc MS Excel 2007 XML", name="book")
    printed = "132 64 27 41 13,850.51 3,182.45 8,450.70 2,217.36 12,951.25 2,906.13 7,981.22 2,063.90 899.26 276.32 469.48 153.46 8.68% 5.56% 6.92% 6.49%"
    relations = [
        rel("table-total", "132", "64 27 41"), rel("table-total", "13,850.51", "3,182.45 8,450.70 2,217.36"),
        rel("difference", "276.32", "3,182.45 2,906.13"), rel("difference", "469.48", "8,450.70 7,981.22"), rel("difference", "153.46", "2,217.36 2,063.90"),
        rel("table-total", "899.26", "276.32 469.48 153.46"), rel("ratio", "8.68%", "276.32 3,182.45"), rel("ratio", "5.56%", "469.48 8,450.70"),
        rel("ratio", "6.92%", "153.46 2,217.36"), rel("ratio", "6.49%", "899.26 13,850.51"),
    ]
    if not stale:
        relations += [rel("table-total", "12,951.25", "2,906.13 7,981.22 2,063.90"), rel("difference", "899.26", "13,850.51 12,951.25")]
        return Sample("formulas-with-cached-values.xlsx", "formulas with the values that another program cached", printed, relations, "openpyxl, LibreOffice"), fixed(raw)

    def outdated(data):
        changed, n = re.subn(rb"(<c r=\"D6\"[^>]*><f[^>]*>[^<]*</f><v>)12951\.25", rb"\g<1>12591.25", data)
        if n != 1:
            raise SystemExit("stale-formula.xlsx: the cached value was not found")
        return changed

    relations += [rel("table-total", "12,591.25", "2,906.13 7,981.22 2,063.90", "broken"), rel("difference", "899.26", "13,850.51 12,591.25", "broken")]
    return Sample("stale-formula-value.xlsx", "a formula whose cached value is not what the formula gives", printed.replace("12,951.25", "12,591.25"), relations,
                  "openpyxl, LibreOffice"), fixed(raw, {"xl/worksheets/sheet1.xml": outdated})


def formulas():
    """Formulas with right cached values."""
    return formula_book(False)


def stale():
    """Formulas with one stale cached value."""
    return formula_book(True)


def ranking():
    """Tied ranks, a mean row, a note that norms."""
    book = Workbook()
    sheet = book.active
    sheet.title = "考核得分"
    rows = [["名次", "单位", "信息发布（60分）", "互动回应（40分）", "总分"], [1, "松林镇", 58, 39, 97], [2, "县水利局", 57, 38, 95], [2, "县民政局", 56, 39, 95],
            [4, "平沙镇", 55, 36, 91], [5, "县林草局", 51, 37, 88], [6, "古驿镇", 48, 38, 86], ["平均", None, 54.2, 37.8, 92.0]]
    end = fill(sheet, "2024年度檀溪县政务公开工作考核得分表", rows, merge=["A9:B9"])
    formats(sheet, "C9:E9", "0.0")
    sheet.cell(end, 1, "备注：总分90分以上为优秀，80分以上不足90分为良好；每季度更新不少于12条得满分。")
    return Sample("ranks-with-ties-and-mean.xlsx", "tied ranks, a row of means, full marks in headers, bars in a note", shown(rows), [
        rel("table-total", "97", "58 39"), rel("table-total", "95", "57 38"), rel("table-total", "95", "56 39"), rel("table-total", "91", "55 36"),
        rel("table-total", "88", "51 37"), rel("table-total", "86", "48 38"), rel("average", "92.0", "552 6"),
    ], "openpyxl"), finish(book)


def halves():
    """Two halves side by side; a serial number is skipped in the second."""
    book = Workbook()
    sheet = book.active
    left = [("青冈坪镇", 34, 12), ("红岩乡", 27, 9), ("石门乡", 25, 8), ("南岭镇", 22, 8), ("黄泥铺镇", 16, 5)]
    right = [("县发展改革局", 61, 30), ("县教育局", 44, 21), ("县民政局", 38, 17), ("县统计局", 19, 6), ("县供销社", 7, 2)]
    rows = [["序号", "单位", "报送", "采用"] * 2]
    for i, (a, b) in enumerate(zip(left, right)):
        rows.append([i + 1, *a, i + 6 + (i >= 2), *b])
    rows.append(["合计", None, 124, 42, "合计", None, 169, 76])
    fill(sheet, "2024年5月墨溪县政务信息报送采用情况表", rows)
    return Sample("halves-side-by-side.xlsx", "two halves side by side, each with its total; a serial number left out", shown(rows), [
        rel("table-total", "124", "34 27 25 22 16"), rel("table-total", "42", "12 9 8 8 5"), rel("table-total", "169", "61 44 38 19 7"),
        rel("table-total", "76", "30 21 17 6 2"), rel("numbering", "9", ["7"], "broken", "8"),
    ], "openpyxl"), finish(book)


def hidden_row():
    """A hidden row that belongs to the total, a two-row header, a note."""
    book = Workbook()
    sheet = book.active
    rows = [["单位", "信件办理", None, None, "办结率"], [None, "收到", "办结", "在办", None], ["县住建局", 86, 82, 4, .9535], ["县人社局", 64, 64, 0, 1],
            ["县交通运输局", 41, 40, 1, .9756], ["县城管局", 37, 35, 2, .9459], ["合计", 228, 221, 7, .9693]]
    end = fill(sheet, "2024年上半年槐川县县长信箱办理情况表", rows, merge=["A2:A3", "B2:D2", "E2:E3"])
    formats(sheet, "E4:E8", "0.0%")
    sheet.row_dimensions[6].hidden = True
    sheet.cell(end, 1, "注：1.在办件均在办理期限内。2.办结率目标值为95%。")
    sheet.merge_cells(start_row=end, start_column=1, end_row=end, end_column=5)
    text = shown(rows) + "95.3% 100.0% 97.6% 94.6% 96.9%"
    return Sample("hidden-row-two-row-header.xlsx", "a hidden row that the total counts, a header of two rows, a norm in the note", text, [
        rel("table-total", "228", "86 64 41 37"), rel("table-total", "221", "82 64 40 35"), rel("table-total", "7", "4 0 1 2"),
        rel("ratio", "95.3%", "82 86"), rel("ratio", "97.6%", "40 41"), rel("ratio", "94.6%", "35 37"), rel("ratio", "96.9%", "221 228"),
    ], "openpyxl"), finish(book)


def subtotals():
    """Groups with subtotals; a subtotal with a dropped digit."""
    book = Workbook()
    sheet = book.active
    rows = [["类别", "单位", "账号（个）", "发布信息（条）"], ["乡镇", "双井乡", 2, 96], [None, "桑田镇", 3, 141], [None, "柳坝镇", 2, 88], ["小计", None, 7, 35],
            ["县直部门", "县教育局", 4, 212], [None, "县文旅局", 3, 187], [None, "县公安局", 5, 304], ["小计", None, 12, 703], ["合计", None, 19, 1028]]
    fill(sheet, "2024年9月禾泉县政务新媒体发布情况表", rows, merge=["A3:A5", "A7:A9", "A6:B6", "A10:B10", "A11:B11"])
    return Sample("subtotals-by-group.xlsx", "groups with subtotals, counted once; a subtotal that lost a digit", shown(rows), [
        rel("table-total", "7", "2 3 2"), rel("table-total", "35", "96 141 88", "broken"), rel("table-total", "12", "4 3 5"),
        rel("table-total", "703", "212 187 304"), rel("table-total", "19", "7 12"), rel("table-total", "1028", "35 703", "broken"),
    ], "openpyxl"), finish(book)


def prose():
    """A circular typed into a sheet: paragraphs in merged rows, then its table."""
    book = Workbook()
    sheet = book.active
    sheet.title = "通报"
    lines = [
        "菰城区行政审批局关于2025年2月政务服务办件情况的通报", "区级各部门，各镇街便民服务中心：",
        "2月份，全区共办理政务服务事项6,418件，其中区级4,107件、镇街2,311件，按期办结6,391件，按期办结率99.6%。各单位办件情况如下：",
    ]
    rows = [["单位", "办件量", "按期办结"], ["市场监管窗口", 1846, 1846], ["不动产登记窗口", 1305, 1287], ["医保窗口", 956, 954], ["镇街便民服务中心", 2341, 2334],
            ["合计", 6448, 6421]]
    tail = ["各窗口要严格执行首问负责制，平均等候时间不超过20分钟。", "菰城区行政审批局", "2025年3月5日"]
    top = 1
    for line in lines:
        sheet.cell(top, 1, line)
        sheet.merge_cells(start_row=top, start_column=1, end_row=top, end_column=3)
        top += 1
    top = fill(sheet, None, rows, top)
    for line in tail:
        sheet.cell(top, 1, line)
        sheet.merge_cells(start_row=top, start_column=1, end_row=top, end_column=3)
        top += 1
    for c in range(1, 4):
        sheet.column_dimensions[get_column_letter(c)].width = 24
    text = "\n".join(lines + tail) + shown(rows)
    return Sample("prose-and-table-in-a-sheet.xlsx", "a circular typed into a sheet; text and table differ in the total and in what is closed", text, [
        rel("sum", "6,418", "4,107 2,311"), rel("ratio", "99.6%", "6,391 6,418"), rel("table-total", "6448", "1846 1305 956 2341"),
        rel("table-total", "6421", "1846 1287 954 2334"), rel("text-table", "6,418", ["6448"], "broken", "6448"),
        rel("text-table", "6,391", ["6421"], "broken", "6421"), rel("text-table", "2,311", ["2341"], "broken", "2341"),
    ], "openpyxl"), finish(book)


def without_results():
    """Formulas as a program writes them that does not compute: what they give is what is shown."""
    book = Workbook()
    first = book.active
    first.title = "分中心"
    data = [("东城分中心", 1286, 1279), ("西城分中心", 942, 930), ("开发区分中心", 617, 611)]
    one = [["单位", "受理（件）", "办结（件）", "办结率"]]
    one += [[n, r, c, f"=C{i}/B{i}"] for i, (n, r, c) in enumerate(data, 3)]
    one.append(["合计", "=SUM(B3:B5)", "=SUM(C3:C5)", "=ROUND(C6/B6,4)"])
    fill(first, "2025年第一季度霁州市企业诉求受理情况表", one)
    formats(first, "B3:C6", "#,##0")
    formats(first, "D3:D6", "0.0%")
    second = book.create_sheet("对比")
    two = [["指标", "本季", "上季", "增长"], ["受理（件）", "=分中心!B6", 2510, "=(B3-C3)/C3"], ["办结（件）", "=分中心!C6", 2493, "=B4/C4-1"]]
    fill(second, "与上季度比较", two)
    formats(second, "B3:C4", "#,##0")
    formats(second, "D3:D4", "0.0%")
    text = "1,286 1,279 942 930 617 611 2,845 2,820 99.5% 98.7% 99.0% 99.1% 2,510 2,493 13.3% 13.1%"
    return Sample("formulas-without-results.xlsx", "formulas saved without results, across sheets: they are computed and shown", text, [
        rel("table-total", "2,845", "1,286 942 617"), rel("table-total", "2,820", "1,279 930 611"), rel("ratio", "99.5%", "1,279 1,286"),
        rel("ratio", "98.7%", "930 942"), rel("ratio", "99.0%", "611 617"), rel("ratio", "99.1%", "2,820 2,845"),
        rel("change", "13.3%", "2,845 2,510"), rel("change", "13.1%", "2,820 2,493"),
    ], "openpyxl"), finish(book)


def stale_across_sheets():
    """A sum over another sheet whose stored value is out of date: no table alone shows it."""
    book = Workbook()
    first = book.active
    first.title = "明细"
    rows = [["街道", "受理（件）", "按期办结（件）"], ["临江街道", 214, 209], ["古渡街道", 158, 155], ["桂苑街道", 106, 106], ["双桥街道", 87, 83]]
    fill(first, "2025年4月汐门区热线工单明细", rows)
    second = book.create_sheet("汇总")
    two = [["项目", "数值", "备注"], ["受理总量（件）", "=SUM(明细!B3:B6)", "含重复来电"], ["按期办结总量（件）", "=SUM(明细!C3:C6)", "以系统为准"]]
    fill(second, "2025年4月汐门区热线工单汇总", two)
    out = io.BytesIO()
    book.save(out)
    raw = converted(out.getvalue(), "xlsx", "xlsx:Calc MS Excel 2007 XML", name="book")

    def outdated(data):
        changed, n = re.subn(rb"(<c r=\"B3\"[^>]*><f[^>]*>[^<]*</f><v>)565", rb"\g<1>556", data)
        if n != 1:
            raise SystemExit("stale-sum-across-sheets.xlsx: the cached value was not found")
        return changed

    return Sample("stale-sum-across-sheets.xlsx", "a sum over another sheet whose stored value is out of date", shown(rows) + " 556 553", [
        rel("table-total", "556", "214 158 106 87", "broken"), rel("table-total", "553", "209 155 106 83"),
    ], "openpyxl, LibreOffice"), fixed(raw, {"xl/worksheets/sheet2.xml": outdated})


def abreast():
    """Two tables side by side under one title, parted by an empty column."""
    book = Workbook()
    sheet = book.active
    left = [["单位", "报送（条）", "采用（条）"], ["岫岩乡", 31, 12], ["磐石镇", 27, 15], ["合计", 58, 27]]
    right = [["渠道", "浏览量（次）"], ["门户网站", 8120], ["公众号", 4376], ["合计", 12469]]
    rows = [a + [None] + b for a, b in zip(left, right)]
    end = fill(sheet, "2025年5月岚谷县信息发布情况", rows)
    formats(sheet, "F3:F5", "#,##0")
    sheet.cell(end, 1, "注：浏览量为当月累计。")
    text = shown(rows) + " 8,120 4,376 12,469"
    return Sample("tables-side-by-side.xlsx", "two tables side by side, parted by an empty column; a total with two digits swapped", text, [
        rel("table-total", "58", "31 27"), rel("table-total", "27", "12 15"), rel("table-total", "12,469", "8,120 4,376", "broken"),
    ], "openpyxl"), finish(book)


def text_numbers():
    """Figures typed as text, one with a format of a fraction, and a hidden sheet that does not add up."""
    book = Workbook()
    sheet = book.active
    sheet.title = "培训情况"
    rows = [["单位", "应训（人）", "参训（人）", "参训率", "占用工时（天）"], ["经开区", "1,204", 1180, "98.0%", 0.5], ["高新区", "863", 855, "99.1%", 1.25], ["合计", "2,067", 2035, "98.5%", 1.75]]
    fill(sheet, "2025年上半年泓州市窗口人员培训情况表", rows)
    formats(sheet, "B3:B5", "@")
    formats(sheet, "E3:E5", "# ?/?")
    draft = book.create_sheet("底稿")
    fill(draft, "底稿", [["单位", "数量"], ["甲", 1], ["乙", 2], ["合计", 9]])
    draft.sheet_state = "hidden"
    return Sample("figures-stored-as-text.xlsx", "figures stored as text, fractions, and a hidden sheet that does not count", shown(rows), [
        rel("table-total", "2,067", "1,204 863"), rel("table-total", "2035", "1180 855"), rel("ratio", "98.0%", "1180 1,204"),
        rel("ratio", "99.1%", "855 863"), rel("ratio", "98.5%", "2035 2,067"),
    ], "openpyxl"), finish(book)


def built_in(codes):
    """A change of the styles that gives formats by the numbers that Chinese programs know them by, and not by their codes."""
    def change(data):
        text = data.decode("utf-8")
        for code, number in codes.items():
            told = re.search(r'<numFmt numFmtId="(\d+)" formatCode="' + re.escape(code.replace('"', "&quot;")) + '" ?/>', text)
            if not told:
                raise SystemExit(f"no format {code}")
            text = text.replace(told[0], "").replace(f'numFmtId="{told[1]}"', f'numFmtId="{number}"')
        return re.sub(r"<numFmts[^>]*>\s*</numFmts>", "", text).encode("utf-8")
    return change


def dates_and_texts():
    """Days and months in the built-in formats of Chinese programs; numbers that a text format keeps as they were typed."""
    book = Workbook()
    sheet = book.active
    sheet.title = "交办事项"
    month, day, short = 'yyyy"年"m"月"', 'yyyy"年"m"月"d"日"', 'm"月"d"日"'
    rows = [["编号", "承办单位", "受理月份", "交办日期", "反馈日期", "交办量（件）", "已办结（件）"]]
    for label, name, m, d, b, n, k in (("007", "霞浦湾镇", 7, 9, 23, 46, 41), ("012", "青榆镇", 8, 5, 19, 38, 38), ("031", "芦汀街道", 9, 2, 18, 57, 49)):
        rows.append([label, name, datetime.date(2024, m, 1), datetime.date(2024, m, d), datetime.date(2024, m, b), n, k])
    rows.append(["合计", None, None, None, None, 141, 128])
    fill(sheet, "2024年第三季度澄滩县群众来信交办情况表", rows, merge=["A6:B6"])
    formats(sheet, "A3:A5", "@")
    formats(sheet, "C3:C5", month)
    formats(sheet, "D3:D5", day)
    formats(sheet, "E3:E5", short)
    printed = [[c if not isinstance(c, datetime.date) else None for c in row] for row in rows]
    for row, m, d, b in zip(printed[1:4], (7, 8, 9), (9, 5, 2), (23, 19, 18)):
        row[2:5] = [f"2024年{m}月", f"2024年{m}月{d}日", f"{m}月{b}日"]
    # A merged cell is one.
    told = printed[:-1] + [printed[-1][:1] + printed[-1][2:]]
    reads = ["2024年第三季度澄滩县群众来信交办情况表"] + ["\t".join("" if c is None else str(c) for c in row) for row in told]
    return Sample("chinese-dates-and-text-format.xlsx", "months and days in the built-in Chinese formats; numbers under a text format, noughts kept", shown(printed), [
        rel("table-total", "141", "46 38 57"), rel("table-total", "128", "41 38 49"),
    ], "openpyxl", reads=reads), fixed(finish(book), {"xl/styles.xml": built_in({month: 57, day: 31, short: 58})})


MADE = [sheets_percent, column_total, formulas, stale, ranking, halves, hidden_row, subtotals, prose, without_results, stale_across_sheets, abreast, text_numbers, dates_and_texts]
