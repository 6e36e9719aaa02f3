/// A function, accessor or closure fits a screen.
struct FunctionLength: HouseRule {
  static let limitInLines = 70
  let sentence = "A function, accessor or closure has at most \(limitInLines) lines."

  private static let types: Set<String> = [
    "struct", "enum", "class", "protocol", "extension", "actor",
  ]
  private static let starts: Set<String> = ["func", "init", "subscript", "deinit"]

  /// A pair of braces that is open.
  private struct Block {
    let isType: Bool
    /// From 1: where its declaration begins.
    let line: Int
  }

  func findings(in tree: SourceTree) -> [Finding] {
    tree.swiftFiles().flatMap { path, source in
      Self.long(in: source).map {
        Finding(
          path, line: $0.line,
          "has \($0.lines) lines in one function, the limit is \(Self.limitInLines)")
      }
    }
  }

  /// The blocks beyond the limit that are no type and stand in no other such block.
  private static func long(in source: SwiftText) -> [(line: Int, lines: Int)] {
    var open: [Block] = []
    var found: [(line: Int, lines: Int)] = []
    var header: [(word: String, line: Int)] = []
    for (index, line) in source.code.enumerated() {
      var word = ""
      for character in line + "\n" {
        if character.isLetter || character.isNumber || character == "_" {
          word.append(character)
          continue
        }
        if !word.isEmpty { header.append((word, index + 1)) }
        word = ""
        if character == "{" {
          open.append(block(after: header, line: index + 1))
        } else if character == "}", let block = open.popLast() {
          let lines = index + 2 - block.line
          let isOutermost = open.allSatisfy(\.isType)
          if !block.isType, isOutermost, lines > limitInLines { found.append((block.line, lines)) }
        }
        if "{};".contains(character) { header = [] }
      }
    }
    return found
  }

  /// What the words since the last brace declare: a type where `struct Name` and the like stand among them.
  private static func block(after header: [(word: String, line: Int)], line: Int) -> Block {
    let isType = zip(header, header.dropFirst()).contains { keyword, name in
      types.contains(keyword.word) && name.word.first?.isUppercase == true
    }
    let start = header.last { starts.contains($0.word) }?.line ?? line
    return Block(isType: isType, line: start)
  }
}
