import Columns
import Connectors
import Engine
import Testing

@testable import EngineTests

/// Three real servers with a distributed table, started here and ended here.
@Suite(
  "ClickHouse, three servers with a distributed table", .serialized,
  .enabled(if: ClickHouseCluster.isInstalled), RunningCluster())
struct ClickHouseTests {
  let cluster: ClickHouseCluster

  init() throws {
    cluster = try #require(ClickHouseCluster.current)
  }

  private func laws(isTyped: Bool) -> SourceLaws {
    SourceLaws { [cluster] cases, body in
      let tables = try ClickHouseCases(cases, in: cluster, isTyped: isTyped)
      defer { tables.drop() }
      let source = try tables.source()
      defer { source.stop() }
      try body(
        try source.datasets().map {
          Dataset(name: $0.name, source: source, table: $0.name, fields: $0.fields)
        })
    }
  }

  @Test("a table made by the cluster is the oracle's", arguments: [true, false])
  func tabulations(isTyped: Bool) throws {
    let tally = try laws(isTyped: isTyped).pushedIsTheOracles(seeds: 0..<20, questions: 60)
    #expect(tally.asked == 1200)
    print(tally)
  }
}
