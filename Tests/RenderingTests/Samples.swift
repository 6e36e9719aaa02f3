import Columns
import Engine

/// Answers built by hand, as a verb would leave them.
enum Samples {
  /// The comparison that the language's reference shows.
  static var flagship: Answer {
    var answer = Answer(
      question: "ratio buybust race=Black vs kcmo-jackson",
      words: "the share of buybust with race Black, divided by the Black share of kcmo-jackson",
      verb: "ratio")
    answer.sentences = [
      "Black people are 81.0% of buybust and 39.0% of kcmo-jackson: 2.08 times their share."
    ]
    let share = Figure(
      "share", "share of buybust", 0.81, low: 0.7501, high: 0.8584, level: 0.95, n: 162, of: 200,
      method: "wilson", form: .percent)
    let benchmark = Figure("benchmark", "share of kcmo-jackson", 0.39, form: .percent)
    let index = Figure(
      "index", "disparity index", 2.0769, low: 1.9233, high: 2.201, level: 0.95,
      method: "wilson", form: .ratio)
    let others = Figure(
      "rate-ratio", "rate, against others", 6.668, low: 4.693, high: 9.478, level: 0.95,
      method: "wilson", form: .ratio)
    let gap = Figure("gap", "gap", 0.42, form: .points)
    answer.figures = [share, benchmark, index, others, gap]
    answer.blocks = [
      .figures([
        FigureLine(share, remark: "162 of 200 defendants"), FigureLine(benchmark),
        FigureLine(index, remark: "at most 2.56 with this population"),
        FigureLine(others, remark: "times everyone else's"),
        FigureLine(gap, remark: "84 people more than a proportional draw"),
      ])
    ]
    answer.counted = Counted(
      unit: "defendant", n: 200, unknown: [(field: "race", n: 0)],
      period: (first: "2017", last: "2020"))
    answer.cautions = [
      Caution(
        "ages-differ",
        "buybust is 18 and over; kcmo-jackson is all ages. "
          + "See: ratio buybust race=Black vs every population")
    ]
    answer.remarks = [
      "Residents are not everyone at risk of arrest; this does not say why. See: limits"
    ]
    answer.methods = [
      MethodNote(id: "wilson", name: "Wilson score interval", reference: "Wilson 1927")
    ]
    answer.sources = [SourceNote(name: "buybust", fingerprint: "sha256:00ff", card: "synthetic")]
    answer.receipt = "7F3A-91C2"
    return answer
  }

  /// A table with every kind of cell.
  static var byRace: Answer {
    var answer = Answer(
      question: "share drug filed by race", words: "the share of drug that was filed, by race",
      verb: "share")
    answer.sentences = ["61.4% of drug were filed."]
    let table = AnswerTable(
      columns: [
        .init("race", .category), .init("n", .integer), .init("share filed", .percent),
        .init("95% interval", .interval), .init("median days", .number),
      ],
      rows: [
        [
          .value(.text("Black")), .number(134_221, .count), .number(0.6, .percent),
          .interval(0.597, 0.603, .percent), .number(12.5, .number(decimals: 1)),
        ],
        [
          .value(.text("Native, \"other\"")), .masked, .number(0.0004, .percent),
          .interval(0, 0.0012, .percent), .none("no case is closed"),
        ],
        [
          .value(.missing), .number(7, .count), .number(1, .percent),
          .interval(0.9, nil, .percent), .number(3, .number(decimals: 1)),
        ],
      ], hidden: 1200)
    answer.table = table
    answer.blocks = [.table(table)]
    answer.counted = Counted(
      unit: "case", n: 134_229, excluded: 12, unknown: [(field: "race", n: 7)],
      period: (first: "2020", last: "2020"), kind: "sample 595 of 1402")
    answer.receipt = "0A0B-0C0D"
    return answer
  }

  /// The same figure for two groups, with one value that can't be had and one that has no end.
  static var grouped: Answer {
    var answer = Answer(question: "time drug by race", words: "how long", verb: "time")
    answer.sentences = ["Half of the cases were filed within 41 days."]
    answer.figures = [
      Figure(
        "median", "median", 41, low: 38, level: 0.95, n: 120, of: 200, method: "brookmeyer-crowley",
        group: [GroupLabel(key: "race", value: .text("Black"))], form: .days),
      Figure(
        "median", "median", nil, group: [GroupLabel(key: "race", value: .missing)],
        reason: "fewer than half were filed", form: .days),
      Figure(
        "odds-ratio", "odds ratio", .infinity, low: 1.5, high: .infinity, level: 0.99,
        group: [GroupLabel(key: "race", value: .number(Decimal(3)))], form: .ratio),
    ]
    answer.counted = Counted(unit: "case", n: 320)
    answer.receipt = "1111-2222"
    return answer
  }

  static let bars = Chart(
    .bars, title: "Share of cases", form: .percent,
    series: [
      Chart.Series(
        "",
        [
          Chart.Point("Black", 0.54), Chart.Point("White", 0.42), Chart.Point("Other", 0.04),
          Chart.Point("unknown", nil),
        ])
    ], reference: 0.39)

  static let intervals = Chart(
    .interval, title: "Disparity index by population", form: .ratio,
    series: [
      Chart.Series(
        "",
        [
          Chart.Point("kcmo-jackson", 2.08, low: 1.92, high: 2.2),
          Chart.Point("kcmo", 2.71, low: 2.51, high: 2.87),
          Chart.Point("jackson", 3.45, low: 3.19, high: nil),
        ])
    ], reference: 1)

  static let trend = Chart(
    .line, title: "Cases a month", form: .count,
    series: [
      Chart.Series(
        "",
        zip(
          ["2020-01", "2020-02", "2020-03", "2020-04", "2020-05", "2020-06", "2020-07", "2020-08"],
          [120.0, 118, 90, 31, 40, 66, 84, 97]
        ).map { Chart.Point($0, $1, low: $1 * 0.8, high: $1 * 1.2) })
    ], marks: ["2020-03-16"])

  static let survival = Chart(
    .steps, title: "Still open", form: .percent,
    series: [
      Chart.Series(
        "",
        zip(["0", "7", "30", "41", "90", "200"], [1, 0.9, 0.62, 0.5, 0.31, 0.31])
          .map { Chart.Point($0, $1) })
    ])

  static let twoSeries = Chart(
    .line, title: "Cases a quarter by race", form: .count,
    series: [
      Chart.Series(
        "Black", zip(["Q1", "Q2", "Q3", "Q4"], [50.0, 40, 30, 35]).map { Chart.Point($0, $1) }),
      Chart.Series(
        "White", zip(["Q1", "Q2", "Q3", "Q4"], [20.0, 25, 18, 22]).map { Chart.Point($0, $1) }),
    ])

  static let charts = [bars, intervals, trend, survival, twoSeries]

  static func answer(with chart: Chart) -> Answer {
    var answer = Answer(question: "trend drug by month", words: "", verb: "trend")
    answer.sentences = ["Cases fell & rose."]
    answer.blocks = [.chart(chart)]
    return answer
  }

  static let page = Page(
    title: "count",
    [
      .paragraph("How many rows, or how many of a unit."),
      .heading("Clauses"),
      .definitions([
        Page.Definition("where CONDITION", "only these rows, for everything in the question"),
        Page.Definition("by KEY, …", "repeat the answer for each value"),
      ]),
      .heading("Example"),
      .preformatted("count drug\n  by race"),
      .table(
        AnswerTable(
          columns: [.init("race", .category), .init("n", .integer)],
          rows: [[.value(.text("Black")), .number(1402, .count)]])),
    ])
}
