"""Asks Docket random questions about random offices, and prints every figure that is not the one due.

    python3 compare.py DOCKET FIRST-LAST [QUESTIONS OF EACH KIND] [KIND]

For instance `python3 compare.py .build/release/docket 100-160 3`. Each seed is an office of its own. Needs
the packages of requirements.txt; nothing of this runs in `make test`, which holds Docket to expected.json.
"""

import json
import math
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from office import Office
from questions import Questions

SHOWN = 3  # questions of a kind that are printed


def documents(text):
    decoder, at = json.JSONDecoder(), 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        if at >= len(text):
            return
        document, at = decoder.raw_decode(text, at)
        yield document


def same(got, due):
    if due is ...:
        return True
    if due is None or isinstance(due, float) and math.isnan(due):
        return got is None
    if isinstance(due, bool):
        return got is due
    if math.isinf(due):
        return got is None
    return got is not None and abs(got - due) <= max(1e-9, 2e-6 * abs(due))


def name(value):
    return None if value is None else str(value)


def found(figure, answer):
    """The figure of an answer with this id and group; those of a mark have the mark in theirs."""
    group = {key: name(value) for key, value in figure["group"].items()}
    for other in answer["figures"]:
        theirs = {key: name(value) for key, value in other["group"].items()}
        theirs.pop("mark", None)
        if other["id"] == figure["id"] and theirs == group:
            return other
    return None


def differences(due, answer):
    for figure in due:
        got = found(figure, answer)
        if got is None:
            if figure["value"] is not None and any(
                figure[part] not in (..., 0) for part in ("value", "low", "n")
            ):
                yield f"no {figure['id']} {figure['group']}: {figure['value']} is due"
            continue
        for part in ("value", "low", "high", "n", "of"):
            if not same(got[part], figure[part]):
                yield f"{figure['id']} {figure['group']} {part}: {got[part]}, due {figure[part]}"
    ids = {figure["id"] for figure in due}
    expected = [found(figure, answer) for figure in due]
    for got in answer["figures"]:
        if (
            got["id"] in ids
            and got["value"] not in (0, None)
            and not any(got is x for x in expected)
        ):
            yield f"not due: {got['id']} {got['group']} {got['value']}"


def answers(docket, folder, lines, asked):
    """The answer to each question, or the problem."""
    script, places = list(lines), []
    for before, text, _ in asked:
        script += before + [text]
        places.append(len(script))
    with open(f"{folder}/questions.docket", "w") as file:
        file.write("\n".join(script) + "\n")
    command = [
        Path(docket).resolve(),
        "-X",
        "run",
        "questions.docket",
        "--format",
        "json",
        "--errors",
        "json",
    ]
    run = subprocess.run(
        command + ["--on-error", "continue"], cwd=folder, capture_output=True, text=True
    )
    problems = {}
    for line in run.stderr.splitlines():
        if line.startswith("{"):
            problem = json.loads(line)["error"]
            problems[problem.get("line")] = problem
        elif line.strip():
            print(line)
    rest = documents(run.stdout)
    for place in places:
        yield problems.get(place) or next(rest)


def main(docket, seeds, of_each=3, only=None):
    asked, compared, differing = Counter(), Counter(), Counter()
    first, last = (int(seed) for seed in seeds.split("-"))
    for seed in range(first, last + 1):
        with tempfile.TemporaryDirectory() as folder:
            office = Office(seed, folder)
            asker = Questions(office)
            kinds = [only] if only else Questions.kinds()
            questions = [(kind, asker.ask(kind)) for kind in kinds for _ in range(int(of_each))]
            questions = [(kind, question) for kind, question in questions if question]
            got = answers(docket, folder, office.lines, [question for _, question in questions])
            for (kind, (_, text, due)), answer in zip(questions, got):
                asked[kind] += 1
                if "figures" not in answer:
                    isDue = due in ("nothing", answer["id"])
                    isEmpty = answer["id"] in ("nothing-counted", "all-unknown")
                    lines = [] if isDue or isEmpty else [answer["message"]]
                elif isinstance(due, str):
                    lines = [f"answered, {due} is due"]
                else:
                    compared[kind] += len(due)
                    lines = list(differences(due, answer))
                if lines:
                    differing[kind] += 1
                    if differing[kind] <= SHOWN:
                        print(f"[{seed}] {text}", *lines[:6], sep="\n    ")
    print(f"{'':16}questions  figures  differing")
    for kind in sorted(asked):
        print(f"{kind:16}{asked[kind]:9}{compared[kind]:9}{differing[kind]:11}")
    totals = (sum(counts.values()) for counts in (asked, compared, differing))
    print("{:16}{:9}{:9}{:11}".format("all", *totals))


if __name__ == "__main__":
    main(*sys.argv[1:])
