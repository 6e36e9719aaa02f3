/// A caution is explained and shown.
struct CautionCards: HouseRule {
  let sentence = "Each caution that an answer can carry has a card and a transcript."

  private static let cards = "Sources/Interpreter/Limits/CautionCard.swift"

  func findings(in tree: SourceTree) -> [Finding] {
    guard let cards = tree.files[Self.cards] else { return [] }
    return Self.raised(in: tree).flatMap { path, id in
      let transcript = "Tests/Transcripts/cautions/\(id.content).docket"
      return [
        cards.contains("\"\(id.content)\"")
          ? nil : Finding(path, line: id.line, "\(id.content) has no card in \(Self.cards)"),
        tree.files[transcript] == nil
          ? Finding(path, line: id.line, "\(id.content) has no transcript \(transcript)") : nil,
      ].compactMap(\.self)
    }
  }

  /// An id is the literal in or below a `Caution(`.
  private static func raised(in tree: SourceTree) -> [(path: String, id: SwiftText.Literal)] {
    tree.swiftFiles(under: "Sources/").flatMap { path, source in
      source.code.enumerated().compactMap { index, line in
        let begins = line.firstRange(of: "Caution(").map { range in
          range.lowerBound == line.startIndex
            || !line[line.index(before: range.lowerBound)].isLetter
        }
        guard begins == true else { return nil }
        return source.literals.first { literal in
          (index + 1...index + 2).contains(literal.line)
            && literal.content.wholeMatch(of: #/[a-z]+(?:-[a-z]+)+/#) != nil
        }.map { (path: path, id: $0) }
      }
    }
  }
}
