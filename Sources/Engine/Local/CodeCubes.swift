internal import Columns

/// Rows counted by the codes of some columns, kept for the questions to come.
///
/// Which codes a condition holds for is decided after counting: whatever is asked next of the same
/// columns, or of some of them, is answered without looking at a row. Columns are told apart by
/// their memos, so that counts of a file that was read anew are never taken for it.
package final class CodeCubes {
  private struct Cube {
    let memos: [ColumnMemo]
    let sizes: [Int]
    let counts: [Int]
  }

  private var kept: [Cube] = []

  /// Of at most half a megabyte each.
  private static let mostKept = 64

  package init() {}

  /// How many rows hold each combination of codes, the first column's changing fastest; nothing
  /// where there are too many combinations.
  func counts(of columns: [Column], isCancelled: @escaping @Sendable () -> Bool) -> [Int]? {
    let sizes = columns.map { max(1, $0.counts.count) }
    var cellCount = 1
    for size in sizes {
      guard size <= JointCounts.mostCells / cellCount else { return nil }
      cellCount *= size
    }
    let memos = columns.map(\.memo)
    if let known = known(memos, sizes) { return known }
    let counts = JointCounts.counts(
      of: columns.map(\.codes), sizes: sizes, isCancelled: isCancelled)
    if isCancelled() { return counts }
    if kept.count == CodeCubes.mostKept { kept.removeFirst() }
    kept.append(Cube(memos: memos, sizes: sizes, counts: counts))
    return counts
  }

  /// What a cube of these columns, and perhaps others, says of them.
  private func known(_ memos: [ColumnMemo], _ sizes: [Int]) -> [Int]? {
    let holding = kept.filter { cube in
      memos.allSatisfy { memo in cube.memos.contains { $0 === memo } }
    }
    guard let cube = holding.min(by: { $0.counts.count < $1.counts.count }) else { return nil }
    // What each code of each of the cube's columns adds to the place among the counts wanted.
    var offsets = zip(cube.memos, cube.sizes).map { _, size in
      [UInt32](repeating: 0, count: size)
    }
    var stride = 1
    for (memo, size) in zip(memos, sizes) {
      if let place = cube.memos.firstIndex(where: { $0 === memo }) {
        offsets[place] = (0..<size).map { UInt32($0 * stride) }
      }
      stride *= size
    }
    return CodeCubes.folded(cube.counts, offsets, cellCount: stride)
  }

  /// Counts of code combinations added up in the cells that these belong to.
  /// - Parameter offsets: column by column what each code adds to the number of the cell.
  static func folded(_ counts: [Int], _ offsets: [[UInt32]], cellCount: Int) -> [Int] {
    var cells: [UInt32] = [0]
    cells.reserveCapacity(counts.count)
    for column in offsets {
      let before = cells
      cells.removeAll(keepingCapacity: true)
      for offset in column {
        for cell in before { cells.append(cell + offset) }
      }
    }
    var sums = [Int](repeating: 0, count: cellCount)
    for (cell, count) in zip(cells, counts) { sums[Int(cell)] += count }
    return sums
  }
}
