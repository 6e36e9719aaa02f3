import Diagnostics
package import Interpreter
package import LineEditing
package import Rendering
import Syntax

/// The interpreter's session as the prompt sees it, with its answers drawn for the screen.
package final class InterpretedSession: ShellSession {
  /// Completions whose meaning is told beside them; in a longer list the words stand alone.
  private static let longestListWithMeanings = 8
  /// Seconds that looking up the values of a field may take.
  private static let longestLookUp = 3.0

  private let session: Session
  private let renderer: Renderer
  private let follow: (RunWatch) -> Void

  /// A session at the prompt; `follow` lets the watch of the next question reach its sources.
  package init(
    _ session: Session, renderer: Renderer, following follow: @escaping (RunWatch) -> Void
  ) {
    self.session = session
    self.renderer = renderer
    self.follow = follow
  }

  package func openConstruct(in text: String) -> String? {
    Completeness.open(in: text)
  }

  package func respond(
    to statement: String, on screen: TerminalSize, watch: RunWatch,
    say: (ShellResponse.Part) -> Void
  ) -> Bool {
    follow(watch)
    let renderer = renderer(on: screen)
    let source = SourceText(statement)
    var ends = false
    _ = session.respond(to: statement) { response in
      switch response {
      case .answer(let answer): say(.page(renderer.render(answer)))
      case .page(let page): say(.page(renderer.render(page)))
      case .notice(let text): say(.words(text + "\n"))
      case .problem(let problem), .failed(let problem):
        let words = renderer.render([problem], in: source)
        say(problem.id == Session.stoppedID ? .stopped(words) : .words(words))
      case .farewell: ends = true
      }
    }
    session.keepColumns(aside: true)
    return ends
  }

  package func stopped(_ statement: String, on screen: TerminalSize) -> ShellResponse.Part {
    let (problem, source) = Session.stopped(statement)
    return .stopped(renderer(on: screen).render([problem], in: source))
  }

  private func renderer(on screen: TerminalSize) -> Renderer {
    var renderer = renderer
    renderer.style.width = screen.columns
    return renderer
  }

  package func form(of text: String) -> QuestionForm? {
    guard text.last == "?" else { return nil }
    return session.vocabulary.signature(of: String(text.dropLast())).flatMap { QuestionForm($0) }
  }

  /// `help` alone is about the word that the open statement begins with.
  package func statement(forHelp question: String, amid pending: String) -> String {
    let word = pending.split(whereSeparator: \.isWhitespace).first.map(String.init)
    return question == "help" ? "help " + (word ?? "") : question
  }

  package func completions(of text: String, at cursor: Int) -> [Completion] {
    // Values are read from the data, which must not hold up the keyboard for long.
    follow(RunWatch(seconds: Self.longestLookUp))
    let (start, candidates) = Completer(session).candidates(in: text, at: cursor)
    let tellsMeanings = candidates.count <= Self.longestListWithMeanings
    return candidates.map { candidate in
      let isCounted = candidate.kind == .value
      let hasMeaning = tellsMeanings && !candidate.detail.isEmpty
      let goesOn = candidates.count == 1 && !isCounted && candidate.kind != .field
      return Completion(
        insert: candidate.text + (goesOn ? " " : ""), display: candidate.text,
        kind: candidate.kind.rawValue + "s",
        detail: isCounted ? candidate.detail : hasMeaning ? "— " + candidate.detail : "",
        replacing: start..<cursor)
    }
  }
}
