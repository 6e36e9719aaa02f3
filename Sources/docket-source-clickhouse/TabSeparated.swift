internal import Glibc

/// Reads what a server sends as `TabSeparatedWithNamesAndTypes`, in pieces that may end anywhere.
struct TabSeparated {
  /// The cells of one row; nothing for NULL. They are good until the next row.
  typealias Cells = [UnsafeBufferPointer<UInt8>?]

  /// What came is not of the form.
  struct Malformed: Error, Hashable {
    let line: String
  }

  /// The types of the columns, from the second line.
  private(set) var types: [String] = []
  private(set) var rowCount = 0
  /// The last cell of every row where one is asked for: a row that was cut off, or the words of a
  /// server that broke off, do not end in it.
  private let mark: [UInt8]?
  private var lines = 0
  private var columns = 0
  private var rest: [UInt8] = []
  private var scratch: [UInt8] = []

  init(mark: String? = nil) {
    self.mark = mark.map { Array($0.utf8) }
  }

  /// Reads the rows that these bytes complete, and hands on their cells with the columns' types.
  mutating func append(
    _ bytes: UnsafeRawBufferPointer, _ body: ([String], Cells) throws -> Void
  ) throws {
    var bytes = bytes
    if !rest.isEmpty {
      guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else {
        rest.append(contentsOf: bytes)
        return
      }
      rest.append(contentsOf: bytes[..<end])
      let line = rest
      rest = []
      try line.withUnsafeBufferPointer { try take($0, body) }
      bytes = UnsafeRawBufferPointer(rebasing: bytes[(end + 1)...])
    }
    while let start = bytes.baseAddress, let found = memchr(start, 10, bytes.count) {
      let length = UnsafeRawPointer(found) - start
      try take(
        UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: length), body)
      bytes = UnsafeRawBufferPointer(rebasing: bytes[(length + 1)...])
    }
    rest.append(contentsOf: bytes)
  }

  /// Whether the last row is whole, and names and types were there.
  func end() throws {
    if !rest.isEmpty { throw malformed(rest) }
    if lines < 2 { throw Malformed(line: "") }
  }

  private mutating func take(
    _ line: UnsafeBufferPointer<UInt8>, _ body: ([String], Cells) throws -> Void
  ) throws {
    lines += 1
    // Longer than any cell: the ends of cells are places in it, so that it must not move.
    scratch.removeAll(keepingCapacity: true)
    scratch.reserveCapacity(line.count)
    let bounds = cells(of: line)
    if lines == 1 {
      columns = bounds.count
      return
    }
    guard bounds.count == columns else { throw malformed(line) }
    try scratch.withUnsafeBufferPointer { scratch in
      let cells: Cells = bounds.map { cell in
        switch cell {
        case .null: nil
        case .plain(let range): UnsafeBufferPointer(rebasing: line[range])
        case .unescaped(let range): UnsafeBufferPointer(rebasing: scratch[range])
        }
      }
      if lines == 2 {
        types = cells.map { $0.map { String(decoding: $0, as: UTF8.self) } ?? "" }
        return
      }
      if let mark {
        guard let last = cells.last.flatMap({ $0 }), last.elementsEqual(mark) else {
          throw malformed(line)
        }
      }
      rowCount += 1
      try body(types, mark == nil ? cells : cells.dropLast())
    }
  }

  private enum Cell {
    case null
    case plain(Range<Int>)
    /// In `scratch`.
    case unescaped(Range<Int>)
  }

  private mutating func cells(of line: UnsafeBufferPointer<UInt8>) -> [Cell] {
    var cells: [Cell] = []
    cells.reserveCapacity(columns)
    var start = 0
    var isEscaped = false
    for index in 0...line.count {
      if index < line.count, line[index] != UInt8(ascii: "\t") {
        if line[index] == UInt8(ascii: "\\") { isEscaped = true }
        continue
      }
      let cell = start..<index
      if !isEscaped {
        cells.append(.plain(cell))
      } else if cell.count == 2, line[start + 1] == UInt8(ascii: "N") {
        cells.append(.null)
      } else {
        cells.append(.unescaped(unescape(line[cell])))
      }
      start = index + 1
      isEscaped = false
    }
    return cells
  }

  private mutating func unescape(_ cell: Slice<UnsafeBufferPointer<UInt8>>) -> Range<Int> {
    let start = scratch.count
    var index = cell.startIndex
    while index < cell.endIndex {
      var byte = cell[index]
      index += 1
      if byte == UInt8(ascii: "\\"), index < cell.endIndex {
        byte = TabSeparated.meaning(ofEscaped: cell[index])
        index += 1
      }
      scratch.append(byte)
    }
    return start..<scratch.count
  }

  private static func meaning(ofEscaped byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "n"): 10
    case UInt8(ascii: "t"): 9
    case UInt8(ascii: "r"): 13
    case UInt8(ascii: "0"): 0
    case UInt8(ascii: "b"): 8
    case UInt8(ascii: "f"): 12
    case UInt8(ascii: "a"): 7
    case UInt8(ascii: "v"): 11
    default: byte
    }
  }

  private func malformed(_ line: some Collection<UInt8>) -> Malformed {
    Malformed(line: String(decoding: line.prefix(2000), as: UTF8.self))
  }
}
