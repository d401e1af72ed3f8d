"""A document as WPS Writer saves it, written by hand after its habits: styles under numbers, lists whose levels say that they are
not tentative, a text box in the old drawing language alone, exceptions in every row, elements and parts of its own."""

import io
import zipfile

from package import fixed
from truth import Sample, rel

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
              ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w10="urn:schemas-microsoft-com:office:word"'
              ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:wpsCustomData="http://www.wps.cn/officeDocument/2013/wpsCustomData"'
              ' mc:Ignorable="w14"')
LOOK = '<w:rFonts w:hint="eastAsia" w:ascii="仿宋_GB2312" w:hAnsi="仿宋_GB2312" w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/><w:szCs w:val="32"/>{}<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'


def run(text, more=""):
    """A run with all that WPS says of it."""
    return f'<w:r><w:rPr>{LOOK.format(more)}</w:rPr><w:t>{text}</w:t></w:r>'


def paragraph(*runs, style="1", more=""):
    """A paragraph; the look of its mark is said as well."""
    return (f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:keepNext w:val="0"/><w:pageBreakBefore w:val="0"/>{more}<w:rPr>{LOOK.format("")}</w:rPr></w:pPr>'
            f'{"".join(runs)}</w:p>')


def listed(level, text):
    """A heading of an automatic list."""
    return paragraph(run(text), more=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')


def table(rows):
    """A table whose rows repeat its borders, and whose first cell goes on below."""
    out = ('<w:tbl><w:tblPr><w:tblStyle w:val="4"/><w:tblW w:w="0" w:type="auto"/><w:tblLayout w:type="autofit"/></w:tblPr>'
           f'<w:tblGrid>{"".join("<w:gridCol w:w=%s2130%s/>" % (chr(34), chr(34)) for _ in rows[0])}</w:tblGrid>')
    for cells in rows:
        out += '<w:tr><w:tblPrEx><w:tblCellMar><w:left w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPrEx><w:trPr/>'
        for text in cells:
            out += f'<w:tc><w:tcPr><w:tcW w:w="2130" w:type="dxa"/><w:noWrap w:val="0"/></w:tcPr>{paragraph(run(text))}</w:tc>'
        out += "</w:tr>"
    return out + "</w:tbl>"


def saved():
    """The document."""
    title = "澄溪县人民政府办公室关于2025年第二季度政务服务办件情况的通报"
    lead = "第二季度，全县政务服务大厅共受理办件1,286件，其中：线上896件、线下390件，已办结1,254件，办结率97.5%。"
    rows = [["单位", "受理", "办结"], ["县局", "742", "731"], ["乡镇", "544", "523"], ["合计", "1286", "1254"]]
    # Typed and corrected: what is one figure stands in several runs, and a bookmark of the place last edited between them.
    split = lead.index("1,286") + 2
    pieces = (run(lead[:split]), '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>', run(lead[split:], '<w:highlight w:val="none"/>'))
    box = ('<w:r><w:pict><v:shape id="文本框 1" o:spid="_x0000_s1026" o:spt="202" type="#_x0000_t202"><v:textbox inset="0,0,0,0">'
           f'<w:txbxContent>{paragraph(run("澄府办通〔2025〕18号"))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>')
    body = (paragraph(box) + paragraph(run(title), more='<w:jc w:val="center"/>') + paragraph(run("各乡镇人民政府，县级各部门："))
            + listed(0, "办件情况") + paragraph(*pieces) + paragraph(run("分单位办件情况如下：")) + table(rows)
            + listed(0, "工作要求") + listed(1, "压缩时限。各窗口应当在承诺时限内办结。") + listed(1, "跟踪回访。政务服务中心应当按月回访。")
            + paragraph(run("澄溪县人民政府办公室"), more='<w:jc w:val="right"/>') + paragraph(run("2025年7月8日"), more='<w:jc w:val="right"/>'))
    section = ('<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="992" w:gutter="0"/>'
               '<w:cols w:space="425" w:num="1"/><w:docGrid w:type="lines" w:linePitch="312" w:charSpace="0"/></w:sectPr>')

    def level(at, form, text):
        return (f'<w:lvl w:ilvl="{at}" w:tentative="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
                f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>')
    numbering = ('<w:abstractNum w:abstractNumId="0"><w:nsid w:val="B1C2D3E4"/><w:multiLevelType w:val="multilevel"/><w:tmpl w:val="B1C2D3E4"/>'
                 + level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）") + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>')

    def style(kind, number, name):
        return f'<w:style w:type="{kind}" w:styleId="{number}"><w:name w:val="{name}"/><w:qFormat/><w:uiPriority w:val="0"/></w:style>'
    styles = style("paragraph", 1, "Normal") + style("character", 2, "Default Paragraph Font") + style("table", 3, "Normal Table") + style("table", 4, "Table Grid")

    def relationships(*targets):
        inner = "".join(f'<Relationship Id="rId{at}" Type="{kind}" Target="{target}"/>' for at, (kind, target) in enumerate(targets, 1))
        return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    types = "".join(f'<Override PartName="/word/{part}.xml" ContentType="{word}.{kind}+xml"/>' for part, kind in (("document", "document.main"), ("styles", "styles"), ("numbering", "numbering")))
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
                               'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
                               f'{types}<Override PartName="/customXml/itemProps1.xml" ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml"/></Types>',
        "_rels/.rels": relationships((f"{OFFICE}/officeDocument", "word/document.xml")),
        "customXml/item1.xml": '<s:customData xmlns="http://www.wps.cn/officeDocument/2013/wpsCustomData" xmlns:s="http://www.wps.cn/officeDocument/2013/wpsCustomData">'
                               '<customSectProps><customSectPr/></customSectProps></s:customData>',
        "customXml/itemProps1.xml": '<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" ds:itemID="{B1977F7D-205B-4081-913C-38D41E755F92}"/>',
        "customXml/_rels/item1.xml.rels": relationships((f"{OFFICE}/customXmlProps", "itemProps1.xml")),
        # An absolute target, and a part that nobody reads.
        "word/_rels/document.xml.rels": relationships((f"{OFFICE}/styles", "styles.xml"), (f"{OFFICE}/numbering", "/word/numbering.xml"), (f"{OFFICE}/customXml", "../customXml/item1.xml")),
        "word/document.xml": f'<w:document {NAMESPACES}><w:body><wpsCustomData:document/>{body}{section}</w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{MAIN}">{styles}</w:styles>',
        "word/numbering.xml": f'<w:numbering xmlns:w="{MAIN}">{numbering}</w:numbering>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, data in parts.items():
            target.writestr(name, head + data)
    reads = ["澄府办通〔2025〕18号", title, "各乡镇人民政府，县级各部门：", "一、办件情况", lead, "分单位办件情况如下：", *("\t".join(cells) for cells in rows),
             "二、工作要求", "（一）压缩时限。各窗口应当在承诺时限内办结。", "（二）跟踪回访。政务服务中心应当按月回访。", "澄溪县人民政府办公室", "2025年7月8日"]
    return Sample("saved-by-wps.docx", "the habits of WPS: styles under numbers, a text box in the old drawing language alone, elements and parts of its own", "\n".join(reads), [
        rel("sum", "1,286", "896 390"), rel("ratio", "97.5%", "1,254 1,286"), rel("table-total", "1286", "742 544"), rel("table-total", "1254", "731 523"),
    ], "by hand", reads=reads), fixed(out.getvalue())


MADE = [saved]
