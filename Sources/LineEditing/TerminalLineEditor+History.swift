/// A search through the history, letter by letter.
struct HistorySearch {
  var pattern = ""
  /// The entry shown, by its index; nothing before the first match.
  var position: Int?
  var hasFailed = false
  /// What stood at the prompt before the search.
  let draft: String
  let draftPosition: Int?

  /// What stands in the prompt's place.
  var label: String { (hasFailed ? "no match for “" : "search “") + pattern + "” " }
}

/// The statements before: arrow keys at the edges of the text, and Ctrl-R.
extension TerminalLineEditor {
  func showOlder() -> EditorEffect {
    let position = (historyPosition ?? history.statements.count) - 1
    guard position >= 0 else { return .beep }
    if historyPosition == nil { draft = text }
    show(position)
    return .redraw
  }

  func showNewer() -> EditorEffect {
    guard let position = historyPosition else { return .beep }
    show(position + 1)
    return .redraw
  }

  /// Shows an entry of the history; beyond the last stands the text that was being typed.
  private func show(_ position: Int) {
    openLabel = nil
    let isEntry = position < history.statements.count
    historyPosition = isEntry ? position : nil
    setText(isEntry ? history.statements[position] : draft)
  }

  func startSearch() -> EditorEffect {
    search = HistorySearch(draft: text, draftPosition: historyPosition)
    openLabel = nil
    push(.searchOn)
    return .redraw
  }

  /// Reads one key of the search and comes back for the next after libedit has drawn the text.
  func continueSearch() -> EditorEffect {
    guard var search, let key = nextKey() else { return .nothing }
    switch key {
    case "\u{12}":
      find(&search, from: (search.position ?? history.statements.count) - 1, step: -1)
    case "\u{13}":
      find(&search, from: (search.position ?? history.statements.count) + 1, step: 1)
    case "\u{08}", "\u{7F}":
      search.pattern = String(search.pattern.dropLast())
      find(&search, from: history.statements.count - 1, step: -1)
    case "\u{07}":
      endSearch(search, keeping: false)
      return .redraw
    case "\u{1B}":
      endSearch(search, keeping: true)
      if hasKeyWaiting() { push("\u{1B}") }
      return .redraw
    case "\u{00}"..<"\u{20}", "\u{80}"..<"\u{A0}":
      endSearch(search, keeping: true)
      push(String(key))
      return .redraw
    default:
      search.pattern.unicodeScalars.append(key)
      find(&search, from: search.position ?? history.statements.count - 1, step: -1)
    }
    self.search = search
    push(.searchOn)
    return .redraw
  }

  private func endSearch(_ search: HistorySearch, keeping: Bool) {
    self.search = nil
    if keeping, let position = search.position {
      if search.draftPosition == nil { draft = search.draft }
      historyPosition = position
    } else {
      historyPosition = search.draftPosition
      setText(search.draft)
    }
  }

  /// Shows the next entry that holds the pattern, without regard to case, other than the one shown.
  private func find(_ search: inout HistorySearch, from start: Int, step: Int) {
    let entries = history.statements
    let pattern = search.pattern.lowercased()
    let shown = search.position.map { entries[$0] }
    search.hasFailed = false
    guard !pattern.isEmpty else { return }
    var position = start
    while entries.indices.contains(position) {
      let entry = entries[position]
      let isOther = position == search.position || entry != shown
      if isOther, let offset = Self.offset(of: pattern, in: entry) {
        search.position = position
        setText(entry)
        moveCursor(to: offset)
        return
      }
      position += step
    }
    search.hasFailed = true
  }

  /// Where a pattern in lower case first stands in a text, in code points.
  private static func offset(of pattern: String, in text: String) -> Int? {
    let wanted = Array(pattern.unicodeScalars)
    let scalars = text.unicodeScalars.map { $0.properties.lowercaseMapping.unicodeScalars.first! }
    guard wanted.count <= scalars.count else { return nil }
    return (0...scalars.count - wanted.count).first {
      scalars[$0..<$0 + wanted.count].elementsEqual(wanted)
    }
  }
}
