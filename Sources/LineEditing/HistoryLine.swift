/// One line of the history file: `{"time":1700000000,"text":"count drug"}`.
struct HistoryLine: Equatable {
  /// Seconds since 1970.
  let time: Int
  let text: String

  init(time: Int, text: String) {
    self.time = time
    self.text = text
  }

  var json: String {
    var quoted = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "\u{00}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return "{\"time\":\(time),\"text\":\"\(quoted)\"}"
  }

  /// Reads a line in exactly the form that `json` writes; any other line is left out of the
  /// history.
  init?(json line: String) {
    let head = "{\"time\":"
    let middle = ",\"text\":\""
    guard line.hasPrefix(head), line.hasSuffix("\"}"),
      let comma = line.firstIndex(of: ","),
      let time = Int(line[line.index(line.startIndex, offsetBy: head.count)..<comma]),
      line[comma...].hasPrefix(middle)
    else { return nil }
    let start = line.index(comma, offsetBy: middle.count)
    let end = line.index(line.endIndex, offsetBy: -2)
    guard start <= end, let text = Self.unescaped(line[start..<end]) else { return nil }
    self.init(time: time, text: text)
  }

  private static func unescaped(_ quoted: Substring) -> String? {
    var text = String.UnicodeScalarView()
    var scalars = quoted.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      guard scalar == "\\" else {
        text.append(scalar)
        continue
      }
      switch scalars.next() {
      case "n": text.append("\n")
      case "t": text.append("\t")
      case let plain? where plain == "\"" || plain == "\\": text.append(plain)
      case "u":
        let digits = (0..<4).compactMap { _ in scalars.next().map(Character.init) }
        guard digits.count == 4, let value = UInt32(String(digits), radix: 16),
          let control = Unicode.Scalar(value)
        else { return nil }
        text.append(control)
      default: return nil
      }
    }
    return String(text)
  }
}
