/// A column's part in the cell that a row falls into.
package struct CellLane: Sendable {
  package let codes: Codes
  /// What each code adds to the number of the cell.
  package let offsets: [UInt32]

  package init(codes: Codes, offsets: [UInt32]) {
    self.codes = codes
    self.offsets = offsets
  }
}

/// Rows sorted into numbered cells, and what is added up in each.
///
/// The cell of a row is the sum of what its codes add. Whole stretches of rows go to each core,
/// with sums of its own that are joined at the end; they are whole numbers, so that the result does
/// not depend on the number of cores.
package struct CellLanes: Sendable {
  package let lanes: [CellLane]
  package let cellCount: Int
  package let rowCount: Int
  let workers: Int
  let isCancelled: @Sendable () -> Bool

  /// - Parameter isCancelled: looked at now and then; when it says so, what is returned means
  ///   nothing.
  package init(
    lanes: [CellLane], cellCount: Int, rowCount: Int, workers: Int = Parallel.availableCores,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    precondition(lanes.allSatisfy { $0.codes.count == rowCount })
    self.lanes = lanes.filter { lane in lane.offsets.contains { $0 != 0 } }
    self.cellCount = cellCount
    self.rowCount = rowCount
    // A thread costs more than it saves on few rows.
    self.workers = max(1, min(workers, rowCount / 32_768))
    self.isCancelled = isCancelled
  }

  // MARK: - Sums

  /// How many rows fall into each cell.
  package func counts() -> [Int] {
    if lanes.isEmpty { return Array(repeating: rowCount, count: 1) + zeros(cellCount - 1) }
    let parts = parts { (rows, sums: inout [Int]) in
      sums.withUnsafeMutableBufferPointer { sums in
        forEachBlock(of: rows) { _, cells in
          for cell in cells { sums[Int(cell)] &+= 1 }
        }
      }
    }
    return CellLanes.joined(parts) { $0 &+ $1 }
  }

  /// The sum over each cell's rows of what the code stands for. `units` times the number of rows
  /// must fit 64 bits.
  package func sums(of codes: Codes, units: [Int64]) -> [Int128] {
    let parts = parts { (rows, sums: inout [Int]) in
      sums.withUnsafeMutableBufferPointer { sums in
        units.withUnsafeBufferPointer { units in
          forEachBlock(of: rows, with: codes) { cells, codes in
            for row in 0..<cells.count {
              sums[Int(cells[row])] &+= Int(units[Int(codes[row])])
            }
          }
        }
      }
    }
    return CellLanes.joined(parts) { $0 &+ $1 }.map { Int128($0) }
  }

  /// The same for larger numbers.
  package func sums(of codes: Codes, wideUnits units: [Int128]) -> [Int128] {
    let parts = parts { (rows, sums: inout [Int128]) in
      forEachBlock(of: rows, with: codes) { cells, codes in
        for row in 0..<cells.count {
          sums[Int(cells[row])] &+= units[Int(codes[row])]
        }
      }
    }
    return CellLanes.joined(parts) { $0 &+ $1 }
  }

  /// The lowest rank of each cell's rows; the highest `UInt32` where there are none.
  package func lowest(of codes: Codes, ranks: [UInt32]) -> [UInt32] {
    let parts = parts(filledWith: UInt32.max) { (rows, lowest: inout [UInt32]) in
      lowest.withUnsafeMutableBufferPointer { lowest in
        ranks.withUnsafeBufferPointer { ranks in
          forEachBlock(of: rows, with: codes) { cells, codes in
            for row in 0..<cells.count {
              let cell = Int(cells[row])
              lowest[cell] = min(lowest[cell], ranks[Int(codes[row])])
            }
          }
        }
      }
    }
    return CellLanes.joined(parts) { min($0, $1) }
  }

  // MARK: - Distinct values

  /// How many distinct classes occur in each group of cells.
  /// - Parameters:
  ///   - groups: the group of each cell; negative where its rows don't count.
  ///   - classes: the class of each code; the highest `UInt32` where there is none.
  package func distinctCounts(
    of codes: Codes, classes: [UInt32], classCount: Int, groups: [Int32], groupCount: Int
  ) -> [Int] {
    let bitCount = groupCount.multipliedReportingOverflow(by: classCount)
    guard !bitCount.overflow, bitCount.partialValue <= CellLanes.mostBits else {
      return sparseDistinctCounts(of: codes, classes, groups, groupCount)
    }
    let wordCount = (bitCount.partialValue + 63) / 64
    let alone = wordCount > 1 << 22 ? 1 : workers
    let parts = parts(count: wordCount, filledWith: UInt64(0), workers: alone) {
      (rows, bits: inout [UInt64]) in
      bits.withUnsafeMutableBufferPointer { bits in
        forEachBlock(of: rows, with: codes) { cells, codes in
          for row in 0..<cells.count {
            let group = groups[Int(cells[row])]
            let member = classes[Int(codes[row])]
            guard group >= 0, member != .max else { continue }
            let bit = Int(group) &* classCount &+ Int(member)
            bits[bit >> 6] |= 1 << UInt64(truncatingIfNeeded: bit & 63)
          }
        }
      }
    }
    let bits = CellLanes.joined(parts) { $0 | $1 }
    return (0..<groupCount).map { group in
      CellLanes.onesCount(bits, in: group * classCount..<(group + 1) * classCount)
    }
  }

  private static let mostBits = 1 << 31

  static func onesCount(_ bits: [UInt64], in range: Range<Int>) -> Int {
    var count = 0
    var bit = range.lowerBound
    while bit < range.upperBound {
      let length = min(64 - bit & 63, range.upperBound - bit)
      let mask = length == 64 ? UInt64.max : (1 << UInt64(length)) - 1
      count += (bits[bit >> 6] >> UInt64(bit & 63) & mask).nonzeroBitCount
      bit += length
    }
    return count
  }

  /// Too many bits to hold: pairs of group and class are sorted instead.
  private func sparseDistinctCounts(
    of codes: Codes, _ classes: [UInt32], _ groups: [Int32], _ groupCount: Int
  ) -> [Int] {
    var pairs: [UInt64] = []
    forEachBlock(of: 0..<rowCount, with: codes) { cells, codes in
      for row in 0..<cells.count {
        let group = groups[Int(cells[row])]
        let member = classes[Int(codes[row])]
        guard group >= 0, member != .max else { continue }
        pairs.append(UInt64(group) << 32 | UInt64(member))
      }
    }
    pairs.sort()
    var counts = zeros(groupCount)
    var previous: UInt64?
    for pair in pairs where pair != previous {
      counts[Int(pair >> 32)] += 1
      previous = pair
    }
    return counts
  }

  // MARK: - Rows in order

  /// The first rows, at most `limit`, that fall into a chosen cell.
  package func firstRows(_ limit: Int, where isChosen: [Bool]) -> [Int] {
    var found: [Int] = []
    var start = 0
    while start < rowCount, found.count < limit, !isCancelled() {
      let end = min(rowCount, start + 1 << 16)
      var row = start
      forEachBlock(of: start..<end) { _, cells in
        for cell in cells {
          if isChosen[Int(cell)], found.count < limit { found.append(row) }
          row += 1
        }
      }
      start = end
    }
    return found
  }

  // MARK: - Walking

  private func zeros(_ count: Int) -> [Int] { Array(repeating: 0, count: count) }

  private func parts(
    _ body: @Sendable (Range<Int>, inout [Int]) -> Void
  ) -> [[Int]] {
    parts(filledWith: 0, body)
  }

  private func parts(
    _ body: @Sendable (Range<Int>, inout [Int128]) -> Void
  ) -> [[Int128]] {
    parts(filledWith: 0, body)
  }

  /// Lets each worker fill an array of its own for its stretch of the rows.
  func parts<Element: Sendable>(
    count: Int? = nil, filledWith first: Element, workers: Int? = nil,
    _ body: @Sendable (Range<Int>, inout [Element]) -> Void
  ) -> [[Element]] {
    let workers = workers ?? self.workers
    var parts = [[Element]](repeating: [], count: workers)
    parts.withUnsafeMutableBufferPointer { parts in
      let target = SharedPointer(parts.baseAddress)
      Parallel.stretches(of: rowCount, workers: workers) { worker, rows in
        var part = [Element](repeating: first, count: count ?? cellCount)
        body(rows, &part)
        target.value?[worker] = part
      }
    }
    return parts
  }

  static func joined<Element>(
    _ parts: [[Element]], _ join: (Element, Element) -> Element
  ) -> [Element] {
    var result = parts[0]
    for part in parts.dropFirst() {
      for index in result.indices { result[index] = join(result[index], part[index]) }
    }
    return result
  }

  /// Small enough that cells and codes stay in the nearest cache.
  private static let blockRows = 2048
  static let mostBlockRows = blockRows

  /// Calls the body with the cells of each block of rows and the block's first row.
  private func forEachBlock(
    of rows: Range<Int>, _ body: (_ start: Int, UnsafeBufferPointer<UInt32>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: CellLanes.blockRows) { cells in
      guard let base = cells.baseAddress else { return }
      var start = rows.lowerBound
      while start < rows.upperBound {
        let end = min(rows.upperBound, start + CellLanes.blockRows)
        if (start / CellLanes.blockRows) & 31 == 0, isCancelled() { return }
        fill(base, start..<end)
        body(start, UnsafeBufferPointer(start: base, count: end - start))
        start = end
      }
    }
  }

  /// Calls the body with the cells of each block of rows and the codes of another column.
  @inline(__always)
  func forEachBlock(
    of rows: Range<Int>, with codes: Codes,
    _ body: (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<UInt32>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: CellLanes.blockRows) { room in
      guard let base = room.baseAddress else { return }
      codes.withWords { words in
        forEachBlock(of: rows) { start, cells in
          if words == nil { codes.copy(start..<start + cells.count, to: base) }
          let first = words.map { $0 + start } ?? UnsafePointer(base)
          body(cells, UnsafeBufferPointer(start: first, count: cells.count))
        }
      }
    }
  }

  /// Writes the cells of some rows.
  private func fill(_ cells: UnsafeMutablePointer<UInt32>, _ rows: Range<Int>) {
    guard let first = lanes.first else {
      return cells.update(repeating: 0, count: rows.count)
    }
    first.codes.look(up: first.offsets, rows, cells, isFirst: true)
    for lane in lanes.dropFirst() {
      lane.codes.look(up: lane.offsets, rows, cells, isFirst: false)
    }
  }
}

