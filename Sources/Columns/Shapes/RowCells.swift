private import Synchronization

/// The texts of some columns in some rows.
package struct RowCells: Sendable {
  /// For each column a text for each row.
  package let texts: [[String]]
  /// For each column whether all of them are UTF-8 without NUL bytes, so that there is nothing to be noted.
  package let areAsWritten: [Bool]
}

extension DelimitedFile {
  /// Goes to rows of the file and reads cells of them: the texts that the columns would hold.
  ///
  /// Nothing where the bytes there are not those that the file had when the places were found.
  ///
  /// - Parameters:
  ///   - columns: their ordinals; 0 is the first.
  ///   - rows: their numbers, ascending; 0 is the first.
  ///   - places: where rows begin, as reading the file has shown.
  ///   - material: what the file added up to then.
  package func cells(
    of columns: [Int], in rows: [Int], places: RowPlaces, fingerprintMaterial material: [UInt8],
    cores: Int = Parallel.availableCores
  ) throws(DelimitedProblem) -> RowCells? {
    precondition(columns.allSatisfy(header.indices.contains) && isSeekable)
    guard rows.allSatisfy({ 0..<places.rowCount ~= $0 }) else { return nil }
    let checksums = BlockChecksums.values(in: material)
    let parts = RowsOfStretch.parts(rows, places)
    let found = Mutex([Result<[CellRow]?, DelimitedProblem>?](repeating: nil, count: parts.count))
    // A thread costs as much as going to a row or two.
    let workers = max(1, min(cores, parts.count / 4))
    Parallel.stretches(of: parts.count, workers: workers) { [file, shape] _, stretch in
      var reader = CellReader(file: file, shape: shape, columns: columns, checksums: checksums)
      for index in stretch {
        let part = parts[index]
        let result: Result<[CellRow]?, DelimitedProblem>
        do throws(DelimitedProblem) {
          result = .success(try reader.rows(part.rows, in: places.bytes(of: part.stretch)))
        } catch {
          result = .failure(error)
        }
        found.withLock { $0[index] = result }
        guard case .success(_?) = result else { return }
      }
    }
    try checkUnchanged()
    var read: [CellRow] = []
    for result in found.withLock({ $0 }) {
      guard let rows = try result?.get() else { return nil }
      read += rows
    }
    return RowCells(
      texts: columns.indices.map { place in read.map { $0.texts[place] } },
      areAsWritten: columns.indices.map { place in read.allSatisfy { $0.areAsWritten[place] } })
  }
}

/// One row's cells.
private struct CellRow {
  var texts: [String] = []
  var areAsWritten: [Bool] = []
}

/// Rows that stand in one stretch of the file, counted from its beginning.
private struct RowsOfStretch {
  let stretch: Int
  var rows: [Int]

  static func parts(_ rows: [Int], _ places: RowPlaces) -> [RowsOfStretch] {
    var parts: [RowsOfStretch] = []
    for row in rows {
      let stretch = places.stretch(of: row)
      if parts.last?.stretch != stretch { parts.append(RowsOfStretch(stretch: stretch, rows: [])) }
      parts[parts.count - 1].rows.append(row - places.rows[stretch])
    }
    return parts
  }
}

/// Reads whole blocks of the file, which must add up, and finds rows in them.
private struct CellReader: ~Copyable {
  private let file: any ByteInput
  private let shape: RowShape
  private let columns: [Int]
  private let checksums: [UInt32]
  /// Whole blocks of the file, and room for the zeros behind them that a scan looks at.
  private var room: UnsafeMutableBufferPointer<UInt8>
  /// The bytes of the file that stand there.
  private var held = 0..<0
  private var index = BlockIndex(capacity: 1 << 18)
  private var text = RawText()

  /// A scan looks at words of so many bytes.
  private static let margin = 64

  init(file: any ByteInput, shape: RowShape, columns: [Int], checksums: [UInt32]) {
    self.file = file
    self.shape = shape
    self.columns = columns
    self.checksums = checksums
    room = .allocate(capacity: BlockChecksums.blockBytes * 2 + CellReader.margin)
  }

  deinit { room.deallocate() }

