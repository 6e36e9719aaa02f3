"""Asks SQLite questions of a table that it has loaded: database, file, repeats; questions on stdin.

A line for each question: the seconds of each repeat, then the numbers of the result.
"""
import csv
import os
import sqlite3
import sys
import time

database, file, repeats = sys.argv[1], sys.argv[2], int(sys.argv[3])
if not os.path.exists(database):
    part = sqlite3.connect(database + ".part")
    with open(file, newline="") as lines:
        reader = csv.reader(lines)
        names = next(reader)
        kinds = {"age": "integer", "days": "integer", "cost": "real"}
        part.execute(f"create table cases ({', '.join(n + ' ' + kinds.get(n, 'text') for n in names)})")
        marks = ",".join("nullif(?, '')" for _ in names)
        part.executemany(f"insert into cases values ({marks})", reader)
    part.commit()
    part.close()
    os.rename(database + ".part", database)
connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
for question in sys.stdin.read().splitlines():
    question = question.replace("date_trunc('month', date)", "substr(date, 1, 7)")
    times, numbers = [], []
    try:
        for _ in range(repeats):
            begin = time.perf_counter()
            rows = connection.execute(question).fetchall()
            times.append(time.perf_counter() - begin)
        numbers = [str(x) for row in rows for x in row if isinstance(x, (int, float))]
    except sqlite3.OperationalError:
        pass
    print(",".join(map(str, times)), " ".join(numbers), sep="\t")
