private import Glibc

/// Reads segments of a file, one after another, into codes: one worker's buffers and dictionaries.
///
/// Used by one thread at a time, and when all have finished by the one that waited for them. The
/// bytes of a row stay where they were read: fields are hashed in place, quotes and all, and only
/// the distinct ones are looked at more closely when everything has been read.
final class SegmentReader: @unchecked Sendable {
  /// A row may be this long: a quote that is never closed would otherwise swallow all memory.
  static let longestRowInBytes = 1 << 24

  /// Zeros behind the block: the masks look at whole words, hashing at 16 bytes.
  private static let margin = 128

  let worker: Int
  let columns: [Int]
  private(set) var tables: [TextTable]
  /// Columns of which only the type is wanted.
  private let shapes: [ShapeReader]
  /// From more texts on a column's rows hold them themselves.
  private let mostTexts: Int
  /// Column by column how many rows were read so far, and whether the last ones' keys were wide.
  private var rowsRead: [Int]
  private var hasWideKeys: [Bool]
  /// Column by column how the serial numbers of its keys are read.
  private var serialPlans: [SerialState]
  /// Column by column where codes and serial numbers stand; nothing for a worker that reads little.
  private let memories: [RunMemory]?
  private let shape: RowShape
  private let input: any ByteInput
  private let monitor: ReadMonitor
  private let wantsChecksums: Bool
  /// Room for `blockBytes` and a margin of zeros.
  private var buffer: UnsafeMutablePointer<UInt8>
  private var blockBytes: Int
  private var index: BlockIndex
  /// The codes of one column in the block at hand.
  private var codes: UnsafeMutablePointer<UInt32>
  private var codeCapacity: Int
  /// Stretches of rows of the block that have as many fields as the header.
  private var runs: [Range<Int>] = []
  private let emptyText: UnsafeMutablePointer<UInt8>

  /// - Parameters:
  ///   - blockBytes: how much is read at a time, a multiple of 64.
  ///   - readsMuch: whether the rows of each column fill large pages.
  init(
    worker: Int, columns: [Int], looks: [ColumnLook] = [], shape: RowShape, input: any ByteInput,
    blockBytes: Int,
    wantsChecksums: Bool, mostTexts: Int, readsMuch: Bool, monitor: ReadMonitor
  ) {
    memories = readsMuch ? columns.map { _ in RunMemory() } : nil
    self.worker = worker
    self.columns = columns
    self.shape = shape
    self.input = input
    self.wantsChecksums = wantsChecksums
    self.monitor = monitor
    tables = columns.map { _ in TextTable() }
    shapes = looks.map(ShapeReader.init)
    self.mostTexts = mostTexts
    rowsRead = columns.map { _ in 0 }
    hasWideKeys = columns.map { _ in false }
    serialPlans = columns.map { _ in .unknown }
    self.blockBytes = blockBytes
    buffer = .allocate(capacity: blockBytes + SegmentReader.margin)
    index = BlockIndex(capacity: blockBytes + 64)
    codeCapacity = 1024
    codes = .allocate(capacity: codeCapacity)
    emptyText = .allocate(capacity: TextTable.margin)
    emptyText.initialize(repeating: 0, count: TextTable.margin)
  }

  deinit {
    for table in tables { table.deallocate() }
    buffer.deallocate()
    codes.deallocate()
    emptyText.deallocate()
  }

  /// Frees what texts are looked up by; nothing can be read from then on.
  func finishTables() {
    for slot in tables.indices { tables[slot].finish() }
  }

  /// Frees the texts of one column; their codes mean nothing here from then on.
  func dropTable(of slot: Int) {
    tables[slot].deallocate()
    tables[slot] = TextTable()
  }

  /// Gives the memory back where codes and serial numbers of one column stand; no segment may be asked for them
  /// from then on.
  func dropRows(of slot: Int) { memories?[slot].giveBack() }

