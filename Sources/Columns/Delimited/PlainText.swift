/// A field of at most 16 ASCII characters without NUL bytes; quotes around it that hold none, and a
/// line's CR, are taken off.
struct PlainText {
  /// The first eight bytes, and the next.
  let low: UInt64
  let high: UInt64
  let isPlain: Bool

  @inline(__always)
  init(_ field: UnsafePointer<UInt8>, length fieldLength: Int) {
    var start = field
    var length = fieldLength
    if length > 0, start[length &- 1] == UInt8(ascii: "\r") { length &-= 1 }
    let isQuoted = length > 0 && start[0] == UInt8(ascii: "\"")
    if isQuoted {
      let isClosed = length > 1 && start[length &- 1] == UInt8(ascii: "\"")
      start += 1
      length = isClosed ? length &- 2 : .max
    }
    guard length <= 16 else {
      (low, high, isPlain) = (0, 0, false)
      return
    }
    let raw = UnsafeRawPointer(start)
    let bits = UInt64(truncatingIfNeeded: length) &* 8
    let firstMask = TextTable.lowest(bits)
    let nextMask = TextTable.lowest(bits < 64 ? 0 : bits &- 64)
    let first = raw.loadUnaligned(as: UInt64.self)
    let next = raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    low = first & firstMask
    high = next & nextMask
    // Beyond the text stand ones, so that a zero there is none.
    var odd = PlainText.zeros(first | ~firstMask) | PlainText.zeros(next | ~nextMask)
    if isQuoted {
      let quotes: UInt64 = 0x2222_2222_2222_2222
      odd |=
        PlainText.zeros((first ^ quotes) | ~firstMask)
        | PlainText.zeros((next ^ quotes) | ~nextMask)
    }
    isPlain = (low | high) & PlainText.tops | odd == 0
  }

  private static let tops: UInt64 = 0x8080_8080_8080_8080

  /// Not 0 where a byte is 0.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }
}
