/// Reads the bytes of one line from left to right.
struct WireReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var place = 0
  private var depth = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  /// Lines without letters beyond ASCII, which most are, are passed eight bytes at a time.
  func checkUTF8() throws {
    var index = 0
    var isASCII = true
    let raw = UnsafeRawBufferPointer(bytes)
    while isASCII, index + 8 <= raw.count {
      isASCII =
        raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      index += 8
    }
    if isASCII, !bytes[index...].contains(where: { $0 >= 0x80 }) { return }
    if String(validating: bytes, as: UTF8.self) == nil { throw WireFault("is no UTF-8") }
  }

  // MARK: Values

  mutating func value() throws -> WireJSON {
    switch try peek() {
    case UInt8(ascii: "{"):
      var members: [WireJSON.Member] = []
      try object { reader, name in members.append(WireJSON.Member(name, try reader.value())) }
      return .object(members)
    case UInt8(ascii: "["):
      var elements: [WireJSON] = []
      try array { elements.append(try $0.value()) }
      return .array(elements)
    case UInt8(ascii: "\""):
      var text: [UInt8] = []
      try readText(into: &text)
      return .text(String(decoding: text, as: UTF8.self))
    case UInt8(ascii: "t"):
      try word("true")
      return .boolean(true)
    case UInt8(ascii: "f"):
      try word("false")
      return .boolean(false)
    case UInt8(ascii: "n"):
      try word("null")
      return .null
    default:
      return .number(String(decoding: try number(), as: UTF8.self))
    }
  }

  /// Each member of an object: its name, and its value for the body to read.
  mutating func object(_ body: (inout WireReader, String) throws -> Void) throws {
    try enter(UInt8(ascii: "{"))
    if try peek() == UInt8(ascii: "}") { return leave() }
    while true {
      var name: [UInt8] = []
      guard try peek() == UInt8(ascii: "\"") else { throw fault("a name in quotes is due") }
      try readText(into: &name)
      guard try peek() == UInt8(ascii: ":") else { throw fault("a colon is due") }
      place += 1
      try body(&self, String(decoding: name, as: UTF8.self))
      if try isLast(UInt8(ascii: "}")) { return leave() }
    }
  }

  /// Each element of an array, for the body to read.
  mutating func array(_ body: (inout WireReader) throws -> Void) throws {
    try enter(UInt8(ascii: "["))
    if try peek() == UInt8(ascii: "]") { return leave() }
    while true {
      try body(&self)
      if try isLast(UInt8(ascii: "]")) { return leave() }
    }
  }

  /// Nothing but white space may follow.
  mutating func end() throws {
    skipSpace()
    if place < bytes.count { throw fault("more follows") }
  }

  // MARK: Rows

  /// Reads an array of rows, each an array of plain values, into a batch.
  mutating func rows(into batch: inout RowBatch) throws {
    try array { reader in
      try reader.array { try $0.cell(into: &batch) }
      batch.endRow()
    }
  }

  private mutating func cell(into batch: inout RowBatch) throws {
    switch try peek() {
    case UInt8(ascii: "\""):
      try readText(into: &batch.bytes)
      batch.endCell(.text)
    case UInt8(ascii: "n"):
      try word("null")
      batch.endCell(.null)
    case UInt8(ascii: "t"):
      try word("true")
      batch.append(true)
    case UInt8(ascii: "f"):
      try word("false")
      batch.append(false)
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      throw fault("a cell holds a plain value")
    default:
      batch.bytes.append(contentsOf: try number())
      batch.endCell(.number)
    }
  }

  // MARK: Pieces

  private mutating func skipSpace() {
    while place < bytes.count {
      let byte = bytes[place]
      guard byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A else { return }
      place += 1
    }
  }

  /// The next byte that is no white space.
  mutating func peek() throws -> UInt8 {
    skipSpace()
    guard place < bytes.count else { throw WireFault("is cut off") }
    return bytes[place]
  }

  private mutating func enter(_ bracket: UInt8) throws {
    guard try peek() == bracket else {
      throw fault("`\(Character(UnicodeScalar(bracket)))` is due")
    }
    place += 1
    depth += 1
    if depth > WireVersion.depthLimit {
      throw WireFault("holds more than \(WireVersion.depthLimit) brackets in one another")
    }
  }

  private mutating func leave() {
    place += 1
    depth -= 1
  }

  private mutating func isLast(_ bracket: UInt8) throws -> Bool {
    let byte = try peek()
    if byte == bracket { return true }
    guard byte == UInt8(ascii: ",") else { throw fault("a comma is due") }
    place += 1
    return false
  }

  private mutating func word(_ word: StaticString) throws {
    let length = word.utf8CodeUnitCount
    guard place + length <= bytes.count else { throw WireFault("is cut off") }
    for index in 0..<length where bytes[place + index] != word.utf8Start[index] {
      throw fault("no value begins like this")
    }
    place += length
  }

  private mutating func number() throws -> UnsafeBufferPointer<UInt8> {
    let start = place
    if place < bytes.count, bytes[place] == UInt8(ascii: "-") { place += 1 }
    let first = place
    digits()
    guard place > first else { throw fault("no value begins like this") }
    if bytes[first] == UInt8(ascii: "0"), place > first + 1 {
      throw fault("a number begins with a nought")
    }
    if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
      place += 1
      let first = place
      digits()
      if place == first { throw fault("digits are due") }
    }
    if place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "e") {
      place += 1
      if place < bytes.count, bytes[place] == UInt8(ascii: "+") || bytes[place] == UInt8(ascii: "-")
      {
        place += 1
      }
      let first = place
      digits()
      if place == first { throw fault("digits are due") }
    }
    return UnsafeBufferPointer(rebasing: bytes[start..<place])
  }

  private mutating func digits() {
    while place < bytes.count, (0x30...0x39).contains(bytes[place]) { place += 1 }
  }

  /// Appends the text that stands in quotes here.
  private mutating func readText(into text: inout [UInt8]) throws {
    place += 1
    var start = place
    while place < bytes.count {
      let byte = bytes[place]
      if byte == UInt8(ascii: "\"") {
        text.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<place]))
        place += 1
        return
      }
      if byte == UInt8(ascii: "\\") {
        text.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<place]))
        place += 1
        try escape(into: &text)
        start = place
        continue
      }
      if byte < 0x20 { throw fault("a control character stands in a text") }
      place += 1
    }
    throw WireFault("is cut off")
  }

  private mutating func escape(into text: inout [UInt8]) throws {
    guard place < bytes.count else { throw WireFault("is cut off") }
    let byte = bytes[place]
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var code = try unit()
      if code & 0xFC00 == 0xD800, place + 1 < bytes.count, bytes[place] == UInt8(ascii: "\\"),
        bytes[place + 1] == UInt8(ascii: "u")
      {
        place += 2
        let low = try unit()
        guard low & 0xFC00 == 0xDC00 else { throw fault("half of a character") }
        code = 0x10000 + (code & 0x3FF) << 10 + low & 0x3FF
      }
      guard let scalar = UnicodeScalar(code) else { throw fault("half of a character") }
      text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    default: throw fault("a backslash stands before a character that needs none")
    }
  }

  private mutating func unit() throws -> UInt32 {
    guard place + 4 <= bytes.count else { throw WireFault("is cut off") }
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(UnicodeScalar(bytes[place])).hexDigitValue else {
        throw fault("four hexadecimal digits are due")
      }
      code = code << 4 | UInt32(digit)
      place += 1
    }
    return code
  }

  private func fault(_ what: String) -> WireFault {
    WireFault("is no JSON at byte \(place + 1): \(what)")
  }
}
