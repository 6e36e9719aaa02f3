/// A variable tabulated by value: distinct values in ascending order, each with its count.
package struct ValueCounts: Sendable {
  package let values: [Double]
  package let counts: [Int]
  /// How many observations are at or below each value.
  let cumulative: [Int]
  /// Values with their weights, where these are no whole numbers; sums are then of them.
  private var weighted: [(value: Double, weight: Double)] = []

  /// How many observations there are.
  package var count: Int { cumulative.last ?? 0 }

  /// The sum of the weights, or how many observations there are.
  package var total: Double {
    weighted.isEmpty ? Double(count) : compensatedSum(weighted.map(\.weight))
  }

  /// The least and the greatest value that counts.
  package var least: Double? { weighted.first?.value ?? values.first }
  package var greatest: Double? { weighted.last?.value ?? values.last }

  /// From values in ascending order, each standing for so many observations. Where weights are no whole
  /// numbers, sums and means are exact; ranks go by counts whose running totals are those of the weights,
  /// rounded, so that a quantile is right to half an observation. O(k).
  package init(ascending values: [Double], weights: [Double]) {
    var rounding = RunningRound()
    self.init(values, weights.map { rounding.add($0) }, order: values.indices)
    if weights.contains(where: { $0 != $0.rounded() }) {
      weighted = zip(values, weights).filter { $1 > 0 }.map { (value: $0, weight: $1) }
    }
  }

  /// From values in any order, each with its count; equal values are taken together and values
  /// without observations left out. O(k log k).
  package init(values: [Double], counts: [Int]) {
    self.init(values, counts, order: values.indices.sorted { values[$0] < values[$1] })
  }

  /// From values in ascending order, each with its count. O(k).
  package init(ascending values: [Double], counts: [Int]) {
    self.init(values, counts, order: values.indices)
  }

  private init(_ values: [Double], _ counts: [Int], order: some Sequence<Int>) {
    var distinct: [Double] = []
    var totals: [Int] = []
    for index in order where counts[index] > 0 {
      if distinct.last == values[index] {
        totals[totals.count - 1] += counts[index]
      } else {
        distinct.append(values[index])
        totals.append(counts[index])
      }
    }
    self.values = distinct
    self.counts = totals
    var running = 0
    cumulative = totals.map { count in
      running += count
      return running
    }
  }

  /// From single observations in any order. O(n log n).
  package init(_ observations: [Double]) {
    self.init(values: observations, counts: [Int](repeating: 1, count: observations.count))
  }

  /// The observation of this rank, from 1 to `count`. O(log k).
  func observation(rank: Int) -> Double {
    values[firstTrue(in: 0...(values.count - 1)) { cumulative[$0] >= rank }]
  }

  /// The sum of a function of the values, compensated.
  func sum(_ term: (Double) -> Double) -> Double {
    guard weighted.isEmpty else {
      return compensatedSum(weighted.map { $0.weight * term($0.value) })
    }
    return compensatedSum(zip(values, counts).map { Double($1) * term($0) })
  }
}

/// Whole numbers whose running total is that of numbers with fractions, rounded.
package struct RunningRound: Sendable {
  /// Larger totals are no counts that a double tells apart.
  private static let most = 9e15

  private var exact = 0.0
  private var whole = 0

  package init() {}

  /// What the next number, 0 or more, adds to the rounded total.
  package mutating func add(_ number: Double) -> Int {
    exact += number
    let total = Int(min(max(exact, 0), RunningRound.most).rounded())
    defer { whole = total }
    return total - whole
  }
}
