import CLibEdit

/// A function of ours that keys can be bound to, in `~/.editrc` too.
struct EditorFunction {
  let name: String
  let help: String
  let body: line_editor_function
}

extension TerminalLineEditor {
  static var functions: [EditorFunction] {
    statementFunctions + lineFunctions + innerFunctions
  }

  /// What is done with the whole statement.
  private static var statementFunctions: [EditorFunction] {
    typealias Editor = TerminalLineEditor
    return [
      EditorFunction(name: "statement-enter", help: "Run the statement, or open a line in it") {
        (editor, _) in Editor.of(editor).enter().code
      },
      EditorFunction(name: "statement-line", help: "Open a line in the statement") {
        (editor, _) in Editor.of(editor).openLine().code
      },
      EditorFunction(name: "statement-delete", help: "Delete the character here, or leave") {
        (editor, _) in Editor.of(editor).deleteOrLeave().code
      },
      EditorFunction(name: "statement-interrupt", help: "Drop the statement") {
        (editor, _) in Editor.of(editor).interrupt().code
      },
      EditorFunction(name: "statement-suspend", help: "Suspend the program") {
        (editor, _) in Editor.of(editor).suspend().code
      },
      EditorFunction(name: "statement-abandon", help: "End the program at once") {
        (editor, _) in Editor.of(editor).abandon().code
      },
      EditorFunction(name: "statement-complete", help: "Complete the word") {
        (editor, _) in Editor.of(editor).complete().code
      },
      EditorFunction(name: "statement-search", help: "Search the history backward") {
        (editor, _) in Editor.of(editor).startSearch().code
      },
      EditorFunction(name: "statement-paste", help: "Take in a paste without running it") {
        (editor, _) in Editor.of(editor).paste().code
      },
      EditorFunction(name: "statement-escape", help: "Escape, or the start of a longer key") {
        (editor, _) in Editor.of(editor).escape(inCommandMode: false).code
      },
      EditorFunction(name: "statement-escape-command", help: "Escape in vi's command mode") {
        (editor, _) in Editor.of(editor).escape(inCommandMode: true).code
      },
    ]
  }

  /// What is done with a line of it.
  private static var lineFunctions: [EditorFunction] {
    typealias Editor = TerminalLineEditor
    return [
      EditorFunction(name: "statement-up", help: "The line above, or the statement before") {
        (editor, _) in Editor.of(editor).up().code
      },
      EditorFunction(name: "statement-down", help: "The line below, or the statement after") {
        (editor, _) in Editor.of(editor).down().code
      },
      EditorFunction(name: "statement-line-start", help: "Move to the start of the line") {
        (editor, _) in Editor.of(editor).moveToLineStart().code
      },
      EditorFunction(name: "statement-line-end", help: "Move to the end of the line") {
        (editor, _) in Editor.of(editor).moveToLineEnd().code
      },
      EditorFunction(name: "statement-kill-line", help: "Cut to the end of the line") {
        (editor, _) in Editor.of(editor).killToLineEnd().code
      },
      EditorFunction(name: "statement-kill-back", help: "Cut to the start of the line") {
        (editor, _) in Editor.of(editor).killToLineStart().code
      },
      EditorFunction(name: "statement-backspace", help: "Delete the character before") {
        (editor, _) in Editor.of(editor).backspace().code
      },
    ]
  }

  /// The second halves of other functions, for keys that no keyboard sends.
  private static var innerFunctions: [EditorFunction] {
    typealias Editor = TerminalLineEditor
    return [
      EditorFunction(name: "statement-kill-line-start", help: "The far end of a cut backward") {
        (editor, _) in Editor.of(editor).moveToCutStart().code
      },
      EditorFunction(name: "statement-kill-line-end", help: "The far end of a cut forward") {
        (editor, _) in Editor.of(editor).moveToCutEnd().code
      },
      EditorFunction(name: "statement-list", help: "List what may stand here") {
        (editor, _) in Editor.of(editor).listCompletions().code
      },
      EditorFunction(name: "statement-search-on", help: "Go on searching the history") {
        (editor, _) in Editor.of(editor).continueSearch().code
      },
      EditorFunction(name: "statement-begin", help: "Put the text to begin with at the prompt") {
        (editor, _) in Editor.of(editor).begin().code
      },
    ]
  }
}
