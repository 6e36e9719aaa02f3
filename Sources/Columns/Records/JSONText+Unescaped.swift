extension JSONText {
  /// What had to be done to a text besides resolving its escapes.
  struct Losses: OptionSet {
    let rawValue: Int
    /// NUL was left out.
    static let null = Losses(rawValue: 1)
    /// Half of a surrogate pair became U+FFFD.
    static let halfPair = Losses(rawValue: 2)
  }

  /// Appends the text with its escapes resolved, in UTF-8.
  func unescaped(_ source: UnsafePointer<UInt8>, into target: inout [UInt8]) -> Losses {
    var losses: Losses = []
    var position = bytes.lowerBound
    while position < bytes.upperBound {
      let byte = source[position]
      guard byte == UInt8(ascii: "\\") else {
        target.append(byte)
        position += 1
        continue
      }
      let letter = source[position + 1]
      position += 2
      switch letter {
      case UInt8(ascii: "b"): target.append(0x08)
      case UInt8(ascii: "f"): target.append(0x0C)
      case UInt8(ascii: "n"): target.append(0x0A)
      case UInt8(ascii: "r"): target.append(0x0D)
      case UInt8(ascii: "t"): target.append(0x09)
      case UInt8(ascii: "u"):
        losses.formUnion(unit(source, &position, into: &target))
      default: target.append(letter)
      }
    }
    return losses
  }

  /// Resolves the four digits at the position, and the second half of a pair behind them.
  private func unit(
    _ source: UnsafePointer<UInt8>, _ position: inout Int, into target: inout [UInt8]
  ) -> Losses {
    let first = JSONText.digits(source + position)
    position += 4
    var scalar = Unicode.Scalar(first)
    if UTF16.isLeadSurrogate(UInt16(first)), position + 6 <= bytes.upperBound,
      source[position] == UInt8(ascii: "\\"), source[position + 1] == UInt8(ascii: "u")
    {
      let second = JSONText.digits(source + position + 2)
      if UTF16.isTrailSurrogate(UInt16(second)) {
        position += 6
        scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      }
    }
    guard let scalar, let encoded = UTF8.encode(scalar) else {
      target.append(contentsOf: UTF8.encodedReplacementCharacter)
      return .halfPair
    }
    if scalar.value == 0 { return .null }
    target.append(contentsOf: encoded)
    return []
  }

  private static func digits(_ source: UnsafePointer<UInt8>) -> UInt32 {
    (0..<4).reduce(0) { $0 << 4 | (JSONScanner.hexDigit(source[$1]) ?? 0) }
  }
}
