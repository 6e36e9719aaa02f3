extension String {
  /// What of the text may reach a page: no control characters, so that data can't steer the
  /// terminal.
  ///
  /// Line breaks and tabs become spaces, the others and the marks that turn the direction of text
  /// U+FFFD.
  /// For ASCII only, typographic signs get their plain form and other letters `?`.
  func shown(ascii: Bool) -> String {
    if utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return self }
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\n", "\t", "\r": result += " "
      case _ where scalar.properties.generalCategory == .control,
        "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}":
        result += ascii ? "?" : "\u{FFFD}"
      case _ where ascii && !scalar.isASCII: result += String.plain[scalar] ?? "?"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static let plain: [Unicode.Scalar: String] = [
    "–": "-", "—": "-", "−": "-", "·": "|", "…": "...", "×": "x", "≥": ">=", "≤": "<=", "÷": "/",
    "’": "'", "‘": "'", "“": "\"", "”": "\"", "\u{A0}": " ", "→": "->", "±": "+-", "≈": "~",
  ]
}
