import Columns
import Diagnostics
import Engine
import Syntax

extension Session {
  /// `describe referrals`: card, size, definitions.
  func describe(_ name: Name) throws -> Page {
    let cohort = try binder.cohort(name)
    let dataset = cohort.dataset
    let table = try runner.tabulate(
      Tabulation(dataset: dataset.name, rows: cohort.rows, weight: try binder.weight(of: dataset)),
      of: dataset)
    let n = table.rows.first?.measures[0].double ?? 0
    let size =
      dataset.card.isRestricted ? "" : "\(Words.count(n, dataset.card.unit)), "
    var blocks: [Page.Block] = [
      .paragraph(size + Words.count(Double(dataset.fields.count), "field") + ".")
    ]
    blocks.append(.definitions(CataloguePages.card(dataset.card)))
    if cohort.definition != dataset.name {
      blocks.append(.definitions([.init("definition", cohort.definition)]))
    }
    if !dataset.stages.isEmpty {
      blocks.append(
        .definitions([.init("stages", dataset.stages.map(\.name).joined(separator: " → "))]))
    }
    let report = dataset.source.report(of: dataset.table)
    if !report.isEmpty {
      blocks.append(.definitions([.init("file", report.joined(separator: " "))]))
    }
    return Page(title: name.text, blocks)
  }

  /// `fields referrals`: every field with its type, its values and what is missing.
  func fields(_ name: Name) throws -> Page {
    let cohort = try binder.cohort(name)
    let dataset = cohort.dataset
    if dataset.source.readsAhead { _ = try runner.columns(dataset.fields, of: dataset) }
    let scope = Scope(dataset: dataset, cohort: cohort.name)
    var rows: [[Cell]] = []
    var notes: [String] = []
    for field in dataset.fields.map({ Name($0, at: name.span, isQuoted: true) })
      + dataset.computed.map({ Name($0.name, at: name.span, isQuoted: true) })
    {
      let bound = try binder.field(field, in: scope)
      let table = try runner.tabulate(
        Tabulation(dataset: dataset.name, rows: cohort.rows, keys: [.field(bound)]), of: dataset)
      let values = FieldValues(table)
      rows.append([
        .value(.text(field.text)), .value(.text(bound.type?.rawValue ?? "period")),
        .number(Double(values.values.count), .count),
        dataset.card.isRestricted ? .masked : .number(Double(values.missing), .count),
        .value(.text(sample(of: values, bound))),
      ])
      if case .column(let column, _) = bound {
        notes += try dataset.notes(on: column, run: monitor)
      }
    }
    let table = AnswerTable(
      columns: [
        .init("field", .category), .init("type", .category), .init("values", .integer),
        .init("missing", .integer), .init("such as", .text),
      ], rows: rows)
    var blocks: [Page.Block] = [.table(table)]
    blocks += notes.map(Page.Block.paragraph)
    return Page(title: "Fields of \(name.text)", blocks)
  }

  private func sample(of values: FieldValues, _ field: Field) -> String {
    if field.type?.isNumber == true || field.type?.isDate == true {
      let sorted = values.values.map(\.value).sorted()
      guard let first = sorted.first, let last = sorted.last else { return "" }
      return first == last ? "\(first)" : "\(first) to \(last)"
    }
    let names = values.values.prefix(3).map(\.value.description)
    return names.joined(separator: ", ") + (values.values.count > 3 ? ", …" : "")
  }

  /// `values referrals.race`, `values drug race`
  func values(_ arguments: [Argument], _ word: Name) throws -> Page {
    guard case .name(let first)? = arguments.first else {
      throw Diagnostic(
        "expected", "`values` needs a field", at: word.span,
        help: ["the form is: values COHORT.FIELD"])
    }
    var cohortName = first
    var fieldName: Name
    if case .name(let second)? = arguments.dropFirst().first {
      fieldName = second
    } else {
      guard let dot = first.text.lastIndex(of: ".") else {
        throw Diagnostic(
          "expected", "`values` needs a cohort and a field", at: first.span,
          help: ["the form is: values COHORT.FIELD"])
      }
      let middle = first.span.lower + first.text[..<dot].utf8.count
      cohortName = Name(String(first.text[..<dot]), at: Span(first.span.lower, middle))
      fieldName = Name(
        String(first.text[first.text.index(after: dot)...]), at: Span(middle + 1, first.span.upper))
    }
    let cohort = try binder.cohort(itOr(cohortName))
    let scope = Scope(dataset: cohort.dataset, cohort: cohort.name)
    let field = try binder.field(fieldName, in: scope)
    let table = try runner.tabulate(
      Tabulation(
        dataset: cohort.dataset.name, rows: cohort.rows, keys: [.field(field)],
        weight: try binder.weight(of: cohort.dataset)), of: cohort.dataset)
    return CataloguePages.values(FieldValues(table), of: field, in: cohort, limit: 50)
  }

  /// `source kcmo`: a population's card and groups, or a dataset's card.
  func sourcePage(_ name: Name) throws -> Page {
    guard let population = catalogue.population(named: name.text) else {
      let cohort = try binder.cohort(name)
      return Page(
        title: name.text,
        [
          .definitions(
            CataloguePages.card(cohort.dataset.card) + [
              .init("file", cohort.dataset.source.origin),
              .init(
                "fingerprint",
                try cohort.dataset.source.fingerprint(of: cohort.dataset.table)),
            ])
        ])
    }
    var blocks: [Page.Block] = [.definitions(CataloguePages.card(population.card))]
    if case .across(let field, let groups, let total) = population.content {
      let rows = (groups + [total]).map { group -> [Cell] in
        [
          .value(.text(group.name)),
          population.isShares ? .none("") : .number(group.people.double, .count),
          .number(
            total.people.double > 0 ? group.people.double / total.people.double : 0, .percent),
          group.marginOfError.map { .number($0.double, .count) } ?? .none(""),
        ]
      }
      blocks.append(
        .table(
          AnswerTable(
            columns: [
              .init(field, .category), .init("people", .integer), .init("share", .percent),
              .init("margin of error", .integer),
            ], rows: rows)))
    }
    return Page(title: "Population \(name.text)", blocks)
  }
}
