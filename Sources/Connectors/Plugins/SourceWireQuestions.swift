internal import Columns
internal import Engine

/// Small tables to ask a source for, of every kind that its fields allow.
struct SourceWireQuestions {
  private let dataset: String
  private let fields: [(field: Field, values: [Value])]

  init(
    _ dataset: String, _ names: [String], _ columns: [String: Column], _ source: any Source
  ) {
    self.dataset = dataset
    let codes = source.card(of: dataset)?.missing ?? [:]
    fields = names.compactMap { name in
      columns[name].map { column in
        let inference = TypeInference.meaning(
          of: column, named: name, missing: codes[name] ?? [], recode: [:],
          as: source.declaredType(of: name, in: dataset), dateOrder: nil)
        let values = inference.meaning.values(of: column.texts).filter { !$0.isMissing }
        return (.column(name: name, meaning: inference.meaning), Set(values).sorted())
      }
    }
  }

  var all: [Tabulation] {
    [Tabulation(dataset: dataset)] + fields.flatMap { counts($0.field, $0.values) }
      + fields.flatMap { calculations($0.field) } + combinations
  }

  private func question(
    _ rows: Predicate = .constant(true), _ keys: [Key] = [], _ measures: [Measure] = [.rows],
    weight: Field? = nil
  ) -> Tabulation {
    Tabulation(dataset: dataset, rows: rows, keys: keys, measures: measures, weight: weight)
  }

  private func counts(_ field: Field, _ values: [Value]) -> [Tabulation] {
    let some = Set([values.first, values.last].compactMap { $0 })
    var tests: [Predicate] = [.missing(field), .not(.missing(field)), .test(field, .among(some))]
    if let middle = values.dropFirst(values.count / 2).first {
      let signs: [Comparison] = [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]
      tests += signs.map { .test(field, .compare($0, middle)) }
      tests.append(.test(field, .between(lower: values.first, upper: middle)))
      tests.append(.not(.test(field, .compare(.equal, middle))))
      if case .text(let text) = middle {
        tests.append(.test(field, .contains(String(text.prefix(2)).uppercased())))
        tests.append(.test(field, .starts(String(text.prefix(1)).lowercased())))
      }
    }
    return [question(.constant(true), [.field(field)], [.rows, .units(field)])]
      + tests.map { question($0) } + tests.map { question(.constant(true), [.test($0)]) }
  }

  private func calculations(_ field: Field) -> [Tabulation] {
    guard case .column(_, let meaning) = field else { return [] }
    let extremes: [Measure] = [.least(field), .greatest(field)]
    if meaning.type.isDate {
      let periods = PeriodUnit.allCases.map { Key.field(.period($0, of: field)) }
      return (periods + [.field(.weekday(of: field))]).map {
        question(.constant(true), [$0], [.rows] + extremes)
      }
    }
    guard meaning.type == .integer || meaning.type == .decimal else { return [] }
    let bounds = [18, 25, 50].map { Expression.literal(.number(Decimal($0))) }
    let band = Field.computed(name: "band", .call(.band, [.field(field)] + bounds))
    return [
      question(.constant(true), [], [.sum(field)] + extremes),
      question(.constant(true), [.field(band)], [.rows, .sum(field)]),
      question(.constant(true), [], [.rows], weight: field),
    ]
  }

  /// Two fields at a time, as keys and in conditions.
  private var combinations: [Tabulation] {
    zip(fields, fields.dropFirst()).flatMap { first, second -> [Tabulation] in
      let keys = [Key.field(first.field), .field(second.field)]
      guard let a = first.values.first, let b = second.values.last else {
        return [question(.constant(true), keys)]
      }
      let tests: [Predicate] = [
        .test(first.field, .compare(.equal, a)), .test(second.field, .compare(.equal, b)),
      ]
      return [
        question(.constant(true), keys), question(.all(tests)), question(.any(tests)),
        question(.constant(true), [.test(.any(tests)), .test(.not(.all(tests)))]),
      ]
    }
  }
}
