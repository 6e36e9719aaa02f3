import Engine

/// Text for a person at a terminal: sentences, figures under each other, tables and charts.
enum TextTable: Format {
  static let name = "table"
  static let extensions = ["txt"]
  static let summary = "text in columns, fitted to the width of the terminal"

  static func render(_ answer: Answer, style: Style) -> String {
    var layout = TextLayout(style)
    if answer.saying != nil { layout.paragraph(answer.restated, .note) }
    for stop in answer.stops { layout.paragraph(stop.text, .caution, lead: "Stop: ") }
    for sentence in answer.sentences { layout.paragraph(sentence) }
    for block in answer.shownBlocks {
      layout.blank()
      add(block, to: &layout)
    }
    layout.blank()
    let items = answer.countedItems(dash: style.glyphs.dash).map { $0.shown(ascii: style.ascii) }
    if !items.isEmpty {
      let separator = " \(style.glyphs.separator) "
      for line in String.fill(items, width: style.width, separator: separator) {
        layout.add(Line(line))
      }
    }
    for caution in answer.laterCautions { layout.paragraph(caution.text, .caution, lead: "! ") }
    for remark in answer.remarks { layout.paragraph(remark, .note, lead: "? ") }
    for (word, words) in answer.said { layout.paragraph(words, .note, lead: "\(word): ") }
    if !answer.receipt.isEmpty { layout.paragraph("receipt \(answer.receipt)", .receipt) }
    return layout.text
  }

  static func add(_ block: Block, to layout: inout TextLayout) {
    switch block {
    case .figures(let lines): layout.add(FigureLayout(lines, layout.style).lines)
    case .table(let table): layout.add(TableLayout(table, layout.style).lines)
    case .chart(let chart): layout.add(ChartLayout(chart, layout.style).lines)
    case .text(let lines): for line in lines { layout.paragraph(line) }
    }
  }

  static func render(_ page: Page, style: Style) -> String {
    var layout = TextLayout(style)
    if let title = page.title { layout.paragraph(title, .heading) }
    var before: Page.Block?
    for block in page.blocks {
      // What a heading opens stands right below it.
      if case .heading = before {} else { layout.blank() }
      switch block {
      case .heading(let words): layout.paragraph(words, .heading)
      case .paragraph(let words), .note(let words): layout.paragraph(words)
      case .definitions(let entries): layout.add(definitions(entries, style))
      case .table(let table): layout.add(TableLayout(table, style).lines)
      case .preformatted(let text): layout.add(preformatted(text, style))
      }
      before = block
    }
    return layout.text
  }

  /// Terms in a column, their words beside them, or below them where a term is long or the page
  /// narrow.
  private static func definitions(_ entries: [Page.Definition], _ style: Style) -> [Line] {
    let terms = entries.map { $0.term.shown(ascii: style.ascii) }
    let most = style.width.map { max(8, $0 / 3) } ?? .max
    let widest = 2 + min(terms.map(\.cells).max() ?? 0, most) + 3
    let isNarrow = (style.width ?? .max) - widest < Limits.remarkWidth
    let column = isNarrow ? 4 : widest
    var lines: [Line] = []
    for (entry, term) in zip(entries, terms) {
      let heads = term.wrapped(to: style.width.map { $0 - 2 }).map { words in
        var line = Line("  ")
        line.append(words, .label)
        return line
      }
      let details = entry.detail.split(whereSeparator: \.isNewline).flatMap { part in
        String(part).shown(ascii: style.ascii).wrapped(to: style.width.map { $0 - column })
      }
      lines += heads.dropLast()
      var line = heads.last ?? Line()
      if line.width + 2 > column || details.isEmpty {
        lines.append(line)
        line = Line()
      }
      for words in details {
        line.move(to: column)
        line.append(words)
        lines.append(line)
        line = Line()
      }
    }
    return lines
  }

  /// Lines as they are, two cells in; longer ones go on in the next line.
  private static func preformatted(_ text: String, _ style: Style) -> [Line] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).flatMap { part in
      String(part).shown(ascii: style.ascii).broken(at: (style.width ?? .max) - 2)
        .map { Line("  " + $0) }
    }
  }
}
