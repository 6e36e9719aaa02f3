internal import CADBC

/// How the cells of an Arrow array are stored, by the format in its schema (Arrow's documentation,
/// "The Arrow C data interface").
indirect enum ArrowLayout: Equatable {
  case missing
  case boolean
  case integer(bytes: Int, isSigned: Bool)
  case real(bytes: Int)
  /// Whole units of `1 / 10^scale`.
  case decimal(bytes: Int, scale: Int)
  /// Texts between offsets of 4 or 8 bytes.
  case text(offsetBytes: Int)
  /// Texts of which short ones stand in the view itself.
  case textView
  /// Days since 1970-01-01, or milliseconds.
  case days
  case milliseconds
  case time(unit: TimeUnit, bytes: Int)
  /// A moment; of UTC where there is a zone.
  case timestamp(unit: TimeUnit, zone: String)
  case dictionary(index: ArrowLayout, values: ArrowLayout)
  /// Bytes, lists, intervals and what else has no text.
  case other(String)

  enum TimeUnit: Int, Equatable {
    case second = 1
    case millisecond = 1000
    case microsecond = 1_000_000
    case nanosecond = 1_000_000_000

    init?(_ letter: Character?) {
      switch letter {
      case "s": self = .second
      case "m": self = .millisecond
      case "u": self = .microsecond
      case "n": self = .nanosecond
      default: return nil
      }
    }
  }

  init(of schema: ArrowSchema) {
    let format = schema.format.map { String(cString: $0) } ?? ""
    let layout = ArrowLayout(format: format)
    if let dictionary = schema.dictionary {
      self = .dictionary(index: layout, values: ArrowLayout(of: dictionary.pointee))
    } else {
      self = layout
    }
  }

  init(format: String) {
    switch format {
    case "n": self = .missing
    case "b": self = .boolean
    case "c": self = .integer(bytes: 1, isSigned: true)
    case "C": self = .integer(bytes: 1, isSigned: false)
    case "s": self = .integer(bytes: 2, isSigned: true)
    case "S": self = .integer(bytes: 2, isSigned: false)
    case "i": self = .integer(bytes: 4, isSigned: true)
    case "I": self = .integer(bytes: 4, isSigned: false)
    case "l": self = .integer(bytes: 8, isSigned: true)
    case "L": self = .integer(bytes: 8, isSigned: false)
    case "e": self = .real(bytes: 2)
    case "f": self = .real(bytes: 4)
    case "g": self = .real(bytes: 8)
    case "u": self = .text(offsetBytes: 4)
    case "U": self = .text(offsetBytes: 8)
    case "vu": self = .textView
    case "tdD": self = .days
    case "tdm": self = .milliseconds
    default: self = ArrowLayout(parameters: format)
    }
  }

  /// Formats with something behind a colon, and times.
  private init(parameters format: String) {
    if format.hasPrefix("d:") {
      let numbers = format.dropFirst(2).split(separator: ",").compactMap { Int($0) }
      let bits = numbers.count > 2 ? numbers[2] : 128
      if numbers.count >= 2, [32, 64, 128].contains(bits) {
        self = .decimal(bytes: bits / 8, scale: numbers[1])
        return
      }
    } else if format.hasPrefix("ts") {
      let rest = format.dropFirst(2)
      if let unit = TimeUnit(rest.first) {
        self = .timestamp(unit: unit, zone: String(rest.dropFirst(2)))
        return
      }
    } else if format.hasPrefix("tt"), let unit = TimeUnit(format.last) {
      self = .time(unit: unit, bytes: unit.rawValue <= 1000 ? 4 : 8)
      return
    }
    self = .other(format)
  }

  /// How many buffers an array of this layout has at least.
  var bufferCount: Int {
    switch self {
    case .missing, .other: 0
    case .text: 3
    case .dictionary(let index, _): index.bufferCount
    default: 2
    }
  }
}
