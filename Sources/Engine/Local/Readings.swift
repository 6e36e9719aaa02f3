internal import Columns

/// The columns of one question, their texts read by meaning once for each distinct text.
final class Readings {
  let rowCount: Int
  private let columns: [String: Column]
  private let links: [Field: LinkedValues]
  private var values: [Reading: [Value]] = [:]

  private struct Reading: Hashable {
    let column: String
    let meaning: Meaning
  }

  init(columns: [String: Column], rowCount: Int, links: [Field: LinkedValues]) {
    self.columns = columns
    self.rowCount = rowCount
    self.links = links
  }

  /// The column of this name; one that the dataset does not have holds nothing but missing values.
  func column(_ name: String) -> Column {
    columns[name]
      ?? Column(
        codes: .bytes(Array(repeating: 0, count: rowCount)), texts: Texts([""]),
        counts: [rowCount])
  }

  /// What each text of a column means.
  func values(of name: String, _ meaning: Meaning) -> [Value] {
    let reading = Reading(column: name, meaning: meaning)
    if let known = values[reading] { return known }
    let read = meaning.values(of: column(name).texts)
    values[reading] = read
    return read
  }

  /// The value of a field, given the code of each column that it reads.
  func value(of field: Field, codes: [String: Int]) -> Value {
    Evaluation.value(of: field) { name, meaning in
      codes[name].map { values(of: name, meaning)[$0] } ?? .missing
    } linked: { link, key, value in
      links[.linked(link, value: value)]?.values[key] ?? .missing
    }
  }

  func truth(of predicate: Predicate, codes: [String: Int]) -> Bool? {
    Evaluation.truth(of: predicate) { value(of: $0, codes: codes) }
  }
}
