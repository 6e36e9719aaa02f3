import Columns
import Diagnostics
package import Engine
package import Statistics
package import Syntax

/// How long it takes from one stage to another, with open cases counted as open.
package struct Time: Verb {
  package static let signature = Signature(
    "time", summary: "how long it takes from one stage to another, with open cases counted as open",
    slots: [.duration],
    clauses: [.by, .where, .until, .at, .in, .since, .before, .top, .level, .using],
    examples: [
      .init("time drug referred to filed by method", "medians of groups, and the log-rank test"),
      .init(
        "time jail booked to released at 7, 30", "how many are still inside after so many days"),
      .init("time releases week until arrest=1 by aid", "a time that a number field holds"),
    ],
    figures: [
      ("median", "the time by which half have got there"),
      ("quartile-1", "the time by which a quarter have"),
      ("quartile-3", "the time by which three quarters have"),
      ("open", "those that had not got there when last seen"),
      ("still", "the part that has not got there by a time"),
      ("log-rank", "chi-square of the log-rank test between the groups"), ("p", "its p-value"),
    ])

  package static let families: [MethodFamily] = [
    .survival, .medianSurvival, .survivalDifference,
  ]

  package static func answer(_ question: Question, _ inquiry: Inquiry) throws -> Answer {
    let span = try SpanOfTime(question, inquiry)
    var answer = try inquiry.begin(question, words: span.words)
    let limits = try inquiry.method(question, KaplanMeier.defaultLimits)
    let durations = try Durations(span, question, inquiry)
    answer.counted = try inquiry.counted(
      question, n: durations.n, fields: span.fields + question.by.map(\.field))
    // Each row has a time of its own; where several are of one case their number is not that of cases.
    let unit = try inquiry.unitOfRows(question)
    answer.counted?.unit = unit
    let groups =
      question.top.map { durations.groups.largest($0) { Double($0.events + $0.open) } }
      ?? durations.groups
    guard groups.contains(where: { !$0.tallies.isEmpty }) else {
      throw VerbMessages.nothingCounted(span.words, at: question.ask.span)
    }
    var curves = CurveLines(question, span, limits, unit: unit)
    for group in groups { curves.add(group) }
    if !question.by.isEmpty {
      let all = try inquiry.withEmptyPeriods(
        groups.map(\.keys), question, &answer, keys: { $0 }, empty: { $0 })
      guard all.count <= inquiry.settings.groupLimit else {
        throw VerbMessages.tooManyGroups(
          all.count, limit: inquiry.settings.groupLimit,
          at: question.span(of: .by) ?? question.ask.span)
      }
      curves.order = all
      curves.hidden = durations.groups.count - groups.count
    }
    curves.write(&answer)
    durations.caution(span, curves, inquiry, &answer)
    try inquiry.cautionRepeatedIds("each row has a time of its own", question, &answer)
    return answer
  }
}
