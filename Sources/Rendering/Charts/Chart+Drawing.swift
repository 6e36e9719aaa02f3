import Engine

extension Chart {
  /// Every number of the chart that is drawn.
  var drawnValues: [Double] {
    series.flatMap(\.points).flatMap { [$0.value, $0.low, $0.high].compactMap(\.self) }
      + (reference.map { [$0] } ?? [])
  }

  /// An axis for bars: it begins at zero, so that lengths are in proportion.
  var barScale: Scale {
    let values = series.flatMap(\.points).compactMap(\.value) + (reference.map { [$0] } ?? [])
    return Scale(covering: values, includesZero: true)
  }

  /// An axis for intervals, with some room at the side where one was not reached.
  var intervalScale: Scale {
    let values = drawnValues.filter(\.isFinite)
    let points = series.flatMap(\.points).filter { $0.low != nil || $0.high != nil }
    guard let least = values.min(), let greatest = values.max() else {
      return Scale(covering: values)
    }
    let room = (greatest - least) * 0.1
    let before = points.contains { $0.low?.isFinite != true } ? [least - room] : []
    let behind = points.contains { $0.high?.isFinite != true } ? [greatest + room] : []
    return Scale(covering: before + values + behind)
  }

  /// An axis for lines and curves, from zero where that leaves the drawing half of the height.
  var plotScale: Scale {
    var values = drawnValues.filter(\.isFinite)
    if kind == .steps, form == .percent { values.append(1) }
    let least = values.min() ?? 0
    let greatest = values.max() ?? 0
    let hasRoom = least >= 0 && least <= greatest / 2
    return Scale(covering: values, includesZero: kind == .steps || hasRoom)
  }

  /// The labels along the axis, each once, in the order in which they first occur.
  var labels: [String] {
    var seen = Set<String>()
    return series.flatMap(\.points).map(\.label).filter { seen.insert($0).inserted }
  }

  /// Where labels stand along the axis, 0 to 1: by their size where all are numbers and the chart
  /// is a curve over time.
  var positions: [String: Double] {
    let labels = labels
    let numbers = labels.compactMap { Double($0) }.filter(\.isFinite)
    if kind == .steps, numbers.count == labels.count, let low = numbers.min(),
      let high = numbers.max(), high > low
    {
      let places = numbers.map { ($0 - low) / (high - low) }
      return Dictionary(uniqueKeysWithValues: zip(labels, places))
    }
    let last = Double(max(1, labels.count - 1))
    return Dictionary(
      uniqueKeysWithValues: labels.enumerated().map { ($1, Double($0) / last) })
  }

  /// The label that a mark stands at: its own, or the period that holds its day.
  func label(ofMark mark: String) -> String? {
    let labels = labels
    return labels.first { $0 == mark } ?? labels.last { mark.hasPrefix($0) }
      ?? labels.first { $0.hasPrefix(mark) }
  }

  /// A point in words: `Black 81.0% (75.0% – 85.8%)`.
  ///
  /// Behind the median of a box stand its quartiles.
  func words(_ point: Point, dash: String) -> String {
    let value = point.value.map { Numbers.text($0, form) } ?? "none"
    let ends = kind == .box ? point.quartiles.map { ($0.lowerBound, $0.upperBound) } : nil
    let interval = Cells.interval(
      ends?.0 ?? point.low, ends?.1 ?? point.high, form, dash: dash)
    return interval.isEmpty ? value : "\(value) (\(interval))"
  }
}
