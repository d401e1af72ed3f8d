"""Documents made with the npm package `docx`, by word_node.js."""

import json
import os
import subprocess
import tempfile
from pathlib import Path

from package import fixed
from truth import Sample, rel

HERE = Path(__file__).resolve().parent


def made():
    """The samples with their bytes. NODE_PATH names the folder that holds the package `docx`."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["node", str(HERE / "word_node.js"), folder], check=True, env=os.environ)
        raw = {path.name: fixed(path.read_bytes()) for path in Path(folder).iterdir()}
    data = json.loads((HERE / "word_node.json").read_text(encoding="utf-8"))
    text = {key: json.dumps(value, ensure_ascii=False) for key, value in data.items()}
    samples = [
        Sample("mailbox-months-and-quarter.docx", "months that exceed their quarter; shares in parentheses; automatic numbers of another producer", text["mailbox"], [
            rel("sum", "428", "131 156 151", "broken"), rel("sum", "428", "173 142 81 32"), rel("ratio", "40.4%", "173 428"),
            rel("ratio", "33.2%", "142 428"), rel("ratio", "18.9%", "81 428"), rel("ratio", "7.5%", "32 428"),
            rel("share-sum", "100%", "40.4% 33.2% 18.9% 7.5%"), rel("ratio", "98.6%", "422 428"),
        ], "docx (npm)"),
        Sample("footnote-and-nested-table.docx", "a footnote, a total row over two columns, an empty form nested in a table", text["footnote"], [
            rel("sum", "1,240", "1,223 17"), rel("ratio", "98.6%", "1,223 1,240"), rel("table-total", "1,240", "328 296 271 345"),
            rel("table-total", "1,223", "325 290 268 340"), rel("table-total", "17", "3 6 3 5"), rel("ratio", "99.1%", "325 328"),
            rel("ratio", "98.0%", "290 296"), rel("ratio", "98.9%", "268 271"), rel("ratio", "98.6%", "340 345"),
        ], "docx (npm)"),
    ]
    return [(sample, raw[sample.file]) for sample in samples]
