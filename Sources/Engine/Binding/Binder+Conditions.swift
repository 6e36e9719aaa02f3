package import Columns
import Diagnostics
package import Syntax

extension Binder {
  /// A condition with its fields and values resolved.
  package func condition(_ node: ConditionNode, in scope: Scope) throws -> BoundCondition {
    var fields: [Field] = []
    let predicate = try predicate(node, in: scope, &fields)
    return BoundCondition(
      predicate: predicate, node: node, text: Formatter.text(of: node), fields: fields,
      wording: ConditionWords(scope, catalogue).wording(node, predicate))
  }

  private func predicate(_ node: ConditionNode, in scope: Scope, _ fields: inout [Field]) throws
    -> Predicate
  {
    switch node {
    case .all(let parts):
      return .all(try parts.map { try predicate($0, in: scope, &fields) })
    case .any(let parts):
      return .any(try parts.map { try predicate($0, in: scope, &fields) })
    case .not(let inner, _): return .not(try predicate(inner, in: scope, &fields))
    case .named(let name): return try named(name, in: scope, &fields)
    case .compare(let left, let relation, let right):
      guard let comparison = Comparison(rawValue: relation.rawValue) else {
        throw Diagnostic(
          "expected", "`\(relation.rawValue)` needs a text in quotes behind it", at: right.span)
      }
      return try self.comparison(left, comparison, right, in: scope)
    case .test(let left, let relation, let values):
      return try test(left, relation, values, in: scope, &fields)
    case .missing(let span):
      throw Diagnostic("expected", "a condition is expected here", at: span)
    }
  }

  /// A bare name: a yes/no field, a stage, or a cohort of the same dataset.
  private func named(_ name: Name, in scope: Scope, _ fields: inout [Field]) throws -> Predicate {
    if let field = try knownField(name.text, in: scope) {
      if case .computed(_, .truth(let predicate)) = field {
        predicate.addFields(to: &fields)
        return predicate
      }
      guard runner.readsRows else { return .missing(field) }
      let values = try values(of: field, in: scope)
      let yes = TruthWords.yes(among: values.values.map(\.value))
      guard !yes.isEmpty else {
        throw BindingMessages.notYesNo(
          field.name, values.values.prefix(3).map { Formatter.word($0.value.description) },
          at: name.span)
      }
      fields.append(field)
      return .test(field, .among(Set(yes)))
    }
    if let stage = scope.dataset.stage(named: name.text) {
      stage.reached.addFields(to: &fields)
      return stage.reached
    }
    if let cohort = catalogue.cohort(named: name.text), cohort.dataset === scope.dataset {
      cohort.rows.addFields(to: &fields)
      return cohort.rows
    }
    throw unknownField(name, in: scope)
  }

  /// Whether a field says nothing but yes and no.
  func isYesNo(_ field: Field, in scope: Scope) throws -> Bool {
    if case .computed(_, .truth) = field { return true }
    // Where no row is read a bare name is taken for what it seems to be.
    guard runner.readsRows else { return true }
    return try !TruthWords.yes(among: values(of: field, in: scope).values.map(\.value)).isEmpty
  }

  private func test(
    _ left: ExpressionNode, _ relation: Relation, _ values: [ValueNode], in scope: Scope,
    _ fields: inout [Field]
  ) throws -> Predicate {
    let field: Field
    if case .name(let name) = left {
      if try knownField(name.text, in: scope) == nil,
        let stage = scope.dataset.stage(named: name.text)
      {
        field = .computed(name: stage.name, .truth(stage.reached))
      } else {
        field = try self.field(name, in: scope)
      }
    } else {
      let text = Formatter.text(of: left)
      field = .computed(name: text, try expression(left, in: scope))
    }
    let parts = try values.map { value -> Predicate in
      if case .unknown = value.kind { return .missing(field) }
      if !fields.contains(field) { fields.append(field) }
      return try part(field, relation, value, in: scope)
    }
    let isNegated = relation == .notEqual
    let positive = Binder.joined(parts, of: field)
    return isNegated ? .not(positive) : positive
  }

