/// How a file of delimited text is written, judged by its beginning.
struct Dialect: Hashable, Sendable {
  enum Encoding: Hashable, Sendable {
    /// UTF-8, with Windows-1252 for texts that are not.
    case bytes
    case utf16(isBigEndian: Bool)
  }

  static let delimiters: [UInt8] = [",", "\t", ";", "|"].map { UInt8(ascii: $0) }

  /// UTF-16 is known by its mark, or by zeros in every second byte.
  static func encoding(of sample: [UInt8]) -> Encoding {
    if sample.starts(with: [0xFF, 0xFE]) { return .utf16(isBigEndian: false) }
    if sample.starts(with: [0xFE, 0xFF]) { return .utf16(isBigEndian: true) }
    let pairs = sample.count / 2
    guard pairs >= 4 else { return .bytes }
    var zeros = (even: 0, odd: 0)
    for index in 0..<pairs {
      if sample[2 * index] == 0 { zeros.even += 1 }
      if sample[2 * index + 1] == 0 { zeros.odd += 1 }
    }
    if zeros.odd * 10 > pairs * 7, zeros.even * 10 < pairs { return .utf16(isBigEndian: false) }
    if zeros.even * 10 > pairs * 7, zeros.odd * 10 < pairs { return .utf16(isBigEndian: true) }
    return .bytes
  }

  /// CR alone ends lines where the sample has CR and no LF outside quotes; else LF does.
  static func lineBreak(of sample: some Sequence<UInt8>) -> UInt8 {
    var hasReturn = false
    for byte in sample {
      if byte == UInt8(ascii: "\n") { return byte }
      if byte == UInt8(ascii: "\r") { hasReturn = true }
    }
    return UInt8(ascii: hasReturn ? "\r" : "\n")
  }

  /// The delimiter that cuts most rows of the sample into as many fields as the first; the earliest
  /// on a tie.
  static func delimiter(of sample: [UInt8], lineBreak: UInt8, isWhole: Bool) -> UInt8 {
    let candidates = delimiters.filter { cutsFirstRow(of: sample, $0, lineBreak) }
    // Alone, it would win whatever the other rows are.
    if candidates.count == 1 { return candidates[0] }
    var best = (delimiter: delimiters[0], share: 0.0, fieldCount: 1)
    for delimiter in candidates {
      var counts = fieldCounts(of: sample, delimiter, lineBreak)
      if !isWhole, counts.count > 1 { counts.removeLast() }
      guard let first = counts.first, first > 1 else { continue }
      let share = Double(counts.count { $0 == first }) / Double(counts.count)
      if share > best.share || share == best.share && first > best.fieldCount {
        best = (delimiter, share, first)
      }
    }
    return best.delimiter
  }

  /// Whether the first row that is not blank has more than one field.
  private static func cutsFirstRow(
    of sample: [UInt8], _ delimiter: UInt8, _ lineBreak: UInt8
  ) -> Bool {
    var walk = QuoteWalk()
    var rowStart = 0
    for (position, byte) in sample.enumerated()
    where walk.separates(byte, byte == delimiter || byte == lineBreak) {
      if byte == delimiter { return true }
      if position > rowStart + 1 { return false }
      rowStart = position + 1
    }
    return false
  }

  private static func fieldCounts(
    of sample: [UInt8], _ delimiter: UInt8, _ lineBreak: UInt8
  ) -> [Int] {
    var counts: [Int] = []
    var walk = QuoteWalk()
    var fields = 1
    var rowStart = 0
    for (position, byte) in sample.enumerated() {
      guard walk.separates(byte, byte == delimiter || byte == lineBreak) else { continue }
      if byte == delimiter {
        fields += 1
      } else {
        if position > rowStart + 1 { counts.append(fields) }
        fields = 1
        rowStart = position + 1
      }
    }
    if rowStart < sample.count { counts.append(fields) }
    return counts
  }
}
