import Engine

/// CommonMark with tables, for notes and reports that are read as they are.
enum Markdown: Format {
  static let name = "markdown"
  static let extensions = ["md", "markdown"]
  static let summary = "Markdown with tables, for documents"

  static func render(_ answer: Answer, style: Style) -> String {
    var parts: [String] = []
    if answer.saying != nil { parts.append(escaped(answer.restated)) }
    parts += answer.stops.map { "**\($0.word):** " + escaped($0.text) }
    if !answer.sentences.isEmpty {
      parts.append("**" + answer.sentences.map(escaped).joined(separator: " ") + "**")
    }
    for block in answer.shownBlocks { parts.append(text(block)) }
    let items = answer.countedItems(dash: "–")
    if !items.isEmpty { parts.append(escaped(items.joined(separator: " · "))) }
    let notes =
      answer.laterCautions.map { "- **\($0.word):** " + escaped($0.text) }
      + answer.remarks.map { "- *Note:* " + escaped($0) }
    if !notes.isEmpty { parts.append(notes.joined(separator: "\n")) }
    if !answer.said.isEmpty {
      parts.append(
        answer.said.map { "- **\(escaped($0.word)):** " + escaped($0.words) }
          .joined(separator: "\n"))
    }
    if !answer.methods.isEmpty {
      let names = answer.methods.map { escaped("\($0.name) (\($0.reference))") }
      parts.append("Methods: " + names.joined(separator: "; "))
    }
    if !answer.receipt.isEmpty { parts.append("Receipt: `\(answer.receipt)`") }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  static func render(_ page: Page, style: Style) -> String {
    var parts: [String] = []
    if let title = page.title { parts.append("# " + escaped(title)) }
    for block in page.blocks {
      switch block {
      case .heading(let words): parts.append("## " + escaped(words))
      case .paragraph(let words): parts.append(escaped(words))
      case .definitions(let entries):
        parts.append(
          entries.map { entry in
            let detail = entry.detail.isEmpty ? "" : ": " + escaped(entry.detail)
            return "- **\(escaped(entry.term))**" + detail
          }.joined(separator: "\n"))
      case .table(let table): parts.append(text(table))
      case .preformatted(let text): parts.append(fenced(text))
      case .note(let text): parts.append(text)
      }
    }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private static func text(_ block: Block) -> String {
    switch block {
    case .figures(let lines):
      let table = FigureTable(lines)
      let ends = table.header.map { $0 == "value" || $0.hasSuffix("interval") }
      return rows(table.header, ends, table.rows)
    case .table(let answer): return text(answer)
    case .chart(let chart):
      var layout = TextLayout(Style(width: Limits.pictureWidth))
      layout.add(ChartLayout(chart, layout.style).lines)
      return fenced(String(layout.text.dropLast()))
    case .text(let lines): return lines.map(escaped).joined(separator: "\n\n")
    }
  }

  private static func text(_ table: AnswerTable) -> String {
    let style = Style()
    var parts: [String] = []
    if let title = table.title { parts.append("**" + escaped(title) + "**") }
    parts.append(
      rows(
        table.columns.map(\.name), table.columns.map(\.type.isRightAligned),
        table.rows.map { $0.map { Cells.text($0, style) } }))
    if table.hidden > 0 {
      parts.append("Rows left out by the limit: " + Numbers.text(Double(table.hidden), .count))
    }
    return parts.joined(separator: "\n\n")
  }

  private static func rows(_ header: [String], _ ends: [Bool], _ rows: [[String]]) -> String {
    func line(_ cells: [String]) -> String {
      "| " + cells.map(escaped).joined(separator: " | ") + " |"
    }
    let rule = "| " + ends.map { $0 ? "---:" : "---" }.joined(separator: " | ") + " |"
    return ([line(header), rule] + rows.map(line)).joined(separator: "\n")
  }

  /// Literal lines, in a fence that is longer than any in the text.
  static func fenced(_ text: String) -> String {
    var fence = "```"
    while text.contains(fence) { fence += "`" }
    return "\(fence)\n\(text)\n\(fence)"
  }

  /// Words that stay words: the signs that Markdown reads otherwise are escaped, line breaks are
  /// spaces.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text.shown(ascii: false) {
      if "\\`*_[]<>|~&".contains(character) { result.append("\\") }
      result.append(character)
    }
    // A sign at the beginning opens a heading or a list.
    if let first = result.first, "#+-".contains(first) { result = "\\" + result }
    return result
  }
}
