import Diagnostics
import Engine
import Syntax
import Verbs

extension Session {
  /// `expect ASK between 80% and 82%`, `expect ASK = 162`, `expect ASK raises ages-differ`, `expect target > 30%`
  func expect(_ word: Name, _ name: Name?, _ ask: Ask?, _ expectation: Expectation?) throws
    -> [Response]
  {
    guard let expectation else { return [] }
    if let ask {
      let (question, answer) = try answered(ask)
      if case .raises(let caution) = expectation {
        return raises(caution, question.text, answer)
      }
      guard let figure = answer.mainFigure else {
        throw Diagnostic("no-figure", "that question has no figure to hold", at: ask.span)
      }
      return held(question.text, figure.value, figure.form, expectation, at: ask.span)
    }
    guard let name else { return [] }
    guard let figure = catalogue.figure(named: name.text) else {
      throw Diagnostic(
        "unknown-word", "no line begins with `\(name.text)`, and no figure is named so",
        at: name.span, help: ["name a figure: let \(name.text) = ASK"])
    }
    return held(
      figure.name, figure.value, figure.isShare ? .percent : .number(decimals: 2), expectation,
      at: name.span)
  }

  private func raises(_ caution: Name, _ question: String, _ answer: Answer) -> [Response] {
    guard !answer.cautions.contains(where: { $0.id == caution.text.lowercased() }) else {
      return [.notice("as expected: \(question) raises \(caution.text)")]
    }
    let raised = answer.cautions.map(\.id)
    return [
      .failed(
        SessionMessages.notExpected(
          "what `\(question)` raises", raised.isEmpty ? "nothing" : Words.list(raised),
          caution.text, at: caution.span))
    ]
  }

  private func held(
    _ what: String, _ value: Double?, _ form: NumberForm, _ expectation: Expectation, at span: Span
  ) -> [Response] {
    let wanted = Formatter.text(of: expectation)
    let found = value.map { Numbers.text($0, form) } ?? "not to be had"
    guard let value, Session.holds(value, expectation) else {
      return [.failed(SessionMessages.notExpected("`\(what)`", found, wanted, at: span))]
    }
    return [.notice("as expected: \(what) is \(found), \(wanted)")]
  }

  /// Whether a figure is as expected; `=` holds to the digits that were written.
  private static func holds(_ value: Double, _ expectation: Expectation) -> Bool {
    switch expectation {
    case .between(let low, let high):
      return value >= low.literal.double - Session.leastDifference
        && value <= high.literal.double + Session.leastDifference
    case .compare(let relation, let number):
      let bound = number.literal.double
      switch relation {
      case .equal, .contains, .starts: return isWritten(value, number.literal)
      case .notEqual: return !isWritten(value, number.literal)
      case .less: return value < bound
      case .lessOrEqual: return value <= bound + Session.leastDifference
      case .greater: return value > bound
      case .greaterOrEqual: return value >= bound - Session.leastDifference
      }
    case .raises: return false
    }
  }

  /// Far below any digit that is written, far above what division leaves.
  private static let leastDifference = 1e-12

  /// Whether the value, rounded to as many digits as were written, is what was written.
  private static func isWritten(_ value: Double, _ literal: NumberLiteral) -> Bool {
    let digits = literal.written.split(separator: ".", maxSplits: 1)
    let decimals = digits.count > 1 ? digits[1].prefix { $0.isNumber }.count : 0
    let scale = literal.isPercent ? 2 : 0
    let rounded = DecimalExpansion(value).shifted(by: scale).rounded(to: decimals)
    return rounded == DecimalExpansion(literal.double).shifted(by: scale).rounded(to: decimals)
  }
}
