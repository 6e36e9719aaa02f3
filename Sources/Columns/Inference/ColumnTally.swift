/// What the distinct texts of a column look like, each counted with its rows.
struct ColumnTally {
  /// Texts that are there and distinct, and the rows that hold them.
  struct Count {
    var texts = 0
    var rows = 0

    mutating func add(_ count: Int) {
      texts += 1
      rows += count
    }

    mutating func append(_ next: Count) {
      texts += next.texts
      rows += next.rows
    }
  }

  /// Texts that do not fit, the most frequent first.
  struct Exceptions {
    static let limit = 4
    private(set) var count = Count()
    private(set) var examples: [(text: String, rows: Int)] = []

    init() {}

    /// Cells of which only the number is known.
    init(cells: Int) { count = Count(texts: cells, rows: cells) }

    mutating func add(_ text: UnsafeBufferPointer<UInt8>, rows: Int) {
      count.add(rows)
      if mayBeExample(rows) { keep((String(decoding: text, as: UTF8.self), rows)) }
    }

    /// Takes in those of the texts that come next.
    mutating func append(_ next: Exceptions) {
      count.append(next.count)
      for example in next.examples where mayBeExample(example.rows) { keep(example) }
    }

    private func mayBeExample(_ rows: Int) -> Bool {
      examples.count < Exceptions.limit || examples.last.map { $0.rows < rows } ?? true
    }

    private mutating func keep(_ example: (text: String, rows: Int)) {
      let place = examples.firstIndex { $0.rows < example.rows } ?? examples.count
      examples.insert(example, at: place)
      if examples.count > Exceptions.limit { examples.removeLast() }
    }
  }

  private(set) var present = Count()
  private(set) var numbers = Count()
  private(set) var traits: WrittenNumber.Traits = []
  /// The numbers of decimals that occur, up to 31: bit by bit.
  private var decimalBits: UInt32 = 0
  private(set) var mostWholeDigits = 0
  private(set) var isBeyondExactDouble = false
  private(set) var notNumbers = Exceptions()
  /// A number that would lose its last zero.
  private(set) var trailingZeroExample: String?

  /// Dates with the year first, with the year last, of eight digits.
  private var yearFirst = Count()
  private var yearLast = Count()
  private var compact = Count()
  private(set) var fitsMonthFirst = Count()
  private(set) var fitsDayFirst = Count()
  private(set) var differs = Count()
  private(set) var hasTimeOfDay = false
  private(set) var notDates = Exceptions()
  private(set) var ambiguousExample: String?

  /// Letters and digits without a space, and at least one digit.
  private(set) var codeLike = Count()
  private(set) var words: Set<String> = []

  init() {}

  /// The tally of cells that were counted one by one, each as if it were a text of its own. What decides a type, but
  /// for the kinds of words, is the same as if equal texts had been counted once.
  init(_ cells: CellCounts) {
    func count(_ cells: Int) -> Count { Count(texts: cells, rows: cells) }
    present = count(cells.present)
    numbers = count(cells.numbers)
    traits = cells.traits
    decimalBits = cells.decimalBits
    mostWholeDigits = cells.mostWholeDigits
    notNumbers = Exceptions(cells: cells.present - cells.numbers)
    yearFirst = count(cells.yearFirst)
    yearLast = count(cells.yearLast)
    compact = count(cells.compact)
    fitsMonthFirst = count(cells.fitsMonthFirst)
    fitsDayFirst = count(cells.fitsDayFirst)
    differs = count(cells.differs)
    hasTimeOfDay = cells.hasTimeOfDay
    notDates = Exceptions(cells: cells.present - cells.dates)
  }

  /// What decides the type, by cells; of a tally whose texts were added as if a type were prescribed.
  var cells: CellCounts {
    var cells = CellCounts()
    cells.present = present.rows
    cells.numbers = numbers.rows
    cells.traits = traits
    cells.decimalBits = decimalBits
    cells.mostWholeDigits = mostWholeDigits
    cells.yearFirst = yearFirst.rows
    cells.yearLast = yearLast.rows
    cells.compact = compact.rows
    cells.fitsMonthFirst = fitsMonthFirst.rows
    cells.fitsDayFirst = fitsDayFirst.rows
    cells.differs = differs.rows
    cells.hasTimeOfDay = hasTimeOfDay
    return cells
  }

  /// The numbers of decimals that occur, up to 31.
  var decimalCounts: Set<Int> { Set((0..<32).filter { decimalBits >> UInt32($0) & 1 == 1 }) }

  /// Only those shapes that occur.
  var datesByShape: [WrittenDate.Shape: Count] {
    [.yearFirst: yearFirst, .yearLast: yearLast, .compact: compact].filter { $1.texts > 0 }
  }

  /// More texts than this that are no numbers, or no dates, are no codes for missing, but values.
  static let mostMissingCodes = 4

