/// How the texts of a column are written around one number each, so that the number stands for the text:
/// serial numbers of one length (`D10000017`, `2016-000123`), or plain numbers with equally many
/// decimals (`50.00`, `1204.75`).
///
/// No two numbers are one text, and no two texts one number. Texts are at most 16 ASCII characters.
package struct SerialPattern: Hashable, Sendable {
  /// A text of the pattern, with `0` in place of every digit; of plain numbers the decimals with
  /// their point alone.
  private let form: [UInt8]
  /// Whether there are as many digits in front of the decimals as the number needs.
  package let isPlainNumber: Bool

  fileprivate static let mostCharacters = SerialDigits.mostCharacters
  /// Marks between digits, beyond which it takes too long to leave them out.
  fileprivate static let mostGaps = 3
  private static let zero = UInt8(ascii: "0")

  /// The form of serial numbers, as it was written down by `written`; nothing where it is none.
  init?(written: [UInt8]) {
    guard let kind = written.first, kind <= 1 else { return nil }
    self.init(form: Array(written.dropFirst()), isPlainNumber: kind == 1)
  }

  /// What it is known by outside this program.
  var written: [UInt8] { [isPlainNumber ? 1 : 0] + form }

  private init?(form: [UInt8], isPlainNumber: Bool) {
    self.form = form
    self.isPlainNumber = isPlainNumber
    guard form.count <= SerialPattern.mostCharacters else { return nil }
    let firstDigit = form.firstIndex(of: SerialPattern.zero)
    if isPlainNumber {
      let decimals = form.dropFirst()
      guard form.isEmpty || form[0] == UInt8(ascii: ".") && !decimals.isEmpty,
        decimals.allSatisfy({ $0 == SerialPattern.zero })
      else { return nil }
    } else {
      guard let firstDigit, form.allSatisfy({ (1..<0x80).contains($0) }) else { return nil }
      let gaps = form[firstDigit...].count { $0 != SerialPattern.zero }
      guard gaps <= SerialPattern.mostGaps else { return nil }
    }
  }

  /// The pattern that all of some texts have, which are ASCII; nothing where there is none.
  init?(of texts: some Sequence<[UInt8]>) {
    var texts = texts.makeIterator()
    guard let first = texts.next() else { return nil }
    let form = SerialPattern.form(of: first)
    let decimals = SerialPattern.decimals(first)
    var isFixed = true
    var isPlainNumber = decimals != nil
    while let text = texts.next() {
      isFixed = isFixed && SerialPattern.form(of: text) == form
      isPlainNumber = isPlainNumber && SerialPattern.decimals(text) == decimals
      guard isFixed || isPlainNumber else { return nil }
    }
    if let decimals, isPlainNumber {
      self.init(form: decimals, isPlainNumber: true)
    } else {
      self.init(form: form, isPlainNumber: false)
    }
  }

  /// The text with `0` for every digit.
  private static func form(of text: [UInt8]) -> [UInt8] {
    text.map { (0x30...0x39).contains($0) ? zero : $0 }
  }

  /// The form of a plain number's decimals; nothing where the text is none.
  private static func decimals(_ text: [UInt8]) -> [UInt8]? {
    let whole = text.prefix { (0x30...0x39).contains($0) }
    guard !whole.isEmpty, whole.count == 1 || whole.first != zero else { return nil }
    let rest = form(of: Array(text.dropFirst(whole.count)))
    guard rest.isEmpty || rest.count > 1 && rest[0] == UInt8(ascii: "."),
      rest.dropFirst().allSatisfy({ $0 == zero })
    else { return nil }
    return rest
  }

  // MARK: - What its texts are

  /// How many decimals a plain number has.
  package var decimalCount: Int { isPlainNumber ? max(0, form.count - 1) : 0 }

  /// How many digits a text of one length has.
  private var digitCount: Int { form.count { $0 == SerialPattern.zero } }

  /// Whether texts in the order of their numbers are in the order of their bytes.
  package var isInByteOrder: Bool { !isPlainNumber }

  /// Whether its texts begin with a letter, as no number and no date does.
  package var beginsWithLetter: Bool {
    !isPlainNumber && form.first.map { $0 | 0x20 }.map { (0x61...0x7A).contains($0) } ?? false
  }

  /// The text of a number; the number must have one.
  package func text(of number: UInt64) -> [UInt8] {
    var digits: [UInt8] = []
    var rest = number
    let least = isPlainNumber ? decimalCount + 1 : digitCount
    while rest > 0 || digits.count < least {
      digits.append(SerialPattern.zero + UInt8(rest % 10))
      rest /= 10
    }
    guard isPlainNumber else {
      return form.map { $0 == SerialPattern.zero ? digits.popLast() ?? $0 : $0 }
    }
    if decimalCount > 0 { digits.insert(UInt8(ascii: "."), at: decimalCount) }
    return digits.reversed()
  }

  /// The number of a text; nothing where it has another pattern.
  package func number(of text: [UInt8]) -> UInt64? {
    guard !text.isEmpty, text.count <= SerialPattern.mostCharacters,
      text.allSatisfy({ (1..<0x80).contains($0) })
    else { return nil }
    let key = text.reversed().reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
    let number = SerialDigits(self).number(key)
    return number == SerialDigits.none ? nil : number
  }

  /// The form at the end of 16 characters, and of 8; zeros in front.
  fileprivate var aligned: [UInt8] {
    let form =
      isPlainNumber
      ? Array(repeating: SerialPattern.zero, count: SerialPattern.mostCharacters - form.count)
        + form
      : form
    return Array(repeating: 0, count: SerialPattern.mostCharacters - form.count) + form
  }

  fileprivate var characterCount: Int { form.count }
}

