import CLibEdit

/// The state between one Tab and the next.
struct PendingCompletion {
  /// The text and cursor of the last Tab that changed nothing; the same again asks for the list.
  var text: String?
  var cursor = 0
  /// What the list is about to show, and where the cursor goes back to.
  var listed: [Completion] = []
}

extension TerminalLineEditor {
  /// Tab: inserts what all completions share; where that is nothing, lists them on the second Tab.
  func complete(listing: Bool = false) -> EditorEffect {
    let text = text
    let start = cursor
    let offset = String(String.UnicodeScalarView(scalars[..<start])).utf8.count
    let completions = InterruptKey.whileEnabled {
      guide?.completions(of: text, at: offset) ?? []
    }
    guard let first = completions.first else { return .beep }
    if !listing, let typed = text.slice(utf8: first.replacing),
      first.replacing.upperBound == offset,
      let prefix = Completion.commonPrefix(of: completions, lengthening: typed)
    {
      deleteBeforeCursor(typed.unicodeScalars.count)
      insert(prefix)
      completing = PendingCompletion()
      return .redraw
    }
    guard listing || (completing.text == text && completing.cursor == start) else {
      completing = PendingCompletion(text: text, cursor: start)
      return .beep
    }
    completing = PendingCompletion(text: text, cursor: start, listed: completions)
    // The list begins below the text, so libedit first takes the cursor to its end.
    moveCursor(to: scalars.count)
    push(.list)
    return .cursorMoved
  }

  /// Writes the list below the text and the prompt with the text anew below the list.
  func listCompletions() -> EditorEffect {
    let size = TerminalSize.current()
    let lines = scalars.count { $0 == "\n" } + 1
    let list = CompletionList(
      completions: completing.listed, width: size.columns, height: max(3, size.rows - lines - 1))
    line_editor_write("\r\n" + list.rows().map { $0 + "\r\n" }.joined())
    moveCursor(to: completing.cursor)
    _ = line_editor_redraw(editor)
    return .nothing
  }
}

extension String {
  /// The part between two UTF-8 offsets, or nothing where they do not fall between characters.
  fileprivate func slice(utf8 range: Range<Int>) -> String? {
    guard range.lowerBound >= 0, range.upperBound <= utf8.count else { return nil }
    let lower = utf8.index(startIndex, offsetBy: range.lowerBound)
    let upper = utf8.index(startIndex, offsetBy: range.upperBound)
    return String(self[lower..<upper])
  }
}