  /// Reads the rows that begin at `start` and before `limit`.
  /// - Parameter progress: told how many more bytes were read.
  func read(from start: Int, to limit: Int, progress: (Int) -> Void) throws(DelimitedProblem)
    -> SegmentRead
  {
    let expectedRows = min(limit - start, 1 << 24) / (8 * shape.fieldCount) + 64
    let serials = columns.indices.map { slot in
      serialPlan(slot).map {
        SerialRun(capacity: expectedRows, plan: $0, memory: memories?[slot])
      }
    }
    let keys = columns.indices.map { slot in
      serials[slot] == nil && holdsKeys(slot)
        ? KeyRun(capacity: expectedRows, isWide: hasWideKeys[slot]) : nil
    }
    let result = SegmentRead(
      worker: worker, start: start,
      codes: columns.indices.map { slot in
        serials[slot] == nil && keys[slot] == nil
          ? CodeRun(capacity: expectedRows, memory: memories?[slot]) : CodeRun(capacity: 0)
      }, keys: keys, serials: serials)
    let known = tables.map(\.count)
    for shape in shapes { shape.beginSegment() }
    try read(into: result, to: limit, progress: progress)
    result.shapes = shapes.map { $0.endSegment() }
    result.newCodes = zip(known, tables).map { $0..<$1.count }
    for slot in columns.indices {
      rowsRead[slot] += result.rowCount
      result.codes[slot].finish()
      result.serials[slot]?.finish()
      if let run = result.keys[slot] { hasWideKeys[slot] = run.isWide }
    }
    return result
  }

  /// Whether rows hold the texts of a column from now on: a table of so many would be looked up in
  /// memory that no cache holds. Long texts don't fit into rows.
  private func holdsKeys(_ slot: Int) -> Bool {
    let count = tables[slot].count
    return count > mostTexts && count * 16 > rowsRead[slot]
      && tables[slot].longTextCount * 4 < count
  }

  /// What is known of a column's serial numbers.
  private enum SerialState {
    case unknown
    case none
    case plan(SerialPlan)
  }

  /// Serial numbers need no table, and are read as such as soon as the column shows that it has many.
  private static let mostSerialTexts = 1 << 14

  /// How the column's serial numbers are read from now on; nothing where it has none, or few texts.
  private func serialPlan(_ slot: Int) -> SerialPlan? {
    if case .unknown = serialPlans[slot] {
      let count = tables[slot].count
      guard count > min(mostTexts, SegmentReader.mostSerialTexts), count * 4 > rowsRead[slot]
      else { return nil }
      serialPlans[slot] = SerialPlan(tables[slot]).map(SerialState.plan) ?? .none
    }
    if case .plan(let plan) = serialPlans[slot] { return plan }
    return nil
  }

  private func read(
    into result: SegmentRead, to limit: Int, progress: (Int) -> Void
  ) throws(DelimitedProblem) {
    var filled = 0
    var isRowUnfinished = false
    while result.end < limit {
      guard !monitor.isCancelled() else {
        throw DelimitedProblem(.cancelled, "the reading was stopped")
      }
      // Near the limit only what finishes the last row is read.
      let wanted =
        isRowUnfinished || limit - result.end >= blockBytes
        ? blockBytes : min(blockBytes, limit - result.end + 4096)
      let room = UnsafeMutableRawBufferPointer(
        start: buffer + filled, count: max(0, wanted - filled))
      let count = try input.read(into: room, at: result.end + filled)
      progress(count)
      filled += count
      let isAtEnd = count < room.count
      guard filled > 0 else { return }
      (buffer + filled).initialize(repeating: 0, count: SegmentReader.margin)
      let consumed = try takeBlock(filled, isAtEnd: isAtEnd, limit: limit, into: result)
      isRowUnfinished = consumed == 0
      if isRowUnfinished {
        guard !isAtEnd else { return }
        if filled == blockBytes { try grow(keeping: filled, line: result.lineCount + 1) }
        continue
      }
      if wantsChecksums { noteChecksums(of: consumed, in: result) }
      result.end += consumed
      memmove(buffer, buffer + consumed, filled - consumed)
      filled -= consumed
      if isAtEnd, filled == 0 { return }
    }
  }

