package import Columns
package import Engine

/// A data package as a source: its resources are the datasets, described by their schemas.
///
/// Asked from one thread at a time, as every source is, which makes it sendable.
package final class PackageSource: Source, @unchecked Sendable {
  package let origin: String
  package let package: DataPackage
  private let tables: [Table]

  private struct Table {
    let resource: DataPackage.Resource
    let source: any Source
    let dataset: DatasetSchema
  }

  /// Errors: `SourceProblem` where a resource is not there or can't be read.
  package init(_ package: DataPackage, origin: String) throws {
    self.package = package
    self.origin = origin
    tables = try package.resources.map { resource in
      let source = try resource.source()
      guard let dataset = try source.datasets().first else {
        throw SourceProblem(.damaged, "the resource \(resource.name) of \(origin) holds no table")
      }
      return Table(resource: resource, source: source, dataset: dataset)
    }
  }

  package var ownName: String? { package.name }

  package var readsAhead: Bool { tables.allSatisfy(\.source.readsAhead) }

  package func datasets() throws -> [DatasetSchema] {
    tables.map { DatasetSchema(name: $0.resource.name, fields: $0.dataset.fields) }
  }

  private func table(_ dataset: String) throws -> Table {
    guard let table = tables.first(where: { $0.resource.name == dataset }) else {
      throw SourceProblem(.notFound, "\(origin) has no resource \(dataset)")
    }
    return table
  }

  package func columns(_ names: [String], of dataset: String, run: any RunMonitor) throws
    -> [Column]
  {
    let table = try table(dataset)
    return try table.source.columns(names, of: table.dataset.name, run: run)
  }

  package func rowCount(of dataset: String, run: any RunMonitor) throws -> Int {
    let table = try table(dataset)
    return try table.source.rowCount(of: table.dataset.name, run: run)
  }

  /// The type that the schema prescribes; what it calls a text is never a number or a date.
  package func declaredType(of column: String, in dataset: String) -> FieldType? {
    guard let table = try? table(dataset),
      let field = table.resource.fields.first(where: { $0.name == column })
    else { return nil }
    if let type = field.type { return type }
    guard field.declared == "string",
      let read = try? table.source.columns(
        [column], of: table.dataset.name, run: UnwatchedRun()
      ).first
    else { return nil }
    let inferred = TypeInference.meaning(of: read, named: column, missing: field.missing)
    return field.type(inferred: inferred.meaning.type)
  }

  /// Missing codes, labels, orders of dates, the key and the sources of the schema.
  package func card(of dataset: String) -> Card? {
    guard let resource = try? table(dataset).resource else { return nil }
    var card = Card()
    for field in resource.fields {
      card.describe(
        field: field.name, missing: field.missing, label: field.title ?? field.description)
      if let type = field.type, let order = field.dateOrder {
        card.prescribe(field: field.name, Card.TypedAs(type, order: order))
      }
    }
    if resource.primaryKey.count == 1 { card.id = resource.primaryKey[0] }
    let sources = resource.sources.isEmpty ? package.sources : resource.sources
    card.source = ([package.title].compactMap(\.self) + sources + package.licenses)
      .joined(separator: ", ")
    return card
  }

  /// What the schema and the description leave to say, and which demands the data don't meet.
  package func report(of dataset: String) -> [String] {
    guard let table = try? table(dataset) else { return [] }
    let title = table.resource.title.map { [$0] } ?? []
    let notes = dataset == tables.first?.resource.name ? package.notes : []
    do {
      return title + table.source.report(of: table.dataset.name) + notes
        + (try table.resource.violations { try column($0, table) })
    } catch {
      return title + notes + ["the demands of the schema could not be looked at"]
    }
  }

  package func faults(of dataset: String) -> [String] {
    guard let table = try? table(dataset) else { return [] }
    return table.source.faults(of: table.dataset.name)
  }

  package func warnings(of dataset: String) -> [String] {
    guard let table = try? table(dataset) else { return [] }
    return table.source.warnings(of: table.dataset.name)
  }

  /// The column of a field that something is demanded of; of others it is enough that they are there.
  private func column(_ name: String, _ table: Table) throws -> Column? {
    guard table.dataset.fields.contains(name) else { return nil }
    let field = table.resource.fields.first { $0.name == name }
    let isDemanding =
      field.map { $0.constraints != DataPackage.Constraints(nil) } ?? false
      || table.resource.primaryKey.contains(name)
    guard isDemanding else { return Column(codes: .bytes([]), texts: Texts([]), counts: []) }
    return try table.source.columns([name], of: table.dataset.name, run: UnwatchedRun()).first
  }

  /// The keys of other resources that a resource holds in one field.
  package func links(of dataset: String) -> [DeclaredLink] {
    guard let resource = try? table(dataset).resource else { return [] }
    return resource.foreignKeys.filter { $0.fields.count == 1 && $0.resource != dataset }
      .map { DeclaredLink(field: $0.fields[0], dataset: $0.resource, target: $0.targets[0]) }
  }

  package func fingerprint(of dataset: String) throws -> String {
    let table = try table(dataset)
    return try table.source.fingerprint(of: table.dataset.name)
  }
}
