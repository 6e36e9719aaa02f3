internal import Columns
internal import Engine
internal import SourceWire

/// What a cell of a small table holds, by the question that was asked: a source can't make it
/// anything else.
enum PluginCell: Hashable {
  case text, number, real, date, moment, truth
  case period(PeriodUnit)
  case band([String])

  init(of key: Key) throws {
    switch key {
    case .field(let field): self = try PluginCell(of: field)
    case .test: self = .truth
    }
  }

  init(of measure: Measure) throws {
    switch measure {
    case .rows, .units: self = .number
    case .sum(let field):
      // Doubles would add up differently in another order of rows.
      guard try PluginCell(of: field) == .number else { throw PluginQuestion.Inexpressible() }
      self = .number
    case .least(let field), .greatest(let field): self = try PluginCell(of: field)
    }
  }

  init(of field: Field) throws {
    switch field {
    case .column(_, let meaning):
      switch meaning.type {
      case .category, .code, .text, .boolean: self = .text
      case .integer, .decimal: self = .number
      case .real: self = .real
      case .date: self = .date
      case .datetime: self = .moment
      }
    case .computed(_, let expression): self = try PluginCell(of: expression)
    case .period(let unit, _): self = .period(unit)
    case .weekday: self = .number
    case .linked(_, let value): self = try PluginCell(of: value)
    case .picked: throw PluginQuestion.Inexpressible()
    }
  }

  private init(of expression: Expression) throws {
    switch expression {
    case .field(let field): self = try PluginCell(of: field)
    case .literal(let value): self = try PluginCell(of: value)
    case .truth: self = .truth
    case .arithmetic(let sign, let left, let right):
      self = try PluginCell(sign, PluginCell(of: left), PluginCell(of: right))
    case .choose(_, let then, let otherwise):
      self = try PluginCell(of: then).joined(with: PluginCell(of: otherwise))
    case .call(let function, let arguments):
      switch function {
      case .year, .quarter, .month, .week, .weekday, .day, .days, .round: self = .number
      case .lower, .trim: self = .text
      case .ascii: self = .truth
      case .abs:
        guard let first = arguments.first else { throw PluginQuestion.Inexpressible() }
        self = try PluginCell(of: first)
      case .band:
        guard let bands = Bands(of: arguments) else { throw PluginQuestion.Inexpressible() }
        self = .band(bands.labels)
      case .coalesce:
        guard let first = arguments.first else { throw PluginQuestion.Inexpressible() }
        self = try arguments.dropFirst().reduce(PluginCell(of: first)) {
          try $0.joined(with: PluginCell(of: $1))
        }
      }
    }
  }

  private init(of value: Value) throws {
    switch value {
    case .text: self = .text
    case .number: self = .number
    case .real: self = .real
    case .date: self = .date
    case .moment: self = .moment
    case .truth: self = .truth
    case .period(let period): self = .period(period.unit)
    case .band, .missing: throw PluginQuestion.Inexpressible()
    }
  }

  private init(_ sign: Arithmetic, _ left: PluginCell, _ right: PluginCell) throws {
    switch (sign, left, right) {
    case (.divide, .number, .number): self = .real
    case (_, .number, .number): self = .number
    case (_, .real, .number), (_, .number, .real), (_, .real, .real): self = .real
    case (.add, .date, .number), (.add, .number, .date), (.subtract, .date, .number): self = .date
    case (.subtract, .date, .date), (.subtract, .date, .moment), (.subtract, .moment, .date):
      self = .number
    default: throw PluginQuestion.Inexpressible()
    }
  }

  private func joined(with other: PluginCell) throws -> PluginCell {
    guard self == other else { throw PluginQuestion.Inexpressible() }
    return self
  }

  // MARK: Reading

  /// The value of a cell; nothing where it is none of this kind.
  func value(_ kind: RowBatch.Kind, _ text: String) -> Value? {
    if kind == .null { return .missing }
    switch (self, kind) {
    // A column of numbers or truths that is read as text has them as they were written.
    case (.text, _): return text.isEmpty ? .missing : .text(text.composed)
    case (.number, .number), (.number, .text): return Decimal(plain: text).map(Value.number)
    case (.real, .number):
      return Double(text).flatMap { $0.isFinite ? .real($0) : nil }
    case (.truth, .boolean): return .truth(text == "true")
    case (.date, .text), (.moment, .text):
      let value = Meaning(type: self == .date ? .date : .datetime, dateOrder: .yearMonthDay)
        .value(of: text)
      return value.isMissing ? nil : value
    case (.period(let unit), .text), (.period(let unit), .number):
      return Period(unit, written: text).map(Value.period)
    case (.band(let labels), .text):
      return labels.firstIndex(of: text).map { .band(place: $0, label: text) }
    default: return nil
    }
  }

  /// What is due, for the message that something else came.
  var words: String {
    switch self {
    case .text: "a text"
    case .number: "a number"
    case .real: "a number of JSON"
    case .date: "a date"
    case .moment: "a date with a time"
    case .truth: "true or false"
    case .period(let unit): "a \(unit.rawValue)"
    case .band: "a class"
    }
  }
}

extension Period {
  /// Reads `2021`, `2021-Q2`, `2021-04`, `2021-W05`, `2021-04-01`.
  fileprivate init?(_ unit: PeriodUnit, written text: String) {
    let parts = text.split(separator: "-")
    guard let year = parts.first.flatMap({ Int($0) }) else { return nil }
    let number = parts.count > 1 ? Int(parts[1].drop { $0 == "Q" || $0 == "W" }) : 1
    guard let number, var day = Day(year: year, month: 1, day: 4) else { return nil }
    switch unit {
    case .year: break
    case .quarter: day = Day(year: year, month: number * 3, day: 1) ?? day
    case .month: day = Day(year: year, month: number, day: 1) ?? day
    // The fourth of January is always in the first week (ISO 8601).
    case .week: day = Day(number: day.number + (number - 1) * 7)
    case .day:
      day = parts.count == 3 ? Day(year: year, month: number, day: Int(parts[2]) ?? 0) ?? day : day
    }
    self.init(unit, of: day)
    if description != text { return nil }
  }
}
