import Glibc

/// The program at its prompt, with a home folder that only this test sees.
struct PromptTerminal {
  let home: TemporaryFolder
  let terminal: PseudoTerminal

  /// Starts the program and waits for the prompt.
  init(
    arguments: [String] = [], home: TemporaryFolder? = nil, environment: [String: String] = [:],
    columns: Int = 80, rows: Int = 24
  ) throws {
    let home = try home ?? TemporaryFolder()
    self.home = home
    var variables = [
      "HOME": home.path, "PATH": "/usr/bin:/bin", "TERM": "xterm", "LANG": "C.UTF-8",
      "NO_COLOR": "1",
    ]
    variables.merge(environment) { $1 }
    terminal = try PseudoTerminal(
      Self.program, arguments: arguments, environment: variables, columns: columns, rows: rows)
    try terminal.wait(forRow: "docket>")
  }

  /// Types a line, presses Enter and waits for the next prompt below it.
  func run(_ line: String, showing expected: String) throws {
    terminal.type(line)
    try enter(showing: expected)
  }

  /// Presses Enter and waits for the next prompt below what it shows; keys before that would be
  /// echoed by the terminal, which the program has not taken over again.
  func enter(showing expected: String) throws {
    terminal.press(.enter)
    try terminal.wait(for: "“\(expected)” and a prompt") {
      $0.text.contains(expected) && $0.cursorRow == "docket>"
    }
  }

  /// The program stands beside the tests, which run from the folder of build products.
  static var program: String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    let path = String(
      decoding: buffer.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
    return path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/") + "/docket"
  }
}

/// A folder that is there as long as its test.
final class TemporaryFolder {
  let path: String

  init() throws {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(folder)/docket-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw PseudoTerminal.Problem.cannotStart(folder) }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit {
    Self.remove(path)
  }

  /// The text of a file in the folder; nothing if it is not there.
  func contents(of name: String) -> String? {
    guard let file = fopen("\(path)/\(name)", "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += chunk[..<count]
    }
  }

  /// Writes a file into the folder and gives its path.
  func write(_ text: String, to name: String, mode: mode_t = 0o644) -> String {
    let path = "\(self.path)/\(name)"
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, mode)
    defer { close(file) }
    _ = text.withCString { Glibc.write(file, $0, strlen($0)) }
    return path
  }

  private static func remove(_ path: String) {
    if let folder = opendir(path) {
      var names: [String] = []
      while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { names.append(name) }
      }
      closedir(folder)
      for name in names { remove("\(path)/\(name)") }
      rmdir(path)
    } else {
      unlink(path)
    }
  }
}
