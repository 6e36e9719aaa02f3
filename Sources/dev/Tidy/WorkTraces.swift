/// The project speaks of itself, not of how, where or by whom it was made.
struct WorkTraces: HouseRule {
  let sentence =
    "No unfinished business, no machine's paths, no package hosts, no talk of the work."

  /// In halves, so that this file does not break its own rule.
  static let banned = [
    "TO" + "DO", "FIX" + "ME", "XX" + "X:", "/wo" + "rk/", "/ro" + "ot/", "/tmp" + "/bench",
    "py" + "pi.org", "python" + "hosted", "deb." + "debian.org", "arti" + "factory",
    "work" + "tree", "sub" + "agent", "Chat" + "GPT", "Cla" + "ude", "Co" + "pilot",
  ]

  func findings(in tree: SourceTree) -> [Finding] {
    tree.texts().flatMap { path, text in
      text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap {
        index, line in
        Self.banned.filter { line.contains($0) }.map {
          Finding(path, line: index + 1, "holds `\($0)`")
        }
      }
    }
  }
}
