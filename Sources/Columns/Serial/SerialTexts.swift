private import Synchronization

/// The texts of numbers one after another: code `i` is the text of `first + i`, and the last code the
/// empty text where a row lacks one.
///
/// Some of the numbers may be in no row. All texts are only written down where someone looks through them.
package final class SerialTexts: Sendable {
  package let pattern: SerialPattern
  /// The number of code 0.
  package let first: UInt64
  package let numberCount: Int
  package let holdsEmpty: Bool
  private let written = Mutex<Written?>(nil)

  private struct Written {
    let bytes: [UInt8]
    let bounds: [Int]
  }

  package init(_ pattern: SerialPattern, first: UInt64, numberCount: Int, holdsEmpty: Bool) {
    self.pattern = pattern
    self.first = first
    self.numberCount = numberCount
    self.holdsEmpty = holdsEmpty
  }

  /// As they were told elsewhere; nothing where the pattern has no such numbers.
  convenience init?(_ pattern: SerialPattern, first: Int, numberCount: Int, count: Int) {
    guard first >= 0, numberCount > 0, numberCount <= count, count - numberCount <= 1,
      first <= Int.max - numberCount
    else { return nil }
    let last = UInt64(first + numberCount - 1)
    guard pattern.number(of: pattern.text(of: last)) == last else { return nil }
    self.init(
      pattern, first: UInt64(first), numberCount: numberCount, holdsEmpty: count > numberCount)
  }

  package var count: Int { numberCount + (holdsEmpty ? 1 : 0) }

  /// The code of the empty text.
  package var emptyCode: Int? { holdsEmpty ? numberCount : nil }

  /// The text of a code, UTF-8.
  package func bytes(of code: Int) -> [UInt8] {
    code < numberCount ? pattern.text(of: first + UInt64(code)) : []
  }

  /// The code of a text.
  package func code(of text: [UInt8]) -> Int? {
    if text.isEmpty { return emptyCode }
    guard let number = pattern.number(of: text), number >= first,
      number - first < UInt64(numberCount)
    else { return nil }
    return Int(number - first)
  }

  /// All texts end to end, and where each begins.
  var all: (bytes: [UInt8], bounds: [Int]) {
    written.withLock { written in
      if let known = written { return (known.bytes, known.bounds) }
      var bytes: [UInt8] = []
      var bounds = [0]
      bounds.reserveCapacity(count + 1)
      for code in 0..<count {
        bytes += self.bytes(of: code)
        bounds.append(bytes.count)
      }
      written = Written(bytes: bytes, bounds: bounds)
      return (bytes, bounds)
    }
  }
}
