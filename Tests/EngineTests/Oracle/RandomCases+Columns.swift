import Engine

@testable import Columns

extension RandomCases {
  /// The cases as columns, by name.
  var asColumns: [String: Column] {
    var columns: [String: Column] = [:]
    for (index, column) in self.columns.enumerated() {
      var builder = ColumnBuilder()
      for row in rows { builder.append(row[index]) }
      columns[column.name] =
        (areSerial ? Column(serial: rows.map { $0[index] }) : nil) ?? builder.column
    }
    return columns
  }

  /// The values of other datasets' fields by key.
  func links(_ fields: [Field]) throws -> [Field: LinkedValues] {
    var found: [Field: LinkedValues] = [:]
    for field in fields {
      guard case .linked(let link, let value) = field else { continue }
      let rows = oracle.list(
        Listing(
          dataset: link.dataset, rows: link.rows, fields: [link.target, value],
          choice: .first(.max)), limit: .max)
      found[field] = try LinkedValues(rows.rows, link: link)
    }
    return found
  }

  /// What the columnar engine makes of the cases' columns, of those alone that the question reads.
  /// - Parameter cubes: what was counted for questions before.
  func scanned(
    _ question: Tabulation, _ columns: [String: Column], _ cubes: CodeCubes = CodeCubes()
  ) throws -> SmallTable {
    let (read, links) = try read(for: question, columns, cubes)
    return try LocalEngine.tabulate(
      question, columns: read, rowCount: rows.count, links: links, cubes: cubes)
  }

  /// The columns that a question reads, with those of its picks, and the links.
  func read(for question: Tabulation, _ columns: [String: Column], _ cubes: CodeCubes) throws
    -> (columns: [String: Column], links: [Field: LinkedValues])
  {
    let names = LocalEngine.columnNames(of: question)
    var read = columns.filter { names.contains($0.key) }
    let links = try links(LocalEngine.links(of: question))
    for pick in LocalEngine.picks(of: question) {
      read[pick.column] = try LocalEngine.column(
        of: pick, columns: read, rowCount: rows.count, links: links, cubes: cubes)
    }
    return (read, links)
  }
}

extension Column {
  /// A column of serial numbers, some of which are in no row; nothing where the cells are none, or far between.
  init?(serial cells: [String]) {
    let texts = cells.map { Array($0.utf8) }
    guard let pattern = SerialPattern(of: texts.filter { !$0.isEmpty }) else { return nil }
    let known = texts.compactMap(pattern.number(of:))
    guard let least = known.min(), let greatest = known.max(), greatest - least < 100_000 else {
      return nil
    }
    let serial = SerialTexts(
      pattern, first: least, numberCount: Int(greatest - least) + 1,
      holdsEmpty: known.count < cells.count)
    self.init(
      codes: .words(texts.map { UInt32(serial.code(of: $0) ?? 0) }), serial: serial,
      heldTextCount: Set(texts).count)
  }
}
