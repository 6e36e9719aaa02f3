/// A whole JSON document in memory; for descriptions, not for data.
package indirect enum JSONValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  /// A number keeps its text.
  case number(String)
  case text(String)
  case list([JSONValue])
  /// Members in the order of the document; a key that stands twice is there twice.
  case object([Member])

  /// A name and its value.
  package struct Member: Hashable, Sendable {
    package let key: String
    package let value: JSONValue
  }

  /// - Throws: `DelimitedProblem` with the line where the document is damaged.
  package init(_ document: [UInt8]) throws(DelimitedProblem) {
    let mark = document.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let result = document.withUnsafeBufferPointer { bytes -> Result<JSONValue, JSONStop> in
      guard let base = bytes.baseAddress else { return .failure(.ended) }
      var scanner = JSONScanner(base, mark..<bytes.count)
      do throws(JSONStop) {
        let value = try JSONValue(&scanner, depth: 0)
        guard scanner.isAtEnd() else { throw .broken(at: scanner.position, .more) }
        return .success(value)
      } catch {
        return .failure(error)
      }
    }
    switch result {
    case .success(let value): self = value
    case .failure(.ended): throw DelimitedProblem(.damaged, JSONStop.Fault.cut.rawValue)
    case .failure(.broken(let place, let fault)):
      let line = document[..<place].count { $0 == 0x0A } + 1
      throw DelimitedProblem(.damaged, fault.rawValue, line: line)
    }
  }

  private init(_ scanner: inout JSONScanner, depth: Int) throws(JSONStop) {
    guard depth < JSONScanner.deepest else { throw .broken(at: scanner.position, .deep) }
    let kind = try scanner.kind()
    switch kind {
    case .text: self = .text(JSONValue.string(try scanner.text(), scanner))
    case .number: self = .number(JSONValue.string(try scanner.number(), scanner))
    case .yes, .no:
      try scanner.word(kind)
      self = .boolean(kind == .yes)
    case .null:
      try scanner.word(kind)
      self = .null
    case .notFinite: throw .broken(at: scanner.position, .number)
    case .list:
      var values: [JSONValue] = []
      scanner.position += 1
      if try scanner.peek() == UInt8(ascii: "]") {
        scanner.position += 1
      } else {
        repeat {
          values.append(try JSONValue(&scanner, depth: depth + 1))
        } while try scanner.passComma(orEnd: "]")
      }
      self = .list(values)
    case .object: self = .object(try JSONValue.members(&scanner, depth: depth))
    }
  }

  private static func members(_ scanner: inout JSONScanner, depth: Int) throws(JSONStop)
    -> [Member]
  {
    var members: [Member] = []
    scanner.position += 1
    if try scanner.peek() == UInt8(ascii: "}") {
      scanner.position += 1
      return []
    }
    repeat {
      let key = string(try scanner.key(), scanner)
      members.append(Member(key: key, value: try JSONValue(&scanner, depth: depth + 1)))
    } while try scanner.passComma(orEnd: "}")
    return members
  }

  private static func string(_ text: JSONText, _ scanner: JSONScanner) -> String {
    guard text.hasEscapes else { return string(text.bytes, scanner) }
    var bytes: [UInt8] = []
    _ = text.unescaped(scanner.bytes, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func string(_ range: Range<Int>, _ scanner: JSONScanner) -> String {
    String(
      decoding: UnsafeBufferPointer(start: scanner.bytes + range.lowerBound, count: range.count),
      as: UTF8.self)
  }
}

extension JSONValue {
  /// The value of a key of an object; the last where it stands twice.
  package subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key == key }?.value
  }

  /// The text of a text.
  package var text: String? {
    if case .text(let text) = self { return text }
    return nil
  }

  /// The values of a list.
  package var list: [JSONValue]? {
    if case .list(let values) = self { return values }
    return nil
  }

  /// What a number, text or boolean says, as a cell would hold it.
  package var cell: String? {
    switch self {
    case .number(let text), .text(let text): text
    case .boolean(let truth): truth ? "true" : "false"
    case .null, .list, .object: nil
    }
  }

  /// The document again, without white space.
  package var written: String {
    switch self {
    case .null: "null"
    case .boolean(let truth): truth ? "true" : "false"
    case .number(let text): text
    case .text(let text): JSONValue.quoted(text)
    case .list(let values): "[" + values.map(\.written).joined(separator: ",") + "]"
    case .object(let members):
      "{"
        + members.map { JSONValue.quoted($0.key) + ":" + $0.value.written }
        .joined(separator: ",") + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\" + String(scalar)
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
