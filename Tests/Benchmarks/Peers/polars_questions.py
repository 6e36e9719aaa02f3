"""Asks Polars questions: cold|warm, file, repeats; questions on stdin.

Cold scans the CSV for each; warm holds all columns in memory, texts as categoricals.
A line for each question: the seconds of each repeat (imports left out), then the numbers.
"""
import sys
import time

import polars as pl

state, file, repeats = sys.argv[1], sys.argv[2], int(sys.argv[3])
c = pl.col
scan = pl.scan_csv(file, try_parse_dates=True)
if state == "warm":
    frame = scan.with_columns(
        c("agency", "race", "sex", "charge", "method", "neighborhood", "disposition")
        .cast(pl.Categorical)
    ).collect()
    cases = frame.lazy()
for question in sys.stdin.read().splitlines():
    times = []
    for _ in range(repeats):
        begin = time.perf_counter()
        if state == "cold":
            cases = pl.scan_csv(file, try_parse_dates=True)
        result = eval(question).collect()
        times.append(time.perf_counter() - begin)
    numbers = [str(x) for row in result.rows() for x in row if isinstance(x, (int, float))]
    print(",".join(map(str, times)), " ".join(numbers), sep="\t")
