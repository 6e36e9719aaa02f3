internal import Columns

/// One key of a tabulation as it is read from cells.
enum CellKey {
  case value(CellReading)
  case truth(CellTruth)

  /// How many classes it has.
  var size: Int {
    switch self {
    case .value(let reading): max(1, reading.values.count)
    case .truth: 3
    }
  }

  func place(in cell: Int) -> Int {
    switch self {
    case .value(let reading): reading.place(in: cell)
    case .truth(let truth): truth.value(in: cell).map { $0 ? 1 : 0 } ?? 2
    }
  }

  func value(at place: Int) -> Value {
    switch self {
    case .value(let reading): reading.values[place]
    case .truth: place == 2 ? .missing : .truth(place == 1)
    }
  }
}

/// The groups that cells fall into, numbered in order of first appearance: each is one class of
/// every key.
struct GroupPlaces {
  /// For each group the class of each key.
  private(set) var places: [[Int]] = []
  private let sizes: [Int]
  /// By the classes written as one number: the group plus one, where such numbers are small.
  private var dense: [Int32] = []
  private var sparse: [[Int]: Int32] = [:]

  private static let mostDense = 1 << 23

  init(sizes: [Int]) {
    self.sizes = sizes
    var product = 1
    for size in sizes where product <= GroupPlaces.mostDense {
      product = product.multipliedReportingOverflow(by: size).partialValue
      if product < 0 { product = .max }
    }
    if product <= GroupPlaces.mostDense { dense = Array(repeating: 0, count: product) }
  }

  /// The group of a cell, given the class that each key has there.
  mutating func group(_ place: (_ key: Int) -> Int) -> Int32 {
    if dense.isEmpty {
      let found = sizes.indices.map(place)
      if let group = sparse[found] { return group }
      sparse[found] = Int32(places.count)
      places.append(found)
    } else {
      var number = 0
      for (key, size) in sizes.enumerated() { number = number * size + place(key) }
      if dense[number] != 0 { return dense[number] - 1 }
      places.append(sizes.indices.map(place))
      dense[number] = Int32(places.count)
    }
    return Int32(places.count - 1)
  }
}
