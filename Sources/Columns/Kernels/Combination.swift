/// Two columns as one: each pair of classes that occurs in a row gets a code, in order of first
/// appearance.
package struct Combination: Sendable {
  /// Two codes side by side.
  package struct Pair: Hashable, Sendable {
    package let left: UInt32
    package let right: UInt32

    package init(left: UInt32, right: UInt32) {
      self.left = left
      self.right = right
    }
  }

  /// One a row.
  package let codes: Codes
  /// The pair of each code.
  package let pairs: [Pair]

  /// Numbers the pairs in a table where all that are possible fit, else by hashing.
  ///
  /// **Complexity**: O(rows); 4 bytes a row.
  package init(left: CellLane, right: CellLane, rightCount: Int, leftCount: Int) {
    let rowCount = left.codes.count
    var places = PairPlaces(
      leftCount: leftCount, rightCount: rightCount, mostDense: max(1 << 22, 2 * rowCount))
    var rows = [UInt32](repeating: 0, count: rowCount)
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 4096) { room in
      guard let base = room.baseAddress else { return }
      var start = 0
      while start < rowCount {
        let block = start..<min(rowCount, start + 2048)
        left.codes.look(up: left.offsets, block, base, isFirst: true)
        right.codes.look(up: right.offsets, block, base + 2048, isFirst: true)
        for index in 0..<block.count {
          rows[start + index] = places.place(of: Pair(left: base[index], right: base[2048 + index]))
        }
        start = block.upperBound
      }
    }
    pairs = places.pairs
    codes =
      switch pairs.count {
      case ...256: .bytes(rows.map { UInt8(truncatingIfNeeded: $0) })
      case ...65_536: .shorts(rows.map { UInt16(truncatingIfNeeded: $0) })
      default: .words(rows)
      }
  }
}

/// The codes that pairs have been given so far.
private struct PairPlaces {
  private(set) var pairs: [Combination.Pair] = []
  private let rightCount: Int
  /// By pair: the code plus one.
  private var dense: [UInt32] = []
  /// By hash: the code plus one; half of it empty.
  private var slots: [UInt32] = []

  init(leftCount: Int, rightCount: Int, mostDense: Int) {
    self.rightCount = rightCount
    let (product, overflow) = leftCount.multipliedReportingOverflow(by: rightCount)
    if !overflow, product <= mostDense {
      dense = Array(repeating: 0, count: product)
    } else {
      slots = Array(repeating: 0, count: 1 << 12)
    }
  }

  mutating func place(of pair: Combination.Pair) -> UInt32 {
    if !dense.isEmpty {
      let index = Int(pair.left) * rightCount + Int(pair.right)
      if dense[index] != 0 { return dense[index] - 1 }
      pairs.append(pair)
      dense[index] = UInt32(pairs.count)
      return UInt32(pairs.count - 1)
    }
    var slot = PairPlaces.hash(pair) & (slots.count - 1)
    while slots[slot] != 0 {
      if pairs[Int(slots[slot]) - 1] == pair { return slots[slot] - 1 }
      slot = (slot + 1) & (slots.count - 1)
    }
    pairs.append(pair)
    slots[slot] = UInt32(pairs.count)
    if pairs.count * 2 > slots.count { grow() }
    return UInt32(pairs.count - 1)
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for (code, pair) in pairs.enumerated() {
      var slot = PairPlaces.hash(pair) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(code + 1)
    }
  }

  private static func hash(_ pair: Combination.Pair) -> Int {
    let mixed =
      (UInt64(pair.left) << 32 | UInt64(pair.right)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: (mixed ^ (mixed >> 32)) & 0x7FFF_FFFF_FFFF)
  }
}
