private import Synchronization

/// Puts serial numbers that the workers read into one column.
///
/// A row's code is its number above the least one: no text is looked up, sorted or written down.
struct SerialColumn {
  private let segments: [SegmentRead]
  private let slot: Int
  private let plan: SerialPlan
  /// Worker by worker the number of each of its raw codes, for rows that were read before there was
  /// a plan; `SerialDigits.none` for the missing text.
  private let known: [[UInt64]]
  private let least: UInt64
  private let greatest: UInt64
  private let workers: Int

  /// How many numbers there may be for each that is in a row.
  private static let mostEmpty = 2

  /// Nothing where a row holds no serial number of the one pattern, or the numbers are far between.
  init?(segments: [SegmentRead], slot: Int, sources: [CleanTexts], workers: Int) {
    guard let plan = segments.lazy.compactMap({ $0.serials[slot]?.plan }).first,
      segments.allSatisfy({ segment in
        segment.keys[slot] == nil
          && segment.serials[slot].map { $0.plan.pattern == plan.pattern } ?? true
      })
    else { return nil }
    var least = UInt64.max
    var greatest: UInt64 = 0
    var known: [[UInt64]] = []
    for source in sources {
      guard let numbers = SerialColumn.numbers(source, plan) else { return nil }
      for number in numbers where number != SerialDigits.none {
        least = min(least, number)
        greatest = max(greatest, number)
      }
      known.append(numbers)
    }
    for case let run? in segments.map({ $0.serials[slot] }) where run.least <= run.greatest {
      least = min(least, run.plan.base + UInt64(run.least))
      greatest = max(greatest, run.plan.base + UInt64(run.greatest))
    }
    let rowCount = segments.reduce(0) { $0 + $1.rowCount }
    guard least <= greatest, greatest - least < UInt64(rowCount * SerialColumn.mostEmpty),
      greatest - least < SerialPlan.mostNumbers
    else { return nil }
    self.segments = segments
    self.slot = slot
    self.plan = plan
    self.known = known
    self.least = least
    self.greatest = greatest
    self.workers = workers
  }

  /// The number of each raw code of a worker; nothing where a text has none.
  private static func numbers(_ source: CleanTexts, _ plan: SerialPlan) -> [UInt64]? {
    var isSerial = true
    let numbers = (0..<source.table.count).map { code -> UInt64 in
      let key = source.table.key(of: code)
      guard key.length > 0 else { return SerialDigits.none }
      let number =
        key.length <= 16 && (key.low | key.high) & 0x8080_8080_8080_8080 == 0
        ? plan.digits.number(UInt128(low: key.low, high: key.high)) : SerialDigits.none
      if number == SerialDigits.none { isSerial = false }
      return number
    }
    return isSerial ? (0..<source.rawCount).map { numbers[source.code($0)] } : nil
  }

  /// Nothing where the numbers are far between, or it is cancelled; frees what the rows held where
  /// there is a column.
  func column(unless isCancelled: @escaping @Sendable () -> Bool) -> Column? {
    let numberCount = Int(greatest - least) + 1
    let starts = segments.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.rowCount) }
    let parts = Mutex([SerialBits](repeating: SerialBits(count: 0), count: workers))
    let codes = [UInt32](unsafeUninitializedCapacity: starts[segments.count]) { room, filled in
      HugePages.prefer(for: room)
      let target = SharedPointer(room.baseAddress)
      Parallel.stretches(of: segments.count, workers: workers) { worker, stretch in
        var held = SerialBits(count: numberCount + 1)
        guard let target = target.value else { return }
        for index in stretch {
          if isCancelled() { return }
          write(segments[index], to: target + starts[index], missing: numberCount, &held)
        }
        parts.withLock { [held] in $0[worker] = held }
      }
      filled = starts[segments.count]
    }
    if isCancelled() { return nil }
    let held = parts.withLock { parts in parts.dropFirst().reduce(into: parts[0]) { $0.join($1) } }
    let holdsEmpty = held.holds(numberCount)
    let heldCount = held.count
    guard numberCount <= SerialColumn.mostEmpty * heldCount else { return nil }
    for segment in segments { segment.dropRows(of: slot) }
    let texts = SerialTexts(
      plan.pattern, first: least, numberCount: numberCount, holdsEmpty: holdsEmpty)
    return Column(codes: .words(codes), serial: texts, heldTextCount: heldCount)
  }

  private func write(
    _ segment: SegmentRead, to target: UnsafeMutablePointer<UInt32>, missing: Int,
    _ held: inout SerialBits
  ) {
    let missing = UInt32(missing)
    if let run = segment.serials[slot] {
      // A base below the least number makes for a negative distance, which wraps.
      let above = UInt32(truncatingIfNeeded: run.plan.base &- least)
      for row in 0..<run.count {
        let number = run.numbers[row]
        target[row] = number == SerialRun.missing ? missing : number &+ above
      }
    } else {
      known[segment.worker].withUnsafeBufferPointer { known in
        segment.codes[slot].mapped(to: target) { code in
          known[code] == SerialDigits.none
            ? missing : UInt32(truncatingIfNeeded: known[code] &- least)
        }
      }
    }
    held.insert(UnsafeBufferPointer(start: target, count: segment.rowCount))
  }
}

/// Which numbers are in a row, a bit each.
private struct SerialBits: Sendable {
  private var bits: [UInt64]

  init(count: Int) { bits = Array(repeating: 0, count: (count + 63) / 64) }

  var count: Int { bits.reduce(0) { $0 + $1.nonzeroBitCount } }

  func holds(_ number: Int) -> Bool {
    number >> 6 < bits.count && bits[number >> 6] >> UInt64(number & 63) & 1 == 1
  }

  mutating func insert(_ numbers: UnsafeBufferPointer<UInt32>) {
    bits.withUnsafeMutableBufferPointer { bits in
      for number in numbers { bits[Int(number >> 6)] |= 1 << UInt64(number & 63) }
    }
  }

  /// Takes in those of another; one of the two may be empty.
  mutating func join(_ other: SerialBits) {
    if bits.isEmpty { bits = other.bits }
    for place in bits.indices where place < other.bits.count { bits[place] |= other.bits[place] }
  }
}
