"""SQLite with the table loaded: CSV file, repeats. The database is kept beside the file."""
import csv
import os
import sqlite3
import sys

from asking import ask

file, repeats = sys.argv[1], int(sys.argv[2])
database = file + ".sqlite"
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


def answer(question):
    result = connection.execute(question)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row)) for row in result.fetchall()]


ask(answer, repeats)
