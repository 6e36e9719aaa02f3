import LineEditing
import Testing

@testable import Shell

@Suite("What is said of a statement that is left", .serialized)
struct LeavableSessionTests {
  /// A session whose first statement is stopped, says some parts and does not end until it is let go.
  private final class HeldSession: ShellSession, @unchecked Sendable {
    static let stopped = ShellResponse.Part.stopped("stopped\n")
    let before: [ShellResponse.Part]
    let release = Bell()
    private var isFirst = true

    init(saying before: [ShellResponse.Part]) { self.before = before }

    func respond(
      to statement: String, on screen: TerminalSize, watch: RunWatch,
      say: (ShellResponse.Part) -> Void
    ) -> Bool {
      defer { isFirst = false }
      guard isFirst else {
        say(.page(statement))
        return false
      }
      for part in before { say(part) }
      Signals.interrupt()
      while !release.wait() {}
      say(.page("too late"))
      return true
    }

    func stopped(_ statement: String, on screen: TerminalSize) -> ShellResponse.Part {
      HeldSession.stopped
    }

    func openConstruct(in text: String) -> String? { nil }
    func completions(of text: String, at cursor: Int) -> [Completion] { [] }
    func form(of text: String) -> QuestionForm? { nil }
    func statement(forHelp question: String, amid pending: String) -> String { question }
  }

  private static func said(_ session: LeavableSession, _ statement: String)
    -> (parts: [ShellResponse.Part], ends: Bool)
  {
    var parts: [ShellResponse.Part] = []
    let ends = session.respond(to: statement, on: .current(), watch: RunWatch()) {
      parts.append($0)
    }
    return (parts, ends)
  }

  @Test(
    "all that was said before, that it was stopped, once, and nothing that comes later",
    arguments: [
      [], [.page("first")], [.page("first"), HeldSession.stopped], [HeldSession.stopped],
    ] as [[ShellResponse.Part]])
  func parts(before: [ShellResponse.Part]) throws {
    let held = HeldSession(saying: before)
    let session = LeavableSession(held)
    let server = try #require(SideThread { session.serve() })
    let first = Self.said(session, "first")
    #expect(first.parts == before.filter { $0 != HeldSession.stopped } + [HeldSession.stopped])
    #expect(!first.ends)
    #expect(!session.isFree)
    held.release.ring()
    #expect(session.settle())
    let second = Self.said(session, "second")
    #expect(second.parts == [.page("second")] && !second.ends)
    session.leave()
    server.join()
  }
}
