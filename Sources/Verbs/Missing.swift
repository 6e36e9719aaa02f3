import Columns
package import Engine
package import Statistics
package import Syntax

/// In how many rows a field's value is not known.
package struct Missing: Verb {
  package static let signature = Signature(
    "missing", summary: "in how many a field is unknown, and what counts as unknown",
    slots: [.fields(least: 0, most: 50)],
    clauses: [.where, .by, .in, .since, .before, .top, .unit, .level],
    examples: [
      .init("missing buybust race", "how many of a cohort have no known race"),
      .init("missing drug", "every field of a dataset"),
      .init("missing drug race by agency", "where the gaps come from"),
    ],
    figures: [("unknown", "how many have no known value")])

  package static let families: [MethodFamily] = [.proportion]

  package static func answer(_ question: Question, _ inquiry: Inquiry) throws -> Answer {
    let cohort = try inquiry.cohort(of: question)
    var fields = question.fields
    if fields.isEmpty {
      // Every column in one pass over the file, and not one after another.
      if cohort.dataset.source.readsAhead {
        _ = try inquiry.runner.columns(cohort.dataset.fields, of: cohort.dataset)
      }
      fields = try cohort.dataset.fields.map {
        try cohort.dataset.field($0, run: inquiry.runner.monitor)
      }
    }
    let names = question.fields.isEmpty ? "each field" : Words.list(fields.map(\.name))
    var answer = try inquiry.begin(
      question, words: "in how many of \(cohort.name) \(names) is unknown")
    let n = try inquiry.count(question, rows: question.rows)
    answer.counted = try inquiry.counted(question, n: n, fields: question.by.map(\.field))
    guard n > 0 else {
      throw VerbMessages.nothingCounted(question.whom, at: question.ask.subject.span)
    }
    let page = MissingPage(question, inquiry)
    if !question.by.isEmpty {
      guard fields.count == 1, !question.fields.isEmpty else {
        throw BindingMessages.needsClause(
          "missing … by", "one FIELD", at: question.span(of: .by) ?? question.ask.span,
          help: ["missing \(cohort.name) FIELD by \(names == "each field" ? "KEY" : names)"])
      }
      try page.writeGroups(fields[0], &answer)
    } else if fields.count == 1 {
      try page.writeOne(fields[0], &answer)
    } else {
      try page.writeAll(fields, &answer)
    }
    for field in question.fields {
      try page.cautionWords(field, &answer)
    }
    return answer
  }
}
