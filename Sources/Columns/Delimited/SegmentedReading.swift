private import Synchronization

/// One pass over a file: segments on all cores, put together in the order of the file.
struct SegmentedReading {
  private let input: any ByteInput
  private let shape: RowShape
  private let firstRow: Header
  private let looks: [ColumnLook]
  private let monitor: ReadMonitor
  private let cores: Int
  /// Where segments begin by plan; the last entry is the end of the file.
  private let borders: [Int]
  private let readers: [SegmentReader]
  private var segments: [SegmentRead] = []
  /// Whether no segment had to be read a second time.
  private var isInOrder = true

  init(
    input: any ByteInput, shape: RowShape, columns: [Int], looks: [ColumnLook], firstRow: Header,
    cores: Int, segmentBytes: Int, firstBytes: Int?, mostTexts: Int, manyRows: Int,
    monitor: ReadMonitor
  ) {
    // What has to be unpacked is unpacked on a thread of its own.
    let input = input.byteCount == nil && cores > 1 ? AheadInput(input) : input
    self.input = input
    self.shape = shape
    self.firstRow = firstRow
    self.looks = looks
    self.monitor = monitor
    var borders = [firstRow.byteCount]
    if let firstBytes {
      borders.append(max(firstRow.byteCount, min(firstBytes, input.byteCount ?? .max)))
    } else if let byteCount = input.byteCount {
      let step = max(64, segmentBytes)
      borders.append(contentsOf: stride(from: firstRow.byteCount + step, to: byteCount, by: step))
      if byteCount > firstRow.byteCount { borders.append(byteCount) }
    } else {
      borders.append(.max)
    }
    self.borders = borders
    self.cores = cores
    let workers = max(1, min(cores, borders.count - 1))
    // As many rows as a worker may have; fields are longer more often than shorter.
    let rows = (borders[borders.count - 1] - borders[0]) / (workers * 8 * shape.fieldCount)
    let readsMuch = input.byteCount != nil && rows >= manyRows
    readers = (0..<workers).map { worker in
      SegmentReader(
        worker: worker, columns: columns, looks: looks, shape: shape, input: input,
        blockBytes: max(64, min(SegmentedReading.blockBytes, segmentBytes / 64 * 64)),
        wantsChecksums: input.byteCount != nil, mostTexts: mostTexts, readsMuch: readsMuch,
        monitor: monitor)
    }
  }

  /// Fits a core's second-level cache together with its index.
  private static let blockBytes = 1 << 18

  // MARK: - Reading

  mutating func run() throws(DelimitedProblem) {
    guard borders.count > 1 else { return }
    if input.byteCount == nil { try skipFirstRow() }
    try join(attemptAll())
  }

  /// Reads every segment from where it seems to begin.
  private func attemptAll() -> [Attempt?] {
    let board = Board(segmentCount: borders.count - 1)
    let total = input.byteCount ?? 0
    let progress: @Sendable (Int) -> Void = { [monitor, input] added in
      let done = board.advance(by: added)
      if let file = input.progress {
        monitor.advance(file.done, file.total)
      } else {
        monitor.advance(min(done, total), total)
      }
    }
    Parallel.run(workers: readers.count) { [readers, borders, shape, input] worker in
      while let segment = board.next() {
        var start = borders[segment]
        do throws(DelimitedProblem) {
          if segment > 0 { start = try RowStart.guess(at: start, in: input, shape) }
          let read = try readers[worker].read(
            from: start, to: borders[segment + 1], progress: progress)
          board.put(.read(read), at: segment)
        } catch {
          board.put(.failed(start: start, error), at: segment)
          if error.kind == .cancelled || error.kind == .unreadable { board.stop() }
        }
      }
    }
    return board.attempts
  }

  /// Checks each seam; a segment that was begun in the wrong place is read again from the right
  /// one.
  private mutating func join(_ attempts: [Attempt?]) throws(DelimitedProblem) {
    for case .failed(_, let problem)? in attempts
    where problem.kind == .cancelled || problem.kind == .unreadable {
      throw problem
    }
    var expected = firstRow.byteCount
    var lines = firstRow.lineCount
    for (index, attempt) in attempts.enumerated() {
      let segment: SegmentRead
      do throws(DelimitedProblem) {
        switch attempt {
        case .read(let read)? where read.start == expected: segment = read
        case .failed(expected, let problem)?: throw problem
        default:
          isInOrder = false
          segment = try readers[0].read(from: expected, to: borders[index + 1]) { _ in }
        }
      } catch {
        var problem = error
        problem.line = problem.line.map { $0 + lines }
        throw problem
      }
      segments.append(segment)
      expected = segment.end
      lines += segment.lineCount
    }
  }

  /// A stream has no way back: the first row is read past.
  private func skipFirstRow() throws(DelimitedProblem) {
    let room = UnsafeMutableRawBufferPointer.allocate(
      byteCount: firstRow.byteCount, alignment: 16)
    defer { room.deallocate() }
    _ = try input.read(into: room, at: 0)
  }

  // MARK: - The result

