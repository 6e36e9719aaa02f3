package import Columns

/// The values of a number field by group, in key order: each distinct value with its rows.
package struct ValueTable: Sendable {
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
package struct MomentTable: Sendable {
  package struct Group: Sendable {
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
