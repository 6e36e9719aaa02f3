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

  /// The place of each class in the order of values.
  func ranks(unless isCancelled: () -> Bool) -> [UInt32] {
    switch self {
    case .value(let reading): reading.values.ranks(unless: isCancelled)
    case .truth: [0, 1, 2]
    }
  }

  /// Whether the value of a class stands before that of another.
  func precedes(_ left: Int, _ right: Int) -> Bool {
    switch self {
    case .value(let reading): reading.values.precedes(left, right)
    case .truth: left < right
    }
  }

  /// The classes that are missing: for a truth, unknown.
  var missingPlaces: [Int] {
    switch self {
    case .value(let reading): reading.values.missingPlaces
    case .truth: [2]
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
  private(set) var count = 0
  /// Group by group the class of each key.
  private var places: [UInt32] = []
  private let sizes: [Int]
  /// By the classes written as one number: the group plus one, where such numbers are small.
  private var dense: [Int32] = []
  /// By the same number, or by the classes themselves where it is too long.
  private var sparse: [Int: Int32] = [:]
  private var listed: [[UInt32]: Int32] = [:]
  private let isNumbered: Bool

  private static let mostDense = 1 << 23

  /// - Parameters:
  ///   - sizes: how many classes each key has.
  ///   - cellCount: how many cells there are to be put into groups.
  init(sizes: [Int], cellCount: Int = 1) {
    self.sizes = sizes
    var product = 1
    var isNumbered = true
    for size in sizes {
      let (next, overflow) = product.multipliedReportingOverflow(by: size)
      isNumbered = isNumbered && !overflow
      product = next
    }
    self.isNumbered = isNumbered
    if isNumbered, product <= max(GroupPlaces.mostDense, 2 * cellCount) {
      dense = Array(repeating: 0, count: product)
    }
  }

  /// The group of a cell, given the class that each key has there.
  mutating func group(_ place: (_ key: Int) -> Int) -> Int32 {
    guard isNumbered else {
      let found = sizes.indices.map { UInt32(place($0)) }
      if let group = listed[found] { return group }
      listed[found] = Int32(count)
      places += found
      count += 1
      return Int32(count - 1)
    }
    var number = 0
    for (key, size) in sizes.enumerated() { number = number * size + place(key) }
    if dense.isEmpty {
      if let group = sparse[number] { return group }
      sparse[number] = Int32(count)
    } else {
      if dense[number] != 0 { return dense[number] - 1 }
      dense[number] = Int32(count + 1)
    }
    for key in sizes.indices { places.append(UInt32(place(key))) }
    count += 1
    return Int32(count - 1)
  }

  /// The class of each key in a group.
  func place(of key: Int, in group: Int) -> Int { Int(places[group * sizes.count + key]) }

  /// The groups in the order of their keys' values; in any order where that is stopped.
  func inKeyOrder(_ keys: [CellKey], unless isCancelled: () -> Bool) -> [Int] {
    guard count > 1 else { return Array(0..<count) }
    let ranks = keys.map { $0.ranks(unless: isCancelled) }
    if isCancelled() { return Array(0..<count) }
    if keys.count == 1 {
      // Each group has a class of its own: nothing need be compared.
      var order = [Int](repeating: -1, count: ranks[0].count)
      for group in 0..<count { order[Int(ranks[0][place(of: 0, in: group)])] = group }
      return order.filter { $0 >= 0 }
    }
    return Array(0..<count).sorted(unless: isCancelled) { left, right in
      for key in keys.indices {
        let (first, second) = (place(of: key, in: left), place(of: key, in: right))
        if first != second { return ranks[key][first] < ranks[key][second] }
      }
      return false
    }
  }
}
