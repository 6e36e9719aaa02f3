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
  private let coordinates: Coordinates

  private enum Coordinates {
    /// Cells are numbered by place: class × stride, lane by lane.
    case dense(strides: [Int], sizes: [Int])
    case listed([[UInt32]])
  }

  /// Cells up to this number are all counted, whether they occur or not.
  private static let mostDense = 1 << 20

  /// - Parameter terms: lane by lane what cells must tell apart.
  init(
    _ groups: [(lane: Lane, terms: [Term])], rowCount: Int, monitor: any RunMonitor
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
        ? CellSpace.counts(of: lanes[0].lane, lanes[0].partition) : cells.counts()
    } else {
      let (codes, tuples) = CellSpace.combined(lanes.map { ($0.lane.codes, $0.partition) })
      coordinates = .listed(tuples)
      cells = CellLanes(
        lanes: [CellLane(codes: codes, offsets: Array(0..<UInt32(tuples.count)))],
        cellCount: tuples.count, rowCount: rowCount, isCancelled: isCancelled)
      counts = codes.counts(of: tuples.count)
    }
  }

  /// One lane's rows have been counted when it was read.
  private static func counts(of lane: Lane, _ partition: Partition) -> [Int] {
    var counts = Array(repeating: 0, count: max(1, partition.representatives.count))
    for (code, place) in partition.classes.enumerated() {
      counts[Int(place)] += lane.counts[code]
    }
    return counts
  }

  private static func combined(
    _ lanes: [(codes: Codes, partition: Partition)]
  ) -> (Codes, [[UInt32]]) {
    var codes = lanes[0].codes
    var offsets = lanes[0].partition.classes
    var tuples = lanes[0].partition.representatives.indices.map { [UInt32($0)] }
    for (right, partition) in lanes.dropFirst() {
      let combination = Combination(
        left: CellLane(codes: codes, offsets: offsets),
        right: CellLane(codes: right, offsets: partition.classes),
        rightCount: partition.representatives.count, leftCount: tuples.count)
      tuples = combination.pairs.map { tuples[Int($0.left)] + [$0.right] }
      codes = combination.codes
      offsets = Array(0..<UInt32(tuples.count))
    }
    return (codes, tuples)
  }

  /// The value of a term in a cell, and which of its classes that is.
  func value(of term: Term, in cell: Int) -> (value: Value, place: Int) {
    guard let lane = terms[term], let classes = lanes[lane].terms[term] else {
      return (.missing, 0)
    }
    let place: Int
    switch coordinates {
    case .dense(let strides, let sizes): place = cell / strides[lane] % sizes[lane]
    case .listed(let tuples): place = Int(tuples[cell][lane])
    }
    let code = lanes[lane].partition.representatives[place]
    let termClass = Int(classes.classes[Int(code)])
    return (classes.values[termClass], termClass)
  }
}
