import Columns
import Engine
import Glibc
import SourceServer
import SourceWire
import Synchronization

/// A database of a test: it keeps numbered rows, counts them, and does wrong where it is told to.
final class ServedCases: ServedDatabase {
  static let name = "made"

  struct State {
    var isConnected = true
    var isCancelled = false
    var statements: [String] = []
  }

  let options: ServedOptions
  let state = Mutex(State())

  init(_ options: ServedOptions) { self.options = options }

  static func connect(_ options: ServedOptions) throws -> ServedCases {
    if options["password"] == "wrong" {
      throw WireError(.auth, "the password is wrong", hint: "look it up")
    }
    return ServedCases(options)
  }

  static let tellsState = true

  func state(of dataset: String) -> String? { "0 written" }

  var patience: Int? {
    try? options.patience(ServedWords(options.url, known: ["timeout"]))
  }

  var isConnected: Bool { state.withLock { $0.isConnected } }
  let dialect: any SQLDialect = SQLiteDialect()

  func datasets() throws -> [WireDataset] {
    [WireDataset(name: "cases", fields: [WireField(name: "race", type: .category)], rows: 2500)]
  }

  func consistently<Result>(_ work: () throws -> Result) throws -> Result { try work() }

  func catalogue(of dataset: String) throws -> any SQLCatalogue {
    guard dataset == "cases" else {
      throw WireError(.notFound, "there is no table \(dataset)")
    }
    return Known()
  }

  private struct Known: SQLCatalogue {
    let table = "cases"
    func storage(of column: String) -> SQLStorage? {
      column == "race" ? .text(isASCII: true) : nil
    }
    func has(_ shape: SQLTextShape, column: String, except: [String]) -> Bool { false }
  }

  func cells(of statement: SQLStatement) throws -> [[SQLCell]]? {
    state.withLock { $0.statements.append(statement.text) }
    if statement.text.contains("SUM") { return nil }
    return [[.text("White"), .integer(7)], [.text("Black"), .integer(9_007_199_254_740_993)]]
  }

  func scan(_ fields: [String], of dataset: String, to rows: ServedRows) throws {
    if dataset == "broken" {
      state.withLock { $0.isConnected = false }
      throw WireError(.network, "the connection was cut")
    }
    rows.total = 2500
    for number in 0..<2500 {
      for _ in fields { number % 2 == 0 ? rows.append("Ñ\(number)") : rows.appendMissing() }
      try rows.endRow()
    }
    while dataset == "endless", !state.withLock({ $0.isCancelled }) { usleep(1000) }
    state.withLock { $0.isCancelled = false }
    if dataset == "endless" { throw WireError(.internal, "statement cut off") }
  }

  func values(of field: String, in dataset: String, limit: Int, to rows: ServedRows) throws
    -> Bool
  {
    guard field == "race" else { return false }
    rows.append("Black")
    rows.append(Int64(limit))
    try rows.endRow()
    return true
  }

  func cancel() { state.withLock { $0.isCancelled = true } }
}
