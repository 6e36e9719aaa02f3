/// The terminal's marks around a paste, which tell pasted text from typed keys.
package enum BracketedPaste {
  package static let on = "\u{1B}[?2004h"
  package static let off = "\u{1B}[?2004l"
  static let end = Array("\u{1B}[201~".unicodeScalars)
  /// Code points taken from one paste; a whole data file pasted by mistake stops here.
  static let limit = 1 << 18

  /// The text to insert: line breaks as `\n`, no other control characters, no line break at the
  /// end.
  static func cleaned(_ pasted: [Unicode.Scalar]) -> String {
    var text = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in pasted {
      defer { previous = scalar }
      switch scalar {
      case "\r": text.append("\n")
      case "\n": if previous != "\r" { text.append("\n") }
      case "\t": text.append(scalar)
      case "\u{00}"..<"\u{20}", "\u{7F}"..<"\u{A0}": continue
      default: text.append(scalar)
      }
    }
    if text.last == "\n" { text.removeLast() }
    return String(text)
  }
}

extension TerminalLineEditor {
  /// Inserts a paste once, whatever it holds; it runs when the person presses Enter.
  func paste() -> EditorEffect {
    var pasted: [Unicode.Scalar] = []
    let end = BracketedPaste.end
    while let key = nextKey() {
      pasted.append(key)
      if key == end.last, pasted.suffix(end.count).elementsEqual(end) {
        pasted.removeLast(end.count)
        break
      }
      if pasted.count > BracketedPaste.limit + end.count {
        pasted.remove(at: BracketedPaste.limit)
      }
    }
    insert(BracketedPaste.cleaned(pasted))
    if case .open(let label) = guide?.verdict(on: text) {
      openLabel = label
    } else {
      openLabel = nil
    }
    return .redraw
  }
}
