import Columns
import Engine
import Syntax
import Verbs

/// The sets of rows that an answer shows or implies the numbers of, group by group.
struct CountedFamily {
  /// One value of each key of `by`; empty where the question has none, or for a total.
  struct Group: Hashable {
    let values: [Value]
  }

  let dataset: Dataset
  /// Sets whose numbers stand in the answer, by the group they belong to; totals under no group.
  let shown: [(group: Group, set: CountedSet)]
  /// Sets of rows for which something is unknown: shown beside the figures, and left out alone.
  let unknown: [CountedSet]
  /// All rows of the question, known or not.
  let whole: CountedSet
  /// Whether the sets are all that the verb counts; else any small number masks the whole answer.
  let isComplete: Bool

  /// Verbs that show how many rows meet the condition, and not how many do not.
  private static let counting: Set<String> = [
    "count", "list", "sample", "total", "average", "median",
  ]
  private static let complete: Set<String> = [
    "count", "share", "rate", "ratio", "gap", "table", "rank",
  ]

  init(_ question: Question, _ cohort: Cohort, _ runner: Runner) throws {
    let verb = question.ask.verb.text.lowercased()
    dataset = cohort.dataset
    isComplete = CountedFamily.complete.contains(verb) && question.within.isEmpty
    var rows = question.rows
    if let stage = Denominators.stage(of: question) { rows = rows.and(stage.predicate) }
    let bases = [CountedSet([(.test(rows), .truth(true))])] + CountedFamily.others(question, rows)
    let event = question.conditions.first?.predicate
    let groups = CountedFamily.sides(question)
    let onlyMeeting = CountedFamily.counting.contains(verb)
    whole =
      onlyMeeting ? event.map { bases[0].with(.test($0), .truth(true)) } ?? bases[0] : bases[0]
    var sets: [CountedSet] = []
    var missing = [CountedSet([(.test(rows), .missing)])]
    for base in bases {
      for side in groups {
        let inside = side.map { base.with(.test($0), .truth(true)) } ?? base
        guard let event else {
          sets.append(inside)
          continue
        }
        sets.append(inside.with(.test(event), .truth(true)))
        if !onlyMeeting {
          sets.append(inside.with(.test(event), .truth(false)))
          missing.append(inside.with(.test(event), .missing))
        }
      }
    }
    for field in question.conditions.flatMap(\.fields) + question.by.map(\.field) {
      missing.append(bases[0].with(.test(.missing(field)), .truth(true)))
    }
    unknown = missing
    shown = try CountedFamily.grouped(sets, question, verb, cohort.dataset, runner)
  }

  /// The rows of another period or cohort of the dataset that the question compares with.
  private static func others(_ question: Question, _ rows: Predicate) -> [CountedSet] {
    var moved = question
    switch question.versus {
    case .period(_, let period)?: moved.periodCondition = period.predicate
    case .cohort(let cohort)? where cohort.dataset === question.cohort?.dataset:
      moved.about = .cohort(cohort)
    default: return []
    }
    return [CountedSet([(.test(moved.rows), .truth(true))])]
  }

  /// The groups that a question compares; nothing stands for all rows.
  private static func sides(_ question: Question) -> [Predicate?] {
    var sides: [Predicate] = question.conditions.dropFirst().map(\.predicate)
    if case .condition(let other)? = question.versus {
      // Where the group itself is what is counted, it stands beside the other as a part of all rows.
      if question.conditions.count == 1 { return [nil, other.predicate] }
      sides.append(other.predicate)
    }
    if case .everyoneElse? = question.versus, let first = sides.first { sides.append(.not(first)) }
    return sides.isEmpty ? [nil] : sides
  }

  private static func grouped(
    _ sets: [CountedSet], _ question: Question, _ verb: String, _ dataset: Dataset,
    _ runner: Runner
  ) throws -> [(group: Group, set: CountedSet)] {
    let keys = question.by.map { Key.field($0.field) }
    let totals = sets.map { (group: Group(values: []), set: $0) }
    guard !keys.isEmpty else { return totals }
    let table = try runner.tabulate(
      Tabulation(dataset: dataset.name, rows: question.rows, keys: keys), of: dataset)
    var shown = totals
    for row in table.rows {
      for set in sets {
        let narrowed = zip(keys, row.keys).reduce(set) { $0.with($1.0, $1.1) }
        shown.append((Group(values: row.keys), narrowed))
      }
    }
    // A two-way table has the totals of its rows and columns too.
    guard verb == "table", keys.count == 2 else { return shown }
    for (place, key) in keys.enumerated() {
      for value in Set(table.rows.map { $0.keys[place] }).sorted() {
        shown += sets.map { (Group(values: []), $0.with(key, value)) }
      }
    }
    return shown
  }
}
