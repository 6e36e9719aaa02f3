package import Columns
import Syntax

/// The values of a field with their counts, for matching what a person typed.
package struct FieldValues {
  /// In order of the number of rows, most first; ties in the order of values.
  package let values: [(value: Value, count: Int)]
  package let missing: Int

  package init(_ table: SmallTable) {
    var values: [(value: Value, count: Int)] = []
    var missing = 0
    for row in table.rows {
      let count = row.measures[0].double.map { Int($0) } ?? 0
      if row.keys[0].isMissing { missing += count } else { values.append((row.keys[0], count)) }
    }
    self.values = values.sorted { $0.count > $1.count }
    self.missing = missing
  }

  /// Of the distinct texts of a column, read by what they mean.
  init(_ column: Column, _ meaning: Meaning) {
    var counts: [Value: Int] = [:]
    for (value, count) in zip(meaning.values(of: column.texts), column.counts) where count > 0 {
      counts[value, default: 0] += count
    }
    missing = counts.removeValue(forKey: .missing) ?? 0
    values = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }

  /// The values that a text stands for: exactly, or else without regard to case and surrounding blanks.
  package func matches(_ text: String) -> [Value] {
    let exact = Value.text(text)
    if values.contains(where: { $0.value == exact }) { return [exact] }
    let wanted = text.lowercased()
    return values.map(\.value).filter { $0.description.lowercased() == wanted }
  }
}
