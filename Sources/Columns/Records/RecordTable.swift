internal import Glibc

/// The records of one list, as columns: nested objects are flattened to `a.b`, lists are kept as
/// their text.
struct RecordTable {
  /// More fields than this are the sign of an object that is used as a list.
  static let mostFields = 10_000

  let name: String
  private(set) var rowCount = 0
  private var nodes = [Node()]
  private var fields: [Field] = []
  private var places: [String: Int] = [:]
  private var cells: [Cell] = []
  /// Texts of the record that do not stand in the source as they are.
  private var scratch: [UInt8] = []
  private var recordNumber = 0
  private var losses: JSONText.Losses = []
  private var nullCount = 0
  private var halfPairCount = 0

  init(name: String) {
    self.name = name
  }

  /// A key on the way from the record to a value.
  private struct Node {
    var key: [UInt8] = []
    var path = ""
    var field: Int?
    var children: [Int] = []
    var childByKey: [[UInt8]: Int] = [:]
    /// Its place among its siblings.
    var place = 0
    /// Keys mostly come in the order of the record before: the child that is due.
    var due = 0
  }

  private struct Field {
    let name: String
    var builder = ColumnBuilder(repair: .windows1252)
    /// Whether a record that was taken has it.
    var isHeld = false
    var listCount = 0
    var repeatCount = 0
    var notFiniteCount = 0
    /// In which record it was last met, and as which cell.
    var record = 0
    var cell = 0
  }

  private struct Cell {
    enum Place {
      case source, scratch
    }

    var field: Int
    var place: Place
    var bytes: Range<Int>
    var isList = false
    var isNotFinite = false
    var isRepeated = false
  }

  // MARK: - Records

  /// Takes the object here as one more row; where it throws, there is no row.
  mutating func take(_ scanner: inout JSONScanner) throws(RecordStop) {
    try read(&scanner)
    enter(from: scanner)
  }

  /// Reads the object here, which is no row yet.
  mutating func read(_ scanner: inout JSONScanner) throws(RecordStop) {
    cells.removeAll(keepingCapacity: true)
    scratch.removeAll(keepingCapacity: true)
    losses = []
    recordNumber += 1
    try object(&scanner, node: 0, depth: 0)
  }

  /// Makes a row of the object that was just read.
  mutating func enter(from scanner: JSONScanner) {
    for cell in cells { commit(cell, scanner.bytes) }
    if losses.contains(.null) { nullCount += 1 }
    if losses.contains(.halfPair) { halfPairCount += 1 }
    rowCount += 1
  }

  private mutating func commit(_ cell: Cell, _ source: UnsafePointer<UInt8>) {
    let index = cell.field
    fields[index].isHeld = true
    if cell.isList { fields[index].listCount += 1 }
    if cell.isNotFinite { fields[index].notFiniteCount += 1 }
    if cell.isRepeated { fields[index].repeatCount += 1 }
    guard !cell.bytes.isEmpty else { return }
    fields[index].builder.fill(to: rowCount)
    switch cell.place {
    case .source:
      fields[index].builder.append(
        UnsafeBufferPointer(start: source + cell.bytes.lowerBound, count: cell.bytes.count))
    case .scratch:
      scratch.withUnsafeBufferPointer {
        fields[index].builder.append(UnsafeBufferPointer(rebasing: $0[cell.bytes]))
      }
    }
  }

  private mutating func object(_ scanner: inout JSONScanner, node: Int, depth: Int)
    throws(RecordStop)
  {
    do throws(JSONStop) {
      guard depth < JSONScanner.deepest else { throw .broken(at: scanner.position, .deep) }
      try scanner.pass("{", or: .value)
      if try scanner.peek() == UInt8(ascii: "}") {
        scanner.position += 1
        return
      }
    } catch { throw .scan(error) }
    nodes[node].due = 0
    var isFollowed = true
    while isFollowed {
      try member(&scanner, of: node, depth: depth)
      do throws(JSONStop) {
        isFollowed = try scanner.passComma(orEnd: "}")
      } catch { throw .scan(error) }
    }
  }

  private mutating func member(_ scanner: inout JSONScanner, of node: Int, depth: Int)
    throws(RecordStop)
  {
    let kind: JSONScanner.Kind
    let child: Int
    do throws(JSONStop) {
      let key = try scanner.key()
      child = self.child(of: node, key, scanner.bytes)
      kind = try scanner.kind()
    } catch { throw .scan(error) }
    if kind == .object {
      return try object(&scanner, node: child, depth: depth + 1)
    }
    let field = try self.field(of: child)
    do throws(JSONStop) {
      note(try cell(&scanner, kind, field))
    } catch { throw .scan(error) }
  }

  private mutating func cell(_ scanner: inout JSONScanner, _ kind: JSONScanner.Kind, _ field: Int)
    throws(JSONStop) -> Cell
  {
    var cell = Cell(field: field, place: .source, bytes: 0..<0)
    let start = scanner.position
    switch kind {
    case .text:
      let text = try scanner.text()
      cell.bytes = text.bytes
      if text.hasEscapes {
        cell.place = .scratch
        let start = scratch.count
        losses.formUnion(text.unescaped(scanner.bytes, into: &scratch))
        cell.bytes = start..<scratch.count
      }
    case .number: cell.bytes = try scanner.number()
    case .yes, .no:
      try scanner.word(kind)
      cell.bytes = start..<scanner.position
    case .notFinite:
      try scanner.word(kind)
      cell.isNotFinite = true
    case .null: try scanner.word(kind)
    case .list, .object:
      try scanner.skipValue()
      cell.isList = true
      cell.place = .scratch
      cell.bytes = compacted(start..<scanner.position, scanner.bytes)
    }
    return cell
  }

