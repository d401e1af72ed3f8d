"""Holds measured accuracy against the floor: floor.py FLOOR.json SCORE.json MUTATE.txt [--raise]

FLOOR.json names each measure with the least (`at_least`) or the most (`at_most`) that is allowed. Exit status 1 if one
is missed. Where a measure is better than its floor a hint says so; `--raise` writes what was measured as the new
floor, and never lowers it.
"""

import json
import sys


def main():
    arguments = [a for a in sys.argv[1:] if a != "--raise"]
    floor_path, score_path, mutate_path = arguments
    with open(floor_path, encoding="utf-8") as file:
        floor = json.load(file)
    with open(score_path, encoding="utf-8") as file:
        measured = json.load(file)
    with open(mutate_path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("mutation_score: ") and line.split()[1] != "None":
                measured["mutation_score"] = float(line.split()[1])
    missed = False
    better = False
    for side, sign in (("at_least", 1), ("at_most", -1)):
        for name, bound in floor[side].items():
            value = measured.get(name)
            if value is None or sign * (value - bound) < 0:
                print(f"accuracy: {name} is {value}, the floor is {side} {bound}", file=sys.stderr)
                missed = True
            elif value != bound:
                print(f"accuracy: {name} is {value}, better than its floor {bound}")
                floor[side][name] = value
                better = True
    if missed:
        sys.exit(1)
    if better and "--raise" in sys.argv:
        with open(floor_path, "w", encoding="utf-8") as file:
            json.dump(floor, file, indent=2)
            file.write("\n")
    elif better:
        print("accuracy: `just raise-floor` takes what was measured as the new floor")


main()
