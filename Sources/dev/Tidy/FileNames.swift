/// Code is found by reading names.
struct FileNames: HouseRule {
  let sentence = "A file is named for what it declares, or for the word its types share."

  private static let exempt: Set<String> = ["main", "Package", "Catalogue"]
  private static let keywords: Set<String> = [
    "struct", "enum", "class", "protocol", "extension", "actor", "typealias", "func", "let", "var",
    "case",
  ]

  func findings(in tree: SourceTree) -> [Finding] {
    tree.swiftFiles(under: "Sources/").compactMap { path, source in
      let file = String(path.split(separator: "/").last?.dropLast(".swift".count) ?? "")
      let name = String(file.split(separator: "+").first ?? "")
      guard !Self.exempt.contains(name) else { return nil }
      let declared = source.code.contains { line in
        let words = Manifest.words(of: line)
        return zip(words, words.dropFirst()).contains {
          Self.keywords.contains($0) && Self.isNamed($1, for: name)
        }
      }
      return declared ? nil : Finding(path, "declares nothing named \(name)")
    }
  }

  /// `Wilson.swift` may hold `wilson`, `Literal.swift` both `NumberLiteral` and `DateLiteral`.
  private static func isNamed(_ declared: String, for file: String) -> Bool {
    let member = file.prefix(1).lowercased() + file.dropFirst()
    if declared == file || declared == member { return true }
    guard declared.first?.isUppercase == true else { return false }
    let isFirstWord = declared.dropFirst(file.count).first?.isUppercase == true
    return declared.hasSuffix(file) || (declared.hasPrefix(file) && isFirstWord)
  }
}
