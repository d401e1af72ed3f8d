"""How long python-docx takes to write a document, and gouji to read, audit and write it.

    python3 speed.py GOUJI SAMPLE

GOUJI is a release binary, SAMPLE a text. The chain is `gouji run` on one thread over many copies of the sample, without the
start of the process; writing is what it takes longer than `gouji audit` of the same (docx, files and tables of the output folder).
python-docx writes the elements of the record and nothing else. All are taken in turns and the best of each counts, so that a
busy machine does least harm. Last, one document by a process of its own: `gouji compose` against Python that imports python-docx.
"""

import io
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import docx

COPIES = 200
ROUNDS = 5


def seconds(gouji, command, text, n):
    """Seconds for a command over n copies."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in"
        source.mkdir()
        for number in range(n):
            (source / f"{number}.txt").write_bytes(text)
        call = [gouji, "-q", "--threads", "1", command, str(source), "--fail-on", "never"]
        call += ["--out", str(Path(folder) / "out")] if command == "run" else ["--format", "json"]
        start = time.perf_counter()
        subprocess.run(call, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - start


def each(gouji, command, text):
    """Seconds for a document of many."""
    return (seconds(gouji, command, text, COPIES + 1) - seconds(gouji, command, text, 1)) / COPIES


def write(circular):
    """The elements of a record with python-docx."""
    document = docx.Document()
    meta = circular["meta"]
    for key in ("doc_number", "title", "addressee"):
        document.add_paragraph(meta[key] or "")

    def sections(them):
        for section in them:
            document.add_heading((section["label"] or "") + section["title"], section["level"])
            for paragraph in section["body"]:
                document.add_paragraph(paragraph)
            sections(section["sections"])

    for paragraph in circular.get("preamble") or []:
        document.add_paragraph(paragraph)
    sections(circular["sections"])
    for table in circular["tables"]:
        rows = [table["header"], *table["rows"]]
        made = document.add_table(len(rows), max(map(len, rows)))
        for row, cells in zip(made.rows, rows):
            for cell, text in zip(row.cells, cells):
                cell.text = text
    document.add_paragraph(circular["signature"] or "")
    document.add_paragraph(meta["date"] or "")
    out = io.BytesIO()
    document.save(out)
    return out


def alone(call):
    """Seconds of a process, the best of some."""
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        subprocess.run(call, check=True, stdout=subprocess.DEVNULL)
        taken.append(time.perf_counter() - start)
    return min(taken)


def main():
    if sys.argv[1] == "--write":
        write(json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))["circular"])
        return
    gouji, sample = sys.argv[1:]
    text = Path(sample).read_bytes()
    said = subprocess.run([gouji, "-q", "audit", "--format", "json", "--fail-on", "never", sample], check=True, capture_output=True)
    circular = json.loads(said.stdout)["circular"]
    run, audit, theirs = [], [], []
    for _ in range(ROUNDS):
        run.append(each(gouji, "run", text))
        audit.append(each(gouji, "audit", text))
        start = time.perf_counter()
        for _ in range(10):
            write(circular)
        theirs.append((time.perf_counter() - start) / 10)
    run, audit, theirs = min(run), min(audit), min(theirs)
    print(f"python-docx writes a document in {theirs * 1e3:.2f} ms")
    print(f"gouji reads, audits and writes it in {run * 1e3:.2f} ms ({theirs / run:.0f} times)")
    print(f"of which writing takes {(run - audit) * 1e3:.2f} ms ({theirs / (run - audit):.0f} times)")
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "record.json"
        record.write_bytes(said.stdout)
        ours = alone([gouji, "-q", "compose", str(record), "-o", str(Path(folder) / "out.docx")])
        theirs = alone([sys.executable, __file__, "--write", str(record)])
    print(f"a process for one document: python-docx {theirs * 1e3:.0f} ms, gouji compose {ours * 1e3:.1f} ms ({theirs / ours:.0f} times)")


main()
