/// What may stand behind a verb; the parser, help, completion and the reference pages read the same value.
package struct Signature: Sendable {
  /// What a question may be about.
  package enum SubjectKind: Hashable, Sendable {
    case cohort
    /// `162 of 200`
    case figures
    /// `[40 33; 153 83]`
    case matrix
    /// Nothing: the question stands alone.
    case none
  }

  /// A place for words before or between the clauses.
  package enum Slot: Hashable, Sendable {
    /// A condition, with what it is called in help: `COND`, `GROUP`.
    case condition(String, isRequired: Bool)
    /// Field names, at least `least` and at most `most` of them.
    case fields(least: Int, most: Int)
    /// A number on its own.
    case number(String, isRequired: Bool)
    /// `STAGE to STAGE`, or a number field that holds the time.
    case duration
    /// `is ASK`
    case question

    var isListOfFields: Bool {
      if case .fields(_, let most) = self { most > 1 } else { false }
    }
  }

  /// A line to try, and what it shows.
  package struct Example: Hashable, Sendable {
    package let line: String
    package let shows: String

    package init(_ line: String, _ shows: String) {
      self.line = line
      self.shows = shows
    }
  }

  package let word: String
  /// One sentence without a full stop: what the verb answers.
  package let summary: String
  package let subjects: Set<SubjectKind>
  package let slots: [Slot]
  package let clauses: [ClauseWord]
  package let examples: [Example]
  /// The ids and labels of the figures that an answer holds.
  package let figures: [(id: String, meaning: String)]
  /// Whether the fields that are named are shown row by row, and counted in none.
  package let showsRows: Bool

  package init(
    _ word: String, summary: String, subjects: Set<SubjectKind> = [.cohort], slots: [Slot] = [],
    clauses: [ClauseWord], examples: [Example], figures: [(id: String, meaning: String)],
    showsRows: Bool = false
  ) {
    self.word = word
    self.summary = summary
    self.subjects = subjects
    self.slots = slots
    self.clauses = clauses
    self.examples = examples
    self.figures = figures
    self.showsRows = showsRows
  }

  /// The shape in one line, as help shows it: `ratio COHORT GROUP vs X [where CONDITION] …`.
  package var usage: String {
    var parts = [word]
    if subjects.contains(.cohort) { parts.append("COHORT") }
    for slot in slots {
      switch slot {
      case .condition(let label, let isRequired): parts.append(isRequired ? label : "[\(label)]")
      case .fields(let least, let most):
        parts.append(least > 0 ? "FIELD" : most > 1 ? "[FIELD, …]" : "[FIELD]")
      case .number(let label, let isRequired): parts.append(isRequired ? label : "[\(label)]")
      case .duration: parts.append("STAGE to STAGE | FIELD")
      case .question: parts.append("is ASK")
      }
    }
    parts += clauses.map { "[\($0.usage)]" }
    return parts.joined(separator: " ")
  }
}

extension ClauseWord {
  /// The clause with its argument in capitals.
  package var usage: String {
    switch self {
    case .where: "where CONDITION"
    case .by: "by KEY, …"
    case .within: "within KEY, …"
    case .versus: "vs X"
    case .of: "of STAGE"
    case .per: "per N POPULATION"
    case .standardized: "standardized to POPULATION by KEY"
    case .in: "in PERIOD"
    case .since: "since DATE"
    case .before: "before DATE"
    case .mark: "mark DATE, …"
    case .top: "top N"
    case .limit: "limit N"
    case .seed: "seed N"
    case .unit: "unit NAME"
    case .level: "level 95"
    case .using: "using METHOD"
    case .against: "against GUIDELINE"
    case .until: "until CONDITION"
    case .at: "at N, …"
    case .from: "from STAGE to STAGE"
    case .anyway: "anyway"
    }
  }

  /// What the clause does, in one sentence without a full stop.
  package var meaning: String {
    switch self {
    case .where: "only these rows, for everything in the question"
    case .by: "repeat the answer for each value"
    case .within: "compare inside each value, then combine"
    case .versus: "what to compare with: a population, a condition, a period, a percentage"
    case .of: "the denominator; unnamed, the stage just before"
    case .per: "per so many people, or per case of a stage"
    case .standardized: "weighted to the make-up of a standard population"
    case .in: "only this period, on the card's date"
    case .since: "from this date on"
    case .before: "up to the day before this date"
    case .mark: "dates of change, shown with before and after"
    case .top: "only the largest groups"
    case .limit: "how many rows"
    case .seed: "where the random numbers begin; the same seed draws the same rows"
    case .unit: "count these instead of rows, each once"
    case .level: "the confidence level in percent"
    case .using: "another method, by the name statisticians use"
    case .against: "the guideline that cases are held against"
    case .until: "what a time given as a number ends in; else it is still open"
    case .at: "times at which it is said how many are still waiting"
    case .from: "inside from one stage to another"
    case .anyway: "answer in spite of a stop, with the stop as a caution"
    }
  }
}
