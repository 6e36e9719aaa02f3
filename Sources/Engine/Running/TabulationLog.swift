/// The tabulations that were asked, for `show plan` and `show sql`.
package final class TabulationLog {
  package private(set) var entries: [(Tabulation, Dataset)] = []

  package init() {}

  func note(_ tabulation: Tabulation, _ dataset: Dataset) {
    guard !entries.contains(where: { $0.0 == tabulation && $0.1 === dataset }) else { return }
    entries.append((tabulation, dataset))
  }
}
