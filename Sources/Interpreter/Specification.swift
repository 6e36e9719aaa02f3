import Engine
import Syntax

/// Every word of the language with what is said of it, for editors and other programs.
package struct Specification: Sendable {
  /// A word that a line or a clause may begin with.
  package struct Word: Sendable {
    /// `verb`, `clause`, `definition` or `command`.
    package let kind: String
    package let word: String
    package let usage: String
    package let meaning: String
    /// Words of the clauses that a verb takes.
    package var clauses: [String] = []
    package var examples: [(line: String, shows: String)] = []
    /// Ids of the figures that an answer holds.
    package var figures: [(id: String, meaning: String)] = []
  }

  /// What `set` changes.
  package struct Setting: Sendable {
    package let name: String
    package let meaning: String
    package let form: String
    package let value: String
  }

  package let words: [Word]
  package let functions: [String]
  package let settings: [Setting]
  package let cautions: [CautionCard]
  package let messages: [MessageCard]

  /// Of this version.
  package init() {
    let verbs = Session.vocabularyOfVerbs.signatures.map { signature in
      Word(
        kind: "verb", word: signature.word, usage: signature.usage, meaning: signature.summary,
        clauses: signature.clauses.map(\.rawValue),
        examples: signature.examples.map { ($0.line, $0.shows) }, figures: signature.figures)
    }
    words =
      verbs
      + ClauseWord.allCases.map {
        Word(kind: "clause", word: $0.rawValue, usage: $0.usage, meaning: $0.meaning)
      }
      + DefinitionWord.allCases.map {
        Word(kind: "definition", word: $0.rawValue, usage: $0.usage, meaning: $0.meaning)
      }
      + Session.commands.map {
        Word(kind: "command", word: $0.rawValue, usage: $0.usage, meaning: $0.meaning)
      }
    functions = Function.allCases.map(\.form)
    let standard = Settings()
    settings = Interpreter.Setting.allCases.map {
      Setting(
        name: $0.rawValue, meaning: $0.meaning, form: $0.form, value: $0.value(in: standard))
    }
    cautions = CautionCard.all
    messages = MessageCard.all
  }
}
