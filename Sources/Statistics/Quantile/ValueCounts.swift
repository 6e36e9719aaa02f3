/// A variable tabulated by value: distinct values in ascending order, each with its count.
package struct ValueCounts: Sendable {
  package let values: [Double]
  package let counts: [Int]
  /// How many observations are at or below each value.
  let cumulative: [Int]

  /// How many observations there are.
  package var count: Int { cumulative.last ?? 0 }

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
    compensatedSum(zip(values, counts).map { Double($1) * term($0) })
  }
}
