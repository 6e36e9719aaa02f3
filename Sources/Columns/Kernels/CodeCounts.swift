/// How often each code occurs.
enum CodeCounts {
  /// Codes so many that a table for each worker would cost more than it saves are counted by one.
  private static let largestShared = 1 << 18

  /// - Parameter count: more than any code.
  static func counts<Code: FixedWidthInteger & Sendable>(
    _ codes: RowCodes<Code>, of count: Int, workers: Int
  ) -> [Int] {
    guard workers > 1, count <= largestShared, codes.count > count * 8 else {
      return codes.withUnsafeBufferPointer { part($0, of: count) }
    }
    var parts = [[Int]](repeating: [], count: workers)
    parts.withUnsafeMutableBufferPointer { parts in
      let target = SharedPointer(parts.baseAddress)
      Parallel.stretches(of: codes.count, workers: workers) { worker, rows in
        target.value?[worker] = codes.withUnsafeBufferPointer {
          part(UnsafeBufferPointer(rebasing: $0[rows]), of: count)
        }
      }
    }
    var sums = parts[0]
    for part in parts.dropFirst() {
      for code in sums.indices { sums[code] += part[code] }
    }
    return sums
  }

  /// Two tables take turns, so that rows of one code do not wait for each other.
  private static func part<Code: FixedWidthInteger>(
    _ codes: UnsafeBufferPointer<Code>, of count: Int
  ) -> [Int] {
    guard count <= 1 << 12 else {
      var counts = [Int](repeating: 0, count: count)
      counts.withUnsafeMutableBufferPointer { counts in
        for code in codes { counts[Int(code)] += 1 }
      }
      return counts
    }
    var counts = [Int](repeating: 0, count: 2 * count)
    counts.withUnsafeMutableBufferPointer { counts in
      var row = 0
      while row + 1 < codes.count {
        counts[Int(codes[row])] += 1
        counts[count + Int(codes[row + 1])] += 1
        row += 2
      }
      if row < codes.count { counts[Int(codes[row])] += 1 }
    }
    return (0..<count).map { counts[$0] + counts[count + $0] }
  }
}
