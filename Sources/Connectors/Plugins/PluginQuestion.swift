internal import Columns
internal import Engine
internal import SourceWire

/// A tabulation in the words of the wire; `examples/plugins/README.md` lists them.
///
/// Fields are named, and what their texts mean stands once beside the question. What has no words
/// is not asked: the rows are scanned.
struct PluginQuestion {
  let members: [WireJSON.Member]
  let keys: [PluginCell]
  let measures: [PluginCell]
  /// Whether fields of other datasets are asked for.
  let hasLinks: Bool

  /// What can't be said on the wire, or would not be answered alike everywhere.
  struct Inexpressible: Error {}

  /// Errors: `Inexpressible`.
  init(_ question: Tabulation) throws {
    var words = Words(dataset: question.dataset)
    keys = try question.keys.map { try PluginCell(of: $0) }
    measures = try question.measures.map { try PluginCell(of: $0) }
    let rows = try words.condition(question.rows)
    let keys = try question.keys.map { key in
      switch key {
      case .field(let field): WireJSON.array([.text("field"), try words.field(field)])
      case .test(let test): WireJSON.array([.text("test"), try words.condition(test)])
      }
    }
    let measures = try question.measures.map { measure in
      switch measure {
      case .rows: WireJSON.array([.text("rows")])
      case .units(let field): WireJSON.array([.text("units"), try words.field(field)])
      case .sum(let field): WireJSON.array([.text("sum"), try words.field(field)])
      case .least(let field): WireJSON.array([.text("least"), try words.field(field)])
      case .greatest(let field): WireJSON.array([.text("greatest"), try words.field(field)])
      }
    }
    let weight = try question.weight.map { field in
      guard try PluginCell(of: .field(field)) == .number else { throw Inexpressible() }
      return WireJSON.Member("weight", try words.field(field))
    }
    var members: [WireJSON.Member] = [
      .init("dataset", .text(question.dataset)),
      .init("fields", words.meanings(of: question.dataset)),
      .init("rows", rows), .init("keys", .array(keys)), .init("measures", .array(measures)),
    ]
    let linked = words.linked
    hasLinks = !linked.isEmpty
    if hasLinks {
      members.append(
        .init("linked", .object(linked.map { .init($0, words.meanings(of: $0)) })))
    }
    if let weight { members.append(weight) }
    self.members = members
  }
}

/// The words for fields, calculations and conditions, and the meanings that they came upon.
private struct Words {
  /// By dataset and by name.
  private var fields: [String: [String: Meaning]] = [:]
  /// The dataset whose rows are spoken of.
  private var dataset: String
  private let first: String

  init(dataset: String) {
    self.dataset = dataset
    first = dataset
  }

  /// The other datasets that fields were asked of, by name.
  var linked: [String] { fields.keys.filter { $0 != first }.sorted() }

  /// `{"race": {"type": "category", "missing": ["U"], "recode": {"B": "Black"}}}`
  func meanings(of dataset: String) -> WireJSON {
    .object(
      (fields[dataset] ?? [:]).sorted { $0.key < $1.key }.map { name, meaning in
        var members: [WireJSON.Member] = [.init("type", .text(meaning.type.rawValue))]
        if let order = meaning.dateOrder {
          members.append(.init("order", .text(Words.name(of: order))))
        }
        if !meaning.missing.isEmpty {
          members.append(.init("missing", WireJSON(texts: meaning.missing.sorted())))
        }
        if !meaning.recode.isEmpty {
          let pairs = meaning.recode.sorted { $0.key < $1.key }
          members.append(
            .init("recode", .object(pairs.map { .init($0.key, .text($0.value)) })))
        }
        return WireJSON.Member(name, .object(members))
      })
  }

  private static func name(of order: DateOrder) -> String {
    switch order {
    case .yearMonthDay: "year-month-day"
    case .monthDayYear: "month/day/year"
    case .dayMonthYear: "day/month/year"
    case .compact: "yyyymmdd"
    }
  }

  // MARK: Calculations

  mutating func field(_ field: Field) throws -> WireJSON {
    switch field {
    case .column(let name, let meaning):
      // One name has one meaning in a question.
      if let known = fields[dataset]?[name], known != meaning {
        throw PluginQuestion.Inexpressible()
      }
      fields[dataset, default: [:]][name] = meaning
      return .text(name)
    case .computed(_, let expression): return try words(expression)
    case .period(let unit, let date):
      return .array([.text(unit.rawValue), try self.field(date)])
    case .weekday(let date): return .array([.text("weekday"), try self.field(date)])
    case .linked(let link, let value): return try linked(link, value)
    case .picked: throw PluginQuestion.Inexpressible()
    }
  }

