"""ClickHouse as a library (chDB): cold|warm, CSV file, repeats. Cold reads the file for each question;
warm holds a table in memory. The import of chDB is in no time."""
import json
import sys

from chdb import session

from asking import ask

state, file, repeats = sys.argv[1], sys.argv[2], int(sys.argv[3])
connection = session.Session()
connection.query("set input_format_csv_empty_as_default = 0")
connection.query("set format_csv_null_representation = ''")
scan = f"file('{file}', CSVWithNames)"
if state == "warm":
    connection.query(f"create table cases engine = Memory as select * from {scan}")


def answer(question):
    if state == "cold":
        question = question.replace("from cases", f"from {scan}")
    return [json.loads(line) for line in str(connection.query(question, "JSONEachRow")).splitlines()]


ask(answer, repeats)
