/// A small deterministic generator (Steele, Lea and Flood 2014, "Fast Splittable Pseudorandom Number Generators").
///
/// Draws are made with integers only, so that the example files come out the same on every machine.
struct SplitMix64 {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A whole number from 0 to `bound - 1`; the high half of a 128-bit product (Lemire 2019), its bias below 2⁻⁴⁰ here.
  mutating func below(_ bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// True `permille` times in a thousand.
  mutating func chance(_ permille: Int) -> Bool {
    below(1000) < permille
  }

  /// One of the choices, as often as its weight says.
  mutating func pick<Choice>(_ choices: [(Choice, weight: Int)]) -> Choice {
    var left = below(choices.reduce(0) { $0 + $1.weight })
    for (choice, weight) in choices {
      if left < weight { return choice }
      left -= weight
    }
    preconditionFailure("a draw below the sum of the weights falls on one of them")
  }

  /// A whole number whose equally spaced quantiles, least to greatest, are `table`.
  mutating func between(quantiles table: [Int]) -> Int {
    let step = below(table.count - 1)
    return table[step] + below(table[step + 1] - table[step] + 1)
  }

  /// The elements in an order of chance (Fisher and Yates).
  mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var result = elements
    for index in stride(from: result.count - 1, to: 0, by: -1) {
      result.swapAt(index, below(index + 1))
    }
    return result
  }
}
