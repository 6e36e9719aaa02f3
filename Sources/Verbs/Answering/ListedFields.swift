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
    let hidden = dataset.fields.filter { dataset.card.sensitive.contains(Name.key(of: $0)) }
    fields = try dataset.fields.filter { !hidden.contains($0) }.map {
      try dataset.field($0, run: inquiry.runner.monitor)
    }
    omission =
      hidden.isEmpty
      ? nil
      : "Left out as sensitive: \(hidden.joined(separator: ", ")); a field that is named is shown."
  }
}
