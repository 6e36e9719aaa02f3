internal import Columns

/// Rows counted by the codes of some columns, kept for the questions to come.
///
/// Which codes a condition holds for is decided after counting: whatever is asked next of the same
/// columns, or of some of them, is answered without looking at a row. Columns are told apart by
/// their memos, which counts do not keep alive: those of a column that was read anew, or let go,
/// are never taken for another's and are dropped.
package final class CodeCubes {
  private struct Cube {
    let columns: [ColumnAxis]
    let counts: [Int]
  }

  /// A column of a cube, for as long as it is held elsewhere, and a number above its codes.
  private struct ColumnAxis {
    private(set) weak var memo: ColumnMemo?
    let size: Int
  }

  private var kept: [Cube] = []

  /// All counts together, 32 MB; one cube has at most `JointCounts.mostCells`.
  static let mostKeptCells = 1 << 22
  /// Cubes of few cells are looked through one by one.
  static let mostKept = 256

  package init() {}

  /// How many cubes are kept for columns that are still held.
  package var keptCount: Int {
    dropDead()
    return kept.count
  }

  /// How many rows hold each combination of codes, the first column's changing fastest; nothing
  /// where there are too many combinations.
  func counts(of columns: [Column], isCancelled: @escaping @Sendable () -> Bool) -> [Int]? {
    let axes = columns.map { ColumnAxis(memo: $0.memo, size: max(1, $0.texts.count)) }
    var cellCount = 1
    for axis in axes {
      guard axis.size <= JointCounts.mostCells / cellCount else { return nil }
      cellCount *= axis.size
    }
    dropDead()
    if let known = known(axes) { return known }
    let counts = JointCounts.counts(
      of: columns.map(\.codes), sizes: axes.map(\.size), isCancelled: isCancelled)
    if isCancelled() { return counts }
    keep(Cube(columns: axes, counts: counts))
    return counts
  }

  private func dropDead() {
    kept.removeAll { cube in cube.columns.contains { $0.memo == nil } }
  }

  /// The oldest make room.
  private func keep(_ cube: Cube) {
    kept.append(cube)
    var cells = kept.reduce(0) { $0 + $1.counts.count }
    while kept.count > CodeCubes.mostKept || cells > CodeCubes.mostKeptCells {
      cells -= kept.removeFirst().counts.count
    }
  }

  /// What a cube of these columns, and perhaps others, says of them.
  private func known(_ wanted: [ColumnAxis]) -> [Int]? {
    let holding = kept.filter { cube in
      wanted.allSatisfy { axis in cube.columns.contains { $0.memo === axis.memo } }
    }
    guard let cube = holding.min(by: { $0.counts.count < $1.counts.count }) else { return nil }
    // What each code of each of the cube's columns adds to the place among the counts wanted.
    var offsets = cube.columns.map { [UInt32](repeating: 0, count: $0.size) }
    var stride = 1
    for axis in wanted {
      if let place = cube.columns.firstIndex(where: { $0.memo === axis.memo }) {
        offsets[place] = (0..<axis.size).map { UInt32($0 * stride) }
      }
      stride *= axis.size
    }
    return CodeCubes.folded(cube.counts, offsets, cellCount: stride)
  }

  /// Counts of code combinations added up in the cells that these belong to.
  /// - Parameter offsets: column by column what each code adds to the number of the cell.
  static func folded(_ counts: [Int], _ offsets: [[UInt32]], cellCount: Int) -> [Int] {
    var sums = [Int](repeating: 0, count: cellCount)
    // A column without texts has no rows.
    if offsets.contains(where: \.isEmpty) { return sums }
    precondition(counts.count == offsets.reduce(1) { $0 * $1.count })
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: counts.count) { cells in
      cells.initialize(repeating: 0)
      // The codes of the first column follow one another fastest.
      var filled = 1
      for column in offsets {
        for code in stride(from: column.count - 1, through: 0, by: -1) {
          let offset = column[code]
          let first = code * filled
          for place in 0..<filled { cells[first + place] = cells[place] &+ offset }
        }
        filled *= column.count
      }
      for place in 0..<counts.count { sums[Int(cells[place])] += counts[place] }
    }
    return sums
  }
}
