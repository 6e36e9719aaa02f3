import Engine

/// Points joined by lines, or curves that fall in steps, over an axis of labels.
struct PlotDrawing {
  private let layout: ChartLayout
  private let scale: Scale
  /// The label column of the vertical axis.
  private let margin: Int
  private let columns: Int
  private static let height = 11

  init(_ layout: ChartLayout) {
    self.layout = layout
    let chart = layout.chart
    let scale = chart.plotScale
    self.scale = scale
    margin = scale.marks.map { scale.label($0, chart.form).cells }.max() ?? 0
    columns = min(Limits.barWidth + 10, layout.width - margin - 2)
  }

  var lines: [Line] {
    let chart = layout.chart
    var grid = Grid(rows: PlotDrawing.height, columns: columns)
    if let reference = chart.reference {
      for column in stride(from: 0, to: columns, by: 2) {
        grid.put(layout.style.glyphs.flat, .caution, row(reference), column)
      }
    }
    for mark in chart.marks {
      guard let place = chart.label(ofMark: mark).flatMap({ chart.positions[$0] }) else { continue }
      for row in 0..<PlotDrawing.height {
        grid.put(layout.style.glyphs.mark, .caution, row, column(place))
      }
    }
    for (index, series) in chart.series.enumerated() {
      if chart.kind == .steps {
        drawSteps(series, index, &grid)
      } else {
        drawLine(series, index, &grid)
      }
    }
    return framed(grid) + [labels] + names
  }

  private func row(_ value: Double) -> Int {
    PlotDrawing.height - 1 - scale.cell(value, of: PlotDrawing.height)
  }

  private func column(_ place: Double) -> Int { Int((place * Double(columns - 1)).rounded()) }

  private func glyph(_ index: Int) -> String {
    layout.style.glyphs.points[index % layout.style.glyphs.points.count]
  }

  /// The points of a series that have a value, by column; a missing one breaks the line.
  private func stretches(_ series: Chart.Series) -> [[(column: Int, value: Double)]] {
    let positions = layout.chart.positions
    var stretches: [[(column: Int, value: Double)]] = [[]]
    for point in series.points {
      guard let value = point.value, value.isFinite, let place = positions[point.label] else {
        stretches.append([])
        continue
      }
      stretches[stretches.count - 1].append((column(place), value))
    }
    return stretches
  }

  private func drawLine(_ series: Chart.Series, _ index: Int, _ grid: inout Grid) {
    for stretch in stretches(series) {
      for (from, to) in zip(stretch, stretch.dropFirst()) where to.column > from.column + 1 {
        for column in (from.column + 1)..<to.column {
          let part = Double(column - from.column) / Double(to.column - from.column)
          let value = from.value + (to.value - from.value) * part
          grid.put(layout.style.glyphs.path, .picture, row(value), column, onlyIfEmpty: true)
        }
      }
      for point in stretch { grid.put(glyph(index), .picture, row(point.value), point.column) }
    }
  }

  /// The value holds until the next point, where the curve falls or rises to it.
  private func drawSteps(_ series: Chart.Series, _ index: Int, _ grid: inout Grid) {
    let glyphs = layout.style.glyphs
    let isAlone = layout.chart.series.count == 1
    let flat = isAlone ? glyphs.flat : glyph(index)
    for stretch in stretches(series) {
      for (index, point) in stretch.enumerated() {
        let end = index + 1 < stretch.count ? stretch[index + 1].column : columns - 1
        for column in point.column...max(point.column, end) {
          grid.put(flat, .picture, row(point.value), column)
        }
      }
      for (point, next) in zip(stretch, stretch.dropFirst()) {
        let (from, to) = (row(point.value), row(next.value))
        guard from < to else { continue }
        for row in from...to { grid.put(isAlone ? glyphs.fall : flat, .picture, row, next.column) }
        guard isAlone else { continue }
        grid.put(glyphs.corners.down, .picture, from, next.column)
        grid.put(glyphs.corners.right, .picture, to, next.column)
      }
    }
  }

  /// The grid behind its vertical axis.
  private func framed(_ grid: Grid) -> [Line] {
    var labels: [Int: String] = [:]
    for mark in scale.marks { labels[row(mark)] = scale.label(mark, layout.chart.form) }
    return (0..<PlotDrawing.height).map { row in
      var line = Line()
      line.append((labels[row] ?? "").rightAligned(in: margin), .label)
      line.append(
        " " + (labels[row] == nil ? layout.style.glyphs.upright : layout.style.glyphs.axis))
      for run in grid.runs(row) { line.append(run.text, run.role) }
      return line
    }
  }

  private var labels: Line {
    let positions = layout.chart.positions
    let labels = layout.chart.labels.map { (text: $0, cell: column(positions[$0] ?? 0)) }
    return layout.axis(labels, from: margin + 2, keepsLast: true)
  }

  private var names: [Line] {
    let series = layout.chart.series
    guard series.count > 1 else { return [] }
    let items = series.enumerated().map { glyph($0) + " " + layout.shown($1.name) }
    return String.fill(items, width: layout.width, separator: "   ").map { Line($0) }
  }
}

/// Cells that are drawn into.
private struct Grid {
  private var cells: [[Run]]

  init(rows: Int, columns: Int) {
    let empty = Run(role: .text, text: " ")
    cells = [[Run]](repeating: [Run](repeating: empty, count: columns), count: rows)
  }

  mutating func put(
    _ glyph: String, _ role: Role, _ row: Int, _ column: Int, onlyIfEmpty: Bool = false
  ) {
    if onlyIfEmpty, cells[row][column].text != " " { return }
    cells[row][column] = Run(role: role, text: glyph)
  }

  /// A row with neighbours of one role joined.
  func runs(_ row: Int) -> [Run] {
    var runs: [Run] = []
    for cell in cells[row] {
      if let last = runs.last, last.role == cell.role {
        runs[runs.count - 1] = Run(role: last.role, text: last.text + cell.text)
      } else {
        runs.append(cell)
      }
    }
    return runs
  }
}
