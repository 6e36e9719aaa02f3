import CLibEdit
import Glibc

/// Edits statements of several lines at a terminal, by libedit.
///
/// Enter asks the guide whether the text is whole and either ends the reading or opens a new line.
/// History, its search, paste and completion are ours; libedit moves the cursor, kills, yanks and
/// draws. Known limits of libedit: it moves by code point, so that joined emoji misplace the cursor,
/// and of a text with more lines than the screen it draws only the last.
package final class TerminalLineEditor: LineEditor {
  /// What could not be used in `~/.editrc`, one sentence each.
  package private(set) var warnings: [String] = []

  let editor: OpaquePointer
  let history: StatementHistory
  /// Asked while `readStatement` runs; nothing outside of it.
  private(set) weak var guide: (any Guide)?

  private var prompt = Prompt("")
  private var promptMemory: UnsafeMutablePointer<wchar_t>?
  /// Names and help texts of our functions, which libedit keeps pointers to.
  private var keptTexts: [UnsafeMutablePointer<wchar_t>] = []

  /// What is open in the text, shown in the prompt's place.
  var openLabel: String?
  /// How the reading ends, where that is not by a whole statement.
  var ending: Reading?
  /// The text that the reading begins with.
  private var beginning = ""
  /// The history entry that is shown, by its index; nothing while a new text is typed.
  var historyPosition: Int?
  /// The new text that waits while history is shown.
  var draft = ""
  var search: HistorySearch?
  var completing = PendingCompletion()

  /// Takes over the terminal's line editing; nothing if libedit can't work with this terminal.
  package init?(history: StatementHistory) {
    CharacterEncoding.adopt()
    guard let editor = line_editor_create("docket") else { return nil }
    self.editor = editor
    self.history = history
    _ = line_editor_set_owner(editor, Unmanaged.passUnretained(self).toOpaque())
    _ = line_editor_handle_signals(editor, 1)
    _ = line_editor_set_prompt(editor, { TerminalLineEditor.of($0).drawnPrompt() }, 1)
    _ = withWide("emacs") { line_editor_set_map(editor, $0) }
    for function in Self.functions {
      _ = line_editor_add_function(
        editor, keep(function.name), keep(function.help), function.body)
    }
    warnings = EditRC.apply(to: editor)
    // While a line is edited Ctrl-C is a key, so that the text can be left in good order, and
    // carriage returns and line feeds stay what they are, so that a paste keeps its lines.
    for setting in ["-isig", "-icrnl", "-inlcr"] {
      _ = withWide(setting) { line_editor_set_terminal(editor, $0) }
    }
    bindKeys()
  }

  deinit {
    el_end(editor)
    for text in keptTexts { text.deallocate() }
    promptMemory?.deallocate()
  }

  package func readStatement(prompt: Prompt, beginning text: String, guide: any Guide) -> Reading {
    self.prompt = prompt
    self.guide = guide
    beginning = text
    openLabel = nil
    ending = nil
    historyPosition = nil
    draft = ""
    search = nil
    completing = PendingCompletion()
    line_editor_write(BracketedPaste.on)
    defer { line_editor_write(BracketedPaste.off) }
    if !text.isEmpty { push(.begin) }
    // Before the prompt is drawn, or keys typed as soon as it shows would be echoed by the
    // terminal.
    _ = line_editor_prepare_terminal(editor, 1)
    errno = 0
    var count: Int32 = 0
    let line = el_wgets(editor, &count)
    if let ending { return ending }
    guard line != nil, count > 0 else {
      guard count < 0, errno == EINTR else { return .endOfInput }
      line_editor_write("\n")
      return .interrupted
    }
    let text = self.text
    return .statement(text.hasSuffix("\n") ? String(text.dropLast()) : text)
  }

  package func remember(_ statement: String) {
    history.append(statement)
  }

  /// The editor that a callback of libedit belongs to.
  static func of(_ editor: OpaquePointer?) -> TerminalLineEditor {
    Unmanaged<TerminalLineEditor>.fromOpaque(line_editor_owner(editor)).takeUnretainedValue()
  }

  /// The width of the prompt, which continuation lines are indented by.
  var promptWidth: Int { prompt.text.displayWidth }

  /// Puts the text to begin with at the prompt, on a new line where something is still open in it.
  func begin() -> EditorEffect {
    setText(beginning)
    guard case .open(let label) = guide?.verdict(on: beginning) else { return .redraw }
    openLabel = label
    return openLine()
  }

  private func keep(_ text: String) -> UnsafeMutablePointer<wchar_t> {
    let copy = Self.copied(text)
    keptTexts.append(copy)
    return copy
  }

  private static func copied(_ text: String) -> UnsafeMutablePointer<wchar_t> {
    let scalars = text.unicodeScalars
    let copy = UnsafeMutablePointer<wchar_t>.allocate(capacity: scalars.count + 1)
    for (index, scalar) in scalars.enumerated() { copy[index] = wchar_t(scalar.value) }
    copy[scalars.count] = 0
    return copy
  }

  /// What libedit draws before the text: the search, what is open, or the prompt.
  private func drawnPrompt() -> UnsafeMutablePointer<wchar_t> {
    promptMemory?.deallocate()
    let copy = Self.copied(escaped(shownPrompt))
    promptMemory = copy
    return copy
  }

  private var shownPrompt: String {
    if let search { return search.label }
    guard let openLabel, text.contains("\n") else { return prompt.text }
    let label = openLabel + " "
    return String(repeating: " ", count: max(0, promptWidth - label.displayWidth)) + label
  }

  /// The prompt with its colour between escape characters, which libedit takes as having no width.
  ///
  /// libedit loses an escape sequence that no character follows, so the last character stands
  /// outside.
  private func escaped(_ text: String) -> String {
    guard let colour = prompt.colour, let last = text.last else { return text }
    return "\u{1}\(colour)\u{1}\(text.dropLast())\u{1}\u{1B}[0m\u{1}\(last)"
  }
}
