/// A text as a number, or what stands for it: marks are numbers that no text is.
protocol TextKey: FixedWidthInteger & UnsignedInteger & Sendable {}

extension UInt64: TextKey {}
extension UInt128: TextKey {}

extension TextKey {
  /// In front of a number that stands for a text which is no key.
  @inline(__always)
  static var nameMark: Self { 1 << Self(bitWidth - 1) }

  /// In front of a number that stands for a text that an earlier row holds.
  @inline(__always)
  static var repeatMark: Self { 3 << Self(bitWidth - 2) }

  @inline(__always)
  init(low: UInt64, high: UInt64) {
    self = Self(truncatingIfNeeded: low)
    if Self.bitWidth > 64 { self |= Self(truncatingIfNeeded: high) << 64 }
  }

  /// The same text, or mark and number, as a wider key.
  @inline(__always)
  init(widening key: UInt64) {
    self =
      key < UInt64.nameMark
      ? Self(truncatingIfNeeded: key)
      : Self.nameMark | Self(UInt32(truncatingIfNeeded: key))
  }

  /// How many bytes the text has.
  @inline(__always)
  var textLength: Int { (Self.bitWidth - leadingZeroBitCount + 7) / 8 }

  @inline(__always)
  var hash: UInt64 {
    TextTable.mix(
      UInt64(truncatingIfNeeded: self),
      Self.bitWidth > 64 ? UInt64(truncatingIfNeeded: self >> 64) : 0, 0)
  }
}
