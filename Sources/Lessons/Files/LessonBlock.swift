import Diagnostics

/// One line of a lesson file, or several where indented lines go on with it: `word: text`.
struct LessonEntry {
  let word: String
  let text: String
  let span: Span
}

/// Lines of a lesson file between empty lines.
enum LessonBlock {
  case prose(String)
  case entries([LessonEntry])
  case pause

  /// The blocks of a text, in order; lines that begin with `#` are comments.
  static func blocks(of source: SourceText, words: Set<String>) -> [LessonBlock] {
    var blocks: [LessonBlock] = []
    var entries: [LessonEntry] = []
    var prose: [String] = []
    func close() {
      if !entries.isEmpty { blocks.append(.entries(entries)) }
      if !prose.isEmpty { blocks.append(.prose(prose.joined(separator: " "))) }
      (entries, prose) = ([], [])
    }
    var offset = 0
    for line in source.text.split(separator: "\n", omittingEmptySubsequences: false) {
      let span = Span(offset, offset + line.utf8.count)
      offset += line.utf8.count + 1
      let text = trimmed(line)
      if text.isEmpty || text == "---" {
        close()
        if text == "---" { blocks.append(.pause) }
      } else if line.first == "#" {
        continue
      } else if line.first == " ", let last = entries.last {
        entries[entries.count - 1] = LessonEntry(
          word: last.word, text: last.text + "\n" + text, span: last.span.union(span))
      } else if let entry = entry(text, at: span, words) {
        if !prose.isEmpty { close() }
        entries.append(entry)
      } else {
        if !entries.isEmpty { close() }
        prose.append(text)
      }
    }
    close()
    return blocks
  }

  private static func entry(_ text: String, at span: Span, _ words: Set<String>) -> LessonEntry? {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    // A sentence may begin with the same word, with a capital letter.
    let word = String(text[..<colon])
    guard words.contains(word) else { return nil }
    return LessonEntry(
      word: word, text: trimmed(text[text.index(after: colon)...]), span: span)
  }

  static func trimmed(_ text: some StringProtocol) -> String {
    var text = Substring(text)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}

extension LessonEntry {
  /// The text as a paragraph: lines joined by spaces.
  var words: String { text.split(separator: "\n").joined(separator: " ") }

  var question: LessonQuestion { LessonQuestion(text, at: span) }

  /// The parts before and behind `=>`.
  var halves: (String, String)? {
    let parts = words.split(separator: "=>", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    return (LessonBlock.trimmed(parts[0]), LessonBlock.trimmed(parts[1]))
  }
}
