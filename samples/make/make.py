"""Makes every sample, README.md and truth.json.

    python make.py

Text and web pages need nothing but Python. Documents and workbooks need python-docx and openpyxl
(PyPI), LibreOffice (`soffice`) and, for the documents of a third producer, node with the npm package
`docx`. What is made does not depend on the day: archives are written again with fixed times and
document properties.
"""

import argparse
import codecs
import json
from fnmatch import fnmatch
from pathlib import Path

import archives
import page
import texts_clean
import texts_constructs
import texts_planted
import word_constructs
import word_node
import word_office
import word_old
import word_python
import word_wps
import workbook_95
import workbooks
import workbooks_other
from truth import check, record

HERE = Path(__file__).resolve().parent
OUT = HERE.parent
READS = OUT.parent / "tests" / "reads"


def encoded(text, encoding):
    """The bytes of a text; the encoding's name may end in BOM and in CRLF or CR."""
    words = encoding.split()
    for name, end in (("CRLF", "\r\n"), ("CR", "\r")):
        if name in words:
            text = text.replace("\n", end)
    raw = text.encode(words[0].lower())
    if "BOM" in words:
        raw = {"UTF-8": codecs.BOM_UTF8, "UTF-16LE": codecs.BOM_UTF16_LE}[words[0]] + raw
    return raw


def cell(text):
    """A cell of a Markdown table."""
    return str(text).replace("|", "\\|").replace("\n", " ")


def described(entry):
    """What must be found in a sample, in words."""
    def ties(r):
        what = f"`{r['kind']}`" if r["kind"] else f"`{r['rule']}`"
        arrow = f" → {r['expected']}" if r["expected"] else ""
        return f"{what} {r['stated']}{arrow}" + (" (infeasible)" if r["verdict"] == "infeasible" else "")
    found = "; ".join(ties(r) for r in entry["findings"]) or "nothing"
    notes = "; ".join(ties(r) for r in entry["rounding"])
    return found + (f" (rounding at most: {notes})" if notes else "")


def write_readme(entries):
    """README.md from the truth."""
    lines = [
        "# Samples",
        "",
        "Circulars of the genre with invented places, figures and wording, made by `samples/make/make.py`, which recomputes",
        "every relation it declares. `truth.json` holds the same as data: for each file the relations that must be found",
        "(`findings`), those that only rounding explains (`rounding`, a note at most), and the ones that hold (`holds`).",
        "A file whose entry says `silent` must bring no error and no warning. A finding without `kind` is about an element of the",
        "circular, named by `rule`. `discarded` is text that must not remain in the record.",
        "",
        "Several findings in one file may go back to one planted figure: each relation that it breaks is listed.",
        "",
        "Of the samples that show one construct of their format `tests/reads/` holds, to the letter, what a reader gives back.",
        "",
        "Make them again with `python samples/make/make.py` (python-docx, openpyxl, LibreOffice and the npm package `docx`).",
        "",
        "| file | encoding or producer | shows | must be found: stated → expected |",
        "| --- | --- | --- | --- |",
    ]
    for entry in entries:
        lines.append(f"| `{entry['file']}` | {cell(entry['encoding'])} | {cell(entry['shows'])} | {cell(described(entry))} |")
    lines += [
        "",
        f"`{archives.FILE}` holds two circulars: names in GBK without any mark, as Chinese programs on Windows write them, an archive",
        "inside the archive, and a picture, which is passed over. The circular inside has a total that is 2 too large.",
        "",
        "`compose/` holds a template with its data (`gouji compose samples/compose/mailbox.toml --data samples/compose/mailbox-data.toml",
        "--last samples/compose/mailbox-last.toml -o mailbox.docx`); `docs/compose.md` describes both.",
    ]
    (OUT / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    """Makes them all."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--only", metavar="PATTERN", nargs="+", help="write only samples of these names; the lists are of all")
    only = parser.parse_args().only
    made = [(s, encoded(s.text, s.encoding)) for s in texts_clean.SAMPLES + texts_constructs.SAMPLES + texts_planted.SAMPLES + page.SAMPLES]
    made = [(s, s.damage(raw) if s.damage else raw) for s, raw in made]
    made += [make() for make in word_python.MADE + word_constructs.MADE + word_office.MADE + word_old.MADE + word_wps.MADE + workbooks.MADE + workbooks_other.MADE + workbook_95.MADE + page.MADE] + word_node.made()
    made += list(word_old.paired(made)) + list(workbooks_other.paired(made))
    samples = [sample for sample, _ in made]
    for sample, raw in made:
        check(sample)
        if only and not any(fnmatch(sample.file, pattern) for pattern in only):
            continue
        (OUT / sample.file).write_bytes(raw)
        if sample.reads:
            READS.mkdir(exist_ok=True)
            (READS / f"{sample.file}.txt").write_text("\n".join(sample.reads) + "\n", encoding="utf-8")
    if not only or any(fnmatch(archives.FILE, pattern) for pattern in only):
        (OUT / archives.FILE).write_bytes(archives.made())
    samples.sort(key=lambda s: (s.file.rsplit(".", 1)[1], s.file))
    entries = [record(s) for s in samples]
    (OUT / "truth.json").write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    write_readme(entries)


if __name__ == "__main__":
    main()
