internal import Columns
internal import Engine
internal import SourceWire

extension PluginSource {
  /// The columns, all that are not held yet in one scan.
  func scan(_ names: [String], of dataset: WireDataset, run: any RunMonitor) throws -> [Column] {
    for _ in 0..<3 {
      let columns = held[dataset.name]?.columns ?? [:]
      let missing = dataset.fields.map(\.name).filter { names.contains($0) && columns[$0] == nil }
      if missing.isEmpty { return names.compactMap { columns[$0] } }
      let state = held[dataset.name]?.state
      // Without an order, rows of two scans do not belong together; nor where nobody can tell whether
      // they are the same.
      var isKnown = false
      if case .told? = state { isKnown = true }
      let asked = dataset.fields.map(\.name).filter { name in
        !dataset.isOrdered || missing.contains(name) || !isKnown && columns[name] != nil
      }
      let isWhole = columns.keys.allSatisfy { asked.contains($0) }
      if isWhole, !columns.isEmpty { letGo(dataset.name) }
      let scanned = try read(asked, of: dataset, run: run)
      if !isWhole {
        // The data have changed meanwhile: everything is read once more.
        guard held[dataset.name]?.state == state,
          columns.values.first?.rowCount == scanned.first?.rowCount
        else {
          letGo(dataset.name)
          continue
        }
      }
      hold(Dictionary(uniqueKeysWithValues: zip(asked, scanned)), of: dataset.name)
    }
    throw SourceProblem(
      .damaged, "\(dataset.name) in \(origin) changed while it was read", help: ["ask again"])
  }

  private func read(_ names: [String], of dataset: WireDataset, run: any RunMonitor) throws
    -> [Column]
  {
    let conversation = try running(run)
    var builders = [ColumnBuilder](repeating: ColumnBuilder(), count: names.count)
    var count = 0
    let limit = settings.limits.cells / max(1, names.count)
    try conversation.ask(.scan(dataset: dataset.name, fields: names), run: run) { reply in
      note(reply, dataset)
      if let batch = reply.rows {
        count += batch.rowCount
        if count > limit { throw tooMuch("\(limit) rows", dataset) }
        try append(batch, to: &builders, conversation)
      }
      if let progress = reply.progress {
        run.advance(done: progress.done, of: progress.total)
      } else if reply.rows != nil, let rows = dataset.rows {
        run.advance(done: min(count, rows), of: rows)
      }
      if reply.isEnd, let said = reply.count, said != count {
        throw conversation.broken("said that it sent \(said) rows, and sent \(count)")
      }
      return reply.isEnd
    }
    let columns = builders.map(\.column)
    for (name, column) in zip(names, columns) {
      guard let field = dataset.fields.first(where: { $0.name == name }) else { continue }
      try check(column, field, conversation)
    }
    return columns
  }

  private func append(
    _ batch: RowBatch, to builders: inout [ColumnBuilder], _ conversation: PluginConversation
  ) throws {
    try batch.bytes.withUnsafeBufferPointer { bytes in
      for row in 0..<batch.rowCount {
        let cells = batch.cells(ofRow: row)
        guard cells.count == builders.count else {
          throw conversation.broken(
            "sent a row of \(cells.count) cells where \(builders.count) were asked for")
        }
        for (index, cell) in cells.enumerated() {
          builders[index].append(
            UnsafeBufferPointer(rebasing: bytes[batch.range(ofCell: cell)]))
        }
      }
    }
  }

  /// Each distinct text once: a source is held to the types that it declares.
  private func check(_ column: Column, _ field: WireField, _ conversation: PluginConversation)
    throws
  {
    guard let type = FieldType(rawValue: field.type.rawValue) else { return }
    for code in 0..<column.texts.count {
      let text = column.texts[code]
      if text.isEmpty || field.missing.contains(text) || PluginTable.fits(text, type) { continue }
      throw conversation.broken(
        "sent “\(PluginLog.visible(text))” in \(field.name), which it says is of the type "
          + field.type.rawValue)
    }
  }

  private func note(_ reply: WireReply, _ dataset: WireDataset) {
    if reply.isEnd || reply.isExact == false { noteState(reply.state, dataset.name) }
    noteFingerprint(reply.fingerprint, dataset.name)
    for warning in reply.warnings {
      let rows = warning.rows.map { " (\($0) rows)" } ?? ""
      held[dataset.name, default: PluginTable()].warn(
        PluginLog.visible(warning.message) + rows, limit: settings.limits.warnings)
    }
  }

