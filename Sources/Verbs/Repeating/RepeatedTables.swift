import Columns
import Diagnostics
import Engine
import Statistics

/// The lines and tables of each group's answer, put together: a row for each group, or several.
struct RepeatedTables {
  /// A figure of the lines that every group has, by its place among those of its block with its id.
  private struct Place: Hashable {
    let id: String
    let index: Int
  }

  private let parts: [Repetition.Part]
  private let keys: [BoundKey]
  private let main: String?
  private let level: Double
  private let hidden: Int

  init(
    _ parts: [Repetition.Part], _ keys: [BoundKey], main: String?, _ level: Double, hidden: Int
  ) {
    self.parts = parts
    self.keys = keys
    self.main = main
    self.level = level
    self.hidden = hidden
  }

  /// What the page shows, in order.
  var all: [AnswerTable] { ofLines + [ofTables].compactMap(\.self) }

  /// The table of the answer: of the same things as that of one group.
  var answer: AnswerTable? { ofTables ?? ofLines.first }

  private var keyColumns: [AnswerTable.Column] { keys.map { .init($0.name, .category) } }

  /// The blocks of lines of a group.
  private static func lines(_ part: Repetition.Part) -> [[FigureLine]] {
    (part.answer?.blocks ?? []).compactMap { block in
      if case .figures(let lines) = block { lines } else { nil }
    }
  }

  /// The figures of a group's block of lines by their places, in order.
  private static func figures(_ part: Repetition.Part, _ block: Int) -> [(
    place: Place, figure: Figure
  )] {
    let blocks = lines(part)
    guard blocks.indices.contains(block) else { return [] }
    var seen: [String: Int] = [:]
    return blocks[block].map { line in
      let index = seen[line.figure.id, default: 0]
      seen[line.figure.id] = index + 1
      return (Place(id: line.figure.id, index: index), line.figure)
    }
  }

  /// For each block of lines one row for each group, with its figures side by side.
  private var ofLines: [AnswerTable] {
    (0..<(parts.map { RepeatedTables.lines($0).count }.max() ?? 0)).map(ofLines)
  }

  private func ofLines(_ block: Int) -> AnswerTable {
    var places: [(place: Place, figure: Figure)] = []
    for entry in parts.flatMap({ RepeatedTables.figures($0, block) })
    where !places.contains(where: { $0.place == entry.place }) {
      places.append(entry)
    }
    let shapes = places.map { place, first in
      var figure = first
      let labels = parts.flatMap { part in
        RepeatedTables.figures(part, block).filter { $0.place == place }.map(\.figure.label)
      }
      figure.label = labels.mostCommon ?? first.label
      return Shape(figure, isMain: place.id == main || place.id.hasPrefix("adjusted-"), level)
    }
    let rows = parts.map { part -> [Cell] in
      let figures = Dictionary(
        RepeatedTables.figures(part, block).map { ($0.place, $0.figure) },
        uniquingKeysWith: { a, _ in a })
      guard part.answer != nil else { return row(without: part, shapes.flatMap(\.columns).count) }
      return part.group.map(Cell.value)
        + zip(places, shapes).flatMap { $1.cells(figures[$0.place]) }
    }
    return AnswerTable(
      columns: RepeatedTables.distinct(keyColumns + shapes.flatMap(\.columns)), rows: rows,
      hidden: hidden)
  }

  /// A block of rows for each group: those of its table.
  private var ofTables: AnswerTable? {
    let tables = parts.compactMap { $0.answer?.table }
    guard let shape = tables.first else { return nil }
    let columns = shape.columns.enumerated().map { index, column in
      AnswerTable.Column(
        tables.compactMap { $0.columns.indices.contains(index) ? $0.columns[index].name : nil }
          .mostCommon ?? column.name, column.type)
    }
    let rows = parts.flatMap { part -> [[Cell]] in
      let group = part.group.map(Cell.value)
      guard let table = part.answer?.table else { return [row(without: part, shape.columns.count)] }
      return table.rows.map { group + $0 }
    }
    return AnswerTable(
      title: shape.title, columns: RepeatedTables.distinct(keyColumns + columns), rows: rows,
      hidden: hidden)
  }

  /// The row of a group without an answer: why there is none, and no figure.
  private func row(without part: Repetition.Part, _ count: Int) -> [Cell] {
    part.group.map(Cell.value)
      + (0..<count).map { .none($0 == 0 ? part.reason : "") }
  }

  /// Columns whose names tell them apart for whoever reads the table as data: a blank more is not seen.
  private static func distinct(_ columns: [AnswerTable.Column]) -> [AnswerTable.Column] {
    var seen: Set<String> = []
    return columns.map { column in
      var name = column.name
      while !seen.insert(name).inserted { name += " " }
      return .init(name, column.type)
    }
  }
}

extension [String] {
  /// The text that is there most often, and of several such the first.
  var mostCommon: String? {
    let counts = Dictionary(map { ($0, 1) }, uniquingKeysWith: +)
    let most = counts.values.max()
    return first { counts[$0] == most }
  }
}

/// The columns that one figure fills: itself, what it is counted in, and its interval.
private struct Shape {
  private let label: String
  private let form: NumberForm
  private let hasWhole: Bool
  private let hasCount: Bool
  private let hasInterval: Bool
  private let level: Double

  init(_ figure: Figure, isMain: Bool, _ level: Double) {
    label = figure.label
    form = figure.form
    let isCounted = figure.n != nil && figure.of != nil && figure.level != nil
    let isPart = figure.form == .count && figure.n == figure.value && figure.of != nil
    hasWhole = isCounted && figure.form == .percent || isPart
    hasCount =
      figure.n != nil && figure.of != nil && figure.form != .percent
      && figure.form != .count
    hasInterval = isMain && figure.level != nil
    self.level = level
  }

  var columns: [AnswerTable.Column] {
    let type: AnswerTable.ColumnType =
      form == .percent ? .percent : form == .count ? .integer : .number
    return (hasCount ? [.init("n", .integer)] : []) + [.init(label, type)]
      + (hasWhole ? [.init("of", .integer)] : [])
      + (hasInterval ? [.init("\(Numbers.level(level)) interval", .interval)] : [])
  }

  func cells(_ figure: Figure?) -> [Cell] {
    guard let figure else { return columns.map { _ in .none("none") } }
    func number(_ value: Double?, _ form: NumberForm) -> Cell {
      value.map { .number($0, form) } ?? .none("none")
    }
    return (hasCount ? [number(figure.n, .count)] : []) + [number(figure.value, form)]
      + (hasWhole ? [number(figure.of, .count)] : [])
      + (hasInterval ? [.interval(figure.low, figure.high, form)] : [])
  }
}
