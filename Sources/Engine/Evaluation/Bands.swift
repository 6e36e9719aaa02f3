package import Columns

/// The classes that numbers are sorted into by ascending bounds: `under 18`, `18–24`, `25 and
/// over`.
///
/// Whole numbers are named by their first and last (`18–24`), others by their bounds (`18 to under
/// 25`).
package struct Bands: Hashable, Sendable {
  package let bounds: [Decimal]
  package let isWhole: Bool

  package init(bounds: some Sequence<Decimal>, isWhole: Bool) {
    self.bounds = Set(bounds).sorted()
    self.isWhole = isWhole && self.bounds.allSatisfy { $0.scale == 0 }
  }

  /// The classes of a call of `band`: the calculation, then at least one bound; nothing where a
  /// bound is no number.
  package init?(of arguments: [Expression]) {
    guard let banded = arguments.first, arguments.count > 1 else { return nil }
    var bounds: [Decimal] = []
    for argument in arguments.dropFirst() {
      guard case .number(let bound) = Evaluation.value(of: argument, in: { _ in .missing }) else {
        return nil
      }
      bounds.append(bound)
    }
    self.init(bounds: bounds, isWhole: banded.isWhole)
  }

  /// What the classes are called, lowest first; one more than there are bounds.
  package var labels: [String] {
    guard let first = bounds.first, let last = bounds.last else { return [] }
    let inner = zip(bounds, bounds.dropFirst()).map { lower, upper in
      guard isWhole, let end = upper.adding(Decimal(-1)) else {
        return "\(lower) to under \(upper)"
      }
      return lower == end ? "\(lower)" : "\(lower)–\(end)"
    }
    return ["under \(first)"] + inner + ["\(last) and over"]
  }

  /// The class of a number; missing for anything else.
  package func value(of value: Value) -> Value {
    let place: Int
    switch value {
    case .number(let number): place = bounds.prefix { $0 <= number }.count
    case .real(let number): place = bounds.prefix { $0.double <= number }.count
    default: return .missing
    }
    return .band(place: place, label: labels[place])
  }
}

extension Expression {
  /// Whether every number that this gives is whole, by the types of its fields.
  package var isWhole: Bool {
    switch self {
    case .field(let field): field.isWhole
    case .literal(.number(let number)): number.scale == 0
    case .literal: false
    case .arithmetic(.divide, _, _): false
    case .arithmetic(_, let left, let right): left.isWhole && right.isWhole
    case .call(let function, let arguments):
      switch function {
      case .year, .quarter, .month, .week, .weekday, .day, .days: true
      case .abs, .coalesce: arguments.allSatisfy(\.isWhole)
      case .round: arguments.count == 1
      case .band, .lower, .trim, .ascii: false
      }
    case .choose(_, let then, let otherwise): then.isWhole && otherwise.isWhole
    case .truth: false
    }
  }
}

extension Field {
  /// Whether every number that this field holds is whole, by its type.
  package var isWhole: Bool {
    switch self {
    case .column(_, let meaning): meaning.type == .integer
    case .computed(_, let expression): expression.isWhole
    case .weekday: true
    case .period: false
    case .linked(_, let value): value.isWhole
    case .picked: false
    }
  }
}
