/// What a field's bytes say: quotes, a line's CR and NUL bytes taken off, in composed UTF-8.
///
/// Bytes that are not UTF-8 are read as Windows-1252 (which holds Latin-1), text by text, so that a
/// file that was put together from several sources is read right.
struct RawText {
  private(set) var bytes: [UInt8] = []
  private(set) var isDecoded = false
  private(set) var hadNulls = false

  /// Whether the bytes stand for themselves, as nearly all do.
  static func isPlain(_ raw: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = raw.first, let last = raw.last else { return true }
    guard first != UInt8(ascii: "\""), last != UInt8(ascii: "\r") else { return false }
    for byte in raw where byte >= 0x80 || byte == 0 { return false }
    return true
  }

  mutating func read(_ raw: UnsafeBufferPointer<UInt8>) {
    bytes.removeAll(keepingCapacity: true)
    isDecoded = false
    hadNulls = false
    var end = raw.count
    if end > 0, raw[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    unquote(UnsafeBufferPointer(rebasing: raw[..<end]))
    if bytes.contains(0) {
      hadNulls = true
      bytes.removeAll { $0 == 0 }
    }
    guard bytes.contains(where: { $0 >= 0x80 }) else { return }
    if !RawText.isUTF8(bytes) {
      isDecoded = true
      bytes = RawText.utf8(windows1252: bytes)
    }
    bytes = Array(String(decoding: bytes, as: UTF8.self).composed.utf8)
  }

  private mutating func unquote(_ raw: UnsafeBufferPointer<UInt8>) {
    let quote = UInt8(ascii: "\"")
    guard raw.first == quote else {
      bytes.append(contentsOf: raw)
      return
    }
    var position = 1
    while position < raw.count {
      let byte = raw[position]
      position += 1
      guard byte == quote else {
        bytes.append(byte)
        continue
      }
      guard position < raw.count, raw[position] == quote else { break }
      bytes.append(quote)
      position += 1
    }
    // What follows the closing quote is kept as it stands.
    bytes.append(contentsOf: raw[min(position, raw.count)...])
  }

  private static func isUTF8(_ bytes: [UInt8]) -> Bool {
    String(validating: bytes, as: UTF8.self) != nil
  }

  static func utf8(windows1252 bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      let scalar =
        (0x80...0x9F).contains(byte)
        ? windows1252[Int(byte) - 0x80] : UInt16(byte)
      if let encoded = Unicode.Scalar(scalar).flatMap({ UTF8.encode($0) }) {
        result.append(contentsOf: encoded)
      }
    }
    return result
  }

  /// 0x80 to 0x9F; the five that Windows leaves open stand for the control characters of Latin-1.
  private static let windows1252: [UInt16] = [
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
    0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
  ]
}