  /// Copies a value without the white space between its parts.
  private mutating func compacted(_ range: Range<Int>, _ source: UnsafePointer<UInt8>) -> Range<Int>
  {
    let start = scratch.count
    var isInText = false
    var isEscaped = false
    for index in range {
      let byte = source[index]
      if isInText {
        if byte == UInt8(ascii: "\""), !isEscaped { isInText = false }
        isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
      } else if byte == UInt8(ascii: "\"") {
        isInText = true
      } else if JSONScanner.isSpace(byte) {
        continue
      }
      scratch.append(byte)
    }
    return start..<scratch.count
  }

  /// Remembers a cell; where the record has the field twice, the last one stands.
  private mutating func note(_ cell: Cell) {
    let index = cell.field
    guard fields[index].record == recordNumber else {
      fields[index].record = recordNumber
      fields[index].cell = cells.count
      cells.append(cell)
      return
    }
    cells[fields[index].cell] = cell
    cells[fields[index].cell].isRepeated = true
  }

  // MARK: - Fields

  private mutating func child(of node: Int, _ key: JSONText, _ source: UnsafePointer<UInt8>) -> Int
  {
    if !key.hasEscapes {
      let start = source + key.bytes.lowerBound
      let due = nodes[node].due
      for index in due..<min(due + 4, nodes[node].children.count) {
        let child = nodes[node].children[index]
        guard nodes[child].key.count == key.bytes.count,
          memcmp(nodes[child].key, start, key.bytes.count) == 0
        else { continue }
        nodes[node].due = index + 1
        return child
      }
      return child(of: node, Array(UnsafeBufferPointer(start: start, count: key.bytes.count)))
    }
    var resolved: [UInt8] = []
    losses.formUnion(key.unescaped(source, into: &resolved))
    return child(of: node, resolved)
  }

  private mutating func child(of node: Int, _ key: [UInt8]) -> Int {
    if let known = nodes[node].childByKey[key] {
      nodes[node].due = nodes[known].place + 1
      return known
    }
    let text = String(decoding: key, as: UTF8.self)
    let path = node == 0 ? text : nodes[node].path + "." + text
    let child = nodes.count
    nodes.append(Node(key: key, path: path, place: nodes[node].children.count))
    nodes[node].childByKey[key] = child
    nodes[node].children.append(child)
    nodes[node].due = nodes[node].children.count
    return child
  }

  private mutating func field(of node: Int) throws(RecordStop) -> Int {
    if let known = nodes[node].field { return known }
    let path = nodes[node].path
    if let known = places[path] {
      nodes[node].field = known
      return known
    }
    guard fields.count < RecordTable.mostFields else { throw .tooManyFields }
    nodes[node].field = fields.count
    places[path] = fields.count
    fields.append(Field(name: path))
    return fields.count - 1
  }

  // MARK: - The columns

  /// The table so far; asked for once, at the end.
  func result() -> RecordColumns {
    let held = fields.filter(\.isHeld)
    let (names, nameNotes) = FieldNames.distinct(held.map(\.name))
    var columns: [Column] = []
    for var field in held {
      field.builder.fill(to: rowCount)
      columns.append(field.builder.column)
    }
    return RecordColumns(
      name: name, fields: names, columns: columns, rowCount: rowCount,
      notes: nameNotes + notes(on: held, names))
  }

  private func notes(on held: [Field], _ names: [String]) -> [String] {
    var notes: [String] = []
    for (field, name) in zip(held, names) {
      if field.listCount > 0 {
        notes.append("`\(name)` holds lists in \(rows(field.listCount)), kept as their text")
      }
      if field.repeatCount > 0 {
        notes.append("`\(name)` stands twice in \(rows(field.repeatCount)); the last is read")
      }
      if field.notFiniteCount > 0 {
        notes.append(
          "`\(name)` is NaN or infinite in \(rows(field.notFiniteCount)), read as missing")
      }
      if field.builder.repairedCount > 0 {
        notes.append(
          "`\(name)` is not UTF-8 in \(rows(field.builder.repairedCount)), "
            + "read as Windows-1252 there")
      }
    }
    if nullCount > 0 { notes.append("NUL was left out of texts in \(rows(nullCount))") }
    if halfPairCount > 0 {
      notes.append("half a surrogate pair was read as U+FFFD in \(rows(halfPairCount))")
    }
    return notes
  }

  private func rows(_ count: Int) -> String { count == 1 ? "1 row" : "\(count) rows" }
}

/// Why a record could not be taken.
enum RecordStop: Error {
  case scan(JSONStop)
  case tooManyFields
}

/// The records of one list as columns.
package struct RecordColumns: Sendable {
  /// The key of the list, or nothing where the file is the list.
  package let name: String
  package let fields: [String]
  package let columns: [Column]
  package let rowCount: Int
  /// What was noticed, a sentence each.
  package let notes: [String]
  /// What of the file is no record, in a sentence.
  package var leftOut: [String] = []
}