  /// `["linked", KEY, "places", TARGET, VALUE]`, the last two in the words of the other dataset.
  private mutating func linked(_ link: Link, _ value: Field) throws -> WireJSON {
    // A row of a dataset that is linked to itself would have two meanings of one name.
    // Nor are there words for a link to some of the rows.
    guard dataset == first, link.dataset != first, link.rows == .constant(true) else {
      throw PluginQuestion.Inexpressible()
    }
    let key = try field(link.key)
    dataset = link.dataset
    defer { dataset = first }
    return .array([
      .text("linked"), key, .text(link.dataset), try field(link.target), try field(value),
    ])
  }

  private mutating func words(_ expression: Expression) throws -> WireJSON {
    switch expression {
    case .field(let field): return try self.field(field)
    case .literal(let value): return .array([.text("value"), try literal(value)])
    case .arithmetic(let sign, let left, let right):
      return .array([.text(sign.rawValue), try words(left), try words(right)])
    case .call(let function, let arguments):
      let arguments = try arguments.map { try words($0) }
      switch function {
      case .year, .quarter, .month, .week, .weekday, .day:
        return .array([.text("part"), .text(function.rawValue)] + arguments)
      case .days, .band, .lower, .trim, .abs, .round, .coalesce:
        return .array([.text(function.rawValue)] + arguments)
      // No plugin knows it.
      case .ascii: throw PluginQuestion.Inexpressible()
      }
    case .choose(let test, let then, let otherwise):
      return .array([
        .text("if"), try condition(test), try words(then), try words(otherwise),
      ])
    case .truth(let test): return .array([.text("truth"), try condition(test)])
    }
  }

  /// A text or a truth stands for itself; everything else says what it is.
  private func literal(_ value: Value) throws -> WireJSON {
    switch value {
    case .text(let text): .text(text)
    case .truth(let truth): .boolean(truth)
    case .number(let number): tagged("number", .text(number.description))
    case .real(let number): tagged("real", .number(number.description))
    case .date(let day): tagged("date", .text(day.description))
    case .moment: tagged("datetime", .text(value.description.replacing(" ", with: "T")))
    case .period(let period):
      .object([
        .init("from", .text(period.first.description)),
        .init("to", .text(period.last.description)), .init("period", .text(period.description)),
      ])
    case .band, .missing: throw PluginQuestion.Inexpressible()
    }
  }

  private func tagged(_ tag: String, _ value: WireJSON) -> WireJSON {
    .object([.init(tag, value)])
  }

  // MARK: Conditions

  mutating func condition(_ predicate: Predicate) throws -> WireJSON {
    switch predicate {
    case .constant(let truth): return .boolean(truth)
    case .test(let field, let test): return try condition(field, test)
    case .missing(let field): return .array([.text("missing"), try self.field(field)])
    case .compare(let left, let comparison, let right):
      return .array([
        .text("compare"), .text(comparison.rawValue), try words(left), try words(right),
      ])
    case .not(let inner): return .array([.text("not"), try condition(inner)])
    case .all(let parts):
      return .array([.text("and")] + (try parts.map { try condition($0) }))
    case .any(let parts):
      return .array([.text("or")] + (try parts.map { try condition($0) }))
    }
  }

  private mutating func condition(_ field: Field, _ test: Test) throws -> WireJSON {
    let tested = try self.field(field)
    switch test {
    case .among(let values):
      let listed = values.filter { !$0.isMissing }.sorted()
      let word = listed.count == 1 ? "=" : "in"
      return .array([.text(word), tested] + (try listed.map { try literal($0) }))
    case .compare(let comparison, let value):
      return .array([.text(comparison.rawValue), tested, try literal(value)])
    case .between(let lower, let upper):
      return .array([
        .text("between"), tested, try lower.map { try literal($0) } ?? .null,
        try upper.map { try literal($0) } ?? .null,
      ])
    case .contains(let part): return .array([.text("contains"), tested, .text(part)])
    case .starts(let part): return .array([.text("starts"), tested, .text(part)])
    }
  }
}
