/// Code is found by reading names.
struct FileNames: HouseRule {
  let sentence = "A file that declares types is named for one of them, or for the word they share."

  private static let exempt: Set<String> = ["main", "Package", "Catalogue"]
  private static let keywords: Set<String> = ["struct", "enum", "class", "protocol", "actor"]

  func findings(in tree: SourceTree) -> [Finding] {
    tree.swiftFiles(under: "Sources/").compactMap { path, source in
      let file = String(path.split(separator: "/").last?.dropLast(".swift".count) ?? "")
      let name = String(file.split(separator: "+").first ?? "")
      let types = Self.types(in: source)
      // A topic of a type may bring small types of its own along.
      guard !Self.exempt.contains(name), !file.contains("+"), !types.isEmpty else { return nil }
      guard !types.contains(where: { Self.isNamed($0, for: name) }) else { return nil }
      return Finding(path, "declares \(types.joined(separator: ", ")), nothing named \(name)")
    }
  }

  /// The types that stand at the left margin; a private one serves another and names no file.
  private static func types(in source: SwiftText) -> [String] {
    source.code.compactMap { line in
      guard line.first?.isLetter == true || line.hasPrefix("@") else { return nil }
      let words = Manifest.words(of: line)
      guard let keyword = words.firstIndex(where: keywords.contains), keyword + 1 < words.count,
        !words[..<keyword].contains("private"), !words[..<keyword].contains("extension")
      else { return nil }
      return words[keyword + 1]
    }
  }

  /// `Literal.swift` may hold both `NumberLiteral` and `DateLiteral`.
  private static func isNamed(_ declared: String, for file: String) -> Bool {
    if declared == file || declared.hasSuffix(file) { return true }
    let isFirstWord = declared.dropFirst(file.count).first?.isUppercase == true
    return declared.hasPrefix(file) && isFirstWord
  }
}
