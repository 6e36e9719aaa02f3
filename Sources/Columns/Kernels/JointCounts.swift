/// Rows counted by the codes that they hold in several columns.
///
/// Nothing is looked up on the way: the place of a row is the sum of its codes, each times the
/// column's stride, and fits 16 bits.
package enum JointCounts {
  /// More combinations than this are not counted here.
  package static let mostCells = 1 << 16

  /// Rows whose places are worked out before they are counted; places and codes stay in the nearest
  /// cache.
  private static let blockRows = 4096

  /// How many rows hold each combination of codes; the codes of the first column change fastest.
  ///
  /// **Complexity**: O(rows × columns), on all workers; the result does not depend on their number.
  /// - Parameters:
  ///   - columns: equally long ones.
  ///   - sizes: for each column a number above its codes; their product is at most `mostCells`.
  ///   - isCancelled: looked at now and then; when it says so, what is returned means nothing.
  package static func counts(
    of columns: [Codes], sizes: [Int], workers: Int = Parallel.availableCores,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) -> [Int] {
    let rowCount = columns.first?.count ?? 0
    let cellCount = sizes.reduce(1, *)
    precondition(cellCount <= mostCells && columns.count == sizes.count)
    precondition(columns.allSatisfy { $0.count == rowCount })
    var strides: [UInt16] = []
    var stride = 1
    for size in sizes {
      strides.append(UInt16(truncatingIfNeeded: stride))
      stride *= size
    }
    // A thread costs more than it saves on few rows.
    let workers = max(1, min(workers, rowCount / 32_768))
    var parts = [[UInt32]](repeating: [], count: workers)
    parts.withUnsafeMutableBufferPointer { parts in
      let target = SharedPointer(parts.baseAddress)
      Parallel.stretches(of: rowCount, workers: workers) { [strides] worker, rows in
        target.value?[worker] = part(
          zip(columns, strides).map { ($0, $1) }, rows, cellCount, isCancelled)
      }
    }
    var sums = [Int](repeating: 0, count: cellCount)
    for part in parts {
      // Several tables took turns.
      for table in 0..<part.count / cellCount {
        let first = table * cellCount
        for place in 0..<cellCount { sums[place] += Int(part[first + place]) }
      }
    }
    return sums
  }

  /// Tables that take turns, so that rows of one place do not wait for each other, as long as they
  /// fit the nearest cache.
  private static func tableCount(of cellCount: Int) -> Int {
    cellCount <= 1 << 11 ? 4 : cellCount <= 1 << 12 ? 2 : 1
  }

  private static func part(
    _ columns: [(codes: Codes, stride: UInt16)], _ rows: Range<Int>, _ cellCount: Int,
    _ isCancelled: () -> Bool
  ) -> [UInt32] {
    let tableCount = tableCount(of: cellCount)
    var counts = [UInt32](repeating: 0, count: tableCount * cellCount)
    counts.withUnsafeMutableBufferPointer { counts in
      withUnsafeTemporaryAllocation(byteCount: 2 * blockRows, alignment: 64) { room in
        guard let places = room.baseAddress?.assumingMemoryBound(to: UInt16.self),
          let table = counts.baseAddress
        else { return }
        var start = rows.lowerBound
        while start < rows.upperBound {
          if (start / blockRows) & 63 == 0, isCancelled() { return }
          let block = start..<min(rows.upperBound, start + blockRows)
          for (index, column) in columns.enumerated() {
            column.codes.place(block, places, stride: column.stride, isFirst: index == 0)
          }
          switch tableCount {
          case 4: countInFour(places, block.count, table, cellCount)
          case 2: countInTwo(places, block.count, table, cellCount)
          default: for row in 0..<block.count { table[Int(places[row])] &+= 1 }
          }
          start = block.upperBound
        }
      }
    }
    return counts
  }

  private static func countInFour(
    _ places: UnsafeMutablePointer<UInt16>, _ count: Int, _ table: UnsafeMutablePointer<UInt32>,
    _ cellCount: Int
  ) {
    let (second, third, fourth) = (
      table + cellCount, table + 2 * cellCount, table + 3 * cellCount
    )
    let raw = UnsafeRawPointer(places)
    var row = 0
    while row &+ 4 <= count {
      let four = raw.load(fromByteOffset: 2 &* row, as: UInt64.self).littleEndian
      table[Int(truncatingIfNeeded: four & 0xFFFF)] &+= 1
      second[Int(truncatingIfNeeded: four &>> 16 & 0xFFFF)] &+= 1
      third[Int(truncatingIfNeeded: four &>> 32 & 0xFFFF)] &+= 1
      fourth[Int(truncatingIfNeeded: four &>> 48)] &+= 1
      row &+= 4
    }
    while row < count {
      table[Int(places[row])] &+= 1
      row &+= 1
    }
  }

  private static func countInTwo(
    _ places: UnsafeMutablePointer<UInt16>, _ count: Int, _ table: UnsafeMutablePointer<UInt32>,
    _ cellCount: Int
  ) {
    let second = table + cellCount
    var row = 0
    while row &+ 2 <= count {
      table[Int(places[row])] &+= 1
      second[Int(places[row &+ 1])] &+= 1
      row &+= 2
    }
    if row < count { table[Int(places[row])] &+= 1 }
  }
}

extension Codes {
  /// Writes, or adds, each row's code times the stride.
  fileprivate func place(
    _ rows: Range<Int>, _ places: UnsafeMutablePointer<UInt16>, stride: UInt16, isFirst: Bool
  ) {
    switch self {
    case .bytes(let codes): Codes.place(codes, rows, places, stride, isFirst)
    case .shorts(let codes): Codes.place(codes, rows, places, stride, isFirst)
    case .words(let codes): Codes.place(codes, rows, places, stride, isFirst)
    }
  }

  @inline(__always)
  private static func place<Code: FixedWidthInteger>(
    _ codes: RowCodes<Code>, _ rows: Range<Int>, _ places: UnsafeMutablePointer<UInt16>,
    _ stride: UInt16, _ isFirst: Bool
  ) {
    precondition(rows.upperBound <= codes.count)
    codes.withUnsafeBufferPointer { codes in
      guard let first = codes.baseAddress.map({ $0 + rows.lowerBound }) else { return }
      if isFirst {
        for row in 0..<rows.count { places[row] = UInt16(truncatingIfNeeded: first[row]) }
      } else {
        for row in 0..<rows.count {
          places[row] &+= UInt16(truncatingIfNeeded: first[row]) &* stride
        }
      }
    }
  }
}
