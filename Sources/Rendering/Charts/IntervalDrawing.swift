import Engine

/// A point with its interval on a common axis, one line each; with quartiles, a box around it.
struct IntervalDrawing {
  private let layout: ChartLayout
  private let rows: [BarDrawing.Row]

  init(_ layout: ChartLayout) {
    self.layout = layout
    rows = layout.chart.rows(layout)
  }

  var lines: [Line] {
    let chart = layout.chart
    let label = rows.map(\.label.cells).max() ?? 0
    let number = rows.map(\.number.cells).max() ?? 0
    let (labelWidth, room) = layout.columns(label: label, number: number)
    let scale = chart.intervalScale
    var lines = rows.flatMap { row -> [Line] in
      var line = Line(row.label.cut(to: labelWidth, layout.style.glyphs), .label)
      line.move(to: labelWidth + 1)
      if room > 0 {
        line.append(whisker(row.point, scale, room), .picture)
        line.append(" ")
      }
      return layout.ended(line, with: row.number)
    }
    if room > 0 {
      let marks = scale.marks.map {
        (text: scale.label($0, chart.form), cell: scale.cell($0, of: room))
      }
      lines.append(layout.axis(marks, from: labelWidth + 1, keepsLast: false))
    }
    return lines
  }

  /// The interval in so many cells; an end that was not reached runs off the edge.
  private func whisker(_ point: Chart.Point, _ scale: Scale, _ room: Int) -> String {
    let glyphs = layout.style.glyphs
    var cells = [String](repeating: " ", count: room)
    if let reference = layout.chart.reference {
      cells[scale.cell(reference, of: room)] = glyphs.upright
    }
    if point.low != nil || point.high != nil {
      let low = point.low.flatMap { $0.isFinite ? scale.cell($0, of: room) : nil }
      let high = point.high.flatMap { $0.isFinite ? scale.cell($0, of: room) : nil }
      for cell in (low ?? 0)...max(low ?? 0, high ?? room - 1) { cells[cell] = glyphs.whisker.line }
      cells[low ?? 0] = low == nil ? glyphs.beyond.left : glyphs.whisker.left
      cells[high ?? room - 1] = high == nil ? glyphs.beyond.right : glyphs.whisker.right
    }
    if let box = point.quartiles {
      let first = scale.cell(box.lowerBound, of: room)
      let last = scale.cell(box.upperBound, of: room)
      for cell in first...max(first, last) { cells[cell] = glyphs.bar[glyphs.bar.count - 1] }
    }
    if let value = point.value, value.isFinite {
      cells[scale.cell(value, of: room)] =
        point.quartiles == nil ? glyphs.whisker.point : glyphs.middle
    }
    return cells.joined()
  }
}
