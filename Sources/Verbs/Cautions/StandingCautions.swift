import Columns
package import Engine
import Statistics
import Syntax

/// The cautions that no verb has to think of: each looks at every answer and speaks where it applies.
package enum StandingCautions {
  /// Adds what applies to an answer of the question.
  package static func add(
    to answer: inout Answer, of question: Question, _ inquiry: Inquiry
  ) throws {
    noticed(question, &answer)
    dateFound(question, &answer)
    guard let cohort = question.cohort else {
      rareOutcomes(&answer)
      return
    }
    if let comparison = try GroupComparison(question, inquiry) {
      try SimpsonSentinel.look(at: comparison, question, inquiry, &answer)
    }
    outsidePeriod(cohort, question, inquiry, &answer)
    WholePopulation.look(question, &answer)
    try RepeatedPeople.look(at: cohort, question, inquiry, &answer)
    try TwoDefinitions.look(at: cohort, question, inquiry, &answer)
    hitRates(question, &answer)
    rareOutcomes(&answer)
    sampleAsCount(cohort, question, &answer)
  }

  /// The date that periods were taken to mean, where no card says it.
  private static func dateFound(_ question: Question, _ answer: inout Answer) {
    guard let dataset = question.cohort?.dataset, dataset.card.date == nil,
      let date = question.periodDate
    else { return }
    answer.remarks.append(
      "Periods are those of \(date), the one field of \(dataset.name) that holds dates.")
  }

  /// What sources noticed of the rows, once for each dataset that the question reads: rows with too many or too
  /// few fields, cells that were read as missing, data that changed.
  private static func noticed(_ question: Question, _ answer: inout Answer) {
    var datasets: [Dataset] = [question.cohort?.dataset].compactMap(\.self)
    switch question.versus {
    case .cohort(let other)?: datasets.append(other.dataset)
    case .population(let population)?: datasets += [population.dataset].compactMap(\.self)
    case .everyPopulation(let populations)?: datasets += populations.compactMap(\.dataset)
    default: break
    }
    if case .people(_, let population)? = question.per {
      datasets += [population.dataset].compactMap(\.self)
    }
    var said: Set<ObjectIdentifier> = []
    for dataset in datasets where said.insert(ObjectIdentifier(dataset)).inserted {
      answer.cautions += dataset.source.faults(of: dataset.table).map {
        Caution("ragged-rows", "The file of \(dataset.name): \($0).")
      }
      answer.cautions += dataset.source.warnings(of: dataset.table).map {
        Caution("source-warning", "The source of \(dataset.name): \($0).")
      }
    }
  }

  /// A time asked about that the card says the data do not cover, or cover in part.
  private static func outsidePeriod(
    _ cohort: Cohort, _ question: Question, _ inquiry: Inquiry, _ answer: inout Answer
  ) {
    guard let asked = question.period, let covered = cohort.dataset.card.period else { return }
    let begins = asked.first.number > -1_000_000 && asked.first < covered.first
    let ends = asked.last.number < 3_000_000 && asked.last > covered.last
    guard begins || ends else { return }
    let isWhole = asked.last < covered.first || asked.first > covered.last
    let period = cohort.dataset.card.year ?? ""
    answer.cautions.append(
      Caution(
        "outside-period",
        "The data of \(cohort.dataset.name) cover \(period); what was asked for lies "
          + "\(isWhole ? "outside: nothing here says that there was none" : "outside in part")."
          + (inquiry.cohortOfThatTime(question).map { " See: \(inquiry.line(question, $0))" } ?? ""),
        severity: isWhole ? .stop : .caution, isPassed: question.isAnyway))
  }

  /// Words that name what a search is made for.
  private static let hits: Set<String> = ["found", "contraband", "hit", "recovered", "seized"]

  /// A rate of finds in groups of people: its average says little about the threshold of a search.
  private static func hitRates(_ question: Question, _ answer: inout Answer) {
    guard ["share", "rate", "gap", "table"].contains(answer.verb) else { return }
    let eventNames = question.conditions.first.map { $0.predicate.columns } ?? []
    let isHit = eventNames.contains { name in
      Name.key(of: name).split(separator: "_").contains { hits.contains(String($0)) }
    }
    let groups =
      question.by.map(\.name) + question.conditions.dropFirst().flatMap { $0.predicate.columns }
    guard isHit, let group = groups.first(where: { Words.namesPeople(Name.key(of: $0)) }) else {
      return
    }
    answer.cautions.append(
      Caution(
        "infra-marginality",
        "A rate of finds by \(group) is an average over easy and hard cases: groups can be searched at "
          + "the same threshold and differ in it, or at another and be alike (infra-marginality)."))
  }

  /// Two shares below one in a hundred: a ratio alone makes little of much, or much of little.
  private static func rareOutcomes(_ answer: inout Answer) {
    let shares: [Figure]
    switch answer.verb {
    case "gap": shares = answer.figures.filter { $0.id == "share" }
    case "ratio" where answer.figures.contains { $0.id == "benchmark" && $0.method != nil }:
      shares = answer.figures.filter { $0.id == "share" || $0.id == "benchmark" }
    default: return
    }
    let values = shares.compactMap(\.value)
    guard values.count == 2, let most = values.max(), most > 0, most < 0.01 else { return }
    let points = Numbers.decimal((values[0] - values[1]).magnitude * 100, 2)
    let ratio = values[1] > 0 ? Numbers.ratio(values[0] / values[1]) : "no"
    answer.cautions.append(
      Caution(
        "rare-outcome",
        "Both shares are below 1%: \(ratio) times is a difference of \(points) points. "
          + "Give the points beside the ratio."))
  }

  /// Counts of a sample, which are no counts of what it was drawn from.
  private static func sampleAsCount(
    _ cohort: Cohort, _ question: Question, _ answer: inout Answer
  ) {
    guard let sample = cohort.dataset.card.sample else { return }
    let counts: Bool
    switch answer.verb {
    case "count", "total", "stock": counts = true
    case "trend", "rank": counts = question.conditions.isEmpty
    case "rate":
      if case .people? = question.per { counts = true } else { counts = false }
    case "ratio": counts = answer.figures.contains { $0.id == "count" || $0.id == "rri" }
    default: counts = false
    }
    guard counts else { return }
    let weight = Double(sample.population) / Double(sample.drawn)
    answer.cautions.append(
      Caution(
        "sample-as-count",
        "\(cohort.dataset.name) is a sample of \(Words.grouped(sample.drawn)) from "
          + "\(Words.grouped(sample.population)): these are numbers of the sample. Of all there are "
          + "about \(Numbers.decimal(weight, 2)) times as many."))
  }
}
