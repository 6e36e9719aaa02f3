import Columns
import Engine
import Statistics
import Syntax

/// Groups in their order, each with the places that it may have.
struct RankPage {
  private let groups: [RankedGroup]
  private let measure: RankMeasure
  private let question: Question
  /// The places that each group may have: it is below those whose interval is wholly above its own.
  private let places: [ClosedRange<Int>]

  /// Groups may be millions: what is done with each can be stopped.
  init(
    _ groups: [RankedGroup], _ measure: RankMeasure, _ question: Question, _ runner: Runner
  ) throws {
    self.groups = groups
    self.measure = measure
    self.question = question
    let isStopped = { runner.monitor.isCancelled }
    let lows = groups.map { $0.interval.lower ?? -.infinity }.sorted(unless: isStopped, by: <)
    let highs = groups.map { $0.interval.upper ?? .infinity }.sorted(unless: isStopped, by: <)
    var places: [ClosedRange<Int>] = []
    places.reserveCapacity(groups.count)
    try runner.each(groups) { group in
      let above =
        lows.count - RankPage.firstIndex(in: lows, above: group.interval.upper ?? .infinity)
      let below = RankPage.firstIndex(in: highs, notBelow: group.interval.lower ?? -.infinity)
      places.append((1 + above)...(groups.count - below))
    }
    self.places = places
  }

  private static func firstIndex(in sorted: [Double], above bound: Double) -> Int {
    partition(sorted) { $0 > bound }
  }

  private static func firstIndex(in sorted: [Double], notBelow bound: Double) -> Int {
    partition(sorted) { $0 >= bound }
  }

  /// The first place from which a condition holds, in a list where it holds to the end. O(log n).
  private static func partition(_ sorted: [Double], _ holds: (Double) -> Bool) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(sorted[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  func write(_ what: String, _ names: String, limit: Int, _ answer: inout Answer) throws {
    let shown = question.top ?? limit
    guard question.top != nil || groups.count <= limit else {
      throw VerbMessages.tooManyGroups(
        groups.count, limit: limit, at: question.span(of: .by) ?? question.ask.span)
    }
    var rows: [[Cell]] = []
    for (index, group) in groups.prefix(shown).enumerated() {
      let place = places[index]
      answer.figures += figures(group, index, place)
      rows.append(
        [.number(Double(index + 1), .count)] + group.group.map(Cell.value)
          + [.number(group.n, .count)]
          + (measure.base == nil ? [] : [.number(group.of, .count)])
          + [
            group.interval.estimate.map { .number($0, measure.form) } ?? .none("none"),
            .interval(group.interval.lower, group.interval.upper, measure.form),
            .value(
              .text(
                place.count == 1
                  ? "\(place.lowerBound)" : "\(place.lowerBound) to \(place.upperBound)")),
          ])
    }
    var columns: [AnswerTable.Column] = [.init("rank", .integer)]
    columns += question.by.map { .init($0.name, .category) }
    columns.append(.init("n", .integer))
    if let base = measure.base { columns.append(.init(base, .integer)) }
    columns += [
      .init(measure.figure.label, measure.form == .percent ? .percent : .number),
      .init("\(Numbers.level(question.level)) interval", .interval),
      .init("may rank", .text),
    ]
    let table = AnswerTable(columns: columns, rows: rows, hidden: max(0, groups.count - shown))
    answer.table = table
    answer.blocks = [.table(table)]
    if rows.count > 1, rows.count <= RankPage.mostDrawn {
      answer.blocks.append(.chart(chart(rows.count)))
    }
    answer.sentences = [sentence(what, names)] + ties(shown)
    answer.steps = [
      "\(measure.figure.label) = n ÷ \(measure.base ?? "all with a known \(names)")",
      "may rank: below every group whose interval is wholly above its own, above every group "
        + "whose interval is wholly below",
    ]
  }

  /// More groups than this make a picture that nobody reads.
  private static let mostDrawn = 30

  private func figures(_ group: RankedGroup, _ index: Int, _ place: ClosedRange<Int>) -> [Figure] {
    let labels = Inquiry.labels(question.by, group.group)
    let (id, label) = measure.figure
    let decides = Figure(
      id, label, group.interval.estimate, n: group.n, of: group.of, group: labels,
      form: measure.form
    ).with(group.interval, level: question.level, method: measure.card?.id ?? "")
    return [
      Figure("count", "count", group.n, group: labels, form: .count), decides,
      Figure(
        "rank", "rank", Double(index + 1), low: Double(place.lowerBound),
        high: Double(place.upperBound), level: question.level, method: measure.card?.id,
        group: labels, form: .count),
    ]
  }

  private func chart(_ count: Int) -> Chart {
    Chart(
      .interval, title: measure.figure.label, form: measure.form,
      series: [
        .init(
          "",
          groups.prefix(count).map {
            Chart.Point(
              $0.group.label, $0.interval.estimate, low: $0.interval.lower,
              high: $0.interval.upper)
          })
      ])
  }

  private func sentence(_ what: String, _ names: String) -> String {
    let first = groups[0]
    let value = first.interval.estimate.map { Numbers.text($0, measure.form) } ?? "none"
    let detail: String
    switch measure {
    case .number: detail = "\(Words.grouped(first.n)), \(value) of all"
    case .perHead: detail = value
    case .ofStage: detail = "\(Words.grouped(first.n)) of \(Words.grouped(first.of)), \(value)"
    }
    return Words.sentence(
      "\(first.group.label) is the highest of \(Words.grouped(groups.count)) by \(names), for "
        + "\(what)\(measure.words): \(detail).")
  }

  /// Runs of places whose intervals all overlap that of the first of the run.
  private func ties(_ shown: Int) -> [String] {
    var runs: [ClosedRange<Int>] = []
    var start = 0
    while start < min(shown, groups.count), runs.count < 3 {
      var end = start
      let floor = groups[start].interval.lower ?? -.infinity
      while end + 1 < groups.count, groups[end + 1].interval.upper ?? .infinity >= floor {
        end += 1
      }
      if end > start { runs.append((start + 1)...(end + 1)) }
      start = end + 1
    }
    guard !runs.isEmpty else { return [] }
    let words = runs.map { "\($0.lowerBound) to \($0.upperBound)" }
    return ["Ranks \(Words.list(words)) are not told apart: their intervals overlap."]
  }
}
