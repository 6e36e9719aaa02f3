import Columns
import Foundation
import Testing

@Suite("Records read as Foundation reads them")
struct RecordFileTests {
  /// A document's rows by Foundation: fields flattened, numbers as doubles, lists as objects.
  private static func oracle(_ object: [String: Any], _ path: String = "") -> [String: Any] {
    var cells: [String: Any] = [:]
    for (key, value) in object {
      let name = path.isEmpty ? key : path + "." + key
      if let inner = value as? [String: Any] {
        cells.merge(oracle(inner, name)) { $1 }
      } else {
        cells[name] = value
      }
    }
    return cells
  }

  private static func agrees(_ cell: String, _ expected: Any?) -> Bool {
    switch expected {
    case nil, is NSNull: return cell.isEmpty
    case let text as String: return Array(cell.utf8) == Array(text.utf8)
    case let number as NSNumber:
      if cell == "true" || cell == "false" { return number.boolValue == (cell == "true") }
      return Double(cell) == number.doubleValue
    case let list as [Any]:
      let again = try? JSONSerialization.jsonObject(with: Data(cell.utf8))
      return again.map { isSame($0, list) } ?? false
    default: return false
    }
  }

  private static func isSame(_ left: Any, _ right: Any) -> Bool {
    switch (left, right) {
    case (let a as [Any], let b as [Any]):
      return a.count == b.count && zip(a, b).allSatisfy { isSame($0, $1) }
    case (let a as [String: Any], let b as [String: Any]):
      return a.count == b.count
        && a.allSatisfy { key, value in b[key].map { isSame(value, $0) } ?? false }
    case (let a as String, let b as String): return a.utf8.elementsEqual(b.utf8)
    case (let a as NSNumber, let b as NSNumber): return a == b
    default: return left is NSNull && right is NSNull
    }
  }

  private static func compare(_ table: RecordColumns, with rows: [[String: Any]]) -> String? {
    guard table.rowCount == rows.count else { return "\(table.rowCount) rows" }
    let names = Set(rows.flatMap(\.keys))
    guard Set(table.fields) == names else { return "fields \(table.fields)" }
    for (field, column) in zip(table.fields, table.columns) {
      for (row, cell) in column.cells.enumerated() where !agrees(cell, rows[row][field]) {
        return "\(field) of row \(row): \(cell)"
      }
    }
    return nil
  }

