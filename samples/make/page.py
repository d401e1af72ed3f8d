"""A circular as a browser saved it: scripts, menus, and a table with merged cells."""

from email.charset import QP, Charset
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText
from email.policy import SMTP

from truth import Sample, rel

QUOTED = Charset("utf-8")
QUOTED.body_encoding = QP

HTML = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="gb2312">
<title>关于2023年5月份全市12345热线承办情况的通报_竹浦市人民政府</title>
<style>.nav li { float: left } table { border-collapse: collapse }</style>
<script>var clicks = 4821; document.title = "不应出现 99999 件";</script>
</head>
<body>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li><li><a href="/hd">互动交流</a></li></ul>
<div class="path">您的位置：<a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a> &gt; 通报</div>
<h1>竹浦市人民政府办公室<br>关于2023年5月份全市12345热线承办情况的通报</h1>
<p class="info">发布时间：2023-06-09&nbsp;&nbsp;来源：市政府办公室&nbsp;&nbsp;点击：<span>1207</span>次</p>
<div class="article">
<p>各县（区）人民政府，市政府各部门：</p>
<p>&emsp;&emsp;现将2023年5月份12345热线承办情况通报如下：</p>
<p>&emsp;&emsp;<b>一、总体情况</b></p>
<p>&emsp;&emsp;5月份，全市共承办工单2,730件，按期办结2,678件，按期办结率<span style="color:red">98.1%</span>；
回访1,915件，满意1,802件，满意率94.1%。各地承办情况见下表。</p>
<p align="center"><b>2023年5月份各地12345热线承办情况表</b></p>
<table border="1">
<tr><th rowspan="2">序号</th><th rowspan="2">地区</th><th colspan="3">承办情况</th><th colspan="3">回访情况</th></tr>
<tr><th>承办（件）</th><th>按期办结（件）</th><th>按期办结率</th><th>回访（件）</th><th>满意（件）</th><th>满意率</th></tr>
<tr><td>1</td><td>雁洲县</td><td>612</td><td>604</td><td>98.7%</td><td>418</td><td>397</td><td>95.0%</td></tr>
<tr><td>2</td><td>苇河县</td><td>548</td><td>535</td><td>97.6%</td><td>391</td><td>364</td><td>93.1%</td></tr>
<tr><td>3</td><td>菰城区</td><td>973</td><td>951</td><td>97.7%</td><td>702</td><td>664</td><td>94.6%</td></tr>
<tr><td>4</td><td>市直部门</td><td>597</td><td>588</td><td>89.5%</td><td>404</td><td>377</td><td>93.3%</td></tr>
<tr><td colspan="2">合计</td><td>2,730</td><td>2,678</td><td>98.1%</td><td>1,925</td><td>1,802</td><td>94.1%</td></tr>
</table>
<p>&emsp;&emsp;<b>二、工作要求</b></p>
<p>&emsp;&emsp;各地要落实首接负责制，7个工作日内办结，对不满意件逐件回访。</p>
<p style="text-align:right">竹浦市人民政府办公室<br>2023年6月8日</p>
</div>
<div class="foot">主办：竹浦市人民政府办公室　网站地图　联系我们　<a href="#" onclick="window.print()">打印本页</a></div>
</body>
</html>
"""

SAMPLES = [
    Sample("saved-page-two-header-rows.html", "a saved page in GB2312 with script, menus, a two-row header; a rate with swapped digits and a total that differs from column and text", HTML, [
        rel("ratio", "98.1%", "2,678 2,730"), rel("ratio", "94.1%", "1,802 1,915"), rel("table-total", "2,730", "612 548 973 597"),
        rel("table-total", "2,678", "604 535 951 588"), rel("table-total", "1,925", "418 391 702 404", "broken"),
        rel("table-total", "1,802", "397 364 664 377"), rel("ratio", "98.7%", "604 612"), rel("ratio", "97.6%", "535 548"),
        rel("ratio", "97.7%", "951 973"), rel("ratio", "89.5%", "588 597", "broken"), rel("ratio", "95.0%", "397 418"),
        rel("ratio", "93.1%", "364 391"), rel("ratio", "94.6%", "664 702"), rel("ratio", "93.3%", "377 404"),
        rel("ratio", "94.1%", "1,802 1,925", "broken"),
        rel("text-table", "1,915", ["1,925"], "broken", "1,925"),
    ], "GB18030", discarded=["打印本页"]),
]

ARTICLE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"><title>通报</title></head><body>
<ol class="path"><li>首页</li><li>政务公开</li></ol>
<h1>{title}</h1>
<p>{addressee}</p>
{body}
<p align="right">{issuer}</p><p align="right">{date}</p>
</body></html>
"""


