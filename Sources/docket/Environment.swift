import Glibc

/// The process's environment.
enum Environment {
  static subscript(name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// Every variable, as it was when one was first asked for.
  static let all: [String: String] = {
    var found: [String: String] = [:]
    var pointer = environ
    while let entry = pointer.pointee {
      let text = String(cString: entry)
      if let sign = text.firstIndex(of: "=") {
        found[String(text[..<sign])] = String(text[text.index(after: sign)...])
      }
      pointer += 1
    }
    return found
  }()

  static var workingDirectory: String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
  }
}