extension Codes {
  /// Lends the codes as they stand where they have full width.
  @inline(__always)
  fileprivate func withWords(_ body: (UnsafePointer<UInt32>?) -> Void) {
    guard case .words(let codes) = self else { return body(nil) }
    codes.withUnsafeBufferPointer { body($0.baseAddress) }
  }

  /// Writes the codes of some rows at full width.
  func copy(_ rows: Range<Int>, to target: UnsafeMutablePointer<UInt32>) {
    switch self {
    case .bytes(let codes): Codes.copy(codes, rows, target)
    case .shorts(let codes): Codes.copy(codes, rows, target)
    case .words(let codes): Codes.copy(codes, rows, target)
    }
  }

  private static func copy<Code: FixedWidthInteger>(
    _ codes: RowCodes<Code>, _ rows: Range<Int>, _ target: UnsafeMutablePointer<UInt32>
  ) {
    codes.withUnsafeBufferPointer { codes in
      for row in rows { target[row &- rows.lowerBound] = UInt32(truncatingIfNeeded: codes[row]) }
    }
  }

  /// Writes, or adds, what each code of some rows stands for.
  func look(
    up table: [UInt32], _ rows: Range<Int>, _ target: UnsafeMutablePointer<UInt32>, isFirst: Bool
  ) {
    switch self {
    case .bytes(let codes): Codes.look(up: table, codes, rows, target, isFirst)
    case .shorts(let codes): Codes.look(up: table, codes, rows, target, isFirst)
    case .words(let codes): Codes.look(up: table, codes, rows, target, isFirst)
    }
  }

  private static func look<Code: FixedWidthInteger>(
    up table: [UInt32], _ codes: RowCodes<Code>, _ rows: Range<Int>,
    _ target: UnsafeMutablePointer<UInt32>, _ isFirst: Bool
  ) {
    precondition(rows.upperBound <= codes.count)
    codes.withUnsafeBufferPointer { codes in
      table.withUnsafeBufferPointer { table in
        let start = rows.lowerBound
        if isFirst {
          for index in 0..<rows.count { target[index] = table[Int(codes[start &+ index])] }
        } else {
          for index in 0..<rows.count { target[index] &+= table[Int(codes[start &+ index])] }
        }
      }
    }
  }
}
