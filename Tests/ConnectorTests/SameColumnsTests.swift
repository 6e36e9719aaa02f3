import Columns
import Connectors
import Engine
import Testing

@Suite("One table in every format")
struct SameColumnsTests {
  private static let names = ["case_id", "race", "received", "cost", "note", "gun"]

  private static let rows: [[String]] = (0..<400).map { number in
    let day = Day(number: 18_000 + number * 7 % 900)
    return [
      String(1000 + number), ["Black", "White", "", "Jos\u{E9} \u{4E16}"][number * 5 % 4], "\(day)",
      ["80.5", "1200", "-3.25", "0.125"][number % 4],
      number % 9 == 0 ? "said \"no\",\nthen <left> & went" : "",
      number % 3 == 0 ? "true" : "false",
    ]
  }

  private static var commaSeparated: String {
    ([names] + rows).map { row in
      row.map { cell in
        let needsQuotes = cell.contains { ",\"\n".contains($0) }
        return needsQuotes
          ? "\""
            + cell.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\"" : cell
      }.joined(separator: ",")
    }.joined(separator: "\n") + "\n"
  }

  private static func object(_ row: [String]) -> String {
    let members = zip(names, row).compactMap { name, cell -> String? in
      switch name {
      case "race" where cell.isEmpty: return nil
      case "note" where cell.isEmpty: return "\"note\":null"
      case "case_id", "cost", "gun": return "\"\(name)\":\(cell)"
      default:
        let escaped = cell.map { $0 == "\"" ? "\\\"" : $0 == "\n" ? "\\n" : String($0) }
        return "\"\(name)\":\"\(escaped.joined())\""
      }
    }
    return "{" + members.joined(separator: ",") + "}"
  }

  private static var workbook: [UInt8] {
    let header = names.map { WorkbookWriter.text($0) as String? }
    let cells = rows.map { row in
      zip(names, row).map { name, cell -> String? in
        switch name {
        case _ where cell.isEmpty: nil
        case "case_id", "cost": WorkbookWriter.number(cell)
        case "gun": "<c r=\"@\" t=\"b\"><v>\(cell == "true" ? 1 : 0)</v></c>"
        case "received": WorkbookWriter.number(String(serial(cell)), style: 1)
        default: WorkbookWriter.text(cell)
        }
      }
    }
    let sheet = WorkbookWriter.Sheet(name: "S", body: WorkbookWriter.data([header] + cells))
    return WorkbookWriter([sheet], formats: ["yyyy-mm-dd"]).bytes
  }

  /// 1970-01-01 is day 25,569 of Excel's calendar.
  private static func serial(_ date: String) -> Int {
    let parts = date.split(separator: "-").compactMap { Int($0) }
    return (Day(year: parts[0], month: parts[1], day: parts[2])?.number ?? 0) + 25_569
  }

  private static var files: [(name: String, bytes: [UInt8])] {
    let text = Array(commaSeparated.utf8)
    let lines = Array(rows.map { object($0) + "\n" }.joined().utf8)
    let document = Array(("{\"rows\":[" + rows.map(object).joined(separator: ",") + "]}").utf8)
    return [
      ("t.csv", text), ("t.csv.gz", Packer.gzip(text)), ("t.csv.zst", Packer.zstandard(text)),
      ("t.ndjson", lines), ("t.ndjson.gz", Packer.gzip(lines)),
      ("t.jsonl.zst", Packer.zstandard(lines)), ("t.json", document),
      ("t.json.zst", Packer.zstandard(document)), ("t.xlsx", workbook),
    ]
  }

  @Test("CSV, JSON, NDJSON and Excel, plain and packed, give the same columns")
  func sameColumns() throws {
    let folder = try ScratchFolder()
    for file in Self.files {
      let path = try folder.write(file.bytes, file.name)
      let source = try SourceCatalogue.open(path, relativeTo: "/")
      let schema = try #require(try source.datasets().first)
      #expect(Set(schema.fields) == Set(Self.names), "\(file.name)")
      let columns = try source.columns(Self.names, of: schema.name, run: UnwatchedRun())
      for (index, column) in columns.enumerated() {
        let expected = Self.rows.map { $0[index] }
        #expect(column.cells == expected, "\(file.name): \(Self.names[index])")
        // The dictionary is in order of first appearance, with its counts, whatever the format.
        var texts: [String] = []
        for cell in expected where !texts.contains(cell) { texts.append(cell) }
        #expect((0..<column.texts.count).map { column.texts[$0] } == texts)
        #expect(column.counts == texts.map { text in expected.count { $0 == text } })
        #expect(
          try source.columns([Self.names[index]], of: schema.name, run: UnwatchedRun())[0].rowCount
            == 400)
      }
      #expect(try source.fingerprint(of: schema.name).hasPrefix("sha256:"))
    }
  }

  @Test("A fingerprint is the file's, however often and by whichever reader it is taken")
  func fingerprints() throws {
    let folder = try ScratchFolder()
    let bytes = Array((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 % 95 + 32) })
    let text = Array("[{\"a\":\"".utf8) + bytes.map { $0 == 0x22 || $0 == 0x5C ? 0x2E : $0 }
    let path = try folder.write(text + Array("\"}]".utf8), "long.json")
    let source = try RecordSource(path: path)
    let first = try source.fingerprint(of: "records")
    let material = try FileFingerprint.material(ofPath: path)
    #expect(first == "sha256:" + Digest.sha256(material))
    #expect(try RecordSource(path: path).fingerprint(of: "records") == first)
  }

  @Test("A reading that is stopped is an error and leaves the source usable")
  func cancelled() throws {
    struct Stopped: RunMonitor {
      var isCancelled: Bool { true }
      func advance(done: Int, of total: Int) {}
    }
    let folder = try ScratchFolder()
    let path = try folder.write("{\"a\":1}\n", "x.ndjson")
    let source = try RecordSource(path: path, holdsLines: true)
    #expect(throws: SourceProblem.self) {
      try source.columns(["a"], of: "records", run: Stopped())
    }
    #expect(try source.cells() == ["a": ["1"]])
  }
}
