/// A message speaks of the question, not of the person who asked it.
struct MessageWords: HouseRule {
  let sentence = "No message says you, invalid, illegal, please or oops."

  static let banned: Set<String> = ["you", "your", "invalid", "illegal", "please", "oops", "sorry"]

  func findings(in tree: SourceTree) -> [Finding] {
    tree.swiftFiles(under: "Sources/").filter { $0.path.hasSuffix("Messages.swift") }
      .flatMap { path, source in
        source.literals.flatMap { literal in
          Manifest.words(of: literal.content.lowercased()).filter(Self.banned.contains).map {
            Finding(path, line: literal.line, "says `\($0)`")
          }
        }
      }
  }
}
