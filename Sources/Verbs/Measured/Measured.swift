import Columns
import Engine
import Statistics
import Syntax

/// The values of a number field in one group, each with how often it occurs.
struct Measured {
  let sums: MeasuredSums
  /// Known values with their counts or weights.
  let values: ValueCounts

  /// From known values in ascending order, each with its count as the tabulation gave it.
  init(_ group: [Value], _ entries: [(value: Value, count: Value)], unknown: Double) {
    let values = ValueCounts(
      ascending: entries.map { $0.value.double ?? 0 },
      weights: entries.map { $0.count.double ?? 0 })
    let total = entries.reduce(Value.number(.zero)) { sum, entry in
      Evaluation.calculate(
        .add, sum, Evaluation.calculate(.multiply, entry.value, entry.count))
    }
    let decimals = entries.map { entry -> Int? in
      if case .number(let number) = entry.value { number.scale } else { nil }
    }
    self.init(
      group, values, unknown: unknown, total: total,
      mostDecimals: decimals.contains(nil) ? nil : decimals.compactMap(\.self).max() ?? 0)
  }

  /// From the columns of a value table.
  init(_ group: ValueTable.Group, mostDecimals: Int) {
    self.init(
      group.keys, ValueCounts(ascending: group.values, counts: group.counts),
      unknown: Double(group.unknown), total: .number(group.sum), mostDecimals: mostDecimals)
  }

  private init(
    _ group: [Value], _ values: ValueCounts, unknown: Double, total: Value, mostDecimals: Int?
  ) {
    self.values = values
    sums = MeasuredSums(
      group: group, n: values.total, unknown: unknown, total: total,
      standardDeviation: values.standardDeviation, least: values.least,
      greatest: values.greatest, mostDecimals: mostDecimals)
  }

  private init(_ sums: MeasuredSums, _ values: ValueCounts) {
    self.sums = sums
    self.values = values
  }

  /// The same values beside another number of those that have none.
  func with(unknown: Double) -> Measured {
    Measured(
      MeasuredSums(
        group: group, n: n, unknown: unknown, total: total,
        standardDeviation: sums.standardDeviation, least: least, greatest: greatest,
        mostDecimals: sums.mostDecimals), values)
  }

  var group: [Value] { sums.group }
  /// How many have no known value.
  var unknown: Double { sums.unknown }
  /// How many are known.
  var n: Double { sums.n }
  var total: Value { sums.total }
  var least: Double? { sums.least }
  var greatest: Double? { sums.greatest }
  var mean: Mean { Mean.t(values) }

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

/// What the values of a number field come to in one group.
struct MeasuredSums {
  let group: [Value]
  /// How many are known, and how many are not.
  let n: Double
  let unknown: Double
  /// The sum of the known values, exact where they are exact decimals of up to 38 digits.
  let total: Value
  let standardDeviation: Double?
  let least: Double?
  let greatest: Double?
  /// The most decimals of a known value, or more; nothing where they are no decimals.
  let mostDecimals: Int?
}

extension MeasuredSums {
  /// Of a group without a row.
  static func none(_ group: [Value]) -> MeasuredSums {
    MeasuredSums(
      group: group, n: 0, unknown: 0, total: .number(.zero), standardDeviation: nil, least: nil,
      greatest: nil, mostDecimals: 0)
  }

