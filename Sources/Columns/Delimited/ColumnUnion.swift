private import Synchronization

/// Puts the codes that the workers gave into one column, in order of first appearance.
///
/// The order does not depend on which worker read what, nor on the number of workers.
///
/// **Complexity**: O(rows + distinct texts); texts are sorted by hash into parts that fit a core's
/// cache, and each part is joined on its own.
struct ColumnUnion {
  private let segments: [SegmentRead]
  private let readers: [SegmentReader]
  private let slot: Int
  private let workers: Int
  /// Each worker's texts, as they are meant.
  private let sources: [CleanTexts]
  /// Whether each worker met its texts in the order of its codes, segment after segment.
  private let isInOrder: Bool

  /// - Parameters:
  ///   - slot: which of the columns that were asked for.
  ///   - isInOrder: whether no segment was read twice.
  ///   - workers: how many threads may work.
  init(
    segments: [SegmentRead], readers: [SegmentReader], slot: Int, isInOrder: Bool, workers: Int
  ) {
    self.segments = segments
    self.readers = readers
    self.slot = slot
    self.isInOrder = isInOrder
    self.workers = workers
    let found = Mutex([CleanTexts?](repeating: nil, count: readers.count))
    let total = readers.reduce(0) { $0 + $1.tables[slot].count }
    Parallel.run(workers: total > 1 << 12 ? readers.count : 1) { worker in
      for reader in total > 1 << 12 ? [readers[worker]] : readers {
        let clean = CleanTexts(reader.tables[slot])
        found.withLock { $0[reader.worker] = clean }
      }
    }
    sources = found.withLock { $0.compactMap(\.self) }
  }

  /// Frees what was made; to be called once.
  func deallocate() {
    for source in sources { source.deallocate() }
  }

  /// How many distinct texts of the file were not UTF-8.
  var decodedTextCount: Int { distinctCount(\.decoded) }
  /// How many held NUL bytes.
  var nullTextCount: Int { distinctCount(\.withNulls) }

  private func distinctCount(_ texts: (CleanTexts) -> Set<[UInt8]>) -> Int {
    sources.reduce(into: Set<[UInt8]>()) { $0.formUnion(texts($1)) }.count
  }

  // MARK: - The column

  /// Nothing where it is cancelled between one step and the next; to be asked for once, since the
  /// workers' texts are given up as soon as the column has its own.
  func column(unless isCancelled: () -> Bool) -> Column? {
    if isCancelled() { return nil }
    if sources.count == 1, isInOrder, sources[0].areMeantAsWritten {
      // The one worker met its texts in the order of its codes: nothing is named anew.
      let texts = sources[0].table.texts
      return column(texts, [Array(0..<UInt32(texts.count))])
    }
    let joined = JoinedTexts(sources.map(\.table), workers: workers)
    if isCancelled() { return nil }
    let (order, final) = named(joined)
    if isCancelled() { return nil }
    let texts = texts(order)
    if isCancelled() { return nil }
    return column(texts, final)
  }

  /// The texts in order of first appearance, and for each worker the place that each of its codes
  /// has among them.
  private func named(_ joined: JoinedTexts) -> (order: [Holder], names: [[UInt32]]) {
    let (order, places) = appearances(joined)
    return (order, finalNames(joined, places))
  }

  /// The rows' codes under their final names, with the texts they stand for.
  private func column(_ texts: Texts, _ final: [[UInt32]]) -> Column {
    for reader in readers { reader.dropTable(of: slot) }
    let rowCount = segments.reduce(0) { $0 + $1.rowCount }
    let codes: Codes
    switch CodeRun.Width(dictionaryCount: texts.count) {
    case .byte: codes = .bytes(remapped(final, rowCount))
    case .short: codes = .shorts(remapped(final, rowCount))
    case .word: codes = .words(remapped(final, rowCount))
    }
    return Column(
      codes: codes, texts: texts, counts: codes.counts(of: texts.count, workers: workers))
  }

  /// A text by one of the workers that hold it.
  private struct Holder {
    let worker: UInt32
    let code: UInt32
  }

  /// The texts in order of first appearance, and each joined text's place in that order.
  ///
  /// Texts that no row holds (a segment that was read from a wrong start entered them) are left
  /// out.
  private func appearances(_ joined: JoinedTexts) -> (order: [Holder], places: [UInt32]) {
    var places = [UInt32](repeating: .max, count: joined.count)
    var order: [Holder] = []
    order.reserveCapacity(joined.count)
    for segment in segments {
      guard order.count < joined.count else { break }
      let names = joined.names[segment.worker]
      let source = sources[segment.worker]
      func enter(_ raw: Int) {
        let code = source.code(raw)
        let name = Int(names[code])
        guard places[name] == .max else { return }
        places[name] = UInt32(order.count)
        order.append(Holder(worker: UInt32(segment.worker), code: UInt32(code)))
      }
      if isInOrder {
        for code in segment.newCodes[slot] { enter(code) }
      } else {
        let run = segment.codes[slot]
        for row in 0..<run.count { enter(run[row]) }
      }
    }
    return (order, places)
  }

