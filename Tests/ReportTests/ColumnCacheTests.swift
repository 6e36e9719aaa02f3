import Foundation
import Testing

/// Copies of columns, as the command line keeps them.
@Suite struct ColumnCacheTests {
  private let folder: ScriptFolder

  init() throws {
    folder = try ScriptFolder()
    // Large enough to be kept, and left alone for long enough.
    let rows = (0..<1000).map { "\($0),\($0 % 3 == 0 ? "Black" : "White"),filed in the county\n" }
    try folder.write(
      "case,race,outcome\n" + String(repeating: rows.joined(), count: 300), to: "large.csv")
    Thread.sleep(forTimeInterval: 2.2)
  }

  private func ask(
    _ options: [String] = [], environment: [String: String] = [:], after first: String = ":"
  ) throws -> String {
    let run = try Program.run(
      options + ["-c", "count large by race", "large.csv"], in: folder.path,
      environment: environment, after: first)
    #expect(run.code == 0 && run.errors.isEmpty, "\(run)")
    return run.output
  }

  private func copies(in cache: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: cache + "/docket/columns")) ?? []
  }

  @Test("whatever befalls the folder of the copies, the answer is the same")
  func safety() throws {
    let answer = try ask(["--set", "cache=off"])
    #expect(answer.contains("100,200"))
    let home = folder.path + "/.cache"
    #expect(copies(in: home).isEmpty)
    // Kept in the home folder, and read from there.
    for _ in 0..<2 { #expect(try ask() == answer) }
    #expect(copies(in: home).count == 2)
    let doctor = try Program.run(["doctor"], in: folder.path)
    #expect(doctor.output.contains("\(home)/docket, columns: "))
    // No home, no folder to write in, no folder at all, and files that may not be large.
    #expect(try ask(environment: ["HOME": ""]) == answer)
    #expect(try ask(environment: ["XDG_CACHE_HOME": "/proc/none"]) == answer)
    #expect(try ask(environment: ["XDG_CACHE_HOME": folder.path + "/large.csv"]) == answer)
    let other = folder.path + "/other"
    for _ in 0..<2 {
      #expect(try ask(environment: ["XDG_CACHE_HOME": other], after: "ulimit -f 16") == answer)
    }
    // Of what was begun nothing is left but the rows, which fit.
    #expect(copies(in: other).allSatisfy { $0.hasSuffix("-rows.column") })
  }
}
