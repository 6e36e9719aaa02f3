/// A Swift file with its comments, string literals and code told apart.
struct SwiftText: Sendable {
  struct Literal: Hashable, Sendable {
    /// From 1.
    let line: Int
    let content: String
  }

  /// The lines as they stand.
  let lines: [String]
  /// The lines with comments and the insides of string literals blanked; the quotes stay.
  let code: [String]
  /// String literals in order, without quotes; an interpolation reads as `\()`.
  let literals: [Literal]

  init(_ text: String) {
    var scanner = SwiftScanner(text)
    scanner.scan()
    lines = Self.split(Array(text.utf8))
    code = Self.split(scanner.code)
    literals = scanner.literals
  }

  private static func split(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// Whether a line is a doc comment.
  func isDocComment(_ index: Int) -> Bool {
    lines[index].drop { $0 == " " }.hasPrefix("///")
  }
}

/// Walks over a Swift file and blanks what is not code.
///
/// It knows nested comments, escapes, interpolations, `"""` and `#"…"#`. A bare regex literal is read as operators, so
/// one that holds a quote has to be written `#/…/#`.
private struct SwiftScanner {
  private(set) var code: [UInt8]
  private(set) var literals: [SwiftText.Literal] = []
  private let bytes: [UInt8]
  private var index = 0
  private var line = 1

  init(_ text: String) {
    bytes = Array(text.utf8)
    code = bytes
  }

  mutating func scan() {
    while index < bytes.count { step() }
  }

  private func at(_ text: StaticString) -> Bool {
    let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    return bytes[index...].starts(with: wanted)
  }

  /// Moves over bytes, blanking all but line breaks.
  private mutating func blank(_ count: Int) {
    for _ in 0..<min(count, bytes.count - index) {
      if bytes[index] == UInt8(ascii: "\n") { line += 1 } else { code[index] = UInt8(ascii: " ") }
      index += 1
    }
  }

  private mutating func keep(_ count: Int) {
    for _ in 0..<min(count, bytes.count - index) {
      if bytes[index] == UInt8(ascii: "\n") { line += 1 }
      index += 1
    }
  }

  private mutating func step() {
    if at("//") {
      while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { blank(1) }
    } else if at("/*") {
      comment()
    } else if let hashes = opening {
      string(hashes: hashes)
    } else {
      keep(1)
    }
  }

  private mutating func comment() {
    var depth = 0
    repeat {
      if at("/*") {
        depth += 1
        blank(2)
      } else if at("*/") {
        depth -= 1
        blank(2)
      } else {
        blank(1)
      }
    } while depth > 0 && index < bytes.count
  }

  /// The number of `#` before a quote that stands here, if a string or extended regex begins here.
  private var opening: Int? {
    var ahead = index
    while ahead < bytes.count, bytes[ahead] == UInt8(ascii: "#") { ahead += 1 }
    guard ahead < bytes.count else { return nil }
    let hashes = ahead - index
    let isRegex = hashes > 0 && bytes[ahead] == UInt8(ascii: "/")
    return bytes[ahead] == UInt8(ascii: "\"") || isRegex ? hashes : nil
  }

  private mutating func string(hashes: Int) {
    let start = line
    let quote = bytes[index + hashes]
    keep(hashes)
    let isLong = at("\"\"\"")
    let close =
      Array(repeating: quote, count: isLong ? 3 : 1)
      + Array(repeating: UInt8(ascii: "#"), count: hashes)
    let escape = [UInt8(ascii: "\\")] + Array(repeating: UInt8(ascii: "#"), count: hashes)
    keep(isLong ? 3 : 1)
    var content: [UInt8] = []
    while index < bytes.count {
      if bytes[index...].starts(with: close) {
        keep(close.count)
        break
      }
      if !isLong, quote == UInt8(ascii: "\""), at("\n") { break }
      if bytes[index...].starts(with: escape) {
        blank(escape.count)
        guard index < bytes.count else { break }
        content += [UInt8(ascii: "\\"), bytes[index]]
        if at("(") {
          interpolation()
          content.append(UInt8(ascii: ")"))
        } else {
          blank(1)
        }
      } else {
        content.append(bytes[index])
        blank(1)
      }
    }
    literals.append(
      SwiftText.Literal(line: start, content: String(decoding: content, as: UTF8.self)))
  }

  /// From the parenthesis to the one that closes it; strings inside are strings of their own.
  private mutating func interpolation() {
    var depth = 0
    repeat {
      if at("(") { depth += 1 }
      if at(")") { depth -= 1 }
      if let hashes = opening { string(hashes: hashes) } else { blank(1) }
    } while depth > 0 && index < bytes.count
  }
}
