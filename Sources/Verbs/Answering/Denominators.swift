package import Engine
import Syntax

/// What a question divides by, for those who look at it from outside.
package enum Denominators {
  /// The stage that rows must have reached to be divided by; nothing where all rows are.
  package static func stage(of question: Question) -> (name: String, predicate: Predicate)? {
    guard let cohort = question.cohort, let event = question.conditions.first,
      ["rate", "gap"].contains(question.ask.verb.text.lowercased()), question.per == nil
    else { return nil }
    let denominator = StageDenominator(event, question, cohort)
    return denominator.name.isEmpty ? nil : (denominator.name, denominator.predicate)
  }
}
