package import Columns
package import Diagnostics
package import Syntax

extension Binder {
  /// The field of a name: of the dataset, of one it is linked to, or a part of the card's date.
  package func field(_ name: Name, in scope: Scope) throws -> Field {
    if let field = try knownField(name.text, in: scope) { return field }
    if !name.isQuoted, let part = try datePart(name, in: scope) { return part }
    throw unknownField(name, in: scope)
  }

  /// The problem of a name that is no field, with the nearest names.
  package func unknownField(_ name: Name, in scope: Scope) -> Diagnostic {
    let candidates =
      scope.dataset.fields + scope.dataset.computed.map(\.name) + scope.dataset.stages.map(\.name)
    return BindingMessages.unknownField(
      name.text, scope.cohort, nearest: Nearest.matches(to: name.text, in: candidates, limit: 2),
      at: name.span)
  }

  func knownField(_ name: String, in scope: Scope) throws -> Field? {
    let dataset = scope.dataset
    if let column = dataset.column(named: name) {
      return try readField(column, of: dataset)
    }
    if let expression = dataset.computed(named: name) {
      return .computed(name: name, expression)
    }
    return try linkedField(name, of: dataset)
  }

  /// A column as it is read: as the card and the source say, and by its texts where rows may be read.
  func readField(_ column: String, of dataset: Dataset) throws -> Field {
    if runner.readsRows { return try dataset.field(column, run: runner.monitor) }
    return dataset.unreadField(column)
  }

  /// `side`, or `neighborhoods.side`, of a dataset that a link leads to.
  private func linkedField(_ name: String, of dataset: Dataset) throws -> Field? {
    for link in dataset.links {
      guard let target = catalogue.dataset(named: link.dataset) else { continue }
      let wanted = fieldName(name, in: target, called: link.name) ?? name
      if let column = target.column(named: wanted) {
        return .linked(link, value: try readField(column, of: target))
      }
      if let expression = target.computed(named: wanted) {
        return .linked(link, value: .computed(name: wanted, expression))
      }
    }
    return nil
  }

  /// What stands behind the dataset's name, which may hold points itself, as field names may.
  private func fieldName(_ name: String, in dataset: Dataset, called link: String) -> String? {
    name.indices.lazy.filter { name[$0] == "." }
      .first {
        Name.key(of: String(name[..<$0])) == Name.key(of: link)
          || catalogue.dataset(named: String(name[..<$0])) === dataset
      }
      .map { String(name[name.index(after: $0)...]) }
  }

  private func datePart(_ name: Name, in scope: Scope) throws -> Field? {
    guard PeriodWord.words.contains(name.key) else { return nil }
    let date = try date(of: scope, at: name.span)
    if name.key == "weekday" { return .weekday(of: date) }
    return PeriodUnit(rawValue: name.key).map { .period($0, of: date) }
  }

  /// The date that periods mean: the one that the card names.
  package func date(of scope: Scope, at span: Span) throws -> Field {
    let dataset = scope.dataset
    guard let name = try dataset.card.date ?? onlyDate(of: dataset, at: span) else {
      // Which field it is shows only when the rows are read.
      return .column(name: dataset.fields.first ?? "", meaning: Meaning(type: .date))
    }
    guard let field = try knownField(name, in: scope) else {
      let candidates = dataset.fields.filter { Name.key(of: $0).contains("date") }
      throw BindingMessages.unknownField(name, dataset.name, nearest: candidates, at: span)
    }
    if let kind = field.kind, kind != .date {
      throw BindingMessages.dateIsNone(dataset.name, name, kind.text, at: span)
    }
    return field
  }

  /// The one field of a dataset that holds dates; nothing where no row may be read.
  ///
  /// Fails where there are several, or none: a period could mean any of them.
  private func onlyDate(of dataset: Dataset, at span: Span) throws -> String? {
    if let found = dataset.foundDate { return found }
    guard runner.readsRows else { return nil }
    if dataset.source.readsAhead { _ = try runner.columns(dataset.fields, of: dataset) }
    var dates: [String] = []
    var unclear: [String] = []
    for name in dataset.fields {
      if try dataset.field(name, run: runner.monitor).type?.isDate ?? false {
        dates.append(name)
      } else if try dataset.notes(on: name, run: runner.monitor).contains(where: {
        $0.contains("is not read as a date")
      }) {
        unclear.append(name)
      }
    }
    guard dates.count == 1, unclear.isEmpty, let date = dates.first else {
      throw BindingMessages.noDate(dataset.name, dates, unclear, at: span)
    }
    dataset.foundDate = date
    return date
  }

  /// A key of `by` or `within`: a field, a part of a date, or a calculation.
  func key(_ node: ExpressionNode, in scope: Scope) throws -> BoundKey {
    let text = Formatter.text(of: node)
    if case .name(let name) = node {
      if let field = try knownField(name.text, in: scope) {
        return BoundKey(name: field.name, field: field)
      }
      if let stage = scope.dataset.stage(named: name.text) {
        return BoundKey(
          name: stage.name, field: .computed(name: stage.name, .truth(stage.reached)))
      }
      return BoundKey(name: name.text.lowercased(), field: try field(name, in: scope))
    }
    if case .call(let function, let arguments, _) = node, arguments.count == 1,
      let unit = PeriodUnit(rawValue: function.key), case .name(let inner) = arguments[0]
    {
      let date = try field(inner, in: scope)
      try demandDate(date, arguments[0], for: "`\(unit.rawValue)`")
      return BoundKey(name: unit.rawValue, field: .period(unit, of: date))
    }
    return BoundKey(name: text, field: .computed(name: text, try expression(node, in: scope)))
  }

