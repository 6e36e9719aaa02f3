import Engine
import Foundation
import Testing

@testable import EngineTests

/// A question is the same wherever the cases live: one transcript, one recorded output.
@Suite("One transcript and the laws of sources, on every engine", .serialized)
struct EverySourceTests {
  @Test("answers, byte for byte", arguments: EngineKind.all)
  func engine(_ kind: EngineKind) throws {
    guard let engine = try kind.started() else { return }
    defer { engine.stop() }
    try engine.load(SameCases.tables)
    try holds(engine, kind)
    try SourceTestCommand(engine).passes()
    let laws = SourceLaws(keepsOrder: kind.type.keepsOrder) { cases, body in
      if cases.rows.isEmpty, kind.type.needsRows { return }
      try engine.load(TestTable.tables(of: cases))
      try body(try EngineSession(engine).datasets)
    }
    try laws.columnsHoldTheCells(seeds: 500..<510)
    // Those that answer nothing by themselves are asked as much of what was read.
    guard kind.type.leastPushed > 0 else {
      return try laws.scannedIsTheOracles(seeds: 600..<642, questions: 50)
    }
    try laws.scannedIsTheOracles(seeds: 600..<610, questions: 20)
    let tally = try laws.pushedIsTheOracles(seeds: 0..<42, questions: 50)
    #expect(tally.asked >= 2000)
    let share = tally.pushed * 100 / max(1, tally.asked)
    #expect(
      share >= kind.type.leastPushed, "\(kind.testDescription) answered \(share) of 100 by itself")
    #expect(
      tally.linked > 50 || !kind.type.followsLinks,
      "\(kind.testDescription) followed \(tally.linked) links by itself")
  }

  @Test(
    "with a clock that is a year ahead or behind, all answer as with one",
    arguments: SkewedClock.allCases)
  func skewed(_ clock: SkewedClock) throws {
    guard let started = try clock.started() else { return }
    defer { started.engine.stop() }
    try started.engine.load(SameCases.tables)
    try holds(started.engine, started.kind, sources: started.sources)
    // A certificate is of some days; where it seems to be of others, the clocks are named.
    guard let servers = started.engine as? ClickHouseServers, let open = servers.openTextEncrypted
    else { return }
    let said = try EngineSession(servers, sources: started.sources).output(of: open)
    #expect(said.contains("can't be trusted") && said.contains("clocks"), "\(said)")
    #expect(try EngineSession(servers).output(of: open).contains("sealed.cases: 14 fields"))
  }

  /// - Parameter sources: a folder of sources that are taken before those that were built.
  private func holds(_ engine: any TestEngine, _ kind: EngineKind, sources: String? = nil) throws {
    let file = EngineSession.root.appending(path: "Tests/EverySourceTests/every-source.docket")
    let text = try String(contentsOf: file, encoding: .utf8)
    let today = try EngineSession(engine, sources: sources).replayed(text)
    if today == text { return }
    // The first engine records; all others are held to it.
    let records = ProcessInfo.processInfo.environment["DOCKET_RECORD"] == "1"
    if records, kind.type == TestEngines.all.first {
      try today.write(to: file, atomically: true, encoding: .utf8)
      return
    }
    let before = text.components(separatedBy: "\n")
    let changes = today.components(separatedBy: "\n").difference(from: before)
    let lines = changes.prefix(40).map { change in
      switch change {
      case .remove(let offset, let line, _): "  line \(offset + 1) - \(line)"
      case .insert(let offset, let line, _): "  line \(offset + 1) + \(line)"
      }
    }
    Issue.record(
      "\(kind.testDescription) answers otherwise:\n\(lines.joined(separator: "\n"))")
  }
}

extension EngineKind {
  /// The engine, running; nothing where it can't run here, which is said, and is a failure where
  /// every engine is due.
  fileprivate func started() throws -> (any TestEngine)? {
    guard let obstacle = type.obstacle() else { return try type.start() }
    isNotTried(obstacle)
    return nil
  }

  /// Says that it can't run here.
  func isNotTried(_ obstacle: String) {
    print("not tried on \(type.name): \(obstacle)")
    if EngineKind.areDue {
      Issue.record("\(type.name) can't run here: \(obstacle)")
    }
  }
}
