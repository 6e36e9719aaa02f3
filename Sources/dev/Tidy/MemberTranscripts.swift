/// What a person can meet is shown in a transcript.
struct MemberTranscripts: HouseRule {
  let sentence = "Each verb, source and format has a transcript; each message id stands in one."

  func findings(in tree: SourceTree) -> [Finding] {
    members(in: tree) + messages(in: tree)
  }

  private func members(in tree: SourceTree) -> [Finding] {
    OpenSet.all.flatMap { set -> [Finding] in
      guard let transcript = set.transcript else { return [] }
      return set.entries(in: tree).compactMap { entry in
        let path = transcript.folder + Self.fileName(entry.word) + ".docket"
        return tree.files[path] == nil ? Finding(entry.path, "has no transcript \(path)") : nil
      }
    }
  }

  /// `delimited text` is `delimited-text`.
  private static func fileName(_ word: String) -> String {
    String(word.lowercased().map { $0 == " " ? "-" : $0 })
  }

  /// A text of a megabyte is no transcript, and no signature lets a question without a cohort through.
  private static let beyondTranscripts: Set<String> = ["too-long", "needs-cohort"]

  /// An id is the first literal of a `Diagnostic(` in a file of messages; its output shows it in brackets.
  private func messages(in tree: SourceTree) -> [Finding] {
    let transcripts = tree.texts(under: "Tests/Transcripts/", ending: ".docket").map(\.text)
    // What is wrong with a lesson is said of a lesson's file, not in a session.
    let lessons = tree.texts(under: "Tests/LessonsTests/", ending: ".swift").map(\.text)
    return Self.ids(in: tree).compactMap { path, id in
      if path.hasPrefix("Sources/Lessons/"),
        lessons.contains(where: { $0.contains("\"\(id.content)\"") })
      {
        return nil
      }
      return Self.beyondTranscripts.contains(id.content)
        || transcripts.contains { $0.contains("[\(id.content)]") }
        ? nil : Finding(path, line: id.line, "no transcript shows [\(id.content)]")
    }
  }

  static func ids(in tree: SourceTree) -> [(path: String, id: SwiftText.Literal)] {
    tree.swiftFiles(under: "Sources/").filter { $0.path.hasSuffix("Messages.swift") }
      .flatMap { path, source in
        source.code.enumerated().compactMap { index, line in
          guard line.contains("Diagnostic(") else { return nil }
          return source.literals.first { $0.line > index }.map { (path: path, id: $0) }
        }
      }
  }
}
