import Columns
import Engine
import Glibc
import Statistics

/// Two paths side by side: the ratio of each stage's rates, and its part in the ratio of the whole.
struct PathComparison {
  /// One line: a stage, or the whole from first to last.
  private struct Line {
    let name: String
    let first: Part
    let second: Part
    let ratio: Interval
    var logRatio: Double? {
      ratio.estimate.flatMap { $0 > 0 && $0 < .infinity ? log($0) : nil }
    }
  }

  /// The rate of one group.
  private struct Part {
    let rate: Interval
    /// Those who went on; nothing where they are as many as the rates multiply to.
    let n: Double?
    let of: Double
    let method: MethodCard?

    init(_ tally: Tally, _ level: Double) {
      let share = ShareInterval(
        tally, sample: nil, level: level, method: Proportion.defaultMethod)
      rate = Interval(
        estimate: tally.share, lower: share.interval.lower, upper: share.interval.upper)
      n = tally.yes
      of = tally.known
      method = share.card
    }

    /// The whole of a path: counted, or the product of its rates where outcomes are unknown.
    init(whole path: StagePath, _ level: Double) {
      guard !path.isKnown else {
        self.init(path.whole, level)
        return
      }
      self.init(rate: path.product(level: level), n: nil, of: path.entered, method: nil)
    }

    private init(rate: Interval, n: Double?, of: Double, method: MethodCard?) {
      self.rate = rate
      self.n = n
      self.of = of
      self.method = method
    }
  }

  private let first: StagePath
  private let second: StagePath
  private let method: RiskRatio.Method
  private let level: Double
  private let lines: [Line]
  /// The ratio of last stage over first.
  private let total: Line

  init(_ first: StagePath, _ second: StagePath, _ method: RiskRatio.Method, _ level: Double) {
    self.first = first
    self.second = second
    self.method = method
    self.level = level
    func line(_ name: String, _ a: Tally, _ b: Tally) -> Line {
      Line(
        name: name, first: Part(a, level), second: Part(b, level),
        ratio: RiskRatio.interval(
          a.events, of: a.trials, over: b.events, of: b.trials, level: level, method: method))
    }
    lines = zip(first.steps, second.steps).map { line($0.name, $0.tally, $1.tally) }
    let stages = first.steps
    let name = "\(stages.last?.stage ?? "") of \(first.firstStage)"
    if first.isKnown, second.isKnown {
      total = line(name, first.whole, second.whole)
    } else {
      total = Line(
        name: name, first: Part(whole: first, level), second: Part(whole: second, level),
        ratio: PathComparison.ratio(first, second, level))
    }
  }

  /// The ratio of two products of rates, with Katz's limits from the sum of their variances: the stages
  /// of one path are independent given how many entered each. Without limits where nobody of the first
  /// group went on.
  private static func ratio(_ first: StagePath, _ second: StagePath, _ level: Double) -> Interval {
    guard let a = first.passed.last ?? nil, let b = second.passed.last ?? nil, b > 0 else {
      return .undefined
    }
    guard a > 0 else { return Interval(estimate: 0, lower: nil, upper: nil) }
    let variance = (first.steps + second.steps).reduce(0) {
      $0 + 1 / $1.tally.yes - 1 / $1.tally.known
    }
    let reach = Normal.critical(level) * variance.squareRoot()
    return Interval(estimate: a / b, lower: a / b * exp(-reach), upper: a / b * exp(reach))
  }

  /// The sum of the stages' log ratios, which is that of the whole.
  private var sum: Double? {
    lines.reduce(0) { sum, line in sum.flatMap { a in line.logRatio.map { a + $0 } } }
  }

  private func part(_ line: Line) -> Double? {
    guard let sum, sum != 0, let log = line.logRatio else { return nil }
    return log / sum
  }

