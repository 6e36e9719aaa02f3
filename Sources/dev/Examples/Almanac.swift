/// The days of 2017 to 2024, numbered from 2017-01-01.
enum Almanac {
  static let firstYear = 2017
  private static let lastYear = 2024

  private static let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

  /// Every day as written in the files: `2017-01-01` first.
  private static let texts: [String] = (firstYear...lastYear).flatMap { year in
    (1...12).flatMap { month in
      (1...length(ofMonth: month, in: year)).map { day in
        "\(year)-\(padded(month, 2))-\(padded(day, 2))"
      }
    }
  }

  private static let ordinals = Dictionary(
    uniqueKeysWithValues: texts.enumerated().map { ($1, $0) })

  /// The number of a day written as `2020-08-31`.
  static func day(_ text: String) -> Int {
    guard let ordinal = ordinals[text] else {
      preconditionFailure("\(text) is no day of \(firstYear) to \(lastYear)")
    }
    return ordinal
  }

  static func text(_ day: Int) -> String { texts[day] }

  static func year(_ day: Int) -> Int { Int(texts[day].prefix(4)) ?? firstYear }

  static func length(ofMonth month: Int, in year: Int) -> Int {
    month == 2 && year.isMultiple(of: 4) ? 29 : lengths[month - 1]
  }

  /// Saturday or Sunday; 2017-01-01 was a Sunday.
  static func isWeekend(_ day: Int) -> Bool { day % 7 == 0 || day % 7 == 6 }

  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
