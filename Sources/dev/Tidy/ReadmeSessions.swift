/// A README shows the program at work; its sessions run as transcripts.
struct ReadmeSessions: HouseRule {
  let sentence = "The READMEs that show the program hold a session that runs."

  static let files = ["README.md", "examples/README.md"]

  func findings(in tree: SourceTree) -> [Finding] {
    Self.files.compactMap { path in
      guard let text = tree.files[path] else { return Finding(path, "is not there") }
      return Self.hasSession(text) ? nil : Finding(path, "has no ```console block with a question")
    }
  }

  /// Whether a line with a prompt stands inside a block of the console.
  private static func hasSession(_ text: String) -> Bool {
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") { isInside = line == "```console" }
      if isInside, line.hasPrefix("docket> ") { return true }
    }
    return false
  }
}
