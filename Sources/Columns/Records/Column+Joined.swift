extension Column {
  /// Columns one under another, as if they had been read from one file.
  ///
  /// **Complexity**: O(rows + distinct texts).
  package static func joined(_ columns: [Column]) -> Column {
    guard columns.count != 1 else { return columns[0] }
    var table = ColumnBuilder()
    let names = columns.map { column in
      let bounds = column.texts.bounds
      let counts = column.counts
      return column.texts.bytes.withUnsafeBufferPointer { bytes in
        (0..<column.texts.count).map { code in
          guard counts[code] > 0 else { return 0 }
          return table.enter(
            UnsafeBufferPointer(rebasing: bytes[bounds[code]..<bounds[code + 1]]))
        }
      }
    }
    for (column, names) in zip(columns, names) {
      for row in 0..<column.rowCount { table.append(code: names[column.codes[row]]) }
    }
    return table.column
  }
}