  /// Errors: `cancelled`, between one step and the next.
  func result(names: [String]) throws(DelimitedProblem) -> DelimitedRead {
    // A thread costs more than it saves on few rows.
    let rowCount = segments.reduce(0) { $0 + $1.rowCount }
    let workers = max(1, min(cores, rowCount / 32_768))
    // No text is looked up any more.
    for reader in readers { reader.finishTables() }
    var notes = [[String]](repeating: [], count: names.count)
    var columns = [Column?](repeating: nil, count: names.count)
    // Rows that hold texts take most room, and give it back.
    let isKeyed = names.indices.map { slot in
      segments.contains { $0.keys[slot] != nil || $0.serials[slot] != nil }
    }
    for slot in names.indices.filter({ isKeyed[$0] }) + names.indices.filter({ !isKeyed[$0] }) {
      let union = ColumnUnion(
        segments: segments, readers: readers, slot: slot, isInOrder: isInOrder,
        workers: workers)
      defer { union.deallocate() }
      guard let column = union.column(unless: monitor.isCancelled) else {
        throw DelimitedProblem(.cancelled, "reading was stopped")
      }
      for reader in readers { reader.dropRows(of: slot) }
      columns[slot] = column
      notes[slot] = self.notes(on: names[slot], union)
    }
    return DelimitedRead(
      columns: columns.compactMap(\.self), rowCount: rowCount, faults: ragged, rowNotes: blankLines,
      columnNotes: notes, shapes: shapes, places: places,
      fingerprintMaterial: fingerprintMaterial())
  }

  /// What the cells of columns look like of which only the type is wanted.
  private var shapes: [ColumnShape] {
    guard var shapes = segments.first?.shapes else { return looks.map { ColumnShape($0) } }
    for segment in segments.dropFirst() {
      for index in shapes.indices { shapes[index].append(segment.shapes[index]) }
    }
    return shapes
  }

  /// Where rows begin, block by block.
  private var places: RowPlaces {
    var places = RowPlaces()
    var rows = 0
    for segment in segments {
      for place in segment.places {
        places.add(offset: place.offset, rowsBefore: rows + place.rowsBefore)
      }
      rows += segment.rowCount
    }
    places.add(offset: segments.last?.end ?? firstRow.byteCount, rowsBefore: rows)
    return places
  }

  /// What was noticed about the texts of a column.
  private func notes(on name: String, _ union: ColumnUnion) -> [String] {
    var notes: [String] = []
    if union.decodedTextCount > 0 {
      notes.append(
        "\(counted(union.decodedTextCount, "text", "texts")) of `\(name)` "
          + "\(union.decodedTextCount == 1 ? "is" : "are") not UTF-8 and read as Windows-1252")
    }
    if union.nullTextCount > 0 {
      notes.append(
        "\(counted(union.nullTextCount, "text", "texts")) of `\(name)` "
          + "held NUL bytes, which were left out")
    }
    return notes
  }

  /// Rows that have not as many fields as the first, with the lines of some of them.
  ///
  /// `DelimitedRead.faults` knows the sentence by its brackets.
  private var ragged: [String] {
    var ragged = RaggedRows()
    var lines = firstRow.lineCount
    for segment in segments {
      ragged.append(segment.ragged, afterLines: lines)
      lines += segment.lineCount
    }
    var notes: [String] = []
    func places(isShort: Bool) -> String {
      ragged.examples(isShort: isShort).map { "line \($0.line) has \($0.fieldCount)" }
        .joined(separator: ", ")
    }
    if ragged.shortCount > 0 {
      notes.append(
        "\(counted(ragged.shortCount, "row has", "rows have")) fewer than \(shape.fieldCount) "
          + "fields; the rest of them is missing (\(places(isShort: true)))")
    }
    if ragged.longCount > 0 {
      notes.append(
        "\(counted(ragged.longCount, "row has", "rows have")) more than \(shape.fieldCount) "
          + "fields; the extra ones are left out (\(places(isShort: false)))")
    }
    return notes
  }

  private var blankLines: [String] {
    let count = segments.reduce(0) { $0 + $1.blankLineCount }
    guard count > 0, shape.fieldCount > 1 else { return [] }
    return ["\(counted(count, "blank line is", "blank lines are")) left out"]
  }

  private func counted(_ count: Int, _ one: String, _ many: String) -> String {
    "\(count) \(count == 1 ? one : many)"
  }

  private func fingerprintMaterial() -> [UInt8] {
    if let sums = input.checksums { return sums.material }
    var sums = firstRow.checksums
    for segment in segments { sums.append(segment.checksums) }
    return sums.material
  }
}

/// What came of one segment, read from where it seemed to begin.
private enum Attempt: Sendable {
  case read(SegmentRead)
  case failed(start: Int, DelimitedProblem)
}

/// What the workers share: which segment is next, and what came of each.
private final class Board: Sendable {
  private struct State {
    var next = 0
    var attempts: [Attempt?]
    var done = 0
  }

  private let state: Mutex<State>

  init(segmentCount: Int) {
    state = Mutex(State(attempts: Array(repeating: nil, count: segmentCount)))
  }

  var attempts: [Attempt?] { state.withLock { $0.attempts } }

  func next() -> Int? {
    state.withLock { state in
      guard state.next < state.attempts.count else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }

  func put(_ attempt: Attempt, at segment: Int) {
    state.withLock { $0.attempts[segment] = attempt }
  }

  func stop() {
    state.withLock { $0.next = $0.attempts.count }
  }

  func advance(by added: Int) -> Int {
    state.withLock { state in
      state.done += added
      return state.done
    }
  }
}
