internal import SourceWire

/// The words behind an address: `?timeout=60&zone=UTC`.
///
/// Only words that are known are taken off, so that a path with a question mark stays what it is.
package struct ServedWords: Sendable {
  /// The address without them.
  package let address: String
  private let found: [String: String]

  package init(_ address: String, known: Set<String>) {
    var found: [String: String] = [:]
    guard let mark = address.lastIndex(of: "?") else {
      (self.address, self.found) = (address, [:])
      return
    }
    for pair in address[address.index(after: mark)...].split(separator: "&") {
      let sides = pair.split(separator: "=", maxSplits: 1)
      guard sides.count == 2, known.contains(String(sides[0])) else {
        (self.address, self.found) = (address, [:])
        return
      }
      found[String(sides[0])] = String(sides[1])
    }
    self.address = found.isEmpty ? address : String(address[..<mark])
    self.found = found
  }

  package subscript(name: String) -> String? { found[name] }
}

extension ServedOptions {
  /// The seconds after which a request is given up on: `?timeout=60`, or the option; nothing for 0.
  ///
  /// Errors: `WireError` where it is no number of seconds.
  package func patience(_ words: ServedWords) throws -> Int? {
    guard let text = words["timeout"] ?? self["timeout"] else { return nil }
    guard let seconds = Int(text), (0...1_000_000).contains(seconds) else {
      throw WireError(
        .unsupported, "timeout is a number of seconds, and not \(text)",
        hint: "for example …?timeout=60")
    }
    return seconds == 0 ? nil : seconds
  }
}
