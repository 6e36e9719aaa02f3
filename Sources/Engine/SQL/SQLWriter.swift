internal import Columns

/// Writes a tabulation as one `SELECT`, for a database that answers it exactly as the columnar
/// engine would; refuses where it can't promise that.
///
/// Errors: `NotExact`, and what the catalogue throws on looking at the data.
package struct SQLWriter {
  let dialect: any SQLDialect
  let catalogue: any SQLCatalogue

  package init(_ dialect: any SQLDialect, _ catalogue: any SQLCatalogue) {
    self.dialect = dialect
    self.catalogue = catalogue
  }

  package func statement(for question: Tabulation) throws -> SQLStatement {
    let weight = try question.weight.map { try number($0) }
    let keys = try question.keys.map { try key($0) }
    let measures = try question.measures.map { try measure($0, weight: weight) }
    var conditions: [SQLFragment] = []
    if question.rows != .constant(true) { conditions.append(try condition(question.rows)) }
    if let weight { conditions.append("\(weight.sql) IS NOT NULL") }

    let results = (keys + measures).map { selected($0) }
    var sql: SQLFragment =
      "SELECT \(results.joined(", "))\nFROM \(SQLFragment(quoted: catalogue.table))"
    if !conditions.isEmpty { sql = "\(sql)\nWHERE \(conditions.joined(" AND "))" }
    if !keys.isEmpty {
      sql = "\(sql)\n\(dialect.grouping(by: Array(results.prefix(keys.count))))"
    }
    let written = sql.written(in: dialect)
    return SQLStatement(
      text: written.text, bindings: written.bindings,
      keys: keys.map(\.kind), measures: measures.map(\.kind))
  }

  private func key(_ key: Key) throws -> SQLTerm {
    switch key {
    case .field(let field): try term(field)
    case .test(let predicate): SQLTerm(sql: "(\(try condition(predicate)))", kind: .truth)
    }
  }

  private func selected(_ term: SQLTerm) -> SQLFragment {
    term.kind == .truth ? dialect.number(of: term.sql) : term.sql
  }

  private func number(_ field: Field) throws -> SQLTerm {
    let term = try term(field)
    guard case .number = term.kind else { throw NotExact("\(field.name) is no exact number") }
    return term
  }

  private func sum(of term: SQLTerm) -> SQLTerm {
    guard case .number(_, let range) = term.kind else { return term }
    return SQLTerm(sql: dialect.sum(term.sql, of: range), kind: term.kind)
  }

  private func measure(_ measure: Measure, weight: SQLTerm?) throws -> SQLTerm {
    let count = SQLTerm.Kind.number(scale: 0, range: 0...Int64.max)
    switch measure {
    case .rows:
      guard let weight else { return SQLTerm(sql: "COUNT(*)", kind: count) }
      return sum(of: weight)
    case .units(let field):
      return SQLTerm(sql: dialect.distinct(selected(try term(field))), kind: count)
    case .sum(let field):
      // Doubles would add up differently in another order of rows.
      var summed = try number(field)
      if let weight { summed = try calculate(.multiply, summed, weight) }
      return sum(of: summed)
    case .least(let field):
      let term = try term(field)
      return SQLTerm(sql: dialect.least(selected(term)), kind: term.kind)
    case .greatest(let field):
      let term = try term(field)
      return SQLTerm(sql: dialect.greatest(selected(term)), kind: term.kind)
    }
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
