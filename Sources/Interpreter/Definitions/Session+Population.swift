import Columns
import Diagnostics
import Engine
import Syntax

extension Session {
  /// `population kcmo from "population.csv" where area=kcmo weight=people place="…" year=2010`
  func population(_ node: PopulationNode) throws -> [Response] {
    let dataset = try populationDataset(node.origin)
    let scope = Scope(dataset: dataset, cohort: node.name.text)
    let rows = try node.condition.map { try binder.condition($0, in: scope).predicate }
    var card = try populationCard(node, dataset)
    if card.unit == "row" { card.unit = "person" }
    if node.across != nil {
      catalogue.add(try across(node, dataset, rows ?? .constant(true), card))
      return []
    }
    guard let people = try number(named: "weight", node, scope) ?? cardWeight(dataset) else {
      throw Diagnostic(
        "needs-weight", "a population needs a field with its numbers of people", at: node.name.span,
        help: ["say: weight=people"])
    }
    catalogue.add(
      Population(
        name: node.name.text, card: card,
        content: .rows(
          dataset, rows ?? .constant(true), people: people,
          marginOfError: try number(named: "moe", node, scope))))
    return []
  }

  private func cardWeight(_ dataset: Dataset) throws -> Field? { try binder.weight(of: dataset) }

  /// A dataset that is open, or a file that is read for this population alone.
  private func populationDataset(_ origin: ValueNode) throws -> Dataset {
    if case .word(let name) = origin.kind, let dataset = catalogue.dataset(named: name) {
      return dataset
    }
    let source: any Source
    if let open = populationSources[origin.text] {
      source = open
    } else {
      source = try openSource(origin.text, at: origin.span)
      populationSources[origin.text] = source
    }
    guard let table = try source.datasets().first else {
      throw Diagnostic("no-table", "\(origin.text) holds no table", at: origin.span)
    }
    let dataset = Dataset(
      name: origin.text, source: source, table: table.name, fields: table.fields)
    if let card = source.card(of: table.name) { dataset.card = card }
    dataset.expect(columnsAhead.columns(of: table.fields, in: dataset.name))
    return dataset
  }

  func number(named setting: String, _ node: PopulationNode, _ scope: Scope) throws
    -> Field?
  {
    guard let (_, value) = node.settings.first(where: { $0.0.key == setting }) else { return nil }
    let field = try binder.field(Name(value.text, at: value.span), in: scope)
    guard field.type?.isNumber ?? !readsRows else {
      throw BindingMessages.notANumberField(
        field.name, "no number in every row", at: value.span)
    }
    return field
  }

  private func populationCard(_ node: PopulationNode, _ dataset: Dataset) throws -> Card {
    var card = dataset.card
    for (name, value) in node.settings {
      switch name.key {
      case "weight", "moe", "rows": continue
      case "year", "period": card.period = try CardReader.coverage(value)
      default: try CardReader.read(CardLine(name, .words([value])), into: &card, of: nil)
      }
    }
    return card
  }
}
