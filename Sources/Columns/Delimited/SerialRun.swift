/// The serial numbers of one column in one stretch of rows: four bytes a row instead of its key.
///
/// The owner frees it with `deallocate()`.
struct SerialRun {
  /// What stands for a missing text.
  static let missing = UInt32.max

  let plan: SerialPlan
  let count: Int
  /// Row by row how far the number is above the plan's base.
  let numbers: UnsafeMutablePointer<UInt32>
  /// The least and the greatest of them; the other way round where all are missing.
  let least: UInt32
  let greatest: UInt32
  let holdsMissing: Bool
  private let hasWideKeys: Bool

  /// Nothing where the text of a row has another pattern, or its number is far from those before.
  init?(_ keys: KeyRun, plan: SerialPlan) {
    let numbers = UnsafeMutablePointer<UInt32>.allocate(capacity: max(1, keys.count))
    let found =
      keys.isWide
      ? SerialRun.read(keys.bytes.assumingMemoryBound(to: UInt128.self), keys.count, plan, numbers)
      : SerialRun.read(keys.bytes.assumingMemoryBound(to: UInt64.self), keys.count, plan, numbers)
    guard let found else {
      numbers.deallocate()
      return nil
    }
    self.plan = plan
    self.numbers = numbers
    count = keys.count
    hasWideKeys = keys.isWide
    (least, greatest, holdsMissing) = found
  }

  func deallocate() { numbers.deallocate() }

  private static func read<Key: TextKey>(
    _ keys: UnsafePointer<Key>, _ count: Int, _ plan: SerialPlan,
    _ numbers: UnsafeMutablePointer<UInt32>
  ) -> (least: UInt32, greatest: UInt32, holdsMissing: Bool)? {
    let digits = plan.digits
    var least = UInt32.max
    var greatest: UInt32 = 0
    var holdsMissing = false
    for row in 0..<count {
      let key = keys[row]
      if key == 0 {
        numbers[row] = missing
        holdsMissing = true
        continue
      }
      // Above the mark stands a text that is no key.
      let number = key < Key.nameMark ? digits.number(key) : SerialDigits.none
      let place = number &- plan.base
      guard place < SerialPlan.mostNumbers else { return nil }
      let short = UInt32(truncatingIfNeeded: place)
      least = min(least, short)
      greatest = max(greatest, short)
      numbers[row] = short
    }
    return (least, greatest, holdsMissing)
  }

  /// The keys that the rows held before.
  var keys: KeyRun {
    KeyRun(count: count, isWide: hasWideKeys) { row in
      guard numbers[row] != SerialRun.missing else { return 0 }
      let text = plan.pattern.text(of: plan.base + UInt64(numbers[row]))
      return text.reversed().reduce(0) { $0 << 8 | UInt128($1) }
    }
  }
}

/// How one worker reads the serial numbers of a column.
struct SerialPlan: Sendable {
  let pattern: SerialPattern
  let digits: SerialDigits
  /// Numbers are told by how far they are above it.
  let base: UInt64

  /// Numbers so far apart leave no room for a missing text, and would have too few rows each.
  static let mostNumbers: UInt64 = 1 << 31

  /// Texts that tell what the pattern may be; all others are held to it.
  private static let sampleCount = 4096

  /// The plan for the texts of a table and those to come; nothing where they have no pattern.
  init?(_ table: TextTable) {
    let sample = (0..<min(table.count, SerialPlan.sampleCount)).compactMap { code in
      table.plainText(of: code).flatMap { $0.isEmpty ? nil : $0 }
    }
    guard let pattern = SerialPattern(of: sample) else { return nil }
    let digits = SerialDigits(pattern)
    var least = UInt64.max
    for code in 0..<table.count {
      guard let key = table.plainKey(of: code) else { return nil }
      if key == 0 { continue }
      let number = digits.number(key)
      guard number != SerialDigits.none else { return nil }
      least = min(least, number)
    }
    guard least != .max else { return nil }
    self.pattern = pattern
    self.digits = digits
    base = least - min(least, SerialPlan.mostNumbers / 2)
  }
}

extension TextTable {
  /// A text as a key, quotes around it taken off; nothing where it is none.
  fileprivate func plainKey(of code: Int) -> UInt128? {
    guard length(of: code) <= 18 else { return nil }
    return withText(of: code) { text in
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 18 + TextTable.margin) { room in
        room.initialize(repeating: 0)
        guard let base = room.baseAddress, let start = text.baseAddress else { return 0 }
        base.update(from: start, count: text.count)
        let plain = PlainText(base, length: text.count)
        return plain.isPlain ? UInt128(low: plain.low, high: plain.high) : nil
      }
    }
  }

  fileprivate func plainText(of code: Int) -> [UInt8]? {
    plainKey(of: code).map { key in
      (0..<key.textLength).map { UInt8(truncatingIfNeeded: key >> UInt128(8 * $0)) }
    }
  }
}
