import Columns
import Engine
import Testing

extension Column {
  /// The text of every row.
  var cells: [String] { (0..<rowCount).map { texts[codes[$0]] } }
}

extension Source {
  /// All columns of a dataset by name, with their cells; of the only dataset where none is named.
  func cells(of dataset: String? = nil) throws -> [String: [String]] {
    let schemas = try datasets()
    let schema = try #require(schemas.first { dataset == nil || $0.name == dataset })
    let columns = try columns(schema.fields, of: schema.name, run: UnwatchedRun())
    return Dictionary(uniqueKeysWithValues: zip(schema.fields, columns.map(\.cells)))
  }

  /// What is reported of the only, or the first, dataset.
  func notes() throws -> [String] {
    let schema = try #require(try datasets().first)
    _ = try columns(schema.fields, of: schema.name, run: UnwatchedRun())
    return report(of: schema.name)
  }
}
