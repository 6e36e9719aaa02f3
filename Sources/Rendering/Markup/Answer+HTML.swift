import Engine

extension Answer {
  /// The answer as a section of a page, for pages of one answer and of many; `id` is unique on the
  /// page.
  func htmlSection(id: String) -> String {
    var parts = [Markup.element("h1", [], Markup.element("code", [], Markup.escaped(question)))]
    if saying != nil {
      parts.append(Markup.element("p", [("class", "asked")], Markup.escaped(restated)))
    }
    parts += stops.map { $0.html("p", [("class", "stop")]) }
    parts += sentences.map { Markup.element("p", [("class", "sentence")], Markup.escaped($0)) }
    for (index, block) in shownBlocks.enumerated() {
      parts.append(block.html(id: "\(id)-\(index + 1)"))
    }
    let items = countedItems(dash: "–")
    if !items.isEmpty {
      parts.append(
        Markup.element(
          "p", [("class", "counted")], Markup.escaped(items.joined(separator: " · "))))
    }
    let notes = laterCautions.map { $0.html("li", []) }
    if !notes.isEmpty {
      parts.append(Markup.element("ul", [("class", "cautions")], notes.joined(separator: "\n")))
    }
    parts += remarks.map { Markup.element("p", [("class", "remark")], Markup.escaped($0)) }
    parts += said.map { word, words in
      Markup.element("p", [], "<strong>\(Markup.escaped(word)):</strong> " + Markup.escaped(words))
    }
    parts += noteLists
    if !receipt.isEmpty {
      parts.append(
        Markup.element("p", [("class", "receipt")], "Receipt " + Markup.escaped(receipt)))
    }
    return Markup.element("section", [("id", id)], "\n" + parts.joined(separator: "\n") + "\n")
  }

  /// What the figures were worked out with, and from.
  private var noteLists: [String] {
    let names = methods.map { "\($0.name) (\($0.reference))" }
    let origins = sources.map { $0.card.isEmpty ? $0.name : "\($0.name): \($0.card)" }
    return [("Methods", names), ("Sources", origins)].filter { !$0.1.isEmpty }.map { word, items in
      Markup.element(
        "p", [("class", "methods")], word + ": " + Markup.escaped(items.joined(separator: "; ")))
    }
  }
}

extension Caution {
  func html(_ tag: String, _ attributes: [(String, String)]) -> String {
    Markup.element(tag, attributes, "<strong>\(word):</strong> " + Markup.escaped(text))
  }
}

extension Block {
  func html(id: String) -> String {
    switch self {
    case .figures(let lines):
      let table = FigureTable(lines)
      let ends = table.header.map { $0 == "value" || $0.hasSuffix("interval") }
      return HTMLTable(header: table.header, isNumber: ends, rows: table.rows).text
    case .table(let table): return table.html
    case .chart(let chart): return Markup.element("figure", [], SVGChart(chart, id: id).text)
    case .text(let lines):
      return lines.map { Markup.element("p", [], Markup.escaped($0)) }.joined(separator: "\n")
    }
  }
}

extension AnswerTable {
  var html: String {
    let style = Style()
    var text = HTMLTable(
      title: title, header: columns.map(\.name), isNumber: columns.map(\.type.isRightAligned),
      rows: rows.map { $0.map { Cells.text($0, style) } }
    ).text
    if hidden > 0 {
      let count = Numbers.text(Double(hidden), .count)
      text += "\n" + Markup.element("p", [], "Rows left out by the limit: " + count)
    }
    return text
  }
}

/// A table with headers that screen readers announce: of columns, and of rows by their first cell.
private struct HTMLTable {
  var title: String?
  let header: [String]
  let isNumber: [Bool]
  let rows: [[String]]

  var text: String {
    let caption = title.map { Markup.element("caption", [], Markup.escaped($0)) + "\n" } ?? ""
    let head = zip(header, isNumber).map { name, isNumber in
      Markup.element("th", [("scope", "col")] + kind(isNumber), Markup.escaped(name))
    }
    let body = rows.map { row in
      let cells = zip(row, isNumber).enumerated().map { index, cell in
        index == 0
          ? Markup.element("th", [("scope", "row")] + kind(cell.1), Markup.escaped(cell.0))
          : Markup.element("td", kind(cell.1), Markup.escaped(cell.0))
      }
      return Markup.element("tr", [], cells.joined())
    }
    let content =
      caption
      + Markup.element("thead", [], Markup.element("tr", [], head.joined())) + "\n"
      + Markup.element("tbody", [], "\n" + body.joined(separator: "\n") + "\n")
    return Markup.element("table", [], "\n" + content + "\n")
  }

  private func kind(_ isNumber: Bool) -> [(String, String)] {
    isNumber ? [("class", "number")] : []
  }
}

extension Page {
  var htmlSection: String {
    var parts = title.map { [Markup.element("h1", [], Markup.escaped($0))] } ?? []
    for block in blocks {
      switch block {
      case .heading(let words): parts.append(Markup.element("h2", [], Markup.escaped(words)))
      case .paragraph(let words), .note(let words):
        parts.append(Markup.element("p", [], Markup.escaped(words)))
      case .definitions(let entries):
        let items = entries.map {
          Markup.element("dt", [], Markup.escaped($0.term))
            + Markup.element("dd", [], Markup.escaped($0.detail))
        }
        parts.append(Markup.element("dl", [], "\n" + items.joined(separator: "\n") + "\n"))
      case .table(let table): parts.append(table.html)
      case .preformatted(let text):
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let shown = lines.map { Markup.escaped(String($0)) }.joined(separator: "\n")
        parts.append(Markup.element("pre", [], shown))
      }
    }
    return Markup.element("section", [], "\n" + parts.joined(separator: "\n") + "\n")
  }
}
