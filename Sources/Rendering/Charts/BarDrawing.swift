import Engine

/// Bars from zero, one line each, with their numbers beside them.
struct BarDrawing {
  private let layout: ChartLayout
  private let rows: [Row]

  struct Row {
    let label: String
    let point: Chart.Point
    let number: String
  }

  init(_ layout: ChartLayout) {
    self.layout = layout
    rows = layout.chart.rows(layout)
  }

  var lines: [Line] {
    let chart = layout.chart
    let label = rows.map(\.label.cells).max() ?? 0
    let number = rows.map(\.number.cells).max() ?? 0
    let (labelWidth, room) = layout.columns(label: label, number: number)
    let values = rows.compactMap(\.point.value).filter(\.isFinite)
    let bounds = values + [0] + (chart.reference.map { [$0] } ?? [])
    let span = (bounds.min() ?? 0, bounds.max() ?? 0)
    return rows.flatMap { row -> [Line] in
      var line = Line(row.label.cut(to: labelWidth, layout.style.glyphs), .label)
      line.move(to: labelWidth + 1)
      if room > 0 {
        for run in bar(row.point.value, span, room) { line.append(run.text, run.role) }
        line.append(" ")
      }
      return layout.ended(line, with: row.number)
    }
  }

  /// A bar in so many cells; the value to compare with is drawn across it.
  private func bar(
    _ value: Double?, _ span: (low: Double, high: Double), _ room: Int
  ) -> [Run] {
    let glyphs = layout.style.glyphs
    var cells = [String](repeating: " ", count: room)
    let width = span.high - span.low
    func place(_ number: Double) -> Double {
      let part = (number - span.low) / width
      return part.isFinite ? part * Double(room) : 0
    }
    let zero = Int(place(0).rounded())
    if let value, value.isFinite, value != 0 {
      let length = abs(place(value) - place(0))
      if value > 0 {
        let parts = max(1, Int((length * Double(glyphs.bar.count)).rounded()))
        let (full, rest) = parts.quotientAndRemainder(dividingBy: glyphs.bar.count)
        let whole = glyphs.bar[glyphs.bar.count - 1]
        for cell in zero..<min(room, zero + full) { cells[cell] = whole }
        if rest > 0, zero + full < room { cells[zero + full] = glyphs.bar[rest - 1] }
      } else {
        let first = max(0, min(zero - 1, zero - Int(length.rounded())))
        for cell in first..<max(first, zero) { cells[cell] = glyphs.bar[glyphs.bar.count - 1] }
      }
    }
    guard let reference = layout.chart.reference else {
      return [Run(role: .picture, text: cells.joined())]
    }
    let cell = min(room - 1, Int(place(reference)))
    return [
      Run(role: .picture, text: cells[..<cell].joined()),
      Run(role: .caution, text: glyphs.upright),
      Run(role: .picture, text: cells[(cell + 1)...].joined()),
    ]
  }
}

extension Chart {
  /// The points as lines: label and series, and the number in words.
  func rows(_ layout: ChartLayout) -> [BarDrawing.Row] {
    let hasNames = series.count > 1
    return labels.flatMap { label in
      series.flatMap { one in
        one.points.filter { $0.label == label }.map { point in
          let name = hasNames && !one.name.isEmpty ? "\(label), \(one.name)" : label
          return BarDrawing.Row(
            label: layout.shown(name), point: point,
            number: words(point, dash: layout.style.glyphs.dash))
        }
      }
    }
  }
}

extension ChartLayout {
  /// How wide labels and picture may be beside the numbers; no picture where nothing is left for
  /// it.
  func columns(label: Int, number: Int) -> (label: Int, picture: Int) {
    let labelWidth = min(label, max(8, width / 3))
    let room = min(Limits.barWidth, width - labelWidth - number - 2)
    return (labelWidth, room >= 6 ? room : 0)
  }

  /// The line with its number, which goes below where it does not fit.
  func ended(_ line: Line, with number: String) -> [Line] {
    var line = line
    if line.width + number.cells <= width {
      line.append(number, .value)
      return [line]
    }
    return [line] + number.wrapped(to: width - 2).map { Line("  " + $0, .value) }
  }
}
