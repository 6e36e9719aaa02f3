/// The grammar and the parser say the same.
struct GrammarRules: HouseRule {
  let sentence = "Each rule of the grammar stands word for word above one function of the parser."

  static let grammar = "grammar/docket.ebnf"
  static let parser = "Sources/Syntax/"

  /// A rule with blanks folded, and where it begins.
  private struct Rule {
    let name: String
    let text: String
    let path: String
    /// From 1.
    let line: Int
  }

  func findings(in tree: SourceTree) -> [Finding] {
    let written = tree.swiftFiles(under: Self.parser).flatMap { path, source in
      Self.rules(in: source.lines.map(Self.documented), path: path)
    }
    let lines = (tree.files[Self.grammar] ?? "").split(
      separator: "\n", omittingEmptySubsequences: false)
    let grammar = Self.rules(in: lines.map { Self.uncommented(String($0)) }, path: Self.grammar)
    return Self.missing(written, from: grammar, where: Self.grammar)
      + Self.missing(grammar, from: written, where: "the parser")
      + Self.doubled(grammar) + Self.doubled(written)
  }

  private static func missing(
    _ rules: [Rule], from others: [Rule], where place: String
  ) -> [Finding] {
    let known = Dictionary(
      others.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
    return rules.compactMap { rule in
      guard known[rule.name] != rule.text else { return nil }
      let problem = known[rule.name] == nil ? "is not in \(place)" : "reads differently in \(place)"
      return Finding(rule.path, line: rule.line, "the rule `\(rule.name)` \(problem)")
    }
  }

  private static func doubled(_ rules: [Rule]) -> [Finding] {
    var seen: Set<String> = []
    return rules.filter { !seen.insert($0.name).inserted }.map {
      Finding($0.path, line: $0.line, "the rule `\($0.name)` stands twice")
    }
  }

  /// Rules are `name = … ;`, over one line or several; other lines are passed over.
  private static func rules(in lines: [String?], path: String) -> [Rule] {
    var rules: [Rule] = []
    var open: (name: String, text: String, line: Int)?
    for (index, line) in lines.enumerated() {
      guard let line else {
        open = nil
        continue
      }
      if open == nil {
        guard let name = name(in: line) else { continue }
        open = (name, "", index + 1)
      }
      open?.text += " " + line
      if line.hasSuffix(";"), let rule = open {
        let text = rule.text.split { $0.isWhitespace }.joined(separator: " ")
        rules.append(Rule(name: rule.name, text: text, path: path, line: rule.line))
        open = nil
      }
    }
    return rules
  }

  /// The name before ` = `: lowercase words.
  private static func name(in line: String) -> String? {
    guard let equals = line.firstRange(of: " = ") else { return nil }
    let name = line[..<equals.lowerBound].split { $0.isWhitespace }.joined(separator: " ")
    let isName = name.allSatisfy { ($0.isLetter && $0.isLowercase) || $0 == " " || $0 == "-" }
    return isName && !name.isEmpty ? name : nil
  }

  /// What a doc comment says; nothing for another line.
  private static func documented(_ line: String) -> String? {
    let start = line.drop { $0 == " " }
    guard start.hasPrefix("///") else { return nil }
    return trimmed(start.dropFirst(3))
  }

  /// A line of the grammar without a comment that takes the whole line, `(* … *)`.
  private static func uncommented(_ line: String) -> String? {
    let text = trimmed(line[...])
    return text.hasPrefix("(*") ? nil : text
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop { $0.isWhitespace }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
