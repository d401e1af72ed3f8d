"""Archives of documents: a .zip whose names are in GBK, as Chinese programs on Windows wrote them, with another one inside."""

import io
import zipfile

FILE = "gbk-names-and-nested-archive.zip"


class GbkName(zipfile.ZipInfo):
    """An entry whose name is in GBK, and not declared to be in UTF-8."""

    def _encodeFilenameFlags(self):
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def packed(entries):
    """A .zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, data in entries:
            entry = GbkName(name, (2024, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, data)
    return out.getvalue()


def circular(quarter, total, parts):
    """A short circular in GB18030."""
    listed = "、".join(f"{name}{n}件" for name, n in parts)
    return f"潭口县政务服务中心关于2024年第{quarter}季度来信办理情况的通报\r\n\r\n各科室：\r\n第{quarter}季度共收到来信{total}件，其中：{listed}。\r\n".encode("gb18030")


def made():
    """The archive: one circular in a folder, one, whose total is wrong, in an archive inside, and a file that is no document."""
    inner = packed([("第二季度.txt", circular("二", 85, [("咨询", 52), ("投诉", 31)]))])
    return packed([
        ("通报/第一季度.txt", circular("一", 74, [("咨询", 45), ("投诉", 29)])),
        ("通报/往期.zip", inner),
        ("通报/封面.png", b"\x89PNG\r\n\x1a\n"),
    ])
