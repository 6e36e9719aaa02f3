/// p values adjusted for the number of comparisons made.
///
/// All methods keep the order of their input and answer nothing for nothing; an adjusted value
/// is at most 1. O(m log m).
package enum PValueAdjustment {
  /// The methods to choose from; the raw values are the ids of their cards.
  package enum Method: String, NamedMethod {
    case benjaminiHochberg = "benjamini-hochberg"
    case holm
    case bonferroni

    /// Where the names of these methods are looked up.
    package static var family: MethodFamily { .adjustment }
  }

  /// What is used unless another is asked for.
  package static let defaultMethod = Method.benjaminiHochberg

  /// The p values adjusted by the method asked for.
  package static func adjusted(_ p: [Double], method: Method = defaultMethod) -> [Double] {
    switch method {
    case .benjaminiHochberg: benjaminiHochberg(p)
    case .holm: holm(p)
    case .bonferroni: bonferroni(p)
    }
  }

  /// The positions of the p values from the least to the greatest; ties keep their order.
  static func ascending(_ p: [Double]) -> [Int] {
    p.indices.sorted { (p[$0], $0) < (p[$1], $1) }
  }
}
