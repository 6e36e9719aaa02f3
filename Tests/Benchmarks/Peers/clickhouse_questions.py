"""Asks ClickHouse (chDB) questions of the CSV file: file, repeats; questions on stdin.

A line for each question: the seconds and processor seconds of each repeat (imports left out), then the
numbers of the result.
"""
import re
import sys
import time

import chdb

file, repeats = sys.argv[1], int(sys.argv[2])
settings = " settings format_csv_null_representation = '', input_format_csv_empty_as_default = 0"
for question in sys.stdin.read().splitlines():
    question = question.replace("from cases", f"from file('{file}', CSVWithNames)") + settings
    times, used = [], []
    for _ in range(repeats):
        begin, start = time.perf_counter(), time.process_time()
        result = str(chdb.query(question, "CSV"))
        times.append(time.perf_counter() - begin)
        used.append(time.process_time() - start)
    numbers = re.findall(r"(?<![\w\"-])-?\d+\.?\d*(?![\w\"-])", result)
    print(",".join(map(str, times)), ",".join(map(str, used)), " ".join(numbers), sep="\t", flush=True)
