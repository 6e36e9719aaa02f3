import Testing

/// A question is the same wherever the cases live: one transcript, one recorded output.
///
/// One server and one engine without a server are tried at a time: the one waits much, the other computes.
@Suite("One transcript and the laws of sources, on every engine")
struct EverySourceTests {
  @Suite("without a server", .serialized)
  struct Alone {
    @Test("answers, byte for byte", arguments: EngineKind.alone)
    func engine(_ kind: EngineKind) throws { try EverySourceTests.tried(kind) }
  }

  @Suite("servers", .serialized)
  struct Servers {
    @Test("answers, byte for byte", arguments: EngineKind.servers)
    func engine(_ kind: EngineKind) throws { try EverySourceTests.tried(kind) }

    @Test(
      "with a clock that is a year ahead or behind, all answer as with one",
      arguments: SkewedClock.allCases)
    func skewed(_ clock: SkewedClock) throws {
      guard let started = try clock.started() else { return }
      defer { started.engine.stop() }
      try started.engine.load(SameCases.tables)
      try EngineTrial(engine: started.engine, kind: started.kind)
        .answersAsRecorded(sources: started.sources)
      // A certificate is of some days; where it seems to be of others, the clocks are named.
      guard let servers = started.engine as? ClickHouseServers, let open = servers.openTextEncrypted
      else { return }
      let said = try EngineSession(servers, sources: started.sources).output(of: open)
      #expect(said.contains("can't be trusted") && said.contains("clocks"), "\(said)")
      #expect(try EngineSession(servers).output(of: open).contains("sealed.cases: 14 fields"))
    }
  }

  private static func tried(_ kind: EngineKind) throws {
    guard let engine = try kind.started() else { return }
    defer { engine.stop() }
    try EngineTrial(engine: engine, kind: kind).isHeld()
  }
}
