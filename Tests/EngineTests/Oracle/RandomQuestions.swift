import Columns
import Engine

/// Questions about `RandomCases`, of every kind that the waist knows.
struct RandomQuestions {
  private var random: SplitMix
  private let columns: [String: Meaning]
  private var picks = 0
  /// Fields of the linked dataset are asked only where a source is given both.
  private let asksLinks: Bool

  init(seed: UInt64, asksLinks: Bool = true) {
    random = SplitMix(seed: seed)
    self.asksLinks = asksLinks
    columns = Dictionary(uniqueKeysWithValues: RandomCases(seed: 0).columns.map { $0 })
  }

  mutating func tabulation() -> Tabulation {
    let keyCount = random.pick([0, 1, 1, 1, 2, 2, 3])
    var keys: [Key] = []
    for _ in 0..<keyCount { keys.append(key()) }
    var measures: [Measure] = [.rows]
    for _ in 0..<random.pick([0, 0, 1, 2]) { measures.append(measure()) }
    var rows = random.chance(25) ? .constant(true) : predicate(depth: 2)
    if random.chance(5) { rows = rows.and(pick().rows) }
    return Tabulation(
      dataset: RandomCases.dataset, rows: rows, keys: keys, measures: measures,
      weight: random.chance(20) ? column(random.pick(["people", "share"])) : nil)
  }

  /// One row of each unit, now and then of the rows that another pick left.
  private mutating func pick(isInner: Bool = false) -> Pick {
    let among = random.chance(30) ? .constant(true) : predicate(depth: 1)
    var unit = [column(random.pick(["defendant", "race", "place", "gun"]))]
    if random.chance(30) { unit.append(column("charges")) }
    picks += 1
    let name = "pick \(picks)"
    return Pick(
      name: name, column: name,
      among: !isInner && random.chance(20) ? among.and(pick(isInner: true).rows) : among,
      isLast: random.chance(40),
      order: random.chance(20)
        ? nil
        : random.chance(50) ? dateField() : random.chance(30) ? column("booked") : numberField(),
      unit: unit)
  }

  mutating func listing() -> Listing {
    var fields: [Field] = []
    for _ in 0..<Int.random(in: 1...4, using: &random) { fields.append(anyField()) }
    return Listing(
      dataset: RandomCases.dataset, rows: predicate(depth: 1), fields: fields,
      choice: .first(Int.random(in: 0...8, using: &random)))
  }

  private mutating func key() -> Key {
    random.chance(20) ? .test(predicate(depth: 1)) : .field(anyField())
  }

