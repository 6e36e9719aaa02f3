import Columns
import Diagnostics
import Engine
import Syntax

/// What `time` measures: a length of time for each row, and whether the row got there.
struct SpanOfTime {
  /// The time of a row, in days between two stages or as a number field holds it.
  let duration: Field
  /// Whether the row got there; else it was still open when last seen.
  let event: Predicate
  /// Fields whose missing values leave a row out.
  let fields: [Field]
  /// `from referred to filed`.
  let words: String
  /// `filed`, or the condition of `until`.
  let goal: String
  let form: NumberForm
  /// `day`, or the name of the number field.
  let unit: String
  /// The day up to which open cases were seen; nothing where a field holds the time.
  let end: Day?

  init(_ question: Question, _ inquiry: Inquiry) throws {
    let cohort = try inquiry.cohort(of: question)
    if let field = question.fields.first {
      self = try SpanOfTime(field: field, cohort, question)
      return
    }
    guard question.stages.count == 2 else {
      throw Diagnostic(
        "needs-stages", "`time` needs the two stages between which it runs", at: question.ask.span,
        help: SpanOfTime.help(cohort.dataset))
    }
    if let until = question.until {
      throw VerbMessages.sharesOnly("`until` beside two stages", at: until.node.span)
    }
    let dates = try zip(question.stages, question.ask.stages).map { stage, name in
      if let date = stage.date { return date }
      throw Diagnostic(
        "stage-without-date",
        "\(stage.name) is a condition and has no date, so no time can be counted to it",
        at: name.span,
        help: ["say `stages of \(cohort.dataset.name)` with `\(stage.name) on DATE`"])
    }
    guard let end = try inquiry.lastDay(of: question, dates) else {
      throw VerbMessages.nothingCounted(cohort.name, at: question.ask.span)
    }
    let (start, goal) = (dates[0], dates[1])
    let isThere = Predicate.not(.missing(goal))
    let last = Expression.literal(.date(end))
    if inquiry.settings.today == nil {
      event = isThere
      duration = .computed(
        name: "days",
        .call(.days, [.field(start), .call(.coalesce, [.field(goal), last])]))
    } else {
      // What happened after the day that counts as today had not happened on it.
      event = isThere.and(.test(goal, .between(lower: nil, upper: .date(end))))
      let capped = Expression.choose(
        when: .any([.missing(goal), .test(goal, .compare(.greater, .date(end)))]),
        then: last, otherwise: .field(goal))
      duration = .computed(name: "days", .call(.days, [.field(start), capped]))
    }
    fields = [start]
    words = "the time from \(question.stages[0].name) to \(question.stages[1].name)"
    self.goal = question.stages[1].name
    form = .days
    unit = "day"
    self.end = end
  }

  /// A number field as the time; `until` says which rows got there, and without it all did.
  private init(field: Field, _ cohort: Cohort, _ question: Question) throws {
    guard field.type?.isNumber == true else {
      let span = question.ask.fields.first?.span ?? question.ask.span
      if field.type?.isDate == true {
        throw Diagnostic(
          "needs-stages", "\(field.name) is a date: time runs from one date to another", at: span,
          help: ["time \(cohort.name) \(field.name) to OTHER_DATE"])
      }
      throw BindingMessages.notANumberField(field.name, field.type?.words ?? "no number", at: span)
    }
    duration = field
    event = question.until?.predicate ?? .constant(true)
    fields = [field] + (question.until?.fields ?? [])
    goal = question.until?.text ?? "the end of \(field.name)"
    words = "\(field.name) until \(goal)"
    form = .count
    unit = field.name
    end = nil
  }

  private static func help(_ dataset: Dataset) -> [String] {
    let names = dataset.stages.filter { $0.date != nil }.map(\.name)
    return names.count > 1
      ? ["time \(dataset.name) \(names[0]) to \(names[1])"]
      : ["say `stages of \(dataset.name)` with the dates, or a number field and `until CONDITION`"]
  }
}
