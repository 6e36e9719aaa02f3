import Engine
import Foundation
import Testing

@testable import EngineTests

/// An engine that runs, and what it is held to: one transcript with one output, and the laws of sources.
struct EngineTrial {
  let engine: any TestEngine
  let kind: EngineKind

  /// The transcript, `docket source test`, and the laws.
  func isHeld() throws {
    try engine.load(SameCases.tables)
    try answersAsRecorded()
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

  /// The answers of the transcript are those that are recorded.
  /// - Parameter sources: a folder of sources that are taken before those that were built.
  func answersAsRecorded(sources: String? = nil) throws {
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
  func started() throws -> (any TestEngine)? {
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
