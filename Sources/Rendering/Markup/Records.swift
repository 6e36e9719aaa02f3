import Engine

/// Rows with named fields, for the formats that hold a table: the answer's own, or one row for each
/// figure.
struct Records {
  let names: [String]
  let rows: [[JSONValue]]

  private init(names: [String], rows: [[JSONValue]]) {
    self.names = names
    self.rows = rows
  }

  init(_ answer: Answer) {
    if let table = answer.table {
      self.init(table)
    } else {
      self.init(answer.figures)
    }
  }

  init(_ table: AnswerTable) {
    names = Records.distinct(table.columns.map(\.name))
    let count = names.count
    rows = table.rows.map { row in
      row.prefix(count).map(\.json) + repeatElement(.null, count: max(0, count - row.count))
    }
  }

  init(_ figures: [Figure]) {
    var seen = Set<String>()
    let keys = figures.flatMap(\.group).map(\.key).filter { seen.insert($0).inserted }
    let own = ["id", "label", "value", "low", "high", "level", "n", "of", "method"]
    names = Records.distinct(own + keys)
    rows = figures.map { figure in
      let groups = keys.map { key in figure.group.first { $0.key == key }?.value.json ?? .null }
      return [
        .text(figure.id), .text(figure.label), figure.shownValue, JSONValue(figure.low),
        JSONValue(figure.high), JSONValue(figure.level), JSONValue(figure.n),
        JSONValue(figure.of), JSONValue(figure.method),
      ] + groups
    }
  }

  /// A page as records: its first table, or its terms with their details.
  init(_ page: Page) {
    for block in page.blocks {
      if case .table(let table) = block {
        self.init(table)
        return
      }
    }
    let rows = page.blocks.flatMap { block -> [[JSONValue]] in
      switch block {
      case .definitions(let entries): entries.map { [.text($0.term), .text($0.detail)] }
      case .heading(let text), .paragraph(let text), .preformatted(let text), .note(let text):
        [[.null, .text(text)]]
      case .table: []
      }
    }
    self.init(names: ["term", "detail"], rows: rows)
  }

  /// A name that occurs again gets a number, so that each names one field.
  private static func distinct(_ names: [String]) -> [String] {
    var used = Set<String>()
    return names.map { name in
      var candidate = name
      var number = 2
      while !used.insert(candidate).inserted {
        candidate = "\(name) \(number)"
        number += 1
      }
      return candidate
    }
  }
}
