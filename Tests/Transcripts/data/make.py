#!/usr/bin/env python3
"""Writes the same forty made-up cases as a database, a workbook, records and two part files.

They are synthetic. Run in this folder; the same files come out each time.
"""
import json
import sqlite3
import zipfile

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
NAMES = ["case_id", "received", "race", "method", "age"]


def csv(path, part):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(",".join(NAMES) + "\n")
        for row in part:
            file.write(",".join("" if cell is None else str(cell) for cell in row) + "\n")


csv("part-1.csv", rows[:20])
csv("part-2.csv", rows[20:])

with open("cases.ndjson", "w", encoding="utf-8", newline="\n") as file:
    for row in rows:
        record = {name: cell for name, cell in zip(NAMES, row) if cell is not None}
        file.write(json.dumps(record) + "\n")

with open("cases.json", "w", encoding="utf-8", newline="\n") as file:
    cases = [
        {"case_id": r[0], "received": r[1], "person": {"race": r[2], "age": r[4]}, "method": r[3]}
        for r in rows
    ]
    json.dump({"cases": cases}, file, indent=1)
    file.write("\n")

open("cases.db", "wb").close()
with sqlite3.connect("cases.db") as database:
    database.execute(
        "CREATE TABLE cases (case_id TEXT, received TEXT, race TEXT, method TEXT, age INTEGER)")
    database.executemany("INSERT INTO cases VALUES (?, ?, ?, ?, ?)", rows)


def sheet():
    lines = []
    for number, row in enumerate([NAMES] + rows, start=1):
        cells = []
        for column, cell in zip("ABCDE", row):
            if cell is None:
                continue
            place = f'r="{column}{number}"'
            if isinstance(cell, int):
                cells.append(f"<c {place}><v>{cell}</v></c>")
            else:
                cells.append(f'<c {place} t="inlineStr"><is><t>{cell}</t></is></c>')
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<sheetData>{"".join(lines)}</sheetData></worksheet>'
    )


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{SHEET}.worksheet+xml"/>'
        "</Types>"
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="cases" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
    "xl/worksheets/sheet1.xml": sheet(),
}
with zipfile.ZipFile("cases.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
    for name, text in PARTS.items():
        entry = zipfile.ZipInfo(name, date_time=(2020, 1, 1, 0, 0, 0))
        entry.compress_type = zipfile.ZIP_DEFLATED
        book.writestr(entry, '<?xml version="1.0" encoding="UTF-8"?>\n' + text)
