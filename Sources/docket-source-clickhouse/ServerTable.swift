internal import Columns
internal import Engine
internal import SourceWire

/// One table: its columns, and what was found out about its cells as long as it stays as it is.
final class ServerTable {
  struct Column: Hashable {
    let name: String
    let written: String
    let comment: String

    var type: ColumnType { ColumnType(written) }
  }

  /// Where its rows are.
  enum Kind: Hashable {
    /// Here, in parts that the server lists.
    case parts
    /// At the servers of a cluster.
    case distributed
    /// Wherever it takes them from.
    case view
    /// In a kind of storage that says nothing of them.
    case other
  }

  /// What was looked for in a column.
  enum Look: Hashable {
    case storage(String)
    case shape(SQLTextShape, column: String, exceptions: [String])
    /// A value in the words of the server.
    case repeats(of: String)
  }

  /// What was found.
  enum Finding: Hashable {
    case storage(SQLStorage?)
    case shape(Bool)
    case repeats(Bool)
  }

  let name: String
  /// The table with its database, quoted.
  let quoted: String
  let kind: Kind
  /// Whether its rows are sent in the order of all of its columns.
  var isSorted = false
  let columns: [Column]
  private(set) var findings: [Look: Finding] = [:]
  /// The state of the data that the findings belong to; nothing where it can't be told.
  var state: String?

  init(name: String, quoted: String, kind: Kind, columns: [Column]) {
    self.name = name
    self.quoted = quoted
    self.kind = kind
    self.columns = columns
  }

  func column(_ name: String) -> Column? { columns.first { $0.name == name } }

  func forget() { findings = [:] }

  func finding(_ look: Look, _ find: () throws -> Finding) rethrows -> Finding {
    if let known = findings[look] { return known }
    let found = try find()
    findings[look] = found
    return found
  }

  /// The columns that can be shown, as the wire describes them.
  var fields: [WireField] {
    columns.compactMap { column in
      column.type.wire.map {
        WireField(
          name: column.name, type: $0, label: column.comment.isEmpty ? nil : column.comment)
      }
    }
  }

  /// Rows that are alike in every column can stand in for one another, so that this is one order.
  func order(_ dialect: ClickHouseDialect) -> String {
    columns.filter { $0.type.wire != nil }.map { dialect.quoted($0.name) }.joined(separator: ", ")
  }

  // MARK: Cells as they are shown

  /// A column as it is read: text for everything that is none of the server's plain types.
  func expression(of column: Column, _ dialect: ClickHouseDialect) -> SQLFragment {
    let name = SQLFragment(quoted: dialect.quoted(column.name))
    switch column.type.kind {
    case .word, .code, .other, .boolean: return "toString(\(name))"
    case .fixedText: return "toStringCutToZero(\(name))"
    case .moment(let zone):
      let text: SQLFragment = "toString(\(name), \(SQLFragment(.text(zone ?? dialect.zone))))"
      return dialect.zeroIsNoDay ? "if(toUInt32(\(name)) = 0, NULL, \(text))" : text
    case .integer, .decimal, .real, .text, .day, .opaque: return name
    }
  }
}

extension SQLFragment {
  /// The text of a piece in which nothing is bound.
  func text(in dialect: ClickHouseDialect) -> String { written(in: dialect).text }
}
