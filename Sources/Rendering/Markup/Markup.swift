/// Text and elements of XML and HTML.
enum Markup {
  /// Text with the signs of markup escaped; control characters, which XML forbids, replaced.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.shown(ascii: false).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// An element around markup that is escaped already.
  static func element(
    _ name: String, _ attributes: [(String, String)] = [], _ content: String
  ) -> String {
    "<\(name)\(written(attributes))>\(content)</\(name)>"
  }

  static func empty(_ name: String, _ attributes: [(String, String)]) -> String {
    "<\(name)\(written(attributes))/>"
  }

  private static func written(_ attributes: [(String, String)]) -> String {
    attributes.map { " \($0)=\"\(escaped($1))\"" }.joined()
  }
}
