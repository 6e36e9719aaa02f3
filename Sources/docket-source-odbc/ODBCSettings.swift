internal import Glibc
internal import SourceServer
internal import SourceWire

/// What is opened: `odbc:` with the name of a data source or a whole connection string.
struct ODBCSettings {
  /// The connection string, with the password where one was given.
  let description: String
  let dataSource: String?
  let driver: String?
  /// The string without its password, for messages.
  let place: String
  /// Seconds after which a request is given up on; nothing where it may take as long as it likes.
  let patience: Int?

  /// Errors: `WireError` with the code `not-found` where nothing is named.
  init(_ options: ServedOptions) throws {
    let words = ServedWords(options.url, known: ["timeout"])
    patience = try options.patience(words)
    var text = words.address
    if text.lowercased().hasPrefix("odbc:") { text = String(text.dropFirst(5)) }
    while text.hasPrefix("/") { text.removeFirst() }
    guard !text.isEmpty else {
      throw WireError(
        .notFound, "no data source is named", hint: "open \"odbc:DSN=office\" is the form")
    }
    // A bare name is that of a data source.
    if !text.contains("=") { text = "DSN=" + text }
    let pairs = ODBCSettings.pairs(text)
    func value(_ keys: [String]) -> String? {
      pairs.first { keys.contains($0.key.uppercased()) }?.value
    }
    dataSource = value(["DSN"])
    driver = value(["DRIVER"])
    place = dataSource ?? value(["DATABASE", "DBQ"]) ?? driver ?? "the database"
    var described = text
    while described.hasSuffix(";") { described.removeLast() }
    if let user = options["user"], value(["UID", "USER"]) == nil {
      described += ";UID=" + ODBCSettings.quoted(user)
    }
    if let password = options["password"], value(["PWD", "PASSWORD"]) == nil {
      described += ";PWD=" + ODBCSettings.quoted(password)
    }
    // Paths of files are relative to where the session stands.
    if let file = value(["DATABASE", "DBQ"]), driver?.lowercased().contains("sqlite") ?? false {
      let path = file.hasPrefix("/") ? file : (options["directory"] ?? "") + "/" + file
      if let range = described.range(ofValue: file) {
        described.replaceSubrange(range, with: path)
      }
      guard access(path, R_OK) == 0 else {
        throw WireError(
          .notFound, "there is no file \(file) that may be read", hint: "look at the path")
      }
    }
    description = described
  }

  /// The words of a connection string; a value in braces may hold semicolons.
  static func pairs(_ text: String) -> [(key: String, value: String)] {
    var pairs: [(String, String)] = []
    var rest = text[...]
    while let equals = rest.firstIndex(of: "=") {
      let key = rest[..<equals].drop { $0 == ";" || $0 == " " }
      rest = rest[rest.index(after: equals)...]
      if rest.first == "{" {
        let end = rest.firstIndex(of: "}") ?? rest.endIndex
        pairs.append((String(key), String(rest[..<end].dropFirst())))
        rest = end < rest.endIndex ? rest[rest.index(after: end)...] : ""
      } else {
        let value = rest.prefix { $0 != ";" }
        pairs.append((String(key), String(value)))
        rest = rest.dropFirst(value.count)
      }
    }
    return pairs
  }

  private static func quoted(_ value: String) -> String {
    value.contains { ";{}[]()=*!@?, ".contains($0) }
      ? "{" + value.replacing("}", with: "}}") + "}" : value
  }
}

extension String {
  fileprivate func range(ofValue value: String) -> Range<String.Index>? {
    firstRange(of: "=" + value).map { index(after: $0.lowerBound)..<$0.upperBound }
  }
}
