import Columns
import Engine
import Statistics
import Syntax

/// The lengths of time of each group, tabulated by length and by whether the case got there.
struct Durations {
  /// The cases of one group.
  struct Group {
    let keys: [Value]
    var tallies: [KaplanMeier.Tally] = []
    // Weights that leave fractions are rounded in their running totals, in order of time.
    fileprivate var ended = RunningRound()
    fileprivate var waiting = RunningRound()

    var events: Int { tallies.reduce(0) { $0 + $1.events } }
    var open: Int { tallies.reduce(0) { $0 + $1.censored } }
  }

  private(set) var groups: [Group] = []
  /// Rows that end before they begin.
  private var negative = 0.0
  /// Rows of which the length, or whether they got there, is not known.
  private var unknown = 0.0

  /// Cases with a length of time.
  var n: Double { Double(groups.reduce(0) { $0 + $1.events + $1.open }) }

  /// One tabulation: group, length of time, whether the case got there.
  init(_ span: SpanOfTime, _ question: Question, _ inquiry: Inquiry) throws {
    let keys = question.by.count
    let table = try inquiry.tabulate(
      question, rows: question.rows,
      keys: question.by.map { .field($0.field) } + [.field(span.duration), .test(span.event)],
      measures: [.rows])
    var places: [[Value]: Int] = [:]
    for row in table.rows {
      let count = row.measures[0].double ?? 0
      guard let time = row.keys[keys].double, case .truth(let isEvent) = row.keys[keys + 1] else {
        unknown += count
        continue
      }
      guard time >= 0 else {
        negative += count
        continue
      }
      let group = Array(row.keys.prefix(keys))
      let place = places[group] ?? groups.count
      if place == groups.count {
        places[group] = place
        groups.append(Group(keys: group))
      }
      groups[place].tallies.append(
        KaplanMeier.Tally(
          time: time, events: isEvent ? groups[place].ended.add(count) : 0,
          censored: isEvent ? 0 : groups[place].waiting.add(count)))
    }
  }

  func caution(
    _ span: SpanOfTime, _ curves: CurveLines, _ inquiry: Inquiry, _ answer: inout Answer
  ) {
    let unit = answer.counted?.unit ?? "case"
    if negative > 0 {
      answer.cautions.append(
        Caution(
          "negative-duration",
          "\(Words.count(negative, unit)) \(negative == 1 ? "ends" : "end") before the beginning "
            + "and \(negative == 1 ? "is" : "are") left out: a date must be wrong."))
    }
    if unknown > 0 {
      answer.cautions.append(
        Caution(
          "unknown-duration",
          "The time is not known for \(Words.count(unknown, unit)), left out here."))
    }
    cautionEnded(span, unit, &answer)
    let few = groups.filter { $0.events < 10 }
    guard !few.isEmpty, inquiry.settings.rules == "nchs" else { return }
    let names = few.prefix(6).map { $0.keys.isEmpty ? "The answer" : $0.keys.label }
    let more = few.count > 6 ? " and \(few.count - 6) more" : ""
    answer.cautions.append(
      Caution(
        "small-numbers",
        "\(Words.list(names))\(more) \(few.count == 1 ? "rests" : "rest") on fewer than 10 that got to \(span.goal)."
      ))
  }

  /// Cases open for longer than nearly all others took have most likely ended in another way.
  private func cautionEnded(_ span: SpanOfTime, _ unit: String, _ answer: inout Answer) {
    let all = KaplanMeier.Tally.together(groups.flatMap(\.tallies))
    let events = all.reduce(0) { $0 + $1.events }
    guard events >= 20, span.end != nil else { return }
    var passed = 0
    let usual = all.first { tally in
      passed += tally.events
      return Double(passed) >= 0.99 * Double(events)
    }
    guard let usual else { return }
    let late = all.filter { $0.time > usual.time }.reduce(0) { $0 + $1.censored }
    let n = all.reduce(0) { $0 + $1.events + $1.censored }
    guard Double(late) > 0.05 * Double(n) else { return }
    answer.cautions.append(
      Caution(
        "ended-otherwise",
        "\(Words.count(Double(late), unit)) (\(Numbers.percent(Double(late) / Double(n)))) are open for "
          + "longer than 99 of 100 took that got to \(span.goal) (\(Numbers.text(usual.time, span.form))). "
          + "Most have probably ended otherwise, for instance declined, and count as waiting here; "
          + "`where` can leave them out."))
  }
}

extension KaplanMeier.Tally {
  /// Tallies of several groups as one, in order of time.
  fileprivate static func together(_ tallies: [KaplanMeier.Tally]) -> [KaplanMeier.Tally] {
    KaplanMeier(tallies).steps.map {
      KaplanMeier.Tally(time: $0.time, events: $0.events, censored: $0.censored)
    }
  }
}
