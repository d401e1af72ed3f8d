"""A circular as a browser saved it: scripts, menus, and a table with merged cells."""

from truth import Sample, rel

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
