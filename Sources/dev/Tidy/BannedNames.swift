/// A name says what a thing is.
struct BannedNames: HouseRule {
  let sentence = "No file, folder or type is named for being useful, shared or in charge."

  static let banned: Set<String> = [
    "Util", "Utils", "Utility", "Utilities", "Helper", "Helpers", "Manager", "Core", "Common",
    "Base", "Impl", "Misc",
  ]
  private static let keywords: Set<String> = [
    "struct", "enum", "class", "protocol", "actor", "typealias",
  ]

  func findings(in tree: SourceTree) -> [Finding] {
    tree.swiftFiles().flatMap { path, source -> [Finding] in
      let parts = path.split { $0 == "/" || $0 == "." || $0 == "+" }.map(String.init)
      let inPath = parts.flatMap { Self.banned(in: $0) }.map {
        Finding(path, "has \($0) in its path")
      }
      let inTypes = source.code.enumerated().flatMap { index, line -> [Finding] in
        let words = Manifest.words(of: line)
        return zip(words, words.dropFirst()).flatMap { keyword, name -> [Finding] in
          guard Self.keywords.contains(keyword), name.first?.isUppercase == true else { return [] }
          return Self.banned(in: name).map {
            Finding(path, line: index + 1, "has \($0) in the name \(name)")
          }
        }
      }
      return inPath + inTypes
    }
  }

  /// The banned words among the words of a name: `TableHelpers` is Table and Helpers.
  private static func banned(in name: String) -> [String] {
    var words: [String] = []
    for character in name {
      if character.isUppercase || words.isEmpty { words.append("") }
      words[words.count - 1].append(character)
    }
    return words.filter { banned.contains($0.prefix(1).uppercased() + $0.dropFirst()) }
  }
}
