/// A JSON value; a number keeps its digits, so that no whole number passes through a double.
package indirect enum WireJSON: Hashable, Sendable {
  case null
  case boolean(Bool)
  /// As it is written: `412`, `17.50`, `1e-7`.
  case number(String)
  case text(String)
  case array([WireJSON])
  case object([Member])

  /// A name and its value, in the order of writing.
  package struct Member: Hashable, Sendable {
    package let name: String
    package let value: WireJSON

    package init(_ name: String, _ value: WireJSON) {
      self.name = name
      self.value = value
    }
  }

  package init(_ number: Int) {
    self = .number(String(number))
  }

  package init(texts: some Sequence<String>) {
    self = .array(texts.map(WireJSON.text))
  }

  /// The value of a member; the last where a name stands twice, nothing where it is not there.
  package subscript(name: String) -> WireJSON? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name == name }?.value
  }

  package var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  package var boolean: Bool? {
    if case .boolean(let boolean) = self { boolean } else { nil }
  }

  /// A whole number that fits.
  package var integer: Int? {
    if case .number(let digits) = self { Int(digits) } else { nil }
  }

  package var array: [WireJSON]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  package var members: [Member]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// The texts of an array of texts; nothing where another value is among them.
  package var texts: [String]? {
    guard let array else { return nil }
    let texts = array.compactMap(\.text)
    return texts.count == array.count ? texts : nil
  }
}

extension WireJSON {
  /// Reads one value from the bytes of a whole line.
  ///
  /// Errors: `WireFault` where it is no JSON, no UTF-8 or too deep.
  package init(line: [UInt8]) throws {
    self = try line.withUnsafeBufferPointer { bytes in
      var reader = WireReader(bytes)
      try reader.checkUTF8()
      let value = try reader.value()
      try reader.end()
      return value
    }
  }

  /// The value on one line, without spaces and without the line break.
  package var line: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return bytes
  }

  func write(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes += "null".utf8
    case .boolean(let boolean): bytes += (boolean ? "true" : "false").utf8
    case .number(let digits): bytes += digits.utf8
    case .text(let text): WireJSON.write(text, to: &bytes)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        element.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        WireJSON.write(member.name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.value.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  static func write(_ text: String, to bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { write($0, to: &bytes) }
  }

  /// A text in quotes; control characters are written by their numbers.
  static func write(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    var start = 0
    for (index, byte) in text.enumerated()
    where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
      start = index + 1
      switch byte {
      case UInt8(ascii: "\n"): bytes += "\\n".utf8
      case UInt8(ascii: "\t"): bytes += "\\t".utf8
      case UInt8(ascii: "\r"): bytes += "\\r".utf8
      case ..<0x20: bytes += ("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16)).utf8
      default:
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      }
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    bytes.append(UInt8(ascii: "\""))
  }
}
