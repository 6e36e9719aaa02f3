import Columns
import Connectors
import Engine
import Foundation
import SourceWire
import Testing

@testable import EngineTests

/// Tables of random cases in a database of their own: the rows are dealt out to the servers, and a
/// distributed table stands before them.
struct ClickHouseCases {
  let cluster: ClickHouseCluster
  let database: String

  /// - Parameter isTyped: whether columns have the types of the server, or all are texts.
  init(_ cases: RandomCases, in cluster: ClickHouseCluster, isTyped: Bool) throws {
    self.cluster = cluster
    database = "d" + UUID().uuidString.filter { $0 != "-" }.lowercased()
    try cluster.everywhere("CREATE DATABASE \(database)")
    let types = cases.columns.indices.map { column in
      isTyped
        ? ClickHouseCases.type(
          of: cases.columns[column].meaning, cases.columns[column].name,
          cells: cases.rows.map { $0[column] })
        : "Nullable(String)"
    }
    let rows = cases.rows.enumerated().map { number, row in
      zip(row, types).map { ClickHouseCases.cell($0, $1, isNull: number % 2 == 0) }
    }
    try cluster.make(
      "cases", in: database, columns: Array(zip(cases.columns.map(\.name), types)), rows: rows)
    try cluster.make(
      RandomCases.places, in: database,
      columns: RandomCases.placeColumns.map { ($0.name, "Nullable(String)") },
      rows: cases.placeRows.map { $0.map { $0.isEmpty ? nil : $0 } })
  }

  func drop() { try? cluster.everywhere("DROP DATABASE \(database)") }

  private static func type(of meaning: Meaning, _ name: String, cells: [String]) -> String {
    let present = cells.filter { !$0.isEmpty }
    let areNumbers = present.allSatisfy { Decimal(plain: $0) != nil }
    switch (meaning.type, meaning.dateOrder ?? .yearMonthDay) {
    case (.integer, _) where areNumbers:
      let isWhole = present.allSatisfy { Decimal(plain: $0)?.scale == 0 }
      guard isWhole else { return "Nullable(String)" }
      return name == "charges" ? "UInt8" : name == "people" ? "Nullable(UInt64)" : "Nullable(Int16)"
    case (.decimal, _) where areNumbers:
      return name == "cost" ? "Nullable(Decimal(9, 2))" : "Nullable(Decimal(18, 3))"
    // Dates before 1970 and those that no calendar has are texts.
    case (.date, .yearMonthDay) where name == "received": return "Date"
    case (.datetime, .yearMonthDay): return "Nullable(DateTime)"
    case (.boolean, _): return "Enum8('' = 0, 'Y' = 1, 'N' = 2, '?' = 3)"
    case (.category, _) where name == "Case Type": return "String"
    default: return "Nullable(String)"
    }
  }

  private static func cell(_ text: String, _ type: String, isNull: Bool) -> String? {
    guard text.isEmpty else { return text }
    if type == "Date" { return "0000-00-00" }
    return type.hasPrefix("Nullable") && (isNull || type != "Nullable(String)") ? nil : ""
  }

  func source(_ options: String = "") throws -> PluginSource {
    try ClickHouseSource.open(cluster.url(database, options: options))
  }
}

/// The program under test, run as a session runs it.
enum ClickHouseSource {
  static var plugin: PluginFile {
    get throws {
      let path = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "docket-source-clickhouse").path
      return try #require(PluginFile(path: path))
    }
  }

  static var settings: PluginSettings {
    PluginSettings(
      trust: PluginTrust(record: nil, policy: Trusting()),
      logs: ProcessInfo.processInfo.environment["DOCKET_SOURCE_LOGS"])
  }

  static func open(
    _ url: String, options: [WireJSON.Member] = [], run: any RunMonitor = UnwatchedRun()
  ) throws -> PluginSource {
    return try PluginSource(
      plugin, options: [.init("url", .text(url))] + options, origin: url, settings: settings,
      run: run)
  }

  private struct Trusting: PluginPolicy {
    var runsPlugins: Bool { true }
    func approves(_ plugin: PluginFile, isChanged: Bool) -> Bool { true }
  }
}
