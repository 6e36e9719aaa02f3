internal import Columns

/// The tables that a statement joins, each once, with values of the one row that a row here finds
/// there.
final class SQLJoins {
  private var known: [Link: SQLJoin] = [:]
  /// In the order of the statement.
  private(set) var all: [SQLJoin] = []

  /// The table of a link.
  /// - Parameter make: the join under this number, which counts from 1.
  func join(_ link: Link, make: (_ number: Int) throws -> SQLJoin) throws -> SQLJoin {
    if let known = known[link] { return known }
    let made = try make(all.count + 1)
    known[link] = made
    all.append(made)
    return made
  }
}

/// A table that is joined, with what is taken of its rows.
final class SQLJoin {
  let number: Int
  /// Words about the other table.
  let there: SQLWriter
  /// The value there that rows here are linked by, and when it is that of a row here.
  private let key: SQLFragment
  private let condition: SQLFragment
  private var places: [Field: Int] = [:]
  private var values: [SQLTerm] = []

  init(number: Int, there: SQLWriter, key: SQLFragment, condition: SQLFragment) {
    self.number = number
    self.there = there
    self.key = key
    self.condition = condition
  }

  /// What a row here finds there of a field.
  func term(_ value: Field) throws -> SQLTerm {
    let place = places[value] ?? values.count
    if place == values.count {
      let term = try there.term(value)
      guard there.joins.all.isEmpty else { throw NotExact("a link leads to another") }
      values.append(term)
      places[value] = place
    }
    return SQLTerm(
      sql: there.dialect.name(of: .value(place + 1), ofJoin: number), kind: values[place].kind)
  }

  /// The table in the words of the statement.
  var sql: SQLFragment {
    let named = values.enumerated().map { place, term in
      (SQLLinked.value(place + 1), term.sql)
    }
    return there.dialect.join(
      SQLFragment(quoted: there.catalogue.table), [(.key, key)] + named, number: number,
      on: condition)
  }
}

/// A result of a table that is joined.
package enum SQLLinked: Hashable, Sendable {
  /// What its rows are found by.
  case key
  /// One of the values that are taken of them, counted from 1.
  case value(Int)

  /// The name in the brackets of the table.
  package var name: SQLFragment {
    switch self {
    case .key: "link_key"
    case .value(let place): "link_value_\(SQLFragment(Int64(place)))"
    }
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
    return try joins.join(link) { number in
      guard number <= dialect.mostJoins else { throw NotExact("two links lead to two tables") }
      guard let other = try catalogue.linked(link.dataset) else {
        throw NotExact("\(value.name) is in another dataset")
      }
      let there = SQLWriter(dialect, other)
      let target = try there.term(link.target)
      guard there.joins.all.isEmpty else { throw NotExact("a link leads to another") }
      guard try other.isUnique(there.selected(target), in: dialect) else {
        throw NotExact("a value of \(link.target.name) stands in two rows of \(link.dataset)")
      }
      let found = SQLTerm(sql: dialect.name(of: .key, ofJoin: number), kind: target.kind)
      let (a, b, _) = try alike(try term(link.key), found)
      guard joins.all.count < number else { throw NotExact("\(link.key.name) is a link itself") }
      return SQLJoin(
        number: number, there: there, key: target.sql, condition: "\(a.sql) = \(b.sql)")
    }.term(value)
  }

  /// What rows are taken from: a table, and those that are joined to it.
  func joined(_ table: SQLFragment) -> SQLFragment {
    ([table] + joins.all.map(\.sql)).joined("\n")
  }
}
