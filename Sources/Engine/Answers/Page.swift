/// A response that is no answer to a question: help, a card, a list of fields or of datasets.
package struct Page: Sendable {
  /// One piece of a page.
  package enum Block: Sendable {
    case heading(String)
    case paragraph(String)
    /// Terms, each with its words beside it.
    case definitions([Definition])
    case table(AnswerTable)
    /// Lines whose spaces matter: an example, a statement, a plan.
    case preformatted(String)
    /// Markdown that a person wrote into a report.
    case note(String)
  }

  /// A term and the words that belong to it.
  package struct Definition: Hashable, Sendable {
    package let term: String
    package let detail: String

    package init(_ term: String, _ detail: String) {
      self.term = term
      self.detail = detail
    }
  }

  package var title: String?
  package var blocks: [Block]

  package init(title: String? = nil, _ blocks: [Block]) {
    self.title = title
    self.blocks = blocks
  }
}