  /// A row is longer than the block: makes room for twice as much.
  private func grow(keeping filled: Int, line: Int) throws(DelimitedProblem) {
    let larger = blockBytes * 2
    guard larger <= SegmentReader.longestRowInBytes else {
      throw DelimitedProblem(
        .limit,
        "this row is longer than \(SegmentReader.longestRowInBytes >> 20) MiB; "
          + "is a quote not closed?",
        line: line)
    }
    let room = UnsafeMutablePointer<UInt8>.allocate(capacity: larger + SegmentReader.margin)
    room.update(from: buffer, count: filled)
    buffer.deallocate()
    buffer = room
    blockBytes = larger
    index.reserve(larger + 64)
  }

  // MARK: - One block

  /// Encodes the whole rows at the front of the buffer that begin before `limit`; returns how many
  /// bytes they take.
  private func takeBlock(
    _ filled: Int, isAtEnd: Bool, limit: Int, into result: SegmentRead
  ) throws(DelimitedProblem) -> Int {
    let bytes = UnsafePointer(buffer)
    index.scan(bytes, count: filled, shape: shape)
    if isAtEnd {
      guard !index.endsInsideQuotes else {
        let last = index.rowCount == 0 ? 0 : Int(index.positions[lastRowEnd]) + 1
        throw DelimitedProblem(
          .damaged, "a quote in this row is opened and never closed",
          line: result.lineCount + lineBreaks(bytes, last) + 1)
      }
      let last = index.rowCount == 0 ? -1 : Int(index.positions[lastRowEnd])
      if last + 1 < filled { index.closeLastRow(at: filled, shape: shape) }
    }
    let rows = rowCount(beginningWithin: limit - result.end)
    guard rows > 0 else { return 0 }
    let consumed = min(filled, Int(index.positions[Int(index.rowEnds[rows - 1])]) + 1)
    findRuns(rows, bytes, consumed, into: result)
    if codeCapacity < rows {
      codes.deallocate()
      codeCapacity = rows * 2
      codes = .allocate(capacity: codeCapacity)
    }
    for slot in columns.indices {
      encode(column: slot, bytes, into: result)
    }
    for shape in shapes where !shape.isSettled { look(at: shape, bytes) }
    result.places.append((result.end, result.rowCount))
    result.rowCount += runs.reduce(0) { $0 + $1.count }
    return consumed
  }

  private var lastRowEnd: Int { Int(index.rowEnds[index.rowCount - 1]) }

