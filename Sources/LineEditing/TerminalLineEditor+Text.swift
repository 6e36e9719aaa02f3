import CLibEdit
import Glibc

/// Lends a text as libedit's wide characters, ended by zero.
func withWide<Result>(_ text: String, _ body: (UnsafePointer<wchar_t>) -> Result) -> Result {
  var wide = text.unicodeScalars.map { wchar_t($0.value) }
  wide.append(0)
  return wide.withUnsafeBufferPointer { body($0.baseAddress!) }
}

/// The text at the prompt. Offsets are in code points, as libedit counts.
extension TerminalLineEditor {
  var scalars: [Unicode.Scalar] {
    let line = el_wline(editor).pointee
    let count = line.lastchar - line.buffer
    return (0..<count).map { Unicode.Scalar(UInt32(bitPattern: line.buffer[$0])) ?? "\u{FFFD}" }
  }

  var text: String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  var cursor: Int {
    let line = el_wline(editor).pointee
    return line.cursor - line.buffer
  }

  func moveCursor(to offset: Int) {
    el_cursor(editor, Int32(offset - cursor))
  }

  func insert(_ text: String) {
    _ = withWide(text) { el_winsertstr(editor, $0) }
  }

  func deleteBeforeCursor(_ count: Int) {
    el_deletestr(editor, Int32(count))
  }

  /// Puts another text in place of this one, with the cursor at its end.
  func setText(_ text: String) {
    moveCursor(to: scalars.count)
    deleteBeforeCursor(cursor)
    insert(text)
  }

  /// Makes libedit read keys of ours before it reads the keyboard.
  func push(_ keys: PrivateKey...) {
    push(String(String.UnicodeScalarView(keys.map(\.rawValue))))
  }

  func push(_ keys: String) {
    withWide(keys) { el_wpush(editor, $0) }
  }

  /// The next key, or nothing at the end of input or on a signal.
  func nextKey() -> Unicode.Scalar? {
    var key: wchar_t = 0
    guard el_wgetc(editor, &key) == 1 else { return nil }
    return Unicode.Scalar(UInt32(bitPattern: key)) ?? "\u{FFFD}"
  }

  /// Whether the keyboard sends more at once, as it does after the first byte of an escape
  /// sequence.
  func hasKeyWaiting() -> Bool {
    var descriptor = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&descriptor, 1, 50) > 0
  }
}
