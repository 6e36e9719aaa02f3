/// A number as it was written: `1,400`, `39%`, `100k`, `$1,200`, `1.5m`.
package struct NumberLiteral: Hashable, Sendable {
  /// Digits with an optional sign and point, thousands marks and suffixes worked in: `1500000`.
  package let plain: String
  package let isPercent: Bool
  /// As it stands in the text.
  package let written: String

  /// number = ( [ "-" | "$" ], digit, { digit }, { thousands }, [ ".", digit, { digit } ]
  ///   | ".", digit, { digit } ), [ "k" | "m" | "%" ] ;
  package init?(_ word: String) {
    written = word
    var text = Substring(word)
    if text.hasPrefix("$") { text = text.dropFirst() }
    isPercent = text.hasSuffix("%")
    if isPercent { text = text.dropLast() }
    var shift = 0
    if !isPercent, let last = text.last {
      shift = ["k": 3, "K": 3, "m": 6, "M": 6][last] ?? 0
      if shift > 0 { text = text.dropLast() }
    }
    let sign = text.hasPrefix("-") ? "-" : ""
    if !sign.isEmpty { text = text.dropFirst() }
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, parts.count < 2 || !parts[1].isEmpty || shift > 0 else {
      return nil
    }
    let digits = whole.filter { $0 != "," }
    var fraction = parts.count > 1 ? String(parts[1]) : ""
    guard NumberLiteral.isDigits(digits + fraction), !(digits + fraction).isEmpty else {
      return nil
    }
    var integer = String(digits)
    for _ in 0..<shift { integer += fraction.isEmpty ? "0" : String(fraction.removeFirst()) }
    if integer.isEmpty { integer = "0" }
    plain = sign + integer + (fraction.isEmpty ? "" : "." + fraction)
  }

  private static func isDigits(_ text: String) -> Bool {
    text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  /// The number; a percentage is divided by 100.
  package var double: Double {
    let number = Double(plain) ?? 0
    return isPercent ? number / 100 : number
  }

  /// The number if it is whole and no percentage.
  package var integer: Int? { isPercent ? nil : Int(plain) }
}

/// A date or a longer period as it was written: `2021`, `2021-Q2`, `2021-04`, `2021-04-01`.
package struct PeriodLiteral: Hashable, Sendable {
  package let year: Int
  package let quarter: Int?
  package let month: Int?
  package let day: Int?
  /// As it stands in the text.
  package let written: String

  /// date = year, [ "-", ( "Q", quarter | month, [ "-", day ] ) ] ;
  ///
  /// year = ( "1" | "2" ), digit, digit, digit ;
  ///
  /// quarter = "1" | "2" | "3" | "4" ;
  ///
  /// month = "1", [ "0" | "1" | "2" ] | [ "0" ], nonzero ;
  ///
  /// day = ( "1" | "2" ), [ digit ] | "3", [ "0" | "1" ] | [ "0" ], nonzero ;
  ///
  /// nonzero = "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" ;
  package init?(_ word: String) {
    written = word
    let parts = word.split(separator: "-", omittingEmptySubsequences: false)
    guard let first = parts.first, first.count == 4, let year = Int(first),
      (1000...2999).contains(year), parts.count <= 3
    else { return nil }
    self.year = year
    guard parts.count > 1 else {
      (quarter, month, day) = (nil, nil, nil)
      return
    }
    if parts.count == 2, let mark = parts[1].first, mark == "Q" || mark == "q" {
      guard let quarter = Int(parts[1].dropFirst()), (1...4).contains(quarter) else { return nil }
      (self.quarter, month, day) = (quarter, nil, nil)
      return
    }
    guard let month = Int(parts[1]), parts[1].count <= 2, (1...12).contains(month) else {
      return nil
    }
    quarter = nil
    self.month = month
    guard parts.count == 3 else {
      day = nil
      return
    }
    guard let day = Int(parts[2]), parts[2].count <= 2, (1...31).contains(day) else { return nil }
    self.day = day
  }

  /// The same time, written as the name that stands for it.
  func named(_ name: String) -> PeriodLiteral { PeriodLiteral(copying: self, written: name) }

  private init(copying literal: PeriodLiteral, written: String) {
    (year, quarter, month, day) = (literal.year, literal.quarter, literal.month, literal.day)
    self.written = written
  }
}