  func write(_ answer: inout Answer) {
    answer.cite(method.card)
    answer.cite(Proportion.defaultMethod.card)
    for line in lines { add(line, part(line), &answer) }
    if lines.count > 1 { add(total, sum == nil || sum == 0 ? nil : 1, &answer) }
    let table = table
    answer.table = table
    answer.blocks = [.table(table)]
    answer.sentences = sentences
    answer.steps =
      lines.map { line in
        "\(line.name): (\(quotient(line.first))) ÷ (\(quotient(line.second))) = \(Numbers.decimal(line.ratio.estimate ?? 0, 4)), ln = \(line.logRatio.map { Numbers.decimal($0, 4) } ?? "none")"
      } + [
        "total: the ratios multiply and their logarithms add up to \(sum.map { Numbers.decimal($0, 4) } ?? "none"); part = ln of the stage ÷ that sum"
      ]
  }

  private func quotient(_ part: Part) -> String {
    "\(Words.grouped(part.n ?? 0)) ÷ \(Words.grouped(part.of))"
  }

  private func add(_ line: Line, _ part: Double?, _ answer: inout Answer) {
    let stage = GroupLabel(key: "stage", value: .text(line.name))
    for (path, part) in [(first, line.first), (second, line.second)] {
      answer.figures.append(
        Figure(
          "rate", "rate of \(path.name)", part.rate.estimate, low: part.rate.lower,
          high: part.rate.upper, level: level, n: part.n, of: part.of, method: part.method?.id,
          group: [stage, GroupLabel(key: "group", value: .text(path.name))],
          reason: part.rate.estimate == nil ? "nothing is known to divide by" : nil,
          form: .percent))
    }
    let reason = "a group has nobody who went on"
    answer.figures += [
      Figure(
        "risk-ratio", "ratio of the rates", line.ratio.estimate, group: [stage],
        reason: line.ratio.estimate == nil ? reason : nil, form: .ratio
      ).with(line.ratio, level: level, method: method.rawValue),
      Figure(
        "log-ratio", "log of the ratio", line.logRatio, group: [stage],
        reason: line.logRatio == nil ? reason : nil, form: .number(decimals: 3)),
      Figure(
        "part", "part of the total", part, group: [stage],
        reason: part == nil ? "the total can't be divided" : nil, form: .percent),
    ]
  }

  private var table: AnswerTable {
    let columns: [AnswerTable.Column] = [
      .init("stage", .category), .init(first.name, .percent), .init("of", .integer),
      .init(second.name, .percent), .init("of ", .integer), .init("ratio", .number),
      .init("\(Numbers.level(level)) interval", .interval), .init("log ratio", .number),
      .init("part", .percent),
    ]
    let rows = (lines + (lines.count > 1 ? [total] : [])).enumerated().map {
      index, line -> [Cell] in
      let part = index < lines.count ? self.part(line) : (sum ?? 0) == 0 ? nil : 1
      return [
        .value(.text(line.name)),
        line.first.rate.estimate.map { .number($0, .percent) } ?? .none("none"),
        .number(line.first.of, .count),
        line.second.rate.estimate.map { .number($0, .percent) } ?? .none("none"),
        .number(line.second.of, .count),
        line.ratio.estimate.map { .number($0, .ratio) } ?? .none("none"),
        .interval(line.ratio.lower, line.ratio.upper, .ratio),
        line.logRatio.map { .number($0, .number(decimals: 3)) } ?? .none("none"),
        part.map { .number($0, .percent) } ?? .none("none"),
      ]
    }
    return AnswerTable(columns: columns, rows: rows)
  }

  private var sentences: [String] {
    let a = total.first.rate.estimate.map { Numbers.percent($0) } ?? "none"
    let b = total.second.rate.estimate.map { Numbers.percent($0) } ?? "none"
    let ratio = total.ratio.estimate.map { ", a ratio of \(Numbers.ratio($0))" } ?? ""
    let opening =
      "\(a) of \(first.name) and \(b) of \(second.name) go from \(first.firstStage) to \(first.steps.last?.stage ?? "")\(ratio)"
    guard let sum, sum.magnitude > 0.02, lines.count > 1 else {
      return [Words.sentence("\(opening).")]
    }
    let parts = lines.compactMap { line in
      part(line).map { "\(Numbers.percent($0)) at \(line.name)" }
    }
    return [
      Words.sentence("\(opening)."),
      "Parts of the logarithm of that ratio: \(Words.list(parts)).",
    ]
  }
}
