extension PluginTemplate {
  static let python = #"""
    #!/usr/bin/env python3
    """Cases of NAME. One message a line: requests come in, answers go out, all else to stderr."""
    import json
    import sys

    FIELDS = [
        {"name": "case_id", "type": "code"},
        {"name": "race", "type": "category", "missing": ["U"]},
        {"name": "received", "type": "date"},
    ]
    ROWS = [
        ["007", "Black", "2021-04-01"],
        ["008", "White", "2021-04-02"],
        ["009", "U", None],
    ]


    def reply(request, **members):
        print(json.dumps({"id": request["id"], **members}, ensure_ascii=False), flush=True)


    def fail(request, code, message):
        reply(request, error={"code": code, "message": message})


    def scan(request):
        names = [field["name"] for field in FIELDS]
        places = [names.index(name) for name in request["fields"]]
        for start in range(0, len(ROWS), 1000):
            rows = ROWS[start:start + 1000]
            reply(request, rows=[[row[place] for place in places] for row in rows])
        reply(request, end=True, count=len(ROWS))


    for request in map(json.loads, sys.stdin):
        operation = request["op"]
        if operation == "hello":
            reply(request, protocol=1, name="NAME", version="0.1.0")
        elif operation == "open":
            # request["options"]["url"] says what to open.
            reply(request, datasets=[{"name": "cases", "ordered": True, "fields": FIELDS}])
        elif operation == "scan" and request["dataset"] == "cases":
            scan(request)
        elif operation == "scan":
            fail(request, "not-found", "there is only the dataset cases")
        elif operation != "cancel":
            fail(request, "unsupported", f"NAME can't {operation}")

    """#
}