def saved_archive():
    """A page saved as a web archive: the message that a browser writes, with its page in quoted-printable."""
    title = "滍川县人民政府办公室关于2023年政务服务“好差评”情况的通报"
    first = "2023年，全县收到评价18,264条，其中好评18,191条、差评73条，好评率99.6%。"
    note = "差评73条，其中窗口28条、网上36条、热线9条。"
    rows = [["渠道", "评价（条）", "差评（条）"], ["窗口", "11,302", "28"], ["网上", "5,847", "36"], ["热线", "1,115", "9"], ["合计", "18,264", "73"]]
    cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    html = ARTICLE.format(charset="utf-8", title=title, addressee="各乡镇便民服务中心，县级各部门：", body=f"<p>{first}</p><p>{note}</p><table>{cells}</table>",
                          issuer="滍川县人民政府办公室", date="2024年1月9日")
    message = MIMEMultipart("related", boundary="----MultipartBoundary--0001", type="text/html")
    message["From"], message["Subject"] = "<Saved by Blink>", "saved page"
    page = MIMENonMultipart("text", "html", charset="utf-8")
    page.set_payload(html, charset=QUOTED)
    style = MIMEText("table { border-collapse: collapse }", "css")
    message.attach(page)
    message.attach(style)
    reads = ["首页", "政务公开", title, "各乡镇便民服务中心，县级各部门：", first, note, *("\t".join(r) for r in rows), "滍川县人民政府办公室", "2024年1月9日"]
    return Sample("web-archive.mht", "a page saved as a web archive, in quoted-printable", "\n".join(reads), [
        rel("sum", "18,264", "18,191 73"), rel("ratio", "99.6%", "18,191 18,264"), rel("sum", "73", "28 36 9"),
        rel("table-total", "18,264", "11,302 5,847 1,115"), rel("table-total", "73", "28 36 9"),
    ], reads=reads), message.as_bytes(policy=SMTP)


def numbered_items():
    """List items numbered by the browser, and a figure that a revision deleted."""
    title = "潩河区城市管理局关于2024年第一季度市容检查情况的通报"
    body = ("<p>现将2024年第一季度市容检查情况通报如下：</p><ol style=\"list-style-type: cjk-ideographic\"><li>检查情况。一季度检查点位<del>463</del><ins>436</ins>个，"
            "其中主干道152个、背街小巷198个、农贸市场86个。</li><li>整改情况。发现问题127个，已整改119个，整改率92.7%。</li></ol>"
            "<p>下一步要求：</p><ol start=\"1\"><li>2024年4月30日前整改到位；</li><li>每周巡查1次。</li></ol>")
    html = ARTICLE.format(charset="gb2312", title=title, addressee="各街道办事处：", body=body, issuer="潩河区城市管理局", date="2024年4月8日")
    reads = ["首页", "政务公开", title, "各街道办事处：", "现将2024年第一季度市容检查情况通报如下：",
             "一、检查情况。一季度检查点位463436个，其中主干道152个、背街小巷198个、农贸市场86个。", "二、整改情况。发现问题127个，已整改119个，整改率92.7%。",
             "下一步要求：", "1. 2024年4月30日前整改到位；", "2. 每周巡查1次。", "潩河区城市管理局", "2024年4月8日"]
    text = "\n".join(reads).replace("463436", "436")
    return Sample("numbered-items-and-deleted-text.html", "headings that are numbered by the browser, a deleted figure beside the new one; a rate that is wrong", text + "463", [
        rel("sum", "436", "152 198 86"), rel("ratio", "92.7%", "119 127", "broken"),
    ], "GB18030", discarded=["463"], reads=reads), html.encode("gb18030")


def page_as_workbook():
    """A table of a web system that its server calls a workbook: markup under the extension of Excel."""
    title = "2024年第一季度澴口市投诉举报办理情况表"
    rows = [["单位", "受理（件）", "办结（件）", "办结率"], ["东湖区局", "214", "209", "97.7%"], ["新港区局", "168", "161", "95.8%"], ["市直分局", "93", "93", "100.0%"],
            ["合计", "475", "436", "97.5%"]]
    cells = "".join("<tr>" + "".join(f'<td x:num style="mso-number-format:General">{c}</td>' for c in row) + "</tr>\n" for row in rows)
    html = ('<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><head>'
            '<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><!--[if gte mso 9]><xml><x:ExcelWorkbook></x:ExcelWorkbook></xml><![endif]-->'
            f'</head><body><table border="1"><tr><td colspan="4">{title}</td></tr>\n{cells}</table></body></html>')
    reads = [title, *("\t".join(r) for r in rows)]
    return Sample("page-as-workbook.xls", "a table of a web system under the extension of a workbook; a total with digits swapped against its column and its rate", "\n".join(reads), [
        rel("table-total", "475", "214 168 93"), rel("table-total", "436", "209 161 93", "broken"), rel("ratio", "97.7%", "209 214"),
        rel("ratio", "95.8%", "161 168"), rel("ratio", "100.0%", "93 93"), rel("ratio", "97.5%", "436 475", "broken"),
    ], "GB18030", reads=reads), html.encode("gb18030")


MADE = [saved_archive, numbered_items, page_as_workbook]
