import Glibc

/// Every table with given margins, built up column by column.
///
/// A table's weight is `-sum log(cell!)`, its log probability up to a constant. Partial tables
/// that leave the same row totals to fill (in any order) and have the same weight are one.
struct TableEnumeration {
  private let columns: [Int]
  private let firstRows: [Int]
  private let observedWeight: Double
  /// The log probability of a table of weight 0.
  private let constant: Double
  private let logFactorial: [Double]
  private let radix: UInt64
  private var stepsLeft = 6_000_000.0

  /// How many of equal weight there are, by weight in units of 1e-9.
  private typealias Partials = [Int: Double]

  /// Nil when the table is so large that enumeration is hopeless.
  init?(_ cells: [[Int]]) {
    let rowTotals = cells.map { $0.reduce(0, +) }
    let columnTotals = cells[0].indices.map { column in cells.reduce(0) { $0 + $1[column] } }
    let isWide = rowTotals.count <= columnTotals.count
    let rows = isWide ? rowTotals : columnTotals
    let total = rows.reduce(0, +)
    guard total <= 100_000, let largest = rows.max() else { return nil }
    var table = [0.0]
    for count in 1...total { table.append(table[count - 1] + log(Double(count))) }
    columns = (isWide ? columnTotals : rowTotals).sorted()
    firstRows = rows.sorted()
    radix = UInt64(largest) + 1
    guard Double(rows.count) * log2(Double(radix)) < 63 else { return nil }
    observedWeight = -cells.reduce(0) { $0 + $1.reduce(0) { $0 + table[$1] } }
    constant =
      (rowTotals + columnTotals).reduce(-table[total]) { $0 + table[$1] }
    logFactorial = table
  }

  /// The probability of all tables at most as likely as the observed one; nil if out of steps.
  mutating func probabilityOfUnlikelier() -> Double? {
    let limit = observedWeight + logTieTolerance
    var settled = 0.0
    var level: [UInt64: Partials] = [encode(firstRows): [0: 1]]
    for stage in 0..<(columns.count - 2) {
      var next: [UInt64: Partials] = [:]
      // In the order of their keys, so that sums come out the same every time.
      for (key, partials) in level.sorted(by: { $0.key < $1.key }) {
        let rows = decode(key)
        let fillings = countOfFillings(columns[stage], of: rows)
        stepsLeft -= fillings * Double(4 + partials.count)
        guard stepsLeft > 0 else { return nil }
        let moves = moves(filling: columns[stage], of: rows, left: stage + 1)
        for (scaled, ways) in partials.sorted(by: { $0.key < $1.key }) {
          for move in moves {
            let weight = Double(scaled) * 1e-9 + move.weight
            if weight + move.least > limit { continue }
            if weight + move.most <= limit {
              settled += ways * exp(constant + weight + move.logSum)
            } else {
              next[move.rows, default: [:]][Int((weight * 1e9).rounded()), default: 0] += ways
            }
          }
        }
      }
      level = next
    }
    for (key, partials) in level.sorted(by: { $0.key < $1.key }) {
      guard let sum = finish(decode(key), partials, limit: limit) else { return nil }
      settled += sum
    }
    return min(1, settled)
  }

  /// One way to fill a column: the rows it leaves, its weight, and what completions can weigh.
  private struct Move {
    let rows: UInt64
    let weight: Double
    /// No completion weighs less, or more; and the log of the sum of exp(weight) over them all.
    let least: Double
    let most: Double
    let logSum: Double
  }

  private func moves(filling column: Int, of rows: [Int], left: Int) -> [Move] {
    var found: [Move] = []
    let rest = columns[left...]
    let restTotal = rest.reduce(0, +)
    let columnLeast = -rest.reduce(0) { $0 + logFactorial[$1] }
    let columnSum = rest.reduce(logFactorial[restTotal]) { $0 - logFactorial[$1] }
    forEachFilling(column, of: rows) { filled, weight in
      let remaining = zip(rows, filled).map { $0 - $1 }.sorted()
      let rowLeast = -remaining.reduce(0) { $0 + logFactorial[$1] }
      found.append(
        Move(
          rows: encode(remaining), weight: weight, least: max(columnLeast, rowLeast),
          most: remaining.reduce(0) { $0 + evenWeight($1, over: rest.count) },
          logSum: columnSum + rowLeast))
    }
    return found
  }

  /// The greatest weight of one row's cells: its total spread evenly.
  private func evenWeight(_ total: Int, over cells: Int) -> Double {
    let (each, extra) = total.quotientAndRemainder(dividingBy: cells)
    return -Double(cells - extra) * logFactorial[each]
      - (extra > 0 ? Double(extra) * logFactorial[each + 1] : 0)
  }

  /// The probability of unlikelier tables among those that leave these rows to the last two
  /// columns.
  private mutating func finish(
    _ rows: [Int], _ partials: Partials, limit: Double
  ) -> Double? {
    stepsLeft -= 2 * countOfFillings(columns[columns.count - 2], of: rows) + Double(partials.count)
    guard stepsLeft > 0 else { return nil }
    var weights: [Double] = []
    forEachFilling(columns[columns.count - 2], of: rows) { filled, weight in
      weights.append(zip(rows, filled).reduce(weight) { $0 - logFactorial[$1.0 - $1.1] })
    }
    guard let greatest = weights.max() else { return nil }
    weights.sort()
    var cumulative = [0.0]
    for weight in weights { cumulative.append(cumulative.last! + exp(weight - greatest)) }
    var sum = 0.0
    for (scaled, ways) in partials.sorted(by: { $0.key < $1.key }) {
      let weight = Double(scaled) * 1e-9
      let counted = firstTrue(in: 0...weights.count) {
        $0 == weights.count || weights[$0] + weight > limit
      }
      sum += ways * exp(constant + weight + greatest) * cumulative[counted]
    }
    return sum
  }

  /// In how many ways a column of this total can be drawn from the rows.
  private func countOfFillings(_ column: Int, of rows: [Int]) -> Double {
    var ways = [Double](repeating: 0, count: column + 1)
    ways[0] = 1
    for row in rows {
      // Sums over the last row + 1 entries, kept up as a running sum.
      var sums = ways
      var running = 0.0
      for total in 0...column {
        running += ways[total]
        if total > row { running -= ways[total - row - 1] }
        sums[total] = running
      }
      ways = sums
    }
    return ways[column]
  }

  /// Every way to draw a column of this total from the rows, with its weight.
  private func forEachFilling(
    _ column: Int, of rows: [Int], _ body: ([Int], Double) -> Void
  ) {
    var filled = [Int](repeating: 0, count: rows.count)
    var room = [Int](repeating: 0, count: rows.count + 1)
    for index in rows.indices.reversed() { room[index] = room[index + 1] + rows[index] }
    func fill(_ index: Int, _ left: Int, _ weight: Double) {
      if index == rows.count { return body(filled, weight) }
      let least = max(0, left - room[index + 1])
      let most = min(rows[index], left)
      guard least <= most else { return }
      for count in least...most {
        filled[index] = count
        fill(index + 1, left - count, weight - logFactorial[count])
      }
    }
    fill(0, column, 0)
  }

  private func encode(_ rows: [Int]) -> UInt64 {
    rows.reduce(0) { $0 * radix + UInt64($1) }
  }

  private func decode(_ key: UInt64) -> [Int] {
    var key = key
    var rows = firstRows
    for index in rows.indices.reversed() {
      rows[index] = Int(key % radix)
      key /= radix
    }
    return rows
  }
}
