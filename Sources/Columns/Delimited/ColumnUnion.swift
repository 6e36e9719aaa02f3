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
  func column(unless isCancelled: @escaping @Sendable () -> Bool) -> Column? {
    if isCancelled() { return nil }
    if let numbers = SerialColumn(
      segments: segments, slot: slot, sources: sources, workers: workers),
      let column = numbers.column(unless: isCancelled)
    {
      for reader in readers { reader.dropTable(of: slot) }
      return column
    }
    if isCancelled() { return nil }
    for segment in segments { segment.restoreKeys(of: slot) }
    if segments.contains(where: { $0.keys[slot] != nil }) { return keyed(unless: isCancelled) }
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

  /// The column of rows that hold their texts themselves, at least in some segments.
  private func keyed(unless isCancelled: @escaping @Sendable () -> Bool) -> Column? {
    let rowCount = segments.reduce(0) { $0 + $1.rowCount }
    let named = NamedTexts(sources, workers: workers)
    let isWide =
      segments.contains { $0.keys[slot]?.isWide ?? false } || named.needsWideKeys
    if isCancelled() { return nil }
    return isWide
      ? KeyedColumn<UInt128>(
        segments: segments, slot: slot, rowCount: rowCount, named: named, workers: workers,
        isCancelled: isCancelled
      ).column()
      : KeyedColumn<UInt64>(
        segments: segments, slot: slot, rowCount: rowCount, named: named, workers: workers,
        isCancelled: isCancelled
      ).column()
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
    for segment in segments { segment.dropRows(of: slot) }
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
      HugePages.prefer(for: room)
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
