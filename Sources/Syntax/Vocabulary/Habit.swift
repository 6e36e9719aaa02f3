import Diagnostics

/// A line that people bring from another language, and the line that says it here.
struct Habit: Sendable {
  /// What the line is written in: `SQL`, `R`.
  let tongue: String
  /// See `HabitPattern`.
  let pattern: HabitPattern
  /// The line here, with the placeholders of the pattern; `{ … }` stands only where all of its own
  /// are known.
  let line: String
  /// More that is worth knowing.
  let remark: String

  init(_ tongue: String, _ pattern: String, _ line: String, _ remark: String = "") {
    self.tongue = tongue
    self.pattern = HabitPattern(pattern)
    self.line = line
    self.remark = remark
  }

  /// The line here for what the placeholders stand for, and whether nothing is left to fill in.
  func line(with bindings: HabitPattern.Bindings) -> (text: String, isWhole: Bool) {
    var text = ""
    var part = ""
    var isInBraces = false
    var isOpen = false
    var partIsOpen = false
    func flush(_ text: inout String) {
      if !isInBraces || !partIsOpen {
        text += part
        isOpen = isOpen || partIsOpen
      }
      part = ""
      partIsOpen = false
    }
    var word = ""
    func endWord() {
      guard !word.isEmpty else { return }
      if let tokens = bindings[word] {
        part += HabitWords.text(of: tokens, as: word)
      } else {
        partIsOpen = true
        part += word
      }
      word = ""
    }
    for character in line {
      let isCapital = ("A"..."Z").contains(character)
      if isCapital || (!word.isEmpty && character.isNumber) {
        word.append(character)
        continue
      }
      endWord()
      if character == "{" || character == "}" {
        flush(&text)
        isInBraces = character == "{"
      } else {
        part.append(character)
      }
    }
    endWord()
    flush(&text)
    return (text.split(separator: " ").joined(separator: " "), !isOpen)
  }
}

extension Habit {
  /// What is said of a line that nothing here can read; nothing where no habit is recognised.
  static func diagnostic(of line: [Token], in source: SourceText) -> Diagnostic? {
    guard let first = line.first, let last = line.last, line.count <= tokensLookedAt else {
      return nil
    }
    let tokens = HabitWords.joined(line, source)
    let span = Span(first.span.lower, last.span.upper)
    for habit in Habits.lines {
      guard let bindings = habit.pattern.match(tokens) else { continue }
      let (text, isWhole) = habit.line(with: bindings)
      let help = ["here: \(text)"] + (habit.remark.isEmpty ? [] : [habit.remark])
      return SyntaxMessages.habit(
        "that is a line of \(habit.tongue)", at: span, help: help,
        edits: isWhole ? [Edit(span, text)] : [])
    }
    return inside(tokens, span, source)
  }

  /// A longer line is data that was pasted by mistake.
  private static let tokensLookedAt = 100

  /// Signs of other languages inside a line of this one, all mended at once.
  private static func inside(_ tokens: [Token], _ span: Span, _ source: SourceText) -> Diagnostic? {
    var text = ""
    var said: (old: String, new: String)?
    var end = span.lower
    var index = 0
    while index < tokens.count {
      let found = Habits.signs.lazy.compactMap { habit in
        habit.pattern.matchPrefix(tokens[index...]).map { (habit, $0) }
      }.first
      let token = tokens[index]
      text += source.slice(Span(end, token.span.lower))
      guard let (habit, (bindings, count)) = found, count > 0 else {
        let old = source.slice(token.span)
        let isSingle = token.kind == .string && old.hasPrefix("'")
        if isSingle { said = said ?? (old, Formatter.quoted(token.text)) }
        text += isSingle ? Formatter.quoted(token.text) : old
        end = token.span.upper
        index += 1
        continue
      }
      let last = tokens[index + count - 1]
      let new = habit.line(with: bindings).text
      said = said ?? (source.slice(Span(token.span.lower, last.span.upper)), new)
      text += new
      end = last.span.upper
      index += count
    }
    guard let said else { return nil }
    return SyntaxMessages.habit(
      said.new.isEmpty
        ? "`\(said.old)` is not written here" : "`\(said.old)` is written `\(said.new)` here",
      at: span, help: ["here: \(text)"], edits: [Edit(span, text)])
  }
}
