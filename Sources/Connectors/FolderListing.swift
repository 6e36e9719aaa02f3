import Diagnostics
import Glibc

/// The names in a folder, for finding sources and for saying which file may have been meant.
enum FolderListing {
  /// At most this many names are looked at; a larger folder is no place to guess in.
  private static let namesLookedAt = 2000

  static func nearest(to name: String, in folder: String) -> [String] {
    Nearest.matches(to: name, in: names(in: folder), limit: 1)
  }

  /// In order; those that begin with a dot are left out.
  static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while names.count < namesLookedAt, let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}
