"""Writes the offices and the figures that are due: offices/ and expected.json, which `make test` reads.

    python3 record.py

Figures are computed here from the same files, by the packages of requirements.txt and by published
formulas; Docket has no part in it.
"""

import importlib.metadata
import json
import math
import shutil
from pathlib import Path

from office import Office
from questions import Questions

HERE = Path(__file__).parent
SEEDS = [9, 13, 19, 25, 26, 36]
OF_EACH = 2
MOST_FIGURES = 10


def number(value):
    """`any` is not compared; no value, and one that nothing bounds, are null."""
    if value is ...:
        return "any"
    if value is None or isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, bool):
        return int(value)
    return int(value) if float(value).is_integer() else float(f"{float(value):.12g}")


def is_due(figure):
    return any(figure[part] is not ... for part in ("value", "low", "n"))


def row(figure):
    group = {key: None if value is None else str(value) for key, value in figure["group"].items()}
    return [figure["id"], group] + [number(figure[x]) for x in ("value", "low", "high", "n", "of")]


def questions(asker):
    """Those that have figures or a problem due; a figure of nothing needs no line in an answer."""
    for kind in Questions.kinds():
        for _ in range(OF_EACH):
            asked = asker.ask(kind)
            if not asked or asked[2] == "nothing":
                continue
            before, text, due = asked
            if isinstance(due, str):
                yield {"before": before, "ask": text, "problem": due}
                continue
            due = [figure for figure in due if figure["value"] not in (None, 0) and is_due(figure)]
            if len(due) > MOST_FIGURES:  # those of the first groups, and what is said of all
                due = due[: MOST_FIGURES // 2] + due[-MOST_FIGURES // 2 :]
            if due:
                yield {"before": before, "ask": text, "figures": [row(figure) for figure in due]}


def main():
    shutil.rmtree(HERE / "offices", ignore_errors=True)
    offices = []
    for seed in SEEDS:
        office = Office(seed, HERE / "offices" / str(seed))
        offices.append(
            {"folder": str(seed), "lines": office.lines, "asks": list(questions(Questions(office)))}
        )
    packages = ["numpy", "scipy", "statsmodels", "lifelines"]
    how = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in packages)
    with open(HERE / "expected.json", "w") as file:
        file.write('{"how": ' + json.dumps(how) + ', "offices": [\n')
        for index, office in enumerate(offices):
            asks = office.pop("asks")
            head = json.dumps(office, ensure_ascii=False)[:-1]
            body = ",\n".join("  " + json.dumps(ask, ensure_ascii=False) for ask in asks)
            end = "" if index == len(offices) - 1 else ","
            file.write(f'{head}, "asks": [\n{body}\n]}}{end}\n')
        file.write("]}\n")


if __name__ == "__main__":
    main()
