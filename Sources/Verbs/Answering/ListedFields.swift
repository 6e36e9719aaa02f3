import Engine
import Syntax

/// The fields that a list of rows shows: those that were named, else all but the sensitive ones.
struct ListedFields {
  let fields: [Field]
  /// What is left out for being sensitive, as a sentence; nothing where nothing is.
  let omission: String?

  init(_ question: Question, of dataset: Dataset, _ inquiry: Inquiry) throws {
    guard question.fields.isEmpty else {
      fields = question.fields
      omission = nil
      return
    }
    let shown = dataset.shownFields
    let hidden = dataset.fields.filter { !shown.contains($0) }
    let run = inquiry.runner.monitor
    if inquiry.binder.goesToRows(question.ask, of: dataset) {
      dataset.expectShown(shown)
      fields = try shown.map { try dataset.shownField($0, run: run) }
    } else {
      fields = try shown.map { try dataset.field($0, run: run) }
    }
    omission =
      hidden.isEmpty
      ? nil
      : "Left out as sensitive: \(hidden.joined(separator: ", ")); a field that is named is shown."
  }
}
