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
      throw VerbMessages.needsStages(
        "time", "needs the two stages between which it runs",
        help: SpanOfTime.help(cohort.dataset), at: question.ask.span)
    }
    if let until = question.until {
      throw VerbMessages.sharesOnly("`until` beside two stages", at: until.node.span)
    }
    let dates = try zip(question.stages, question.ask.stages).map { stage, name in
      if let date = stage.date { return date }
      throw VerbMessages.stageWithoutDate(stage.name, cohort.dataset.name, at: name.span)
    }
    guard let end = try inquiry.lastDay(of: question, dates) else {
      throw VerbMessages.nothingCounted(question.whom, at: question.ask.span)
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
        throw VerbMessages.needsStages(
          "time", "runs from one date to another, and \(field.name) is one date",
          help: ["time \(cohort.name) \(field.name) to OTHER_DATE"], at: span)
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
