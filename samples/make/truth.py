"""What each sample holds, stated once and recomputed.

A relation is written as kind, stated figure and operands, all as printed. Arithmetic kinds are
recomputed here in exact fractions, so that a slip of the author shows up when the samples are made,
not when they are used: the verdict declared must be the verdict computed, and every figure named
must stand in the text of its sample.
"""

import re
from dataclasses import dataclass, field
from fractions import Fraction

ARITHMETIC = {"sum", "table-total", "difference", "ratio", "share-sum", "average", "change", "repeat"}


@dataclass
class Relation:
    """One tie between figures, as the audit should report it."""

    kind: str
    stated: str
    operands: list
    verdict: str = "holds"
    expected: str | None = None
    rule: str | None = None  # for a finding that is no relation: docno-form, text-injected, date-valid


@dataclass
class Sample:
    """One circular: its file name, what it shows, its text as a reader should see it, and its truth."""

    file: str
    shows: str
    text: str
    relations: list
    encoding: str = "UTF-8"
    discarded: list = field(default_factory=list)  # text that must not remain in the record
    reads: list | None = None  # to the letter, what a reader gives back: paragraphs, and rows with tabs between cells
    damage: object = None  # what happens to the bytes of a text at the very end


def rel(kind, stated, operands, verdict="holds", expected=None):
    """A relation; operands as a list, or as one string split at white space."""
    operands = operands.split() if isinstance(operands, str) else list(operands)
    return Relation(kind, stated, operands, verdict, expected)


def part(rule, stated, expected=None, verdict="broken"):
    """A finding about an element of the circular rather than about a relation of figures."""
    return Relation(None, stated, [], verdict, expected, rule)


def number(printed):
    """The value of a printed figure and how many decimals it shows."""
    found = re.search(r"[-−]?\d[\d,]*(?:\.(\d+))?", printed)
    if not found:
        raise ValueError(f"no figure in {printed!r}")
    value = Fraction(found.group().replace(",", "").replace("−", "-"))
    return value, len(found.group(1) or "")


def rounded(value, decimals):
    """Rounded half up, as a printed string."""
    sign, value = ("-" if value < 0 else ""), abs(value)
    scaled = int(value * 10**decimals + Fraction(1, 2))
    digits = str(scaled).rjust(decimals + 1, "0")
    return sign + (digits[:-decimals] + "." + digits[-decimals:] if decimals else digits)


def computed(relation):
    """The verdict and the expected figure that the operands give."""
    stated, decimals = number(relation.stated)
    values = [number(o)[0] for o in relation.operands]
    slack = sum(Fraction(1, 2 * 10 ** number(o)[1]) for o in relation.operands if number(o)[1])
    tail = re.sub(r"^.*\d", "", relation.stated)
    kind = relation.kind
    if kind in ("sum", "table-total"):
        true = sum(values)
    elif kind == "difference":
        true = values[0] - sum(values[1:])
    elif kind == "ratio":
        scale = 1000 if "‰" in tail else 100
        true, slack = values[0] / sum(values[1:]) * scale, 0
    elif kind == "average":
        true, slack = values[0] / values[1], 0
    elif kind == "change":
        if "百分点" in tail:
            true = abs(values[0] - values[1])
        else:
            true, slack = abs(values[0] - values[1]) / values[1] * 100, 0
    elif kind == "repeat":
        true = values[0]
    elif kind == "share-sum":
        true, unit = sum(values), Fraction(1, 2 * 10 ** number(relation.operands[0])[1])
        gap = abs(true - 100)
        width = max(number(o)[1] for o in relation.operands)
        return ("holds", "100%") if gap <= unit * len(values) else ("broken", rounded(true, width) + "%")
    else:
        raise ValueError(kind)
    expected = rounded(true, decimals)
    unit = Fraction(1, 10**decimals)
    if number(expected)[0] == stated:
        verdict = "holds"
    elif kind in ("ratio", "average", "change") and abs(true - stated) < unit:
        verdict = "rounding"
    elif slack and abs(true - stated) <= slack + unit / 2:
        verdict = "rounding"
    else:
        verdict = "broken"
    return verdict, expected + tail


def check(sample):
    """Fails when the declared truth of a sample is not so; fills in expected figures."""
    flat = re.sub(r"[\s\u00ad\u200b]+", "", sample.text)
    for relation in sample.relations:
        where = f"{sample.file}: {relation.kind or relation.rule} {relation.stated}"
        named = [] if relation.kind == "share-sum" else [relation.stated]
        if relation.kind in ARITHMETIC and relation.kind not in ("ratio", "average"):
            named += relation.operands
        for printed in named:
            if re.sub(r"\s+", "", printed) not in flat:
                raise SystemExit(f"{where}: {printed!r} does not stand in the text")
        if relation.kind in ARITHMETIC and relation.verdict != "infeasible":
            verdict, expected = computed(relation)
            if verdict != relation.verdict:
                raise SystemExit(f"{where}: declared {relation.verdict}, computed {verdict} ({expected})")
            relation.expected = relation.expected or expected
        elif relation.kind == "count":
            verdict = "holds" if int(number(relation.stated)[0]) == len(relation.operands) else "broken"
            if verdict != relation.verdict:
                raise SystemExit(f"{where}: {len(relation.operands)} names listed")
            relation.expected = relation.expected or str(len(relation.operands))
            for name in relation.operands:
                if name not in flat:
                    raise SystemExit(f"{where}: {name!r} does not stand in the text")
        elif relation.kind and relation.expected is None and relation.verdict == "holds":
            relation.expected = relation.stated
    for text in sample.discarded:
        if re.sub(r"\s+", "", text) not in flat:
            raise SystemExit(f"{sample.file}: {text!r} does not stand in the text")


def record(sample):
    """The sample's entry in truth.json."""
    rows = [
        {k: v for k, v in (("kind", r.kind), ("rule", r.rule), ("verdict", r.verdict), ("stated", r.stated),
                           ("operands", r.operands), ("expected", r.expected)) if k != "rule" or v}
        for r in sample.relations
    ]
    findings = [r for r in rows if r["verdict"] in ("broken", "infeasible")]
    return {
        "file": sample.file,
        "format": sample.file.rsplit(".", 1)[1],
        "encoding": sample.encoding,
        "shows": sample.shows,
        "silent": not findings,
        "findings": findings,
        "rounding": [r for r in rows if r["verdict"] == "rounding"],
        "holds": [r for r in rows if r["verdict"] == "holds"],
        "discarded": sample.discarded,
    }
