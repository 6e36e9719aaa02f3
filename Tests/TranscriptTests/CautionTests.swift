import Diagnostics
import Engine
import Foundation
import Interpreter
import Testing

/// Each caution has a page, and a transcript with an answer that carries it and one that does not.
@Suite struct CautionTests {
  static let ids = Specification().cautions.map(\.id)

  /// What the statements of a caution's transcript are answered with.
  private static func responses(_ id: String) throws -> [Response] {
    let url = TranscriptFile.root.appendingPathComponent("Tests/Transcripts/cautions/\(id).docket")
    let text = try String(contentsOf: url, encoding: .utf8)
    let folder = url.deletingLastPathComponent()
    let words = text.prefix { $0 != "\n" }.split(separator: " ").map(String.init)
    let database =
      words.count == 5 && words[1] == "database"
      ? try ScratchDatabase(named: words[2], from: folder.appendingPathComponent(words[4])) : nil
    let session = Session(directory: (database?.folder ?? folder).path)
    session.goesOnAfterProblems = true
    return withExtendedLifetime(database) { session.respond(to: text).responses }
  }

  @Test("a caution's transcript has an answer with it, and one like it without", arguments: ids)
  func raised(_ id: String) throws {
    let answers = try Self.responses(id).compactMap { response in
      if case .answer(let answer) = response { answer } else { nil }
    }
    let carriers = answers.filter { $0.cautions.contains { $0.id == id } }
    #expect(!carriers.isEmpty, "no answer carries \(id)")
    let verbs = Set(carriers.map(\.verb))
    let others = answers.filter { !$0.cautions.map(\.id).contains(id) && verbs.contains($0.verb) }
    #expect(!others.isEmpty, "every answer of \(verbs.sorted()) carries \(id)")
  }

  @Test("a caution has a page that says what it means and what to do", arguments: ids)
  func page(_ id: String) throws {
    for command in ["limits", "help"] {
      let responses = Session(directory: "/").respond(to: "\(command) \(id)").responses
      guard case .page(let page)? = responses.first else {
        Issue.record("\(command) \(id): \(responses)")
        continue
      }
      #expect(page.title == id)
      #expect(page.blocks.count == 3)
    }
  }

  @Test("every transcript's cautions are among those that have a page")
  func known() throws {
    let known = Set(Self.ids)
    for id in Self.ids {
      for case .answer(let answer) in try Self.responses(id) {
        let strangers = answer.cautions.map(\.id).filter { !known.contains($0) }
        #expect(strangers.isEmpty, "\(answer.question)")
      }
    }
  }
}