  /// The cells of rows, given by their places in a stretch of whole rows, ascending; nothing where the bytes are others
  /// than they were.
  mutating func rows(
    _ rows: [Int], in stretch: Range<Int>
  ) throws(DelimitedProblem) -> [CellRow]? {
    guard try hold(stretch) else { return nil }
    let first = stretch.lowerBound - held.lowerBound
    let bytes = UnsafeBufferPointer(rebasing: room[first..<first + stretch.count])
    scan(bytes)
    return pick(rows, bytes)
  }

  /// Finds the fields of whole rows.
  private mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress else { return }
    index.reserve((bytes.count + 127) / 64 * 64)
    // Behind the rows zeros have to stand, and then again what stood there.
    let behind = UnsafeMutablePointer(mutating: base) + bytes.count
    let saved = (0..<CellReader.margin).map { behind[$0] }
    behind.update(repeating: 0, count: CellReader.margin)
    index.scan(base, count: bytes.count, shape: shape)
    for (place, byte) in saved.enumerated() { behind[place] = byte }
    let lastRow = index.rowCount - 1
    let last = lastRow < 0 ? -1 : Int(index.positions[Int(index.rowEnds[lastRow])])
    if last + 1 < bytes.count { index.closeLastRow(at: bytes.count, shape: shape) }
  }

  private mutating func pick(
    _ rows: [Int], _ bytes: UnsafeBufferPointer<UInt8>
  ) -> [CellRow]? {
    var found: [CellRow] = []
    var wanted = rows[...]
    var row = 0
    var previous = 0
    for line in 0..<index.rowCount {
      let end = Int(index.rowEnds[line])
      defer { previous = end }
      if isBlank(previous, end, bytes) { continue }
      while wanted.first == row {
        found.append(cells(from: previous, to: end, bytes))
        wanted = wanted.dropFirst()
      }
      if wanted.isEmpty { return found }
      row += 1
    }
    return nil
  }

  /// Whether a line is left out; see `SegmentReader.noteIrregular`.
  private func isBlank(_ previous: Int, _ end: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard end - previous == 1, shape.fieldCount != 1 else { return false }
    let start = Int(index.positions[previous]) + 1
    let length = Int(index.positions[end]) - start
    return length == 0 || length == 1 && bytes[start] == UInt8(ascii: "\r")
  }

  private mutating func cells(
    from previous: Int, to end: Int, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> CellRow {
    var cells = CellRow()
    for column in columns {
      guard column < end - previous else {
        cells.texts.append("")
        cells.areAsWritten.append(true)
        continue
      }
      let start = Int(index.positions[previous + column]) + 1
      let next = Int(index.positions[previous + column + 1])
      text.read(UnsafeBufferPointer(rebasing: bytes[start..<next]))
      cells.texts.append(String(decoding: text.bytes, as: UTF8.self))
      cells.areAsWritten.append(!text.isDecoded && !text.hadNulls)
    }
    return cells
  }

  /// Reads the blocks that hold the bytes, if they are not at hand; whether they add up.
  private mutating func hold(_ wanted: Range<Int>) throws(DelimitedProblem) -> Bool {
    if held.lowerBound <= wanted.lowerBound, wanted.upperBound <= held.upperBound { return true }
    held = 0..<0
    let size = BlockChecksums.blockBytes
    let first = wanted.lowerBound / size
    let behind = (wanted.upperBound + size - 1) / size
    guard behind <= checksums.count else { return false }
    if room.count < (behind - first) * size + CellReader.margin {
      room.deallocate()
      room = .allocate(capacity: (behind - first) * size + CellReader.margin)
    }
    let whole = UnsafeMutableRawBufferPointer(
      UnsafeMutableBufferPointer(rebasing: room[..<((behind - first) * size)]))
    let count = try file.read(into: whole, at: first * size)
    for block in first..<behind {
      let start = (block - first) * size
      guard start < count else { return false }
      let bytes = UnsafeRawBufferPointer(rebasing: whole[start..<min(start + size, count)])
      guard Checksum(of: bytes).value == checksums[block] else { return false }
    }
    held = first * size..<first * size + count
    return wanted.upperBound <= held.upperBound
  }
}
