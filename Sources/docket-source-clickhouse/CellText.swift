internal import SourceServer
internal import SourceWire

/// Sends the cells of one column as the wire has them, and counts those that are not what they should
/// be.
final class CellText {
  private let kind: ColumnType.Kind
  private let name: String
  private var unreadable = 0
  private var infinite = 0

  init(type: ColumnType, name: String) {
    kind = type.kind
    self.name = name
  }

  func append(_ cell: UnsafeBufferPointer<UInt8>?, to rows: ServedRows) {
    guard let cell else { return rows.appendMissing() }
    switch kind {
    case .integer:
      if let number = Int64(String(decoding: cell, as: UTF8.self)) {
        rows.append(number)
      } else {
        rows.append(text: cell)
      }
    case .decimal: rows.append(text: CellText.withoutZeros(cell))
    case .real:
      let number = Double(String(decoding: cell, as: UTF8.self))
      if number?.isFinite != true { infinite += 1 }
      rows.append(number ?? .nan)
    case .day:
      // Older servers have no other way to write that there is no date.
      if cell.starts(with: "0000".utf8) { rows.appendMissing() } else { rows.append(text: cell) }
    case .moment:
      rows.append(String(decoding: cell, as: UTF8.self).replacing(" ", with: "T"))
    case .text, .fixedText, .word, .code, .boolean, .other, .opaque:
      if cell.allSatisfy({ $0 < 0x80 }) || String(validating: cell, as: UTF8.self) != nil {
        rows.append(text: cell)
      } else {
        unreadable += 1
        rows.append(String(decoding: cell, as: UTF8.self))
      }
    }
  }

  /// `12.50` as `12.5`: a number has one text.
  private static func withoutZeros(_ digits: UnsafeBufferPointer<UInt8>)
    -> UnsafeBufferPointer<UInt8>
  {
    guard digits.contains(UInt8(ascii: ".")) else { return digits }
    var end = digits.endIndex
    while end > 0, digits[end - 1] == UInt8(ascii: "0") { end -= 1 }
    if end > 0, digits[end - 1] == UInt8(ascii: ".") { end -= 1 }
    return UnsafeBufferPointer(rebasing: digits[..<end])
  }

  /// Tells of what was read with a sign in its place, or as missing.
  func warn(_ rows: ServedRows) {
    if unreadable > 0 { rows.warn("\(name) holds bytes that are no UTF-8", rows: unreadable) }
    if infinite > 0 {
      rows.warn("\(name) holds numbers that are infinite or none, read as missing", rows: infinite)
    }
  }
}
