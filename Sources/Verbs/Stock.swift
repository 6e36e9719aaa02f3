import Columns
import Diagnostics
package import Engine
package import Syntax

/// How many are inside on each date: a census of a jail, a docket, a waiting list.
package struct Stock: Verb {
  package static let signature = Signature(
    "stock", summary: "how many are inside on each date, from one stage to another",
    clauses: [.from, .by, .where, .in, .since, .before],
    examples: [
      .init(
        "stock jail from booked to released by month", "those inside on the first of each month"),
      .init(
        "stock drug from referred to filed by quarter, race since 2019", "one line for each group"),
    ],
    figures: [
      ("stock", "those inside on the first day of a period"),
      ("average", "the mean over the dates shown"), ("least", "the fewest"),
      ("greatest", "the most"),
    ])

  package static func answer(_ question: Question, _ inquiry: Inquiry) throws -> Answer {
    let cohort = try inquiry.cohort(of: question)
    guard let (start, end) = question.from else {
      throw BindingMessages.needsClause(
        "stock", "from", at: question.ask.span, help: ["the form is: \(signature.usage)"])
    }
    guard let (unit, _) = question.by.lazy.compactMap(\.field.calendar).first else {
      throw VerbMessages.needsPeriod(
        "stock", "stock \(cohort.name) from \(start.name) to \(end.name) by month",
        at: question.span(of: .by) ?? question.ask.span)
    }
    guard let entry = start.date, let exit = end.date else {
      let stage = start.date == nil ? start : end
      throw VerbMessages.stageWithoutDate(
        stage.name, cohort.dataset.name, at: question.span(of: .from) ?? question.ask.span)
    }
    let stays = try StayCounts(entry: entry, exit: exit, question, inquiry)
    guard stays.firstEntry != nil, let seen = try inquiry.observedDays(of: entry, question)?.first
    else { throw VerbMessages.nothingCounted(question.whom, at: question.ask.span) }
    let dates = try dates(unit, since: seen, [entry, exit], question, inquiry)
    var answer = try inquiry.begin(
      question,
      words: "how many of \(cohort.name) are between \(start.name) and \(end.name) on each date")
    var allTime = question
    allTime.periodCondition = .constant(true)
    answer.counted = try inquiry.counted(
      allTime, n: stays.n, fields: question.by.map(\.field).filter { $0.calendar == nil } + [entry]
    )
    // Stays are rows; where several are of one case their number is not that of cases.
    let counts = try inquiry.unitOfRows(question)
    answer.counted?.unit = counts
    StockPage(stays, dates, question, unit: counts, of: unit).write(&answer)
    caution(stays, dates, (start, end), seen, counts, &answer)
    try inquiry.cautionRepeatedIds("each row is a stay of its own", question, &answer)
    return answer
  }

  /// The first days of the periods asked about that the data cover. `seen` is the first entry of the
  /// whole dataset: before that of a narrower cohort nobody of it was inside, which is a 0.
  private static func dates(
    _ unit: PeriodUnit, since seen: Day, _ fields: [Field], _ question: Question,
    _ inquiry: Inquiry
  ) throws -> [Day] {
    let span = question.span(of: .by) ?? question.ask.span
    guard let last = try inquiry.lastDay(of: question, fields) else {
      throw VerbMessages.nothingCounted(question.whom, at: question.ask.span)
    }
    let card = question.cohort?.dataset.card.period
    var first = card?.first ?? seen
    var end = last
    if let period = question.period {
      if period.first.number > -1_000_000 { first = max(card?.first ?? seen, period.first) }
      end = min(end, period.last)
    }
    var period = Period(unit, of: first)
    if period.first < first { period = period.next }
    var dates: [Day] = []
    while period.first <= end {
      guard dates.count < mostDates else {
        throw VerbMessages.tooManyGroups(dates.count + 1, limit: mostDates, at: span)
      }
      dates.append(period.first)
      period = period.next
    }
    guard !dates.isEmpty else {
      throw Diagnostic(
        "nothing-counted", "no \(unit.rawValue) begins in the time asked about", at: span)
    }
    return dates
  }

  /// More dates than this are no series that can be read.
  private static let mostDates = 1000

  private static func caution(
    _ stays: StayCounts, _ dates: [Day], _ stages: (Stage, Stage), _ seen: Day, _ unit: String,
    _ answer: inout Answer
  ) {
    if stays.unknownEntry > 0 {
      answer.cautions.append(
        Caution(
          "entry-unknown",
          "\(Words.count(stays.unknownEntry, unit)) without a date of \(stages.0.name) "
            + "\(stays.unknownEntry == 1 ? "is" : "are") counted on no date."))
    }
    if stays.negative > 0 {
      answer.cautions.append(
        Caution(
          "negative-duration",
          "\(Words.count(stays.negative, unit)) \(stays.negative == 1 ? "has" : "have") \(stages.1.name) before "
            + "\(stages.0.name) and \(stays.negative == 1 ? "is" : "are") left out: a date must be wrong."
        ))
    }
    if let first = dates.first, seen >= first {
      answer.cautions.append(
        Caution(
          "no-earlier-entries",
          "The data hold nobody who came before \(first), so those already inside then are missing and "
            + "the first figures are too low."))
    }
  }
}
