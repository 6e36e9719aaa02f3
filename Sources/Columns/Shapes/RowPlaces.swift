/// Where in the file some of its rows begin, a few hundred KB apart, so that a row can be gone to.
package struct RowPlaces: Hashable, Sendable {
  /// Offsets of rows, ascending; the last entry is where the rows end.
  private(set) var offsets: [Int] = []
  /// How many rows stand before each.
  private(set) var rows: [Int] = []

  init() {}

  /// Nothing where the numbers can't be places of rows.
  init?(offsets: [Int], rows: [Int]) {
    guard offsets.count == rows.count, offsets.first ?? 0 >= 0, rows.first ?? 0 == 0,
      zip(offsets, offsets.dropFirst()).allSatisfy({ $0 < $1 }),
      zip(rows, rows.dropFirst()).allSatisfy({ $0 <= $1 })
    else { return nil }
    (self.offsets, self.rows) = (offsets, rows)
  }

  /// Adds the place that follows: the rows before it are those so far.
  mutating func add(offset: Int, rowsBefore: Int) {
    if let last = offsets.last, last >= offset { return }
    offsets.append(offset)
    rows.append(rowsBefore)
  }

  package var rowCount: Int { rows.last ?? 0 }
  /// Stretches of whole rows between one place and the next.
  var stretchCount: Int { max(0, offsets.count - 1) }

  /// The bytes of a stretch.
  func bytes(of stretch: Int) -> Range<Int> { offsets[stretch]..<offsets[stretch + 1] }

  /// The stretch that holds a row.
  func stretch(of row: Int) -> Int {
    var low = 0
    var high = stretchCount
    while low < high {
      let middle = (low + high) / 2
      if rows[middle + 1] > row { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
