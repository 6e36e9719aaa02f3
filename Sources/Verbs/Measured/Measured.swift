import Columns
import Engine
import Statistics
import Syntax

/// The values of a number field in one group, each with how often it occurs.
struct Measured {
  let group: [Value]
  /// Known values in ascending order, each with its count as the tabulation gave it.
  let entries: [(value: Value, count: Value)]
  /// The same for statistics; weights that leave fractions round.
  let values: ValueCounts
  /// How many have no known value.
  let unknown: Double

  init(_ group: [Value], _ entries: [(value: Value, count: Value)], unknown: Double) {
    self.group = group
    self.entries = entries
    self.unknown = unknown
    values = ValueCounts(
      values: entries.map { $0.value.double ?? 0 },
      counts: entries.map { Int(($0.count.double ?? 0).rounded()) })
  }

  /// How many are known.
  var n: Double { Double(values.count) }

  var least: Double? { values.values.first }
  var greatest: Double? { values.values.last }
  var mean: Mean { Mean.t(values) }

  /// The sum of the known values, exact where they are exact decimals of up to 38 digits.
  var total: Value {
    entries.reduce(.number(.zero)) { sum, entry in
      Evaluation.calculate(
        .add, sum, Evaluation.calculate(.multiply, entry.value, entry.count))
    }
  }

  /// The first and third quartile.
  var quartiles: ClosedRange<Double>? {
    guard let first = Quantile.type7(values, at: 0.25), let third = Quantile.type7(values, at: 0.75)
    else { return nil }
    return first...max(first, third)
  }

  /// The least and greatest of the values that lie within one and a half box lengths of the box.
  ///
  /// Reference: Tukey 1977, Exploratory Data Analysis.
  var whiskers: ClosedRange<Double>? {
    guard let box = quartiles else { return nil }
    let reach = 1.5 * (box.upperBound - box.lowerBound)
    let inside = values.values.filter {
      $0 >= box.lowerBound - reach && $0 <= box.upperBound + reach
    }
    guard let low = inside.first, let high = inside.last else { return nil }
    return low...high
  }
}

/// The number field that `total`, `average` and `median` are about.
struct MeasuredField {
  let field: Field
  let form: NumberForm
  /// Of quantities that lie between values: a mean, a quartile.
  let between: NumberForm

  var name: String { field.name }

  /// Whether it is worked out as the days from one date to another.
  var isDuration: Bool { MeasuredField.isDuration(field) }

  /// Money and days are written as such; other numbers with the decimals that the data have.
  init(_ field: Field, of cohort: Cohort, _ groups: [Measured]) {
    self.field = field
    if MeasuredField.isMoney(field, cohort.dataset.card) {
      form = .money
      between = .money
    } else if MeasuredField.isDuration(field) {
      form = .days
      between = .days
    } else {
      let decimals = MeasuredField.decimals(groups)
      form = .number(decimals: decimals)
      between = .number(decimals: min(6, decimals + 1))
    }
  }

  /// A card that labels a field in dollars makes it money.
  private static func isMoney(_ field: Field, _ card: Card) -> Bool {
    let label = card.labels[Name.key(of: field.name)]?.lowercased() ?? ""
    return label.contains("dollar") || label.contains("$")
  }

  private static func isDuration(_ field: Field) -> Bool {
    switch field {
    case .computed(_, .call(.days, _)): true
    case .linked(_, let value): isDuration(value)
    default: false
    }
  }

  /// The decimals that the data have, but no more than a hundredth of the spread needs, or two.
  private static func decimals(_ groups: [Measured]) -> Int {
    let spread =
      (groups.compactMap(\.greatest).max() ?? 1) - (groups.compactMap(\.least).min() ?? 0)
    let needed = max(2, min(6, 2 - DecimalExpansion(spread).magnitude))
    var most = 0
    for entry in groups.lazy.flatMap(\.entries) where most < needed {
      guard case .number(let number) = entry.value else { return needed }
      most = max(most, number.scale)
    }
    return min(most, needed)
  }

  /// A quantity in words: a value that the data hold is written as they do.
  func text(_ value: Double) -> String { Numbers.text(value, form(of: [value])) }

  /// The form that shows all of these as they are: that of the data where they need no more.
  func form(of values: [Double?]) -> NumberForm {
    guard case .number(let decimals) = form else { return form }
    let isEnough = values.compactMap(\.self).allSatisfy { value in
      let exact = DecimalExpansion(value)
      return exact.rounded(to: decimals) == exact.rounded(to: 6)
    }
    return isEnough ? form : between
  }
}

extension Inquiry {
  /// The values of the question's field, by its groups, in group order.
  ///
  /// With distinct units a unit counts once for each value that it has; `countsRows` counts rows.
  func measured(_ question: Question, countsRows: Bool = false) throws -> (
    field: MeasuredField, groups: [Measured]
  ) {
    let cohort = try cohort(of: question)
    let field = question.fields[0]
    let node = question.ask.fields[0]
    if let type = field.type, !type.isNumber {
      throw BindingMessages.notANumberField(field.name, type.words, at: node.span)
    }
    let rows = question.rows.and(question.conditions.first?.predicate ?? .constant(true))
    let table = try tabulate(
      question, rows: rows, keys: question.by.map { .field($0.field) } + [.field(field)],
      measures: countsRows ? [.rows] : nil)
    var order: [[Value]] = []
    var entries: [[Value]: [(value: Value, count: Value)]] = [:]
    var unknown: [[Value]: Double] = [:]
    for row in table.rows {
      let group = Array(row.keys.dropLast())
      if order.last != group { order.append(group) }
      let value = row.keys[group.count]
      if value.double != nil {
        entries[group, default: []].append((value, row.measures[0]))
      } else {
        unknown[group, default: 0] += row.measures[0].double ?? 0
      }
    }
    if question.by.isEmpty, order.isEmpty { order = [[]] }
    let groups = order.map {
      Measured($0, entries[$0] ?? [], unknown: unknown[$0] ?? 0)
    }
    guard groups.contains(where: { $0.n > 0 }) else {
      let all = groups.reduce(0) { $0 + $1.unknown }
      if all == 0 { throw VerbMessages.nothingCounted(question.whom, at: question.ask.span) }
      throw VerbMessages.noKnownValue(
        field.name, Words.count(all, unit(of: question)), at: node.span)
    }
    return (MeasuredField(field, of: cohort, groups), groups)
  }

  /// Values that are left out because they are not known, where they are more than a few.
  func cautionLeftOut(
    _ field: MeasuredField, _ groups: [Measured], _ question: Question, _ answer: inout Answer
  ) {
    let unknown = groups.reduce(0) { $0 + $1.unknown }
    let all = groups.reduce(unknown) { $0 + $1.n }
    cautionUnknown(
      field.name, unknown, of: all,
      rest: ", which are left out"
        + (field.isDuration
          ? "; where that is because they are still open, `time` counts them in" : ""),
      question, &answer)
  }

  /// Days that run backwards are no durations: one of the two dates is wrong.
  func cautionNegative(
    _ field: MeasuredField, _ groups: [Measured], _ unit: String, _ answer: inout Answer
  ) {
    guard field.isDuration else { return }
    let negative = groups.lazy.flatMap { zip($0.values.values, $0.values.counts) }
      .reduce(0) { $0 + ($1.0 < 0 ? $1.1 : 0) }
    guard negative > 0 else { return }
    answer.cautions.append(
      Caution(
        "negative-days",
        "\(field.name) is below zero for \(Words.count(Double(negative), unit)): the second date "
          + "is before the first. They are counted; to leave them out: where \(field.name)>=0"))
  }
}
