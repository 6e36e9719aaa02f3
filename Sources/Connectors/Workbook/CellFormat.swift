internal import Columns

/// What a cell's number stands for, by its number format.
enum CellFormat: Hashable, Sendable {
  case number
  /// Leading zeros up to this many digits: `00000` for a ZIP code.
  case padded(Int)
  case date, time, dateTime
  /// Hours that may be more than 24: `[h]:mm`.
  case elapsed

  /// The format that a workbook refers to by a number and doesn't write out.
  ///
  /// **Reference**: ECMA-376 part 1, section 18.8.30, with the East Asian ones.
  init(builtIn number: Int) {
    switch number {
    case 14...17, 27...31, 36, 50...54, 57, 58: self = .date
    case 18...21, 32...35, 45, 47, 55, 56: self = .time
    case 22: self = .dateTime
    case 46: self = .elapsed
    default: self = .number
    }
  }

  /// A format as it is written: `yyyy-mm-dd`, `0.00`, `[$-409]m/d/yy h:mm AM/PM;@`.
  init(code: String) {
    var letters = Letters()
    letters.read(Array(code.lowercased().utf8))
    let hasClock = letters.found.contains("h") || letters.found.contains("s")
    let hasDay = letters.found.contains("y") || letters.found.contains("d")
    let hasDate = hasDay || (letters.found.contains("m") && !hasClock)
    if letters.isElapsed {
      self = .elapsed
    } else if hasDate {
      self = hasClock ? .dateTime : .date
    } else if hasClock {
      self = .time
    } else if letters.zeroCount > 1, letters.zeroCount == letters.count {
      self = .padded(letters.zeroCount)
    } else {
      self = .number
    }
  }

  /// The letters of a format's first part that are not text to be shown.
  private struct Letters {
    var found: Set<Character> = []
    var isElapsed = false
    var zeroCount = 0
    var count = 0

    mutating func read(_ code: [UInt8]) {
      if code.elementsEqual("general".utf8) { return }
      var position = 0
      while position < code.count, code[position] != UInt8(ascii: ";") {
        let letter = Character(Unicode.Scalar(code[position]))
        switch letter {
        case "\"": position = end(of: "\"", code, position)
        case "[":
          let end = end(of: "]", code, position)
          let inside = code[(position + 1)..<min(end, code.count)]
          let isClock = inside.allSatisfy { "hms".utf8.contains($0) } && !inside.isEmpty
          isElapsed = isElapsed || isClock
          position = end
        case "\\", "_", "*": position += 1
        case "e" where position + 1 < code.count && "+-".utf8.contains(code[position + 1]):
          position += 1
        default:
          count += 1
          found.insert(letter)
          if letter == "0" { zeroCount += 1 }
        }
        position += 1
      }
    }

    private func end(of closing: Unicode.Scalar, _ code: [UInt8], _ start: Int) -> Int {
      code[(start + 1)...].firstIndex(of: UInt8(ascii: closing)) ?? code.count
    }
  }
}

/// How a workbook counts days.
enum Epoch: Hashable, Sendable {
  /// Day 1 is 1900-01-01, and there is a day 60, 1900-02-29, that never was.
  case year1900
  /// Day 0 is 1904-01-01.
  case year1904

  /// The date or time of a number, as ISO 8601 writes it; nothing where it stands for none.
  func text(of serial: Double, _ format: CellFormat) -> String? {
    guard serial >= 0, serial < 2_958_466 else { return nil }
    let milliseconds = Int((serial * 86_400_000).rounded())
    let (days, rest) = (milliseconds / 86_400_000, milliseconds % 86_400_000)
    switch format {
    case .number, .padded: return nil
    case .elapsed: return Epoch.clock(milliseconds, isPadded: false)
    case .time where days == 0: return Epoch.clock(rest, isPadded: true)
    case .date, .dateTime, .time:
      guard let day = day(days) else { return nil }
      let hasClock = format != .date || rest != 0
      return hasClock ? "\(day) \(Epoch.clock(rest, isPadded: true))" : "\(day)"
    }
  }

  /// The last day that is written with a year of four digits.
  private static let lastDay = 2_932_896

  private func day(_ serial: Int) -> Day? {
    switch self {
    case .year1904:
      serial - 24_107 <= Epoch.lastDay ? Day(number: serial - 24_107) : nil
    case .year1900 where serial > 60: Day(number: serial - 25_569)
    case .year1900 where serial > 0 && serial < 60: Day(number: serial - 25_568)
    case .year1900: nil
    }
  }

  private static func clock(_ milliseconds: Int, isPadded: Bool) -> String {
    let seconds = milliseconds / 1000
    let hours = String(seconds / 3600)
    let fraction = milliseconds % 1000
    return (isPadded ? padded(hours, 2) : hours)
      + ":" + padded(String(seconds / 60 % 60), 2) + ":" + padded(String(seconds % 60), 2)
      + (fraction == 0 ? "" : "." + padded(String(fraction), 3))
  }

  static func padded(_ digits: String, _ count: Int) -> String {
    String(repeating: "0", count: max(0, count - digits.count)) + digits
  }
}
