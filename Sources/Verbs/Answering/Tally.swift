import Columns
import Engine

/// How often something is so, is not so, and is not known, in one group.
struct Tally {
  let group: [Value]
  let yes: Double
  let no: Double
  let unknown: Double
  /// Those for which it is known; with distinct units less than yes and no together.
  let known: Double

  /// Counts as whole numbers for the exact methods; weights may leave fractions, which round.
  var events: Int { Int(yes.rounded()) }
  var trials: Int { Int(known.rounded()) }

  /// Whether no weight leaves a fraction.
  var isWhole: Bool { yes == yes.rounded() && known == known.rounded() }

  /// Of a group without a row.
  static func none(_ group: [Value]) -> Tally {
    Tally(group: group, yes: 0, no: 0, unknown: 0, known: 0)
  }

  /// Why there is no share, where there is none.
  var reason: String { total > 0 ? "nothing known" : "no cases" }

  var total: Double { known + unknown }
  var share: Double? { known > 0 ? yes / known : nil }

  /// The part that is not known, 0 to 1.
  var unknownShare: Double { total > 0 ? unknown / total : 0 }
}

extension Inquiry {
  /// The tallies of an event among rows, by groups, in group order.
  func tallies(
    _ question: Question, event: Predicate, among rows: Predicate, by keys: [BoundKey]
  ) throws -> [Tally] {
    let table = try tabulate(
      question, rows: rows, keys: keys.map { .field($0.field) } + [.test(event)])
    var order: [[Value]] = []
    var cells: [[Value]: (yes: Double, no: Double, unknown: Double)] = [:]
    for row in table.rows {
      let group = Array(row.keys.dropLast())
      if cells[group] == nil { order.append(group) }
      let count = row.measures[0].double ?? 0
      switch row.keys[keys.count] {
      case .truth(true): cells[group, default: (0, 0, 0)].yes += count
      case .truth(false): cells[group, default: (0, 0, 0)].no += count
      default: cells[group, default: (0, 0, 0)].unknown += count
      }
    }
    if keys.isEmpty, order.isEmpty { order = [[]] }
    let distinct = try distinct(question, event, rows, keys)
    return order.map { group in
      let cell = cells[group] ?? (0, 0, 0)
      guard let distinct else {
        return Tally(
          group: group, yes: cell.yes, no: cell.no, unknown: cell.unknown,
          known: cell.yes + cell.no)
      }
      let known = distinct.known[group] ?? 0
      return Tally(
        group: group, yes: cell.yes, no: cell.no,
        unknown: max(0, (distinct.all[group] ?? 0) - known), known: known)
    }
  }

  /// All groups together: their sum, or with distinct units a tally of its own, since one unit may be in
  /// several groups.
  func together(
    _ tallies: [Tally], _ question: Question, event: Predicate, among rows: Predicate
  ) throws -> Tally {
    guard try unitField(of: question) != nil, tallies.count > 1 else { return Tally.sum(tallies) }
    return try self.tallies(question, event: event, among: rows, by: [])[0]
  }

  /// With distinct units, one unit may have the event in one row and not in another: it counts once,
  /// and is unknown only where no row of it is known.
  private func distinct(
    _ question: Question, _ event: Predicate, _ rows: Predicate, _ keys: [BoundKey]
  ) throws -> (known: [[Value]: Double], all: [[Value]: Double])? {
    guard try unitField(of: question) != nil else { return nil }
    func count(_ rows: Predicate) throws -> [[Value]: Double] {
      let table = try tabulate(question, rows: rows, keys: keys.map { .field($0.field) })
      return Dictionary(
        table.rows.map { ($0.keys, $0.measures[0].double ?? 0) }, uniquingKeysWith: +)
    }
    return (try count(rows.and(.any([event, .not(event)]))), try count(rows))
  }
}

extension Question {
  /// How many of how many the rows are, where its card says that they are a sample.
  var sample: SampleSize? { cohort?.dataset.card.sample }

  /// Groups in the order they are shown: largest first where `top` cuts them, else in key order.
  func shown(_ tallies: [Tally]) -> (tallies: [Tally], hidden: Int) {
    guard let top, !by.isEmpty else { return (tallies, 0) }
    let sorted = tallies.enumerated().sorted {
      ($1.element.total, $0.offset) < ($0.element.total, $1.offset)
    }
    return (sorted.prefix(top).map(\.element), max(0, tallies.count - top))
  }
}

extension [Value] {
  /// A group in a sentence: `Black, 2019`; a missing value is unknown.
  var label: String { map { $0.isMissing ? "unknown" : $0.description }.joined(separator: ", ") }
}
