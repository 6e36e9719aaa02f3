import Foundation

/// The rows of an answer, whoever gave it, so that two answers can be held against each other.
struct Figures {
  enum Cell: Equatable {
    case missing
    case number(Double)
    case text(String)
  }

  private(set) var rows: [[Cell]]

  init(_ rows: [[Cell]]) {
    self.rows = rows
  }

  /// Rows as JSON objects, or as an array of them, and the names whose values make a row; nothing
  /// where the text is no JSON or a row lacks a name.
  init?(json text: String, names: [String]) {
    let data = Data(text.utf8)
    guard let objects = (try? JSONSerialization.jsonObject(with: data)) as? [[String: Any]] else {
      return nil
    }
    var rows: [[Cell]] = []
    for object in objects {
      let cells = names.compactMap { object[$0].map(Cell.init(json:)) }
      guard cells.count == names.count else { return nil }
      rows.append(cells)
    }
    self.rows = rows
  }

  /// What is different in another answer, in a few words; nothing where all rows are the same, in
  /// whatever order. Numbers are the same to nine digits: engines add up fractions in their own order.
  func difference(from other: Figures) -> String? {
    guard rows.count == other.rows.count else {
      return "\(rows.count) rows, not \(other.rows.count)"
    }
    for (own, theirs) in zip(sorted, other.sorted) {
      guard own.count == theirs.count, zip(own, theirs).allSatisfy({ $0.agrees(with: $1) }) else {
        return "\(Figures.text(own)), not \(Figures.text(theirs))"
      }
    }
    return nil
  }

  private static func text(_ row: [Cell]) -> String {
    row.map(\.description).joined(separator: " · ")
  }

  /// By their texts first, so that the last digit of a number moves no row.
  private var sorted: [[Cell]] {
    let keyed = rows.map { row in
      (
        row.filter { !$0.isNumber }.map(\.description),
        row.compactMap { if case .number(let value) = $0 { value } else { nil } }, row
      )
    }
    return keyed.sorted {
      $0.0 == $1.0
        ? $0.1.lexicographicallyPrecedes($1.1) : $0.0.lexicographicallyPrecedes($1.0)
    }.map(\.2)
  }
}

extension Figures.Cell: CustomStringConvertible {
  /// Some engines write exact decimals as texts, and an empty text for a value that is missing.
  init(json value: Any) {
    switch value {
    case let number as NSNumber: self = .number(number.doubleValue)
    case let text as String where text.isEmpty: self = .missing
    case let text as String:
      let isNumber = text.utf8.allSatisfy { "0123456789+-.e".utf8.contains($0) }
      self = (isNumber ? Double(text) : nil).map(Figures.Cell.number) ?? .text(text)
    default: self = .missing
    }
  }

  var isNumber: Bool { if case .number = self { true } else { false } }

  func agrees(with other: Figures.Cell) -> Bool {
    guard case .number(let own) = self, case .number(let theirs) = other else {
      return self == other
    }
    return abs(own - theirs) <= 1e-9 * max(1, abs(own), abs(theirs))
  }

  var description: String {
    switch self {
    case .missing: "(missing)"
    case .number(let value): Text.plain(value)
    case .text(let text): text
    }
  }
}

/// Where the figures of a question stand in Docket's JSON.
enum Reading {
  /// Columns of the answer's table, by name, and a figure that is put behind each row.
  case table([String], figure: String? = nil)
  /// Members of the one figure with this id.
  case figure(String, [String])

  /// Nothing where the answer is not as expected.
  func figures(in text: String) -> Figures? {
    let object = try? JSONSerialization.jsonObject(with: Data(text.utf8))
    guard let answer = object as? [String: Any],
      let figures = answer["figures"] as? [[String: Any]]
    else { return nil }
    switch self {
    case .figure(let id, let members):
      let found = figures.filter { $0["id"] as? String == id }
      guard found.count == 1 else { return nil }
      let cells = members.compactMap { found[0][$0].map(Figures.Cell.init(json:)) }
      return cells.count == members.count ? Figures([cells]) : nil
    case .table(let names, let id):
      guard let table = answer["table"] as? [String: Any],
        let columns = table["columns"] as? [[String: Any]], let rows = table["rows"] as? [[Any]]
      else { return nil }
      let places = names.compactMap { name in
        columns.firstIndex { $0["name"] as? String == name }
      }
      guard places.count == names.count else { return nil }
      let behind = id.map { id in
        figures.filter { $0["id"] as? String == id }.compactMap { $0["value"] }
          .map(Figures.Cell.init(json:))
      }
      if let behind, behind.count != 1 { return nil }
      let cells = rows.compactMap { row in
        places.allSatisfy(row.indices.contains)
          ? places.map { Figures.Cell(json: row[$0]) } + (behind ?? []) : nil
      }
      return cells.count == rows.count ? Figures(cells) : nil
    }
  }
}
