internal import Columns

/// A sheet's rows as they come, each cell as the text that a column holds.
final class SheetRows: XMLHandler {
  /// One row; lent to `take`, and gone afterwards.
  struct Row {
    /// From 1.
    var number = 0
    var isHidden = false
    /// Filled cells: the column from 0, and where its text stands.
    var cells: [(column: Int, bytes: Range<Int>)] = []
    var bytes: [UInt8] = []

    func text(_ bytes: Range<Int>) -> String { String(decoding: self.bytes[bytes], as: UTF8.self) }
  }

  /// What was found in cells that is worth saying.
  struct Findings {
    var errors: [String: Int] = [:]
    /// Formulas without a saved value.
    var unsavedCount = 0
    /// Numbers formatted as dates that stand for none.
    var undatedCount = 0
    var merges: [String] = []
  }

  private(set) var findings = Findings()
  private(set) var isDone = false
  private let parts: WorkbookParts
  /// Takes a row that has cells; false when no more are wanted.
  private let take: (Row) -> Bool
  private var row = Row()
  private var column = 0
  private var kind = Kind.number
  private var format = CellFormat.number
  private var hasFormula = false
  private var isInValue = false
  private var value: [UInt8] = []
  private var inline = CellText()

  private enum Kind {
    case number, shared, inline, formulaText, boolean, error, date
  }

  init(_ parts: WorkbookParts, take: @escaping (Row) -> Bool) {
    self.parts = parts
    self.take = take
  }

  // MARK: - Elements

  func begin(_ element: XMLName, _ attributes: XMLAttributes) {
    switch element {
    case "c": beginCell(attributes)
    case "v":
      isInValue = true
    case "f": hasFormula = true
    case "t", "rPh": inline.begin(element)
    case "row":
      row.number = attributes.integer("r") ?? row.number + 1
      row.isHidden =
        attributes.bytes("hidden").map { $0.pointee == 0x31 || $0.pointee == 0x74 } ?? false
      row.cells.removeAll(keepingCapacity: true)
      row.bytes.removeAll(keepingCapacity: true)
      column = -1
    case "mergeCell":
      if let place = attributes["ref"] { findings.merges.append(place) }
    default: break
    }
  }

  func end(_ element: XMLName) {
    switch element {
    case "v": isInValue = false
    case "c": endCell()
    case "t", "rPh": inline.end(element)
    case "row":
      if !row.cells.isEmpty, !take(row) { isDone = true }
    default: break
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    if isInValue { value.append(contentsOf: bytes) } else { inline.append(bytes) }
  }

  private func beginCell(_ attributes: XMLAttributes) {
    column = attributes.bytes("r").flatMap(SheetPlace.column) ?? column + 1
    kind = SheetRows.kind(attributes.bytes("t"))
    let style = attributes.integer("s") ?? 0
    format = parts.formats.indices.contains(style) ? parts.formats[style] : .number
    hasFormula = false
    value.removeAll(keepingCapacity: true)
    _ = inline.taken()
  }

  private static func kind(_ type: UnsafePointer<CChar>?) -> Kind {
    guard let type else { return .number }
    switch XMLName(type) {
    case "s": return .shared
    case "inlineStr": return .inline
    case "str": return .formulaText
    case "b": return .boolean
    case "e": return .error
    case "d": return .date
    default: return .number
    }
  }

  // MARK: - Cells

  private func endCell() {
    let start = row.bytes.count
    appendText()
    if row.bytes.count > start {
      row.cells.append((column, start..<row.bytes.count))
    } else if hasFormula, value.isEmpty, kind == .number {
      findings.unsavedCount += 1
    }
  }

  private func appendText() {
    switch kind {
    case .shared:
      if let number = Int(String(decoding: value, as: UTF8.self)),
        let range = parts.sharedTexts[number]
      {
        row.bytes.append(contentsOf: parts.sharedTexts.bytes[range])
      }
    case .inline: row.bytes.append(contentsOf: inline.taken())
    case .formulaText: row.bytes.append(contentsOf: CellText.unescaped(value))
    case .boolean:
      guard let first = value.first else { return }
      let isTrue = first == UInt8(ascii: "1") || first == UInt8(ascii: "t")
      row.bytes.append(contentsOf: (isTrue ? "true" : "false").utf8)
    case .error:
      findings.errors[String(decoding: value, as: UTF8.self), default: 0] += 1
    case .date: appendDate()
    case .number: appendNumber()
    }
  }

  /// A date that is written out: `2021-04-01T00:00:00`.
  private func appendDate() {
    var text = String(decoding: value, as: UTF8.self)
    if text.hasSuffix("T00:00:00"), format == .date { text.removeLast(9) }
    row.bytes.append(contentsOf: text.utf8.map { $0 == UInt8(ascii: "T") ? 0x20 : $0 })
  }

  private func appendNumber() {
    if format == .number, SheetRows.isPlain(value) {
      row.bytes.append(contentsOf: value)
      return
    }
    let text = String(decoding: value, as: UTF8.self)
    guard !text.isEmpty else { return }
    guard let number = Double(text) else {
      row.bytes.append(contentsOf: value)
      return
    }
    let written = number.cellText
    switch format {
    case .number: row.bytes.append(contentsOf: written.utf8)
    case .padded(let count):
      let isWhole = written.utf8.allSatisfy { (0x30...0x39).contains($0) }
      row.bytes.append(contentsOf: (isWhole ? Epoch.padded(written, count) : written).utf8)
    case .date, .time, .dateTime, .elapsed:
      let date = parts.epoch.text(of: number, format)
      if date == nil { findings.undatedCount += 1 }
      row.bytes.append(contentsOf: (date ?? written).utf8)
    }
  }

  /// Whether a number is written as it is shown: a whole one of up to 15 digits.
  private static func isPlain(_ value: [UInt8]) -> Bool {
    let digits = value.first == UInt8(ascii: "-") ? value[1...] : value[...]
    guard (1...15).contains(digits.count), digits.first != UInt8(ascii: "0") || value.count == 1
    else { return false }
    return digits.allSatisfy { (0x30...0x39).contains($0) }
  }
}

/// Places on a sheet, as `B3` or `A1:C1` name them.
enum SheetPlace {
  /// The column of a place, from 0.
  static func column(_ place: UnsafePointer<CChar>) -> Int? {
    var column = 0
    var letter = place
    while letter.pointee != 0 {
      let value = UInt8(bitPattern: letter.pointee) & 0xDF
      guard (0x41...0x5A).contains(value) else { break }
      column = column * 26 + Int(value - 0x40)
      guard column <= 16_384 else { return nil }
      letter += 1
    }
    return column == 0 ? nil : column - 1
  }

  /// The rows of a range of places, from 1.
  static func rows(_ range: String) -> ClosedRange<Int>? {
    let rows = range.split(separator: ":").compactMap { Int($0.filter(\.isNumber)) }
    guard let first = rows.first, let last = rows.last, first <= last else { return nil }
    return first...last
  }

  /// The letters of a column: `A`, `Z`, `AA`.
  static func letters(ofColumn column: Int) -> String {
    var rest = column + 1
    var letters = ""
    while rest > 0 {
      letters = String(UnicodeScalar(UInt8(0x41 + (rest - 1) % 26))) + letters
      rest = (rest - 1) / 26
    }
    return letters
  }
}
