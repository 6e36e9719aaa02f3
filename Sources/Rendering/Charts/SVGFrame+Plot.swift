import Engine

extension SVGFrame {
  private static let plotHeight = 260.0

  /// Points joined by lines, or curves that change in steps, over an axis of labels.
  mutating func drawPlot() {
    let scale = chart.plotScale
    let widest = scale.marks.map { scale.label($0, chart.form).cells }.max() ?? 0
    let left = SVGFrame.margin + Double(widest) * SVGFrame.letter + 8
    let right = SVGCanvas.width - SVGFrame.margin - 8
    let top = bottom + 8
    let end = top + SVGFrame.plotHeight
    let positions = chart.positions
    func x(_ label: String) -> Double { left + (positions[label] ?? 0) * (right - left) }
    func y(_ value: Double) -> Double { end - scale.fraction(value) * SVGFrame.plotHeight }
    for mark in scale.marks {
      canvas.line(from: (left, y(mark)), to: (right, y(mark)), SVGFrame.thin)
      canvas.text(
        scale.label(mark, chart.form), x: left - 8, y: y(mark) + 4, [("text-anchor", "end")])
    }
    drawLabels(x, right, end)
    for mark in chart.marks {
      guard let label = chart.label(ofMark: mark) else { continue }
      canvas.line(from: (x(label), top), to: (x(label), end), SVGFrame.dashed)
      canvas.text(mark, x: x(label) + 4, y: top + 10)
    }
    if let reference = chart.reference {
      canvas.line(from: (left, y(reference)), to: (right, y(reference)), SVGFrame.dashed)
    }
    for (index, series) in chart.series.enumerated() { draw(series, index, x, y) }
    bottom = end + 24
  }

  /// As many labels below the axis as stand apart.
  private mutating func drawLabels(_ x: (String) -> Double, _ right: Double, _ end: Double) {
    var free = 0.0
    for label in chart.labels {
      let half = Double(label.cells) * SVGFrame.letter / 2
      let middle = min(x(label), right + SVGFrame.margin - half)
      guard middle - half >= free else { continue }
      canvas.text(label, x: middle, y: end + 18, [("text-anchor", "middle")])
      free = middle + half + 12
    }
  }

  /// One series: its band of intervals, its line, and a sign at each point of a line.
  private mutating func draw(
    _ series: Chart.Series, _ index: Int, _ x: (String) -> Double, _ y: (Double) -> Double
  ) {
    let isSteps = chart.kind == .steps
    let colour = SVGCanvas.colour(of: index)
    for stretch in stretches(series) {
      let band = stretch.compactMap { point -> (point: Chart.Point, low: Double, high: Double)? in
        guard let low = point.low, let high = point.high else { return nil }
        return (point, low, high)
      }
      let upper = path(band.map { (x($0.point.label), y($0.high)) }, isSteps)
      let lower = path(band.map { (x($0.point.label), y($0.low)) }, isSteps)
      if band.count > 1 {
        canvas.path(upper + lower.reversed(), [("fill", colour), ("fill-opacity", "0.15")])
      }
      let line = stretch.compactMap { point in
        point.value.map { (x: x(point.label), y: y($0)) }
      }
      let dashes =
        index == 0 ? [] : [("stroke-dasharray", ["6 3", "2 3", "8 3 2 3"][(index - 1) % 3])]
      canvas.path(
        path(line, isSteps), [("fill", "none"), ("stroke", colour), ("stroke-width", "2")] + dashes)
      if !isSteps {
        for place in line { canvas.sign(of: index, x: place.x, y: place.y) }
      }
    }
  }

  /// The points of a series that have a value; a missing one breaks the line.
  private func stretches(_ series: Chart.Series) -> [[Chart.Point]] {
    series.points.split { $0.value?.isFinite != true }.map(Array.init)
  }

  /// The points themselves, or with a corner before each for curves that hold their value.
  private func path(_ points: [(Double, Double)], _ isSteps: Bool) -> [(x: Double, y: Double)] {
    var result: [(x: Double, y: Double)] = []
    for (x, y) in points {
      if isSteps, let last = result.last { result.append((x, last.y)) }
      result.append((x, y))
    }
    return result
  }
}