/// Reads the numbers of texts that have a pattern.
///
/// A text is taken with its last character in the highest byte, and compared with the pattern in all bytes
/// at once: digits become their values, marks zero. Marks between digits are left out, and eight
/// digits become a number by three multiplications.
///
/// **Reference**: Lemire 2022, “Number parsing at a gigabyte per second”, Software: Practice and
/// Experience 51, section 5 (eight digits at once).
struct SerialDigits: Sendable {
  static let mostCharacters = 16
  /// What is read of a text of another pattern.
  static let none = UInt64.max
  /// What stands for an empty text.
  static let missing = UInt64.max - 1

  private let form: UInt128
  /// Added to what is left of a byte: beyond 127 where it is neither digit nor the mark.
  private let limits: UInt128
  /// For each mark behind a digit the bytes in front of it; no array, which the loop would count.
  private let gaps: (UInt128, UInt128, UInt128)
  private let gapCount: Int
  private let isPlainNumber: Bool
  /// Of plain numbers: the fewest characters, which are the decimals with one digit.
  private let fewest: Int
  private let length: Int

  init(_ pattern: SerialPattern) {
    let aligned = pattern.aligned
    form = aligned.reversed().reduce(0) { $0 << 8 | UInt128($1) }
    limits = aligned.reversed().reduce(0) {
      $0 << 8 | ($1 == UInt8(ascii: "0") ? 0x76 : 0x7F)
    }
    let firstDigit = aligned.firstIndex(of: UInt8(ascii: "0")) ?? aligned.count
    let marks = (firstDigit..<aligned.count).filter { aligned[$0] != UInt8(ascii: "0") }
    func before(_ gap: Int) -> UInt128 {
      gap < marks.count ? (UInt128(1) << UInt128(8 * marks[gap])) - 1 : 0
    }
    gaps = (before(0), before(1), before(2))
    gapCount = marks.count
    isPlainNumber = pattern.isPlainNumber
    fewest = pattern.decimalCount == 0 ? 1 : pattern.decimalCount + 2
    length = pattern.characterCount
  }

  /// The number of a text that is not empty, as a key; `none` where it has another pattern.
  func number(_ key: UInt128) -> UInt64 {
    let length = key.textLength
    return withUnsafeBytes(of: key &<< UInt128(128 - 8 * length)) { bytes in
      let text = bytes.assumingMemoryBound(to: UInt8.self)
      return text.baseAddress.map {
        number(endingAt: $0 + SerialDigits.mostCharacters, length: length)
      } ?? SerialDigits.none
    }
  }

  /// The number of a text that is not empty; `none` where it has another pattern.
  /// - Parameter end: behind the text; 16 bytes in front of it may be looked at.
  @inline(__always)
  func number(endingAt end: UnsafePointer<UInt8>, length: Int) -> UInt64 {
    if isPlainNumber {
      let hasLeadingZero = length > fewest && (end - length).pointee == UInt8(ascii: "0")
      guard length >= fewest, !hasLeadingZero else { return SerialDigits.none }
    } else {
      guard length == self.length else { return SerialDigits.none }
    }
    let raw = UnsafeRawPointer(end)
    if length <= 8 {
      return number(raw.loadUnaligned(fromByteOffset: -8, as: UInt64.self), length)
    }
    guard length <= 16 else { return SerialDigits.none }
    return number(raw.loadUnaligned(fromByteOffset: -16, as: UInt128.self), length)
  }

  /// - Parameter text: its last character in the highest byte, and anything in front of its first.
  @inline(__always)
  private func number<Key: TextKey>(_ text: Key, _ length: Int) -> UInt64 {
    let isText = Key.max &<< (Key(truncatingIfNeeded: Key.bitWidth / 8 - length) &* 8)
    let form = Key(truncatingIfNeeded: self.form &>> UInt128(128 - Key.bitWidth)) & isText
    let limits = Key(truncatingIfNeeded: self.limits &>> UInt128(128 - Key.bitWidth))
    var digits = (text & isText) ^ form
    // What is left of a byte beyond ASCII is beyond 127 at once.
    let tops = Key(truncatingIfNeeded: 0x8080_8080_8080_8080_8080_8080_8080_8080 as UInt128)
    guard (((digits & ~tops) &+ limits) | digits) & tops == 0 else { return SerialDigits.none }
    if gapCount > 0 {
      digits = SerialDigits.closing(gaps.0, in: digits)
      if gapCount > 1 { digits = SerialDigits.closing(gaps.1, in: digits) }
      if gapCount > 2 { digits = SerialDigits.closing(gaps.2, in: digits) }
    }
    if Key.bitWidth == 64 {
      return SerialDigits.value(UInt64(truncatingIfNeeded: digits))
    }
    return SerialDigits.value(UInt64(truncatingIfNeeded: digits)) &* 100_000_000
      &+ SerialDigits.value(UInt64(truncatingIfNeeded: digits &>> 64))
  }

  /// Moves what stands before a mark into the mark's place.
  @inline(__always)
  private static func closing<Key: TextKey>(_ gap: UInt128, in digits: Key) -> Key {
    let before = Key(truncatingIfNeeded: gap &>> UInt128(128 - Key.bitWidth))
    return digits & ~(before | before &<< 8) | (digits & before) &<< 8
  }

  /// The number of eight digits, the first in the lowest byte.
  @inline(__always)
  private static func value(_ digits: UInt64) -> UInt64 {
    let pairs = (digits &* 2561) &>> 8 & 0x00FF_00FF_00FF_00FF
    let fours = (pairs &* 6_553_601) &>> 16 & 0x0000_FFFF_0000_FFFF
    return (fours &* 42_949_672_960_001) &>> 32
  }
}
