internal import Columns

/// The form in two levels, for a table whose parts stand on other servers: each part is grouped
/// where it is, and only its groups are put together.
///
/// Counts, sums and extremes put together are those of the whole; of distinct values, each part
/// gives the values.
extension SQLWriter {
  /// A key in two levels: what each part is grouped by, and what the whole is.
  struct KeyInLevels {
    let ofPart: SQLFragment
    let together: (SQLFragment) -> SQLFragment
  }

  /// Parts of dates are taken of the days that come back: servers differ in the words for them, and
  /// there are few days.
  func inLevels(_ key: Key, _ term: SQLTerm) throws -> KeyInLevels {
    let dialect = dialect
    switch key {
    case .field(.period(let unit, let inner)):
      return KeyInLevels(ofPart: try date(try self.term(inner))) { dialect.period(unit, of: $0) }
    case .field(.weekday(let inner)):
      return KeyInLevels(ofPart: try date(try self.term(inner))) {
        dialect.part(.weekday, of: $0) ?? $0
      }
    default:
      return KeyInLevels(ofPart: selected(term)) { $0 }
    }
  }

  func select(
    _ keys: [KeyInLevels], _ measures: [SQLMeasure], fromEach parts: [SQLFragment],
    where conditions: [SQLFragment]
  ) -> SQLFragment {
    var inner = keys.enumerated().map { index, key -> SQLFragment in
      "\(key.ofPart) AS \(name("k", index))"
    }
    var outer = keys.enumerated().map { index, key in key.together(name("k", index)) }
    for (index, measure) in measures.enumerated() {
      if case .units(let term) = measure {
        inner.append("\(selected(term)) AS \(name("u", index))")
      }
    }
    let groups = inner
    for (index, measure) in measures.enumerated() {
      let (ofPart, together) = levels(measure, index)
      if let ofPart { inner.append("\(ofPart) AS \(name("m", index))") }
      outer.append(together)
    }
    // A part without a result still is a row.
    if inner.isEmpty { inner.append("COUNT(*)") }

    var end: SQLFragment = ""
    if !conditions.isEmpty { end = "\n  WHERE \(together(conditions))" }
    if !groups.isEmpty { end = "\(end)\n  \(dialect.grouping(by: groups))" }
    let selects = parts.map { part -> SQLFragment in
      "  SELECT \(inner.joined(", "))\n  FROM \(joined(part))\(end)"
    }
    let sql: SQLFragment = """
      SELECT \(outer.joined(", "))
      FROM (
      \(selects.joined("\n  UNION ALL\n"))
      ) AS parts
      """
    return keys.isEmpty
      ? sql : "\(sql)\n\(dialect.grouping(by: Array(outer.prefix(keys.count))))"
  }

  /// What is asked of each part, and what is made of their answers.
  private func levels(_ measure: SQLMeasure, _ index: Int) -> (SQLFragment?, SQLFragment) {
    let result = name("m", index)
    switch measure {
    case .rows: return ("COUNT(*)", dialect.sum(result, of: 0...Int64.max))
    case .units: return (nil, dialect.distinct(name("u", index)))
    case .sum(let term): return ("SUM(\(term.sql))", dialect.sum(result, of: term.range))
    case .least(let term):
      let isText = if case .text = term.kind { true } else { false }
      return (
        dialect.least(ordered(term)), dialect.least(isText ? dialect.ordered(result) : result)
      )
    case .greatest(let term):
      let isText = if case .text = term.kind { true } else { false }
      return (
        dialect.greatest(ordered(term)), dialect.greatest(isText ? dialect.ordered(result) : result)
      )
    }
  }

  private func name(_ kind: String, _ index: Int) -> SQLFragment {
    SQLFragment(quoted: kind + String(index + 1))
  }
}
