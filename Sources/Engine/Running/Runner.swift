package import Columns

/// Asks sources for small tables: pushed down where the source makes exactly that table, else from
/// its columns.
package struct Runner {
  package let catalogue: Catalogue
  package let monitor: any RunMonitor
  /// Whether rows may be read; a script is checked without.
  package let readsRows: Bool

  package init(catalogue: Catalogue, monitor: any RunMonitor, readsRows: Bool = true) {
    self.catalogue = catalogue
    self.monitor = monitor
    self.readsRows = readsRows
  }

  /// Throws where the question was stopped.
  package func goOn() throws {
    if monitor.isCancelled { throw Runner.cancelled }
  }

  /// Goes through elements of which there may be millions, unless the question is stopped meanwhile.
  package func each<Element>(
    _ elements: [Element], _ body: (Element) throws -> Void
  ) throws {
    for (place, element) in elements.enumerated() {
      if place & 0xFFF == 0 { try goOn() }
      try body(element)
    }
  }

  /// The small table of a tabulation.
  package func tabulate(_ tabulation: Tabulation, of dataset: Dataset) throws -> SmallTable {
    try goOn()
    catalogue.log?.note(tabulation, dataset)
    if let pushed = try pushed(tabulation, dataset) { return pushed }
    return try local(tabulation, dataset)
  }

  /// What the source would run for the tabulation; nothing where the columnar engine does it.
  package func statement(for tabulation: Tabulation, of dataset: Dataset) -> String? {
    inSource(tabulation, dataset).flatMap { dataset.source.statement(for: $0) }
  }

  private func pushed(_ tabulation: Tabulation, _ dataset: Dataset) throws -> SmallTable? {
    guard let asked = inSource(tabulation, dataset) else { return nil }
    return try dataset.source.tabulate(asked, run: monitor)
  }

  /// The question with the names that the source has for its tables; nothing where a link leads out
  /// of the source.
  private func inSource(_ tabulation: Tabulation, _ dataset: Dataset) -> Tabulation? {
    tabulation.renamed(dataset.table) { name in
      let linked = catalogue.dataset(named: name)
      return linked?.source === dataset.source ? linked?.table : nil
    }
  }

  private func local(_ tabulation: Tabulation, _ dataset: Dataset) throws -> SmallTable {
    let (columns, rowCount, links) = try read(for: tabulation, of: dataset)
    return try LocalEngine.tabulate(
      tabulation, columns: columns, rowCount: rowCount, links: links, cubes: dataset.cubes,
      monitor: monitor)
  }

  /// The values of a number field by group: what the tabulation says whose last key the field is
  /// and whose only measure are rows, told in columns.
  ///
  /// Nothing where the source makes the table, or its values are not exact; `tabulate` tells it
  /// then.
  package func valueTable(_ tabulation: Tabulation, of dataset: Dataset) throws -> ValueTable? {
    try columnwise(tabulation, dataset, LocalEngine.valueTable)
  }

  /// What the values of a number field come to by group, of the same tabulation.
  package func momentTable(_ tabulation: Tabulation, of dataset: Dataset) throws -> MomentTable? {
    try columnwise(tabulation, dataset, LocalEngine.momentTable)
  }

  /// The groups of a tabulation that are chosen by its count, its only measure.
  package func countTable(
    _ tabulation: Tabulation, _ choice: GroupChoice, of dataset: Dataset
  ) throws -> CountTable {
    let made = try columnwise(tabulation, dataset) { tabulation, columns, rows, links, cubes, run in
      try LocalEngine.countTable(
        tabulation, choice, columns: columns, rowCount: rows, links: links, cubes: cubes,
        monitor: run)
    }
    return try made ?? CountTable(tabulate(tabulation, of: dataset), choice)
  }

  private func columnwise<Table>(
    _ tabulation: Tabulation, _ dataset: Dataset,
    _ make: (
      Tabulation, [String: Column], Int, [Field: LinkedValues], CodeCubes, any RunMonitor
    ) throws -> Table?
  ) throws -> Table? {
    try goOn()
    guard statement(for: tabulation, of: dataset) == nil else { return nil }
    let (columns, rowCount, links) = try read(for: tabulation, of: dataset)
    let table = try make(tabulation, columns, rowCount, links, dataset.cubes, monitor)
    if table != nil { catalogue.log?.note(tabulation, dataset) }
    return table
  }

  /// All that a tabulation looks at: columns, with those of its picks, and fields of other datasets.
  private func read(for tabulation: Tabulation, of dataset: Dataset) throws
    -> (columns: [String: Column], rowCount: Int, links: [Field: LinkedValues])
  {
    var columns = try columns(LocalEngine.columnNames(of: tabulation), of: dataset)
    let rowCount = try rowCount(of: dataset, columns)
    let links = try linked(LocalEngine.links(of: tabulation))
    try pick(LocalEngine.picks(of: tabulation), of: dataset, rowCount, links, into: &columns)
    return (columns, rowCount, links)
  }

  /// The rows that a listing chooses.
  package func list(_ listing: Listing, of dataset: Dataset) throws -> ListedRows {
    let most = dataset.source.mostShownRows
    let isShort = most > 0 && listing.choice.mostRows <= most
    let shown = isShort ? LocalEngine.columnsShown(of: listing).filter(dataset.fields.contains) : []
    let names = LocalEngine.columnNames(of: listing).filter { !shown.contains($0) }
    var columns = try columns(names, of: dataset)
    let rowCount = try rowCount(of: dataset, columns)
    let links = try linked(LocalEngine.links(of: listing))
    try pick(LocalEngine.picks(of: listing), of: dataset, rowCount, links, into: &columns)
    return try LocalEngine.list(
      listing, columns: columns, rowCount: rowCount, links: links, cubes: dataset.cubes,
      monitor: monitor
    ) { try cells(of: shown, in: $0, of: dataset) }
  }

  /// What some rows hold of columns that need not be read for it.
  private func cells(
    of names: [String], in rows: [Int], of dataset: Dataset
  ) throws -> ShownCells {
    var shown = ShownCells()
    guard !names.isEmpty else { return shown }
    let found = try dataset.source.cells(of: names, in: rows, of: dataset.table, run: monitor)
    var unread: [String] = []
    for (name, texts) in zip(names, found) {
      if let texts { shown.texts[name] = texts } else { unread.append(name) }
    }
    if !unread.isEmpty { shown.columns = try columns(unread, of: dataset) }
    return shown
  }

  /// Works out the columns of picks, each once for a dataset.
  private func pick(
    _ picks: [Pick], of dataset: Dataset, _ rowCount: Int, _ links: [Field: LinkedValues],
    into columns: inout [String: Column]
  ) throws {
    for pick in picks {
      columns[pick.column] = try dataset.column(of: pick) {
        try LocalEngine.column(
          of: pick, columns: columns, rowCount: rowCount, links: links, cubes: dataset.cubes,
          monitor: monitor)
      }
    }
  }

  /// Reads columns of a dataset in one pass.
  package func columns(_ names: [String], of dataset: Dataset) throws -> [String: Column] {
    let known = names.filter { dataset.fields.contains($0) }
    let columns = try dataset.source.columns(
      dataset.withThoseAhead(known), of: dataset.table, run: monitor)
    try goOn()
    dataset.columnsRead.formUnion(known)
    return Dictionary(uniqueKeysWithValues: zip(known, columns))
  }

  /// Whether a column's dictionary alone shows that each row has a value and none is there twice; false
  /// says nothing.
  package func holdsEachOnce(_ field: Field, of dataset: Dataset) throws -> Bool {
    guard let column = try column(asWritten: field, of: dataset) else { return false }
    // Texts beyond ASCII can be equal although their bytes are not.
    return column.heldTextCount == column.rowCount && column.texts.isASCII
      && !column.texts.holdsEmpty
  }

  /// Whether a column's dictionary alone shows that each row has a value; false says nothing.
  package func holdsAlways(_ field: Field, of dataset: Dataset) throws -> Bool {
    try column(asWritten: field, of: dataset).map { !$0.texts.holdsEmpty } ?? false
  }

  /// Whether a column's dictionary alone shows that a row holds a word as it is written; false says nothing, and stands
  /// where the source counts the values itself.
  func holds(_ word: String, in field: Field, of dataset: Dataset) throws -> Bool {
    guard dataset.source.readsAhead,
      statement(for: Tabulation(dataset: dataset.name, keys: [.field(field)]), of: dataset) == nil,
      case .column(let name, let meaning) = field, !meaning.type.isNumber, !meaning.type.isDate,
      meaning.value(of: word) == .text(word),
      let column = try columns([name], of: dataset)[name]
    else { return false }
    return column.texts.codes(ofTexts: [word]).contains { column.counts[$0] > 0 }
  }

  /// The column of a field whose texts, but for the empty one, are its values; else nothing.
  private func column(asWritten field: Field, of dataset: Dataset) throws -> Column? {
    guard dataset.source.readsAhead, case .column(let name, let meaning) = field,
      !meaning.type.isNumber, !meaning.type.isDate, meaning.missing.isEmpty,
      meaning.recode.isEmpty
    else { return nil }
    return try columns([name], of: dataset)[name]
  }

  private func rowCount(of dataset: Dataset, _ columns: [String: Column]) throws -> Int {
    if let column = columns.values.first { return column.rowCount }
    return try dataset.source.rowCount(of: dataset.table, run: monitor)
  }

  /// The key and value of each linked dataset's rows.
  private func linked(_ fields: [Field]) throws -> [Field: LinkedValues] {
    var found: [Field: LinkedValues] = [:]
    for field in fields {
      guard case .linked(let link, let value) = field,
        let dataset = catalogue.dataset(named: link.dataset)
      else { continue }
      let rows = try list(
        Listing(
          dataset: dataset.name, rows: link.rows, fields: [link.target, value],
          choice: .first(.max)), of: dataset)
      found[field] = try LinkedValues(rows.rows, link: link)
    }
    return found
  }

  package static let cancelled = SourceProblem(.cancelled, "the question was stopped")
}

/// The one value that each key of a linked dataset has.
package struct LinkedValues: Sendable {
  package let values: [Value: Value]

  /// Rows of key and value; a key that repeats is an error, since a row would count twice.
  package init(_ rows: [[Value]], link: Link) throws {
    var values: [Value: Value] = [:]
    for row in rows where !row[0].isMissing {
      if values.updateValue(row[1], forKey: row[0]) != nil {
        throw SourceProblem(
          .refused,
          "\(link.name) has more than one row with \(link.target.name)=\(row[0]), so a link to it would count rows twice",
          help: ["link to a field whose values do not repeat"])
      }
    }
    self.values = values
  }
}
