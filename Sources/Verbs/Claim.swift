import Columns
import Diagnostics
package import Engine
import Statistics
package import Syntax

/// Whether a published number comes out of the data.
package struct Claim: Verb {
  package static let signature = Signature(
    "claim", summary: "whether a published number is what the data give, to the digits printed",
    subjects: [], slots: [.number("NUMBER", isRequired: true), .question], clauses: [],
    examples: [
      .init("claim 81% is share buybust race=Black", "81% covers 80.5% to 81.5%"),
      .init("claim 1,402 is count drug in 2020", "a number covers what rounds to it"),
      .init("claim 2.1 is ratio buybust race=Black vs kcmo-jackson", "a ratio, to one decimal"),
    ],
    figures: [
      ("reproduces", "true, false, or null where it can't be told"),
      ("claimed", "the number claimed"), ("found", "what the data give"),
      ("difference", "found − claimed"),
    ])

  package static func answer(_ question: Question, _ inquiry: Inquiry) throws -> Answer {
    guard let inner = question.inner.first, let number = question.number,
      let verb = VerbCatalogue.verb(inner.ask.verb.text), verb.signature.word != signature.word
    else {
      throw BindingMessages.needsClause(
        "claim", "NUMBER is ASK", at: question.ask.span,
        help: ["claim 81% is share COHORT CONDITION"])
    }
    let claimed = ClaimedNumber(number.literal)
    var answer = try inquiry.begin(
      question, words: "whether \(claimed.written) is \(Formatter.text(of: inner.ask))")
    do {
      var found = try Repetition.answer(verb, inner, inquiry)
      try StandingCautions.add(to: &found, of: inner, inquiry)
      take(over: found, into: &answer)
      switch claimed.figure(of: found, verb.mainFigures) {
      case .success(let figure): write(claimed, figure, found, &answer)
      case .failure(let reason): writeUnknown(claimed, reason.words, &answer)
      }
    } catch let problem as Diagnostic {
      // The names are known by now: what stops here is that the data can't say it.
      writeUnknown(claimed, problem.message, &answer)
    }
    return answer
  }

  /// What the inner answer rests on is what the verdict rests on.
  private static func take(over found: Answer, into answer: inout Answer) {
    answer.counted = found.counted
    answer.cautions = found.cautions
    answer.methods = found.methods
    answer.sources = found.sources
    answer.remarks = found.remarks
    answer.steps = found.steps
  }

  private static func write(
    _ claimed: ClaimedNumber, _ figure: Figure, _ found: Answer, _ answer: inout Answer
  ) {
    let value = figure.value ?? 0
    let holds = claimed.covers(value)
    let difference = value - claimed.value
    var given = figure
    given.id = "found"
    given.group = []
    let verdict = Figure("reproduces", "reproduces", holds ? 1 : 0, form: .truth)
    let claim = Figure(
      "claimed", "claimed", claimed.value, low: claimed.range.lowerBound,
      high: claimed.range.upperBound, form: figure.form)
    let apart = Figure(
      "difference", "found − claimed", difference,
      form: figure.form == .percent ? .points : figure.form)
    answer.figures = [verdict, claim, given, apart]
    let counts = figure.n.flatMap { n in
      figure.of.map { "\(Words.grouped(n)) of \(Words.grouped($0))" }
    }
    // Its range is what the digits claim, not an interval of the data.
    var printed = claim
    printed.low = nil
    printed.high = nil
    answer.blocks = [
      .figures([
        FigureLine(verdict),
        FigureLine(
          printed,
          remark: "as printed: \(claimed.text(claimed.range.lowerBound, figure.form)) to "
            + claimed.text(claimed.range.upperBound, figure.form)),
        FigureLine(given, remark: counts ?? ""), FigureLine(apart),
      ])
    ]
    let shown = Numbers.text(value, figure.form)
    let detail = counts.map { " (\($0))" } ?? ""
    if holds {
      answer.sentences = ["\(claimed.written) reproduces: \(figure.label) is \(shown)\(detail)."]
    } else {
      let by = Numbers.text(difference.magnitude, apart.form)
      answer.sentences = [
        "\(claimed.written) differs: \(figure.label) is \(shown)\(detail), \(by) "
          + "\(difference > 0 ? "more" : "less")."
      ]
      if let low = figure.low, let high = figure.high, low <= claimed.value, claimed.value <= high {
        answer.remarks.append("The number claimed lies inside the interval of what was found.")
      }
    }
    answer.steps.append(
      "\(claimed.written) covers \(claimed.text(claimed.range.lowerBound, figure.form)) to "
        + "\(claimed.text(claimed.range.upperBound, figure.form)), half of its last digit either way"
    )
  }

  private static func writeUnknown(
    _ claimed: ClaimedNumber, _ reason: String, _ answer: inout Answer
  ) {
    let verdict = Figure("reproduces", "reproduces", nil, reason: reason, form: .truth)
    answer.figures = [verdict]
    answer.blocks = [.figures([FigureLine(verdict)])]
    answer.sentences = ["\(claimed.written) can't be reproduced: \(reason)."]
  }
}
