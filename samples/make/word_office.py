"""Documents converted by LibreOffice, from flat OpenDocument text and from a web page."""

import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from package import fixed
from truth import Sample, rel

FODT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles>
<style:style style:name="C" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/></style:style>
<style:style style:name="R" style:family="paragraph"><style:paragraph-properties fo:text-align="end"/></style:style>
<text:list-style style:name="L">
<text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/>
<text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="."/>
</text:list-style>
</office:automatic-styles>
<office:body><office:text>{body}</office:text></office:body></office:document>
"""


# Whether formulas are calculated when a workbook is loaded, whatever its producer cached: 0 always, 1 never.
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>{}</value></prop></item>
</oor:items>
"""


def converted(source, suffix, target="docx", infilter=None, name="source", recalculate=True):
    """The bytes that LibreOffice makes of a source text; formulas keep their stored results unless they are calculated anew."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.{suffix}"
        path.write_bytes(source if isinstance(source, bytes) else source.encode("utf-8"))
        settings = Path(folder) / "profile" / "user"
        settings.mkdir(parents=True)
        (settings / "registrymodifications.xcu").write_text(RECALCULATE.format(0 if recalculate else 1), encoding="utf-8")
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        if infilter:
            command.append(f"--infilter={infilter}")
        command += ["--convert-to", target, "--outdir", str(Path(folder) / "made"), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return (Path(folder) / "made" / f"{name}.{target.split(':')[0]}").read_bytes()


def p(text, style=None):
    """A paragraph."""
    mark = f' text:style-name="{style}"' if style else ""
    return f"<text:p{mark}>{escape(text)}</text:p>"


def text_box():
    """A text box, which Word's format holds twice (drawing and fallback): its figures must count once."""
    title = "棠川县医疗保障局关于2024年8月医保服务热线办理情况的通报"
    opening = "现将2024年8月医保服务热线办理情况通报如下："
    box = "本月要览：热线接听1,058次，转办工单264件，其中报销类131件、参保类79件、异地就医类44件。"
    first = "转办工单264件，按期办结259件，按期办结率98.1%。当月接听次数比7月份的1,003次增加55次，增长5.5%。"
    ask = "各经办机构要在3个工作日内答复，复杂事项不超过7个工作日。"
    frame = ('<text:p><draw:frame text:anchor-type="paragraph" svg:width="12cm" svg:height="2.4cm"><draw:text-box>'
             + p(box) + "</draw:text-box></draw:frame></text:p>")
    parts = [p(title, "C"), p("各乡镇医保服务站，局属各单位："), p(opening), frame, p("一、办理情况"), p(first), p("二、工作要求"), p(ask),
             p("棠川县医疗保障局", "R"), p("2024年9月5日", "R")]
    raw = converted(FODT.format(body="".join(parts)), "fodt")
    return Sample("text-box.docx", "a text box held twice in the file, with parts that fall short of their total: one finding, not two",
                  "\n".join([title, opening, box, first, ask]), [
        rel("sum", "264", "131 79 44", "broken"), rel("ratio", "98.1%", "259 264"), rel("difference", "55", "1,058 1,003"),
        rel("change", "5.5%", "1,058 1,003"),
    ], "LibreOffice"), fixed(raw)


