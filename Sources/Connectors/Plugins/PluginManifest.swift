internal import Glibc

/// What `source.toml` says of a source, read without running anything.
///
/// Of TOML it may hold comments, `[options.NAME]` tables, and keys with a text in quotes, a whole
/// number, `true` or `false`, or an array of those on one line.
package struct PluginManifest: Hashable, Sendable {
  /// One thing that the source has to be told to open something.
  package struct Option: Hashable, Sendable {
    package let name: String
    package var type = "text"
    package var summary = ""
    package var isSecret = false
    package var isRequired = false
  }

  package private(set) var name = ""
  package private(set) var summary = ""
  /// What stands before the colon of a URL that it opens.
  package private(set) var schemes: [String] = []
  /// Endings of files that it opens, without the dot.
  package private(set) var endings: [String] = []
  package private(set) var protocols: [Int] = []
  /// Variables of the environment that it needs beyond those that every source gets.
  package private(set) var environment: [String] = []
  /// Whether it does without the network where `DOCKET_OFFLINE` is set.
  package private(set) var worksOffline = false
  package private(set) var options: [Option] = []
  /// Lines that are no TOML of this kind, by their numbers.
  package private(set) var unread: [Int] = []

  /// Nothing where there is no such file, or more of it than a person would write.
  init?(path: String) {
    guard let text = PluginManifest.text(of: path) else { return nil }
    self.init(text: text)
  }

  package init(text: String) {
    var option: Option?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let words = PluginManifest.trimmed(line)
      if words.isEmpty || words.hasPrefix("#") { continue }
      if words.hasPrefix("["), words.hasSuffix("]") {
        if let option { options.append(option) }
        let table = words.dropFirst().dropLast().split(separator: ".", maxSplits: 1)
        option = nil
        guard table.count == 2, table[0] == "options" else {
          unread.append(index + 1)
          continue
        }
        option = Option(name: String(table[1]))
        continue
      }
      guard let equals = words.firstIndex(of: "="),
        let values = PluginManifest.values(words[words.index(after: equals)...])
      else {
        unread.append(index + 1)
        continue
      }
      let key = String(PluginManifest.trimmed(words[..<equals]))
      if option == nil { take(key, values) } else { PluginManifest.take(key, values, &option) }
    }
    if let option { options.append(option) }
  }

  /// Keys that are not known are those of a later version.
  private mutating func take(_ key: String, _ values: [String]) {
    switch key {
    case "name": name = values.first ?? ""
    case "summary": summary = values.first ?? ""
    case "schemes": schemes = values.map { $0.lowercased() }
    case "endings": endings = values.map { $0.lowercased() }
    case "protocols": protocols = values.compactMap { Int($0) }
    case "environment": environment = values
    case "offline": worksOffline = values == ["true"]
    default: break
    }
  }

  private static func take(_ key: String, _ values: [String], _ option: inout Option?) {
    switch key {
    case "type": option?.type = values.first ?? "text"
    case "summary": option?.summary = values.first ?? ""
    case "secret": option?.isSecret = values == ["true"]
    case "required": option?.isRequired = values == ["true"]
    default: break
    }
  }

  /// The texts of a value or of an array of values; nothing where it is neither.
  private static func values(_ text: Substring) -> [String]? {
    var rest = trimmed(text)[...]
    let isArray = rest.first == "["
    if isArray { rest.removeFirst() }
    var values: [String] = []
    while true {
      rest = trimmed(rest)[...]
      if isArray, rest.first == "]" {
        rest.removeFirst()
        break
      }
      guard let value = value(&rest) else { return nil }
      values.append(value)
      rest = trimmed(rest)[...]
      if !isArray { break }
      if rest.first == "," { rest.removeFirst() } else if rest.first != "]" { return nil }
    }
    let after = trimmed(rest)
    return after.isEmpty || after.hasPrefix("#") ? values : nil
  }

  private static func value(_ rest: inout Substring) -> String? {
    if rest.first == "\"" {
      rest.removeFirst()
      var text = ""
      while let character = rest.popFirst() {
        switch character {
        case "\"": return text
        case "\\":
          guard let escaped = rest.popFirst(), escaped == "\"" || escaped == "\\" else {
            return nil
          }
          text.append(escaped)
        default: text.append(character)
        }
      }
      return nil
    }
    let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" }
    rest.removeFirst(word.count)
    return word == "true" || word == "false" || Int(word) != nil ? String(word) : nil
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let blanks: Set<Character> = [" ", "\t", "\r"]
    let front = text.drop { blanks.contains($0) }
    let back = front.reversed().drop { blanks.contains($0) }
    return String(back.reversed())
  }

  private static func text(of path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 65_537)
    let count = read(descriptor, &bytes, bytes.count)
    guard count >= 0, count < bytes.count else { return nil }
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}