  /// Alternatives on one field as one test where they are all plain values.
  private static func joined(_ parts: [Predicate], of field: Field) -> Predicate {
    var among: Set<Value> = []
    for part in parts {
      guard case .test(_, .among(let values)) = part else {
        return parts.count == 1 ? parts[0] : .any(parts)
      }
      among.formUnion(values)
    }
    return .test(field, .among(among))
  }

  private func part(
    _ field: Field, _ relation: Relation, _ value: ValueNode, in scope: Scope
  ) throws -> Predicate {
    if case .word(let word) = value.kind, relation != .equal, relation != .notEqual,
      NumberLiteral(word) == nil, PeriodLiteral(word) == nil,
      let other = try knownField(word, in: scope),
      let comparison = Comparison(rawValue: relation.rawValue)
    {
      return .compare(.field(field), comparison, .field(other))
    }
    switch relation {
    case .contains, .starts:
      if let kind = field.kind, kind != .words {
        throw BindingMessages.needsKind(
          "`\(relation.rawValue)`", ValueKind.words.text, field.name, kind.text, at: value.span)
      }
      let text = value.text
      return .test(field, relation == .contains ? .contains(text) : .starts(text))
    case .equal, .notEqual:
      return .test(field, try equality(field, value, in: scope))
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      guard let comparison = Comparison(rawValue: relation.rawValue) else {
        return .constant(false)
      }
      let bound = try ordered(field, value.text, value.span, in: scope)
      return .test(field, .compare(comparison, bound))
    }
  }

  /// The test of `field=value`, with the value looked up among those that the field holds.
  private func equality(_ field: Field, _ value: ValueNode, in scope: Scope) throws -> Test {
    if case .range(let lower, let upper) = value.kind {
      return .between(
        lower: try lower.map { try ordered(field, $0, value.span, in: scope, isFirst: true) },
        upper: try upper.map { try ordered(field, $0, value.span, in: scope, isFirst: false) })
    }
    let text = value.text
    if let type = field.type, type.isDate {
      return try dateTest(field, text, value.span)
    }
    guard runner.readsRows else { return .among([.text(text)]) }
    // Nothing else can be meant, so that millions of values need not be counted.
    if try runner.holds(text, in: field, of: scope.dataset) { return .among([.text(text)]) }
    let values = try values(of: field, in: scope)
    if field.type?.isNumber == true, let literal = NumberLiteral(text),
      let number = Decimal(plain: literal.plain), !literal.isPercent
    {
      return try numberTest(field, number, text, values, value.span)
    }
    let found = values.matches(text)
    if found.count > 1 {
      throw BindingMessages.ambiguousValue(
        text, field.name, found.map(\.description), at: value.span)
    }
    if let match = found.first { return .among([match]) }
    let synonyms = TruthWords.matching(text, among: values.values.map(\.value))
    if !synonyms.isEmpty { return .among(Set(synonyms)) }
    if field.type?.isNumber == true, NumberLiteral(text) == nil {
      throw BindingMessages.wrongKind(field.name, ValueKind.number.text, text, at: value.span)
    }
    throw unknownValue(field, text, values, value.span, scope)
  }

  private func numberTest(
    _ field: Field, _ number: Decimal, _ text: String, _ values: FieldValues, _ span: Span
  ) throws -> Test {
    let value = Value.number(number)
    let sorted = values.values.map(\.value).sorted()
    guard let least = sorted.first, let greatest = sorted.last, least <= value, value <= greatest
    else {
      let range = sorted.isEmpty ? "" : "; it goes from \(sorted[0]) to \(sorted[sorted.count - 1])"
      throw Diagnostic("unknown-value", "no row has \(field.name)=\(text)" + range, at: span)
    }
    return .among([value])
  }

