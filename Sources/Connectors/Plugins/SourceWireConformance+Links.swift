internal import Columns
internal import Engine

extension SourceWireConformance {
  /// Every field of one dataset against each of another whose values do not repeat.
  func followsLinks() throws -> String {
    let source = try source()
    guard source.offers("links"), source.offers("tabulate") else {
      throw Nothing("it does not offer links")
    }
    let schemas = try source.datasets().filter { !$0.fields.isEmpty }
    var asked = 0
    var exact = 0
    for from in schemas {
      for to in schemas where to.name != from.name {
        let here = try columns(of: from)
        let there = try columns(of: to)
        for question in links(from, here, to, there, source).prefix(20) {
          asked += 1
          guard let made = try source.tabulate(question.0, run: UnwatchedRun()) else { continue }
          exact += 1
          let wanted = try LocalEngine.tabulate(
            question.0, columns: here, rowCount: here.values.first?.rowCount ?? 0,
            links: [question.1: question.2], monitor: UnwatchedRun())
          guard made == wanted else {
            throw Failure(
              "\(PlanText.text(of: question.0)): it makes another table than its rows make")
          }
        }
      }
    }
    if asked == 0 { throw Nothing("no dataset has a field that another could be linked to by") }
    return "\(exact) of \(asked) small tables; the rows are scanned for the others"
  }

  private func columns(of schema: DatasetSchema) throws -> [String: Column] {
    let scanned = try source().columns(schema.fields, of: schema.name, run: UnwatchedRun())
    return Dictionary(uniqueKeysWithValues: zip(schema.fields, scanned))
  }

  /// A count by a field there, for each pair of fields of one type; with the values of that field by
  /// their keys.
  private func links(
    _ from: DatasetSchema, _ here: [String: Column], _ to: DatasetSchema,
    _ there: [String: Column], _ source: PluginSource
  ) -> [(Tabulation, Field, LinkedValues)] {
    let keys = from.fields.compactMap { field($0, from, here, source) }
    let targets = to.fields.compactMap { field($0, to, there, source) }
    return keys.flatMap { key in
      targets.flatMap { target -> [(Tabulation, Field, LinkedValues)] in
        guard key.type == target.type else { return [] }
        return targets.filter { $0 != target }.compactMap { value in
          let link = Link(key: key, dataset: to.name, target: target)
          let listing = Listing(
            dataset: to.name, rows: .constant(true), fields: [target, value], choice: .first(.max))
          guard
            let rows = try? LocalEngine.list(
              listing, columns: there, rowCount: there.values.first?.rowCount ?? 0),
            let values = try? LinkedValues(rows.rows, link: link)
          else { return nil }
          let linked = Field.linked(link, value: value)
          return (Tabulation(dataset: from.name, keys: [.field(linked)]), linked, values)
        }
      }
    }
  }

  private func field(
    _ name: String, _ schema: DatasetSchema, _ columns: [String: Column], _ source: PluginSource
  ) -> Field? {
    guard let column = columns[name] else { return nil }
    let inference = TypeInference.meaning(
      of: column, named: name, missing: source.missingCodes(of: schema.name)[name] ?? [],
      as: source.declaredType(of: name, in: schema.name))
    return .column(name: name, meaning: inference.meaning)
  }

  /// What it would run for a count, all rows and by each field.
  func explains() throws -> String {
    let source = try source()
    guard source.offers("explain"), source.offers("tabulate") else {
      throw Nothing("it does not offer to say what it runs")
    }
    let (dataset, names) = try first(source)
    let columns = try source.columns(names, of: dataset, run: UnwatchedRun())
    let questions = SourceWireQuestions(
      dataset, names, Dictionary(uniqueKeysWithValues: zip(names, columns)), source
    ).all
    var told = 0
    for question in questions {
      guard let statement = source.statement(for: question) else { continue }
      if statement.isEmpty { throw Failure("it says nothing where it would run something") }
      told += 1
    }
    if told == 0 { throw Failure("it offers to say what it runs, and never does") }
    return "\(told) of \(questions.count) statements"
  }
}
