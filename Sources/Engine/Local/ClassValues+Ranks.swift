internal import Columns

extension ClassValues {
  /// The place of each class in the order of values; in any order where that is stopped.
  func ranks(unless isCancelled: () -> Bool) -> [UInt32] {
    let order: [Int]
    switch self {
    case .listed(let values):
      order = Array(values.indices).sorted(unless: isCancelled) { values[$0] < values[$1] }
    case .texts(let texts, let missing):
      order =
        texts.inOrder(unless: isCancelled).filter { $0 != missing } + (missing.map { [$0] } ?? [])
    case .numbers(let numbers):
      let values = numbers.units.indices.map { numbers.decimal($0).map(Value.number) ?? .missing }
      order = Array(values.indices).sorted(unless: isCancelled) { values[$0] < values[$1] }
    }
    var ranks = [UInt32](repeating: 0, count: order.count)
    for (rank, place) in order.enumerated() { ranks[place] = UInt32(rank) }
    return ranks
  }
}
