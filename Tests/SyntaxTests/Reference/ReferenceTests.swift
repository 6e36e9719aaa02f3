import Foundation
import Syntax
import Testing
import Verbs

/// Pages and files that are written from the words of the language; `swift run dev record` writes them.
@Suite struct ReferenceTests {
  private static let folder = ProjectFolder.top.appendingPathComponent("grammar")

  private static var isRecording: Bool {
    ProcessInfo.processInfo.environment["DOCKET_RECORD"] == "1"
  }

  private func hold(_ text: String, at path: String) throws {
    let url = Self.folder.appendingPathComponent(path)
    if Self.isRecording {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: url, atomically: true, encoding: .utf8)
    }
    let written = try? String(contentsOf: url, encoding: .utf8)
    #expect(written == text, "grammar/\(path) is not what the words say today")
  }

  @Test(
    "each verb has the page that its signature writes",
    arguments: VerbCatalogue.vocabulary.signatures.map(\.word))
  func verbPages(_ word: String) throws {
    let signature = try #require(VerbCatalogue.vocabulary.signature(of: word))
    try hold(VerbPage.text(of: signature), at: "verbs/\(word).md")
  }

  @Test("the tables of contents name every verb and every clause")
  func indexes() throws {
    try hold(WordIndex.verbs(VerbCatalogue.vocabulary), at: "verbs/README.md")
    try hold(WordIndex.clauses(VerbCatalogue.vocabulary), at: "clauses.md")
  }

  @Test("no page is left of a verb that is gone")
  func noOtherPages() throws {
    let pages = try FileManager.default.contentsOfDirectory(
      atPath: Self.folder.appendingPathComponent("verbs").path)
    let words = Set(VerbCatalogue.vocabulary.signatures.map { "\($0.word).md" } + ["README.md"])
    #expect(Set(pages.filter { $0.hasSuffix(".md") }).subtracting(words).isEmpty)
  }

  @Test("each editor has the words of today", arguments: EditorFile.allCases)
  func editorFiles(_ file: EditorFile) throws {
    let words = KeywordList(.docket, VerbCatalogue.vocabulary)
    try hold(file.text(words), at: "editors/\(file.rawValue)")
  }

  @Test("the file for TextMate is JSON, and its patterns are regular expressions")
  func textMateIsRead() throws {
    struct File: Decodable {
      struct Pattern: Decodable {
        let name: String
        let match: String
      }
      let patterns: [Pattern]
    }
    let text = EditorFile.textMate.text(KeywordList(.docket, VerbCatalogue.vocabulary))
    let file = try JSONDecoder().decode(File.self, from: Data(text.utf8))
    for pattern in file.patterns { _ = try NSRegularExpression(pattern: pattern.match) }
    let verbs = try #require(file.patterns.first { $0.name.contains("verb") })
    let expression = try NSRegularExpression(pattern: verbs.match)
    func count(_ line: String) -> Int {
      expression.numberOfMatches(
        in: line, range: NSRange(location: 0, length: line.utf16.count))
    }
    #expect(count("COUNT drug") == 1 && count("list-count drug") == 0 && count("counts") == 0)
  }
}
