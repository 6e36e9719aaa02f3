// Numbers of 32 bits added up by cell: the loop that sums and averages of most fields run through.

/// A number field in the rows of one cell since they were last taken over; squares stay within 63
/// bits.
private struct ShortMoments {
  var known: UInt32 = 0
  var least = Int32.max
  var greatest = Int32.min
  var sum = 0
  var squares: UInt64 = 0
}

extension CellLanes {
  /// Numbers of codes that follow one another, as those of serial numbers do.
  package struct UnitSequence: Hashable, Sendable {
    /// The number of code 0.
    let first: Int64
    package let count: Int
    /// The one code that stands for no number; beyond all codes where there is none.
    let unknownCode: UInt32

    package init(first: Int64, count: Int, unknownCode: UInt32?) {
      self.first = first
      self.count = count
      self.unknownCode = unknownCode ?? .max
    }

    /// The number of a code; `unknownUnit` where it stands for none.
    package func unit(of code: Int) -> Int64 {
      code == Int(unknownCode) ? CellLanes.unknownUnit : first + Int64(code)
    }
  }

  /// Rows that are added up before the sums are taken over, at least; the work of taking them over
  /// is then small beside it.
  private static let fewestRows = 1 << 11

  /// Numbers up to this size can be added up with their squares over `fewestRows`.
  private static let mostShortUnit: Int64 = 1 << 26

  /// How many rows may be added up at a time: nothing where the numbers are too large, or there are
  /// so many cells that taking them over would cost more than adding up.
  private func shortRows(_ largest: Int64) -> Int? {
    guard largest < CellLanes.mostShortUnit else { return nil }
    let square = max(1, largest * largest)
    let rows = Int(min(Int64.max / square, 1 << 31))
    return rows >= max(CellLanes.fewestRows, 4 * cellCount) ? rows : nil
  }

  /// Number, sum, sum of squares and extremes of what a column's codes stand for, in the chosen
  /// cells; `unknown` and the other cells stay 0.
  ///
  /// Rows of other cells are passed over before anything else is looked up: for numbers with many
  /// values that is most of the work. Nothing where the numbers are too large for it.
  /// - Parameters:
  ///   - units: for each code its number, or `unknownUnit`.
  ///   - sequence: what stands for them where they follow one another.
  ///   - largest: the size of the largest of them.
  package func shortMoments(
    of codes: Codes, units: [Int64], sequence: UnitSequence? = nil, largest: Int64,
    isChosen: [Bool]
  ) -> [CellMoments]? {
    guard let mostRows = shortRows(largest) else { return nil }
    let short =
      sequence == nil
      ? units.map { $0 == CellLanes.unknownUnit ? Int32.min : Int32(truncatingIfNeeded: $0) } : []
    let chosen = isChosen.map { $0 ? UInt8(1) : 0 }
    let parts = parts(filledWith: CellMoments()) { (rows, moments: inout [CellMoments]) in
      var open = [ShortMoments](repeating: ShortMoments(), count: cellCount)
      var left = mostRows
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * CellLanes.mostBlockRows) {
        room in
        guard let kept = room.baseAddress else { return }
        forEachBlock(of: rows, with: codes) { cells, codes in
          if left < cells.count {
            CellLanes.close(&open, into: &moments)
            left = mostRows
          }
          left &-= cells.count
          let count = CellLanes.keep(cells, codes, chosen, kept)
          if let sequence {
            CellLanes.add(kept, count, sequence, &open)
          } else {
            CellLanes.add(kept, count, short, &open)
          }
        }
      }
      CellLanes.close(&open, into: &moments)
    }
    return CellLanes.joined(parts) { left, right in
      var both = left
      both.add(right)
      return both
    }
  }

  /// Writes cell and code of the rows of chosen cells side by side; returns how many there are.
  private static func keep(
    _ cells: UnsafeBufferPointer<UInt32>, _ codes: UnsafeBufferPointer<UInt32>, _ chosen: [UInt8],
    _ kept: UnsafeMutablePointer<UInt32>
  ) -> Int {
    var count = 0
    chosen.withUnsafeBufferPointer { chosen in
      for row in 0..<cells.count {
        let cell = cells[row]
        kept[2 &* count] = cell
        kept[2 &* count &+ 1] = codes[row]
        count &+= Int(chosen[Int(cell)])
      }
    }
    return count
  }

  private static func add(
    _ kept: UnsafeMutablePointer<UInt32>, _ count: Int, _ units: [Int32],
    _ open: inout [ShortMoments]
  ) {
    units.withUnsafeBufferPointer { units in
      add(kept, count, &open) { units[Int($0)] }
    }
  }

  private static func add(
    _ kept: UnsafeMutablePointer<UInt32>, _ count: Int, _ sequence: UnitSequence,
    _ open: inout [ShortMoments]
  ) {
    let first = Int32(truncatingIfNeeded: sequence.first)
    let unknown = sequence.unknownCode
    add(kept, count, &open) { code in
      code == unknown ? Int32.min : first &+ Int32(truncatingIfNeeded: code)
    }
  }

  /// - Parameter unit: the number of a code; the least there is where it is unknown.
  @inline(__always)
  private static func add(
    _ kept: UnsafeMutablePointer<UInt32>, _ count: Int, _ open: inout [ShortMoments],
    unit: (UInt32) -> Int32
  ) {
    open.withUnsafeMutableBufferPointer { open in
      for row in 0..<count {
        let cell = Int(kept[2 &* row])
        let unit = unit(kept[2 &* row &+ 1])
        let isKnown = unit != Int32.min
        let number = isKnown ? Int(unit) : 0
        open[cell].known &+= isKnown ? 1 : 0
        open[cell].sum &+= number
        open[cell].squares &+= UInt64(truncatingIfNeeded: number &* number)
        open[cell].least = min(open[cell].least, isKnown ? unit : Int32.max)
        open[cell].greatest = max(open[cell].greatest, unit)
      }
    }
  }

  private static func close(_ open: inout [ShortMoments], into moments: inout [CellMoments]) {
    for cell in open.indices where open[cell].known > 0 {
      let part = open[cell]
      moments[cell].add(
        CellMoments(
          known: Int(part.known), sum: part.sum, squares: part.squares, least: Int64(part.least),
          greatest: Int64(part.greatest)))
      open[cell] = ShortMoments()
    }
  }
}
