internal import Glibc

/// What a source wrote to its standard error: its last lines here, and a bounded file of it.
final class PluginLog {
  /// Where it is kept; nothing where it is not.
  let path: String?
  private var descriptor: Int32 = -1
  private var written = 0
  private var tail: [UInt8] = []
  private let limit: Int

  init(path: String?, limit: Int) {
    self.path = path
    self.limit = limit
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  func append(_ bytes: UnsafeRawBufferPointer) {
    tail.append(contentsOf: bytes)
    if tail.count > 4096 { tail.removeFirst(tail.count - 2048) }
    open()
    guard descriptor >= 0 else { return }
    if written + bytes.count > limit {
      ftruncate(descriptor, 0)
      written = 0
    }
    written += max(0, write(descriptor, bytes.baseAddress, bytes.count))
  }

  /// The last line that says something.
  var lastLine: String? {
    let lines = String(decoding: tail, as: UTF8.self).split(whereSeparator: \.isNewline)
    let last = lines.last { line in line.contains { !$0.isWhitespace } }
    return last.map { PluginLog.visible($0) }
  }

  /// A text of a stranger on one short line, without what a terminal would obey.
  static func visible(_ text: some StringProtocol) -> String {
    let scalars = text.unicodeScalars.map { scalar -> UnicodeScalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: " "
      default: scalar
      }
    }
    var shown = String(String.UnicodeScalarView(scalars))
    if shown.count > 160 { shown = shown.prefix(159) + "…" }
    return shown
  }

  /// The file is made when there is something to write.
  private func open() {
    guard descriptor < 0, let path else { return }
    StateFolder.make(above: path)
    let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW
    descriptor = Glibc.open(path, flags, 0o600)
    if descriptor >= 0 { written = Int(max(0, lseek(descriptor, 0, SEEK_END))) }
  }
}
