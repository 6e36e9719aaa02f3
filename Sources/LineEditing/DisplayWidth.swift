import CLibEdit
import Glibc

extension String {
  /// The number of terminal columns that the text takes, by the C library's tables.
  package var displayWidth: Int {
    unicodeScalars.reduce(0) { $0 + max(0, Int(wcwidth(wchar_t($1.value)))) }
  }

  /// The text with spaces after it up to a number of columns.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - displayWidth))
  }

  /// The text cut to a number of columns, with `…` where something is missing.
  func truncated(to width: Int) -> String {
    guard displayWidth > width else { return self }
    var kept = ""
    var used = 0
    for character in self {
      let next = String(character).displayWidth
      guard used + next < width else { break }
      kept.append(character)
      used += next
    }
    return kept + "…"
  }
}
