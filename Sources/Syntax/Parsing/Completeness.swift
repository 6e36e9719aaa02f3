import Diagnostics

/// Whether a text can run, or what it still waits for.
package enum Completeness {
  /// What is open at the end of the text, as the prompt shows it (`quote…`, `(…`, `card…`); nothing where it can run.
  package static func open(in text: String) -> String? {
    let source = SourceText(text)
    let tokens = Lexer.tokens(of: source)
    if tokens.contains(where: { $0.kind == .unclosed }) { return "quote…" }
    if endsInContinuation(source) { return "\\…" }
    var brackets: [String] = []
    for token in tokens where token.kind == .symbol {
      if token.text == "(" || token.text == "[" { brackets.append(token.text) }
      if token.text == ")" || token.text == "]" { _ = brackets.popLast() }
    }
    if let bracket = brackets.last { return bracket + "…" }
    return openBlock(tokens)
  }

  private static func endsInContinuation(_ source: SourceText) -> Bool {
    guard let last = source.bytes.last(where: { $0 != UInt8(ascii: " ") }) else { return false }
    return last == UInt8(ascii: "\\")
  }

  /// The first word of a block without its `end`.
  private static func openBlock(_ tokens: [Token]) -> String? {
    var open: String?
    var isFirst = true
    var isPopulation = false
    for (token, next) in zip(tokens, tokens.dropFirst().map(Optional.some) + [nil]) {
      defer { isFirst = token.kind == .end }
      guard token.kind == .word else { continue }
      let word = token.text.lowercased()
      if open != nil {
        if isFirst, word == "end" { open = nil }
      } else if isPopulation, word == "across", next?.kind != .symbol {
        open = "population"
      } else if isFirst {
        if word == "card" || word == "stages" || word == "guideline" { open = word }
        isPopulation = word == "population"
      }
    }
    return open.map { $0 + "…" }
  }
}
