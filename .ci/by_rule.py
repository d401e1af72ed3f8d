"""How often each rule fired, and how often it was right: by_rule.py GOUJI SAMPLES [FOLDER...] [--json FILE]

SAMPLES holds `truth.json` with the findings that each sample is meant to raise. Each FOLDER holds annotated circulars: NAME.txt
with NAME.json, whose relations carry verdicts. A finding is true if an expected finding or a failing annotated relation has
its rule or its stated figure, or if the annotator's notes name that figure (what cannot come from whole numbers has no
relation of its own there). Errors and warnings are counted; notes are only numbered. Documents without annotation are
left out. `--json` writes the same table for `floor.py`.
"""

import argparse
import json
import os
import re
import subprocess
import sys


def number(surface):
    """The digits of a figure, so that 1,264件 and 1264 are one."""
    found = re.search(r"-?[0-9][0-9,]*(?:\.[0-9]+)?", surface or "")
    return found.group().replace(",", "") if found else (surface or "").strip()


def audit(gouji, path):
    command = [gouji, "audit", "--format", "json", "--fail-on", "never", path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    return json.loads(lines[0]).get("findings", []) if lines else []


def expected_of_sample(entry):
    rules = {f["rule"] for f in entry.get("findings", []) if f.get("rule")}
    figures = {number(f.get("stated")) for f in entry.get("findings", []) + entry.get("rounding", []) if f.get("stated")}
    return rules, figures


def expected_of_annotation(gold):
    figures = set()
    for relation in gold.get("relations", []):
        if relation.get("verdict") != "holds":
            figures.add(number(relation.get("stated")))
    figures |= {number(figure) for figure in re.findall(r"[0-9][0-9,.]*%", gold.get("notes") or "")}
    return ({"text-injected"} if gold.get("spam") else set()), figures


def documents(samples, folders):
    with open(os.path.join(samples, "truth.json"), encoding="utf-8") as file:
        for entry in json.load(file):
            yield os.path.join(samples, entry["file"]), expected_of_sample(entry)
    for folder in folders:
        for name in sorted(os.listdir(folder)):
            gold = os.path.join(folder, os.path.splitext(name)[0] + ".json")
            if name.endswith(".txt") and os.path.exists(gold):
                with open(gold, encoding="utf-8") as file:
                    yield os.path.join(folder, name), expected_of_annotation(json.load(file))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("gouji")
    arguments.add_argument("samples")
    arguments.add_argument("folders", nargs="*")
    arguments.add_argument("--json")
    asked = arguments.parse_args()
    table = {}
    for path, (rules, figures) in documents(asked.samples, asked.folders):
        for finding in audit(asked.gouji, path):
            row = table.setdefault(finding["rule"], {"fired": 0, "true": 0, "false": 0, "notes": 0})
            if finding["severity"] == "note":
                row["notes"] += 1
                continue
            row["fired"] += 1
            right = finding["rule"] in rules or number(finding.get("stated")) in figures
            row["true" if right else "false"] += 1
            if not right and os.environ.get("SHOW"):
                print(f"unexpected: {os.path.basename(path)} {finding['rule']} {finding.get('stated')}")
    print(f"{'rule':28}{'fired':>7}{'true':>7}{'false':>7}{'notes':>7}")
    for rule in sorted(table):
        row = table[rule]
        print(f"{rule:28}{row['fired']:7}{row['true']:7}{row['false']:7}{row['notes']:7}")
    if asked.json:
        with open(asked.json, "w", encoding="utf-8") as file:
            json.dump(table, file, indent=2, sort_keys=True)
            file.write("\n")


if __name__ == "__main__":
    main()
