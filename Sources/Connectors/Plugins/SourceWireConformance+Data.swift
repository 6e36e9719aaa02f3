internal import Columns
internal import Engine
internal import SourceWire

extension SourceWireConformance {
  /// The first dataset that has fields, and all of them.
  func first(_ source: PluginSource) throws -> (dataset: String, fields: [String]) {
    guard let schema = try source.datasets().first(where: { !$0.fields.isEmpty }) else {
      throw Nothing("no dataset has fields")
    }
    return (schema.name, schema.fields)
  }

  // MARK: Scanning

  func scans() throws -> String {
    let source = try source()
    var found: [String] = []
    for schema in try source.datasets() {
      let columns = try source.columns(schema.fields, of: schema.name, run: UnwatchedRun())
      found.append("\(schema.name): \(columns.first?.rowCount ?? 0) rows")
    }
    return found.joined(separator: ", ")
  }

  func scansAgain() throws -> String {
    let source = try source()
    let (dataset, fields) = try first(source)
    guard source.isOrdered(dataset) else {
      throw Nothing("it says of no order, so every scan asks for all fields")
    }
    let whole = try source.columns(fields, of: dataset, run: UnwatchedRun())
    let apart = try self.source()
    for (field, column) in zip(fields, whole).reversed() {
      let alone = try apart.columns([field], of: dataset, run: UnwatchedRun())[0]
      guard alone.cells == column.cells else {
        throw Failure("scanned alone, \(field) has other cells than scanned with the others")
      }
    }
    return "\(fields.count) fields, alone and together"
  }

  // MARK: Cells

  func writesTexts() throws -> String {
    try eachText { field, text in
      if text.unicodeScalars.contains("\u{FFFD}") {
        throw Failure("“\(PluginLog.visible(text))” in \(field) was not read as what it was")
      }
      if !text.isComposed {
        throw Failure("“\(PluginLog.visible(text))” in \(field) is not composed (NFC)")
      }
    }
  }

  func writesMissing() throws -> String {
    let words: Set = ["null", "none", "nan", "na", "<na>", "nat", "\\n", "undefined", "nil"]
    return try eachText { field, text in
      if words.contains(text.lowercased()) {
        throw Failure(
          "\(field) holds “\(text)”; if it means something, declare it among the field's missing")
      }
    }
  }

  /// Each distinct text of every field that is not declared to be missing.
  private func eachText(_ body: (_ field: String, _ text: String) throws -> Void) throws -> String {
    let source = try source()
    var count = 0
    for schema in try source.datasets() {
      let columns = try source.columns(schema.fields, of: schema.name, run: UnwatchedRun())
      let missing = source.card(of: schema.name)?.missing.values.reduce(into: Set()) {
        $0.formUnion($1)
      }
      for (field, column) in zip(schema.fields, columns) {
        for code in 0..<column.texts.count {
          let text = column.texts[code]
          if missing?.contains(text) != true { try body(field, text) }
          count += 1
        }
      }
    }
    return "\(count) distinct texts"
  }

  func writesLargeIntegers() throws -> String {
    let talk = try WireTalk(self)
    let dataset = try talk.open()
    var count = 0
    try talk.scan(dataset) { batch in
      for row in 0..<batch.rowCount {
        for (cell, field) in zip(batch.cells(ofRow: row), dataset.fields)
        where batch.kinds[cell] == .number && field.type == .integer {
          count += 1
          let text = batch.text(ofCell: cell) ?? ""
          guard let number = Int64(text), number.magnitude <= 1 << 53 else {
            throw Failure("\(field.name) holds \(text), which many readers of JSON would round")
          }
        }
      }
    }
    return "\(count) whole numbers"
  }

  // MARK: Values and small tables

  func givesValues() throws -> String {
    let source = try source()
    var count = 0
    for schema in try source.datasets() {
      for field in schema.fields {
        guard let values = try source.values(of: field, in: schema.name, run: UnwatchedRun())
        else { throw Nothing("it does not offer values") }
        let scanned = try self.source().columns([field], of: schema.name, run: UnwatchedRun())[0]
        guard values.tally == scanned.tally else {
          throw Failure("the values of \(field) are not those of its scan")
        }
        count += 1
      }
    }
    return "\(count) fields"
  }

  func tabulates() throws -> String {
    let source = try source()
    guard !source.readsAhead else { throw Nothing("it does not offer small tables") }
    let (dataset, names) = try first(source)
    let columns = Dictionary(
      uniqueKeysWithValues: zip(
        names, try self.source().columns(names, of: dataset, run: UnwatchedRun())))
    let questions = SourceWireQuestions(dataset, names, columns, source).all
    var exact = 0
    for question in questions {
      guard let made = try source.tabulate(question, run: UnwatchedRun()) else { continue }
      let wanted = try LocalEngine.tabulate(
        question, columns: columns, rowCount: columns.values.first?.rowCount ?? 0, links: [:],
        monitor: UnwatchedRun())
      guard made == wanted else {
        throw Failure(
          "\(PlanText.text(of: question)): it makes \(SourceWireConformance.text(of: made)), "
            + "its rows make \(SourceWireConformance.text(of: wanted))")
      }
      exact += 1
    }
    return "\(exact) of \(questions.count) small tables; the rows are scanned for the others"
  }

  private static func text(of table: SmallTable) -> String {
    let rows = table.rows.prefix(5).map { row in
      (row.keys + row.measures).map(\.description).joined(separator: " ")
    }
    return "[" + rows.joined(separator: "; ") + (table.rows.count > 5 ? "; …]" : "]")
  }
}

extension Column {
  /// Every cell's text, in the order of the rows.
  var cells: [String] { (0..<rowCount).map { texts[codes[$0]] } }

  /// How often each text stands in it.
  var tally: [String: Int] {
    // Texts that differ only in their composition are one.
    Dictionary(counts.indices.map { (texts[$0], counts[$0]) }, uniquingKeysWith: +)
  }
}
