/// One worker's look at the cells of one column, segment after segment.
///
/// Plain cells are only counted; of others each text is looked at once, and its rows are counted by the code that a
/// table gives it.
final class ShapeReader {
  private let look: ColumnLook
  /// Texts that are not plain, as they were written; by code what one cell of each counts, and how many rows of the
  /// segment at hand hold it.
  private var table = TextTable()
  private var kinds: [Kind] = []
  private var rows: [Int] = []
  private var plain = PlainCells()
  private var shape: ColumnShape
  /// Whether a cell has settled the type, here or in an earlier segment.
  private(set) var isSettled = false
  private var clean = RawText()

  private enum Kind {
    case counted(CellCounts)
    case marked(String)
  }

  /// Texts that the table holds; any more are looked at one by one.
  private static let mostTexts = 1 << 13

  init(_ look: ColumnLook) {
    self.look = look
    shape = ColumnShape(look)
  }

  deinit { table.deallocate() }

  var ordinal: Int { look.ordinal }

  func beginSegment() {
    plain = PlainCells()
    shape = ColumnShape(look, isUnfinished: isSettled)
    rows = Array(repeating: 0, count: table.count)
  }

  /// What the segment's cells look like.
  func endSegment() -> ColumnShape {
    shape.counts.append(plain.counts)
    shape.hasEightDigits = plain.hasEightDigits
    for (kind, count) in zip(kinds, rows) where count > 0 { add(kind, rows: count) }
    return shape
  }

  private func add(_ kind: Kind, rows: Int) {
    switch kind {
    case .counted(let cell): shape.counts.append(cell, times: rows)
    case .marked(let text): shape.addMarked(text, rows: rows)
    }
  }

  /// Looks at one field of each row.
  /// - Parameters:
  ///   - separators: the separator before the field in the first row; the field ends at the next one.
  ///   - stride: from one row's separator to the next row's.
  ///   - endsLine: whether it is the last field of its row.
  func take(
    _ bytes: UnsafePointer<UInt8>, separators: UnsafePointer<Int32>, stride: Int, rows count: Int,
    endsLine: Bool
  ) {
    var row = 0
    while !isSettled {
      row = plain.take(
        bytes, separators: separators, stride: stride, row..<count, endsLine: endsLine)
      guard row < count else { return }
      let separator = separators + row * stride
      let start = Int(separator[0]) + 1
      takeOther(bytes + start, length: Int(separator[1]) - start)
      row += 1
    }
  }

  private func takeOther(_ text: UnsafePointer<UInt8>, length: Int) {
    guard table.count < ShapeReader.mostTexts else {
      return add(kind(of: UnsafeBufferPointer(start: text, count: length)), rows: 1)
    }
    let code = Int(table.code(of: text, length: length))
    if code == kinds.count {
      kinds.append(kind(of: UnsafeBufferPointer(start: text, count: length)))
      rows.append(0)
    }
    rows[code] += 1
  }

  /// What a cell of the text counts; the type may be settled by it.
  private func kind(of written: UnsafeBufferPointer<UInt8>) -> Kind {
    if RawText.isPlain(written) { return kind(ofMeant: written) }
    clean.read(written)
    return clean.bytes.withUnsafeBufferPointer { kind(ofMeant: $0) }
  }

  private func kind(ofMeant text: UnsafeBufferPointer<UInt8>) -> Kind {
    let cell = CellCounts(of: text)
    if !look.marked.isEmpty, !text.isEmpty {
      let text = String(decoding: text, as: UTF8.self)
      if look.marked.contains(text) { return .marked(text) }
    }
    if look.wordsSettle, cell.areWords, !isSettled {
      isSettled = true
      shape.settle(by: String(decoding: text, as: UTF8.self))
    }
    return .counted(cell)
  }
}
