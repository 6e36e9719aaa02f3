/// Puts the codes that the workers gave into one column, in order of first appearance.
///
/// The order does not depend on which worker read what, nor on the number of workers.
struct ColumnUnion {
  private let segments: [SegmentRead]
  private let slot: Int
  /// For each worker, what its codes are called in the union.
  private var unified: [[UInt32]] = []
  private var union = TextTable()
  /// How many distinct texts of the file were not UTF-8, or held NUL bytes.
  private(set) var decodedTextCount = 0
  private(set) var nullTextCount = 0

  /// - Parameter slot: which of the columns that were asked for.
  init(segments: [SegmentRead], readers: [SegmentReader], slot: Int) {
    self.segments = segments
    self.slot = slot
    for reader in readers {
      unified.append(enter(reader.tables[slot]))
    }
  }

  private mutating func enter(_ table: TextTable) -> [UInt32] {
    var clean = RawText()
    var padded = [UInt8](repeating: 0, count: 256)
    return (0..<table.count).map { code in
      table.withText(of: code) { raw in
        let isPlain = RawText.isPlain(raw)
        if !isPlain {
          clean.read(raw)
          if clean.isDecoded { decodedTextCount += 1 }
          if clean.hadNulls { nullTextCount += 1 }
        }
        let count = isPlain ? raw.count : clean.bytes.count
        if padded.count < count + TextTable.margin {
          padded = [UInt8](repeating: 0, count: 2 * count + TextTable.margin)
        }
        return padded.withUnsafeMutableBufferPointer { room in
          if isPlain {
            _ = room.update(fromContentsOf: raw)
          } else {
            _ = room.update(fromContentsOf: clean.bytes)
          }
          guard let base = room.baseAddress else { return 0 }
          return union.code(of: base, length: count)
        }
      }
    }
  }

  /// Frees the union's dictionary; to be called once.
  func deallocate() { union.deallocate() }

  // MARK: - The column

  /// - Parameter workers: how many threads may write codes.
  func column(workers: Int) -> Column {
    let (order, places) = appearances()
    var texts = Texts()
    texts.bounds.reserveCapacity(order.count + 1)
    for code in order {
      union.withText(of: Int(code)) { texts.bytes.append(contentsOf: $0) }
      texts.bounds.append(texts.bytes.count)
    }
    let final = unified.map { codes in codes.map { places[Int($0)] } }
    let rowCount = segments.reduce(0) { $0 + $1.rowCount }
    let codes: Codes
    switch CodeRun.Width(dictionaryCount: order.count) {
    case .byte: codes = .bytes(remapped(final, rowCount, workers))
    case .short: codes = .shorts(remapped(final, rowCount, workers))
    case .word: codes = .words(remapped(final, rowCount, workers))
    }
    return Column(
      codes: codes, texts: texts, counts: codes.counts(of: order.count, workers: workers))
  }

  /// The union's codes in order of first appearance, and each code's place in that order.
  ///
  /// Texts that no row holds (a segment that was read from a wrong start entered them) are left
  /// out.
  private func appearances() -> (order: [UInt32], places: [UInt32]) {
    var places = [UInt32](repeating: .max, count: union.count)
    var order: [UInt32] = []
    order.reserveCapacity(union.count)
    for segment in segments {
      guard order.count < union.count else { break }
      let names = unified[segment.worker]
      let run = segment.codes[slot]
      switch run.width {
      case .byte: enter(run.codes(as: UInt8.self), names, &places, &order)
      case .short: enter(run.codes(as: UInt16.self), names, &places, &order)
      case .word: enter(run.codes(as: UInt32.self), names, &places, &order)
      }
    }
    return (order, places)
  }

  private func enter<Code: FixedWidthInteger>(
    _ codes: UnsafeBufferPointer<Code>, _ names: [UInt32], _ places: inout [UInt32],
    _ order: inout [UInt32]
  ) {
    for code in codes {
      let name = Int(names[Int(code)])
      if places[name] == .max {
        places[name] = UInt32(order.count)
        order.append(UInt32(name))
        if order.count == places.count { return }
      }
    }
  }

  /// Each segment's codes under their final names, segment after segment.
  private func remapped<Code: FixedWidthInteger & Sendable>(
    _ final: [[UInt32]], _ rowCount: Int, _ workers: Int
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

/// A pointer that several threads use on stretches that don't overlap.
struct SharedPointer<Element>: @unchecked Sendable {
  let value: UnsafeMutablePointer<Element>?

  init(_ value: UnsafeMutablePointer<Element>?) {
    self.value = value
  }
}
