internal import SourceServer
internal import SourceWire

/// How to connect, and what the session is set to.
struct PostgresSettings {
  /// What libpq is told: a URI without our own words, or a connection string.
  var target = ""
  var password: String?
  /// The zone whose clock is read for moments that have one.
  var zone = "UTC"
  /// Seconds after which the server gives up on a statement; 0 is never.
  var timeout = 0
  /// Seconds to wait for a lock.
  var wait = 10

  private static let own: Set<String> = ["zone", "timeout", "wait"]

  /// Errors: `WireError` where an option is none of its kind.
  init(_ options: ServedOptions) throws {
    var found: [String: String] = [:]
    target = PostgresSettings.target(of: options.url, own: &found)
    for name in PostgresSettings.own {
      if let value = options[name] { found[name] = value }
    }
    password = options["password"]
    if let zone = found["zone"] { self.zone = zone }
    timeout = try PostgresSettings.seconds("timeout", found) ?? timeout
    wait = try PostgresSettings.seconds("wait", found) ?? wait
  }

  private static func seconds(_ name: String, _ found: [String: String]) throws -> Int? {
    guard let text = found[name] else { return nil }
    guard let number = Int(text), (0...1_000_000).contains(number) else {
      throw WireError(
        .unsupported, "\(name) is a number of seconds, and not \(text)",
        hint: "for example postgres://HOST/DATABASE?\(name)=60")
    }
    return number
  }

  /// The URL without our own words; `postgres:` before a connection string is left out.
  private static func target(of url: String, own found: inout [String: String]) -> String {
    guard let colon = url.firstIndex(of: ":") else { return url }
    let rest = url[url.index(after: colon)...]
    guard rest.hasPrefix("//") else { return String(rest) }
    guard let mark = url.lastIndex(of: "?") else { return "postgresql:" + rest }
    var kept: [Substring] = []
    for pair in url[url.index(after: mark)...].split(separator: "&") {
      let sides = pair.split(separator: "=", maxSplits: 1)
      if sides.count == 2, own.contains(String(sides[0])) {
        found[String(sides[0])] = plain(sides[1])
      } else {
        kept.append(pair)
      }
    }
    let address = "postgresql" + url[colon..<mark]
    return kept.isEmpty ? address : address + "?" + kept.joined(separator: "&")
  }

  /// A text with `%2F` as `/`.
  private static func plain(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        rest = rest.dropFirst(2)
        bytes.append(code)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