  private func texts(_ order: [Holder]) -> Texts {
    var bounds: [Int] = []
    bounds.reserveCapacity(order.count + 1)
    var end = 0
    bounds.append(end)
    for holder in order {
      end += sources[Int(holder.worker)].table.length(of: Int(holder.code))
      bounds.append(end)
    }
    let bytes = [UInt8](unsafeUninitializedCapacity: end) { room, count in
      let target = SharedPointer(room.baseAddress)
      Parallel.stretches(of: order.count, workers: order.count > 1 << 14 ? workers : 1) {
        [bounds, sources] _, stretch in
        guard let target = target.value else { return }
        for place in stretch {
          sources[Int(order[place].worker)].table.withText(of: Int(order[place].code)) { text in
            if let base = text.baseAddress {
              (target + bounds[place]).update(from: base, count: text.count)
            }
          }
        }
      }
      count = end
    }
    return Texts(bytes: bytes, bounds: bounds)
  }

  /// For each worker the column's code of each of its codes.
  private func finalNames(_ joined: JoinedTexts, _ places: [UInt32]) -> [[UInt32]] {
    zip(sources, joined.names).map { source, names in
      (0..<source.rawCount).map { places[Int(names[source.code($0)])] }
    }
  }

  /// Each segment's codes under their final names, segment after segment.
  private func remapped<Code: FixedWidthInteger & Sendable>(
    _ final: [[UInt32]], _ rowCount: Int
  ) -> [Code] {
    var starts: [Int] = []
    var start = 0
    for segment in segments {
      starts.append(start)
      start += segment.rowCount
    }
    let names = final.map { $0.map { Code(truncatingIfNeeded: $0) } }
    let offsets = starts
    return Array(unsafeUninitializedCapacity: rowCount) { room, count in
      let target = SharedPointer(room.baseAddress)
      Parallel.stretches(of: segments.count, workers: workers) { [segments, slot] _, stretch in
        guard let target = target.value else { return }
        for index in stretch {
          let segment = segments[index]
          names[segment.worker].withUnsafeBufferPointer { names in
            segment.codes[slot].mapped(to: target + offsets[index]) { names[$0] }
          }
        }
      }
      count = rowCount
    }
  }
}

/// One worker's texts as they are meant: quotes, NUL bytes and foreign encodings undone.
///
/// Only read once it is made; the worker's own table must outlive it.
private struct CleanTexts: @unchecked Sendable {
  let table: TextTable
  /// How many texts the worker has as they were written.
  let rawCount: Int
  /// Those that were not UTF-8, and those with NUL bytes.
  let decoded: Set<[UInt8]>
  let withNulls: Set<[UInt8]>
  /// For each text as written the code of what is meant; nothing where all stand for themselves.
  private let codes: [UInt32]?

  init(_ raw: TextTable) {
    rawCount = raw.count
    var decoded: Set<[UInt8]> = []
    var withNulls: Set<[UInt8]> = []
    guard !(0..<raw.count).allSatisfy(raw.isPlain) else {
      table = raw
      codes = nil
      self.decoded = decoded
      self.withNulls = withNulls
      return
    }
    var table = TextTable(expecting: raw.count)
    var clean = RawText()
    codes = (0..<raw.count).map { code in
      if raw.isPlain(code) { return table.code(of: raw.key(of: code), raw.longText(of: code)) }
      return raw.withText(of: code) { text in
        clean.read(text)
        if clean.isDecoded { decoded.insert(Array(text)) }
        if clean.hadNulls { withNulls.insert(Array(text)) }
        let padded = clean.bytes + Array(repeating: 0, count: TextTable.margin)
        return padded.withUnsafeBufferPointer {
          $0.baseAddress.map { table.code(of: $0, length: clean.bytes.count) } ?? 0
        }
      }
    }
    self.table = table
    self.decoded = decoded
    self.withNulls = withNulls
  }

  func deallocate() {
    if codes != nil { table.deallocate() }
  }

  /// Whether every text stands for itself.
  var areMeantAsWritten: Bool { codes == nil }

  /// The code of what a text as written means.
  @inline(__always)
  func code(_ raw: Int) -> Int { codes.map { Int($0[raw]) } ?? raw }
}

