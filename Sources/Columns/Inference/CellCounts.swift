/// How many cells of a column are numbers and dates, and what they are like: all that decides its type, but for the
/// kinds of words.
///
/// It does not matter whether equal texts are counted once with their rows or one by one: what decides are rows, and
/// whether there is any.
struct CellCounts: Hashable, Sendable {
  /// Cells that are not empty.
  var present = 0
  var numbers = 0
  var traits: WrittenNumber.Traits = []
  /// The numbers of decimals that occur, up to 31: bit by bit.
  var decimalBits: UInt32 = 0
  var mostWholeDigits = 0
  /// Dates with the year first, with the year last, of eight digits.
  var yearFirst = 0
  var yearLast = 0
  var compact = 0
  var fitsMonthFirst = 0
  var fitsDayFirst = 0
  /// Dates that are others as month/day than as day/month.
  var differs = 0
  var hasTimeOfDay = false

  var dates: Int { yearFirst + yearLast + compact }

  /// Whether all are neither numbers nor dates, and there are any.
  var areWords: Bool { present > 0 && numbers == 0 && dates == 0 }

  init() {}

  /// One cell.
  init(of text: UnsafeBufferPointer<UInt8>) {
    guard !text.isEmpty else { return }
    var tally = ColumnTally()
    tally.add(text, rows: 1, isPrescribed: true)
    self = tally.cells
  }

  /// Adds cells, each of them so many times.
  mutating func append(_ next: CellCounts, times: Int = 1) {
    guard times > 0 else { return }
    present += next.present * times
    numbers += next.numbers * times
    traits.formUnion(next.traits)
    decimalBits |= next.decimalBits
    mostWholeDigits = max(mostWholeDigits, next.mostWholeDigits)
    yearFirst += next.yearFirst * times
    yearLast += next.yearLast * times
    compact += next.compact * times
    fitsMonthFirst += next.fitsMonthFirst * times
    fitsDayFirst += next.fitsDayFirst * times
    differs += next.differs * times
    hasTimeOfDay = hasTimeOfDay || next.hasTimeOfDay
  }
}
