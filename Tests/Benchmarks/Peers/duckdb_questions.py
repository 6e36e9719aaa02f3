"""DuckDB with the table loaded: CSV file, repeats. The database is kept beside the file."""
import os
import sys

import duckdb

from asking import ask

file, repeats = sys.argv[1], int(sys.argv[2])
database = file + ".duckdb"
if not os.path.exists(database):
    with duckdb.connect(database + ".part") as connection:
        connection.execute(f"create table cases as select * from '{file}'")
    os.rename(database + ".part", database)
connection = duckdb.connect(database, read_only=True)


def answer(question):
    result = connection.execute(question)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row)) for row in result.fetchall()]


ask(answer, repeats)
