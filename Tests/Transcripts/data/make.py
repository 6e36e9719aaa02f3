#!/usr/bin/env python3
"""Writes forty made-up cases as a SQLite database, cases.db.

They are synthetic. Run in this folder; the same rows come out each time.
"""
import sqlite3

RACES = ["Black", "White", "White", "Black", "Asian", "Black", "White", None]
METHODS = ["patrol", "warrant", "traffic stop"]
rows = [
    (
        f"{n:03d}",
        f"2020-{n % 12 + 1:02d}-{n % 28 + 1:02d}",
        RACES[n % len(RACES)],
        METHODS[n * 7 % 3],
        18 + n * 13 % 50,
    )
    for n in range(1, 41)
]


open("cases.db", "wb").close()
with sqlite3.connect("cases.db") as database:
    database.execute(
        "CREATE TABLE cases (case_id TEXT, received TEXT, race TEXT, method TEXT, age INTEGER)")
    database.executemany("INSERT INTO cases VALUES (?, ?, ?, ?, ?)", rows)

