"""Writes an office package again so that its bytes depend on nothing but its content."""

import io
import re
import zipfile

MOMENT = "2024-01-01T00:00:00Z"
STAMP = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?")


def fixed(raw, replace=None):
    """The same package with fixed times, document properties and order.

    `replace` maps part names to functions from bytes to bytes, for what a producer's interface
    does not offer.
    """
    source = zipfile.ZipFile(io.BytesIO(raw))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        names = [n for n in source.namelist() if n != "docProps/thumbnail.jpeg" and not n.endswith("/")]
        # The content types come first, as every producer has it.
        for name in sorted(names, key=lambda n: (n != "[Content_Types].xml", n != "_rels/.rels", n)):
            data = source.read(name)
            if name.startswith("docProps/"):
                data = STAMP.sub(MOMENT.encode(), data)
            if name == "_rels/.rels":
                data = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", data)
            for part, change in (replace or {}).items():
                if part == name:
                    data = change(data)
            entry = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, data)
    return out.getvalue()
