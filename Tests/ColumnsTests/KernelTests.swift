import Columns
import Testing

/// Rows counted by the kernels as by plain loops.
struct KernelTests {
  /// Random rows of three columns, one of each width of code.
  struct Rows {
    static let classCounts = [7, 40, 90]
    let codes: [[Int]]
    let columns: [Codes]
    /// What each code adds to the cell, column by column, and the number of cells.
    let offsets: [[UInt32]]
    let cellCount = 7 * 40 * 90
    let cells: [Int]

    init(count: Int, seed: UInt64) {
      var dice = Dice(seed: seed)
      let dictionaryCounts = [200, 3000, 70_000]
      let codes = dictionaryCounts.map { size in
        (0..<count).map { _ in Int.random(in: 0..<size, using: &dice) }
      }
      self.codes = codes
      columns = [
        .bytes(codes[0].map { UInt8($0) }), .shorts(codes[1].map { UInt16($0) }),
        .words(codes[2].map { UInt32($0) }),
      ]
      var offsets: [[UInt32]] = []
      var stride = 1
      for (size, classCount) in zip(dictionaryCounts, Rows.classCounts) {
        let step = stride
        offsets.append(
          (0..<size).map { _ in UInt32(Int.random(in: 0..<classCount, using: &dice) * step) })
        stride *= classCount
      }
      self.offsets = offsets
      cells = (0..<count).map { row in
        (0..<3).reduce(0) { $0 + Int(offsets[$1][codes[$1][row]]) }
      }
    }

    func lanes(workers: Int) -> CellLanes {
      CellLanes(
        lanes: zip(columns, offsets).map { CellLane(codes: $0, offsets: $1) },
        cellCount: cellCount, rowCount: cells.count, workers: workers)
    }
  }

