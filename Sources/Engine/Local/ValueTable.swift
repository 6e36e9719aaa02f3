package import Columns

/// The values of a number field by group, in key order: each distinct value with its rows.
package struct ValueTable: Sendable {
  /// One combination of keys.
  package struct Group: Sendable {
    package let keys: [Value]
    /// Distinct known values, ascending, as the nearest doubles; several exact values may have one.
    package let values: [Double]
    /// How many rows hold each.
    package let counts: [Int]
    /// The exact sum of the known values.
    package let sum: Decimal
    /// Rows without a known value.
    package let unknown: Int
  }

  package let groups: [Group]
  /// The most decimals that a known value has.
  package let mostDecimals: Int
}

/// What the values of a number field come to by group, in key order.
package struct MomentTable: Hashable, Sendable {
  /// One combination of keys.
  package struct Group: Hashable, Sendable {
    package let keys: [Value]
    package let known: Int
    package let unknown: Int
    /// The exact sum of the known values.
    package let sum: Decimal
    /// `(n Σx² − (Σx)²) / (n (n − 1))` with exact sums; nothing with fewer than two known values.
    package let variance: Double?
    package let least: Double?
    package let greatest: Double?
  }

  package let groups: [Group]
  /// The most decimals that a known value has.
  package let mostDecimals: Int
}

extension MomentTable {
  /// From a table by value, made by any source: the same numbers, to the last digit, as they are
  /// added up over columns. Nothing where numbers are not exact, or too long.
  /// - Parameter table: its last key is the field, its only measure whole numbers of rows.
  package init?(_ table: SmallTable) {
    let scale = table.rows.reduce(0) { most, row in
      if case .number(let number)? = row.keys.last { max(most, number.scale) } else { most }
    }
    guard scale <= 18 else { return nil }
    var order: [[Value]] = []
    var sums: [ExactSums] = []
    for row in table.rows {
      let keys = Array(row.keys.dropLast())
      if order.last != keys {
        order.append(keys)
        sums.append(ExactSums())
      }
      guard case .number(let count)? = row.measures.first, let rows = count.integer,
        sums[sums.count - 1].add(row.keys.last ?? .missing, rows, scale)
      else { return nil }
    }
    var groups: [Group] = []
    for (keys, sum) in zip(order, sums) {
      guard let numerator = sum.numerator else { return nil }
      groups.append(
        Group(
          keys: keys, known: sum.known, unknown: sum.unknown,
          sum: Decimal(units: sum.sum, scale: scale),
          variance: MomentTable.variance(known: sum.known, numerator: numerator, scale: scale),
          least: sum.least, greatest: sum.greatest))
    }
    self.groups = groups
    mostDecimals = scale
  }

  /// The variance, from `n Σx² − (Σx)²` in whole units; the same whatever the scale, since the
  /// exact number is brought to its lowest terms first.
  static func variance(known: Int, numerator: UInt128, scale: Int) -> Double? {
    guard known > 1, let units = Int128(exactly: numerator) else { return nil }
    return Decimal(units: units, scale: 2 * scale).double / (Double(known) * Double(known - 1))
  }
}

/// The values of one group added up in whole units.
private struct ExactSums {
  var known = 0
  var unknown = 0
  var sum: Int128 = 0
  var squares: Int128 = 0
  var least: Double?
  var greatest: Double?

  /// Takes in a value that so many rows hold, in ascending order; whether it could be.
  mutating func add(_ value: Value, _ rows: Int, _ scale: Int) -> Bool {
    switch value {
    case .real: return false
    case .number(let number):
      guard let short = Int64(exactly: number.units) else { return false }
      let units = Int128(short) * Decimal.power(scale - number.scale)
      let (part, isLong) = units.multipliedReportingOverflow(by: Int128(rows))
      let (square, isLonger) = units.multipliedReportingOverflow(by: part)
      let (sum, isLongSum) = self.sum.addingReportingOverflow(part)
      let (squares, isLongest) = self.squares.addingReportingOverflow(square)
      guard !isLong, !isLonger, !isLongSum, !isLongest else { return false }
      known += rows
      self.sum = sum
      self.squares = squares
      least = least ?? number.double
      greatest = number.double
    default: unknown += rows
    }
    return true
  }

  /// `n Σx² − (Σx)²`; nothing where it does not fit.
  var numerator: UInt128? {
    let (left, isLong) = squares.multipliedReportingOverflow(by: Int128(known))
    let (right, isLonger) = sum.multipliedReportingOverflow(by: sum)
    return isLong || isLonger || left < right ? nil : UInt128(left - right)
  }
}