/// The distinct texts of several tables, numbered.
///
/// Texts are sorted by hash into parts; equal texts come to lie in one part, and each part is
/// numbered on its own, by any thread.
private struct JoinedTexts {
  let count: Int
  /// Table by table the number of each text.
  let names: [[UInt32]]

  /// Texts in a part, so that its table fits a core's cache.
  private static let textsPerPart = 1 << 14

  init(_ tables: [TextTable], workers: Int) {
    if tables.count == 1 {
      // A table holds each text once.
      count = tables[0].count
      names = [Array(0..<UInt32(count))]
      return
    }
    let total = tables.reduce(0) { $0 + $1.count }
    let bits = (0...12).first { total >> $0 <= JoinedTexts.textsPerPart } ?? 12
    let workers = bits > 0 ? workers : 1
    let shared = SharedTables(tables: tables)
    let sorted = JoinedTexts.byTable(tables.count, workers) {
      SortedCodes(shared.tables[$0], bits: bits)
    }
    let rooms = tables.map {
      SharedPointer(UnsafeMutablePointer<UInt32>.allocate(capacity: $0.count))
    }
    defer { for room in rooms { room.value?.deallocate() } }
    let counts = Mutex([UInt32](repeating: 0, count: 1 << bits))
    Parallel.stretches(of: 1 << bits, workers: workers) { _, stretch in
      for part in stretch {
        let count = JoinedTexts.join(part, shared.tables, sorted, rooms)
        counts.withLock { $0[part] = count }
      }
    }
    var bases: [UInt32] = [0]
    for count in counts.withLock({ $0 }) { bases.append(bases[bases.count - 1] + count) }
    count = Int(bases[bases.count - 1])
    names = JoinedTexts.byTable(tables.count, workers) { [bases] table in
      sorted[table].parts.enumerated().map { code, part in
        (rooms[table].value?[code] ?? 0) + bases[Int(part)]
      }
    }
  }

  /// Makes something of each table, on several threads.
  private static func byTable<Made: Sendable>(
    _ tableCount: Int, _ workers: Int, _ make: @Sendable (Int) -> Made
  ) -> [Made] {
    let made = Mutex([Made?](repeating: nil, count: tableCount))
    Parallel.stretches(of: tableCount, workers: max(1, min(workers, tableCount))) { _, stretch in
      for table in stretch {
        let one = make(table)
        made.withLock { $0[table] = one }
      }
    }
    return made.withLock { $0.compactMap(\.self) }
  }

  /// Numbers the texts of one part; returns how many there are.
  private static func join(
    _ part: Int, _ tables: [TextTable], _ sorted: [SortedCodes], _ rooms: [SharedPointer<UInt32>]
  ) -> UInt32 {
    var union = TextTable(expecting: sorted.map { $0.codes(of: part).count }.max() ?? 0)
    defer { union.deallocate() }
    for (index, table) in tables.enumerated() {
      guard let room = rooms[index].value else { continue }
      for code in sorted[index].codes(of: part) {
        room[Int(code)] = union.code(
          of: table.key(of: Int(code)), table.longText(of: Int(code)))
      }
    }
    return UInt32(union.count)
  }
}

/// Tables that several threads read.
private struct SharedTables: @unchecked Sendable {
  let tables: [TextTable]
}

/// A table's codes, sorted by the highest bits of their texts' hashes.
private struct SortedCodes: Sendable {
  /// The part of each code.
  let parts: [UInt16]
  private let codes: [UInt32]
  private let starts: [Int]

  init(_ table: TextTable, bits: Int) {
    let parts = (0..<table.count).map { code in
      bits == 0 ? 0 : UInt16(truncatingIfNeeded: table.key(of: code).hash >> UInt64(64 - bits))
    }
    var starts = [Int](repeating: 0, count: (1 << bits) + 1)
    for part in parts { starts[Int(part) + 1] += 1 }
    for part in 0..<1 << bits { starts[part + 1] += starts[part] }
    var next = starts
    var codes = [UInt32](repeating: 0, count: parts.count)
    for (code, part) in parts.enumerated() {
      codes[next[Int(part)]] = UInt32(code)
      next[Int(part)] += 1
    }
    self.parts = parts
    self.codes = codes
    self.starts = starts
  }

  func codes(of part: Int) -> ArraySlice<UInt32> { codes[starts[part]..<starts[part + 1]] }
}

/// A pointer that several threads use on stretches that don't overlap.
struct SharedPointer<Element>: @unchecked Sendable {
  let value: UnsafeMutablePointer<Element>?

  init(_ value: UnsafeMutablePointer<Element>?) {
    self.value = value
  }
}
