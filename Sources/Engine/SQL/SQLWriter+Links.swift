internal import Columns

/// The tables that a statement joins, each with a value of the one row that a row here finds there.
final class SQLJoins {
  private struct Linked: Hashable {
    let link: Link
    let value: Field
  }

  private var terms: [Linked: SQLTerm] = [:]
  /// In the order of the statement: `LEFT JOIN …`.
  private(set) var joins: [SQLFragment] = []

  /// The value of a link, joined once.
  /// - Parameter make: the join under this number and the value that it gives.
  func term(_ link: Link, _ value: Field, make: (_ number: Int) throws -> (SQLFragment, SQLTerm))
    throws -> SQLTerm
  {
    let asked = Linked(link: link, value: value)
    if let known = terms[asked] { return known }
    let (join, term) = try make(joins.count + 1)
    joins.append(join)
    terms[asked] = term
    return term
  }
}

extension SQLWriter {
  /// A field of another table of the database, in whose rows the key is unique.
  ///
  /// The other table's own names stand inside brackets, so that no two columns are of one name.
  func linked(_ link: Link, _ value: Field) throws -> SQLTerm {
    guard link.rows == .constant(true) else {
      throw NotExact("\(link.name) is only some of the rows of \(link.dataset)")
    }
    return try joins.term(link, value) { number in
      guard let other = try catalogue.linked(link.dataset) else {
        throw NotExact("\(value.name) is in another dataset")
      }
      let there = SQLWriter(dialect, other)
      let target = try there.term(link.target)
      let result = try there.term(value)
      guard there.joins.joins.isEmpty else { throw NotExact("a link leads to another") }
      guard try other.isUnique(there.selected(target), in: dialect) else {
        throw NotExact("a value of \(link.target.name) stands in two rows of \(link.dataset)")
      }
      let name = SQLFragment(quoted: "link_\(number)")
      let found = SQLTerm(sql: "\(name).link_key", kind: target.kind)
      let (a, b, _) = try alike(try term(link.key), found)
      return (
        """
        LEFT JOIN (
          SELECT \(target.sql) AS link_key, \(result.sql) AS link_value
          FROM \(SQLFragment(quoted: other.table))
        ) AS \(name) ON \(a.sql) = \(b.sql)
        """, SQLTerm(sql: "\(name).link_value", kind: result.kind)
      )
    }
  }

  /// What rows are taken from: a table, and those that are joined to it.
  func joined(_ table: SQLFragment) -> SQLFragment {
    ([table] + joins.joins).joined("\n")
  }
}
