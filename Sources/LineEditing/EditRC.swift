import CLibEdit
import Glibc

/// The person's key bindings in `~/.editrc`, or in the file that `EDITRC` names.
///
/// libedit's own reader stops at the first bad line without a word; this one goes on and says
/// which.
enum EditRC {
  static func apply(to editor: OpaquePointer) -> [String] {
    guard let path, let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var warnings: [String] = []
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    var number = 0
    while getline(&line, &capacity, file) >= 0 {
      number += 1
      let text = String(String(cString: line!).drop { $0.isWhitespace }.prefix { $0 != "\n" })
      guard !text.isEmpty, !text.hasPrefix("#") else { continue }
      if !run(text, in: editor) { warnings.append("\(path):\(number): not understood: \(text)") }
    }
    return warnings
  }

  private static var path: String? {
    if let named = getenv("EDITRC") { return String(cString: named) }
    return getenv("HOME").map { String(cString: $0) + "/.editrc" }
  }

  /// Runs one line; whether libedit took it.
  private static func run(_ text: String, in editor: OpaquePointer) -> Bool {
    guard let tokenizer = tok_init(nil) else { return false }
    defer { tok_end(tokenizer) }
    var count: Int32 = 0
    var words: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    guard tok_str(tokenizer, text, &count, &words) == 0, let words else { return false }
    return count == 0 || el_parse(editor, count, words) == 0
  }
}
