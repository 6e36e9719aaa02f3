internal import Columns

/// Writes a tabulation as one `SELECT`, for a database that answers it exactly as the columnar
/// engine would; refuses where it can't promise that.
///
/// Errors: `NotExact`, and what the catalogue throws on looking at the data.
package struct SQLWriter {
  let dialect: any SQLDialect
  let catalogue: any SQLCatalogue
  let joins = SQLJoins()

  package init(_ dialect: any SQLDialect, _ catalogue: any SQLCatalogue) {
    self.dialect = dialect
    self.catalogue = catalogue
  }

  package func statement(for question: Tabulation) throws -> SQLStatement {
    let weight = try question.weight.map { try number($0) }
    let keys = try question.keys.map { try key($0) }
    let measures = try question.measures.map { try measured($0, weight: weight) }
    var conditions: [SQLFragment] = []
    if question.rows != .constant(true) { conditions.append(try condition(question.rows)) }
    if let weight { conditions.append("\(weight.sql) IS NOT NULL") }

    let parts = catalogue.parts.map { SQLFragment(quoted: $0) }
    let sql =
      parts.isEmpty
      ? select(keys, measures, from: SQLFragment(quoted: catalogue.table), where: conditions)
      : select(
        try zip(question.keys, keys).map { try inLevels($0, $1) }, measures, fromEach: parts,
        where: conditions)
    let written = sql.written(in: dialect)
    return SQLStatement(
      text: written.text, bindings: written.bindings,
      keys: keys.map(\.kind), measures: measures.map(\.kind))
  }

  private func select(
    _ keys: [SQLTerm], _ measures: [SQLMeasure], from table: SQLFragment,
    where conditions: [SQLFragment]
  ) -> SQLFragment {
    let results = keys.map { selected($0) } + measures.map { whole($0) }
    var sql: SQLFragment = "SELECT \(results.joined(", "))\nFROM \(joined(table))"
    if !conditions.isEmpty { sql = "\(sql)\nWHERE \(together(conditions))" }
    if !keys.isEmpty {
      sql = "\(sql)\n\(dialect.grouping(by: Array(results.prefix(keys.count))))"
    }
    return sql
  }

  /// All of these conditions, of which there is at least one.
  func together(_ conditions: [SQLFragment]) -> SQLFragment {
    conditions.count == 1 ? conditions[0] : dialect.all(conditions)
  }

  private func key(_ key: Key) throws -> SQLTerm {
    switch key {
    case .field(let field): try term(field)
    case .test(let predicate): SQLTerm(sql: "(\(try condition(predicate)))", kind: .truth)
    }
  }

  func selected(_ term: SQLTerm) -> SQLFragment {
    term.kind == .truth ? dialect.number(of: term.sql) : term.sql
  }

  private func number(_ field: Field) throws -> SQLTerm {
    let term = try term(field)
    guard case .number = term.kind else { throw NotExact("\(field.name) is no exact number") }
    return term
  }

  private func measured(_ measure: Measure, weight: SQLTerm?) throws -> SQLMeasure {
    switch measure {
    case .rows:
      guard let weight else { return .rows }
      return .sum(weight)
    case .units(let field):
      return .units(try term(field))
    case .sum(let field):
      // Doubles would add up differently in another order of rows.
      let summed = try number(field)
      guard let weight else { return .sum(summed) }
      return .sum(try calculate(.multiply, summed, weight))
    case .least(let field):
      return .least(try term(field))
    case .greatest(let field):
      return .greatest(try term(field))
    }
  }

  private func whole(_ measure: SQLMeasure) -> SQLFragment {
    switch measure {
    case .rows: "COUNT(*)"
    case .units(let term): dialect.distinct(selected(term))
    case .sum(let term): dialect.sum(term.sql, of: term.range)
    case .least(let term): dialect.least(ordered(term))
    case .greatest(let term): dialect.greatest(ordered(term))
    }
  }

  /// A result of which the first or last is taken.
  func ordered(_ term: SQLTerm) -> SQLFragment {
    if case .text = term.kind { return dialect.ordered(term.sql) }
    return selected(term)
  }
}

/// What is worked out for each group, with the terms that it is worked out of.
enum SQLMeasure {
  case rows
  case units(SQLTerm)
  case sum(SQLTerm)
  case least(SQLTerm)
  case greatest(SQLTerm)

  var kind: SQLTerm.Kind {
    switch self {
    case .rows, .units: .number(scale: 0, range: 0...Int64.max)
    case .sum(let term), .least(let term), .greatest(let term): term.kind
    }
  }
}

extension SQLTerm {
  /// The units that a number can have.
  var range: ClosedRange<Int64> {
    if case .number(_, let range) = kind { range } else { Int64.min...Int64.max }
  }
}

/// A `SELECT` with its bound values, and how its results are read.
package struct SQLStatement: Sendable {
  package let text: String
  package let bindings: [SQLBinding]
  let keys: [SQLTerm.Kind]
  let measures: [SQLTerm.Kind]

  /// How many columns the results have.
  package var columnCount: Int { keys.count + measures.count }

  /// The small table that the results make.
  package func table(of rows: [[SQLCell]]) -> SmallTable {
    SmallTable(
      unordered: rows.map { cells in
        SmallTable.Row(
          keys: zip(keys, cells).map { $0.value(of: $1) },
          measures: zip(measures, cells.dropFirst(keys.count)).map { $0.value(of: $1) })
      })
  }
}

extension SQLStatement: CustomStringConvertible {
  /// The statement, and below it the bound values as comments.
  package var description: String {
    let values = bindings.enumerated().map { index, binding in
      switch binding {
      case .integer(let number): "-- \(index + 1): \(number)"
      case .double(let number): "-- \(index + 1): \(number)"
      case .text(let text): "-- \(index + 1): " + SQLStatement.visible(text)
      }
    }
    return ([text] + values).joined(separator: "\n")
  }

  /// A text in quotes on one line: control characters are written by their numbers.
  private static func visible(_ text: String) -> String {
    var result = "'"
    for scalar in text.unicodeScalars {
      switch scalar {
      case "'": result += "''"
      case _ where scalar.value < 32 || scalar.value == 127: result += "\\u{\(scalar.value)}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "'"
  }
}
