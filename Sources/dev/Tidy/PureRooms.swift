/// The rooms between a question and its answer see no clock, locale or file system.
struct PureRooms: HouseRule {
  let sentence = "No Foundation in the pure rooms."

  static let rooms = ["Diagnostics", "Syntax", "Columns", "Statistics", "Engine", "Rendering"]
  private static let kept = ["Foundation", "FoundationEssentials", "Dispatch"]

  func findings(in tree: SourceTree) -> [Finding] {
    Self.rooms.flatMap { room in
      tree.swiftFiles(under: "Sources/\(room)/").flatMap { path, source in
        ImportEdges.imports(of: source).filter { Self.kept.contains($0.module) }.map {
          Finding(path, line: $0.line, "\(room) is a pure room and imports \($0.module)")
        }
      }
    }
  }
}
