extension PluginTemplate {
  static let swift = #"""
    // Cases of NAME. One message a line: requests come in, answers go out, all else to stderr.
    // swiftc -O docket-source-NAME.swift -o docket-source-NAME
    import Foundation

    let fields = [
      ["name": "case_id", "type": "code"],
      ["name": "race", "type": "category"],
      ["name": "received", "type": "date"],
    ]
    let rows: [[String?]] = [
      ["007", "Black", "2021-04-01"],
      ["008", "White", "2021-04-02"],
      ["009", nil, nil],
    ]

    func reply(_ request: [String: Any], _ members: [String: Any]) throws {
      let message = members.merging(["id": request["id"] ?? 0]) { own, _ in own }
      var line = try JSONSerialization.data(withJSONObject: message)
      line.append(0x0A)
      FileHandle.standardOutput.write(line)
    }

    func fail(_ request: [String: Any], _ code: String, _ message: String) throws {
      try reply(request, ["error": ["code": code, "message": message]])
    }

    func scan(_ request: [String: Any]) throws {
      let asked = request["fields"] as? [String] ?? []
      let places = asked.compactMap { name in fields.firstIndex { $0["name"] == name } }
      for start in stride(from: 0, to: rows.count, by: 1000) {
        let some = rows[start..<min(start + 1000, rows.count)]
        try reply(request, ["rows": some.map { row in places.map { row[$0] ?? NSNull() as Any } }])
      }
      try reply(request, ["end": true, "count": rows.count])
    }

    while let line = readLine() {
      guard let request = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
        let operation = request["op"] as? String
      else { continue }
      switch operation {
      case "hello":
        try reply(request, ["protocol": 1, "name": "NAME", "version": "0.1.0"])
      case "open":
        // (request["options"] as? [String: Any])?["url"] says what to open.
        try reply(request, ["datasets": [["name": "cases", "ordered": true, "fields": fields]]])
      case "scan" where request["dataset"] as? String == "cases":
        try scan(request)
      case "scan":
        try fail(request, "not-found", "there is only the dataset cases")
      case "cancel":
        break
      default:
        try fail(request, "unsupported", "NAME can't \(operation)")
      }
    }

    """#
}
