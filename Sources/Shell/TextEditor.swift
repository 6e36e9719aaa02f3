import Glibc

/// The person's own text editor, for `edit`.
struct TextEditor {
  let command: String
  let folder: String

  init(environment: [String: String]) {
    command = environment["VISUAL"] ?? environment["EDITOR"] ?? "vi"
    folder = environment["TMPDIR"] ?? "/tmp"
  }

  /// Opens the editor on a text in a file that only the person can read; what came of it, or
  /// nothing if the editor failed.
  func edit(_ text: String) -> String? {
    let suffix = ".docket"
    var path = Array("\(folder)/docket-XXXXXX\(suffix)".utf8CString)
    let descriptor = mkstemps(&path, Int32(suffix.utf8.count))
    guard descriptor >= 0 else { return nil }
    Output.write(text.isEmpty ? "" : text + "\n", to: descriptor)
    close(descriptor)
    defer { unlink(path) }
    let name = String(decoding: path.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    guard let editor = ChildProcess("\(command) \"$1\"", readsInput: false, arguments: [name]),
      editor.finish() == 0
    else { return nil }
    return Self.contents(of: name).map { text in
      String(text.reversed().drop { $0.isNewline }.reversed())
    }
  }

  private static func contents(of path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      guard count > 0 else { break }
      bytes += chunk[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
