import Columns

@testable import ClickHouseTests

/// The cases dealt out to three servers, before which a distributed table stands.
final class ClickHouseServers: TestEngine {
  static let name = "ClickHouse on three servers"
  static let isServer = true
  static let program: String? = "clickhouse"
  static let leastPushed = 40
  static let keepsOrder = false
  private static let database = "every_source"
  private let cluster: ClickHouseCluster

  private init(_ cluster: ClickHouseCluster) {
    self.cluster = cluster
  }

  static func obstacle() -> String? { ClickHouseCluster.obstacle }

  static func start() throws -> ClickHouseServers { ClickHouseServers(try ClickHouseCluster()) }

  var openText: String { "open \"\(cluster.url(ClickHouseServers.database))\" as office" }

  /// The same over HTTPS, with the certificate that the server shows; nothing where none can be made.
  var openTextEncrypted: String? {
    cluster.encrypted.map { encrypted in
      "open \"clickhouses://127.0.0.1:\(encrypted.port)/\(ClickHouseServers.database)"
        + "?ca=\(encrypted.certificate)\" as sealed"
    }
  }

  func load(_ tables: [TestTable]) throws {
    let database = ClickHouseServers.database
    try cluster.everywhere("DROP DATABASE IF EXISTS \(database)")
    try cluster.everywhere("CREATE DATABASE \(database)")
    for table in tables {
      let types = table.fields.map { ClickHouseServers.type(of: $0.type) }
      try cluster.make(
        table.name, in: database,
        columns: Array(zip(table.fields.map(\.name), types)), rows: table.rows)
    }
  }

  func stop() { cluster.stop() }

  private static func type(of type: FieldType) -> String {
    switch type {
    case .integer: "Nullable(Int64)"
    case .decimal: "Nullable(Decimal(18, 4))"
    case .date: "Nullable(Date)"
    case .datetime: "Nullable(DateTime)"
    case .text, .code, .category, .boolean, .real: "Nullable(String)"
    }
  }
}
