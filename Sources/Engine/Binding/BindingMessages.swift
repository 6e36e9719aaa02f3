package import Diagnostics
import Syntax

/// Every sentence that binding says, in alphabetical order of its id.
package enum BindingMessages {
  package static func ambiguousPopulation(_ cards: [String], at span: Span) -> Diagnostic {
    Diagnostic(
      "ambiguous-population", "several populations could be meant", at: span,
      help: cards + ["name one, or say: vs every population"])
  }

  package static func ambiguousValue(
    _ value: String, _ field: String, _ found: [String], at span: Span
  )
    -> Diagnostic
  {
    Diagnostic(
      "ambiguous-value", "\(field)=\(value) fits several values that differ in case", at: span,
      help: ["they are: " + found.joined(separator: ", ")])
  }

  package static func argumentCount(_ function: String, _ form: String, at span: Span)
    -> Diagnostic
  {
    Diagnostic("argument-count", "`\(function)` is written \(form)", at: span)
  }

  static func dateArithmetic(_ sign: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "wrong-kind", "`\(sign)` can't be done with these: dates are no numbers", at: span,
      help: ["DATE + DAYS and DATE - DAYS give dates, DATE - DATE gives days"])
  }

  static func dateIsNone(_ dataset: String, _ field: String, _ kind: String, at span: Span)
    -> Diagnostic
  {
    Diagnostic(
      "wrong-kind", "the card of \(dataset) says its date is \(field), which is \(kind)", at: span,
      help: [
        "if it is one, say how it is written: card \(dataset); date \(field) as month/day; end",
        "or name another: card \(dataset); date FIELD; end",
      ])
  }

  package static func needsClause(_ verb: String, _ clause: String, at span: Span, help: [String])
    -> Diagnostic
  {
    Diagnostic(
      "needs-clause", "`\(verb)` needs `\(clause)`", at: span, help: help)
  }

  package static func needsComparison(_ populations: [String], at span: Span) -> Diagnostic {
    Diagnostic(
      "needs-comparison", "compared with what?", at: span,
      help: populations.isEmpty
        ? ["say `vs 39%`, `vs race=White per population`, or define a population"]
        : populations.map { "vs \($0)" } + ["vs every population"])
  }

  package static func needsCondition(_ verb: String, _ label: String, usage: String, at span: Span)
    -> Diagnostic
  {
    Diagnostic(
      "needs-condition", "`\(verb)` needs a condition (\(label)) such as race=Black", at: span,
      help: ["the form is: \(usage)"])
  }

  static func needsKind(
    _ what: String, _ wanted: String, _ field: String, _ kind: String, help: [String] = [],
    at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "wrong-kind", "\(what) needs \(wanted), and \(field) is \(kind)", at: span, help: help)
  }

  /// - Parameter unclear: fields whose dates fit month/day as well as day/month.
  package static func noDate(
    _ dataset: String, _ dates: [String], _ unclear: [String], at span: Span
  ) -> Diagnostic {
    let card = "card \(Formatter.word(dataset)); date "
    var lines = dates.prefix(6).map { "\(card)\(Formatter.word($0)); end" }
    for name in unclear.prefix(3) {
      for order in ["month/day", "day/month"] {
        lines.append("\(card)\(Formatter.word(name)) as \(order); end")
      }
    }
    let all = dates + unclear
    guard !all.isEmpty else {
      return Diagnostic(
        "no-date", "no field of \(dataset) holds dates, so a period can't be asked for", at: span,
        help: [
          "dates that were not recognised are said on the card: \(card)FIELD as month/day; end"
        ])
    }
    let message =
      all.count == 1
      ? "the dates of \(all[0]) fit month/day and day/month"
      : "\(dataset) has several fields of dates, \(Words.list(Array(all.prefix(6)))): which one do periods mean?"
    return Diagnostic("no-date", message, at: span, help: lines)
  }

  package static func noPerson(_ dataset: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "no-person", "the card of \(dataset) does not say which field tells people apart", at: span,
      help: ["say: card \(dataset); person FIELD; end"])
  }

  package static func notANumberField(_ field: String, _ kind: String, at span: Span)
    -> Diagnostic
  {
    Diagnostic(
      "not-a-number-field", "\(field) is \(kind), not a number, so it can't be calculated with",
      at: span)
  }

  package static func notYesNo(_ field: String, _ values: [String], at span: Span) -> Diagnostic {
    Diagnostic(
      "not-yes-no", "\(field) is not a yes/no field; say which value", at: span,
      help: values.prefix(3).map { "\(field)=\($0)" })
  }

  package static func orderOfText(_ field: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "order-of-text", "\(field) holds words, which have no order to compare by", at: span,
      help: ["say \(field)=VALUE, or \(field) contains \"TEXT\""])
  }

  package static func unknownCohort(_ name: String, nearest: [String], at span: Span)
    -> Diagnostic
  {
    Diagnostic(
      "unknown-cohort", "nothing is named \(name)", at: span,
      help: nearest.isEmpty ? ["`datasets` lists what there is"] : nearest)
  }

  package static func unknownField(
    _ name: String, _ dataset: String, nearest: [String], at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "unknown-field", "\(dataset) has no field \(name)", at: span,
      help: nearest.isEmpty
        ? ["`fields \(dataset)` lists its fields"]
        : ["the nearest is " + nearest.joined(separator: " or ")],
      edits: nearest.first.map { [Edit(span, $0)] } ?? [])
  }

  package static func unknownFunction(_ name: String, nearest: [String], at span: Span)
    -> Diagnostic
  {
    Diagnostic(
      "unknown-function", "there is no function \(name)", at: span,
      help: nearest.map { "the nearest is \($0)" })
  }

  package static func unknownGuideline(_ name: String, nearest: [String], at span: Span)
    -> Diagnostic
  {
    Diagnostic(
      "unknown-guideline", "no guideline is named \(name)", at: span,
      help: nearest.map { "the nearest is \($0)" })
  }

  package static func unknownOpponent(_ name: String, nearest: [String], at span: Span)
    -> Diagnostic
  {
    Diagnostic(
      "unknown-population", "no population or cohort is named \(name)", at: span,
      help: nearest.isEmpty
        ? ["define one: population \(name) from \"FILE\" weight=people place=\"…\" year=2019"]
        : ["the nearest is " + nearest.joined(separator: " or ")],
      edits: nearest.first.map { [Edit(span, $0)] } ?? [])
  }

  package static func unknownStage(
    _ name: String, _ dataset: String, known: [String], at span: Span
  )
    -> Diagnostic
  {
    Diagnostic(
      "unknown-stage", "\(dataset) has no stage \(name)", at: span,
      help: known.isEmpty
        ? ["define them: stages of \(dataset); \(name) on DATE; end"]
        : ["its stages are " + known.joined(separator: ", ")])
  }

  package static func unknownValue(
    _ field: String, _ value: String, nearest: [(value: String, count: String?)], at span: Span
  ) -> Diagnostic {
    let list = nearest.map { entry in entry.value + (entry.count.map { " (\($0))" } ?? "") }
    let message = "no row has \(field)=\(value)"
    guard let first = nearest.first else { return Diagnostic("unknown-value", message, at: span) }
    return Diagnostic(
      "unknown-value", message + "; the nearest is \(list[0])", at: span,
      help: list.count > 1 ? ["others are " + list.dropFirst().joined(separator: ", ")] : [],
      edits: [Edit(span, first.value)])
  }

  package static func wrongKind(_ field: String, _ kind: String, _ value: String, at span: Span)
    -> Diagnostic
  {
    Diagnostic(
      "wrong-kind", "\(field) is \(kind), and \(value) is not", at: span)
  }
}
