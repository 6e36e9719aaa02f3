import ArgumentParser
import Foundation
import Testing

@testable import bench

@Suite("The files that are asked about")
struct CaseFileTests {
  /// FNV-1a, 64 bits.
  private func checksum(_ data: Data) -> UInt64 {
    data.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }

  @Test("the same rows on every machine")
  func deterministic() {
    #expect(checksum(CaseFile.text(rows: 5000, of: 10_000_000)) == 0x8A66_A0DC_C4A8_BA34)
  }

  @Test("more rows begin with the same rows, however many are made at once")
  func prefix() throws {
    let folder = try TemporaryFolder()
    let file = try CaseFile(rows: 4500, in: folder.path)
    let written = try Data(contentsOf: URL(filePath: file.path))
    #expect(written == CaseFile.text(rows: 4500, of: 4500))
    #expect(written.starts(with: CaseFile.text(rows: 1000, of: 4500)))
  }

  @Test("every row has twelve fields")
  func fields() {
    let text = String(decoding: CaseFile.text(rows: 2000, of: 1_000_000), as: UTF8.self)
    let lines = text.split(separator: "\n")
    #expect(lines.count == 2001)
    for line in lines {
      // Every other piece between quotes is inside them.
      let outside = line.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset.isMultiple(of: 2) }.map(\.element).joined()
      #expect(outside.count { $0 == "," } == 11)
    }
  }

  @Test("a file of another generator is written anew")
  func stale() throws {
    let folder = try TemporaryFolder()
    let path = try CaseFile(rows: 100, in: folder.path).path
    try Data("id,race\n1,Black\n".utf8).write(to: URL(filePath: path))
    let file = try CaseFile(rows: 100, in: folder.path)
    #expect(try Data(contentsOf: URL(filePath: file.path)) == CaseFile.text(rows: 100, of: 100))
  }

  @Test("the quoted file holds what its writer counted")
  func quoted() throws {
    let folder = try TemporaryFolder()
    let quoted = try QuotedFile(rows: 1000, in: folder.path)
    let text = try String(contentsOfFile: quoted.file.path, encoding: .utf8)
    #expect(text.count { $0 == "\n" } > 4000)
    for row in quoted.figures.rows {
      guard case .text(let outcome) = row[0], case .number(let count) = row[1] else {
        Issue.record("\(row) is no outcome and a number")
        continue
      }
      let ending = ",\"\(outcome.replacing("\"", with: "\"\""))\"\n"
      #expect(text.ranges(of: ending).count == Int(count))
    }
  }

  @Test(
    "sizes are written as people write them",
    arguments: [("100k,1m", [100_000, 1_000_000]), ("7", [7])])
  func sizes(text: String, rows: [Int]) throws {
    #expect(try RowCount.list(text) == rows)
  }

  @Test(
    "what is no size is refused",
    arguments: ["", "1k,", "many", "k", "99999999999999999999", "9223372036854775807m"])
  func wrongSizes(text: String) {
    #expect(throws: ValidationError.self) { try RowCount.list(text) }
  }
}

/// A folder that is there as long as its test.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "docket-bench-tests-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
