internal import Columns

/// The ranks of a number field's values in each group's rows; unknown values have the highest.
///
/// Where groups and ranks are few, they are counted in a table. Of millions of groups each has few
/// rows, whose ranks stand one behind the other.
struct GroupedRanks {
  private enum Shape {
    case table([UInt32], rankCount: Int)
    /// Ranks ascending within each group, one for each row, or with how many rows each stands for.
    case lists([UInt32], counts: [Int]?, starts: [Int])
  }

  private let shape: Shape

  /// A table of so many counts is worth it whatever the rows.
  private static let smallTable = 1 << 16
  /// A table of more counts takes too much room.
  private static let largestTable = 1 << 25

  init(_ plan: LocalTabulation, _ lane: Lane, _ field: Term, _ ranked: RankedNumbers) {
    let rankCount = ranked.units.count + 1
    let (size, isLong) = plan.groupCount.multipliedReportingOverflow(by: rankCount)
    let rows = plan.space.cells.rowCount
    // A count of the table is looked at in less time than a row is put in its place and sorted among
    // those of its group.
    let rowsOfGroup = max(1, rows / max(1, plan.groupCount))
    let sorting = max(2, (Int.bitWidth - rowsOfGroup.leadingZeroBitCount) / 2)
    let isTable =
      !isLong
      && size <= max(GroupedRanks.smallTable, min(GroupedRanks.largestTable, sorting * rows))
    if plan.isInCells[0] {
      let reading = plan.space.reading(of: field)
      let rank = { Int(ranked.classRanks[reading.place(in: $0)]) }
      shape =
        isTable
        ? GroupedRanks.table(plan, rank, rankCount) : GroupedRanks.lists(plan, rank)
    } else if isTable {
      let counts = plan.space.cells.rankCounts(
        of: lane.codes, ranks: ranked.codeRanks, rankCount: rankCount, groups: plan.groups,
        groupCount: plan.groupCount)
      shape = .table(counts, rankCount: rankCount)
    } else {
      let starts = GroupedRanks.starts(plan) { plan.space.counts[$0] }
      let ranks = plan.space.cells.sortedRanks(
        of: lane.codes, ranks: ranked.codeRanks, groups: plan.groups, starts: starts)
      shape = .lists(ranks, counts: nil, starts: starts)
    }
  }

  private static func table(
    _ plan: LocalTabulation, _ rank: (Int) -> Int, _ rankCount: Int
  ) -> Shape {
    var counts = [UInt32](repeating: 0, count: plan.groupCount * rankCount)
    for (cell, group) in plan.groups.enumerated() where group >= 0 {
      counts[Int(group) * rankCount + rank(cell)] += UInt32(plan.space.counts[cell])
    }
    return .table(counts, rankCount: rankCount)
  }

  private static func lists(_ plan: LocalTabulation, _ rank: (Int) -> Int) -> Shape {
    let starts = starts(plan) { _ in 1 }
    var ends = starts
    var entries = [(rank: UInt32, count: Int)](repeating: (0, 0), count: starts[plan.groupCount])
    for (cell, group) in plan.groups.enumerated() where group >= 0 {
      entries[ends[Int(group)]] = (UInt32(rank(cell)), plan.space.counts[cell])
      ends[Int(group)] += 1
    }
    for group in 0..<plan.groupCount where starts[group + 1] - starts[group] > 1 {
      entries[starts[group]..<starts[group + 1]].sort { $0.rank < $1.rank }
    }
    return .lists(entries.map(\.rank), counts: entries.map(\.count), starts: starts)
  }

  /// Calls the body with each rank in a group and the number of its rows, ascending.
  func forEach(in group: Int, _ body: (_ rank: Int, _ count: Int) -> Void) {
    switch shape {
    case .table(let counts, let rankCount):
      for rank in 0..<rankCount where counts[group * rankCount + rank] > 0 {
        body(rank, Int(counts[group * rankCount + rank]))
      }
    case .lists(let ranks, let counts, let starts):
      var place = starts[group]
      while place < starts[group + 1] {
        let rank = ranks[place]
        var count = 0
        repeat {
          count += counts?[place] ?? 1
          place += 1
        } while place < starts[group + 1] && ranks[place] == rank
        body(Int(rank), count)
      }
    }
  }

  /// Where each group's entries begin in a list of all, of which each cell has some; the last is
  /// their number.
  private static func starts(_ plan: LocalTabulation, _ entries: (Int) -> Int) -> [Int] {
    var starts = [Int](repeating: 0, count: plan.groupCount + 1)
    for (cell, group) in plan.groups.enumerated() where group >= 0 {
      starts[Int(group) + 1] += entries(cell)
    }
    for group in 0..<plan.groupCount { starts[group + 1] += starts[group] }
    return starts
  }
}
