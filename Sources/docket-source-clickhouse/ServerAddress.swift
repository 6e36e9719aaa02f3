internal import Glibc
internal import SourceWire

/// Where a server is and who asks, as a person wrote it: `clickhouse://user@host:8123/office`.
struct ServerAddress: Hashable {
  var isEncrypted = false
  var host = ""
  var port = 8123
  var user = ""
  var password = ""
  /// Empty for the one that the server gives the user.
  var database = ""
  /// The tables that are datasets; all where there are none.
  var tables: [String] = []
  /// A file of authorities whose certificates are trusted, besides those of the system.
  var certificates: String?
  /// How many seconds the server may say nothing, and work on one question.
  var timeout = 300

  /// What is told when an address is none.
  static let form = "clickhouse://USER@HOST:8123/DATABASE, or clickhouses:// for HTTPS"

  /// Errors: `WireError`.
  init(_ url: String) throws {
    guard let colon = url.firstRange(of: "://") else { throw ServerAddress.refusal("is no URL") }
    switch url[..<colon.lowerBound].lowercased() {
    case "clickhouse", "clickhouse+http": break
    case "clickhouses", "clickhouse+https":
      isEncrypted = true
      port = 8443
    default: throw ServerAddress.refusal("has another scheme")
    }
    let rest = url[colon.upperBound...]
    let query = rest.firstIndex(of: "?")
    var place = rest[..<(query ?? rest.endIndex)]
    if let query { try readOptions(rest[rest.index(after: query)...]) }
    // Only the last @ can be the one before the host.
    if let at = place.lastIndex(of: "@") {
      let who = place[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      user = try ServerAddress.decoded(who[0])
      if who.count > 1 { password = try ServerAddress.decoded(who[1]) }
      place = place[place.index(after: at)...]
    }
    if let slash = place.firstIndex(of: "/") {
      database = try ServerAddress.decoded(place[place.index(after: slash)...])
      if database.hasSuffix("/") { database.removeLast() }
      place = place[..<slash]
    }
    try readHost(place)
  }

  private mutating func readHost(_ text: Substring) throws {
    var text = text
    let end = text.first == "[" ? text.firstIndex(of: "]") : nil
    let start = end.map { text[$0...] } ?? text
    if let colon = start.lastIndex(of: ":") {
      guard let number = Int(text[text.index(after: colon)...]), (1...65_535).contains(number)
      else { throw ServerAddress.refusal("has a port that is no number") }
      port = number
      text = text[..<colon]
    }
    host = text.isEmpty ? "localhost" : String(text)
    let isPlain = host.utf8.allSatisfy {
      (48...58).contains($0) || (65...93).contains($0) || (97...122).contains($0)
        || [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_")].contains($0)
    }
    guard isPlain else { throw ServerAddress.refusal("has a host that is none") }
  }

  private mutating func readOptions(_ query: Substring) throws {
    for option in query.split(separator: "&") {
      let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let value = parts.count > 1 ? try ServerAddress.decoded(parts[1]) : ""
      switch parts[0] {
      case "tables": tables = value.split(separator: ",").map(String.init)
      case "ca": certificates = value
      case "user": user = value
      case "password": password = value
      case "timeout":
        guard let seconds = Int(value), (1...86_400).contains(seconds) else {
          throw ServerAddress.refusal("has a timeout that is no number of seconds")
        }
        timeout = seconds
      default:
        throw WireError(
          .unsupported, "there is no option \(parts[0]) of a ClickHouse source",
          hint: "its options are ca, tables, timeout and user")
      }
    }
  }

  /// Each `%2F` as what it stands for.
  private static func decoded(_ text: Substring) throws -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2,
        let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      else { throw refusal("has a % that is not followed by two hexadecimal digits") }
      bytes.append(code)
      rest = rest.dropFirst(2)
    }
    guard let decoded = String(validating: bytes, as: UTF8.self) else {
      throw refusal("is no UTF-8")
    }
    return decoded
  }

  private static func refusal(_ what: String) -> WireError {
    WireError(.unsupported, "the address \(what)", hint: "it is written \(form)")
  }

  /// What is asked over HTTP: without user and password, which go in headers.
  func url(parameters: [(String, String)]) -> String {
    let query = parameters.map { "\($0)=\(ServerAddress.encoded($1))" }.joined(separator: "&")
    return "\(isEncrypted ? "https" : "http")://\(host):\(port)/?\(query)"
  }

  /// `host:8123`, for messages.
  var place: String { "\(host):\(port)" }

  static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      let isPlain =
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
      if isPlain || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
