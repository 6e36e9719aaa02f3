"""Asks DuckDB questions of a table that it has loaded: database, file, repeats; questions on stdin.

A line for each question: the seconds of each repeat, then the numbers of the result.
"""
import os
import sys
import time

import duckdb

database, file, repeats = sys.argv[1], sys.argv[2], int(sys.argv[3])
if not os.path.exists(database):
    with duckdb.connect(database + ".part") as connection:
        connection.execute(f"create table cases as select * from '{file}'")
    os.rename(database + ".part", database)
connection = duckdb.connect(database, read_only=True)
for question in sys.stdin.read().splitlines():
    times = []
    for _ in range(repeats):
        begin = time.perf_counter()
        rows = connection.execute(question).fetchall()
        times.append(time.perf_counter() - begin)
    numbers = [str(x) for row in rows for x in row if isinstance(x, (int, float)) or "." in str(x)]
    print(",".join(map(str, times)), " ".join(numbers), sep="\t")