  /// Adds a text. What the texts before have ruled out is not looked at again, unless a type is prescribed.
  mutating func add(_ text: UnsafeBufferPointer<UInt8>, rows: Int, isPrescribed: Bool) {
    if !isPrescribed, codeLike.texts < present.texts {
      present.add(rows)
    } else {
      present.add(rows)
      if ColumnTally.isCodeLike(text) { codeLike.add(rows) }
    }
    if present.texts <= 3 { words.insert(String(decoding: text, as: UTF8.self).lowercased()) }
    let mayBeNumbers = isPrescribed || notNumbers.count.texts <= ColumnTally.mostMissingCodes
    let mayBeDates = isPrescribed || notDates.count.texts <= ColumnTally.mostMissingCodes
    if mayBeNumbers {
      if let plain = PlainNumber(text) { return addPlain(plain, text, rows) }
      addNumber(text, rows)
    }
    // A column of numbers may look like dates all the same, but for some.
    if mayBeDates || mayBeNumbers { addDate(text, rows) }
  }

  /// A plain number, which is a date only where it has eight digits.
  private mutating func addPlain(
    _ number: PlainNumber, _ text: UnsafeBufferPointer<UInt8>, _ rows: Int
  ) {
    numbers.add(rows)
    decimalBits |= 1 << UInt32(number.decimalCount)
    mostWholeDigits = max(mostWholeDigits, number.wholeDigitCount)
    if number.decimalCount == 0 {
      if number.units.magnitude > 1 << 53 { isBeyondExactDouble = true }
    } else if number.hasTrailingZero {
      traits.insert(number.decimalCount == 1 ? .pointZero : .trailingZero)
      if trailingZeroExample == nil { trailingZeroExample = String(decoding: text, as: UTF8.self) }
    }
    if number.decimalCount == 0, number.wholeDigitCount == 8 {
      addDate(text, rows)
    } else {
      notDates.add(text, rows: rows)
    }
  }

  private mutating func addNumber(_ text: UnsafeBufferPointer<UInt8>, _ rows: Int) {
    guard let number = WrittenNumber(text) else { return notNumbers.add(text, rows: rows) }
    numbers.add(rows)
    traits.formUnion(number.traits)
    decimalBits |= 1 << UInt32(min(number.decimalCount, 31))
    mostWholeDigits = max(mostWholeDigits, number.wholeDigitCount)
    if number.units.magnitude > 1 << 53, number.decimalCount == 0 { isBeyondExactDouble = true }
    if trailingZeroExample == nil, !number.traits.isDisjoint(with: [.trailingZero, .pointZero]) {
      trailingZeroExample = String(decoding: text, as: UTF8.self)
    }
  }

  private mutating func addDate(_ text: UnsafeBufferPointer<UInt8>, _ rows: Int) {
    guard let date = WrittenDate(text) else { return notDates.add(text, rows: rows) }
    switch date.shape {
    case .yearFirst:
      guard date.day(nil) != nil else { return notDates.add(text, rows: rows) }
    case .compact:
      guard let day = date.day(.compact), (1900...2100).contains(day.year) else {
        return notDates.add(text, rows: rows)
      }
    case .yearLast:
      let isMonthFirst = date.day(.monthDayYear) != nil
      let isDayFirst = date.day(.dayMonthYear) != nil
      guard isMonthFirst || isDayFirst else { return notDates.add(text, rows: rows) }
      if isMonthFirst { fitsMonthFirst.add(rows) }
      if isDayFirst { fitsDayFirst.add(rows) }
      if isMonthFirst, isDayFirst, !date.readsAlike {
        differs.add(rows)
        if ambiguousExample == nil { ambiguousExample = String(decoding: text, as: UTF8.self) }
      }
    }
    switch date.shape {
    case .yearFirst: yearFirst.add(rows)
    case .yearLast: yearLast.add(rows)
    case .compact: compact.add(rows)
    }
    if let seconds = date.seconds, seconds != 0 { hasTimeOfDay = true }
  }

  /// Takes in the tally of the texts that come next.
  ///
  /// Where texts have ruled out a reading in one of the two, it stays ruled out; the counts of what
  /// was not looked at again are then too low in either.
  mutating func append(_ next: ColumnTally) {
    if present.texts < 3 { words.formUnion(next.words) }
    present.append(next.present)
    numbers.append(next.numbers)
    traits.formUnion(next.traits)
    decimalBits |= next.decimalBits
    mostWholeDigits = max(mostWholeDigits, next.mostWholeDigits)
    isBeyondExactDouble = isBeyondExactDouble || next.isBeyondExactDouble
    notNumbers.append(next.notNumbers)
    trailingZeroExample = trailingZeroExample ?? next.trailingZeroExample
    yearFirst.append(next.yearFirst)
    yearLast.append(next.yearLast)
    compact.append(next.compact)
    fitsMonthFirst.append(next.fitsMonthFirst)
    fitsDayFirst.append(next.fitsDayFirst)
    differs.append(next.differs)
    hasTimeOfDay = hasTimeOfDay || next.hasTimeOfDay
    notDates.append(next.notDates)
    ambiguousExample = ambiguousExample ?? next.ambiguousExample
    codeLike.append(next.codeLike)
  }

  static func isCodeLike(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var digits = 0
    var letters = 0
    for byte in text {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
        letters += 1
      case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "_"),
        UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ":"), UInt8(ascii: "#"):
        break
      default: return false
      }
    }
    return digits > 0 && digits >= letters
  }
}
