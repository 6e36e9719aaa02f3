import Columns
import Engine

/// What the cells of a table say, in words that a person reads.
enum Cells {
  static func text(_ cell: Cell, _ style: Style) -> String {
    switch cell {
    case .value(let value): text(value, style)
    case .number(let number, let form): Numbers.text(number, form)
    case .interval(let low, let high, let form): interval(low, high, form, dash: style.glyphs.dash)
    case .masked: "masked"
    case .none(let reason): reason.shown(ascii: style.ascii)
    }
  }

  /// A value as the data has it, without grouping; a missing one is called unknown.
  static func text(_ value: Value, _ style: Style) -> String {
    switch value {
    case .missing: return "unknown"
    case .real(let number): return Numbers.text(number, .number(decimals: decimals(number)))
    default: return value.description.shown(ascii: style.ascii)
    }
  }

  /// `75.0% – 85.8%`; empty where there is no interval.
  static func interval(
    _ low: Double?, _ high: Double?, _ form: NumberForm, dash: String
  ) -> String {
    WrittenInterval(low, high, form)?.text(dash: dash) ?? ""
  }

  /// The texts of a column, the two ends of intervals lined up under each other.
  static func column(_ cells: [Cell], _ style: Style) -> [String] {
    let intervals = cells.map { cell -> WrittenInterval? in
      guard case .interval(let low, let high, let form) = cell else { return nil }
      return WrittenInterval(low, high, form)
    }
    let ends = intervals.compactMap(\.self).endWidths
    let texts = intervals.map { interval in
      interval?.text(dash: style.glyphs.dash, low: ends.low, high: ends.high)
    }
    let width = texts.compactMap { $0?.cells }.max() ?? 0
    return zip(cells, texts).map { $1?.padded(to: width) ?? text($0, style) }
  }

  /// Six significant digits of a quotient, of which those that are zero at the end are left out.
  private static func decimals(_ number: Double) -> Int {
    let exact = DecimalExpansion(number)
    let most = min(12, max(0, 5 - exact.magnitude))
    return (0...most).first { exact.rounded(to: $0) == exact.rounded(to: most) } ?? most
  }
}

extension AnswerTable.ColumnType {
  /// Whether the column's cells end under each other.
  var isRightAligned: Bool {
    switch self {
    case .integer, .number, .percent, .interval: true
    case .category, .text, .date: false
    }
  }
}
