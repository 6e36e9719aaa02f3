import Engine

/// Text to be read aloud: no columns and no pictures, words instead of signs, one figure a line.
enum PlainText: Format {
  static let name = "plain"
  static let extensions: [String] = []
  static let summary = "text for screen readers: one figure a line, words instead of signs"

  static func render(_ answer: Answer, style: Style) -> String {
    var layout = TextLayout(style)
    if answer.saying != nil { layout.paragraph(answer.restated, .note) }
    for stop in answer.stops { layout.paragraph("\(stop.word): \(stop.text)", .caution) }
    for sentence in answer.sentences { layout.paragraph(sentence) }
    for block in answer.shownBlocks {
      switch block {
      case .figures(let lines): for line in lines { layout.paragraph(words(line, style)) }
      case .table(let table): add(table, to: &layout)
      case .chart(let chart): add(chart, to: &layout)
      case .text(let lines): for line in lines { layout.paragraph(line) }
      }
    }
    let items = answer.countedItems(dash: " to ")
    if !items.isEmpty { layout.paragraph("Counted: " + items.joined(separator: ", ") + ".") }
    for caution in answer.laterCautions {
      layout.paragraph("\(caution.word): \(caution.text)", .caution)
    }
    for remark in answer.remarks { layout.paragraph("Note: \(remark)", .note) }
    for (word, words) in answer.said { layout.paragraph("\(word): \(words)", .note) }
    if !answer.receipt.isEmpty { layout.paragraph("Receipt: \(answer.receipt)", .receipt) }
    return layout.text
  }

  static func render(_ page: Page, style: Style) -> String {
    var layout = TextLayout(style)
    if let title = page.title { layout.paragraph(title, .heading) }
    for block in page.blocks {
      switch block {
      case .heading(let words), .paragraph(let words), .note(let words): layout.paragraph(words)
      case .definitions(let entries):
        for entry in entries {
          layout.paragraph(entry.detail.isEmpty ? entry.term : "\(entry.term): \(entry.detail)")
        }
      case .table(let table): add(table, to: &layout)
      case .preformatted(let text): layout.paragraph(text)
      }
    }
    return layout.text
  }

  /// `share of buybust: 81.0%, 95% interval 75.0% to 85.8%, 162 of 200 defendants`.
  private static func words(_ line: FigureLine, _ style: Style) -> String {
    let figure = line.figure
    let group = figure.groupName(style)
    var parts = [figure.value.map { spoken($0, figure.form) } ?? "none"]
    if figure.value == nil, let reason = figure.reason { parts.append(reason) }
    if figure.hasInterval {
      let level = figure.level.map { Numbers.level($0) + " " } ?? ""
      parts.append("\(level)interval " + interval(figure.low, figure.high, figure.form))
    }
    if !line.remark.isEmpty { parts.append(line.remark) }
    return (group.isEmpty ? "" : group + ", ") + figure.label + ": "
      + parts.joined(separator: ", ")
  }

  private static func interval(_ low: Double?, _ high: Double?, _ form: NumberForm) -> String {
    Cells.interval(low, high, form, dash: "to")
  }

  /// A number without the signs of comparison.
  private static func spoken(_ value: Double, _ form: NumberForm) -> String {
    let text = Numbers.text(value, form)
    guard let sign = text.first, sign == "<" || sign == ">" else { return text }
    let rest = text.dropFirst().drop { $0 == " " }
    return (sign == "<" ? "less than " : "more than ") + rest
  }

  /// Each row as one line: `race Black, n 162, share 81.0%`.
  private static func add(_ table: AnswerTable, to layout: inout TextLayout) {
    if let title = table.title { layout.paragraph(title, .heading) }
    let rows = table.rows.prefix(layout.style.rows ?? table.rows.count)
    for row in rows {
      let items = zip(table.columns, row).map { column, cell in
        "\(column.name) \(spoken(cell, layout.style))"
      }
      layout.paragraph(items.joined(separator: ", "))
    }
    let cut = table.rows.count - rows.count
    if cut > 0 { layout.paragraph("Rows of the answer not shown: \(cut)") }
    if table.hidden > 0 { layout.paragraph("Rows left out by the limit: \(table.hidden)") }
  }

  private static func spoken(_ cell: Cell, _ style: Style) -> String {
    switch cell {
    case .number(let number, let form): spoken(number, form)
    case .interval(let low, let high, let form):
      low == nil && high == nil ? "none" : interval(low, high, form)
    case .value, .masked, .none: Cells.text(cell, style)
    }
  }

  /// The points of a chart in words, and what it is compared with.
  private static func add(_ chart: Chart, to layout: inout TextLayout) {
    if !chart.title.isEmpty { layout.paragraph(chart.title, .heading) }
    if let reference = chart.reference {
      layout.paragraph("To compare with: " + spoken(reference, chart.form))
    }
    for series in chart.series {
      for point in series.points {
        let name = series.name.isEmpty ? point.label : "\(series.name), \(point.label)"
        let value = point.value.map { spoken($0, chart.form) } ?? "none"
        let ends = interval(point.low, point.high, chart.form)
        layout.paragraph("\(name): \(value)" + (ends.isEmpty ? "" : ", interval \(ends)"))
      }
    }
    for mark in chart.marks { layout.paragraph("Marked: \(mark)") }
  }
}
