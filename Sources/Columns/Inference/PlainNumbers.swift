/// The numbers that a column's texts mean, as 64-bit integers: a number of its own for each text.
package struct PlainNumbers: Sendable {
  /// By text `units / 10^decimals`, in lowest terms; `unknown` decimals where it is missing.
  package let units: [Int64]
  package let decimals: [UInt8]
  package static let unknown = UInt8.max
  /// The texts that mean nothing, ascending.
  package let missing: [Int]

  /// Nothing where a text is no plain number, may mean the same as another, or is recoded.
  package init?(_ texts: Texts, meaning: Meaning, workers: Int = Parallel.availableCores) {
    guard meaning.type == .integer || meaning.type == .decimal, meaning.recode.isEmpty else {
      return nil
    }
    let missing = texts.codes(ofTexts: meaning.missing.union([""]))
    let count = texts.count
    if let serial = texts.serial, serial.pattern.isPlainNumber {
      (units, decimals) = PlainNumbers.numbers(serial, missing)
      self.missing = missing
      return
    }
    let workers = count < 1 << 14 ? 1 : workers
    var hasFailed = false
    var decimals: [UInt8] = []
    units = [Int64](unsafeUninitializedCapacity: count) { units, unitCount in
      let unitRoom = SharedPointer(units.baseAddress)
      decimals = [UInt8](unsafeUninitializedCapacity: count) { decimals, decimalCount in
        let decimalRoom = SharedPointer(decimals.baseAddress)
        let shapes = Parallel.stretchResults(of: count, workers: workers) { stretch in
          PlainNumbers.read(texts, stretch, missing, unitRoom.value, decimalRoom.value)
        }
        hasFailed = PlainNumbers.mayRepeat(shapes)
        decimalCount = count
      }
      unitCount = count
    }
    if hasFailed { return nil }
    self.decimals = decimals
    self.missing = missing
  }

  /// Serial numbers are what they are, in lowest terms.
  private static func numbers(_ serial: SerialTexts, _ missing: [Int]) -> ([Int64], [UInt8]) {
    let most = serial.pattern.decimalCount
    var units: [Int64] = []
    var decimals: [UInt8] = []
    units.reserveCapacity(serial.count)
    decimals.reserveCapacity(serial.count)
    for code in 0..<serial.count {
      var unit = Int64(truncatingIfNeeded: serial.first) + Int64(code)
      var decimal = most
      while decimal > 0, unit % 10 == 0 {
        unit /= 10
        decimal -= 1
      }
      units.append(unit)
      decimals.append(UInt8(truncatingIfNeeded: decimal))
    }
    for code in missing { (units[code], decimals[code]) = (0, unknown) }
    return (units, decimals)
  }

  /// Whether a text means nothing.
  package func isMissing(_ place: Int) -> Bool { decimals[place] == PlainNumbers.unknown }

  /// What a text means; nothing where it is missing.
  package func decimal(_ place: Int) -> Decimal? {
    isMissing(place) ? nil : Decimal(units: Int128(units[place]), scale: Int(decimals[place]))
  }

  /// What the texts of a stretch have in common.
  private struct Shape: Sendable {
    var isPlain = true
    var hasTrailingZeros = false
    /// The numbers of decimals that occur, bit by bit.
    var decimalBits: UInt32 = 0
  }

  /// Whether two texts may be one number, or one is none: `1.5` and `1.50` are, unless all have
  /// equally many decimals.
  private static func mayRepeat(_ shapes: [Shape]) -> Bool {
    let bits = shapes.reduce(0) { $0 | $1.decimalBits }
    return !shapes.allSatisfy(\.isPlain)
      || bits.nonzeroBitCount > 1 && shapes.contains(where: \.hasTrailingZeros)
  }

  private static func read(
    _ texts: Texts, _ stretch: Range<Int>, _ missing: [Int],
    _ units: UnsafeMutablePointer<Int64>?, _ decimals: UnsafeMutablePointer<UInt8>?
  ) -> Shape {
    var shape = Shape()
    guard let units, let decimals else { return shape }
    let missing = Set(missing)
    texts.bytes.withUnsafeBufferPointer { bytes in
      texts.bounds.withUnsafeBufferPointer { bounds in
        for place in stretch {
          units[place] = 0
          decimals[place] = unknown
          let text = UnsafeBufferPointer(rebasing: bytes[bounds[place]..<bounds[place + 1]])
          guard let number = PlainNumber(text) else {
            if missing.contains(place) { continue }
            shape.isPlain = false
            return
          }
          if missing.contains(place) { continue }
          shape.decimalBits |= 1 << UInt32(number.decimalCount)
          if number.hasTrailingZero { shape.hasTrailingZeros = true }
          let lowest = number.lowestTerms
          units[place] = lowest.units
          decimals[place] = UInt8(truncatingIfNeeded: lowest.decimalCount)
        }
      }
    }
    return shape
  }
}