  private func tooMuch(_ what: String, _ dataset: WireDataset) -> SourceProblem {
    SourceProblem(
      .limit, "the source \(plugin.name) sent more than \(what) of \(dataset.name)",
      help: ["ask about fewer rows, if the source can be told to open fewer"])
  }

  // MARK: Small tables

  /// The distinct values with their counts: rows of a value and a number.
  func distinct(
    _ field: WireField, of dataset: WireDataset, _ conversation: PluginConversation,
    run: any RunMonitor
  ) throws -> Column? {
    var texts: [String] = []
    var counts: [Int] = []
    var codes: [String: Int] = [:]
    var isExact = true
    let operation = WireRequest.Operation.values(dataset: dataset.name, field: field.name)
    try conversation.ask(operation, run: run) { reply in
      note(reply, dataset)
      if reply.isExact == false { isExact = false }
      if let batch = reply.rows {
        for row in 0..<batch.rowCount {
          let cells = batch.cells(ofRow: row)
          guard cells.count == 2, let last = cells.last, let count = batch.text(ofCell: last),
            let number = Int(count), number >= 0
          else { throw conversation.broken("sent a value of \(field.name) without its count") }
          let text = batch.text(ofCell: cells.lowerBound) ?? ""
          // A missing value and an empty text are one.
          if let code = codes.updateValue(texts.count, forKey: text) {
            codes[text] = code
            counts[code] += number
            continue
          }
          texts.append(text)
          counts.append(number)
        }
        if texts.count > settings.limits.groups {
          throw tooMuch("\(settings.limits.groups) values", dataset)
        }
      }
      return reply.isEnd || !isExact
    }
    guard isExact else { return nil }
    let column = Column(codes: .bytes([]), texts: Texts(texts), counts: counts)
    try check(column, field, conversation)
    return column
  }

  /// The table that the source makes; nothing where it says that it can't make it exactly, or where
  /// two of its rows are one group here.
  func smallTable(
    _ question: PluginQuestion, of dataset: WireDataset, _ conversation: PluginConversation,
    run: any RunMonitor
  ) throws -> SmallTable? {
    var rows: [SmallTable.Row] = []
    var isExact: Bool?
    let kinds = question.keys + question.measures
    try conversation.ask(.tabulate(question: question.members), run: run) { reply in
      note(reply, dataset)
      isExact = reply.isExact ?? isExact
      if let progress = reply.progress { run.advance(done: progress.done, of: progress.total) }
      if isExact == false { return true }
      if let batch = reply.rows {
        guard isExact == true else {
          throw conversation.broken("sent a table without saying whether it is exact")
        }
        for row in 0..<batch.rowCount {
          rows.append(try read(batch, row, kinds, keys: question.keys.count, conversation))
        }
        if rows.count > settings.limits.groups {
          throw tooMuch("\(settings.limits.groups) groups", dataset)
        }
      }
      if reply.isEnd, let said = reply.count, said != rows.count {
        throw conversation.broken("said that it sent \(said) rows, and sent \(rows.count)")
      }
      return reply.isEnd
    }
    guard isExact == true, Set(rows.map(\.keys)).count == rows.count else { return nil }
    if question.keys.isEmpty, rows.count != 1 {
      throw conversation.broken("sent \(rows.count) rows where one was asked for")
    }
    return SmallTable(unordered: rows)
  }

  private func read(
    _ batch: RowBatch, _ row: Int, _ kinds: [PluginCell], keys: Int,
    _ conversation: PluginConversation
  ) throws -> SmallTable.Row {
    let cells = batch.cells(ofRow: row)
    guard cells.count == kinds.count else {
      throw conversation.broken(
        "sent a row of \(cells.count) cells where \(kinds.count) were asked for")
    }
    let values = try zip(cells, kinds).map { cell, kind in
      let text = batch.text(ofCell: cell) ?? ""
      guard let value = kind.value(batch.kinds[cell], text) else {
        throw conversation.broken("sent “\(PluginLog.visible(text))” where \(kind.words) is due")
      }
      return value
    }
    return SmallTable.Row(
      keys: Array(values.prefix(keys)), measures: Array(values.dropFirst(keys)))
  }
}
