internal import Engine
internal import Glibc

/// A path with `*` in its file name, and the files that fit it.
struct FilePattern {
  let text: String

  init(_ text: String) {
    self.text = text
  }

  /// The files in the order of their names' bytes, whatever the order of the folder.
  ///
  /// Errors: `SourceProblem` where none fits.
  func files() throws -> [String] {
    let (folder, name) = FilePattern.parts(of: text)
    guard !folder.contains("*") else {
      throw SourceProblem(
        .refused, "\(text) has * in a folder's name",
        help: ["`*` may stand in the name of the file"])
    }
    guard let directory = opendir(folder.isEmpty ? "." : folder) else {
      throw SourceProblem(.notFound, "there is no folder \(folder)")
    }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let found = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if FilePattern.fits(Array(found.utf8), Array(name.utf8)) { names.append(found) }
    }
    guard !names.isEmpty else {
      throw SourceProblem(.notFound, "no file fits \(text)")
    }
    names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return names.map { folder.isEmpty ? $0 : folder == "/" ? "/" + $0 : folder + "/" + $0 }
  }

  private static func parts(of path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return ("", path) }
    let folder = slash == path.startIndex ? "/" : String(path[..<slash])
    return (folder, String(path[path.index(after: slash)...]))
  }

  /// Whether a name fits, where `*` stands for any bytes; files that begin with a dot only fit a
  /// pattern that does.
  ///
  /// **Complexity**: O(name × pattern) at worst.
  static func fits(_ name: [UInt8], _ pattern: [UInt8]) -> Bool {
    let star = UInt8(ascii: "*")
    if name.first == UInt8(ascii: "."), pattern.first != UInt8(ascii: ".") { return false }
    var (place, wanted) = (0, 0)
    var retry: (place: Int, wanted: Int)?
    while place < name.count {
      if wanted < pattern.count, pattern[wanted] == star {
        retry = (place, wanted)
        wanted += 1
      } else if wanted < pattern.count, pattern[wanted] == name[place] {
        place += 1
        wanted += 1
      } else if let last = retry {
        // The last star takes one byte more.
        retry = (last.place + 1, last.wanted)
        place = last.place + 1
        wanted = last.wanted + 1
      } else {
        return false
      }
    }
    return pattern[wanted...].allSatisfy { $0 == star }
  }
}
