import Engine

/// A table in columns that fit the page; what does not fit is wrapped, then left out from the right
/// and named.
struct TableLayout {
  private let table: AnswerTable
  private let style: Style
  /// Texts by column, of the rows that are written.
  private let texts: [[String]]
  private let headers: [String]
  private let gap: Int

  init(_ table: AnswerTable, _ style: Style) {
    self.table = table
    self.style = style
    let rows = table.rows.prefix(style.rows ?? table.rows.count)
    texts = table.columns.indices.map { column in
      Cells.column(rows.map { $0.indices.contains(column) ? $0[column] : .none("") }, style)
    }
    headers = table.columns.map { $0.name.shown(ascii: style.ascii) }
    gap = (style.width ?? .max) < 60 ? 2 : 3
  }

  var lines: [Line] {
    var lines: [Line] = []
    if let title = table.title, !title.isEmpty {
      lines += title.shown(ascii: style.ascii).wrapped(to: style.width).map { Line($0, .heading) }
    }
    let widths = fittedWidths()
    if !widths.isEmpty {
      lines += row(headers, widths, isHeader: true)
      var rule = Line()
      for (index, width) in widths.enumerated() {
        rule.move(to: rule.width + (index > 0 ? gap : 0))
        rule.append(String(repeating: style.glyphs.rule, count: width))
      }
      lines.append(rule)
      for index in 0..<(texts.first?.count ?? 0) {
        lines += row(texts.map { $0[index] }, widths, isHeader: false)
      }
    }
    for words in notes(hiding: widths.count) {
      lines += words.wrapped(to: style.width).map { Line($0, .receipt) }
    }
    return lines
  }

  /// What the table does not show.
  private func notes(hiding shown: Int) -> [String] {
    var notes: [String] = []
    let cut = table.rows.count - (texts.first?.count ?? table.rows.count)
    if cut > 0 {
      notes.append("\(style.glyphs.ellipsis) \(rows(cut)) of the answer not shown")
    }
    if table.hidden > 0 {
      notes.append("\(style.glyphs.ellipsis) \(rows(table.hidden)) left out by the limit")
    }
    if shown < headers.count {
      notes.append("too narrow to show: " + headers[shown...].joined(separator: ", "))
    }
    return notes
  }

  private func rows(_ count: Int) -> String {
    Numbers.text(Double(count), .count) + (count == 1 ? " more row" : " more rows")
  }

  /// One row, as many lines as its tallest cell; headers stand at the bottom of theirs.
  private func row(_ cells: [String], _ widths: [Int], isHeader: Bool) -> [Line] {
    let wrapped = zip(cells, widths).map { $0.wrapped(to: $1) }
    let height = wrapped.map(\.count).max() ?? 0
    return (0..<height).map { level in
      var line = Line()
      var column = 0
      for (index, width) in widths.enumerated() {
        let offset = isHeader ? height - wrapped[index].count : 0
        let words =
          wrapped[index].indices.contains(level - offset)
          ? wrapped[index][level - offset] : ""
        line.move(to: column)
        let isRight = table.columns[index].type.isRightAligned
        line.append(
          isRight ? words.rightAligned(in: width) : words.padded(to: width),
          isHeader ? .heading : .text)
        column += width + gap
      }
      return line
    }
  }

  /// The widths of the columns that are shown: all that fit, at least the first.
  private func fittedWidths() -> [Int] {
    let widths = headers.indices.map { max(headers[$0].cells, widestCell($0)) }
    guard let width = style.width, total(widths) > width else { return widths }
    let least = headers.indices.map { leastWidth($0) }
    for count in stride(from: headers.count, to: 1, by: -1)
    where total(Array(least[..<count])) <= width {
      let shown = Array(widths[..<count])
      return total(shown) <= width ? shown : narrowed(count, least, to: width)
    }
    return [min(widths[0], width)]
  }

  /// Widths at which the first columns fit: headers wrap first, then words, the widest column's and
  /// the last of equals'.
  private func narrowed(_ count: Int, _ least: [Int], to width: Int) -> [Int] {
    var widths = (0..<count).map { max(widestCell($0), longestWord(headers[$0]), least[$0]) }
    while total(widths) > width {
      let candidates = widths.indices.filter { widths[$0] > least[$0] }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
    }
    // Words that wrap may leave cells free.
    return widths.enumerated().map { column, width in
      ([headers[column]] + texts[column]).flatMap { $0.wrapped(to: width) }.map(\.cells).max() ?? 0
    }
  }

  private func total(_ widths: [Int]) -> Int {
    widths.reduce(0, +) + gap * max(0, widths.count - 1)
  }

  private func longestWord(_ text: String) -> Int {
    text.split(separator: " ").map(\.cells).max() ?? 0
  }

  private func widestCell(_ column: Int) -> Int { texts[column].map(\.cells).max() ?? 0 }

  /// How far a column can be narrowed: numbers stay whole, words and reasons wrap.
  private func leastWidth(_ column: Int) -> Int {
    let header = longestWord(headers[column])
    let type = table.columns[column].type
    var whole = 0
    if type.isRightAligned || type == .date {
      for (row, text) in zip(table.rows, texts[column]) where row.indices.contains(column) {
        if case .none = row[column] { continue }
        whole = max(whole, text.cells)
      }
    }
    return max(min(header, Limits.columnWidth), whole, min(widestCell(column), Limits.columnWidth))
  }
}
