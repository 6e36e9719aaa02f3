import Columns
import Engine
import Syntax

/// Pages about what is open and defined.
enum CataloguePages {
  static func datasets(_ catalogue: Catalogue) -> Page {
    var blocks: [Page.Block] = []
    if catalogue.datasets.isEmpty {
      return Page(
        title: "Nothing is open",
        [.paragraph("Open a file with: open \"FILE.csv\" as NAME")])
    }
    blocks.append(.heading("Datasets"))
    blocks.append(
      .definitions(
        catalogue.datasets.map {
          .init(
            $0.name,
            ["one row a \($0.card.unit)", $0.card.place, $0.card.year, $0.card.source]
              .compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " · "))
        }))
    if !catalogue.cohorts.isEmpty {
      blocks.append(.heading("Cohorts"))
      blocks.append(.definitions(catalogue.cohorts.map { .init($0.name, $0.definition) }))
    }
    if !catalogue.populations.isEmpty {
      blocks.append(.heading("Populations"))
      blocks.append(
        .definitions(
          catalogue.populations.map {
            .init(
              $0.name,
              [$0.card.place, $0.card.year, $0.card.ages?.words].compactMap(\.self)
                .joined(separator: " · "))
          }))
    }
    if !catalogue.guidelines.isEmpty {
      blocks.append(.heading("Guidelines"))
      blocks.append(
        .definitions(
          catalogue.guidelines.map {
            .init($0.name, ($0.since.map { "since \($0) · " } ?? "") + "\($0.rules.count) rules")
          }))
    }
    return Page(title: "What is open", blocks)
  }

  static func card(_ card: Card) -> [Page.Definition] {
    var lines: [Page.Definition] = [.init("one row is", "a \(card.unit)")]
    func add(_ term: String, _ detail: String?) {
      if let detail, !detail.isEmpty { lines.append(.init(term, detail)) }
    }
    add("id", card.id)
    add("person", card.person)
    add("date", card.date)
    add("place", card.place)
    add("period", card.year)
    add("ages", card.ages?.words)
    add("coding", card.coding)
    add("weight", card.weight)
    add(
      "sample",
      card.sample.map { "\(Words.grouped($0.drawn)) of \(Words.grouped($0.population))" })
    for (field, words) in card.missing.sorted(by: { $0.key < $1.key }) {
      add("missing \(field)", words.sorted().map(Formatter.word).joined(separator: " | "))
    }
    if card.isRestricted { add("privacy", "restricted") }
    add("source", card.source)
    return lines
  }

  static func values(_ values: FieldValues, of field: Field, in cohort: Cohort, limit: Int) -> Page
  {
    let total = values.values.reduce(values.missing) { $0 + $1.count }
    let isRestricted = cohort.dataset.card.isRestricted
    func line(_ value: Cell, _ count: Int) -> [Cell] {
      guard !isRestricted else { return [value, .masked, .masked] }
      return [
        value, .number(Double(count), .count),
        total > 0 ? .number(Double(count) / Double(total), .percent) : .none(""),
      ]
    }
    // The order of numbers says something of them too.
    let ordered = isRestricted ? values.values.sorted { $0.value < $1.value } : values.values
    var rows = ordered.prefix(limit).map { line(.value($0.value), $0.count) }
    if values.missing > 0 { rows.append(line(.value(.missing), values.missing)) }
    let table = AnswerTable(
      columns: [.init(field.name, .category), .init("n", .integer), .init("share", .percent)],
      rows: rows, hidden: max(0, values.values.count - limit))
    return Page(title: "\(field.name) in \(cohort.name)", [.table(table)])
  }
}