  /// From exact sums.
  init(_ group: MomentTable.Group, mostDecimals: Int) {
    self.init(
      group: group.keys, n: Double(group.known), unknown: Double(group.unknown),
      total: .number(group.sum), standardDeviation: group.variance?.squareRoot(),
      least: group.least, greatest: group.greatest, mostDecimals: mostDecimals)
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
  init(_ field: Field, of cohort: Cohort, _ groups: [MeasuredSums]) {
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
  private static func decimals(_ groups: [MeasuredSums]) -> Int {
    let spread =
      (groups.compactMap(\.greatest).max() ?? 1) - (groups.compactMap(\.least).min() ?? 0)
    let needed = max(2, min(6, 2 - DecimalExpansion(spread).magnitude))
    return groups.reduce(0) { max($0, min(needed, $1.mostDecimals ?? needed)) }
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
  /// A unit that has several rows counts once where they have one value. Where they have several, a
  /// unit that was asked for can't be counted, and where only the card's id repeats the rows are.
  func measured(_ question: Question) throws
    -> (field: MeasuredField, groups: [Measured], unit: String)
  {
    let cohort = try cohort(of: question)
    var groups = try valuesOfGroups(question, countsRows: false)
    var unit = unit(of: question)
    if let field = try unitField(of: question) {
      let units = try ValuesOfUnits(
        question.fields[0], measuredRows(question), question, self)
      if let ofUnits = units.stand(for: groups) {
        groups = ofUnits
      } else if question.unitField != nil {
        throw VerbMessages.severalValues(
          question.fields[0].name, Words.plural(unit),
          [oneRowOfEach(field.name, question)].compactMap(\.self),
          at: question.span(of: .unit) ?? question.ask.span)
      } else {
        groups = try valuesOfGroups(question, countsRows: true)
        unit = "row"
      }
    }
    let sums = groups.map(\.sums)
    try requireValues(question, sums)
    return (MeasuredField(question.fields[0], of: cohort, sums), groups, unit)
  }

  /// The values of each group; with distinct units a unit counts once for each value that it has.
  private func valuesOfGroups(_ question: Question, countsRows: Bool) throws -> [Measured] {
    let cohort = try cohort(of: question)
    let tabulation = try byValue(question, countsRows: countsRows)
    if let table = try runner.valueTable(tabulation, of: cohort.dataset) {
      var groups: [Measured] = []
      groups.reserveCapacity(table.groups.count)
      try runner.each(table.groups) {
        groups.append(Measured($0, mostDecimals: table.mostDecimals))
      }
      return groups
    }
    let table = try runner.tabulate(tabulation, of: cohort.dataset)
    return measured(table, hasGroups: tabulation.keys.count > 1)
  }

  private func measuredRows(_ question: Question) -> Predicate {
    question.rows.and(question.conditions.first?.predicate ?? .constant(true))
  }

  /// What the values of the question's field come to, by its groups, in group order; rows are
  /// counted, whatever the unit.
  func sums(_ question: Question) throws -> (field: MeasuredField, groups: [MeasuredSums]) {
    let cohort = try cohort(of: question)
    let tabulation = try byValue(question, countsRows: true)
    let sums = try moments(tabulation, of: cohort.dataset)
    try requireValues(question, sums)
    return (MeasuredField(question.fields[0], of: cohort, sums), sums)
  }

  /// The tabulation by the question's groups and the value of its field.
  private func byValue(_ question: Question, countsRows: Bool) throws -> Tabulation {
    let field = question.fields[0]
    if let type = field.type, !type.isNumber {
      throw BindingMessages.notANumberField(
        field.name, type.words, at: question.ask.fields[0].span)
    }
    return try tabulation(
      question, rows: measuredRows(question),
      keys: question.by.map { .field($0.field) } + [.field(field)],
      measures: countsRows ? [.rows] : nil)
  }

  /// Exact sums wherever rows are counted; of weighted rows and of numbers that are not exact those
  /// of their values.
  private func moments(_ tabulation: Tabulation, of dataset: Dataset) throws -> [MeasuredSums] {
    func sums(_ table: MomentTable) -> [MeasuredSums] {
      table.groups.map { MeasuredSums($0, mostDecimals: table.mostDecimals) }
    }
    if let table = try runner.momentTable(tabulation, of: dataset) { return sums(table) }
    let table = try runner.tabulate(tabulation, of: dataset)
    if tabulation.weight == nil, !table.rows.isEmpty, let moments = MomentTable(table) {
      return sums(moments)
    }
    return measured(table, hasGroups: tabulation.keys.count > 1).map(\.sums)
  }

  /// The groups of a table by value.
  private func measured(_ table: SmallTable, hasGroups: Bool) -> [Measured] {
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
    if !hasGroups, order.isEmpty { order = [[]] }
    return order.map { Measured($0, entries[$0] ?? [], unknown: unknown[$0] ?? 0) }
  }

  private func requireValues(_ question: Question, _ groups: [MeasuredSums]) throws {
    guard !groups.contains(where: { $0.n > 0 }) else { return }
    let all = groups.reduce(0) { $0 + $1.unknown }
    if all == 0 { throw VerbMessages.nothingCounted(question.whom, at: question.ask.span) }
    throw VerbMessages.noKnownValue(
      question.fields[0].name, Words.count(all, unit(of: question)),
      at: question.ask.fields[0].span)
  }

  /// Values that are left out because they are not known, where they are more than a few.
  func cautionLeftOut(
    _ field: MeasuredField, _ groups: [MeasuredSums], _ question: Question, _ answer: inout Answer
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
