import Columns
import Diagnostics
package import Engine
package import Statistics
package import Syntax

/// Rows drawn at random for reading by hand.
package struct Sample: Verb {
  package static let signature = Signature(
    "sample", summary: "rows drawn at random, and how sure a share counted in them would be",
    slots: [
      .number("N", isRequired: true), .fields(least: 0, most: 50),
      .condition("CONDITION", isRequired: false),
    ],
    clauses: [.where, .by, .in, .since, .before, .top, .seed, .level],
    examples: [
      .init("sample drug 60 seed 7", "sixty rows; the same seed draws the same rows"),
      .init("sample drug 60 case_id, method", "some fields of them"),
      .init("sample drug 20 by race", "twenty of each group"),
    ],
    figures: [
      ("drawn", "how many rows were drawn, out of how many"),
      ("margin", "half the interval of a share of 50% counted in them, in parts of 1"),
    ], showsRows: true)

  package static let families: [MethodFamily] = [.finitePopulation]

  package static func isAskedOfEach(_ question: Question) -> Bool { true }

  package static func answer(_ question: Question, _ inquiry: Inquiry) throws -> Answer {
    let cohort = try inquiry.cohort(of: question)
    let wanted = try size(question)
    let condition = question.conditions.first
    let rows = question.rows.and(condition?.predicate ?? .constant(true))
    let listing = try ListedFields(question, of: cohort.dataset, inquiry)
    let fields = listing.fields
    let what = cohort.name + (condition.map { " \($0.wording.clause)" } ?? "")
    var answer = try inquiry.begin(question, words: "a simple random sample of \(what)")
    let listed = try inquiry.runner.list(
      Listing(
        dataset: cohort.dataset.name, rows: rows, fields: fields,
        choice: .sample(wanted, seed: question.seed)), of: cohort.dataset)
    guard listed.matching > 0 else {
      throw VerbMessages.nothingCounted(question.whom, at: question.ask.subject.span)
    }
    let table = AnswerTable(
      columns: fields.map { .init($0.name, $0.tableType) },
      rows: listed.rows.map { $0.map(Cell.value) })
    answer.table = table
    answer.counted = try inquiry.counted(
      question, n: Double(listed.rows.count), fields: condition?.fields ?? [])
    write(listed.rows.count, listed.matching, what, question, &answer)
    if let omission = listing.omission { answer.sentences.append(omission) }
    answer.blocks.append(.table(table))
    return answer
  }

  private static func size(_ question: Question) throws -> Int {
    guard let number = question.number else {
      throw BindingMessages.needsClause(
        "sample", "N, how many rows", at: question.ask.span,
        help: ["sample \(question.cohort?.name ?? "COHORT") 60"])
    }
    let size = try Given.count(number)
    guard size > 0 else { throw VerbMessages.emptySample(at: number.span) }
    return size
  }

  /// How many were drawn, and what a share counted in them is worth at worst.
  private static func write(
    _ drawn: Int, _ all: Int, _ what: String, _ question: Question, _ answer: inout Answer
  ) {
    let n = Figure(
      "drawn", "rows drawn", Double(drawn), n: Double(drawn), of: Double(all), form: .count)
    let half = margin(drawn, of: all, level: question.level)
    let card = MethodCatalogue.wilsonFinite
    let margin = Figure(
      "margin", "a share is known to within", half, level: question.level, method: card.id,
      reason: half == nil ? "too few rows" : nil, form: .points)
    answer.figures = [n, margin]
    answer.cite(card)
    answer.blocks = [
      .figures([
        FigureLine(n, remark: "of \(Words.grouped(all)), seed \(question.seed)"),
        FigureLine(
          margin, remark: "either way, at worst, at \(Numbers.level(question.level))"),
      ])
    ]
    let points = half.map { Numbers.decimal($0 * 100, 1) }
    answer.sentences = [
      drawn == all
        ? "All \(Words.count(Double(all), "row")) of \(what)."
        : "\(Words.grouped(drawn)) of \(Words.count(Double(all), "row")) of \(what), drawn at "
          + "random: a share counted in them is known to within \(points ?? "?") points."
    ]
    answer.steps = [
      "each set of \(Words.grouped(drawn)) rows is equally likely; seed \(question.seed) draws these",
      "margin = half of the Wilson interval of a share of 50% with "
        + "n (N − 1) ÷ (N − n) = \(effective(drawn, of: all)) cases",
    ]
  }

  /// Half the width of the widest interval: that of a share of one half.
  private static func margin(_ n: Int, of all: Int, level: Double) -> Double? {
    guard let size = FinitePopulation.effectiveSize(sample: n, of: Double(all)) else { return nil }
    guard size < .infinity else { return 0 }
    let interval = Proportion.wilson(share: 0.5, effectiveSize: size, level: level)
    guard let low = interval.lower, let high = interval.upper else { return nil }
    return (high - low) / 2
  }

  private static func effective(_ n: Int, of all: Int) -> String {
    guard let size = FinitePopulation.effectiveSize(sample: n, of: Double(all)), size < .infinity
    else {
      return "endlessly many"
    }
    return Numbers.decimal(size, 1)
  }
}
