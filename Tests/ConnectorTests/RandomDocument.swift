/// Makes JSON documents at random: what they say, and one of the ways to write that.
struct RandomDocument {
  /// A value as the document should be read.
  indirect enum Value {
    case text(String)
    case number(String)
    case boolean(Bool)
    case null
    case list([Value])
    case object([(key: String, value: Value)])
  }

  private var state: UInt64

  init(seed: UInt64) { state = seed }

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[below(elements.count)]
  }

  private static let keys = ["a", "b", "caf\u{E9}", "e f", "id", "\u{1F600}", "q\"t", "x\\y"]
  private static let pieces = [
    "", "x", "Smith", "\u{E9}", "\u{4E16}\u{754C}", "\u{1F680}", "\"", "\\", "/", "\n", "\t",
    "\u{8}", "\u{C}", "\r", "\u{1}", "}", "]", ",", ": ", "e\u{301}",
  ]
  private static let numbers = [
    "0", "-0", "7", "-13", "1.50", "0.001", "1e5", "2E-3", "1.25e+2", "123456789012", "-0.5",
  ]

  private mutating func value(depth: Int) -> Value {
    switch below(depth > 2 ? 6 : 9) {
    case 0, 1: return .text((0..<below(4)).map { _ in pick(Self.pieces) }.joined())
    case 2, 3: return .number(pick(Self.numbers))
    case 4: return .boolean(below(2) == 0)
    case 5: return .null
    case 6: return .list((0..<below(3)).map { _ in value(depth: depth + 1) })
    default: return object(depth: depth + 1)
    }
  }

  mutating func object(depth: Int = 0) -> Value {
    var members: [(key: String, value: Value)] = []
    for key in Self.keys where below(2) == 0 {
      members.insert((key, value(depth: depth)), at: below(members.count + 1))
    }
    return .object(members)
  }

  // MARK: - Writing

  private mutating func space() -> String { pick(["", "", "", " ", "\n", "\t ", "\r\n"]) }

  /// - Parameter isOnOneLine: no line break between the parts.
  mutating func written(_ value: Value, isOnOneLine: Bool) -> String {
    let gap = isOnOneLine ? pick(["", " "]) : space()
    switch value {
    case .text(let text): return quoted(text)
    case .number(let text): return text
    case .boolean(let truth): return truth ? "true" : "false"
    case .null: return "null"
    case .list(let values):
      let parts = values.map { written($0, isOnOneLine: isOnOneLine) }
      return "[" + gap + parts.joined(separator: gap + "," + gap) + gap + "]"
    case .object(let members):
      let parts = members.map {
        quoted($0.key) + gap + ":" + gap + written($0.value, isOnOneLine: isOnOneLine)
      }
      return "{" + gap + parts.joined(separator: gap + "," + gap) + gap + "}"
    }
  }

  private mutating func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += pick(["\\\"", "\\u0022"])
      case "\\": result += pick(["\\\\", "\\u005c"])
      case "/": result += pick(["/", "\\/"])
      case "\n": result += pick(["\\n", "\\u000A"])
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case "\u{8}": result += "\\b"
      case "\u{C}": result += "\\f"
      case _ where scalar.value < 0x20 || below(6) == 0: result += escaped(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private func escaped(_ scalar: Unicode.Scalar) -> String {
    String(scalar).utf16.map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
  }
}
