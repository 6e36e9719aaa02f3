internal import Columns

/// What each code of a column stands for, as whole numbers of one scale.
struct ExactNumbers: Sendable {
  /// The value is `units / 10^scale`.
  let scale: Int
  /// The size of the largest.
  let largest: Int64
  private let content: Content

  private enum Content {
    /// By class, and by code; `CellLanes.unknownUnit` where there is no number.
    case listed(classUnits: [Int64], codeUnits: [Int64], classDecimals: [Int])
    /// Each code is a class.
    case sequence(CellLanes.UnitSequence)
  }

  /// Nothing where a value is not exact, or too long for 64 bits.
  init?(_ term: TermClasses) {
    if case .numbers(let numbers) = term.values {
      self.init(numbers)
    } else {
      self.init(listed: term)
    }
  }

  /// The numbers of serial numbers, none of which is written down; nothing where the column holds
  /// others, or codes for missing.
  init?(_ column: Column, _ field: Term) {
    guard case .value(.column(_, let meaning)) = field, let serial = column.texts.serial,
      serial.pattern.isPlainNumber, serial.pattern.decimalCount <= 18,
      meaning.type == .integer || meaning.type == .decimal, meaning.recode.isEmpty,
      column.texts.codes(ofTexts: meaning.missing.subtracting([""])).isEmpty
    else { return nil }
    scale = serial.pattern.decimalCount
    // Numbers of 16 characters.
    let first = Int64(serial.first)
    largest = first + Int64(serial.numberCount)
    content = .sequence(
      CellLanes.UnitSequence(
        first: first, count: serial.count, unknownCode: serial.emptyCode.map { UInt32($0) }))
  }

  private init?(listed term: TermClasses) {
    let numbers = (0..<term.values.count).map { place -> Decimal? in
      if case .number(let number) = term.values[place] { number } else { nil }
    }
    guard !term.values.holdsReals else { return nil }
    scale = numbers.reduce(0) { max($0, $1?.scale ?? 0) }
    guard scale <= 18 else { return nil }
    var units: [Int64] = []
    units.reserveCapacity(numbers.count)
    var largest: Int64 = 0
    for number in numbers {
      guard let number else {
        units.append(CellLanes.unknownUnit)
        continue
      }
      // Units below 2^63 times a power of ten of at most 18 digits stay within 128 bits.
      guard let short = Int64(exactly: number.units),
        let unit = Int64(
          exactly: Decimal(units: Int128(short)).units(atScale: scale - number.scale)),
        unit != CellLanes.unknownUnit
      else { return nil }
      largest = max(largest, abs(unit))
      units.append(unit)
    }
    self.largest = largest
    content = .listed(
      classUnits: units, codeUnits: term.classes.map { units[Int($0)] },
      classDecimals: numbers.map { $0?.scale ?? -1 })
  }

  /// Numbers that are short as they are.
  private init?(_ numbers: PlainNumbers) {
    let scale = numbers.decimals.reduce(0) { $1 == PlainNumbers.unknown ? $0 : max($0, Int($1)) }
    guard scale <= 18 else { return nil }
    let powers = (0...scale).map { Int64(Decimal.power($0)) }
    var largest: Int64 = 0
    var isTooLong = false
    let units = zip(numbers.units, numbers.decimals).map { short, decimals in
      if decimals == PlainNumbers.unknown { return CellLanes.unknownUnit }
      let (unit, isLong) = short.multipliedReportingOverflow(by: powers[scale - Int(decimals)])
      if isLong || unit == CellLanes.unknownUnit {
        isTooLong = true
      } else {
        largest = max(largest, abs(unit))
      }
      return unit
    }
    if isTooLong { return nil }
    self.scale = scale
    self.largest = largest
    // Codes that are missing have the unit of no number, like their class.
    content = .listed(
      classUnits: units, codeUnits: units,
      classDecimals: numbers.decimals.map { $0 == PlainNumbers.unknown ? -1 : Int($0) })
  }

  func decimal(_ units: Int) -> Decimal { Decimal(units: Int128(units), scale: scale) }

  /// Where the units of codes are `first`, `first + 1` and so on, but for one that may be missing.
  var sequence: CellLanes.UnitSequence? {
    if case .sequence(let sequence) = content { return sequence }
    return nil
  }

  /// By code; made anew each time of a sequence.
  var codeUnits: [Int64] {
    switch content {
    case .listed(_, let units, _): units
    case .sequence(let sequence): (0..<sequence.count).map { sequence.unit(of: $0) }
    }
  }

  var classCount: Int {
    switch content {
    case .listed(let units, _, _): units.count
    case .sequence(let sequence): sequence.count
    }
  }

  func unit(ofClass place: Int) -> Int64 {
    switch content {
    case .listed(let units, _, _): units[place]
    case .sequence(let sequence): sequence.unit(of: place)
    }
  }

  /// How many decimals a class has in lowest terms; -1 where there is no number.
  func decimals(ofClass place: Int) -> Int {
    switch content {
    case .listed(_, _, let decimals): return decimals[place]
    case .sequence(let sequence):
      var unit = sequence.unit(of: place)
      if unit == CellLanes.unknownUnit { return -1 }
      var decimals = scale
      while decimals > 0, unit % 10 == 0 {
        unit /= 10
        decimals -= 1
      }
      return decimals
    }
  }
}

/// Exact numbers in ascending order.
struct RankedNumbers: Sendable {
  /// By rank.
  let units: [Int64]
  let values: [Double]
  /// By class and by code its rank; `units.count` where there is no number.
  let classRanks: [UInt32]
  let codeRanks: [UInt32]

  init(_ numbers: ExactNumbers, _ term: TermClasses) {
    var order = (0..<numbers.classCount).filter {
      numbers.unit(ofClass: $0) != CellLanes.unknownUnit
    }
    if numbers.sequence == nil {
      order.sort { numbers.unit(ofClass: $0) < numbers.unit(ofClass: $1) }
    }
    var ranks = [UInt32](repeating: UInt32(order.count), count: numbers.classCount)
    for (rank, place) in order.enumerated() { ranks[place] = UInt32(rank) }
    units = order.map { numbers.unit(ofClass: $0) }
    values = units.map { Decimal(units: Int128($0), scale: numbers.scale).double }
    classRanks = ranks
    codeRanks = term.classes.map { ranks[Int($0)] }
  }
}

/// What these are kept by beside the classes that they were made of.
struct ExactTerm: Hashable, Sendable { let term: Term }
struct RankedTerm: Hashable, Sendable { let term: Term }
