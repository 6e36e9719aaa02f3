import Columns
package import Engine
package import Syntax

/// The rows behind a number.
package struct List: Verb {
  package static let signature = Signature(
    "list", summary: "the rows behind a number",
    slots: [.condition("CONDITION", isRequired: false), .fields(least: 0, most: 50)],
    clauses: [.where, .in, .since, .before, .limit],
    examples: [
      .init("list buybust limit 5", "the first rows"),
      .init("list buybust race=Black case_id, received limit 5", "some fields of some rows"),
    ],
    figures: [("count", "how many rows the condition holds for")], showsRows: true)

  /// Rows shown where `limit` does not say.
  private static let rowsShown = 20

  package static func answer(_ question: Question, _ inquiry: Inquiry) throws -> Answer {
    let cohort = try inquiry.cohort(of: question)
    let condition = question.conditions.first
    let rows = question.rows.and(condition?.predicate ?? .constant(true))
    let listing = try ListedFields(question, of: cohort.dataset, inquiry)
    let fields = listing.fields
    let what = cohort.name + (condition.map { " \($0.wording.clause)" } ?? "")
    var answer = try inquiry.begin(question, words: "the rows of \(what)")
    let limit = question.limit ?? rowsShown
    let listed = try inquiry.runner.list(
      Listing(
        dataset: cohort.dataset.name, rows: rows, fields: fields, choice: .first(limit)),
      of: cohort.dataset)
    let table = AnswerTable(
      columns: fields.map { .init($0.name, $0.tableType) },
      rows: listed.rows.map { $0.map(Cell.value) }, hidden: listed.matching - listed.rows.count)
    answer.table = table
    answer.blocks = [.table(table)]
    answer.figures = [
      Figure("count", "rows", Double(listed.matching), form: .count)
    ]
    answer.counted = try inquiry.counted(
      question, n: Double(listed.matching), fields: condition?.fields ?? [])
    let all = Words.count(Double(listed.matching), "row") + " of \(what)"
    answer.sentences = [
      listed.rows.count == listed.matching
        ? "\(all)." : "The first \(Words.grouped(listed.rows.count)) of \(all)."
    ]
    if let omission = listing.omission { answer.sentences.append(omission) }
    return answer
  }
}

extension Field {
  /// What a column of cells holds that are shown and not counted: which kind of words they are is not looked at.
  var tableType: AnswerTable.ColumnType {
    guard let type else { return .text }
    if type == .integer { return .integer }
    if type.isNumber { return .number }
    return type.isDate ? .date : .text
  }
}
