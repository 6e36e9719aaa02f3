internal import Columns

/// The cells that rows are sorted into: each is one combination of what the terms can tell apart.
///
/// A lane takes part with its classes. Where all combinations are too many to be numbered, those
/// that occur are.
struct CellSpace {
  private(set) var cells: CellLanes
  /// How many rows fall into each cell.
  let counts: [Int]
  private let terms: [Term: Int]
  private let lanes: [(lane: Lane, partition: Partition, terms: [Term: TermClasses])]
  /// For each cell the class of each lane.
  private let coordinates: CellCoordinates

  /// Cells up to this number are all counted, whether they occur or not.
  private static let mostDense = 1 << 20

  /// - Parameter terms: lane by lane what cells must tell apart.
  init(
    _ groups: [(lane: Lane, terms: [Term])], rowCount: Int, cubes: CodeCubes,
    monitor: any RunMonitor
  ) {
    var lanes: [(lane: Lane, partition: Partition, terms: [Term: TermClasses])] = []
    var places: [Term: Int] = [:]
    for group in groups {
      var partition = Partition(count: group.lane.count)
      var classes: [Term: TermClasses] = [:]
      for term in group.terms {
        let found = group.lane.classes(of: term)
        partition.refine(by: found)
        classes[term] = found
        places[term] = lanes.count
      }
      lanes.append((group.lane, partition, classes))
    }
    self.lanes = lanes
    terms = places
    let sizes = lanes.map { max(1, $0.partition.representatives.count) }
    var strides: [Int] = []
    var product = 1
    for size in sizes {
      strides.append(product)
      product = product > CellSpace.mostDense ? product : product * size
    }
    let isCancelled: @Sendable () -> Bool = { monitor.isCancelled }
    if product <= CellSpace.mostDense || lanes.count == 1 {
      coordinates = .dense(strides: strides, sizes: sizes)
      let cellLanes = zip(lanes, strides).map { lane, stride in
        CellLane(
          codes: lane.lane.codes, offsets: lane.partition.classes.map { $0 * UInt32(stride) })
      }
      cells = CellLanes(
        lanes: cellLanes, cellCount: product, rowCount: rowCount, isCancelled: isCancelled)
      counts =
        lanes.count == 1
        ? CellSpace.counts(of: lanes[0].lane, lanes[0].partition)
        : CellSpace.counts(
          of: lanes.map(\.lane), cellLanes, cellCount: product, cubes, isCancelled)
          ?? cells.counts()
    } else {
      let (codes, places) = CellSpace.combined(lanes.map { ($0.lane.codes, $0.partition) })
      let count = places[0].count
      coordinates = .listed(places)
      cells = CellLanes(
        lanes: [CellLane(codes: codes, offsets: Array(0..<UInt32(count)))],
        cellCount: count, rowCount: rowCount, isCancelled: isCancelled)
      counts = codes.counts(of: count)
    }
  }

  /// Rows counted by code, and codes put into cells.
  private static func counts(
    of lanes: [Lane], _ cellLanes: [CellLane], cellCount: Int, _ cubes: CodeCubes,
    _ isCancelled: @escaping @Sendable () -> Bool
  ) -> [Int]? {
    let columns = lanes.compactMap(\.column)
    guard columns.count == lanes.count, !columns.isEmpty else { return nil }
    return cubes.counts(of: columns, isCancelled: isCancelled).map {
      CodeCubes.folded($0, cellLanes.map(\.offsets), cellCount: cellCount)
    }
  }

  /// One lane's rows have been counted when it was read.
  private static func counts(of lane: Lane, _ partition: Partition) -> [Int] {
    var counts = Array(repeating: 0, count: max(1, partition.representatives.count))
    for (rows, place) in zip(lane.counts, partition.classes) { counts[Int(place)] += rows }
    return counts
  }

  /// The rows' combinations as codes, and lane by lane the class that each has there.
  private static func combined(
    _ lanes: [(codes: Codes, partition: Partition)]
  ) -> (Codes, [[UInt32]]) {
    var codes = lanes[0].codes
    var offsets = lanes[0].partition.classes
    var places = [Array(0..<UInt32(lanes[0].partition.representatives.count))]
    for (right, partition) in lanes.dropFirst() {
      let combination = Combination(
        left: CellLane(codes: codes, offsets: offsets),
        right: CellLane(codes: right, offsets: partition.classes),
        rightCount: partition.representatives.count, leftCount: places[0].count)
      places = places.map { known in combination.pairs.map { known[Int($0.left)] } }
      places.append(combination.pairs.map(\.right))
      codes = combination.codes
      offsets = Array(0..<UInt32(combination.pairs.count))
    }
    return (codes, places)
  }

  /// How a term is read from cells; it must be one of those that the cells tell apart.
  func reading(of term: Term) -> CellReading {
    guard let lane = terms[term], let classes = lanes[lane].terms[term] else {
      preconditionFailure("a term is read from cells that were made for it")
    }
    return CellReading(
      coordinates: coordinates, lane: lane,
      classes: lanes[lane].partition.representatives.map { classes.classes[Int($0)] },
      values: classes.values)
  }
}

/// Where a cell lies: for each lane its class.
enum CellCoordinates {
  /// Cells are numbered by place: class × stride, lane by lane.
  case dense(strides: [Int], sizes: [Int])
  /// Lane by lane the class of each cell.
  case listed([[UInt32]])
}

/// One term as it is read from cells.
struct CellReading {
  /// The value of each class of the term.
  let values: ClassValues
  /// By the class that a cell has in the term's lane, the term's class.
  private let classes: [UInt32]
  private let stride: Int
  private let size: Int
  private let listed: [UInt32]

  init(coordinates: CellCoordinates, lane: Int, classes: [UInt32], values: ClassValues) {
    self.values = values
    self.classes = classes
    switch coordinates {
    case .dense(let strides, let sizes):
      (stride, size, listed) = (strides[lane], sizes[lane], [])
    case .listed(let places):
      (stride, size, listed) = (0, 0, places[lane])
    }
  }

  /// Which of the term's classes a cell has.
  func place(in cell: Int) -> Int {
    Int(classes[stride == 0 ? Int(listed[cell]) : cell / stride % size])
  }

  func value(in cell: Int) -> Value { values[place(in: cell)] }
}
