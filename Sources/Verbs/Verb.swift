package import Engine
package import Statistics
package import Syntax

/// A word of the language that answers a question: one file each, found by `dev catalogue`.
package protocol Verb: Sendable {
  /// What may stand behind the word; parser, help, completion and the reference pages read it.
  static var signature: Signature { get }

  /// The families of methods that its figures come from; `how` shows them.
  static var families: [MethodFamily] { get }

  /// The ids of the figure that the question is about, the first that an answer holds; `claim`
  /// compares with it.
  static var mainFigures: [String] { get }

  /// Answers a question whose names are resolved. Problems are `Diagnostic`s.
  ///
  /// Ask `Repetition.answer`, which knows what this does not: a form that is answered once for each group.
  static func answer(_ question: Question, _ inquiry: Inquiry) throws -> Answer

  /// Whether this form of the question compares two sides once, so that `by` asks it again of each group.
  static func isAskedOfEach(_ question: Question) -> Bool
}

extension Verb {
  package static var mainFigures: [String] { signature.figures.first.map { [$0.id] } ?? [] }

  package static func isAskedOfEach(_ question: Question) -> Bool { false }
}

/// The verbs there are.
package enum VerbCatalogue {
  package static let vocabulary = Vocabulary(all.map { $0.signature })

  /// The verb of a word, in any case.
  package static func verb(_ word: String) -> (any Verb.Type)? {
    all.first { $0.signature.word == word.lowercased() }
  }
}
