import CLibEdit
import Glibc

/// Moving, opening and cutting lines inside a statement, and the keys that end it.
extension TerminalLineEditor {
  func enter() -> EditorEffect {
    switch guide?.verdict(on: text) ?? .whole {
    case .whole:
      break
    case .open(let label):
      openLabel = label
      return openLine()
    case .aside(let question, let pending):
      ending = .aside(question: question, pending: pending)
    }
    openLabel = nil
    push(.accept)
    return .nothing
  }

  /// Opens a line at the cursor, indented like the line it comes from; inside quotes spaces would
  /// count.
  func openLine() -> EditorEffect {
    let line = scalars[lineStart..<cursor]
    let indentation =
      lineStart == 0 ? promptWidth : line.prefix { $0 == " " }.count
    insert("\n" + String(repeating: " ", count: openLabel == "quote…" ? 0 : indentation))
    return .redraw
  }

  func up() -> EditorEffect {
    guard lineStart > 0 else { return showOlder() }
    let column = cursor - lineStart
    let above = start(ofLineAt: lineStart - 1)
    moveCursor(to: min(above + aligned(column, from: lineStart, to: above), lineStart - 1))
    return .cursorMoved
  }

  func down() -> EditorEffect {
    guard lineEnd < scalars.count else { return showNewer() }
    let column = cursor - lineStart
    let below = lineEnd + 1
    let column2 = aligned(column, from: lineStart, to: below)
    moveCursor(to: min(below + column2, end(ofLineAt: below)))
    return .cursorMoved
  }

  /// Moves to the first word of the line and, from there, to its very start.
  func moveToLineStart() -> EditorEffect {
    let word = lineStart + scalars[lineStart..<lineEnd].prefix { $0 == " " }.count
    moveCursor(to: cursor == word || lineStart == 0 ? lineStart : word)
    return .cursorMoved
  }

  func moveToLineEnd() -> EditorEffect {
    moveCursor(to: lineEnd)
    return .cursorMoved
  }

  func killToLineEnd() -> EditorEffect {
    guard cursor < scalars.count else { return .beep }
    push(.mark, .lineEnd, .killRegion)
    return .nothing
  }

  func killToLineStart() -> EditorEffect {
    guard cursor > 0 else { return .beep }
    push(.mark, .lineStart, .killRegion)
    return .nothing
  }

  /// The end of the line, or the line break where the cursor already stands at the end.
  func moveToCutEnd() -> EditorEffect {
    moveCursor(to: cursor == lineEnd ? lineEnd + 1 : lineEnd)
    return .nothing
  }

  func moveToCutStart() -> EditorEffect {
    moveCursor(to: cursor == lineStart ? lineStart - 1 : lineStart)
    return .nothing
  }

  /// Deletes a character, or the whole indentation with its line break where nothing else stands
  /// before.
  func backspace() -> EditorEffect {
    guard cursor > 0 else { return .beep }
    let before = scalars[lineStart..<cursor]
    let isIndentation = lineStart > 0 && before.allSatisfy { $0 == " " }
    deleteBeforeCursor(isIndentation ? before.count + 1 : 1)
    if !scalars.contains("\n") { openLabel = nil }
    return .redraw
  }

  /// Ctrl-D: leaves at an empty prompt, deletes inside a text, lists at its end.
  func deleteOrLeave() -> EditorEffect {
    if scalars.isEmpty {
      push(.end)
      return .nothing
    }
    if cursor < scalars.count {
      push(.deleteNext)
      return .nothing
    }
    return complete(listing: true)
  }

  /// Ctrl-C: leaves the text on the screen, marked, and asks anew.
  func interrupt() -> EditorEffect {
    ending = .interrupted
    openLabel = nil
    search = nil
    moveCursor(to: scalars.count)
    insert("^C")
    push(.accept)
    return .redraw
  }

  /// Ctrl-Z: gives the terminal back as it was and stops, with all of its process group, until
  /// woken.
  func suspend() -> EditorEffect {
    _ = line_editor_prepare_terminal(editor, 0)
    line_editor_write(BracketedPaste.off)
    var before = sigaction()
    var byDefault = sigaction()
    sigaction(SIGTSTP, &byDefault, &before)
    kill(0, SIGTSTP)
    sigaction(SIGTSTP, &before, nil)
    line_editor_write(BracketedPaste.on)
    _ = line_editor_prepare_terminal(editor, 1)
    _ = line_editor_redraw(editor)
    return .nothing
  }

  /// Ctrl-\: sends the signal of the key, which the terminal does not while a line is edited.
  func abandon() -> EditorEffect {
    kill(0, SIGQUIT)
    return .nothing
  }

  private var lineStart: Int { start(ofLineAt: cursor) }

  private var lineEnd: Int { end(ofLineAt: cursor) }

  private func start(ofLineAt offset: Int) -> Int {
    scalars[..<offset].lastIndex(of: "\n").map { $0 + 1 } ?? 0
  }

  private func end(ofLineAt offset: Int) -> Int {
    let scalars = scalars
    return scalars[offset...].firstIndex(of: "\n") ?? scalars.count
  }

  /// A column of one line as the column of another; the first line begins after the prompt.
  private func aligned(_ column: Int, from start: Int, to other: Int) -> Int {
    let onScreen = column + (start == 0 ? promptWidth : 0)
    return max(0, onScreen - (other == 0 ? promptWidth : 0))
  }
}