  /// The value of every field: its distinct values with their counts.
  package func values(of field: Field, in scope: Scope) throws -> FieldValues {
    let dataset = scope.dataset
    if case .column(let name, let meaning) = field, dataset.fields.contains(name),
      let column = try dataset.source.values(of: name, in: dataset.table, run: runner.monitor)
    {
      return FieldValues(column, meaning)
    }
    let table = try runner.tabulate(
      Tabulation(dataset: scope.dataset.name, keys: [.field(field)]), of: scope.dataset)
    return FieldValues(table)
  }

  /// The values that the first rows have of a column that was not read yet and takes long to read, and how
  /// many rows these are; else nothing.
  package func firstValues(of name: Name, in scope: Scope) throws -> (FieldValues, rows: Int)? {
    let dataset = scope.dataset
    guard let column = dataset.column(named: name.text),
      let first = try dataset.source.firstRows(of: column, in: dataset.table)
    else { return nil }
    return (FieldValues(first, dataset.likelyMeaning(of: column, by: first)), first.rowCount)
  }

  /// The stage of a name.
  func stage(_ name: Name, in scope: Scope) throws -> Stage {
    if let stage = scope.dataset.stage(named: name.text) { return stage }
    if let field = try knownField(name.text, in: scope),
      field.type?.isDate ?? !runner.readsRows
    {
      return Stage(name: field.name, date: field, reached: .not(.missing(field)))
    }
    throw BindingMessages.unknownStage(
      name.text, scope.dataset.name, known: scope.dataset.stages.map(\.name), at: name.span)
  }

  /// A calculation with its fields resolved.
  package func expression(_ node: ExpressionNode, in scope: Scope) throws -> Expression {
    switch node {
    case .name(let name):
      return .field(try field(name, in: scope))
    case .number(let literal, let span):
      guard let number = Decimal(plain: literal.plain) else {
        throw Diagnostic("not-a-number", "\(literal.written) has too many digits", at: span)
      }
      if literal.isPercent { return .literal(.real(literal.double)) }
      return .literal(.number(number))
    case .text(let text, _): return .literal(.text(text))
    case .arithmetic(let sign, let left, let right):
      guard let operation = Arithmetic(rawValue: sign) else {
        throw Diagnostic("unexpected", "`\(sign)` can't stand here", at: node.span)
      }
      return try arithmetic(operation, left, right, in: scope)
    case .call(let name, let arguments, _):
      guard let function = Function(rawValue: name.key) else {
        throw BindingMessages.unknownFunction(
          name.text,
          nearest: Nearest.matches(to: name.text, in: Function.allCases.map(\.rawValue), limit: 1),
          at: name.span)
      }
      guard function.takes(arguments.count) else {
        throw BindingMessages.argumentCount(function.rawValue, function.form, at: node.span)
      }
      return try call(function, arguments, in: scope)
    case .choose(let when, let then, let otherwise, _):
      return try choice(
        when: try condition(when, in: scope).predicate, then, otherwise, in: scope)
    }
  }
}

extension Field {
  /// The type of the values, where it is known without a row.
  package var type: FieldType? {
    switch self {
    case .column(_, let meaning): meaning.type
    case .computed(_, let expression): expression.type
    case .period: nil
    case .weekday: .integer
    case .linked(_, let value): value.type
    case .picked: .boolean
    }
  }
}

extension Expression {
  package var type: FieldType? {
    switch self {
    case .field(let field): field.type
    case .literal(.number): .decimal
    case .literal(.text): .category
    case .literal: nil
    case .arithmetic: kind == .date ? .date : .decimal
    case .call(let function, let arguments):
      switch function {
      case .year, .quarter, .month, .week, .weekday, .day, .days: .integer
      case .abs, .round: .decimal
      case .band, .lower, .trim: .category
      case .ascii: .boolean
      case .coalesce: arguments.first?.type
      }
    case .choose(_, let then, _): then.type
    case .truth: .boolean
    }
  }
}

extension FieldType {
  /// With an article, as messages say it.
  package var words: String {
    switch self {
    case .category, .text: "words"
    case .code: "a code"
    case .integer, .decimal, .real: "a number"
    case .boolean: "yes or no"
    case .date, .datetime: "a date"
    }
  }
}

extension Function {
  func takes(_ count: Int) -> Bool {
    switch self {
    case .days: count == 2
    case .band, .coalesce: count >= 2
    case .round: count == 1 || count == 2
    default: count == 1
    }
  }

  /// How it is written.
  package var form: String {
    switch self {
    case .days: "days(FROM, TO)"
    case .band: "band(NUMBER, BOUND, BOUND …)"
    case .coalesce: "coalesce(FIELD, FIELD …)"
    case .round: "round(NUMBER, DECIMALS)"
    case .lower, .trim, .ascii: "\(rawValue)(TEXT)"
    case .abs: "abs(NUMBER)"
    default: "\(rawValue)(DATE)"
    }
  }
}
