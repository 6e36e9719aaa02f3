import Glibc

/// A text file that only its owner reads.
enum PrivateFile {
  /// Writes the file whole or not at all, with the folders above it; false where the disk refuses.
  @discardableResult
  static func write(_ text: String, to path: String) -> Bool {
    if let slash = path.lastIndex(of: "/") { makeFolder(String(path[..<slash])) }
    let draft = path + ".part"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard descriptor >= 0 else { return false }
    let bytes = Array(text.utf8)
    let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    close(descriptor)
    guard written == bytes.count, rename(draft, path) == 0 else {
      unlink(draft)
      return false
    }
    return true
  }

  private static func makeFolder(_ path: String) {
    guard !path.isEmpty, access(path, F_OK) != 0 else { return }
    if let slash = path.lastIndex(of: "/") { makeFolder(String(path[..<slash])) }
    mkdir(path, 0o700)
  }
}