def numbered_list():
    """Two levels of automatic numbers in a list style."""
    title = "岑山县人民政府办公室关于2024年1至5月政务信息工作情况的通报"
    items = [
        ("基本情况", ["上报情况。1至5月，全县共上报信息715条，其中乡镇上报284条、县直部门上报431条。",
                     "采用情况。省政府办公厅采用9条、市政府办公室采用63条，合计采用72条，采用率10.1%。"]),
        ("存在问题", ["报送不均衡。上报信息不足5条的单位有6个，其中乡镇1个。", "时效不强。部分信息超过48小时才上报。"]),
        ("工作要求", ["各单位每月上报不少于3条，重大突发事件信息必须在2小时内报告。", "县政府办公室每季度通报1次。"]),
    ]
    body = "".join(
        f"<text:list-item>{p(head)}<text:list>" + "".join(f"<text:list-item>{p(x)}</text:list-item>" for x in under) + "</text:list></text:list-item>"
        for head, under in items)
    parts = [p(title, "C"), p("岑政办函〔2024〕18号"), p("各乡镇人民政府，县直各部门："), p("现将今年1至5月政务信息工作情况通报如下："),
             f'<text:list text:style-name="L">{body}</text:list>', p("岑山县人民政府办公室", "R"), p("2024年6月6日", "R")]
    raw = converted(FODT.format(body="".join(parts)), "fodt")
    text = "\n".join([title] + [x for head, under in items for x in [head, *under]])
    return Sample("numbered-list-two-levels.docx", "automatic numbers in a list style; a partial 其中; norms", text, [
        rel("sum", "715", "284 431"), rel("sum", "72", "9 63"), rel("ratio", "10.1%", "72 715"),
    ], "LibreOffice"), fixed(raw)


RANKING = """<html><head><meta charset="utf-8"></head><body>
<p align="center"><b>鹿鸣区营商环境建设局关于2023年第三季度政务服务效能评价情况的通报</b></p>
<p>各镇（街道）便民服务中心，区级各进驻部门：</p>
<p>现将2023年第三季度政务服务效能评价情况通报如下：</p>
<p>一、评价结果</p>
<p>参加评价的单位8个，平均得分92.4分，得分前三名的是碧岭镇、枫林街道、区税务局（与枫林街道并列）；排名后两位的是大湾镇、区文旅局。</p>
<table border="1">
<tr><td colspan="5" align="center">2023年第三季度政务服务效能评价得分表</td></tr>
<tr><td>排名</td><td>单位</td><td>办件量（件）</td><td>按期办结（件）</td><td>得分</td></tr>
<tr><td>1</td><td>碧岭镇</td><td>1,204</td><td>1,204</td><td>97.5</td></tr>
<tr><td>2</td><td>枫林街道</td><td>2,310</td><td>2,296</td><td>95.0</td></tr>
<tr><td>2</td><td>区税务局</td><td>3,882</td><td>3,867</td><td>95.0</td></tr>
<tr><td>4</td><td>区人社局</td><td>2,745</td><td>2,731</td><td>93.6</td></tr>
<tr><td>5</td><td>南岗街道</td><td>1,968</td><td>1,949</td><td>92.1</td></tr>
<tr><td>6</td><td>区住建局</td><td>1,436</td><td>1,417</td><td>90.8</td></tr>
<tr><td>7</td><td>大湾镇</td><td>877</td><td>861</td><td>88.4</td></tr>
<tr><td>8</td><td>区文旅局</td><td>215</td><td>209</td><td>86.8</td></tr>
<tr><td colspan="2">合计</td><td>14,637</td><td>14,534</td><td>—</td></tr>
</table>
<p>二、工作要求</p>
<p>得分低于90分的单位要对照指标逐项整改，下季度得分不低于92分。</p>
<p align="right">鹿鸣区营商环境建设局</p><p align="right">2023年10月17日</p>
</body></html>"""


def ranking():
    """A web page turned into a document: merged caption row, tied ranks, a dash under the scores."""
    raw = converted(RANKING, "html", "docx:MS Word 2007 XML", "HTML (StarWriter)")
    return Sample("ranking-with-ties.docx", "a caption as a merged first row, tied ranks, a mean of scores, a dash in the total row", RANKING, [
        rel("table-total", "14,637", "1,204 2,310 3,882 2,745 1,968 1,436 877 215"),
        rel("table-total", "14,534", "1,204 2,296 3,867 2,731 1,949 1,417 861 209"), rel("text-table", "8", ["8"]),
    ], "LibreOffice"), fixed(raw)


MADE = [text_box, numbered_list, ranking]
