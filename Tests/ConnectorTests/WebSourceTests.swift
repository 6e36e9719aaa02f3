import Connectors
import Engine
import Foundation
import Testing

@Suite("Files at web addresses")
struct WebSourceTests {
  private func open(
    _ address: String, _ folder: ScratchFolder, limit: Int = 1 << 24,
    run: any RunMonitor = UnwatchedRun()
  ) throws -> WebSource {
    try WebSource(address: address, cacheFolder: folder.path + "/cache", limit: limit, run: run) {
      try SourceCatalogue.open($0, relativeTo: "/")
    }
  }

  private func problem(_ body: () throws -> Void) -> SourceProblem? {
    do {
      try body()
      return nil
    } catch {
      return error as? SourceProblem
    }
  }

  private static func server() -> LoopbackServer {
    LoopbackServer { path, request in
      switch path {
      case "cases.csv" where request.contains("If-None-Match: \"v1\""):
        .init(status: "304 Not Modified", headers: ["ETag: \"v1\""])
      case "cases.csv": .init(headers: ["ETag: \"v1\""], body: Array("id\n1\n2\n".utf8))
      case "new.csv.zst": .init(body: Packer.zstandard(Array("id\n9\n".utf8)))
      case "api?key=secret":
        .init(
          headers: ["Content-Type: application/json; charset=utf-8"],
          body: Array("[{\"a\":1}]".utf8))
      case "moved": .init(status: "302 Found", headers: ["Location: /cases.csv"])
      case "local": .init(status: "302 Found", headers: ["Location: file:///etc/hostname"])
      case "loop": .init(status: "302 Found", headers: ["Location: /loop"])
      case "page": .init(headers: ["Content-Type: text/html"], body: Array("<html>".utf8))
      case "locked.csv": .init(status: "403 Forbidden")
      case "large.csv": .init(body: Array(repeating: 65, count: 3 << 20))
      case "chunks.csv":
        .init(
          headers: ["Transfer-Encoding: chunked"],
          body: Array("200000\r\n".utf8) + Array(repeating: 65, count: 0x20_0000)
            + Array("\r\n0\r\n\r\n".utf8))
      default: .init(status: "404 Not Found")
      }
    }
  }

  @Test("A file is fetched once and asked for again by its ETag")
  func entityTags() throws {
    let server = Self.server()
    defer { server.stop() }
    let folder = try ScratchFolder()
    let first = try open(server.url("cases.csv"), folder)
    #expect(try first.cells() == ["id": ["1", "2"]])
    let second = try open(server.url("cases.csv"), folder)
    #expect(try second.cells() == ["id": ["1", "2"]])
    #expect(try second.notes() == ["it has not changed since it was last fetched"])
    #expect(server.requests.count == 2)
    #expect(!server.requests[0].contains("If-None-Match"))
    #expect(server.requests[1].contains("If-None-Match: \"v1\""))
    #expect(try first.fingerprint(of: "x") == second.fingerprint(of: "x"))
  }

  @Test("Copies are for their owner alone; a fetch that fails leaves nothing")
  func copies() throws {
    let server = Self.server()
    defer { server.stop() }
    let folder = try ScratchFolder()
    _ = try open(server.url("cases.csv"), folder)
    let nowhere = try ScratchFolder()
    _ = problem { _ = try open(server.url("nothing.csv"), nowhere) }
    #expect(problem { _ = try open("http://127.0.0.1:1/x.csv", nowhere) }?.kind == .network)
    #expect(!FileManager.default.fileExists(atPath: nowhere.path + "/cache"))
    let cache = folder.path + "/cache"
    let names = try FileManager.default.contentsOfDirectory(atPath: cache)
    #expect(names.count == 2 && !names.contains { $0.hasPrefix("fetch-") })
    for name in names {
      let mode =
        try FileManager.default.attributesOfItem(atPath: cache + "/" + name)[
          .posixPermissions] as? Int
      #expect(mode == 0o600)
    }
  }

  @Test("The kind of file is told by the address, else by the media type; redirects are followed")
  func kinds() throws {
    let server = Self.server()
    defer { server.stop() }
    let folder = try ScratchFolder()
    #expect(try open(server.url("new.csv.zst"), folder).cells() == ["id": ["9"]])
    let api = try open(server.url("api?key=secret"), folder)
    #expect(try api.cells() == ["a": ["1"]])
    #expect(!api.origin.contains("secret"))
    #expect(problem { _ = try open(server.url("page"), folder) }?.kind == .unreadable)
  }

  @Test("Refusals, missing files, loops and other protocols are errors in plain words")
  func faults() throws {
    let server = Self.server()
    defer { server.stop() }
    let folder = try ScratchFolder()
    #expect(problem { _ = try open(server.url("locked.csv"), folder) }?.kind == .refused)
    #expect(problem { _ = try open(server.url("nothing.csv"), folder) }?.kind == .notFound)
    #expect(problem { _ = try open(server.url("loop"), folder) }?.kind == .network)
    #expect(problem { _ = try open(server.url("local"), folder) }?.kind == .network)
    let secret = problem { _ = try open("http://me:pass@127.0.0.1:1/x.csv?key=k", folder) }
    #expect(secret?.kind == .network)
    #expect(secret?.message.contains("pass") == false && secret?.message.contains("key") == false)
  }

  @Test("More than the limit is not let come, whether its length is said or not")
  func limits() throws {
    let server = Self.server()
    defer { server.stop() }
    let folder = try ScratchFolder()
    for path in ["large.csv", "chunks.csv"] {
      let problem = self.problem { _ = try open(server.url(path), folder, limit: 1 << 20) }
      #expect(problem?.kind == .limit)
    }
    #expect(try open(server.url("large.csv"), folder).datasets().count == 1)
  }

  @Test("Where the server is gone the copy is read and the report says so")
  func unreachable() throws {
    let folder = try ScratchFolder()
    let server = Self.server()
    let address = server.url("cases.csv")
    _ = try open(address, folder)
    server.stop()
    while (try? open(address, folder).notes())?.first?.contains("has not changed") == true {
      usleep(10_000)
    }
    let copy = try open(address, folder)
    #expect(try copy.cells() == ["id": ["1", "2"]])
    #expect(try copy.notes()[0].hasSuffix("the copy of an earlier fetch is read"))
  }

  @Test("A fetch can be stopped")
  func cancelled() throws {
    struct Stopped: RunMonitor {
      var isCancelled: Bool { true }
      func advance(done: Int, of total: Int) {}
    }
    let server = Self.server()
    defer { server.stop() }
    let folder = try ScratchFolder()
    let problem = self.problem {
      _ = try open(server.url("large.csv"), folder, run: Stopped())
    }
    #expect(problem?.kind == .cancelled)
  }
}
