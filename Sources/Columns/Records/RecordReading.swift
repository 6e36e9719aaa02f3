/// One pass over a file of records.
struct RecordReading {
  /// How the records stand in the file.
  enum Layout: Hashable {
    /// One object a line; a line that is none is left out and said.
    case lines
    /// One list of objects, or one object that holds such lists.
    case document
    /// Objects one after another, over as many lines as they take.
    case sequence
  }

  /// The text has another layout than was supposed.
  struct OtherLayout: Error {
    let layout: Layout
  }

  private let path: String
  private let window: JSONWindow
  private var tables: [RecordTable] = []
  /// Members of the outer object that are no lists of records.
  private var besides: [String] = []
  private var leftOut: [String: LeftOut] = [:]

  init(_ input: any ByteInput, path: String, blockBytes: Int, monitor: ReadMonitor) {
    self.path = path
    window = JSONWindow(input, path: path, blockBytes: blockBytes, monitor: monitor)
  }

  /// What could not be taken as a row.
  private struct LeftOut {
    static let exampleLimit = 3

    var count = 0
    var examples: [String] = []

    mutating func add(line: Int, _ reason: String) {
      count += 1
      if examples.count < LeftOut.exampleLimit { examples.append("line \(line): \(reason)") }
    }
  }

  /// Reads all of it.
  ///
  /// - Throws: `DelimitedProblem`, or `OtherLayout`, after which the file is to be read again.
  mutating func read(_ layout: Layout) throws -> RecordRead {
    try skipMark()
    switch layout {
    case .lines: try readLines()
    case .document: try readDocument()
    case .sequence: try readSequence()
    }
    return try result()
  }

  // MARK: - Moving on

  /// Runs a step of the scanner, with more bytes where it needs them.
  private func attempt<Result>(_ step: (inout JSONScanner) throws -> Result) throws -> Result {
    while true {
      var scanner = JSONScanner(window.bytes, window.range)
      do {
        let result = try step(&scanner)
        window.start = scanner.position
        return result
      } catch let stop as JSONStop {
        try recover(from: stop)
      } catch RecordStop.scan(let stop) {
        try recover(from: stop)
      } catch RecordStop.tooManyFields {
        throw tooManyFields
      }
    }
  }

  /// Reads on where that may help.
  private func recover(from stop: JSONStop) throws {
    switch stop {
    case .ended:
      if try window.extend() { return }
      throw broken(.cut, at: window.range.upperBound)
    case .broken(let place, let fault): throw broken(fault, at: place)
    }
  }

  private func broken(_ fault: JSONStop.Fault, at place: Int) -> DelimitedProblem {
    DelimitedProblem(.damaged, fault.rawValue, line: window.lineNumber(at: place))
  }

  private var tooManyFields: DelimitedProblem {
    DelimitedProblem(
      .limit,
      "a record has more than \(RecordTable.mostFields) fields: is an object used as a list?",
      line: window.lineNumber(at: window.start))
  }

  /// The next byte that is not white space, or nothing at the end.
  private func peek() throws -> UInt8? {
    while true {
      var scanner = JSONScanner(window.bytes, window.range)
      let isAtEnd = scanner.isAtEnd()
      window.start = scanner.position
      if !isAtEnd { return window.bytes[window.start] }
      if try !window.extend() { return nil }
    }
  }

  private func skipMark() throws {
    while window.range.count < 3, try window.extend() {}
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if UnsafeBufferPointer(start: window.bytes, count: window.range.count).starts(with: mark) {
      window.start = 3
    }
  }

  // MARK: - Layouts

  private mutating func readLines() throws {
    var table = RecordTable(name: "")
    defer { tables = [table] }
    while true {
      let end = try window.lineEnd()
      let start = window.start
      var scanner = JSONScanner(window.bytes, start..<end)
      if scanner.isAtEnd() {
        if end == window.range.upperBound { break }
        window.start = end + 1
        continue
      }
      if let reason = try reasonToLeaveOut(&scanner, &table) {
        leftOut[table.name, default: LeftOut()].add(
          line: window.lineNumber(at: start), reason)
      }
      window.start = min(end + 1, window.range.upperBound)
    }
  }