  /// How many of the block's rows begin before the limit.
  private func rowCount(beginningWithin limit: Int) -> Int {
    var low = 0
    var high = index.rowCount
    while low < high {
      let middle = (low + high) / 2
      let start =
        middle == 0 ? 0 : Int(index.positions[Int(index.rowEnds[middle - 1])]) + 1
      if start < limit { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Splits the rows into runs of regular ones; notes ragged rows and blank lines.
  private func findRuns(
    _ rows: Int, _ bytes: UnsafePointer<UInt8>, _ consumed: Int, into result: SegmentRead
  ) {
    runs.removeAll(keepingCapacity: true)
    defer { result.lineCount += index.hasQuotedBreaks ? lineBreaks(bytes, consumed) : rows }
    if index.isRegular {
      runs.append(0..<rows)
      return
    }
    let ends = index.rowEnds
    let fieldCount = Int32(shape.fieldCount)
    var first = 0
    var previous: Int32 = 0
    var row = 0
    while row < rows {
      let end = ends[row]
      if end - previous != fieldCount {
        if first < row { runs.append(first..<row) }
        noteIrregular(row, bytes, into: result)
        first = row + 1
      }
      previous = end
      row += 1
    }
    if first < rows { runs.append(first..<rows) }
  }

  private func lineBreaks(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    var lines = 0
    for position in 0..<count where bytes[position] == shape.lineBreak { lines += 1 }
    return lines
  }

  /// A blank line is left out (with one column it is a missing value); any other ragged row is
  /// kept.
  private func noteIrregular(
    _ row: Int, _ bytes: UnsafePointer<UInt8>, into result: SegmentRead
  ) {
    let previous = row == 0 ? 0 : Int(index.rowEnds[row - 1])
    let fieldCount = Int(index.rowEnds[row]) - previous
    let start = Int(index.positions[previous]) + 1
    let length = Int(index.positions[previous + 1]) - start
    if fieldCount == 1, length == 0 || length == 1 && bytes[start] == UInt8(ascii: "\r") {
      result.blankLineCount += 1
      return
    }
    runs.append(row..<row + 1)
    let before = index.hasQuotedBreaks ? lineBreaks(bytes, start) : row
    result.ragged.note(
      line: result.lineCount + before + 1, fieldCount: fieldCount,
      isShort: fieldCount < shape.fieldCount)
  }

  private func encode(
    column slot: Int, _ bytes: UnsafePointer<UInt8>, into result: SegmentRead
  ) {
    if result.serials[slot] != nil || result.keys[slot] != nil {
      return appendInRows(column: slot, bytes, into: result)
    }
    let column = columns[slot]
    var count = 0
    for run in runs {
      let previous = run.lowerBound == 0 ? 0 : Int(index.rowEnds[run.lowerBound - 1])
      let fieldCount =
        run.count > 1 ? shape.fieldCount : Int(index.rowEnds[run.lowerBound]) - previous
      if column < fieldCount {
        tables[slot].encode(
          bytes, separators: index.positions + previous + column, stride: shape.fieldCount,
          rows: run.count, into: codes + count)
      } else {
        codes[count] = tables[slot].code(of: emptyText, length: 0)
      }
      count += run.count
    }
    result.codes[slot].append(codes, count: count, dictionaryCount: tables[slot].count)
  }

  private func look(at shape: ShapeReader, _ bytes: UnsafePointer<UInt8>) {
    let column = shape.ordinal
    for run in runs {
      let previous = run.lowerBound == 0 ? 0 : Int(index.rowEnds[run.lowerBound - 1])
      let fieldCount =
        run.count > 1 ? self.shape.fieldCount : Int(index.rowEnds[run.lowerBound]) - previous
      guard column < fieldCount else { continue }
      shape.take(
        bytes, separators: index.positions + previous + column, stride: self.shape.fieldCount,
        rows: run.count, endsLine: column == fieldCount - 1)
    }
  }

  /// Appends to a column whose rows hold serial numbers or keys.
  private func appendInRows(
    column slot: Int, _ bytes: UnsafePointer<UInt8>, into result: SegmentRead
  ) {
    let column = columns[slot]
    for run in runs {
      let previous = run.lowerBound == 0 ? 0 : Int(index.rowEnds[run.lowerBound - 1])
      let fieldCount =
        run.count > 1 ? shape.fieldCount : Int(index.rowEnds[run.lowerBound]) - previous
      guard column < fieldCount else {
        result.serials[slot]?.appendEmpty()
        result.keys[slot]?.appendEmpty()
        continue
      }
      let separators = index.positions + previous + column
      let taken =
        result.serials[slot]?.append(
          bytes, separators: separators, stride: shape.fieldCount, rows: run.count) ?? 0
      guard taken < run.count else { continue }
      if result.serials[slot] != nil {
        // A column that has shown others than serial numbers is not taken for such again.
        serialPlans[slot] = .none
        result.restoreKeys(of: slot)
      }
      result.keys[slot]?.append(
        bytes, separators: separators + taken * shape.fieldCount, stride: shape.fieldCount,
        rows: run.count - taken, table: &tables[slot])
    }
  }

  private func noteChecksums(of consumed: Int, in result: SegmentRead) {
    var offset = 0
    while offset < consumed {
      let room = BlockChecksums.blockBytes - (result.end + offset) % BlockChecksums.blockBytes
      let count = min(room, consumed - offset)
      let piece = Checksum(
        of: UnsafeRawBufferPointer(start: buffer + offset, count: count))
      // Pieces of one block are joined at once, so that a segment holds one for each block.
      if let last = result.checksums.indices.last,
        (result.end + offset) % BlockChecksums.blockBytes != 0
      {
        result.checksums[last].append(piece)
      } else {
        result.checksums.append(piece)
      }
      offset += count
    }
  }
}
