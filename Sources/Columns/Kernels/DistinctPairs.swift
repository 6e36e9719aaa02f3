/// Pairs of a group and a member, each counted once.
package struct DistinctPairs {
  private let memberCount: Int
  private let groupCount: Int
  /// One for each possible pair, where those are few.
  private var bits: [UInt64] = []
  private var listed: [UInt64] = []

  /// 32 MiB.
  private static let mostBits = 1 << 28

  package init(groupCount: Int, memberCount: Int) {
    self.groupCount = groupCount
    self.memberCount = memberCount
    let (product, overflow) = groupCount.multipliedReportingOverflow(by: memberCount)
    if !overflow, product <= DistinctPairs.mostBits {
      bits = Array(repeating: 0, count: (product + 63) / 64)
    }
  }

  /// Takes in one pair; whether it is new.
  package mutating func insert(group: Int, member: Int) {
    guard !bits.isEmpty else {
      listed.append(UInt64(group) << 32 | UInt64(member))
      return
    }
    let bit = group * memberCount + member
    bits[bit >> 6] |= 1 << UInt64(bit & 63)
  }

  /// How many members each group has.
  package consuming func counts() -> [Int] {
    var counts = Array(repeating: 0, count: groupCount)
    guard bits.isEmpty else {
      for group in 0..<groupCount {
        counts[group] = CellLanes.onesCount(
          bits, in: group * memberCount..<(group + 1) * memberCount)
      }
      return counts
    }
    listed.sort()
    var previous: UInt64?
    for pair in listed where pair != previous {
      counts[Int(pair >> 32)] += 1
      previous = pair
    }
    return counts
  }
}
