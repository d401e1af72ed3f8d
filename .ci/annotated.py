"""Annotated copies, opened by readers that share no code with this program.

    python3 annotated.py AUDIT.jsonl SOURCES ANNOTATED [--office]

AUDIT.jsonl   what `gouji audit --format json` says of the folder SOURCES
ANNOTATED     what `gouji annotate` made of it
--office      LibreOffice opens the copies, too

For each docx: python-docx opens the copy; it has as many comments by gouji as there are findings, beside those of the
source; each stands around the figure of its finding (on a text box: around the drawing that holds it); paragraphs and
tables read as they did; entries of the package that comments do not need are the same byte for byte. For any other
format the regenerated docx has a comment for each finding, on its figure. LibreOffice must show each comment with its author,
and the text that it shows of copy and source must be the same.
"""

import collections
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
# Parts that take a comment: the marks, the comments, what says that they are there.
TOUCHED = {
    "word/document.xml",
    "word/comments.xml",
    "word/_rels/document.xml.rels",
    "[Content_Types].xml",
}


def squash(text):
    """Digits and letters; the marks between them may have been widened in a regenerated document."""
    return re.sub(r"[\W_]+", "", text or "")


def ranges(body):
    """The characters inside each comment's range, by the id of the comment. A text box stands twice: the first counts."""
    open_ids, texts = [], collections.defaultdict(str)

    def walk(element):
        if element.tag == "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent":
            children = list(element)[:1]
        else:
            children = list(element)
        if element.tag == W + "commentRangeStart":
            open_ids.append(element.get(W + "id"))
        elif element.tag == W + "commentRangeEnd":
            if element.get(W + "id") in open_ids:
                open_ids.remove(element.get(W + "id"))
        elif element.tag in (W + "t", W + "delText") and element.text:
            for it in open_ids:
                texts[it] += element.text
        for child in children:
            walk(child)

    walk(body)
    return texts


def text_of(document):
    """All paragraphs and cells, in order."""
    out = [p.text for p in document.paragraphs]
    for table in document.tables:
        out += ["\t".join(cell.text for cell in row.cells) for row in table.rows]
    return out


def entries(path):
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def check(found, source, copy):
    """What is wrong with the copy of one document."""
    wrong = []
    document = docx.Document(str(copy))
    comments = list(document.comments)
    own = [c for c in comments if c.author == "gouji"]
    if len(own) != len(found["findings"]):
        wrong.append(f"{len(own)} comments for {len(found['findings'])} findings")
    texts = ranges(document.element.body)
    everything = squash("".join(document.element.body.itertext()))
    # Which comment is whose: by the message in it.
    for comment in own:
        marked = squash(texts.get(str(comment.comment_id)))
        said = "\n".join(p.text for p in comment.paragraphs)
        its = [f for f in found["findings"] if f["message"] in said or f["message_en"] in said]
        if not its:
            wrong.append(f"a comment of no finding: {said[:60]}")
        elif not any(on_its_words(f, marked) or gone(f, everything) for f in its):
            wrong.append(f"a comment around {marked[:40]!r}: {said[:60]}")
    if source.suffix == ".docx":
        before = docx.Document(str(source))
        if text_of(before) != text_of(document):
            wrong.append("the text is another")
        others = [(c.author, c.text) for c in before.comments]
        if others != [(c.author, c.text) for c in comments if c.author != "gouji"][: len(others)]:
            wrong.append("a comment of the source is gone")
        a, b = entries(source), entries(copy)
        changed = {name for name in a.keys() | b.keys() if a.get(name) != b.get(name)} - TOUCHED
        if changed:
            wrong.append(f"changed: {sorted(changed)}")
    return wrong


def on_its_words(finding, marked):
    """The comment is around the figure that the finding is on; without one, around words of its quotation."""
    stated = squash(finding["stated"])
    if stated and stated in marked:
        return True
    # A comment may have to stand on less than the whole figure, or on a whole paragraph.
    return bool(marked) and (marked in squash(finding["quote"]) or squash(finding["quote"]) in marked)


def gone(finding, everything):
    """What was set aside, an advertisement, is not in a regenerated document: its comment stands on the title."""
    return squash(finding["stated"] or finding["quote"]) not in everything


def is_strict(path):
    """Whether a document is in the strict namespaces of ISO 29500."""
    return any(b"purl.oclc.org/ooxml/wordprocessingml" in part for name, part in entries(path).items() if name.endswith(".xml"))


def shown(path, folder):
    """What LibreOffice shows: the text without the comments, and the comments with their authors."""
    call = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "fodt"]
    subprocess.run(call + ["--outdir", str(folder), str(path)], check=True, capture_output=True, timeout=300)
    body = ElementTree.parse(folder / (path.stem + ".fodt")).getroot().find(OFFICE + "body")
    notes = []
    for parent in list(body.iter()):
        for child in list(parent):
            if child.tag == OFFICE + "annotation":
                notes.append((child.findtext(DC + "creator"), "".join(child.itertext())))
                # The text behind the annotation belongs to the paragraph.
                for part in list(child):
                    child.remove(part)
                child.text = None
    return squash("".join(body.itertext())), notes


def main():
    args = [a for a in sys.argv[1:] if not a.startswith("--")]
    audit, sources, annotated = (Path(a) for a in args)
    office = "--office" in sys.argv
    failed = done = 0
    for line in audit.read_text(encoding="utf-8").splitlines():
        found = json.loads(line)
        path = found["source"]["path"]
        source = sources / path
        kept = (annotated / path).exists()
        copy = annotated / (path if kept else path + ".docx")
        # Notes on cells are another matter; python-docx opens neither templates nor macros nor the strict namespaces.
        if kept and source.suffix != ".docx" or kept and is_strict(source):
            continue
        wrong = check(found, source, copy)
        if office and found["findings"]:
            with tempfile.TemporaryDirectory() as folder:
                text, notes = shown(copy, Path(folder))
                own = [note for author, note in notes if author == "gouji"]
                if len(own) != len(found["findings"]):
                    wrong.append(f"LibreOffice shows {len(own)} comments for {len(found['findings'])} findings")
                if source.suffix == ".docx" and text != shown(source, Path(folder))[0]:
                    wrong.append("LibreOffice shows another text")
        done += 1
        failed += bool(wrong)
        for what in wrong:
            print(f"{path}: {what}")
    print(f"{done} annotated copies, {failed} with something wrong")
    return 1 if failed or not done else 0


if __name__ == "__main__":
    sys.exit(main())
