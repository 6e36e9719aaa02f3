package import Columns
import Syntax

/// Everything a session has opened and defined, by name. Names match as words do: see `Name.key`.
package final class Catalogue {
  package private(set) var datasets: [Dataset] = []
  package private(set) var cohorts: [Cohort] = []
  package private(set) var populations: [Population] = []
  package private(set) var guidelines: [Guideline] = []
  /// `let` figures: name, value, and whether it was a percentage.
  package private(set) var figures: [(name: String, value: Double, isShare: Bool)] = []
  package var settings = Settings()
  /// Takes down what is tabulated, while `show plan` looks on.
  package var log: TabulationLog?

  package init() {}

  /// A pick with a column of its own, whose name begins with a byte that no file's header does.
  package func pick(
    _ name: String, among: Predicate, isLast: Bool, order: Field?, unit: [Field]
  ) -> Pick {
    pickCount += 1
    return Pick(
      name: name, column: "\u{1}\(pickCount)", among: among, isLast: isLast, order: order,
      unit: unit)
  }

  private var pickCount = 0

  /// Keeps it under its name; a name that is taken is given anew.
  package func add(_ dataset: Dataset) {
    datasets.removeAll { Name.key(of: $0.name) == Name.key(of: dataset.name) }
    datasets.append(dataset)
  }

  /// Keeps it under its name; a name that is taken is given anew.
  package func add(_ cohort: Cohort) {
    cohorts.removeAll { Name.key(of: $0.name) == Name.key(of: cohort.name) }
    cohorts.append(cohort)
  }

  /// Keeps it under its name; a name that is taken is given anew.
  package func add(_ population: Population) {
    populations.removeAll { Name.key(of: $0.name) == Name.key(of: population.name) }
    populations.append(population)
  }

  /// Keeps it under its name; a name that is taken is given anew.
  package func add(_ guideline: Guideline) {
    guidelines.removeAll { Name.key(of: $0.name) == Name.key(of: guideline.name) }
    guidelines.append(guideline)
  }

  /// Keeps a `let` figure; a name that is taken is given anew.
  package func define(_ name: String, value: Double, isShare: Bool) {
    figures.removeAll { Name.key(of: $0.name) == Name.key(of: name) }
    figures.append((name, value, isShare))
  }

  /// The `let` figure of this name.
  package func figure(named name: String) -> (name: String, value: Double, isShare: Bool)? {
    figures.first { Name.key(of: $0.name) == Name.key(of: name) }
  }

  /// A dataset by its name; `referrals` finds `office.referrals` where only one source has such a table.
  package func dataset(named name: String) -> Dataset? {
    let key = Name.key(of: name)
    if let exact = datasets.first(where: { Name.key(of: $0.name) == key }) { return exact }
    let tables = datasets.filter { Name.key(of: $0.table) == key }
    return tables.count == 1 ? tables[0] : nil
  }

  /// A cohort by its name; a dataset is the cohort of all its rows.
  package func cohort(named name: String) -> Cohort? {
    let key = Name.key(of: name)
    if let cohort = cohorts.first(where: { Name.key(of: $0.name) == key }) { return cohort }
    return dataset(named: name).map {
      Cohort(name: $0.name, dataset: $0, definition: $0.name, period: $0.card.period)
    }
  }

  /// The population of this name.
  package func population(named name: String) -> Population? {
    populations.first { Name.key(of: $0.name) == Name.key(of: name) }
  }

  /// The guideline of this name.
  package func guideline(named name: String) -> Guideline? {
    guidelines.first { Name.key(of: $0.name) == Name.key(of: name) }
  }

  /// Names that may stand where a cohort is due.
  package var cohortNames: [String] { cohorts.map(\.name) + datasets.map(\.name) }
}

/// Whether columns that were read are kept on disk between sessions.
package enum CacheUse: String, CaseIterable, Sendable {
  /// Not those of datasets whose card says `privacy restricted`.
  case auto
  case on, off
}

/// What `set` changes. Clock, seed, width and zone are settings, so that the same text gives the same answer.
package struct Settings: Sendable {
  /// The confidence level, 0 to 1.
  package var level = 0.95
  package var seed: UInt64 = 1
  /// Whether small-number rules are applied: `nchs` or `none`.
  package var rules = "nchs"
  /// Whether answers restate the question in plain words.
  package var showsWords = false
  /// How many groups a `by` shows before `top` is needed.
  package var groupLimit = 200
  package var cache = CacheUse.auto
  /// Cells of 1 to this are masked in restricted datasets.
  package var maskBelow = 9
  /// Whether every dataset is restricted whose card does not say public.
  package var restrictsAll = false
  /// The day that counts as today, where a question depends on it.
  package var today: Day?

  package init() {}
}
