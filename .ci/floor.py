"""Holds measured accuracy against the floor: floor.py FLOOR.json SCORE.json MUTATE.txt [RULES.json] [--raise]

FLOOR.json names each measure with the least (`at_least`) or the most (`at_most`) that is allowed, and under `rules` how
many findings of each rule are true (the least) and false (the most), after the table that `by_rule.py --json` writes.
Exit status 1 if one is missed. Where a measure is better than its floor a hint says so; `--raise` writes what was
measured as the new floor, and never lowers it.
"""

import argparse
import json
import sys


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


class Floor:
    """The bounds, and what became of them."""

    def __init__(self, bounds):
        self.bounds = bounds
        self.missed = False
        self.better = False

    def hold(self, bounds, key, value, least, name):
        """Holds `value` against `bounds[key]`, the least or else the most that is allowed."""
        bound = bounds[key]
        if value is None or (value < bound if least else value > bound):
            print(f"accuracy: {name} is {value}, the floor is at {'least' if least else 'most'} {bound}", file=sys.stderr)
            self.missed = True
        elif value != bound:
            print(f"accuracy: {name} is {value}, better than its floor {bound}")
            bounds[key] = value
            self.better = True

    def measures(self, measured):
        for side in ("at_least", "at_most"):
            for name in self.bounds[side]:
                self.hold(self.bounds[side], name, measured.get(name), side == "at_least", name)

    def rules(self, table):
        """A rule without an entry has no true findings yet and may have no false ones."""
        floors = self.bounds.setdefault("rules", {})
        for rule in sorted({*floors, *table}):
            fired = table.get(rule, {"true": 0, "false": 0})
            floor = floors.get(rule, {"true": 0, "false": 0})
            self.hold(floor, "true", fired["true"], True, f"true findings of {rule}")
            self.hold(floor, "false", fired["false"], False, f"false findings of {rule}")
            if floor["true"] or floor["false"]:
                floors[rule] = floor
        self.bounds["rules"] = dict(sorted(floors.items()))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("floor")
    arguments.add_argument("score")
    arguments.add_argument("mutate")
    arguments.add_argument("rules", nargs="?")
    arguments.add_argument("--raise", dest="raised", action="store_true")
    asked = arguments.parse_args()

    measured = read(asked.score)
    with open(asked.mutate, encoding="utf-8") as file:
        for line in file:
            if line.startswith("mutation_score: ") and line.split()[1] != "None":
                measured["mutation_score"] = float(line.split()[1])
    floor = Floor(read(asked.floor))
    floor.measures(measured)
    if asked.rules:
        floor.rules(read(asked.rules))
    if floor.missed:
        sys.exit(1)
    if floor.better and asked.raised:
        with open(asked.floor, "w", encoding="utf-8") as file:
            json.dump(floor.bounds, file, indent=2)
            file.write("\n")
    elif floor.better:
        print("accuracy: `just raise-floor` takes what was measured as the new floor")


main()