  @Test("Ten thousand random documents, in three layouts and with small blocks")
  func randomDocuments() throws {
    var random = RandomDocument(seed: 20_210_401)
    for number in 0..<10_000 {
      let objects = (0..<1 + random.below(4)).map { _ in random.object() }
      let isLines = number % 3 == 0
      let parts = objects.map { random.written($0, isOnOneLine: isLines) }
      var text = parts.joined(separator: isLines ? "\n" : " , ")
      let array = "[" + parts.joined(separator: ",") + "]"
      if number % 3 == 1 { text = " [" + text + "]\n" }
      if number % 3 == 2 { text = "{\"type\": \"list\", \"rows\": [" + text + "] }" }
      let rows = try #require(
        try JSONSerialization.jsonObject(with: Data(array.utf8)) as? [[String: Any]])
      let file = try RecordFile(bytes: Array(text.utf8), named: "test", holdsLines: isLines)
      let read = try file.read(blockBytes: 16 + random.below(100))
      let table = try #require(read.tables.first)
      let difference = Self.compare(table, with: rows.map { Self.oracle($0) })
      #expect(difference == nil, "document \(number): \(text)")
      if difference != nil { return }
    }
  }

  @Test("What Foundation refuses is refused, and the rest is not")
  func damagedDocuments() throws {
    var random = RandomDocument(seed: 7)
    let marks = Array("{}[]:,\"\\u0e-.+tfn 1\n".utf8)
    var refused = 0
    for number in 0..<4000 {
      let value = random.object()
      var bytes = Array(("[" + random.written(value, isOnOneLine: false) + "]").utf8)
      let place = random.below(bytes.count)
      switch random.below(3) {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(marks[random.below(marks.count)], at: place)
      default: bytes.removeSubrange(place...)
      }
      guard bytes.first == UInt8(ascii: "["), String(validating: bytes, as: UTF8.self) != nil
      else { continue }
      let text = String(decoding: bytes, as: UTF8.self)
      guard !Self.isJudgedOtherwise(text) else { continue }
      let expected = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [Any]
      #expect(((try? JSONValue(bytes)) != nil) == (expected != nil), "document \(number): \(text)")
      if expected == nil { refused += 1 }
    }
    #expect(refused > 1000)
  }

  /// Foundation lets a comma stand before a closing bracket, which RFC 8259 does not; it refuses
  /// half a surrogate pair and exponents of many digits, which the RFC's grammar has.
  private static func isJudgedOtherwise(_ text: String) -> Bool {
    text.contains(/,\s*[\]}]/) || text.contains("\\ud") || text.contains(/[eE][+-]?\d{3}/)
  }

  @Test("A value is written again as Foundation reads it")
  func writtenAgain() throws {
    var random = RandomDocument(seed: 99)
    for _ in 0..<500 {
      let bytes = Array(random.written(random.object(), isOnOneLine: false).utf8)
      let again = Array(try JSONValue(bytes).written.utf8)
      let first = try JSONSerialization.jsonObject(with: Data(bytes)) as? NSDictionary
      let second = try JSONSerialization.jsonObject(with: Data(again)) as? NSDictionary
      #expect(try #require(first) == second)
    }
  }

  private func read(_ text: String, holdsLines: Bool = false) throws -> RecordRead {
    try RecordFile(bytes: Array(text.utf8), named: "cases.json", holdsLines: holdsLines).read()
  }

  private func problem(_ text: String, holdsLines: Bool = false) -> String? {
    do {
      _ = try read(text, holdsLines: holdsLines)
      return nil
    } catch {
      return (error as? DelimitedProblem)?.message
    }
  }

  @Test("Objects one after another, over several lines, are records")
  func sequences() throws {
    let table = try read("{\n \"a\": 1\n}\n{\n \"a\": 2, \"b\": [1,\n 2]\n}\n").tables[0]
    #expect(table.fields == ["a", "b"])
    #expect(table.columns.map(\.cells) == [["1", "2"], ["", "[1,2]"]])
    #expect(table.notes == ["`b` holds lists in 1 row, kept as their text"])
  }

  @Test("An object that holds two lists is two tables, and the rest of it is said")
  func severalLists() throws {
    let read = try read(
      "{\"meta\": {\"n\": 2}, \"people\": [{\"id\": 1}], \"stops\": [{\"id\": 7, \"at\": null}]}")
    #expect(read.tables.map(\.name) == ["people", "stops"])
    #expect(read.tables[1].columns.map(\.cells) == [["7"], [""]])
    #expect(read.notes == ["beside the records it holds `meta`, which is not read"])
  }

  @Test("A bad line is left out and said with its number")
  func badLines() throws {
    let table = try read(
      "{\"a\":1}\n{\"a\":\n\n[1]\n{\"a\":2} x\n{\"a\":3}\n{\"zz\":1,}", holdsLines: true
    ).tables[0]
    #expect(table.fields == ["a"])
    #expect(table.columns[0].cells == ["1", "3"])
    #expect(
      table.leftOut == [
        "4 entries are no records and left out (line 2: it ends in the middle of a value; "
          + "line 4: it holds no object; line 5: more follows where the value should have ended)"
      ])
    #expect(problem("x\ny", holdsLines: true)?.contains("line 1") == true)
  }

  @Test("A damaged document is an error with its line")
  func damage() {
    #expect(
      problem("[{\"a\":1},\n{\"a\" 2}]") == "line 2: a colon is expected after the key")
    #expect(problem("[{\"a\":1},\n{\"a\":2}") == "line 2: it ends in the middle of a value")
    #expect(problem("[{\"a\":1}] x") == "line 1: more follows where the value should have ended")
    #expect(problem("") == "cases.json is empty")
    #expect(problem("[1, 2]")?.hasPrefix("cases.json holds no records") == true)
    #expect(problem("[" + String(repeating: "[", count: 5000))?.contains("nested") == true)
    #expect(
      problem("[" + String(repeating: "{\"a\":", count: 5000))?.contains("nested") == true)
  }

  @Test("Keys that stand twice, NaN, NUL and half pairs are said")
  func oddities() throws {
    let table = try read(
      "[{\"a\":1,\"a\":2,\"x\":NaN},{\"a\":-Infinity,\"t\":\"p\\u0000q\\ud800\"}]"
    ).tables[0]
    #expect(table.columns.map(\.cells) == [["2", ""], ["", ""], ["", "pq\u{FFFD}"]])
    #expect(
      table.notes == [
        "`a` stands twice in 1 row; the last is read",
        "`a` is NaN or infinite in 1 row, read as missing",
        "`x` is NaN or infinite in 1 row, read as missing",
        "NUL was left out of texts in 1 row",
        "half a surrogate pair was read as U+FFFD in 1 row",
      ])
  }

  @Test("A text that is not UTF-8 is read as Windows-1252 and said")
  func otherEncodings() throws {
    let latin = Array("[{\"a\":\"Jos".utf8) + [0xE9] + Array("\"}]".utf8)
    let table = try RecordFile(bytes: latin, named: "x").read().tables[0]
    #expect(table.columns[0].cells == ["Jos\u{E9}"])
    #expect(table.notes == ["`a` is not UTF-8 in 1 row, read as Windows-1252 there"])
    var wide: [UInt8] = [0xFF, 0xFE]
    for unit in "[{\"a\":\"\u{E9}\"}]".utf16 { wide += [UInt8(unit & 255), UInt8(unit >> 8)] }
    let read = try RecordFile(bytes: wide, named: "x").read()
    #expect(read.tables[0].columns[0].cells == ["\u{E9}"])
    #expect(read.notes == ["the file is written in UTF-16"])
  }

  @Test("More fields than a table may have is an error")
  func manyFields() {
    let members = (0..<10_001).map { "\"k\($0)\":\($0)" }.joined(separator: ",")
    #expect(problem("{" + members + "}")?.contains("more than 10000 fields") == true)
  }

  @Test("The dictionary widens as texts are added")
  func manyTexts() throws {
    let count = 70_000
    let text = (0..<count).map { "{\"id\":\($0),\"k\":\($0 % 300)}" }.joined(separator: "\n")
    let table = try read(text, holdsLines: true).tables[0]
    #expect(table.columns[0].cells == (0..<count).map(String.init))
    #expect(table.columns[1].cells == (0..<count).map { String($0 % 300) })
    #expect(table.columns[1].counts.count == 300)
    guard case .words = table.columns[0].codes, case .shorts = table.columns[1].codes else {
      Issue.record("the codes are not of the narrowest width")
      return
    }
  }
}