  private func unknownValue(
    _ field: Field, _ text: String, _ values: FieldValues, _ span: Span, _ scope: Scope
  ) -> Diagnostic {
    let names = values.values.prefix(5000).map { $0.value.description }
    var nearest = Nearest.matches(to: text, in: names, limit: 3)
    if nearest.isEmpty { nearest = Array(names.prefix(3)) }
    let counted = nearest.compactMap { name in
      values.values.first { $0.value.description == name }.map {
        (
          value: Formatter.word(name),
          count: scope.dataset.card.isRestricted ? nil : Words.count(Double($0.count), "row")
        )
      }
    }
    return BindingMessages.unknownValue(field.name, text, nearest: counted, at: span)
  }

  private func dateTest(_ field: Field, _ text: String, _ span: Span) throws -> Test {
    guard let period = PeriodLiteral(text)?.days else {
      throw BindingMessages.wrongKind(field.name, "a date", text, at: span)
    }
    return .between(lower: .date(period.first), upper: .date(period.last))
  }

  /// A value that has an order: a number or a date. For a period, the end that a range or comparison needs.
  private func ordered(
    _ field: Field, _ text: String, _ span: Span, in scope: Scope, isFirst: Bool? = nil
  ) throws -> Value {
    let type = field.type
    if type?.isDate == true || isPeriod(field) {
      guard let days = PeriodLiteral(text)?.days else {
        throw BindingMessages.wrongKind(field.name, "a date", text, at: span)
      }
      if let isFirst { return .date(isFirst ? days.first : days.last) }
      return days.first == days.last ? .date(days.first) : .period(days.period)
    }
    if let literal = NumberLiteral(text), type?.isNumber ?? true,
      let number = Decimal(plain: literal.plain)
    {
      return literal.isPercent ? .real(literal.double) : .number(number)
    }
    if type == nil, !runner.readsRows { return .text(text) }
    if type?.isNumber == true {
      throw BindingMessages.wrongKind(field.name, "a number", text, at: span)
    }
    throw BindingMessages.orderOfText(field.name, at: span)
  }

  private func isPeriod(_ field: Field) -> Bool {
    if case .period = field { true } else { false }
  }
}

extension ValueNode {
  /// What was written, without quotes.
  package var text: String {
    switch kind {
    case .word(let text), .quoted(let text): text
    case .unknown: "?"
    case .range(let lower, let upper): (lower ?? "") + ".." + (upper ?? "")
    }
  }
}

/// Words for yes and no that data use for one another.
enum TruthWords {
  private static let yes: Set<String> = ["yes", "y", "true", "t", "1"]
  private static let no: Set<String> = ["no", "n", "false", "f", "0"]

  /// The values that say yes, where the field says nothing but yes and no.
  static func yes(among values: [Value]) -> [Value] {
    guard areTwoValued(values) else { return [] }
    return values.filter { yes.contains($0.description.lowercased()) }
  }

  /// The values that say the same as `word`, where it and the field say yes or no.
  static func matching(_ word: String, among values: [Value]) -> [Value] {
    let word = word.lowercased()
    guard areTwoValued(values) else { return [] }
    if yes.contains(word) { return values.filter { yes.contains($0.description.lowercased()) } }
    if no.contains(word) { return values.filter { no.contains($0.description.lowercased()) } }
    return []
  }

  private static func areTwoValued(_ values: [Value]) -> Bool {
    !values.isEmpty && values.count <= 4
      && values.allSatisfy { yes.union(no).contains($0.description.lowercased()) }
  }
}

extension PeriodLiteral {
  /// The first and last day, and the period itself; nothing where the calendar has no such day.
  package var days: (first: Day, last: Day, period: Period)? {
    let unit: PeriodUnit =
      day != nil ? .day : month != nil ? .month : quarter != nil ? .quarter : .year
    let month = self.month ?? quarter.map { $0 * 3 - 2 } ?? 1
    guard let first = Day(year: year, month: month, day: day ?? 1) else { return nil }
    let period = Period(unit, of: first)
    return (period.first, period.last, period)
  }
}
