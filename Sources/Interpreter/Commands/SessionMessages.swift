import Diagnostics
import Syntax

/// Every sentence with which a session's commands stop, in alphabetical order of its id.
enum SessionMessages {
  /// A value of another type than the one written in the script.
  static func badParameter(_ name: Name, written: String, given: String) -> Diagnostic? {
    let isPeriod = PeriodLiteral(written) != nil
    if isPeriod, PeriodLiteral(given) == nil {
      return Diagnostic(
        "bad-parameter", "\(name.text) is a date or a year such as \(written), not \(given)",
        at: name.span)
    }
    if !isPeriod, NumberLiteral(written) != nil, NumberLiteral(given) == nil {
      return Diagnostic(
        "bad-parameter", "\(name.text) is a number such as \(written), not \(given)",
        at: name.span)
    }
    return nil
  }

  static func cannotWrite(_ path: String, _ reason: String, at span: Span?) -> Diagnostic {
    Diagnostic("cannot-write", "\(path) can't be written: \(reason)", at: span)
  }

  static func fileIsThere(_ path: String, at span: Span?) -> Diagnostic {
    Diagnostic(
      "file-is-there", "there is a file \(path) already, and `save` replaces none", at: span,
      help: ["choose another name"])
  }

  static func noPart(_ reference: String, known: [String], at span: Span) -> Diagnostic {
    Diagnostic(
      "unknown-reference", "there is no figure {\(reference)}", at: span,
      help: ["after the point: low, high, n, of, receipt, or " + known.joined(separator: ", ")])
  }

  static func notExpected(_ what: String, _ found: String, _ wanted: String, at span: Span?)
    -> Diagnostic
  {
    Diagnostic("not-expected", "\(what) is \(found), and \(wanted) was expected", at: span)
  }

  static func nothingAsked(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "nothing-asked", "nothing has been asked yet, so `\(word)` has no answer to be about",
      at: span)
  }

  static func nothingToFix(at span: Span) -> Diagnostic {
    Diagnostic("nothing-to-fix", "no line before this one can be mended by itself", at: span)
  }

  static func notVerified(_ receipt: String, _ changes: [String]) -> Diagnostic {
    Diagnostic(
      "not-verified", "\(receipt) does not hold: the same question has another answer now",
      help: changes)
  }

  /// Without the line, which holds what should not be shown.
  static func secretInAddress() -> Diagnostic {
    Diagnostic(
      "secret-in-address",
      "a password stands in that address, where it would be kept with what was typed",
      help: [
        "leave it out: it is asked for, or comes from the environment, ~/.pgpass or a command; "
          + "see docket-sources(7)"
      ])
  }

  static func unknownParameter(_ name: String, known: [String], at span: Span?) -> Diagnostic {
    let nearest = Nearest.matches(to: name, in: known, limit: 1)
    return Diagnostic(
      "unknown-parameter", "the script has no parameter \(name)", at: span,
      help: nearest.isEmpty
        ? [known.isEmpty ? "it has none" : "it has " + known.joined(separator: ", ")]
        : ["the nearest is \(nearest[0])"])
  }

  static func unknownReference(_ name: String, known: [String], at span: Span) -> Diagnostic {
    let nearest = Nearest.matches(to: name, in: known, limit: 1)
    return Diagnostic(
      "unknown-reference", "nothing is named {\(name)}", at: span,
      help: nearest.isEmpty
        ? ["name a figure: let \(name) = ASK; two braces stand for one"]
        : ["the nearest is {\(nearest[0])}"])
  }

  static func unknownEnding(_ path: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "unknown-ending", "the ending of \(path) names no format", at: span,
      help: ["endings are txt, csv, tsv, json, jsonl, md, html and svg"])
  }

  static func unknownReceipt(_ receipt: String, known: [String], at span: Span) -> Diagnostic {
    Diagnostic(
      "unknown-receipt", "no answer of this session has the receipt \(receipt)", at: span,
      help: known.isEmpty ? [] : ["the last ones are " + known.joined(separator: ", ")])
  }
}
