"""Texts that show what happens to plain text on its way: pages, blanks, line ends, encodings."""

from truth import Sample, rel

PAGES_HEAD = "崤湖市人民政府办公室关于2022年度政务公开情况的通报"
PAGES = f"""{PAGES_HEAD}

各县（市、区）人民政府，市政府各部门：

    现将2022年度政务公开情况通报如下：

    一、工作情况

    全市共收到政府信息公开申请1,058件，其中市直部门618件、

                                   — 1 —
\f县（市、区）331件、乡镇119件。

    二、工作要求

    各单位要于2023年3月31日前完成整改。

                                   — 2 —
\f崤湖市人民政府办公室
2023年2月17日
"""
PAGES_READS = [PAGES_HEAD, "各县（市、区）人民政府，市政府各部门：", "    现将2022年度政务公开情况通报如下：", "    一、工作情况",
               "    全市共收到政府信息公开申请1,058件，其中市直部门618件、", " " * 35 + "— 1 —", "县（市、区）331件、乡镇119件。",
               "    二、工作要求", "    各单位要于2023年3月31日前完成整改。", " " * 35 + "— 2 —", "崤湖市人民政府办公室", "2023年2月17日"]

COLUMNS = """漯溪县统计局关于2023年前三季度固定资产投资完成情况的通报

各乡镇人民政府，县直有关单位：

前三季度，全县完成固定资产投资48.62亿元，各乡镇完成情况如下：

    单位          计划（亿元）    完成（亿元）    完成率（%）
    白沙镇               16.00           13.86           86.6
    青龙镇               21.50           18.94           88.1
    响水乡                9.80            7.51           76.6
    古渡乡               10.20            8.31           81.5
    合计                 57.50           48.62           84.5

各乡镇要加快项目进度，确保12月底前完成全年计划。

漯溪县统计局
2023年10月18日
"""

ODD = ("\ufeff\u3000\u3000澴岭县人民政府办公室关于2024年5月份“县长信箱”办理情况的通报\u2028各乡镇人民政府，县直各部门：\u2029"
       "\u3000\u3000现将2024年5月份“县长信箱”办理情况通报如下：\u0085\u3000\u3000一、受理情况\u000b"
       "\u3000\u30005月份，共收到来信\u00a021\u200b4\u00a0件，其中咨询类118件、求助类67件、投\u00ad诉类29件；\ue5d2已办结20\u200b8件，办结率97.2%。\r\n"
       "\u3000\u3000二、工作要求\n\u3000\u3000各单位要在5个工作日内办结。\r\n澴岭县人民政府办公室\r\n2024年6月4日\r\n")
ODD_READS = ["\u3000\u3000澴岭县人民政府办公室关于2024年5月份“县长信箱”办理情况的通报", "各乡镇人民政府，县直各部门：",
             "\u3000\u3000现将2024年5月份“县长信箱”办理情况通报如下：", "\u3000\u3000一、受理情况",
             "\u3000\u30005月份，共收到来信\u00a021\u200b4\u00a0件，其中咨询类118件、求助类67件、投\u00ad诉类29件；\ue5d2已办结20\u200b8件，办结率97.2%。",
             "\u3000\u3000二、工作要求", "\u3000\u3000各单位要在5个工作日内办结。", "澴岭县人民政府办公室", "2024年6月4日"]

BIG_ENDIAN = """栾滩市商务局关于2020年第四季度投诉举报办理情况的通报

各县（区）商务局：

第四季度，全市共受理投诉举报372件，其中电话219件、网络106件、来信来访37件。已办结355件，正在办理17件，办结率95.4%。

各地要在15个工作日内反馈办理结果。

栾滩市商务局
2021年1月11日
"""

BROKEN = """滏川县自然资源局关于2019年信访事项办理情况的通报

各自然资源所：

2019年，共受理信访事项147件，其中来信63件、来访52件、网上信访32件。按期办结141件，按期办结率95.9%。

各所要在30日内答复信访人。

滏川县自然资源局
2020年1月8日
"""


def damaged(raw):
    """Two bytes that are none of the encoding, where a transfer broke a character."""
    at = raw.index("各所要".encode("gb18030"))
    return raw[:at] + b"\xff\xff" + raw[at:]


def lines(text):
    """The lines that are not blank."""
    return [line for line in text.split("\n") if line.strip()]


SAMPLES = [
    Sample("pages-and-page-numbers.txt", "text made from PDF: form feeds, page numbers inside a sentence; parts that exceed their total", PAGES, [
        rel("sum", "1,058", "618 331 119", "broken"),
    ], discarded=["— 1 —", "— 2 —"], reads=PAGES_READS),
    Sample("fixed-width-columns.txt", "a table in columns of blanks", COLUMNS, [
        rel("table-total", "57.50", "16.00 21.50 9.80 10.20"), rel("table-total", "48.62", "13.86 18.94 7.51 8.31"), rel("ratio", "86.6", "13.86 16.00"),
        rel("ratio", "88.1", "18.94 21.50"), rel("ratio", "76.6", "7.51 9.80"), rel("ratio", "81.5", "8.31 10.20", "holds"), rel("ratio", "84.5", "48.62 57.50", "rounding"),
        rel("text-table", "48.62", ["48.62"]),
    ], reads=lines(COLUMNS)),
    Sample("odd-blanks-and-line-ends.txt", "five kinds of line end, no-break and ideographic blanks, characters without width inside figures, a private-use character", ODD, [
        rel("ratio", "97.2%", "208 214"),
    ], reads=ODD_READS),
    Sample("utf16-big-endian-without-mark.txt", "UTF-16 without byte order mark, lines ended by CR alone; sources that fall short of their total", BIG_ENDIAN, [
        rel("ratio", "95.4%", "355 372"), rel("sum", "372", "219 106 37", "broken"),
    ], "UTF-16BE CR", reads=lines(BIG_ENDIAN)),
    Sample("undecodable-bytes.txt", "two bytes that are no character of the encoding", BROKEN, [
        rel("sum", "147", "63 52 32"), rel("ratio", "95.9%", "141 147"),
    ], "GB18030", damage=damaged, reads=lines(BROKEN.replace("各所要", "\ufffd\ufffd各所要"))),
]
