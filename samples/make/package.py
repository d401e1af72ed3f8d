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


STRICT = [
    (b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"),
    (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
    (b"http://schemas.openxmlformats.org/drawingml/2006/main", b"http://purl.oclc.org/ooxml/drawingml/main"),
]


def restricted(raw, main):
    """The same Word document in the strict namespaces, with its main part under another name."""
    source = zipfile.ZipFile(io.BytesIO(raw))
    out = io.BytesIO()
    old = "word/document.xml"
    folder, file = main.rsplit("/", 1)
    with zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            for loose, strict in STRICT:
                data = data.replace(loose, strict)
            if name == "[Content_Types].xml":
                data = data.replace(b"/" + old.encode(), b"/" + main.encode())
            if name == "_rels/.rels":
                data = data.replace(old.encode(), main.encode())
            if name == "word/_rels/document.xml.rels":
                # What the main part names stays in its folder.
                data = re.sub(rb'Target="(?![/.]|\w+:)', b'Target="/word/', data).replace(b'Target="../', b'Target="/')
                name = f"{folder}/_rels/{file}.rels"
            target.writestr(main if name == old else name, data)
    return fixed(out.getvalue())
