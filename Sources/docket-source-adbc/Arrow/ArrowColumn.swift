internal import CADBC
internal import Columns
internal import SourceWire

/// What one cell of an Arrow array holds.
enum ArrowCell {
  case missing
  case truth(Bool)
  case integer(Int64)
  case decimal(Decimal)
  /// The nearest double of what is stored, and the shortest digits that mean it.
  case real(Double, digits: String)
  /// Bytes of the array itself, which live as long as its batch.
  case bytes(UnsafeBufferPointer<UInt8>)
  case text(String)
  /// A cell that has no text: binary data, a list, a text that is no UTF-8, a date past the year 9999.
  case unreadable
}

/// One column of one batch.
///
/// The slots under missing cells hold anything, the number of missing cells may be unknown, and an
/// array may begin in the midst of its buffers; where the buffers end does not stand in the interface,
/// so that the driver is trusted for that.
struct ArrowColumn {
  private let layout: ArrowLayout
  private let offset: Int
  private let length: Int
  private let validity: UnsafePointer<UInt8>?
  private let data: UnsafeRawPointer?
  private let characters: UnsafePointer<UInt8>?
  /// The buffers with the long texts of views.
  private let buffers: UnsafeMutablePointer<UnsafeRawPointer?>?
  private let bufferCount: Int
  private let dictionary: ArrowDictionary?

  /// Errors: `WireError` with the code `data` where the array does not go with its layout.
  init(_ array: ArrowArray, _ layout: ArrowLayout) throws {
    guard array.n_buffers >= layout.bufferCount, array.offset >= 0, array.length >= 0 else {
      throw WireError(.data, "the driver sent an array without its buffers")
    }
    self.layout = layout
    offset = Int(array.offset)
    length = Int(array.length)
    buffers = array.buffers
    bufferCount = Int(array.n_buffers)
    func buffer(_ index: Int) -> UnsafeRawPointer? {
      index < array.n_buffers ? array.buffers?[index] : nil
    }
    // What has no layout of its own still says which of its cells are missing, except for unions.
    validity = layout == .missing ? nil : buffer(0)?.assumingMemoryBound(to: UInt8.self)
    data = buffer(1)
    characters = buffer(2)?.assumingMemoryBound(to: UInt8.self)
    if case .dictionary(_, let values) = layout {
      guard let dictionary = array.dictionary else {
        throw WireError(.data, "the driver sent codes without their dictionary")
      }
      self.dictionary = ArrowDictionary(try ArrowColumn(dictionary.pointee, values))
    } else {
      dictionary = nil
    }
  }

  subscript(row: Int) -> ArrowCell {
    guard row >= 0, row < length else { return .unreadable }
    let slot = offset + row
    if let validity, validity[slot >> 3] >> (slot & 7) & 1 == 0 { return .missing }
    switch layout {
    case .missing: return .missing
    case .other: return .unreadable
    default: break
    }
    guard let data else { return .unreadable }
    switch layout {
    case .boolean:
      return .truth(
        data.load(fromByteOffset: slot >> 3, as: UInt8.self) >> (slot & 7) & 1 == 1)
    case .integer(let bytes, let isSigned):
      return ArrowColumn.integer(data, slot, bytes, isSigned)
    case .real(let bytes): return ArrowColumn.real(data, slot, bytes)
    case .decimal(let bytes, let scale): return ArrowColumn.decimal(data, slot, bytes, scale)
    case .text(let offsetBytes): return text(data, slot, offsetBytes)
    case .textView: return view(data, slot)
    case .days:
      return ArrowColumn.date(Int(data.load(fromByteOffset: slot * 4, as: Int32.self)))
    case .milliseconds:
      let value = Int(data.load(fromByteOffset: slot * 8, as: Int64.self))
      return ArrowColumn.date(ArrowColumn.floored(value, by: 86_400_000))
    case .time(let unit, let bytes):
      let value =
        bytes == 4
        ? Int(data.load(fromByteOffset: slot * 4, as: Int32.self))
        : Int(data.load(fromByteOffset: slot * 8, as: Int64.self))
      return .text(ArrowColumn.clock(value, unit))
    case .timestamp(let unit, _):
      return ArrowColumn.moment(Int(data.load(fromByteOffset: slot * 8, as: Int64.self)), unit)
    case .dictionary(let index, _):
      guard case .integer(let bytes, let isSigned) = index,
        case .integer(let code) = ArrowColumn.integer(data, slot, bytes, isSigned),
        let place = Int(exactly: code), let dictionary
      else { return .unreadable }
      return dictionary.column[place]
    case .missing, .other: return .missing
    }
  }

  // MARK: Texts

  private func text(_ data: UnsafeRawPointer, _ slot: Int, _ offsetBytes: Int) -> ArrowCell {
    let start: Int
    let end: Int
    if offsetBytes == 4 {
      start = Int(data.load(fromByteOffset: slot * 4, as: Int32.self))
      end = Int(data.load(fromByteOffset: slot * 4 + 4, as: Int32.self))
    } else {
      start = Int(data.load(fromByteOffset: slot * 8, as: Int64.self))
      end = Int(data.load(fromByteOffset: slot * 8 + 8, as: Int64.self))
    }
    if start == end { return .text("") }
    guard let characters, start >= 0, end > start else { return .unreadable }
    return ArrowColumn.checked(
      UnsafeBufferPointer(start: characters + start, count: end - start))
  }

