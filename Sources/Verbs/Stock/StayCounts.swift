import Columns
import Engine

/// Entries and exits by day, of each group.
struct StayCounts {
  /// Days in order with the count of all up to and including each.
  struct Running {
    private let days: [Day]
    private let totals: [Double]

    init(_ counts: [Day: Double]) {
      days = counts.keys.sorted()
      var sum = 0.0
      totals = days.map { day in
        sum += counts[day] ?? 0
        return sum
      }
    }

    var first: Day? { days.first }

    /// How many on this day or before it. O(log n).
    func count(through day: Day) -> Double {
      var (low, high) = (0, days.count)
      while low < high {
        let middle = (low + high) / 2
        if days[middle] <= day { low = middle + 1 } else { high = middle }
      }
      return low > 0 ? totals[low - 1] : 0
    }
  }

  private(set) var groups: [[Value]] = []
  private var entries: [[Value]: Running] = [:]
  private var exits: [[Value]: Running] = [:]
  /// Those with a date of entry.
  private(set) var n = 0.0
  private(set) var unknownEntry = 0.0
  private(set) var negative = 0.0

  /// Rows are those of the cohort and `where`: a period asked about chooses dates, not rows, since who is
  /// inside then may have come long before.
  init(entry: Field, exit: Field, _ question: Question, _ inquiry: Inquiry) throws {
    let keys = question.by.map(\.field).filter { $0.calendar == nil }
    var rows = question
    rows.periodCondition = .constant(true)
    let isBackward = Predicate.compare(.field(exit), .less, .field(entry))
    let known = rows.rows.and(.not(.missing(entry)))
    // A missing exit makes the comparison unknown, and such a row is inside.
    let forward = known.and(.any([.missing(exit), .not(isBackward)]))
    func counts(_ field: Field, _ predicate: Predicate) throws -> [[Value]: [Day: Double]] {
      let table = try inquiry.tabulate(
        question, rows: predicate, keys: keys.map(Key.field) + [.field(field)], measures: [.rows])
      var counts: [[Value]: [Day: Double]] = [:]
      for row in table.rows {
        guard let day = row.keys.last?.day else { continue }
        counts[Array(row.keys.dropLast()), default: [:]][day, default: 0] +=
          row.measures[0].double ?? 0
      }
      return counts
    }
    func count(_ predicate: Predicate) throws -> Double {
      try inquiry.tabulate(question, rows: predicate, keys: [], measures: [.rows]).rows.first?
        .measures[0].double ?? 0
    }
    let came = try counts(entry, forward)
    groups = came.keys.sorted { $0.lexicographicallyPrecedes($1) }
    entries = came.mapValues(Running.init)
    exits = try counts(exit, forward.and(.not(.missing(exit)))).mapValues(Running.init)
    n = came.values.reduce(0) { $0 + $1.values.reduce(0, +) }
    unknownEntry = try count(rows.rows.and(.missing(entry)))
    negative = try count(known.and(isBackward))
  }

  var firstEntry: Day? { entries.values.compactMap(\.first).min() }

  /// Those who came on this day or before and had not left before it.
  func inside(_ group: [Value], on day: Day) -> Double {
    let (came, left) = through(group, on: day)
    return came - left
  }

  /// Those who came on this day or before, and those of them who had left before it.
  func through(_ group: [Value], on day: Day) -> (came: Double, left: Double) {
    (
      entries[group]?.count(through: day) ?? 0,
      exits[group]?.count(through: Day(number: day.number - 1)) ?? 0
    )
  }
}
