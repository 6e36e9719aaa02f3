/// Tables as the SQL that makes them.
struct SQLTables {
  enum Words {
    case mariaDB, duckDB
  }

  let words: Words

  /// Statements that make a table, each ended by a semicolon.
  ///
  /// - Parameters:
  ///   - columns: names with the types of the database; nothing for texts.
  ///   - rows: the cells as they are written; nothing for NULL.
  func table(_ name: String, _ columns: [(name: String, type: String?)], _ rows: [[String?]])
    -> String
  {
    // What the rows of a table come in the order of.
    let number = words == .mariaDB ? "n_ INT DEFAULT 0 INVISIBLE PRIMARY KEY, " : ""
    let declared = columns.map { quoted($0.name) + " " + ($0.type ?? text) }
    var sql = "CREATE TABLE \(name) (\(number)\(declared.joined(separator: ", ")));\n"
    guard !rows.isEmpty else { return sql }
    let lines = rows.enumerated().map { place, row in
      let cells = row.map { cell in
        cell.map { "'" + $0.replacing("'", with: "''") + "'" } ?? "NULL"
      }
      return "(" + (words == .mariaDB ? "\(place), " : "") + cells.joined(separator: ", ") + ")"
    }
    let names = (words == .mariaDB ? ["n_"] : []) + columns.map { quoted($0.name) }
    sql +=
      "INSERT INTO \(name) (\(names.joined(separator: ", "))) VALUES \(lines.joined(separator: ",\n"));\n"
    return sql
  }

  private var text: String {
    words == .mariaDB ? "VARCHAR(200) COLLATE utf8mb4_general_ci" : "VARCHAR COLLATE NOCASE"
  }

  private func quoted(_ name: String) -> String {
    words == .mariaDB ? "`\(name)`" : "\"\(name)\""
  }

  /// The type that moments have.
  var moment: String { words == .mariaDB ? "DATETIME" : "TIMESTAMP" }
}
