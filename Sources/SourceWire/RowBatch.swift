/// The rows of one message, end to end: the bytes of each cell and what kind of value it was.
package struct RowBatch: Hashable, Sendable {
  /// What stood in a cell.
  package enum Kind: UInt8, Hashable, Sendable {
    /// A missing value; it has no bytes.
    case null
    /// `true` or `false`.
    case boolean
    /// The digits as they were written.
    case number
    /// The text without its quotes and backslashes.
    case text
  }

  /// The bytes of all cells.
  package internal(set) var bytes: [UInt8] = []
  /// Where the bytes of each cell end.
  package private(set) var ends: [Int] = []
  package private(set) var kinds: [Kind] = []
  /// How many cells there are up to the end of each row.
  package private(set) var rowEnds: [Int] = []

  package init() {}

  package var rowCount: Int { rowEnds.count }

  /// The cells of a row, as indices into `ends` and `kinds`.
  package func cells(ofRow row: Int) -> Range<Int> {
    (row == 0 ? 0 : rowEnds[row - 1])..<rowEnds[row]
  }

  /// Where the bytes of a cell stand.
  package func range(ofCell cell: Int) -> Range<Int> {
    (cell == 0 ? 0 : ends[cell - 1])..<ends[cell]
  }

  /// A cell as text; nothing for a missing one.
  package func text(ofCell cell: Int) -> String? {
    kinds[cell] == .null ? nil : String(decoding: bytes[range(ofCell: cell)], as: UTF8.self)
  }

  // MARK: Filling

  /// Appends a missing value.
  package mutating func appendMissing() { endCell(.null) }

  /// Appends a text.
  package mutating func append(_ text: some StringProtocol) {
    bytes += text.utf8
    endCell(.text)
  }

  /// Appends the bytes of a text, which have to be UTF-8.
  package mutating func append(text: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: text)
    endCell(.text)
  }

  /// Appends yes or no.
  package mutating func append(_ boolean: Bool) {
    bytes += (boolean ? "true" : "false").utf8
    endCell(.boolean)
  }

  /// Appends a whole number; one beyond 2⁵³ goes as text, since many readers of JSON would round
  /// it.
  package mutating func append(_ number: Int64) {
    bytes += String(number).utf8
    endCell(number.magnitude > 1 << 53 ? .text : .number)
  }

  /// Appends a double by the shortest digits that mean it; one that is no number is missing.
  package mutating func append(_ number: Double) {
    guard number.isFinite else { return appendMissing() }
    bytes += number.description.utf8
    endCell(.number)
  }

  /// Ends the row of the cells that were appended since the last.
  package mutating func endRow() { rowEnds.append(ends.count) }

  mutating func endCell(_ kind: Kind) {
    ends.append(bytes.count)
    kinds.append(kind)
  }

  // MARK: Writing

  func write(to line: inout [UInt8]) {
    line.append(UInt8(ascii: "["))
    bytes.withUnsafeBufferPointer { all in
      for row in 0..<rowCount {
        line += (row == 0 ? "[" : ",[").utf8
        for (index, cell) in cells(ofRow: row).enumerated() {
          if index > 0 { line.append(UInt8(ascii: ",")) }
          let written = UnsafeBufferPointer(rebasing: all[range(ofCell: cell)])
          switch kinds[cell] {
          case .null: line += "null".utf8
          case .boolean, .number: line.append(contentsOf: written)
          case .text: WireJSON.write(written, to: &line)
          }
        }
        line.append(UInt8(ascii: "]"))
      }
    }
    line.append(UInt8(ascii: "]"))
  }
}