  @Test("counts, sums and extremes by cell", arguments: [0, 1, 5000, 200_000], [1, 3])
  func cells(_ count: Int, _ workers: Int) {
    let rows = Rows(count: count, seed: UInt64(count))
    var dice = Dice(seed: 99)
    let units = (0..<3000).map { _ in Int64.random(in: -1_000_000...1_000_000, using: &dice) }
    let wide = units.map { Int128($0) * 1_000_000_000_000_000_000 }
    let ranks = (0..<3000).map { _ in UInt32.random(in: 0..<500, using: &dice) }
    var counts = [Int](repeating: 0, count: rows.cellCount)
    var sums = [Int128](repeating: 0, count: rows.cellCount)
    var lowest = [UInt32](repeating: .max, count: rows.cellCount)
    for (row, cell) in rows.cells.enumerated() {
      let code = rows.codes[1][row]
      counts[cell] += 1
      sums[cell] += Int128(units[code])
      lowest[cell] = min(lowest[cell], ranks[code])
    }
    let lanes = rows.lanes(workers: workers)
    #expect(lanes.counts() == counts)
    #expect(lanes.sums(of: rows.columns[1], units: units) == sums)
    #expect(
      lanes.sums(of: rows.columns[1], wideUnits: wide)
        == sums.map { $0 * 1_000_000_000_000_000_000 })
    #expect(lanes.lowest(of: rows.columns[1], ranks: ranks) == lowest)
  }

  @Test(
    "numbers are added up with their squares by cell, the unknown ones aside",
    arguments: [0, 1, 5000, 200_000], [1, 3])
  func moments(_ count: Int, _ workers: Int) {
    let rows = Rows(count: count, seed: UInt64(count) + 1)
    var dice = Dice(seed: 98)
    let lanes = rows.lanes(workers: workers)
    let most = lanes.mostUnit
    let units = (0..<3000).map { code in
      code % 7 == 0
        ? CellLanes.unknownUnit
        : code % 5 == 0 ? most * (code % 2 == 0 ? 1 : -1) : Int64.random(in: -99...99, using: &dice)
    }
    var known = [Int](repeating: 0, count: rows.cellCount)
    var unknown = known
    var sums = [Int128](repeating: 0, count: rows.cellCount)
    var squares = sums
    var least = [Int64](repeating: .max, count: rows.cellCount)
    var greatest = [Int64](repeating: .min, count: rows.cellCount)
    for (row, cell) in rows.cells.enumerated() {
      let unit = units[rows.codes[1][row]]
      guard unit != CellLanes.unknownUnit else {
        unknown[cell] += 1
        continue
      }
      known[cell] += 1
      sums[cell] += Int128(unit)
      squares[cell] += Int128(unit) * Int128(unit)
      least[cell] = min(least[cell], unit)
      greatest[cell] = max(greatest[cell], unit)
    }
    let moments = lanes.moments(of: rows.columns[1], units: units)
    #expect(moments.map(\.known) == known)
    #expect(moments.map(\.unknown) == unknown)
    #expect(moments.map { Int128($0.sum) } == sums)
    #expect(moments.map { Int128($0.squares) } == squares)
    #expect(moments.map(\.least) == least)
    #expect(moments.map(\.greatest) == greatest)
  }

  @Test(
    "short numbers are added up as long ones are, in the chosen cells",
    arguments: [0, 1, 5000, 200_000], [99, 1 << 20, 1 << 26 - 1] as [Int64])
  func shortMoments(_ count: Int, _ largest: Int64) throws {
    let rows = Rows(count: count, seed: UInt64(count) + 3)
    var dice = Dice(seed: 97)
    let units = (0..<3000).map { code in
      code % 7 == 0
        ? CellLanes.unknownUnit
        : code % 5 == 0
          ? largest * (code % 2 == 0 ? 1 : -1) : Int64.random(in: -99...99, using: &dice)
    }
    // One column's cells: so few that they are taken over often.
    for workers in [1, 2, 5] {
      let lanes = CellLanes(
        lanes: [CellLane(codes: rows.columns[0], offsets: rows.offsets[0])], cellCount: 7,
        rowCount: count, workers: workers)
      let isChosen = (0..<7).map { $0 != 2 && $0 != 5 }
      let long = lanes.moments(of: rows.columns[1], units: units)
      let short = try #require(
        lanes.shortMoments(
          of: rows.columns[1], units: units, largest: largest, isChosen: isChosen))
      for cell in 0..<7 {
        var wanted = isChosen[cell] ? long[cell] : CellMoments()
        wanted.unknown = 0
        #expect(short[cell] == wanted)
      }
    }
    #expect(
      rows.lanes(workers: 1).shortMoments(
        of: rows.columns[1], units: units, largest: 1 << 26,
        isChosen: Array(repeating: true, count: rows.cellCount)) == nil)
  }

  @Test("many rows of one value are that value added up")
  func repeatedMoments() {
    for unit in [Int64(3), -3, 1 << 40, CellLanes.unknownUnit] {
      var sum = CellMoments()
      for _ in 0..<1000 { sum.add(CellMoments(unit: unit, count: 1)) }
      #expect(sum == CellMoments(unit: unit, count: 1000))
    }
  }

  @Test("ranks by group are counted, and listed in order", arguments: [0, 1, 150_000], [1, 3])
  func ranks(_ count: Int, _ workers: Int) {
    let rows = Rows(count: count, seed: 9)
    let lanes = rows.lanes(workers: workers)
    // One group has no row.
    for groupCount in [6, 2001] {
      let groups = (0..<rows.cellCount).map { Int32($0 % groupCount) - 1 }
      let ranks = (0..<3000).map { UInt32($0 % 17) }
      var lists = [[UInt32]](repeating: [], count: groupCount)
      for (row, cell) in rows.cells.enumerated() where groups[cell] >= 0 {
        lists[Int(groups[cell])].append(ranks[rows.codes[1][row]])
      }
      let counted = lanes.rankCounts(
        of: rows.columns[1], ranks: ranks, rankCount: 17, groups: groups, groupCount: groupCount)
      let counts = lists.flatMap { list -> [UInt32] in
        (0..<17).map { rank in UInt32(list.count { $0 == rank }) }
      }
      #expect(counted == counts)
      let starts = lists.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
      let sorted = lanes.sortedRanks(
        of: rows.columns[1], ranks: ranks, groups: groups, starts: starts)
      #expect(sorted == lists.flatMap { $0.sorted() })
    }
  }

  @Test("a row of a chosen cell that holds a wanted code is found wherever it stands")
  func holdsRow() {
    let rows = Rows(count: 100_000, seed: 10)
    let lanes = rows.lanes(workers: 2)
    for row in [0, 5, 16_383, 16_384, 99_999] {
      var isWanted = [Bool](repeating: false, count: 70_000)
      var isChosen = [Bool](repeating: false, count: rows.cellCount)
      isWanted[rows.codes[2][row]] = true
      isChosen[rows.cells[row]] = true
      #expect(lanes.holdsRow(of: rows.columns[2], isWanted: isWanted, isChosen: isChosen))
      isChosen[rows.cells[row]] = false
      let isElsewhere = rows.cells.indices.contains {
        isChosen[rows.cells[$0]] && isWanted[rows.codes[2][$0]]
      }
      #expect(
        lanes.holdsRow(of: rows.columns[2], isWanted: isWanted, isChosen: isChosen) == isElsewhere)
    }
  }

  @Test(
    "rows are counted by the codes of several columns", arguments: [0, 1, 4097, 200_003], [1, 2, 3])
  func jointCounts(_ count: Int, _ workers: Int) {
    var dice = Dice(seed: UInt64(count) + 2)
    // One, two and four tables that take turns; all widths of codes.
    for sizes in [[6], [6, 4], [5, 3, 12], [300, 9], [240, 17], [256, 256], [1, 2000, 2]] {
      let codes = sizes.map { size in
        (0..<count).map { _ in Int.random(in: 0..<size, using: &dice) }
      }
      let columns = zip(sizes, codes).map { size, codes -> Codes in
        switch size {
        case ...8: .words(codes.map { UInt32($0) })
        case ...256: .bytes(codes.map { UInt8($0) })
        default: .shorts(codes.map { UInt16($0) })
        }
      }
      var counts = [Int](repeating: 0, count: sizes.reduce(1, *))
      for row in 0..<count {
        var (place, stride) = (0, 1)
        for (column, size) in sizes.enumerated() {
          place += codes[column][row] * stride
          stride *= size
        }
        counts[place] += 1
      }
      #expect(JointCounts.counts(of: columns, sizes: sizes, workers: workers) == counts, "\(sizes)")
    }
  }

  @Test("distinct values by group, few and more than a table of bits holds", arguments: [1, 3])
  func distinct(_ workers: Int) {
    let rows = Rows(count: 100_000, seed: 5)
    let groups = (0..<rows.cellCount).map { Int32($0 % 5) - 1 }
    let classes = (0..<70_000).map { $0 % 11 == 0 ? UInt32.max : UInt32($0 / 2) }
    var members = [Set<UInt32>](repeating: [], count: 4)
    for (row, cell) in rows.cells.enumerated() {
      let member = classes[rows.codes[2][row]]
      if groups[cell] >= 0, member != .max { members[Int(groups[cell])].insert(member) }
    }
    for classCount in [35_000, 1 << 30] {
      #expect(
        rows.lanes(workers: workers).distinctCounts(
          of: rows.columns[2], classes: classes, classCount: classCount, groups: groups,
          groupCount: 4) == members.map(\.count))
    }
  }

  @Test("the first rows of chosen cells come in input order")
  func firstRows() {
    let rows = Rows(count: 150_000, seed: 6)
    let isChosen = (0..<rows.cellCount).map { $0 % 3 == 1 }
    let wanted = rows.cells.indices.filter { isChosen[rows.cells[$0]] }
    let lanes = rows.lanes(workers: 2)
    #expect(lanes.firstRows(10, where: isChosen) == Array(wanted.prefix(10)))
    #expect(lanes.firstRows(.max, where: isChosen) == wanted)
    #expect(lanes.firstRows(0, where: isChosen).isEmpty)
  }

  @Test("two columns as one, by table and by hash")
  func combination() {
    let rows = Rows(count: 100_000, seed: 7)
    let identity = (0..<70_000).map { UInt32($0) }
    let first = CellLane(codes: rows.columns[1], offsets: Array(identity.prefix(3000)))
    for (second, size) in [(0, 200), (2, 70_000)] {
      let pair = Combination(
        left: first,
        right: CellLane(codes: rows.columns[second], offsets: Array(identity.prefix(size))),
        rightCount: size, leftCount: 3000)
      var order: [Combination.Pair: Int] = [:]
      for row in rows.cells.indices {
        let wanted = Combination.Pair(
          left: UInt32(rows.codes[1][row]), right: UInt32(rows.codes[second][row]))
        let code = order[wanted, default: order.count]
        order[wanted] = code
        guard pair.codes[row] == code, pair.pairs[code] == wanted else {
          Issue.record("row \(row) has another pair")
          return
        }
      }
      #expect(pair.pairs.count == order.count)
    }
  }

  @Test("a column's codes are counted", arguments: [1, 2, 5])
  func codeCounts(_ workers: Int) {
    let rows = Rows(count: 90_001, seed: 8)
    for (index, size) in [200, 3000, 70_000].enumerated() {
      var wanted = [Int](repeating: 0, count: size)
      for code in rows.codes[index] { wanted[code] += 1 }
      #expect(rows.columns[index].counts(of: size, workers: workers) == wanted)
    }
  }
}
