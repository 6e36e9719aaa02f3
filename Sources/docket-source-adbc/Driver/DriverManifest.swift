/// What a driver's manifest says: a file of TOML that installers of drivers write.
///
/// Of TOML what such files need is read: tables, texts on one line, comments.
struct DriverManifest: Equatable {
  /// The library for this platform.
  private(set) var library: String?
  private(set) var entrypoint: String?

  /// `linux_amd64`, as manifests name it.
  static var platform: String {
    #if arch(arm64)
      "linux_arm64"
    #else
      "linux_amd64"
    #endif
  }

  init(_ text: String) {
    var table = ""
    for line in text.split(whereSeparator: \.isNewline) {
      let line = DriverManifest.trimmed(line)
      if line.isEmpty || line.hasPrefix("#") { continue }
      if line.hasPrefix("["), let end = line.firstIndex(of: "]") {
        table = DriverManifest.trimmed(line[line.index(after: line.startIndex)..<end])
        continue
      }
      guard let equals = line.firstIndex(of: "="),
        let value = DriverManifest.text(line[line.index(after: equals)...])
      else { continue }
      let key = DriverManifest.trimmed(line[..<equals])
      switch table.isEmpty ? key : table + "." + key {
      case "Driver.entrypoint": entrypoint = value
      case "Driver.shared": library = value
      case "Driver.shared." + DriverManifest.platform: library = value
      default: break
      }
    }
  }

  /// A text in single or double quotes.
  private static func text(_ written: Substring) -> String? {
    var rest = trimmed(written)[...]
    guard let quote = rest.popFirst(), quote == "\"" || quote == "'" else { return nil }
    var text = ""
    while let character = rest.popFirst() {
      if character == quote { return text }
      if character == "\\", quote == "\"" {
        guard let escaped = rest.popFirst(), escaped == "\"" || escaped == "\\" else { return nil }
        text.append(escaped)
      } else {
        text.append(character)
      }
    }
    return nil
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let front = text.drop { $0 == " " || $0 == "\t" }
    return String(front.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}
