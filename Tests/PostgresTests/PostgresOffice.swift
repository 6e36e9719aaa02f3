import Columns
import Connectors
import Engine
import Foundation
import SourceWire
import Testing

/// The built `docket-source-postgres`, as a session has it.
enum PostgresOffice {
  static var program: PluginFile {
    get throws {
      let built = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "docket-source-postgres").path
      return try #require(PluginFile(path: built))
    }
  }

  /// Opens a URL, with the owner's password unless another is given.
  static func open(_ url: String, password: String = PostgresCluster.password) throws
    -> PluginSource
  {
    var settings = PluginSettings(
      trust: PluginTrust(record: nil, policy: Everyone()), logs: nil)
    settings.limits.start = 20_000
    settings.limits.silence = 60_000
    return try PluginSource(
      program, options: [.init("url", .text(url)), .init("password", .text(password))],
      origin: url, settings: settings)
  }

  /// A database of its own on the shared server, with these tables.
  static func create(_ database: String, _ sql: String) throws -> String {
    let cluster = try PostgresServers.one.get()
    try cluster.sql("DROP DATABASE IF EXISTS \(database) WITH (FORCE)")
    try cluster.sql("CREATE DATABASE \(database)")
    try cluster.sql(sql, database: database)
    return cluster.url(database)
  }
}

/// Every source of a test may run.
private struct Everyone: PluginPolicy {
  var runsPlugins: Bool { true }
  func approves(_ plugin: PluginFile, isChanged: Bool) -> Bool { true }
}

extension PluginSource {
  /// The cells of a column as texts, asked for by a question of its own; the empty one is missing.
  func cells(_ column: String, of table: String = "cases") throws -> [String] {
    beginQuestion()
    let column = try columns([column], of: table, run: UnwatchedRun())[0]
    return (0..<column.rowCount).map { column.texts[column.codes[$0]] }
  }

  /// How many rows of a table fit a condition, by the source itself.
  func count(_ rows: Engine.Predicate = .constant(true), of table: String = "cases") throws
    -> String?
  {
    try tabulate(Tabulation(dataset: table, rows: rows), run: UnwatchedRun())?
      .rows.first?.measures.first?.description
  }

  func field(_ name: String, of table: String = "cases") -> Field {
    .column(
      name: name,
      meaning: Meaning(
        type: declaredType(of: name, in: table) ?? .text, dateOrder: .yearMonthDay))
  }
}
