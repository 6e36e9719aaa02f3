import Foundation
import Testing

@testable import bench

@Suite("Answers on one core and on many")
struct ThreadTests {
  private static let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "docket").path

  /// The suite, and what shows more of the rows: means, sums, rows themselves.
  private static let questions =
    Question.suite.flatMap { $0.setting + [$0.docket] } + [
      "average cases cost by race", "count cases id=? by month",
      "total cases cost by neighborhood top 20", "table cases by agency, disposition",
      "list cases age>=90 id, date, cost limit 50",
      "sample cases 25 seed 7", "rank cases by neighborhood top 5",
      "median cases days by method, sex",
    ]

  @Test("the whole suite is answered byte for byte alike, however many threads work on it")
  func alike() throws {
    let folder = try TemporaryFolder()
    // Four segments, and far more rows than one thread is given.
    let file = try CaseFile(rows: 200_000, in: folder.path)
    func answers(_ threads: Int) throws -> [String] {
      let docket = Docket(path: ThreadTests.program, folder: folder.path, threads: threads)
      let run = try docket.ask(ThreadTests.questions, of: file, cache: "off")
      return Docket.answers(in: run.output)
    }
    let alone = try answers(1)
    #expect(alone.count >= Question.suite.count + 8)
    for threads in [2, 3, 8] {
      let several = try answers(threads)
      #expect(several.count == alone.count)
      for (one, other) in zip(alone, several) {
        #expect(one == other, "\(threads) threads: \(one.prefix(200))")
      }
    }
  }
}
