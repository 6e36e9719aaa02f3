internal import Columns

/// The value of each class of a term.
enum ClassValues: Sendable {
  case listed([Value])
  /// Texts by code, and the code of those that are missing.
  case texts(Texts, missing: Int?)
  /// Numbers by code; those that are missing are one class, the first of them.
  case numbers(PlainNumbers)

  /// The values of a dictionary's texts as they stand, and the codes of those that are missing, which
  /// are the class of the first of them; nothing where two others may be equal or stand for another value.
  static func verbatim(_ texts: Texts, _ meaning: Meaning) -> (values: ClassValues, missing: [Int])?
  {
    switch meaning.type {
    case .category, .code, .text, .boolean:
      // Texts beyond ASCII can be equal though their bytes differ.
      guard meaning.recode.isEmpty, texts.isASCII else { return nil }
      let missing = texts.codes(ofTexts: meaning.missing.union([""]))
      return (.texts(texts, missing: missing.first), missing)
    case .integer, .decimal:
      return PlainNumbers(texts, meaning: meaning).map { (.numbers($0), $0.missing) }
    case .real, .date, .datetime: return nil
    }
  }

  var count: Int {
    switch self {
    case .listed(let values): values.count
    case .texts(let texts, _): texts.count
    case .numbers(let numbers): numbers.units.count
    }
  }

  subscript(place: Int) -> Value {
    switch self {
    case .listed(let values): values[place]
    case .texts(let texts, let missing): place == missing ? .missing : .text(texts[place])
    case .numbers(let numbers): numbers.decimal(place).map(Value.number) ?? .missing
    }
  }

  func isMissing(_ place: Int) -> Bool {
    switch self {
    case .listed(let values): values[place].isMissing
    case .texts(_, let missing): place == missing
    case .numbers(let numbers): numbers.isMissing(place)
    }
  }

  var missingPlaces: [Int] {
    switch self {
    case .listed(let values): values.indices.filter { values[$0].isMissing }
    case .texts(_, let missing): missing.map { [$0] } ?? []
    case .numbers(let numbers): Array(numbers.missing.prefix(1))
    }
  }

  /// Whether the value of a class stands before that of another in the order of values.
  func precedes(_ left: Int, _ right: Int) -> Bool {
    switch self {
    case .listed(let values): return values[left] < values[right]
    case .texts(let texts, let missing):
      if left == missing || right == missing { return left != missing }
      return texts.precedes(left, right)
    case .numbers: return self[left] < self[right]
    }
  }

  var holdsReals: Bool {
    guard case .listed(let values) = self else { return false }
    return values.contains { if case .real = $0 { true } else { false } }
  }
}
