import Engine

/// Figure lines as a table of words, for formats with tables of their own.
struct FigureTable {
  let header: [String]
  let rows: [[String]]

  init(_ lines: [FigureLine]) {
    let style = Style()
    let levels = Set(lines.compactMap(\.figure.shownLevel))
    let hasIntervals = lines.contains(where: \.figure.hasInterval)
    let hasGroups = lines.contains { !$0.figure.group.isEmpty }
    let level = levels.count == 1 ? levels.first.map { Numbers.level($0) + " interval" } : nil
    header =
      (hasGroups ? ["group"] : []) + ["figure", "value"]
      + (hasIntervals ? [level ?? "interval"] : []) + ["remark"]
    rows = lines.map { line in
      let figure = line.figure
      let value = figure.value.map { Numbers.text($0, figure.form) } ?? "none"
      let reason = figure.value == nil ? figure.reason : nil
      let remark = [reason, line.remark].compactMap(\.self).filter { !$0.isEmpty }
      var interval = Cells.interval(figure.low, figure.high, figure.form, dash: style.glyphs.dash)
      if levels.count > 1, let level = figure.shownLevel {
        interval += " (\(Numbers.level(level)))"
      }
      return (hasGroups ? [figure.groupName(style)] : []) + [figure.label, value]
        + (hasIntervals ? [interval] : []) + [remark.joined(separator: "; ")]
    }
  }
}
