import Columns
package import Engine
import Statistics

/// The calculation of grouped answers with its own numbers: the first group in full, the others in a table.
package enum Worked {
  /// Keys by which a verb tells figures of one group apart; their labels say so too.
  private static let named: Set<String> = ["group", "period", "at"]
  /// More lines than this are read in the answer, and not in its explanation.
  private static let most = 40

  /// The group of the question that a figure is about.
  private static func group(_ figure: Figure) -> [GroupLabel] {
    figure.group.filter { !named.contains($0.key) }
  }

  private static func grouped(_ answer: Answer) -> [Figure] {
    answer.figures.filter { !group($0).isEmpty && $0.value != nil }
  }

  /// The first group's figures, each with what it was divided by and its interval.
  package static func steps(of answer: Answer) -> [String] {
    let figures = grouped(answer)
    guard let first = figures.first.map(group) else { return [] }
    return figures.filter { group($0) == first }.flatMap { figure in
      lines(figure, "\(first.map(\.value).label): \(figure.label)")
    }
  }

  /// `share = 162 ÷ 200 = 81.0%`, and `interval: Wilson …` below it.
  static func lines(_ figure: Figure, _ name: String) -> [String] {
    guard let value = figure.value else { return [] }
    let quotient = quotient(figure)
    let line = "\(name)\(quotient) = \(Numbers.text(value, figure.form))"
    guard figure.id != "rank", let interval = interval(figure) else {
      return quotient.isEmpty ? [] : [line]
    }
    return [line, interval]
  }

  /// ` = 176 ÷ 319,272 × 100,000`, for a figure that is a quotient or so many times one.
  private static func quotient(_ figure: Figure) -> String {
    guard let value = figure.value, let n = figure.n, let of = figure.of, of > 0 else { return "" }
    let written = " = \(Words.grouped(n)) ÷ \(Words.grouped(of))"
    var scale = 1.0
    while scale <= 10_000_000 {
      if (value - n / of * scale).magnitude <= 1e-9 * max(value.magnitude, 1e-9) {
        return written + (scale == 1 ? "" : " × \(Words.grouped(scale))")
      }
      scale *= 10
    }
    return ""
  }

  /// `interval: Wilson score interval, (2x + …), with x = 162, n = 200, level 95%: 75.0% to 85.8%`.
  static func interval(_ figure: Figure) -> String? {
    guard let low = figure.low, let high = figure.high, let level = figure.level,
      let card = figure.method.flatMap({ MethodCatalogue.card(id: $0) })
    else { return nil }
    var with = ""
    if let n = figure.n, let of = figure.of, !quotient(figure).isEmpty {
      with = " with x = \(Words.grouped(n)) of \(Words.grouped(of)),"
    }
    return "interval: \(card.name), \(card.formula),\(with) level \(Numbers.level(level)): "
      + "\(Numbers.text(low, figure.form)) to \(Numbers.text(high, figure.form))"
  }

  /// Every group's numbers: what is divided by what, and what comes of it.
  package static func table(of answer: Answer) -> AnswerTable? {
    let figures = grouped(answer)
    guard Set(figures.map(group)).count > 1, let keys = figures.first.map(group)?.map(\.key) else {
      return nil
    }
    let same = figures.filter { group($0).map(\.key) == keys }
    let hasLimits = same.contains { $0.low != nil || $0.high != nil }
    let hasBase = same.contains { $0.of != nil }
    let rows = same.prefix(most).map { figure -> [Cell] in
      var row: [Cell] = group(figure).map { .value($0.value) }
      row.append(.value(.text(figure.label)))
      row.append(figure.n.map { .number($0, .count) } ?? .none(""))
      if hasBase { row.append(figure.of.map { .number($0, .count) } ?? .none("")) }
      row.append(figure.value.map { .number($0, figure.form) } ?? .none(""))
      if hasLimits {
        row.append(
          figure.low == nil && figure.high == nil
            ? .none("") : .interval(figure.low, figure.high, figure.form))
      }
      return row
    }
    let level = same.compactMap(\.level).first.map { "\(Numbers.level($0)) interval" }
    return AnswerTable(
      columns: keys.map { .init($0, .category) } + [.init("figure", .text), .init("n", .integer)]
        + (hasBase ? [.init("of", .integer)] : []) + [.init("value", .number)]
        + (hasLimits ? [.init(level ?? "interval", .interval)] : []),
      rows: rows, hidden: max(0, same.count - most))
  }
}
