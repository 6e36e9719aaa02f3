"""Asks DuckDB questions of a table that it has loaded: file, repeats; questions on stdin.

A line for each question: the seconds and processor seconds of each repeat, then the numbers of the result.
"""
import os
import sys
import time

import duckdb

file, repeats = sys.argv[1], int(sys.argv[2])
database = file + ".duckdb"
if not os.path.exists(database):
    with duckdb.connect(database + ".part") as connection:
        connection.execute(f"create table cases as select * from '{file}'")
    os.rename(database + ".part", database)
connection = duckdb.connect(database, read_only=True)
for question in sys.stdin.read().splitlines():
    times, used = [], []
    for _ in range(repeats):
        begin, start = time.perf_counter(), time.process_time()
        rows = connection.execute(question).fetchall()
        times.append(time.perf_counter() - begin)
        used.append(time.process_time() - start)
    numbers = [str(x) for row in rows for x in row if isinstance(x, (int, float)) or "." in str(x)]
    print(",".join(map(str, times)), ",".join(map(str, used)), " ".join(numbers), sep="\t", flush=True)
