/// The words a session knows: the signatures of its verbs.
package struct Vocabulary: Sendable {
  package let signatures: [Signature]
  private let byWord: [String: Signature]

  package init(_ signatures: [Signature]) {
    self.signatures = signatures
    byWord = Dictionary(
      signatures.map { ($0.word, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// verb = ? a word that has a page in grammar/verbs ? ;
  package func signature(of word: String) -> Signature? { byWord[word.lowercased()] }

  /// Every word that may begin a statement.
  package var statementWords: [String] {
    signatures.map(\.word) + DefinitionWord.allCases.map(\.rawValue)
      + CommandWord.allCases.map(\.rawValue)
  }
}

/// Words that begin a definition.
package enum DefinitionWord: String, CaseIterable, Sendable {
  case open, card, cohort, population, field, link, stages, guideline, `let`, param, set

  package var usage: String {
    switch self {
    case .open: "open \"FILE\" [as NAME]"
    case .card: "card DATASET … end"
    case .cohort: "cohort NAME = BASE [where CONDITION] [first|last [by FIELD] per FIELD]"
    case .population: "population NAME from \"FILE\" [weight=FIELD place=\"…\" year=N …]"
    case .field: "field NAME of DATASET = EXPRESSION"
    case .link: "link DATASET.FIELD to DATASET.FIELD"
    case .stages: "stages of DATASET … end"
    case .guideline: "guideline NAME [since DATE] … end"
    case .let: "let NAME = VALUE"
    case .param: "param NAME = VALUE"
    case .set: "set NAME VALUE"
    }
  }

  package var meaning: String {
    switch self {
    case .open: "read a file or a database"
    case .card: "say what the rows of a dataset are"
    case .cohort: "name a group of rows"
    case .population: "name a population to compare with"
    case .field: "work out a new field"
    case .link: "find each row's one row in another dataset"
    case .stages: "name the stages that a case goes through"
    case .guideline: "write down a guideline that cases can be held against"
    case .let: "name a figure"
    case .param: "name a value that a script is run with"
    case .set: "change a setting"
    }
  }
}

/// Words that begin a session command.
package enum CommandWord: String, CaseIterable, Sendable {
  case datasets, describe, fields, values, help, quit, exit, settings
  case explain, show, how, source, expect
  case limits, why, looks, receipt, verify, fix
  case whatif
  case save, run, note, heading
  case lessons, lesson, guess, hint, next, quiz

  /// What may follow the word.
  package enum Arguments: Sendable {
    /// bare command = "datasets" | "quit" | "exit" | "settings" | "looks" | "receipt" | "fix"
    ///   | "lessons" | "hint" | "next" ;
    case none
    /// word command = ( "describe" | "fields" | "values" | "help" | "how" | "source" | "verify"
    ///   | "save" | "note" | "heading" | "lesson" | "guess" | "quiz" | "limits" ), arguments ;
    case words
    case condition
    /// An optional question.
    case question
    /// A stage, `for`, and a question.
    case stageAndQuestion
    /// A question and what is expected of it.
    case expectation
    /// A file and `name=value` settings.
    case script
  }

  package var arguments: Arguments {
    switch self {
    case .datasets, .quit, .exit, .settings, .looks, .receipt, .fix, .lessons, .hint, .next:
      .none
    case .describe, .fields, .values, .help, .how, .source, .verify, .save, .note, .heading,
      .lesson, .guess, .quiz, .limits:
      .words
    case .whatif: .condition
    case .explain, .why: .question
    case .show: .stageAndQuestion
    case .expect: .expectation
    case .run: .script
    }
  }

  package var usage: String {
    switch self {
    case .describe: "describe COHORT"
    case .fields: "fields COHORT"
    case .values: "values COHORT.FIELD"
    case .help: "help [WORD]"
    case .explain: "explain [ASK]"
    case .show: "show tokens|tree|plan|sql for ASK"
    case .how: "how VERB"
    case .source: "source NAME"
    case .expect: "expect ASK between N and N"
    case .why: "why [ASK]"
    case .verify: "verify RECEIPT"
    case .whatif: "whatif FIELD=?"
    case .save: "save \"FILE\""
    case .run: "run \"FILE\" [NAME=VALUE …]"
    case .note: "note \"TEXT\""
    case .heading: "heading \"TEXT\""
    case .lesson: "lesson NAME"
    case .guess: "guess VALUE"
    default: rawValue
    }
  }

  package var meaning: String {
    switch self {
    case .datasets: "what is open, and what is defined"
    case .describe: "a dataset or cohort: its card, its fields, its size"
    case .fields: "the fields of a cohort, their types and what is missing"
    case .values: "the values of a field with their counts"
    case .help: "this page, or a page on a word"
    case .quit, .exit: "leave"
    case .settings: "the settings and their values"
    case .explain: "the calculation behind an answer, step by step, with its own numbers"
    case .show: "what Docket makes of a question, stage by stage"
    case .how: "a verb's method: formula, assumptions, source"
    case .source: "the card of a dataset or population"
    case .expect: "hold an answer against what is expected"
    case .limits: "what the last answer cannot show"
    case .why: "the rows lost at each condition"
    case .looks: "how many comparisons this session has made"
    case .receipt: "what the last answer's receipt stands for"
    case .verify: "ask again and compare with a receipt"
    case .fix: "run the last line again, mended"
    case .whatif: "how many unknown values would have to be otherwise"
    case .save: "write the last answer, or the session, to a file"
    case .run: "run a script"
    case .note: "a paragraph of a report"
    case .heading: "a heading of a report"
    case .lessons: "the lessons there are"
    case .lesson: "begin a lesson"
    case .guess: "say what the answer will be, before it is shown"
    case .hint: "a hint for the exercise"
    case .next: "go on in the lesson"
    case .quiz: "questions with figures of their own"
    }
  }
}
