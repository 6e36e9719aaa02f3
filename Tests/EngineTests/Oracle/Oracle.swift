import Columns
import Engine

/// What a tabulation means, row by row, over tables of text: the standard that every source and the
/// columnar engine are held to. It is slow and obvious on purpose.
struct Oracle {
  struct Table {
    let fields: [String]
    let rows: [[String]]
  }

  let tables: [String: Table]

  func table(for question: Tabulation) -> SmallTable {
    var groups: [[Value]: [Case]] = question.keys.isEmpty ? [[]: []] : [:]
    for row in rows(of: question.dataset, where: question.rows) {
      let weight = question.weight.map(row) ?? .number(Decimal(1))
      guard case .number(let weight) = weight else { continue }
      let key = question.keys.map { key in
        switch key {
        case .field(let field): row(field)
        case .test(let predicate):
          Evaluation.truth(of: predicate, in: row).map(Value.truth) ?? .missing
        }
      }
      groups[key, default: []].append(Case(value: row, weight: weight))
    }
    return SmallTable(
      unordered: groups.map { key, cases in
        SmallTable.Row(keys: key, measures: question.measures.map { measure($0, of: cases) })
      })
  }

  /// The first rows that a listing asks for.
  func list(_ listing: Listing, limit: Int) -> ListedRows {
    let found = rows(of: listing.dataset, where: listing.rows)
    return ListedRows(
      matching: found.count, rows: found.prefix(limit).map { listing.fields.map($0) })
  }

  private struct Case {
    let value: (Field) -> Value
    let weight: Decimal
  }

  private func rows(of dataset: String, where condition: Predicate) -> [(Field) -> Value] {
    guard let table = tables[dataset] else { return [] }
    return table.rows.indices.map { place in { value(of: $0, at: place, of: table) } }
      .filter { Evaluation.truth(of: condition, in: $0) == true }
  }

  private func value(of field: Field, at place: Int, of table: Table) -> Value {
    if case .picked(let pick) = field { return picked(pick, at: place, of: table) }
    return value(of: field, in: table.rows[place], of: table)
  }

  /// Whether the row is the one picked of its unit: it is looked at, its unit is known, and no other
  /// row of the unit stands before it.
  private func picked(_ pick: Pick, at place: Int, of table: Table) -> Value {
    func unit(_ place: Int) -> [Value]? {
      let row: (Field) -> Value = { value(of: $0, at: place, of: table) }
      let unit = pick.unit.map(row)
      let isLookedAt = Evaluation.truth(of: pick.among, in: row) == true
      return isLookedAt && !unit.contains(.missing) ? unit : nil
    }
    guard let own = unit(place) else { return .missing }
    let rivals = table.rows.indices.filter { $0 != place && unit($0) == own }
    let isBeaten = rivals.contains { rival in
      guard let order = pick.order else { return (rival < place) != pick.isLast }
      let (a, b) = (value(of: order, at: rival, of: table), value(of: order, at: place, of: table))
      if a == b { return (rival < place) != pick.isLast }
      if a.isMissing || b.isMissing { return b.isMissing }
      return (a < b) != pick.isLast
    }
    return isBeaten ? Pick.left : Pick.picked
  }

  private func measure(_ measure: Measure, of cases: [Case]) -> Value {
    func values(_ field: Field) -> [Value] {
      cases.map { $0.value(field) }.filter { !$0.isMissing }
    }
    switch measure {
    case .rows: return .number(cases.map(\.weight).reduce(.zero, +))
    case .units(let field): return .number(Decimal(Set(values(field)).count))
    case .least(let field): return values(field).min() ?? .missing
    case .greatest(let field): return values(field).max() ?? .missing
    case .sum(let field):
      var sum = Decimal.zero
      for row in cases {
        if case .number(let number) = row.value(field), let part = number.multiplied(by: row.weight)
        {
          sum = sum + part
        }
      }
      return .number(sum)
    }
  }

  private func value(of field: Field, in row: [String], of table: Table) -> Value {
    Evaluation.value(of: field) { name, meaning in
      table.fields.firstIndex(of: name).map { Oracle.read(row[$0], by: meaning) } ?? .missing
    } linked: { link, key, target in
      guard let other = tables[link.dataset] else { return .missing }
      let row = other.rows.first { value(of: link.target, in: $0, of: other) == key }
      return row.map { value(of: target, in: $0, of: other) } ?? .missing
    }
  }
}

extension Oracle {
  /// What one text means; a text that is none of its type is missing.
  static func read(_ written: String, by meaning: Meaning) -> Value {
    if written.isEmpty || meaning.missing.contains(written) { return .missing }
    let text = meaning.recode[written] ?? written
    if text.isEmpty || meaning.missing.contains(text) { return .missing }
    switch meaning.type {
    case .category, .code, .text, .boolean:
      return .text(text)
    case .integer, .decimal:
      let digits = text.filter { $0 != "$" && $0 != "," }
      return Decimal(plain: digits).map(Value.number) ?? .missing
    case .real:
      return Double(text).map(Value.real) ?? .missing
    case .date:
      return date(String(text.prefix { $0 != " " && $0 != "T" }), meaning.dateOrder)
        .map(Value.date) ?? .missing
    case .datetime:
      let parts = text.split { $0 == " " || $0 == "T" }
      let time =
        parts.count == 2 ? parts[1].split(separator: ":").compactMap { Int($0) } : [0, 0, 0]
      guard let day = date(String(parts[0]), meaning.dateOrder), time.count == 3 else {
        return .missing
      }
      return .moment(seconds: day.number * 86_400 + time[0] * 3600 + time[1] * 60 + time[2])
    }
  }

  private static func date(_ text: String, _ order: DateOrder?) -> Day? {
    let parts = text.split { $0 == "-" || $0 == "/" || $0 == "." }.compactMap { Int($0) }
    switch order ?? .yearMonthDay {
    case .compact:
      guard text.utf8.count == 8, let all = Int(text) else { return nil }
      return Day(year: all / 10_000, month: all / 100 % 100, day: all % 100)
    case .yearMonthDay where parts.count == 3:
      return Day(year: parts[0], month: parts[1], day: parts[2])
    case .monthDayYear where parts.count == 3:
      return Day(year: parts[2], month: parts[0], day: parts[1])
    case .dayMonthYear where parts.count == 3:
      return Day(year: parts[2], month: parts[1], day: parts[0])
    default:
      return nil
    }
  }
}
