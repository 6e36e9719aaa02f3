import Diagnostics
import Engine
import Statistics
import Syntax

/// `rate 176 per 100k of 508090`, with no data open.
enum RateOfFigures {
  static func answer(_ figures: GivenFigures, _ question: Question, _ inquiry: Inquiry) throws
    -> Answer
  {
    guard figures.per != nil else {
      let ask = question.ask
      throw Diagnostic(
        "needs-clause", "a rate of figures is written with `per`", at: ask.span,
        help: [
          "rate \(figures.events.literal.written) per 100k of \(figures.of.literal.written)",
          "share \(figures.events.literal.written) of \(figures.of.literal.written)",
        ])
    }
    var answer = try inquiry.begin(question, words: Formatter.text(of: figures))
    let method = try inquiry.method(question, PoissonRate.defaultMethod)
    let first = try entry(figures, question, method)
    answer.cite(method)
    answer.figures = [first.figure]
    var lines = [FigureLine(first.figure, remark: first.remark)]
    answer.sentences = [
      "\(first.remark) is \(Numbers.decimal(first.figure.value ?? 0, 2)) per \(Words.grouped(first.scale))."
    ]
    answer.steps = [
      "rate = \(first.count) ÷ \(Words.grouped(first.exposure)) × \(Words.grouped(first.scale))"
    ]
    if let versus = question.versus {
      guard case .figures(let other) = versus, other.per != nil else {
        throw VerbMessages.sharesOnly(
          "anything but figures such as `9 per 100k of 140000`",
          at: question.span(of: .versus) ?? question.ask.span)
      }
      let second = try entry(other, question, method)
      let result = RateRatio.exact(
        first.count, exposure: first.exposure, over: second.count, exposure: second.exposure,
        level: question.level)
      let ratio = Figure("rate-ratio", "ratio of the rates", result.interval.estimate, form: .ratio)
        .with(result.interval, level: question.level, method: RateRatio.Method.exact.rawValue)
      answer.cite(RateRatio.Method.exact)
      answer.figures += [second.figure, ratio]
      answer.tests = result.test.p.map { [$0] } ?? []
      lines.append(FigureLine(second.figure, remark: second.remark))
      lines.append(
        FigureLine(ratio, remark: result.test.p.map { "p \(Numbers.probability($0))" } ?? ""))
      let times = result.interval.estimate.map { Numbers.ratio($0) } ?? "?"
      answer.sentences = [
        "\(first.remark) is \(times) times the rate of \(second.remark)."
      ]
    }
    answer.blocks = [.figures(lines)]
    answer.counted = Counted(unit: "event", n: Double(first.count), kind: "figures given")
    inquiry.cautionSmall(count: first.count, of: "the rate", &answer)
    return answer
  }

  private static func entry(
    _ figures: GivenFigures, _ question: Question, _ method: PoissonRate.Method
  ) throws -> (figure: Figure, remark: String, count: Int, exposure: Double, scale: Double) {
    let count = try Given.count(figures.events)
    let exposure = figures.of.literal.double
    let scale = figures.per?.literal.double ?? 1
    guard exposure > 0, scale > 0 else {
      throw Diagnostic(
        "nothing-counted", "there is nothing to divide by: the population is 0",
        at: figures.of.span)
    }
    let interval = PoissonRate.interval(
      count, exposure: exposure, per: scale, level: question.level, method: method)
    var figure = Figure(
      "rate", "rate per \(Words.grouped(scale))", interval.estimate, n: Double(count),
      of: exposure, form: .number(decimals: 2)
    ).with(interval, level: question.level, method: method.rawValue)
    figure.n = Double(count)
    return (
      figure, "\(Words.grouped(count)) in \(Words.grouped(exposure))", count, exposure, scale
    )
  }
}
