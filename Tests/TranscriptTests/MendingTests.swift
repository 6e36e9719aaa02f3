import Engine
import Foundation
import Interpreter
import Testing

/// `fix` asks the statement with the problem again, and nothing else of the text it stood in.
@Suite struct MendingTests {
  @Test("of a text of several statements only the one with the problem is mended")
  func several() throws {
    let session = Session(
      directory: TranscriptFile.root.appendingPathComponent("examples/data").path)
    session.goesOnAfterProblems = true
    _ = session.respond(to: "run \"office.docket\"")
    _ = session.respond(to: "count buybust\ncount dru\n")
    let responses = session.respond(to: "fix").responses
    guard case .notice(let line)? = responses.first, case .answer(let answer)? = responses.last
    else {
      Issue.record("\(responses)")
      return
    }
    #expect(line == "count drug")
    #expect(answer.question == "count drug")
    #expect(responses.count == 2)
  }

  @Test("a problem of reading is mended in its own statement too")
  func unread() throws {
    let session = Session(directory: "/")
    session.goesOnAfterProblems = true
    _ = session.respond(to: "share 1 of 2\nshar 3 of 4\n")
    let responses = session.respond(to: "fix").responses
    guard case .notice(let line)? = responses.first else {
      Issue.record("\(responses)")
      return
    }
    #expect(line == "share 3 of 4")
  }
}
