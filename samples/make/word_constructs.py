"""Documents that show one construct of WordprocessingML each, made with python-docx; what its interface does not offer is
added as XML. Each says to the letter what a reader must give back."""

import re

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from package import fixed, restricted
from truth import Sample, rel
from word_office import FODT, converted, p as paragraph
from word_python import W, body, centred, finish, new_document, right, table

DRAWN = (' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
         ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
         ' xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
         ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"')


def add(doc, xml):
    """A block at the end of the body."""
    section = doc.element.body
    section.insert(len(section) - 1, parse_xml(re.sub(r"^<(w:\w+)", rf"<\1 {W}{DRAWN}", xml)))


def run(text, properties=""):
    """A run."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def mark(kind, data=""):
    """A mark of a complex field."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{data}</w:fldChar></w:r>'


def field(code, result=None, data=""):
    """A complex field, with a result if one is given."""
    shown = "" if result is None else mark("separate") + run(result)
    return f'{mark("begin", data)}<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>{shown}{mark("end")}'


def numbered(doc, number, level, text):
    """A paragraph of an automatic list."""
    add(doc, f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>{run(text)}</w:p>')


def numbering_formats():
    """Automatic numbers in many formats, restarted, and carried by a style."""
    doc = new_document()

    def level(at, form, text, more=""):
        return (f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:suff w:val="nothing"/>'
                f'<w:lvlText w:val="{text}"/></w:lvl>')
    lists = {
        91: level(0, "japaneseCounting", "%1、", '<w:pStyle w:val="Heads"/>') + level(1, "chineseCountingThousand", "（%2）") + level(2, "decimal", "%3."),
        92: level(0, "decimalEnclosedCircle", "%1"),
        93: level(0, "upperLetter", "%1. ") + level(1, "lowerRoman", "（%2）"),
        94: level(0, "decimal", "%1　") + level(1, "decimal", "%1.%2　"),
    }
    numbering = doc.part.numbering_part.element
    for at, (number, levels) in enumerate(lists.items()):
        numbering.insert(at, parse_xml(f'<w:abstractNum {W} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'))
        numbering.append(parse_xml(f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))
    numbering.append(parse_xml(f'<w:num {W} w:numId="95"><w:abstractNumId w:val="92"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'))
    doc.styles.element.append(parse_xml(
        f'<w:style {W} w:type="paragraph" w:customStyle="1" w:styleId="Heads"><w:name w:val="Heads"/><w:basedOn w:val="Normal"/>'
        '<w:pPr><w:numPr><w:numId w:val="91"/></w:numPr></w:pPr></w:style>'))

    def head(text):
        add(doc, f'<w:p><w:pPr><w:pStyle w:val="Heads"/></w:pPr>{run(text)}</w:p>')
    title = "岚浦县人民政府办公室关于2024年上半年政务公开工作情况的通报"
    centred(doc, title)
    doc.add_paragraph("各乡镇人民政府，县政府各部门：")
    body(doc, "现将2024年上半年政务公开工作情况通报如下：")
    published = "上半年主动公开信息4,182条，其中乡镇公开1,536条、县直部门公开2,592条。"
    explained = "发布政策解读96件，其中图解41件、视频7件、文字48件。"
    asked = "依申请公开。收到申请58件，其中予以公开39件、部分公开8件、无法提供11件。"
    head("工作情况")
    numbered(doc, 91, 1, "主动公开情况。")
    numbered(doc, 91, 2, published)
    numbered(doc, 91, 2, explained)
    numbered(doc, 91, 1, asked)
    head("存在问题")
    numbered(doc, 92, 0, "个别栏目更新不及时。")
    numbered(doc, 92, 0, "解读形式单一。")
    head("工作要求")
    numbered(doc, 95, 0, "各单位于2024年7月31日前完成整改。")
    numbered(doc, 95, 0, "每条政策至少配发1件解读。")
    head("有关说明")
    numbered(doc, 93, 0, "统计口径：")
    numbered(doc, 93, 1, "主动公开不含转载信息；")
    numbered(doc, 93, 1, "依申请公开以受理日期为准。")
    numbered(doc, 93, 0, "数据来源：")
    numbered(doc, 94, 0, "政务公开平台。")
    numbered(doc, 94, 1, "乡镇数据由各乡镇填报。")
    numbered(doc, 94, 1, "部门数据由平台导出。")
    right(doc, "岚浦县人民政府办公室", "2024年7月5日")
    reads = [title, "各乡镇人民政府，县政府各部门：", "现将2024年上半年政务公开工作情况通报如下：", "一、工作情况", "（一）主动公开情况。",
             "1." + published, "2." + explained, "（二）" + asked, "二、存在问题", "①个别栏目更新不及时。", "②解读形式单一。", "三、工作要求",
             "①各单位于2024年7月31日前完成整改。", "②每条政策至少配发1件解读。", "四、有关说明", "A. 统计口径：", "（i）主动公开不含转载信息；",
             "（ii）依申请公开以受理日期为准。", "B. 数据来源：", "1　政务公开平台。", "1.1　乡镇数据由各乡镇填报。", "1.2　部门数据由平台导出。",
             "岚浦县人民政府办公室", "2024年7月5日"]
    return Sample("numbering-formats-and-restarts.docx", "automatic numbers in seven formats, by style, with a restart and `%1.%2`; a total with swapped digits", "\n".join(reads), [
        rel("sum", "4,182", "1,536 2,592", "broken"), rel("sum", "96", "41 7 48"),
    ], "python-docx", reads=reads), finish(doc)


def boxed(content, fallback=True):
    """A run with a text box, held twice as Word holds it."""
    inner = f"<w:txbxContent>{content}</w:txbxContent>"
    shape = f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/><wps:txbx>{inner}</wps:txbx><wps:bodyPr/></wps:wsp>'
    old = f'<mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback>' if fallback else ""
    return f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing(shape, "wordprocessingShape")}</mc:Choice>{old}</mc:AlternateContent></w:r>'


def drawing(shape, kind):
    """A drawing inside a line."""
    return ('<w:drawing><wp:inline><wp:extent cx="3600000" cy="720000"/><wp:docPr id="1" name="1"/><a:graphic>'
            f'<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/{kind}">{shape}</a:graphicData></a:graphic></wp:inline></w:drawing>')


def header_and_footer():
    """Mark and number in the head of the page; the page number in a text box at its foot."""
    doc = new_document()
    section = doc.sections[0]
    mark_text, number = "湑阳市人民政府办公室文件", "湑政办发〔2023〕27号"
    section.header.paragraphs[0].text = mark_text
    section.header.add_paragraph(number)
    foot = f'<w:p>{run("— ")}{field(" PAGE ", "1")}{run(" —")}</w:p>'
    section.footer._element.append(parse_xml(f'<w:p {W}{DRAWN}>{boxed(foot)}</w:p>'))
    title = "湑阳市人民政府办公室关于2023年第二季度网民留言办理情况的通报"
    centred(doc, title)
    doc.add_paragraph("各县（区）人民政府，市政府各部门：")
    first = "第二季度，全市共收到网民留言1,046件，其中县（区）承办738件、市直部门承办318件。已办结1,019件，正在办理27件，办结率97.4%。"
    ask = "各承办单位要在5个工作日内作出答复。"
    body(doc, "现将2023年第二季度网民留言办理情况通报如下：", "一、办理情况", first, "二、工作要求", ask)
    right(doc, "湑阳市人民政府办公室", "2023年7月12日")
    reads = [title, "各县（区）人民政府，市政府各部门：", "现将2023年第二季度网民留言办理情况通报如下：", "一、办理情况", first, "二、工作要求", ask,
             "湑阳市人民政府办公室", "2023年7月12日", mark_text, number, "— 1 —"]
    return Sample("mark-and-number-in-header.docx", "the issuer's mark and the document number in the header, the page number in a text box of the footer; two kinds that exceed the total", "\n".join(reads), [
        rel("sum", "1,046", "1,019 27"), rel("ratio", "97.4%", "1,019 1,046"), rel("sum", "1,046", "738 318", "broken"),
    ], "python-docx", discarded=["— 1 —"], reads=reads), finish(doc)


def fields_without_result():
    """Circled numbers as EQ fields, symbols of symbol fonts, ticked form fields, nested fields."""
    doc = new_document()
    title = "嵩塘县市场监督管理局关于2024年餐饮单位检查情况的通报"
    centred(doc, title)
    doc.add_paragraph("各市场监督管理所：")
    lead = "现将2024年餐饮单位检查情况通报如下："
    body(doc, lead)

    def circled(number):
        return field(f" eq \\o\\ac(○,{number}) ")
    wingdings = '<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>'
    tick = '<w:ffData><w:name w:val="T"/><w:enabled/><w:checkBox><w:sizeAuto/><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData>'
    blank = '<w:ffData><w:name w:val="F"/><w:enabled/><w:checkBox><w:sizeAuto/><w:default w:val="0"/></w:checkBox></w:ffData>'
    nested = (mark("begin") + '<w:r><w:instrText xml:space="preserve"> IF </w:instrText></w:r>' + field(" DOCPROPERTY n ", "214")
              + '<w:r><w:instrText xml:space="preserve"> = 0 "无" "有" </w:instrText></w:r>' + mark("separate") + run("214") + mark("end"))
    add(doc, f'<w:p>{circled(1)}{run("检查餐饮单位")}{nested}{run("家，合格203家，不合格11家，合格率94.9%；")}</w:p>')
    add(doc, f'<w:p>{circled(2)}{run("抽检餐具360件，合格342件，合格率")}{field(" =ROUND(342/360*100,1) ", "95.5")}{run("%；")}</w:p>')
    add(doc, f'<w:p>{circled(12)}{run("复查结论：")}{field(" FORMCHECKBOX ", None, tick)}{run("合格　")}{field(" FORMCHECKBOX ", None, blank)}{run("不合格；")}'
             f'<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>{run("已公示　")}{run(chr(0xF0A3), wingdings)}{run("未公示。")}</w:p>')
    right(doc, "嵩塘县市场监督管理局", "2024年12月6日")
    reads = [title, "各市场监督管理所：", lead, "①检查餐饮单位214家，合格203家，不合格11家，合格率94.9%；", "②抽检餐具360件，合格342件，合格率95.5%；",
             "⑫复查结论：☑合格　□不合格；☑已公示　□未公示。", "嵩塘县市场监督管理局", "2024年12月6日"]
    return Sample("eq-fields-form-boxes-and-symbols.docx", "circled numbers as `EQ` fields, form fields, a nested field, characters of symbol fonts; a rate with a wrong digit", "\n".join(reads), [
        rel("sum", "214", "203 11"), rel("ratio", "94.9%", "203 214"), rel("ratio", "95.5%", "342 360", "broken"),
    ], "python-docx", reads=reads), finish(doc)


def equation_and_ruby():
    """An equation, a reading above a character, hidden text, soft hyphens and tabs."""
    doc = new_document()
    title = "氿里县信访局关于2022年度网上信访办理情况的通报"
    ruby = ('<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val="center"/><w:hps w:val="16"/><w:hpsRaise w:val="30"/><w:hpsBaseText w:val="32"/><w:lid w:val="zh-CN"/></w:rubyPr><w:rt><w:r><w:t>guǐ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>氿</w:t></w:r></w:rubyBase></w:ruby></w:r>')
    add(doc, f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{ruby}{run(title[1:])}</w:p>')
    doc.add_paragraph("各乡镇信访办：")
    body(doc, "现将2022年度网上信访办理情况通报如下：", "一、办理情况")
    add(doc, f'<w:p>{run("2022年，全县受理网上信访事项")}{run("（含重复件581件）", "<w:vanish/>")}{run("536件，")}'
             f'<w:r><w:t>其中</w:t><w:softHyphen/><w:t>乡镇302件、县直部门234件。按期办结528件，按期办结率98.5%。</w:t></w:r></w:p>')

    def text(value):
        return f"<m:r><m:t>{value}</m:t></m:r>"
    add(doc, f'<w:p>{run("按期办结率按下式计算：")}</w:p>')
    add(doc, f'<w:p><m:oMathPara><m:oMath>{text("按期办结率=")}<m:f><m:num>{text("按期办结件数")}</m:num><m:den>{text("受理件数")}{text("−退回件数")}</m:den></m:f>'
             f'{text("×100%")}</m:oMath></m:oMathPara></w:p>')
    body(doc, "二、工作要求")
    add(doc, f'<w:p>{run("信访接待时间：")}<w:r><w:tab/></w:r>{run("工作日上午。")}</w:p>')
    right(doc, "氿里县信访局", "2023年1月10日")
    said = "2022年，全县受理网上信访事项（含重复件581件）536件，其中乡镇302件、县直部门234件。按期办结528件，按期办结率98.5%。"
    reads = [title, "各乡镇信访办：", "现将2022年度网上信访办理情况通报如下：", "一、办理情况", said, "按期办结率按下式计算：",
             "按期办结率=按期办结件数/(受理件数−退回件数)×100%", "二、工作要求", "信访接待时间：\t工作日上午。", "氿里县信访局", "2023年1月10日"]
    return Sample("equation-ruby-and-hidden-text.docx", "an equation, a reading above a character, hidden text with another figure, a soft hyphen, a tab", "\n".join(reads), [
        rel("sum", "536", "302 234"), rel("ratio", "98.5%", "528 536"),
    ], "python-docx", discarded=["（含重复件581件）"], reads=reads), finish(doc)


def drawn_mark():
    """A mark drawn as a shape, text boxes in a group, a table in a text box."""
    doc = new_document()
    name = "芷峪市卫生健康委员会文件"
    add(doc, f'<w:p><w:r><w:pict><v:shape style="width:400pt;height:50pt" fillcolor="red"><v:textpath string="{name}"/></v:shape></w:pict></w:r></w:p>')
    title = "芷峪市卫生健康委员会关于2021年基层医疗机构检查情况的通报"
    centred(doc, title)
    doc.add_paragraph("各县（市、区）卫生健康局：")
    lead = "现将2021年基层医疗机构检查情况通报如下："
    body(doc, lead)
    boxes = ["检查机构168家，其中乡镇卫生院74家、社区卫生服务中心31家、村卫生室63家。", "发现问题235个，已整改228个，整改率97.0%。"]
    shapes = "".join(f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/><wps:txbx><w:txbxContent><w:p>{run(t)}</w:p></w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>' for t in boxes)
    group = drawing(f"<wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr/>{shapes}</wpg:wgp>", "wordprocessingGroup")
    add(doc, f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wpg">{group}</mc:Choice></mc:AlternateContent></w:r></w:p>')
    caption = "2021年基层医疗机构检查情况表"
    rows = [["机构类别", "检查（家）", "发现问题（个）", "已整改（个）"], ["乡镇卫生院", "74", "112", "108"], ["社区卫生服务中心", "31", "45", "44"],
            ["村卫生室", "63", "78", "76"], ["合计", "168", "235", "226"]]
    body(doc, "检查情况见下表。")
    cells = "".join("<w:tr>" + "".join(f"<w:tc><w:p>{run(c)}</w:p></w:tc>" for c in row) + "</w:tr>" for row in rows)
    add(doc, f'<w:p>{boxed(f"<w:p>{run(caption)}</w:p><w:tbl><w:tblPr/><w:tblGrid/>{cells}</w:tbl><w:p/>")}</w:p>')
    right(doc, "芷峪市卫生健康委员会", "2022年1月14日")
    reads = [name, title, "各县（市、区）卫生健康局：", lead, *boxes, "检查情况见下表。", caption, *("\t".join(r) for r in rows), "芷峪市卫生健康委员会", "2022年1月14日"]
    return Sample("drawn-mark-and-boxes-in-a-group.docx", "the mark drawn as a shape, text boxes in a group, a table in a text box; a total that differs from its column and the text", "\n".join(reads), [
        rel("sum", "168", "74 31 63"), rel("ratio", "97.0%", "228 235"), rel("table-total", "168", "74 31 63"), rel("table-total", "235", "112 45 78"),
        rel("table-total", "226", "108 44 76", "broken"), rel("text-table", "228", ["226"], "broken", "226"),
    ], "python-docx", reads=reads), finish(doc)


def moved_and_deleted():
    """A moved sentence, a deleted row, a deleted paragraph mark, a nested control around a row."""
    doc = new_document()
    title = "槐浦区人民政府办公室关于2024年10月份12345热线办理情况的通报"
    centred(doc, title)
    doc.add_paragraph("各街道办事处，区政府各部门：")
    who = 'w:id="{}" w:author="核稿" w:date="2024-11-04T09:00:00Z"'
    lead = "现将2024年10月份12345热线办理情况通报如下："
    body(doc, lead)
    add(doc, f'<w:p><w:moveFrom {who.format(1)}>{run("满意率95.1%。")}</w:moveFrom>{run("10月份，全区共受理工单812件，其中街道承办506件、部门承办306件。")}</w:p>')
    add(doc, f'<w:p><w:pPr><w:rPr><w:del {who.format(2)}/></w:rPr></w:pPr>{run("按期办结803件，")}</w:p>')
    add(doc, f'<w:p>{run("按期办结率98.9%；回访640件，满意609件，")}<w:moveTo {who.format(3)}>{run("满意率95.2%。")}</w:moveTo></w:p>')
    rows = [["单位", "受理（件）", "按期办结（件）"], ["河坊街道", "271", "268"], ["塔前街道", "235", "232"], ["旧部门", "19", "19"], ["区级部门", "306", "303"], ["合计", "812", "803"]]
    made = table(doc, rows)
    body(doc, "各单位要举一反三，抓好整改。")
    right(doc, "槐浦区人民政府办公室", "2024年11月5日")
    gone = made.rows[3]._tr
    gone.get_or_add_trPr().append(parse_xml(f"<w:del {W} {who.format(4)}/>"))
    kept = made.rows[4]._tr
    control = parse_xml(f"<w:sdt {W}><w:sdtContent><w:sdt><w:sdtContent/></w:sdt></w:sdtContent></w:sdt>")
    kept.addprevious(control)
    control[0][0][0].append(kept)
    first = "10月份，全区共受理工单812件，其中街道承办506件、部门承办306件。"
    second = "按期办结803件，按期办结率98.9%；回访640件，满意609件，满意率95.2%。"
    shown = [r for r in rows if r[0] != "旧部门"]
    reads = [title, "各街道办事处，区政府各部门：", lead, first, second, *("\t".join(r) for r in shown), "各单位要举一反三，抓好整改。", "槐浦区人民政府办公室", "2024年11月5日"]
    return Sample("moved-text-and-deleted-rows.docx", "moved text, a deleted row, a deleted paragraph mark, a row inside two content controls; only what was deleted would be wrong", "\n".join(reads), [
        rel("sum", "812", "506 306"), rel("ratio", "98.9%", "803 812"), rel("ratio", "95.2%", "609 640"), rel("table-total", "812", "271 235 306"),
        rel("table-total", "803", "268 232 303"),
    ], "python-docx", reads=reads), finish(doc)


def strict_parts():
    """The strict namespaces, and a main part that nobody would look for under its name."""
    doc = new_document()
    title = "汶泽县教育局关于2023年秋季学校食堂检查情况的通报"
    centred(doc, title)
    doc.add_paragraph("各中小学校：")
    first = "9月份，我局检查学校食堂86个，合格79个，不合格7个，合格率91.9%。"
    names = "不合格的是第一小学、河湾中学、石桥小学、青坪小学、松口中学、东岗小学等6所学校的食堂。"
    ask = "有关学校要于2023年10月20日前完成整改。"
    body(doc, first, names, ask)
    right(doc, "汶泽县教育局", "2023年9月28日")
    raw = restricted(finish(doc), "kso/zhengwen01.xml")
    reads = [title, "各中小学校：", first, names, ask, "汶泽县教育局", "2023年9月28日"]
    return Sample("strict-namespaces-and-odd-part-names.docx", "the strict form of the format, and a main part that only its relationship names", "\n".join(reads), [
        rel("sum", "86", "79 7"), rel("ratio", "91.9%", "79 86"),
    ], "python-docx", reads=reads), raw


def main_type(raw, kind):
    """The same package with another type of main part."""
    old = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return fixed(raw, {"[Content_Types].xml": lambda data: data.replace(old, kind)})


def embedded_documents():
    """A document with macros allowed, into which others are put by reference: what is missing is said."""
    doc = new_document()
    title = "芦汀县民政局关于2022年养老机构检查情况的通报"
    centred(doc, title)
    doc.add_paragraph("各乡镇人民政府：")
    first = "2022年，全县检查养老机构42家，发现隐患118处，已整改106处，整改率89.8%。"
    body(doc, first)
    chunk = doc.part.relate_to("https://www.example.org/b.docx", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/subDocument", is_external=True)
    page = Part(PackURI("/word/chunk1.htm"), "text/html", "<html><body><p>隐患清单另见。</p></body></html>".encode("utf-8"), doc.part.package)
    inner = doc.part.relate_to(page, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk")
    add(doc, f'<w:altChunk {nsdecls("r")} r:id="{inner}"/>')
    add(doc, f'<w:p><w:subDoc {nsdecls("r")} r:id="{chunk}"/></w:p>')
    right(doc, "芦汀县民政局", "2022年12月9日")
    raw = main_type(finish(doc), b"application/vnd.ms-word.document.macroEnabled.main+xml")
    reads = [title, "各乡镇人民政府：", first, "芦汀县民政局", "2022年12月9日"]
    return Sample("altchunk-and-subdocument.docm", "a macro-enabled document with two others embedded, which are warned of", "\n".join(reads), [
        rel("ratio", "89.8%", "106 118"),
    ], "python-docx", reads=reads), raw


def template():
    """A template, filled in: a drop-down list and a date picked in a content control."""
    doc = new_document()
    title = "沔滨区审计局关于2023年度审计整改情况的通报"
    centred(doc, title)
    doc.add_paragraph("各有关单位：")
    add(doc, f'<w:p>{run("2023年，全区审计发现问题264个，已整改251个，整改率91.5%。总体评价为")}'
             + field(" FORMDROPDOWN ", None, '<w:ffData><w:name w:val="D"/><w:ddList><w:result w:val="1"/><w:listEntry w:val="优秀"/><w:listEntry w:val="良好"/></w:ddList></w:ffData>')
             + f'{run("。其余13个问题要在")}<w:sdt><w:sdtPr><w:date w:fullDate="2024-06-30T00:00:00Z"><w:dateFormat w:val="yyyy年M月d日"/></w:date></w:sdtPr>'
             + f'<w:sdtContent>{run("2024年6月30日")}</w:sdtContent></w:sdt>{run("前整改到位。")}</w:p>')
    right(doc, "沔滨区审计局", "2024年1月22日")
    raw = main_type(finish(doc), b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml")
    said = "2023年，全区审计发现问题264个，已整改251个，整改率91.5%。总体评价为良好。其余13个问题要在2024年6月30日前整改到位。"
    reads = [title, "各有关单位：", said, "沔滨区审计局", "2024年1月22日"]
    return Sample("filled-template.dotx", "a template with a drop-down list and a picked date; a rate with moved digits", "\n".join(reads), [
        rel("ratio", "91.5%", "251 264", "broken"),
    ], "python-docx", reads=reads), raw


def endnotes():
    """Endnotes, a header row that repeats, a list in a table cell."""
    title = "岷曲市公共资源交易中心关于2023年交易情况的通报"
    note = "不含流标项目。"
    rows = [["项目类别", "成交（宗）", "成交额（万元）"], ["工程建设", "142", "86,450.20"], ["政府采购", "318", "23,117.65"], ["产权交易", "27", "4,980.00"], ["合计", "487", "114,547.85"]]

    def row(cells):
        return "<table:table-row>" + "".join(f"<table:table-cell>{paragraph(c)}</table:table-cell>" for c in cells) + "</table:table-row>"
    cited = f'<text:note text:id="e1" text:note-class="endnote"><text:note-citation>i</text:note-citation><text:note-body>{paragraph(note)}</text:note-body></text:note>'
    first = "2023年，全市公共资源交易成交487宗，成交额114,547.85万元。"
    ask = "各县（区）要在每月5日前报送上月数据。"
    grid = ('<table:table table:name="T"><table:table-column table:number-columns-repeated="3"/><table:table-header-rows>' + row(rows[0])
            + "</table:table-header-rows>" + "".join(row(r) for r in rows[1:]) + "</table:table>")
    parts = [paragraph(title, "C"), paragraph("各县（区）公共资源交易中心："), f"<text:p>2023年，全市公共资源交易成交{cited}487宗，成交额114,547.85万元。</text:p>",
             paragraph("2023年交易情况表", "C"), grid, paragraph(ask), paragraph("岷曲市公共资源交易中心", "R"), paragraph("2024年1月15日", "R")]
    # A tab parts a note from its number. The schema of Office 2007 knows 1 where LibreOffice writes true.
    raw = fixed(converted(FODT.format(body="".join(parts)), "fodt"), {"word/document.xml": lambda data: data.replace(b'<w:tblHeader w:val="true"/>', b"<w:tblHeader/>")})
    reads = [title, "各县（区）公共资源交易中心：", first, "2023年交易情况表", *("\t".join(r) for r in rows), ask, "岷曲市公共资源交易中心", "2024年1月15日", "\t" + note]
    return Sample("endnote-and-repeated-header-row.docx", "an endnote, a header row that repeats on each page, money in a table", "\n".join(reads), [
        rel("table-total", "487", "142 318 27"), rel("table-total", "114,547.85", "86,450.20 23,117.65 4,980.00"), rel("text-table", "487", ["487"]),
    ], "LibreOffice", reads=reads), raw


def smart_tags():
    """Figures inside smart tags and custom XML, letters and numerals of further lists, a document under the extension of old ones."""
    doc = new_document()
    lists = {95: ("ideographDigital", "%1、"), 96: ("upperRoman", "%1. "), 97: ("lowerLetter", "%1)")}
    root = doc.part.numbering_part.element
    first_list = next((at for at, element in enumerate(root) if element.tag.endswith("}num")), len(root))
    for number, (form, text) in lists.items():
        root.insert(first_list, parse_xml(
            f'<w:abstractNum {W} w:abstractNumId="{number}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'))
    for number in lists:
        root.append(parse_xml(f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))
    title = "浛江县民政局关于2010年第四季度群众来访接待情况的通报"
    centred(doc, title)
    body(doc, "各乡镇民政办：")

    def tagged(text):
        return f'<w:smartTag w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="chmetcnv">{run(text)}</w:smartTag>'
    numbered(doc, 95, 0, "接待情况")
    add(doc, f'<w:p>{run("第四季度共接待来访")}{tagged("236")}{run("批次，其中救助类")}{tagged("142")}'
             f'<w:customXml w:uri="urn:form" w:element="n">{run("批次、优抚类61批次")}{tagged("、其他33批次")}</w:customXml>{run("。")}</w:p>')
    numbered(doc, 95, 0, "工作要求")
    numbered(doc, 96, 0, "各乡镇每月报送1次。")
    numbered(doc, 96, 0, "重要来访要在24小时内报告：")
    numbered(doc, 97, 0, "集体来访；")
    numbered(doc, 97, 0, "重复来访。")
    right(doc, "浛江县民政局", "2011年1月11日")
    first = "第四季度共接待来访236批次，其中救助类142批次、优抚类61批次、其他33批次。"
    reads = [title, "各乡镇民政办：", "一、接待情况", first, "二、工作要求", "I. 各乡镇每月报送1次。", "II. 重要来访要在24小时内报告：", "a)集体来访；", "b)重复来访。",
             "浛江县民政局", "2011年1月11日"]
    return Sample("smart-tags-under-old-extension.doc", "a docx under the extension of old documents: figures inside smart tags and custom XML, lists in roman numerals and letters", "\n".join(reads), [
        rel("sum", "236", "142 61 33"),
    ], "python-docx", reads=reads), finish(doc)


MADE = [numbering_formats, header_and_footer, fields_without_result, equation_and_ruby, drawn_mark, moved_and_deleted, strict_parts, embedded_documents,
        template, endnotes, smart_tags]