  private mutating func measure() -> Measure {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: .units(anyField())
    case 1: .sum(.computed(name: "amount", number(depth: 1, isExact: true)))
    case 2: .least(anyField())
    default: .greatest(anyField())
    }
  }

  // MARK: Fields

  private func column(_ name: String) -> Field {
    .column(name: name, meaning: columns[name] ?? Meaning(type: .text))
  }

  private mutating func anyField() -> Field {
    switch Int.random(in: 0..<12, using: &random) {
    case 0...3: textField()
    case 4: numberField()
    case 5: dateField()
    case 6: column("booked")
    case 7: .period(random.pick(PeriodUnit.allCases), of: dateField())
    case 8: .weekday(of: dateField())
    case 9: .computed(name: "band", band())
    case 10: .computed(name: "text", text())
    default: .computed(name: "truth", .truth(predicate(depth: 1)))
    }
  }

  private mutating func textField() -> Field {
    if asksLinks, random.chance(8) { return linked("zone", .category) }
    return column(
      random.pick(["race", "race", "Case Type", "defendant", "note", "gun", "place"]))
  }

  private mutating func numberField() -> Field {
    if asksLinks, random.chance(8) { return linked("residents", .integer) }
    return column(random.pick(["age", "age", "charges", "cost", "people", "share"]))
  }

  private mutating func dateField() -> Field {
    column(random.pick(["received", "received", "filed", "closed", "born"]))
  }

  private func linked(_ name: String, _ type: FieldType) -> Field {
    .linked(
      Link(
        key: column("place"), dataset: RandomCases.places,
        target: .column(name: "name", meaning: Meaning(type: .category))),
      value: .column(name: name, meaning: Meaning(type: type)))
  }

  // MARK: Calculations

  private mutating func number(depth: Int, isExact: Bool) -> Expression {
    guard depth > 0 else {
      return random.chance(60) ? .field(numberField()) : .literal(.number(numberLiteral()))
    }
    switch Int.random(in: 0..<9, using: &random) {
    case 0...2:
      let operations: [Arithmetic] =
        isExact ? [.add, .subtract, .multiply] : [.add, .subtract, .multiply, .divide]
      return .arithmetic(
        random.pick(operations), number(depth: depth - 1, isExact: isExact),
        number(depth: depth - 1, isExact: isExact))
    case 3: return .call(.days, [.field(dateField()), .field(dateField())])
    case 4:
      let part = random.pick([Function.year, .quarter, .month, .week, .weekday, .day])
      return .call(part, [.field(dateField())])
    case 5: return .call(.abs, [number(depth: depth - 1, isExact: isExact)])
    case 6: return .call(.round, [number(depth: depth - 1, isExact: isExact)])
    case 7:
      return .call(
        .coalesce, [.field(numberField()), number(depth: depth - 1, isExact: isExact)])
    default:
      return .choose(
        when: predicate(depth: 0), then: number(depth: depth - 1, isExact: isExact),
        otherwise: number(depth: depth - 1, isExact: isExact))
    }
  }

  private mutating func band() -> Expression {
    let bounds = random.pick([["18"], ["18", "25", "50"], ["18", "19", "20"], ["0.5", "20"]])
    let bounded = bounds.compactMap { Decimal(plain: $0) }.map { Expression.literal(.number($0)) }
    return .call(.band, [number(depth: random.chance(60) ? 0 : 1, isExact: false)] + bounded)
  }

  private mutating func text() -> Expression {
    let field = Expression.field(textField())
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return .call(.lower, [field])
    case 1: return .call(.trim, [field])
    case 2: return .call(.coalesce, [field, .field(textField()), .literal(.text("none"))])
    default:
      return .choose(when: predicate(depth: 0), then: field, otherwise: .literal(.text("other")))
    }
  }

  // MARK: Conditions

  private mutating func predicate(depth: Int) -> Predicate {
    if depth > 0, random.chance(50) {
      var parts: [Predicate] = []
      for _ in 0..<random.pick([0, 1, 2, 2, 3]) { parts.append(predicate(depth: depth - 1)) }
      switch Int.random(in: 0..<3, using: &random) {
      case 0: return .all(parts)
      case 1: return .any(parts)
      default: return .not(predicate(depth: depth - 1))
      }
    }
    switch Int.random(in: 0..<10, using: &random) {
    case 0...2: return .test(textField(), textTest())
    case 3: return .test(numberField(), numberTest())
    case 4: return .test(dateField(), dateTest())
    case 5: return .missing(anyFlatField())
    case 6: return .test(.period(random.pick([.year, .month]), of: dateField()), dateTest())
    case 7:
      return .compare(
        number(depth: 1, isExact: false), comparison(), number(depth: 1, isExact: false))
    case 8: return .test(.computed(name: "band", band()), .among(bandLabels()))
    default: return random.chance(30) ? .constant(random.chance(70)) : dateComparison()
    }
  }

  private mutating func anyFlatField() -> Field {
    switch Int.random(in: 0..<3, using: &random) {
    case 0: textField()
    case 1: numberField()
    default: dateField()
    }
  }

  private mutating func comparison() -> Comparison {
    random.pick([.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual])
  }

  private mutating func textTest() -> Test {
    let words = [
      "Black", "White", "U", "black", "Drug", "007", "Y", "Plaza", "Northeast", "east", "naïve",
      "Ñ", "O'Hare", "x ", "nothing",
    ]
    switch Int.random(in: 0..<5, using: &random) {
    case 0...1:
      return .among(Set((0..<random.pick([0, 1, 2, 3])).map { _ in .text(random.pick(words)) }))
    case 2: return .compare(comparison(), .text(random.pick(words)))
    case 3: return .contains(random.pick(["a", "DRUG", "%", "_", "", "'", "Ñ", "near o"]))
    default: return .starts(random.pick(["b", "Dr", "5", "", "0", "Ñ", "seen"]))
    }
  }

  private mutating func numberTest() -> Test {
    switch Int.random(in: 0..<3, using: &random) {
    case 0: .among(Set((0..<3).map { _ in .number(numberLiteral()) }))
    case 1: .compare(comparison(), .number(numberLiteral()))
    default: .between(lower: maybe { .number($0.numberLiteral()) }, upper: .number(numberLiteral()))
    }
  }

  private mutating func dateTest() -> Test {
    switch Int.random(in: 0..<3, using: &random) {
    case 0: .among(Set((0..<2).map { _ in dateLiteral() }))
    case 1: .compare(comparison(), dateLiteral())
    default: .between(lower: dateLiteral(), upper: maybe { $0.dateLiteral() })
    }
  }

  private mutating func dateComparison() -> Predicate {
    .compare(
      .field(dateField()), comparison(),
      random.chance(50) ? .field(dateField()) : .literal(dateLiteral()))
  }

  private mutating func bandLabels() -> Set<Value> {
    Set((0..<2).map { _ in .text(random.pick(["under 18", "18–24", "18", "20 and over"])) })
  }

  private mutating func maybe(_ make: (inout Self) -> Value) -> Value? {
    random.chance(70) ? make(&self) : nil
  }

  private mutating func numberLiteral() -> Decimal {
    let text = random.pick(["0", "1", "2", "17.5", "18", "25", "90", "200.75", "-3"])
    return Decimal(plain: text) ?? .zero
  }

  private mutating func dateLiteral() -> Value {
    let day = RandomCases.date(&random)
    return random.chance(50)
      ? .date(day) : .period(Period(random.pick(PeriodUnit.allCases), of: day))
  }
}
