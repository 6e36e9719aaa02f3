/// A file is short enough to know by heart.
struct FileLength: HouseRule {
  static let limitInLines = 600
  let sentence = "A Swift file has at most \(limitInLines) lines."

  func findings(in tree: SourceTree) -> [Finding] {
    tree.swiftFiles().compactMap { path, source in
      // What follows the last line break is a line only where something stands there.
      let count = source.lines.count - (source.lines.last == "" ? 1 : 0)
      return count <= Self.limitInLines
        ? nil : Finding(path, "has \(count) lines, the limit is \(Self.limitInLines)")
    }
  }
}
