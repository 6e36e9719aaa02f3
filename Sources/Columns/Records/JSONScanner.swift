/// Why a scanner could not go on.
enum JSONStop: Error {
  /// The bytes end inside a value; more of them may follow.
  case ended
  /// The bytes are no JSON.
  case broken(at: Int, Fault)

  /// What was found, in words that complete "line 3: …".
  enum Fault: String, Hashable, Sendable {
    case value = "a value is expected here"
    case key = "a key in quotes is expected here"
    case colon = "a colon is expected after the key"
    case comma = "a comma or the end of the list or object is expected here"
    case number = "a number is not written as JSON writes one"
    case escape = "there is no such escape in a JSON text"
    case control = "a text holds a line break or control character that is not escaped"
    case deep = "lists and objects are nested too deeply"
    case more = "more follows where the value should have ended"
    case cut = "it ends in the middle of a value"
  }
}

/// A text of a JSON document, between its quotes.
struct JSONText {
  var bytes: Range<Int>
  var hasEscapes: Bool
}

/// Walks over JSON (RFC 8259) in a stretch of memory, which the owner keeps alive.
///
/// `NaN` and `Infinity`, which some writers put out, are let pass as numbers.
///
/// **Complexity**: each byte is looked at once, without allocation.
struct JSONScanner {
  /// What a value begins like.
  enum Kind {
    case object, list, text, number, notFinite, yes, no, null
  }

  static let deepest = 256

  let bytes: UnsafePointer<UInt8>
  let end: Int
  var position: Int

  init(_ bytes: UnsafePointer<UInt8>, _ range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  /// The next byte that is not white space, where the scanner then stands.
  @inline(__always)
  mutating func peek() throws(JSONStop) -> UInt8 {
    while position < end {
      let byte = bytes[position]
      if byte > 0x20 || !JSONScanner.isSpace(byte) { return byte }
      position &+= 1
    }
    throw .ended
  }

  /// Whether nothing but white space is left.
  mutating func isAtEnd() -> Bool {
    while position < end, JSONScanner.isSpace(bytes[position]) { position += 1 }
    return position == end
  }

  @inline(__always)
  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  /// Passes a byte that is expected.
  @inline(__always)
  mutating func pass(_ byte: Unicode.Scalar, or fault: JSONStop.Fault) throws(JSONStop) {
    guard try peek() == UInt8(ascii: byte) else { throw .broken(at: position, fault) }
    position &+= 1
  }

  /// Passes a comma, or the closing bracket; whether it was the comma.
  @inline(__always)
  mutating func passComma(orEnd closing: Unicode.Scalar) throws(JSONStop) -> Bool {
    let byte = try peek()
    guard byte == UInt8(ascii: ",") || byte == UInt8(ascii: closing) else {
      throw .broken(at: position, .comma)
    }
    position &+= 1
    return byte == UInt8(ascii: ",")
  }

  /// What the value here begins like.
  @inline(__always)
  mutating func kind() throws(JSONStop) -> Kind {
    switch try peek() {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .list
    case UInt8(ascii: "\""): return .text
    case UInt8(ascii: "t"): return .yes
    case UInt8(ascii: "f"): return .no
    case UInt8(ascii: "n"): return .null
    case UInt8(ascii: "N"), UInt8(ascii: "I"): return .notFinite
    case UInt8(ascii: "-"):
      guard position + 1 < end else { throw .ended }
      return bytes[position + 1] == UInt8(ascii: "I") ? .notFinite : .number
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
    default: throw .broken(at: position, .value)
    }
  }

  // MARK: - Values

  /// Passes a text, whose opening quote stands here.
  @inline(__always)
  mutating func text() throws(JSONStop) -> JSONText {
    let start = position &+ 1
    var hasEscapes = false
    position = start
    while position < end {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        position &+= 1
        return JSONText(bytes: start..<position &- 1, hasEscapes: hasEscapes)
      }
      if byte < 0x20 { throw .broken(at: position, .control) }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        try passEscape()
      } else {
        position &+= 1
      }
    }
    throw .ended
  }

  private mutating func passEscape() throws(JSONStop) {
    guard position + 1 < end else { throw .ended }
    switch bytes[position + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 2
    case UInt8(ascii: "u"):
      guard position + 5 < end else { throw .ended }
      for offset in 2...5 where JSONScanner.hexDigit(bytes[position + offset]) == nil {
        throw .broken(at: position, .escape)
      }
      position += 6
    default: throw .broken(at: position, .escape)
    }
  }

  static func hexDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
  }

  /// Passes a number; its bytes.
  mutating func number() throws(JSONStop) -> Range<Int> {
    let start = position
    if byte == UInt8(ascii: "-") { position += 1 }
    let whole = position
    guard passDigits() else { throw numberStop(start) }
    if position - whole > 1, bytes[whole] == UInt8(ascii: "0") { throw .broken(at: start, .number) }
    if byte == UInt8(ascii: ".") {
      position += 1
      guard passDigits() else { throw numberStop(start) }
    }
    if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
      position += 1
      if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { position += 1 }
      guard passDigits() else { throw numberStop(start) }
    }
    return start..<position
  }

  private var byte: UInt8 { position < end ? bytes[position] : 0 }

  private func numberStop(_ start: Int) -> JSONStop {
    position < end ? .broken(at: start, .number) : .ended
  }

  private mutating func passDigits() -> Bool {
    let start = position
    while position < end, bytes[position] &- UInt8(ascii: "0") < 10 { position &+= 1 }
    return position > start
  }

  /// Passes one of the words of JSON.
  mutating func word(_ kind: Kind) throws(JSONStop) {
    switch kind {
    case .yes: try pass("true")
    case .no: try pass("false")
    case .null: try pass("null")
    default:
      if byte == UInt8(ascii: "-") { position += 1 }
      try pass(byte == UInt8(ascii: "I") ? "Infinity" : "NaN")
    }
  }

  private mutating func pass(_ word: StaticString) throws(JSONStop) {
    for offset in 0..<word.utf8CodeUnitCount {
      guard position + offset < end else { throw .ended }
      guard bytes[position + offset] == word.utf8Start[offset] else {
        throw .broken(at: position, .value)
      }
    }
    position += word.utf8CodeUnitCount
  }

  /// Passes any value.
  mutating func skipValue(depth: Int = 0) throws(JSONStop) {
    guard depth < JSONScanner.deepest else { throw .broken(at: position, .deep) }
    let kind = try kind()
    switch kind {
    case .text: _ = try text()
    case .number: _ = try number()
    case .yes, .no, .null, .notFinite: try word(kind)
    case .list:
      position += 1
      if try peek() == UInt8(ascii: "]") {
        position += 1
        return
      }
      repeat { try skipValue(depth: depth + 1) } while try passComma(orEnd: "]")
    case .object:
      position += 1
      if try peek() == UInt8(ascii: "}") {
        position += 1
        return
      }
      repeat {
        _ = try key()
        try skipValue(depth: depth + 1)
      } while try passComma(orEnd: "}")
    }
  }

  /// Passes a key and its colon.
  @inline(__always)
  mutating func key() throws(JSONStop) -> JSONText {
    guard try peek() == UInt8(ascii: "\"") else { throw .broken(at: position, .key) }
    let key = try text()
    try pass(":", or: .colon)
    return key
  }
}
