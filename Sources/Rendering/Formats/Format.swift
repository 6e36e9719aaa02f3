package import Engine

/// A way to write answers and pages. One file per format; `FormatCatalogue.all` lists them.
///
/// Every document ends with a line break.
package protocol Format: Sendable {
  /// The word after `--format`.
  static var name: String { get }
  /// How files of this format end, without the dot; the first is the usual one.
  static var extensions: [String] { get }
  /// One line for help.
  static var summary: String { get }

  static func render(_ answer: Answer, style: Style) -> String
  static func render(_ page: Page, style: Style) -> String
}

/// The formats there are.
package enum FormatCatalogue {
  /// The format of this name, or the one whose files end so.
  package static func format(named name: String) -> (any Format.Type)? {
    let name = name.lowercased()
    return all.first { $0.name == name } ?? all.first { $0.extensions.contains(name) }
  }

  /// The format that a file's name asks for by its ending.
  package static func format(ofFile path: String) -> (any Format.Type)? {
    guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/") else { return nil }
    let ending = path[path.index(after: dot)...].lowercased()
    return all.first { $0.extensions.contains(ending) }
  }
}
