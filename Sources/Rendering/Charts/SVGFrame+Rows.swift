import Engine

extension SVGFrame {
  /// One line for each point: its label, a bar from zero or a point with its interval, and its
  /// number.
  mutating func drawRows() {
    let rows = chart.labels.flatMap { label in
      chart.series.enumerated().flatMap { index, series in
        series.points.filter { $0.label == label }.map { (series: index, point: $0) }
      }
    }
    let isBar = chart.kind != .interval && chart.kind != .box
    let labels = rows.map(\.point.label.cells).max() ?? 0
    let numbers = rows.map { chart.words($0.point, dash: "–").cells }.max() ?? 0
    let left = SVGFrame.margin + min(200, Double(labels) * SVGFrame.letter) + 8
    let right =
      SVGCanvas.width - SVGFrame.margin
      - min(230, Double(numbers) * SVGFrame.letter) - 8
    let scale = isBar ? chart.barScale : chart.intervalScale
    func x(_ value: Double) -> Double { left + scale.fraction(value) * (right - left) }
    let height = chart.kind == .histogram ? 20.0 : 26.0
    let top = bottom
    let end = top + Double(rows.count) * height
    for mark in scale.marks {
      canvas.line(from: (x(mark), top), to: (x(mark), end), SVGFrame.thin)
      canvas.text(
        scale.label(mark, chart.form), x: x(mark), y: end + 16, [("text-anchor", "middle")])
    }
    for (index, row) in rows.enumerated() {
      let middle = top + (Double(index) + 0.5) * height
      let most = Int(200 / SVGFrame.letter)
      canvas.text(
        row.point.label.cut(to: most, .unicode), x: left - 8, y: middle + 4,
        [("text-anchor", "end")])
      if isBar {
        drawBar(row.point, row.series, x, middle, height)
      } else {
        drawWhisker(row.point, row.series, x, (left, right), middle)
      }
      canvas.text(chart.words(row.point, dash: "–"), x: right + 8, y: middle + 4)
    }
    if let reference = chart.reference {
      canvas.line(
        from: (x(reference), top), to: (x(reference), end), SVGFrame.dashed)
    }
    bottom = end + 20
  }

  private mutating func drawBar(
    _ point: Chart.Point, _ series: Int, _ x: (Double) -> Double, _ middle: Double,
    _ height: Double
  ) {
    guard let value = point.value, value.isFinite else { return }
    let (from, to) = (x(min(0, value)), x(max(0, value)))
    let thickness = chart.kind == .histogram ? height - 1 : height - 10
    canvas.rectangle(
      x: from, y: middle - thickness / 2, width: to - from, height: thickness,
      [("fill", SVGCanvas.colour(of: series))])
  }

  private mutating func drawWhisker(
    _ point: Chart.Point, _ series: Int, _ x: (Double) -> Double,
    _ edges: (left: Double, right: Double), _ middle: Double
  ) {
    let stroke = [("stroke", SVGCanvas.colour(of: series)), ("stroke-width", "2")]
    if point.low != nil || point.high != nil {
      let low = point.low.map(x) ?? edges.left
      let high = point.high.map(x) ?? edges.right
      canvas.line(from: (low, middle), to: (high, middle), stroke)
      // An end that was not reached has no bar across it.
      if point.low?.isFinite == true {
        canvas.line(from: (low, middle - 5), to: (low, middle + 5), stroke)
      }
      if point.high?.isFinite == true {
        canvas.line(from: (high, middle - 5), to: (high, middle + 5), stroke)
      }
    }
    if let box = point.quartiles {
      drawBox(box, point.value, x, middle, stroke)
    } else if let value = point.value, value.isFinite {
      canvas.sign(of: series, x: x(value), y: middle)
    }
  }

  /// A white box over its whisker, with a line across at the median.
  private mutating func drawBox(
    _ box: ClosedRange<Double>, _ median: Double?, _ x: (Double) -> Double, _ middle: Double,
    _ stroke: [(String, String)]
  ) {
    let (from, to) = (x(box.lowerBound), x(box.upperBound))
    canvas.rectangle(
      x: from, y: middle - 8, width: to - from, height: 16, [("fill", "#ffffff")] + stroke)
    if let median {
      canvas.line(from: (x(median), middle - 8), to: (x(median), middle + 8), stroke)
    }
  }
}