  /// Takes the line as a row, or says why it is none.
  private func reasonToLeaveOut(_ scanner: inout JSONScanner, _ table: inout RecordTable) throws
    -> String?
  {
    do {
      guard try scanner.kind() == .object else { return "it holds no object" }
      try table.read(&scanner)
      guard scanner.isAtEnd() else { return JSONStop.Fault.more.rawValue }
      table.enter(from: scanner)
      return nil
    } catch JSONStop.broken(_, let fault) {
      return fault.rawValue
    } catch JSONStop.ended {
      return JSONStop.Fault.cut.rawValue
    } catch RecordStop.scan(.ended) {
      return JSONStop.Fault.cut.rawValue
    } catch RecordStop.scan(.broken(_, let fault)) {
      return fault.rawValue
    } catch RecordStop.tooManyFields {
      throw tooManyFields
    }
  }

  private mutating func readDocument() throws {
    switch try peek() {
    case UInt8(ascii: "["):
      try readList(named: "")
      if try peek() != nil { throw broken(.more, at: window.start) }
    case UInt8(ascii: "{"):
      try readOuterObject()
      // Without a list it is a record itself; with another object behind it, one of several.
      if tables.isEmpty { throw OtherLayout(layout: .sequence) }
      if try peek() != nil { throw OtherLayout(layout: .sequence) }
    case nil: throw DelimitedProblem(.damaged, "\(path) is empty")
    default:
      throw DelimitedProblem(.damaged, "\(path) holds no list of objects and no object")
    }
  }

  private mutating func readSequence() throws {
    var table = RecordTable(name: "")
    defer { tables = [table] }
    while let byte = try peek() {
      guard byte == UInt8(ascii: "{") else { throw broken(.more, at: window.start) }
      try attempt { try table.take(&$0) }
    }
  }

  private mutating func readOuterObject() throws {
    try attempt { try $0.pass("{", or: .value) }
    if try attempt({ try $0.peek() }) == UInt8(ascii: "}") {
      window.start += 1
      return
    }
    repeat {
      let key = try attempt { scanner in
        let key = try scanner.key()
        var text: [UInt8] = []
        _ = key.unescaped(scanner.bytes, into: &text)
        return String(decoding: text, as: UTF8.self)
      }
      let isList = try attempt { scanner in
        guard try scanner.kind() == .list else { return false }
        var inside = scanner
        inside.position += 1
        return try inside.peek() == UInt8(ascii: "{")
      }
      if isList {
        try readList(named: key)
      } else {
        try attempt { try $0.skipValue() }
        besides.append(key)
      }
    } while try attempt { try $0.passComma(orEnd: "}") }
  }

  private mutating func readList(named name: String) throws {
    var table = RecordTable(name: name)
    defer { tables.append(table) }
    try attempt { try $0.pass("[", or: .value) }
    if try attempt({ try $0.peek() }) == UInt8(ascii: "]") {
      window.start += 1
      return
    }
    repeat {
      if try attempt({ try $0.peek() }) == UInt8(ascii: "{") {
        try attempt { try table.take(&$0) }
      } else {
        let line = window.lineNumber(at: window.start)
        try attempt { try $0.skipValue() }
        leftOut[name, default: LeftOut()].add(line: line, "it holds no object")
      }
    } while try attempt { try $0.passComma(orEnd: "]") }
  }

  // MARK: - The result

  private func result() throws -> RecordRead {
    for table in tables where table.rowCount == 0 {
      guard let left = leftOut[table.name] else { continue }
      let place = table.name.isEmpty ? path : "`\(table.name)` in \(path)"
      throw DelimitedProblem(
        .damaged, "\(place) holds no records: " + left.examples.joined(separator: "; "))
    }
    let results = tables.map { table in
      let result = table.result()
      var leftOut: [String] = []
      if let left = self.leftOut[table.name] {
        let count =
          left.count == 1 ? "1 entry is no record" : "\(left.count) entries are no records"
        leftOut = ["\(count) and left out (" + left.examples.joined(separator: "; ") + ")"]
      }
      return RecordColumns(
        name: result.name, fields: result.fields, columns: result.columns,
        rowCount: result.rowCount, notes: result.notes, leftOut: leftOut)
    }
    let others = besides.map { "`\($0)`" }.joined(separator: ", ")
    return RecordRead(
      tables: results,
      notes: besides.isEmpty ? [] : ["beside the records it holds \(others), which is not read"],
      fingerprintMaterial: window.fingerprintMaterial)
  }
}
