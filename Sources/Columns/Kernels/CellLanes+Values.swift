/// A number field in the rows of one cell, added up exactly.
package struct CellMoments: Hashable, Sendable {
  /// Rows whose value is known, and the others.
  package var known = 0
  package var unknown = 0
  package var sum = 0
  /// The sum of squares, in two words.
  private var squaresLow: UInt64 = 0
  private var squaresHigh: UInt64 = 0
  package var least = Int64.max
  package var greatest = Int64.min

  package init() {}

  /// Some rows with one value, at most `CellLanes.mostUnit` in size, or `CellLanes.unknownUnit`.
  package init(unit: Int64, count: Int) {
    guard unit != CellLanes.unknownUnit else {
      unknown = count
      return
    }
    known = count
    sum = Int(unit) * count
    let square = UInt128(unit.magnitude) * UInt128(unit.magnitude) * UInt128(count)
    squaresLow = UInt64(truncatingIfNeeded: square)
    squaresHigh = UInt64(truncatingIfNeeded: square >> 64)
    least = unit
    greatest = unit
  }

  /// Of rows that are all known.
  init(known: Int, sum: Int, squares: UInt64, least: Int64, greatest: Int64) {
    self.known = known
    self.sum = sum
    squaresLow = squares
    self.least = least
    self.greatest = greatest
  }

  package var squares: UInt128 { UInt128(squaresHigh) << 64 | UInt128(squaresLow) }

  @inline(__always)
  fileprivate mutating func addSquare(of number: Int64) {
    let square = number.magnitude.multipliedFullWidth(by: number.magnitude)
    let (low, carries) = squaresLow.addingReportingOverflow(square.low)
    squaresLow = low
    squaresHigh = squaresHigh &+ square.high &+ (carries ? 1 : 0)
  }

  /// Takes in other rows.
  package mutating func add(_ other: CellMoments) {
    known += other.known
    unknown += other.unknown
    sum += other.sum
    let (low, carries) = squaresLow.addingReportingOverflow(other.squaresLow)
    squaresLow = low
    squaresHigh = squaresHigh &+ other.squaresHigh &+ (carries ? 1 : 0)
    least = min(least, other.least)
    greatest = max(greatest, other.greatest)
  }
}

extension CellLanes {
  /// The unit of a code that stands for no number.
  package static let unknownUnit = Int64.min

  /// Numbers up to this size can be added up with their squares, whatever the cells.
  package var mostUnit: Int64 { Int64(1) << 62 / Int64(max(1, rowCount)) }

  /// Number, sum, sum of squares and extremes of what a column's codes stand for, by cell.
  /// - Parameter units: for each code its number, at most `mostUnit` in size, or `unknownUnit`.
  package func moments(of codes: Codes, units: [Int64]) -> [CellMoments] {
    let parts = parts(filledWith: CellMoments()) { (rows, moments: inout [CellMoments]) in
      moments.withUnsafeMutableBufferPointer { moments in
        units.withUnsafeBufferPointer { units in
          forEachBlock(of: rows, with: codes) { cells, codes in
            for row in 0..<cells.count {
              let cell = Int(cells[row])
              let unit = units[Int(codes[row])]
              let isKnown = unit != CellLanes.unknownUnit
              let number = isKnown ? unit : 0
              moments[cell].known &+= isKnown ? 1 : 0
              moments[cell].unknown &+= isKnown ? 0 : 1
              moments[cell].sum &+= Int(number)
              moments[cell].addSquare(of: number)
              moments[cell].least = min(moments[cell].least, isKnown ? unit : .max)
              // An unknown one is the least there is.
              moments[cell].greatest = max(moments[cell].greatest, unit)
            }
          }
        }
      }
    }
    return CellLanes.joined(parts) { left, right in
      var both = left
      both.add(right)
      return both
    }
  }

  /// Whether a row of a chosen cell holds a wanted code; looks no further than the first.
  package func holdsRow(of codes: Codes, isWanted: [Bool], isChosen: [Bool]) -> Bool {
    var start = 0
    while start < rowCount, !isCancelled() {
      let end = min(rowCount, start + 1 << 14)
      var isFound = false
      forEachBlock(of: start..<end, with: codes) { cells, codes in
        for row in 0..<cells.count where isChosen[Int(cells[row])] && isWanted[Int(codes[row])] {
          isFound = true
        }
      }
      if isFound { return true }
      start = end
    }
    return false
  }
}
