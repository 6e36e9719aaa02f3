"""Asks an engine the questions on standard input, each several times, and times the answers.

A line for each question: the seconds of each time, the processor seconds of each, and the rows as JSON.
"""
import json
import sys
import time


def ask(answer, repeats):
    """answer(question) gives rows as dictionaries; what they are made of is read within the time."""
    for question in sys.stdin.read().splitlines():
        walls, processors = [], []
        for _ in range(repeats):
            begin, start = time.perf_counter(), time.process_time()
            rows = answer(question)
            walls.append(time.perf_counter() - begin)
            processors.append(time.process_time() - start)
        print(
            ",".join(map(str, walls)), ",".join(map(str, processors)), json.dumps(rows, default=str),
            sep="\t", flush=True)
