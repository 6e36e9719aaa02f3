import Columns
import Engine
import Statistics

/// A share with the interval that fits how it was counted.
struct ShareInterval {
  let tally: Tally
  let interval: Interval
  let level: Double
  let card: MethodCard?

  /// A sample of a known whole takes the finite-population correction; the share shown stays x ÷ n.
  ///
  /// A part of the sample stands for as large a part of the whole.
  init(_ tally: Tally, sample: SampleSize?, level: Double, method: Proportion.Method) {
    self.tally = tally
    self.level = level
    if let sample, method == .wilson, sample.drawn > 0, tally.trials > 0 {
      let whole = Double(tally.trials) * Double(sample.population) / Double(sample.drawn)
      interval = FinitePopulation.wilson(
        tally.events, ofSample: tally.trials, population: whole, level: level)
      card = MethodCatalogue.wilsonFinite
    } else if method == .wilson, let share = tally.share, !tally.isWhole {
      interval = Proportion.wilson(share: share, effectiveSize: tally.known, level: level)
      card = method.card
    } else {
      interval = Proportion.interval(tally.events, of: tally.trials, level: level, method: method)
      card = method.card
    }
  }

  func figure(_ id: String, _ label: String, group: [GroupLabel] = []) -> Figure {
    Figure(
      id, label, tally.share, low: interval.lower, high: interval.upper, level: level,
      n: tally.yes, of: tally.known, method: card?.id, group: group,
      reason: tally.known > 0
        ? nil : tally.total > 0 ? "nothing is known to divide by" : "no cases", form: .percent)
  }

  func steps(_ remark: String) -> [String] {
    guard let low = interval.lower, let high = interval.upper else { return [] }
    return [
      "share = \(remark) = \(Numbers.percent(tally.share ?? 0))",
      "interval: \(card?.name ?? ""), \(card?.formula ?? ""), with x = \(Words.grouped(tally.yes)), "
        + "n = \(Words.grouped(tally.known)), level \(Numbers.percent(level)): "
        + "\(Numbers.percent(low)) to \(Numbers.percent(high))",
    ]
  }
}

/// Shares of several groups, as figures and as a table.
struct ShareTable {
  private let keys: [BoundKey]
  private let unit: String
  private let level: Double
  private var rows: [[Cell]] = []
  private var all: [Tally] = []
  private var least: (share: Double, label: String)?
  private var greatest: (share: Double, label: String)?
  private let id: String

  init(_ question: Question, _ unit: String, id: String = "share") {
    keys = question.by
    self.unit = unit
    level = question.level
    self.id = id
  }

  mutating func add(_ tally: Tally, _ interval: ShareInterval, _ answer: inout Answer) {
    let labels = Inquiry.labels(keys, tally.group)
    answer.cite(interval.card)
    answer.figures.append(interval.figure(id, id, group: labels))
    let label = tally.group.label
    let bounds = MissingBounds.share(tally.bounded)
    if let share = tally.share, !tally.group.contains(.missing) {
      if least.map({ share < $0.share }) ?? true { least = (share, label) }
      if greatest.map({ share > $0.share }) ?? true { greatest = (share, label) }
    }
    rows.append(
      tally.group.map(Cell.value) + [
        .number(tally.yes, .count), .number(tally.known, .count),
        tally.share.map { .number($0, .percent) } ?? .none(tally.reason),
        .interval(interval.interval.lower, interval.interval.upper, .percent),
        .number(tally.unknown, .count),
        .interval(bounds.lower, bounds.upper, .percent),
      ])
    all.append(tally)
  }

  mutating func finish(hidden: Int, _ answer: inout Answer) {
    let sum = Tally.sum(all)
    let hasUnknown = sum.unknown > 0
    let hasBounds = sum.unknownShare > Inquiry.leastSaid
    let columns =
      keys.map { AnswerTable.Column($0.name, .category) } + [
        .init("n", .integer), .init("of", .integer), .init(id, .percent),
        .init("\(Numbers.level(level)) interval", .interval), .init("unknown", .integer),
        .init("bounds with them", .interval),
      ]
    let spare = hasBounds ? 0 : hasUnknown ? 1 : 2
    let table = AnswerTable(
      columns: columns.dropLast(spare), rows: rows.map { $0.dropLast(spare) }, hidden: hidden)
    answer.table = table
    answer.blocks.append(.table(table))
  }

  /// `: from 1.1% (Unknown) to 30.6% (Native American)`.
  var range: String {
    guard let least, let greatest, least.label != greatest.label else { return "" }
    return
      ": from \(Numbers.percent(least.share)) (\(least.label)) to \(Numbers.percent(greatest.share)) (\(greatest.label))"
  }

  /// One caution that names every group that rests on small numbers.
  func cautionSmall(_ tallies: [Tally], _ inquiry: Inquiry, _ answer: inout Answer) {
    guard inquiry.settings.rules == "nchs" else { return }
    let small = tallies.filter { tally in
      guard tally.trials > 0 else { return false }
      if case .suppress = PresentationStandard.nchsProportion(tally.events, of: tally.trials) {
        return true
      }
      return false
    }
    guard !small.isEmpty else { return }
    let names = small.prefix(6).map { $0.group.label }
    let more = small.count > 6 ? " and \(small.count - 6) more" : ""
    answer.cautions.append(
      Caution(
        "small-numbers",
        "Small numbers in \(Words.list(Array(names)))\(more): too few or too wide for the NCHS standard."
      ))
  }
}
