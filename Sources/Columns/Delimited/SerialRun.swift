/// The serial numbers of one column in one stretch of rows: four bytes a row.
///
/// The owner frees it with `deallocate()`, unless it stands in memory that is given back as a whole.
struct SerialRun {
  /// What stands for a missing text.
  static let missing = UInt32.max

  let plan: SerialPlan
  private(set) var count = 0
  /// Row by row how far the number is above the plan's base.
  private(set) var numbers: UnsafeMutablePointer<UInt32>
  /// The least and the greatest of them; the other way round where all are missing.
  private(set) var least = UInt32.max
  private(set) var greatest: UInt32 = 0
  private var capacity: Int
  private let memory: RunMemory?

  init(capacity: Int, plan: SerialPlan, memory: RunMemory? = nil) {
    self.plan = plan
    self.capacity = max(64, capacity)
    self.memory = memory
    numbers = SerialRun.room(self.capacity, memory)
  }

  func deallocate() {
    if memory == nil { numbers.deallocate() }
  }

  /// Leaves what is not used of its memory to the next run.
  func finish() { memory?.shorten(numbers, to: count * MemoryLayout<UInt32>.stride) }

  private static func room(_ capacity: Int, _ memory: RunMemory?) -> UnsafeMutablePointer<UInt32> {
    memory?.piece(byteCount: capacity * MemoryLayout<UInt32>.stride)
      .bindMemory(to: UInt32.self, capacity: capacity) ?? .allocate(capacity: capacity)
  }

  /// Appends one field of each row, up to the first whose text has another pattern, or a number far from
  /// those before; returns how many it took.
  /// - Parameters:
  ///   - separators: the separator before the field in the first row; the field ends at the next
  ///     one.
  ///   - stride: from one row's separator to the next row's.
  mutating func append(
    _ text: UnsafePointer<UInt8>, separators: UnsafePointer<Int32>, stride: Int, rows: Int
  ) -> Int {
    reserve(rows)
    let digits = plan.digits
    let base = plan.base
    let target = numbers + count
    var (least, greatest) = (least, greatest)
    var row = 0
    while row < rows {
      let separator = separators + row &* stride
      let start = Int(separator[0]) &+ 1
      var end = Int(separator[1])
      if end > start, text[end &- 1] == UInt8(ascii: "\r") { end &-= 1 }
      if end == start {
        target[row] = SerialRun.missing
        row &+= 1
        continue
      }
      let number =
        text[start] != UInt8(ascii: "\"") && end >= SerialDigits.mostCharacters
        ? digits.number(endingAt: text + end, length: end &- start)
        : SerialRun.slowNumber(digits, text + start, length: end &- start)
      // A number that there is none of is as far away as can be.
      let place = number &- base
      guard place < SerialPlan.mostNumbers else {
        if number == SerialDigits.missing {
          target[row] = SerialRun.missing
          row &+= 1
          continue
        }
        break
      }
      let short = UInt32(truncatingIfNeeded: place)
      least = min(least, short)
      greatest = max(greatest, short)
      target[row] = short
      row &+= 1
    }
    (self.least, self.greatest) = (least, greatest)
    count += row
    return row
  }

  /// A field in quotes, or at the very beginning of what was read.
  @inline(never)
  private static func slowNumber(
    _ digits: SerialDigits, _ field: UnsafePointer<UInt8>, length: Int
  ) -> UInt64 {
    let plain = PlainText(field, length: length)
    guard plain.isPlain else { return SerialDigits.none }
    let key = UInt128(low: plain.low, high: plain.high)
    return key == 0 ? SerialDigits.missing : digits.number(key)
  }

  /// Appends a row whose text is missing.
  mutating func appendEmpty() {
    reserve(1)
    numbers[count] = SerialRun.missing
    count += 1
  }

  private mutating func reserve(_ added: Int) {
    guard count + added > capacity else { return }
    capacity = max(capacity * 2, count + added)
    let larger = SerialRun.room(capacity, memory)
    larger.update(from: numbers, count: count)
    deallocate()
    numbers = larger
  }

  /// The keys that would stand in the rows if they were no serial numbers.
  var keys: KeyRun {
    let longest = least <= greatest ? plan.pattern.text(of: plan.base + UInt64(greatest)).count : 0
    return KeyRun(count: count, isWide: longest > 8) { row in
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
