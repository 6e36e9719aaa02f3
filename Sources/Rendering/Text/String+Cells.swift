/// The cells that text takes in a terminal: two for wide characters, none for combining ones, one
/// where the width is ambiguous.
///
/// After Unicode Standard Annex 11 and Unicode Technical Standard 51; terminals agree on all but
/// joined emoji, taken as one picture here.
extension StringProtocol {
  var cells: Int {
    if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.count }
    return reduce(0) { $0 + $1.cells }
  }
}

extension Character {
  var cells: Int {
    let scalars = unicodeScalars
    guard let first = scalars.first else { return 0 }
    guard scalars.count > 1 else { return first.cells }
    // U+FE0F asks for a picture, U+200D joins several, and two regional indicators are a flag.
    if scalars.contains(where: { $0 == "\u{FE0F}" || $0 == "\u{200D}" })
      || first.properties.isEmojiModifierBase || first.isRegionalIndicator
    {
      return max(first.cells, first.properties.isEmoji ? 2 : 1)
    }
    return scalars.reduce(0) { $0 + $1.cells }
  }
}

extension Unicode.Scalar {
  fileprivate var isRegionalIndicator: Bool { (0x1F1E6...0x1F1FF).contains(value) }

  fileprivate var cells: Int {
    if value < 0x300 { return value == 0xAD ? 0 : 1 }
    // The vowels and final consonants of a Hangul syllable stand in the cells of its first
    // consonant.
    if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value) { return 0 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    if properties.isEmojiPresentation && !isRegionalIndicator { return 2 }
    return Unicode.Scalar.wide.contains { $0.contains(value) } ? 2 : 1
  }

  /// East Asian Width W and F, without the emoji that have a property of their own.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2630...0x2637, 0x268A...0x268F, 0x2E80...0x303E,
    0x3041...0x4DBF, 0x4DC0...0xA4C6, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
    0xFE10...0xFE19, 0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF,
    0x1AFF0...0x1B2FF, 0x1D300...0x1D376, 0x1F200...0x1F265, 0x20000...0x3FFFD,
  ]
}
