"""Polars: cold|warm, CSV file, repeats. Cold scans the file for each question; warm holds all columns in
memory, texts as categoricals. The import of Polars is in no time."""
import sys

import polars as pl

from asking import ask

state, file, repeats = sys.argv[1], sys.argv[2], int(sys.argv[3])
c = pl.col
loaded = None
if state == "warm":
    texts = ["agency", "race", "sex", "charge", "method", "neighborhood", "disposition"]
    scan = pl.scan_csv(file, try_parse_dates=True)
    loaded = scan.with_columns(c(texts).cast(pl.Categorical)).collect()


def answer(question):
    cases = pl.scan_csv(file, try_parse_dates=True) if loaded is None else loaded.lazy()
    return eval(question, {"cases": cases, "c": c, "pl": pl}).collect().to_dicts()


ask(answer, repeats)
