/// A place that breaks a house rule.
package struct Finding: Hashable, Sendable, CustomStringConvertible {
  package let path: String
  /// From 1; nothing where the whole file is meant.
  package let line: Int?
  package let message: String

  init(_ path: String, line: Int? = nil, _ message: String) {
    self.path = path
    self.line = line
    self.message = message
  }

  /// `Sources/Verbs/Count.swift:12: …`, as editors read it.
  package var description: String {
    "\(path):" + (line.map { "\($0):" } ?? "") + " \(message)"
  }
}

/// A rule that a machine can see kept or broken.
package protocol HouseRule: Sendable {
  /// What is asked, in one sentence.
  var sentence: String { get }

  /// Where the rule is broken, in order of path and line.
  func findings(in tree: SourceTree) -> [Finding]
}

/// The rules of the house, which `dev tidy` and the tests hold the project to.
package enum HouseRules {
  package static let all: [any HouseRule] = [
    ImportEdges(), PureRooms(), FileLength(), FunctionLength(), FileNames(), BannedNames(),
    FreshCatalogues(), MemberTranscripts(), GrammarRules(), MessageWords(), WallComments(),
    WorkTraces(), ReadmeSessions(), CautionCards(),
  ]
}
