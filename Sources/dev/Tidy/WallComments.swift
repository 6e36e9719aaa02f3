/// What other rooms may use is explained where it is declared.
struct WallComments: HouseRule {
  let sentence = "Each type and function of a wall has a doc comment."

  private static let kinds: Set<String> = ["struct", "enum", "protocol", "class", "actor", "func"]

  func findings(in tree: SourceTree) -> [Finding] {
    // A message's sentence says what its function would be described by.
    let files = tree.swiftFiles(under: "Sources/").filter { !$0.path.hasSuffix("Messages.swift") }
    let requirements = Set(files.flatMap { Self.requirements(in: $0.source) })
    return files.flatMap { path, source -> [Finding] in
      let overloads = Self.commentedFunctions(in: source)
      return source.code.indices.compactMap { index in
        guard let (name, isFunction) = Self.declaration(in: source.code[index]),
          !Self.isCommented(index, in: source),
          !(isFunction && (requirements.contains(name) || overloads.contains(name)))
        else { return nil }
        return Finding(path, line: index + 1, "`\(name)` has no doc comment")
      }
    }
  }

  /// The functions that a file's protocols ask for; those who have them say the same.
  private static func requirements(in source: SwiftText) -> [String] {
    var depth = 0
    // What `Hashable` and `IteratorProtocol` ask for.
    var names = ["hash", "next"]
    for line in source.code {
      let words = Manifest.words(of: line)
      let isProtocol = words.contains("protocol") && line.contains("{")
      if depth > 0, let function = words.firstIndex(of: "func"), function + 1 < words.count {
        names.append(words[function + 1])
      }
      guard depth > 0 || isProtocol else { continue }
      depth += line.count { $0 == "{" } - line.count { $0 == "}" }
    }
    return names
  }

  /// The functions of a file that have a comment; one is enough for functions of one name.
  private static func commentedFunctions(in source: SwiftText) -> Set<String> {
    Set(
      source.code.indices.compactMap { index in
        guard let (name, isFunction) = declaration(in: source.code[index]), isFunction,
          isCommented(index, in: source)
        else { return nil }
        return name
      })
  }

  /// The type or named function that a line declares for other rooms; operators speak for themselves.
  private static func declaration(in line: String) -> (name: String, isFunction: Bool)? {
    let words = Manifest.words(of: line)
    guard words.first == "package", let kind = words.firstIndex(where: kinds.contains),
      kind + 1 < words.count, words[..<kind].allSatisfy(modifiers.contains)
    else { return nil }
    let after = line.split(separator: words[kind], maxSplits: 1).last ?? ""
    let first = after.first { $0 != " " }
    guard first?.isLetter == true || first == "_" || first == "`" else { return nil }
    return (words[kind + 1], words[kind] == "func")
  }

  private static let modifiers: Set<String> = [
    "package", "static", "final", "mutating", "nonmutating", "indirect", "override", "consuming",
    "borrowing", "nonisolated", "class",
  ]

  /// Whether a doc comment stands above, attributes between them passed over.
  private static func isCommented(_ index: Int, in source: SwiftText) -> Bool {
    var above = index - 1
    while above >= 0, source.code[above].drop(while: { $0 == " " }).hasPrefix("@") { above -= 1 }
    return above >= 0 && source.isDocComment(above)
  }
}
