import Glibc
import Testing

/// A folder of a test; removed with the files that were written into it when the test is done.
final class TemporaryFolder {
  let path: String
  private var files: [String] = []

  init() throws {
    var template = Array("/tmp/docket-XXXXXX".utf8CString)
    _ = try #require(mkdtemp(&template))
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    for file in files { unlink(file) }
    rmdir(path)
  }

  /// Writes a file and gives its path.
  func write(_ text: String, to name: String) throws -> String {
    let whole = path + "/" + name
    let file = try #require(fopen(whole, "w"))
    defer { fclose(file) }
    let bytes = Array(text.utf8)
    try #require(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    files.append(whole)
    return whole
  }
}
