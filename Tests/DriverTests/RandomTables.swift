import Columns
import Engine
import Testing

@testable import EngineTests

/// Random cases as SQL that makes tables of them.
struct RandomTables {
  let words: SQLTables.Words
  /// Whether columns have the types of the database, or all are texts.
  let isTyped: Bool

  /// Statements that make the tables `cases` and `places`, each ended by a semicolon.
  func sql(_ cases: RandomCases) -> String {
    let places = RandomCases.placeColumns.map { ($0.name, $0.meaning) }
    return table(RandomCases.dataset, cases.columns.map { ($0.name, $0.meaning) }, cases.rows)
      + table(RandomCases.places, places, cases.placeRows)
  }

  private func table(_ name: String, _ columns: [(String, Meaning)], _ rows: [[String]]) -> String {
    let types = columns.indices.map { index in
      type(of: columns[index].1, columns[index].0, cells: rows.map { $0[index] })
    }
    let cells = rows.enumerated().map { place, row in
      // An empty text and NULL are one; a typed column has only NULL.
      zip(row, types).map { cell, type in
        cell.isEmpty && (type != nil || place % 2 == 0) ? nil : cell
      }
    }
    return SQLTables(words: words).table(
      name, zip(columns, types).map { (name: $0.0, type: $1) }, cells)
  }

  /// The type of a column whose cells all are of one; nothing for texts.
  private func type(of meaning: Meaning, _ name: String, cells: [String]) -> String? {
    guard isTyped else { return nil }
    let present = cells.filter { !$0.isEmpty }
    let numbers = present.compactMap { Decimal(plain: $0) }
    let areDays = present.allSatisfy {
      Meaning(type: .date, dateOrder: .yearMonthDay).value(of: $0).description == $0
    }
    switch (meaning.type, meaning.dateOrder ?? .yearMonthDay) {
    case (.integer, _) where numbers.count == present.count && numbers.allSatisfy { $0.scale == 0 }:
      return name == "charges" ? "SMALLINT" : name == "people" ? "BIGINT" : "INTEGER"
    case (.decimal, _) where numbers.count == present.count:
      return name == "cost" ? "DECIMAL(9, 2)" : "DECIMAL(20, 3)"
    case (.date, .yearMonthDay) where areDays: return "DATE"
    case (.datetime, .yearMonthDay): return SQLTables(words: words).moment
    default: return nil
    }
  }
}
