import Engine

/// Figures under each other: label, value, interval, remark, as wide as they need and no wider than
/// the page.
///
/// Beside each other where there is room; then the remarks go below their figures; then everything
/// goes below its label.
struct FigureLayout {
  /// One figure, written.
  private struct Row {
    let group: String
    let label: String
    let value: Numeral
    let interval: WrittenInterval?
    let remark: String
  }

  private let rows: [Row]
  private let heading: String
  private let style: Style
  private static let gap = 3

  init(_ lines: [FigureLine], _ style: Style) {
    self.style = style
    let levels = Set(lines.compactMap(\.figure.shownLevel))
    heading = FigureLayout.heading(levels, lines)
    rows = lines.map { line in
      let figure = line.figure
      let level = levels.count > 1 ? figure.shownLevel.map { Numbers.level($0) + " interval" } : nil
      let remark = [figure.value == nil ? figure.reason : nil, level, line.remark]
        .compactMap(\.self).filter { !$0.isEmpty }.joined(separator: "; ")
      return Row(
        group: figure.groupName(style), label: figure.label.shown(ascii: style.ascii),
        value: figure.value.map { Numbers.written($0, figure.form) } ?? Numeral("none"),
        interval: WrittenInterval(figure.low, figure.high, figure.form),
        remark: remark.shown(ascii: style.ascii))
    }
  }

  private static func heading(_ levels: Set<Double>, _ lines: [FigureLine]) -> String {
    guard lines.contains(where: \.figure.hasInterval) else { return "" }
    guard levels.count == 1, let level = levels.first else { return "interval" }
    return Numbers.level(level) + " interval"
  }

  /// Where the columns begin and how wide they are.
  private struct Columns {
    var label: Int
    let number: Int
    let unit: Int
    let ends: (low: Int, high: Int)
    let interval: Int

    var value: Int { label + gap }
    var valueEnd: Int { value + number + unit }
    var intervalStart: Int { valueEnd + gap }
    var end: Int { interval > 0 ? intervalStart + interval : valueEnd }
    var remark: Int { end + gap }
  }

  private func columns(_ style: Style) -> Columns {
    func widest(_ width: (Row) -> Int) -> Int { rows.map(width).max() ?? 0 }
    let intervals = rows.compactMap(\.interval)
    let ends = intervals.endWidths
    let dash = style.glyphs.dash
    let texts = intervals.map { $0.text(dash: dash, low: ends.low, high: ends.high).cells }
    let indent = rows.contains { !$0.group.isEmpty } ? 2 : 0
    return Columns(
      label: widest { $0.label.cells + indent }, number: widest { $0.value.number.cells },
      unit: widest { $0.value.unit.isEmpty ? 0 : $0.value.unit.cells + 1 }, ends: ends,
      interval: max(texts.max() ?? 0, heading.cells))
  }

  var lines: [Line] {
    guard !rows.isEmpty else { return [] }
    var columns = columns(style)
    let narrowest = columns
    columns.label = max(columns.label, Limits.labelWidth)
    guard let width = style.width else { return sideBySide(columns, remarks: .beside(nil)) }
    let longest = rows.map(\.remark.cells).max() ?? 0
    for columns in [columns, narrowest] {
      let room = width - columns.remark
      if room >= min(longest, Limits.remarkWidth) {
        return sideBySide(columns, remarks: .beside(width))
      }
    }
    if narrowest.end <= width { return sideBySide(narrowest, remarks: .below(width)) }
    return stacked(width)
  }

  /// Where remarks stand, and the width that they wrap to.
  private enum Remarks {
    case beside(Int?)
    case below(Int)
  }

  private func sideBySide(_ columns: Columns, remarks: Remarks) -> [Line] {
    var lines: [Line] = []
    if !heading.isEmpty {
      var line = Line()
      line.move(to: columns.intervalStart)
      line.append(heading, .heading)
      lines.append(line)
    }
    var group = ""
    for row in rows {
      if row.group != group { lines += headed(row.group, style.width) }
      group = row.group
      var line = figure(row, columns)
      switch remarks {
      case .beside(let width):
        // A remark without an interval stands in that column, one cell in, so that it is not read
        // as one.
        let free = row.interval == nil && columns.interval > 0
        let column = free ? columns.intervalStart + 1 : columns.remark
        for words in row.remark.wrapped(to: width.map { $0 - column }) where !words.isEmpty {
          line.move(to: column)
          line.append(words)
          lines.append(line)
          line = Line()
        }
        if line.width > 0 { lines.append(line) }
      case .below(let width):
        lines.append(line)
        lines += below(row.remark, indent: row.group.isEmpty ? 2 : 4, width)
      }
    }
    return lines
  }

  private func figure(_ row: Row, _ columns: Columns) -> Line {
    var line = Line()
    line.append(row.group.isEmpty ? "" : "  ")
    line.append(row.label, .label)
    line.move(to: columns.value + columns.number - row.value.number.cells)
    line.append(row.value.number, .value)
    line.append(row.value.unit.isEmpty ? "" : " " + row.value.unit)
    if let interval = row.interval {
      line.move(to: columns.intervalStart)
      line.append(
        interval.text(dash: style.glyphs.dash, low: columns.ends.low, high: columns.ends.high))
    }
    return line
  }

  /// Each figure on lines of its own, for pages too narrow for columns.
  private func stacked(_ width: Int) -> [Line] {
    var lines: [Line] = []
    var group = ""
    for row in rows {
      if row.group != group { lines += headed(row.group, width) }
      group = row.group
      for words in row.label.wrapped(to: width) { lines.append(Line(words, .label)) }
      var line = Line("  ")
      line.append(row.value.text, .value)
      lines.append(line)
      if let interval = row.interval {
        lines += below(heading + " " + interval.text(dash: style.glyphs.dash), indent: 2, width)
      }
      lines += below(row.remark, indent: 2, width)
    }
    return lines
  }

  private func headed(_ group: String, _ width: Int?) -> [Line] {
    group.isEmpty ? [] : group.wrapped(to: width).map { Line($0, .heading) }
  }

  private func below(_ words: String, indent: Int, _ width: Int) -> [Line] {
    guard !words.isEmpty else { return [] }
    return words.wrapped(to: width - indent).map { Line("".padded(to: indent) + $0) }
  }
}

extension Figure {
  var hasInterval: Bool { low != nil || high != nil }

  /// The level of the interval, where there is one.
  var shownLevel: Double? { hasInterval ? level : nil }

  /// The group that the figure is about: `race Black, sex unknown`; empty for all rows.
  func groupName(_ style: Style) -> String {
    group.map { $0.key.shown(ascii: style.ascii) + " " + Cells.text($0.value, style) }
      .joined(separator: ", ")
  }
}
