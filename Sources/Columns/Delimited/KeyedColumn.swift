private import Synchronization

/// Puts the keys that rows hold into one column, in order of first appearance.
///
/// Rows are sorted by their keys' hashes into parts that fit a core's cache; each part tells its
/// equal texts on its own. Then each segment numbers the texts that it holds first, in the order of its
/// rows: the result does not depend on the number of workers.
///
/// **Complexity**: O(rows); every step reads and writes memory in order, but for the last one's
/// look at the code of a text that an earlier row holds.
struct KeyedColumn<Key: TextKey> {
  private let runs: [SortedKeys<Key>]
  private let partCount: Int
  private let workers: Int
  private let named: NamedTexts
  private let isCancelled: @Sendable () -> Bool

  /// Rows in a part.
  private static var rowsPerPart: Int { 1 << 13 }

  /// - Parameters:
  ///   - rowCount: how many rows all segments have.
  ///   - named: the texts of the workers' tables.
  ///   - workers: how many threads may work.
  init(
    segments: [SegmentRead], slot: Int, rowCount: Int, named: NamedTexts, workers: Int,
    isCancelled: @escaping @Sendable () -> Bool
  ) {
    let bits = (0...12).first { rowCount >> $0 <= KeyedColumn.rowsPerPart } ?? 12
    partCount = 1 << bits
    self.workers = workers
    self.named = named
    self.isCancelled = isCancelled
    let keys: [[Key]] = named.keys()
    let found = Mutex([SortedKeys<Key>?](repeating: nil, count: segments.count))
    Parallel.stretches(of: segments.count, workers: workers) { _, stretch in
      for index in stretch {
        if isCancelled() { return }
        let sorted = SortedKeys(segments[index], slot: slot, keys: keys, bits: bits)
        segments[index].dropRows(of: slot)
        found.withLock { $0[index] = sorted }
      }
    }
    runs = found.withLock { $0.compactMap(\.self) }
  }

  /// Nothing where it is cancelled between one step and the next; frees the keys, and is to be
  /// called once.
  func column() -> Column? {
    defer { for run in runs { run.deallocate() } }
    if isCancelled() { return nil }
    let bases = markRepeats()
    if isCancelled() { return nil }
    let (texts, places) = nameFirsts(bases)
    if isCancelled() { return nil }
    let codes: Codes
    switch CodeRun.Width(dictionaryCount: texts.count) {
    case .byte: codes = .bytes(finalCodes(bases, places))
    case .short: codes = .shorts(finalCodes(bases, places))
    case .word: codes = .words(finalCodes(bases, places))
    }
    return Column(
      codes: codes, texts: texts, counts: codes.counts(of: texts.count, workers: workers))
  }

  // MARK: - Equal texts

  /// Marks every row whose text an earlier row holds, with the text's number in its part; returns
  /// where each part's numbers begin among all.
  private func markRepeats() -> [Int] {
    let counts = Mutex([Int](repeating: 0, count: partCount))
    Parallel.stretches(of: partCount, workers: workers) { _, stretch in
      var set = KeySet<Key>()
      defer { set.deallocate() }
      for part in stretch {
        if isCancelled() { return }
        set.removeAll()
        for run in runs {
          run.firstsBefore[part] = UInt32(set.count)
          for place in run.places(of: part) {
            let count = set.count
            let number = set.number(of: run.keys[place])
            if set.count == count {
              run.keys[place] = Key.repeatMark | Key(truncatingIfNeeded: number)
            }
          }
        }
        counts.withLock { $0[part] = set.count }
      }
    }
    var bases = [0]
    for count in counts.withLock({ $0 }) { bases.append(bases[bases.count - 1] + count) }
    return bases
  }

  // MARK: - Texts

  /// Numbers the texts in the order of the rows that hold them first, and lets these rows hold the
  /// number; returns them, and for each text by its number in its part the final one.
  private func nameFirsts(_ bases: [Int]) -> (Texts, [UInt32]) {
    let sizes = firstSizes()
    var starts: [(code: Int, byte: Int)] = [(0, 0)]
    for size in sizes {
      let last = starts[starts.count - 1]
      starts.append((last.code + size.count, last.byte + size.bytes))
    }
    let (count, byteCount) = starts[runs.count]
    var bytes: [UInt8] = []
    var bounds: [Int] = []
    let places = [UInt32](unsafeUninitializedCapacity: count) { places, placeCount in
      let placeRoom = SharedPointer(places.baseAddress)
      bounds = [Int](unsafeUninitializedCapacity: count + 1) { bounds, boundCount in
        bounds[0] = 0
        let boundRoom = SharedPointer(bounds.baseAddress)
        bytes = [UInt8](unsafeUninitializedCapacity: byteCount) { bytes, filled in
          let room = SharedPointer(bytes.baseAddress)
          Parallel.stretches(of: runs.count, workers: workers) { [starts] _, stretch in
            guard let places = placeRoom.value, let bounds = boundRoom.value else { return }
            for index in stretch {
              if isCancelled() { return }
              runs[index].nameFirsts(
                from: starts[index], bases, named, places, bounds, room.value)
            }
          }
          filled = byteCount
        }
        boundCount = count + 1
      }
      placeCount = count
    }
    return (Texts(bytes: bytes, bounds: bounds), places)
  }

  /// How many texts each segment holds first, and how long they are together.
  private func firstSizes() -> [(count: Int, bytes: Int)] {
    let sizes = Mutex([(count: Int, bytes: Int)](repeating: (0, 0), count: runs.count))
    Parallel.stretches(of: runs.count, workers: workers) { _, stretch in
      for index in stretch {
        let size = runs[index].firstSize(named)
        sizes.withLock { $0[index] = size }
      }
    }
    return sizes.withLock { $0 }
  }

  // MARK: - Codes

  private func finalCodes<Code: FixedWidthInteger & Sendable>(
    _ bases: [Int], _ places: [UInt32]
  ) -> [Code] {
    var starts = [0]
    for run in runs { starts.append(starts[starts.count - 1] + run.count) }
    let rowCount = starts[runs.count]
    return [Code](unsafeUninitializedCapacity: rowCount) { room, filled in
      HugePages.prefer(for: room)
      let target = SharedPointer(room.baseAddress)
      Parallel.stretches(of: runs.count, workers: workers) { [starts] _, stretch in
        guard let target = target.value else { return }
        for index in stretch {
          if isCancelled() { return }
          runs[index].writeCodes(bases, places, to: target + starts[index])
        }
      }
      filled = rowCount
    }
  }
}