  /// A view holds up to twelve bytes itself, or says in which buffer a longer text begins.
  private func view(_ data: UnsafeRawPointer, _ slot: Int) -> ArrowCell {
    let view = data + slot * 16
    let count = Int(view.load(as: Int32.self))
    if count == 0 { return .text("") }
    guard count > 0 else { return .unreadable }
    if count <= 12 {
      return ArrowColumn.checked(
        UnsafeBufferPointer(start: (view + 4).assumingMemoryBound(to: UInt8.self), count: count))
    }
    let index = Int(view.load(fromByteOffset: 8, as: Int32.self)) + 2
    let start = Int(view.load(fromByteOffset: 12, as: Int32.self))
    guard index >= 2, index < bufferCount, start >= 0, let buffer = buffers?[index] else {
      return .unreadable
    }
    return ArrowColumn.checked(
      UnsafeBufferPointer(
        start: (buffer + start).assumingMemoryBound(to: UInt8.self), count: count))
  }

  private static func checked(_ bytes: UnsafeBufferPointer<UInt8>) -> ArrowCell {
    if bytes.allSatisfy({ $0 < 0x80 }) { return .bytes(bytes) }
    return String(validating: bytes, as: UTF8.self) == nil ? .unreadable : .bytes(bytes)
  }

  // MARK: Numbers

  private static func integer(
    _ data: UnsafeRawPointer, _ slot: Int, _ bytes: Int, _ isSigned: Bool
  ) -> ArrowCell {
    func load<Number: BinaryInteger & BitwiseCopyable>(_: Number.Type) -> Number {
      data.load(fromByteOffset: slot * bytes, as: Number.self)
    }
    switch (bytes, isSigned) {
    case (1, true): return .integer(Int64(load(Int8.self)))
    case (1, false): return .integer(Int64(load(UInt8.self)))
    case (2, true): return .integer(Int64(load(Int16.self)))
    case (2, false): return .integer(Int64(load(UInt16.self)))
    case (4, true): return .integer(Int64(load(Int32.self)))
    case (4, false): return .integer(Int64(load(UInt32.self)))
    case (_, true): return .integer(load(Int64.self))
    case (_, false):
      let number = load(UInt64.self)
      return Int64(exactly: number).map(ArrowCell.integer) ?? .text(String(number))
    }
  }

  private static func real(_ data: UnsafeRawPointer, _ slot: Int, _ bytes: Int) -> ArrowCell {
    switch bytes {
    case 2:
      let number = Float16(bitPattern: data.load(fromByteOffset: slot * 2, as: UInt16.self))
      return .real(Double(number), digits: number.description)
    case 4:
      let number = data.load(fromByteOffset: slot * 4, as: Float.self)
      return .real(Double(number), digits: number.description)
    default:
      let number = data.load(fromByteOffset: slot * 8, as: Double.self)
      return .real(number, digits: number.description)
    }
  }

  private static func decimal(
    _ data: UnsafeRawPointer, _ slot: Int, _ bytes: Int, _ scale: Int
  ) -> ArrowCell {
    let units: Int128
    switch bytes {
    case 4: units = Int128(data.load(fromByteOffset: slot * 4, as: Int32.self))
    case 8: units = Int128(data.load(fromByteOffset: slot * 8, as: Int64.self))
    default:
      let low = data.load(fromByteOffset: slot * 16, as: UInt64.self)
      let high = data.load(fromByteOffset: slot * 16 + 8, as: Int64.self)
      units = Int128(high) << 64 | Int128(low)
    }
    guard (0...38).contains(scale) else { return .unreadable }
    return .decimal(Decimal(units: units, scale: scale))
  }

  // MARK: Times

  static func floored(_ value: Int, by divisor: Int) -> Int {
    value >= 0 ? value / divisor : -((-(value + 1)) / divisor) - 1
  }

  /// The days of the years 1 to 9999.
  private static let days = -719_162...2_932_896

  private static func date(_ number: Int) -> ArrowCell {
    days.contains(number) ? .text(Day(number: number).description) : .unreadable
  }

  /// `2021-04-01T08:30:00`, with a fraction where there is one.
  private static func moment(_ value: Int, _ unit: ArrowLayout.TimeUnit) -> ArrowCell {
    let seconds = floored(value, by: unit.rawValue)
    let day = floored(seconds, by: 86_400)
    guard days.contains(day) else { return .unreadable }
    let rest = value - day * 86_400 * unit.rawValue
    return .text(Day(number: day).description + "T" + clock(rest, unit))
  }

  private static func clock(_ value: Int, _ unit: ArrowLayout.TimeUnit) -> String {
    let seconds = value / unit.rawValue
    let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { Day.padded($0, 2) }
    let fraction = value % unit.rawValue
    guard fraction > 0 else { return parts.joined(separator: ":") }
    let digits = String(unit.rawValue).count - 1
    return parts.joined(separator: ":") + "." + Day.padded(fraction, digits)
  }
}

/// A dictionary's values, in a box because a column can't hold a column.
private final class ArrowDictionary {
  let column: ArrowColumn

  init(_ column: ArrowColumn) {
    self.column = column
  }
}
