import LineEditing
package import Syntax

/// What `ratio?` asks for, one part after another, to write a question for those who don't know its words.
package struct QuestionForm: Hashable, Sendable {
  /// One part of the question.
  package struct Part: Hashable, Sendable {
    /// What the prompt asks: `of what?`
    package let question: String
    /// What stands before the answer in the line: `vs`.
    package let lead: String
    /// Whether the line can do without it.
    package let isOptional: Bool
  }

  package let verb: String
  package let parts: [Part]

  /// The form of a verb; nothing where its line begins with a figure.
  package init?(_ signature: Signature) {
    guard signature.subjects.contains(.cohort) else { return nil }
    verb = signature.word
    var parts = [Part(question: "of what?", lead: "", isOptional: false)]
    for slot in signature.slots { parts += [QuestionForm.part(slot)].compactMap(\.self) }
    for (word, question) in QuestionForm.clauses where signature.clauses.contains(word) {
      let isOptional = !QuestionForm.isNeeded(word, by: signature.word)
      parts.append(Part(question: question, lead: word.rawValue, isOptional: isOptional))
    }
    self.parts = parts
  }

  private static let clauses: [(ClauseWord, String)] = [
    (.versus, "compared with what?"), (.against, "which guideline?"),
    (.by, "for each of what?"), (.in, "in which time?"),
  ]

  /// Clauses without which the verb says nothing.
  private static func isNeeded(_ word: ClauseWord, by verb: String) -> Bool {
    switch word {
    case .versus: ["ratio", "gap"].contains(verb)
    case .against: true
    case .by: ["rank", "table", "trend"].contains(verb)
    default: false
    }
  }

  private static func part(_ slot: Signature.Slot) -> Part? {
    switch slot {
    case .condition("GROUP", let isRequired):
      Part(question: "which group, such as race=Black?", lead: "", isOptional: !isRequired)
    case .condition("EVENT", let isRequired):
      Part(question: "what happens to them?", lead: "", isOptional: !isRequired)
    case .condition(_, let isRequired):
      Part(question: "which of them, such as race=Black?", lead: "", isOptional: !isRequired)
    case .fields(let least, _):
      Part(question: "which field?", lead: "", isOptional: least == 0)
    case .number(_, let isRequired):
      Part(question: "how many?", lead: "", isOptional: !isRequired)
    case .duration: Part(question: "from which stage to which?", lead: "", isOptional: false)
    case .question: nil
    }
  }

  /// The line with one more part.
  func adding(_ answer: String, for part: Part, to line: String) -> String {
    let words = answer.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.isEmpty
      ? line : ([line, part.lead, words].filter { !$0.isEmpty }).joined(separator: " ")
  }
}

/// Completes the answer to one part as it would be completed in the line.
final class FormGuide: Guide {
  private let session: any ShellSession
  private let lead: String

  init(_ session: any ShellSession, after line: String, _ part: QuestionForm.Part) {
    self.session = session
    lead = line + " " + (part.lead.isEmpty ? "" : part.lead + " ")
  }

  func verdict(on text: String) -> Verdict { .whole }

  func completions(of text: String, at cursor: Int) -> [Completion] {
    let shift = lead.utf8.count
    return session.completions(of: lead + text, at: shift + cursor).compactMap { found in
      guard found.replacing.lowerBound >= shift else { return nil }
      return Completion(
        insert: found.insert, display: found.display, kind: found.kind, detail: found.detail,
        replacing: (found.replacing.lowerBound - shift)..<(found.replacing.upperBound - shift))
    }
  }
}
