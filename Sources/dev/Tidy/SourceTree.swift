package import Foundation

/// The project's texts by path; rules read this, so a test can hand them a tree of its own.
package struct SourceTree: Sendable {
  /// Path from the top of the project, with `/` between folders, to text.
  package let files: [String: String]
  private let swift: [String: SwiftText]

  package init(_ files: [String: String]) {
    self.files = files
    swift = Dictionary(
      uniqueKeysWithValues: files.compactMap { path, text in
        path.hasSuffix(".swift") ? (path, SwiftText(text)) : nil
      })
  }

  /// Reads the texts below the top folder; build products, data and hidden folders but `.ci` are left out.
  package init(reading top: URL) throws {
    var files: [String: String] = [:]
    let endings: Set<String> = [
      "", "swift", "md", "docket", "ebnf", "h", "modulemap", "json", "sh", "py", "toml",
    ]
    let keys: [URLResourceKey] = [.isRegularFileKey]
    let start = top.standardizedFileURL.path(percentEncoded: false)
    for folder in ["Sources", "Tests", "grammar", "examples", ".ci"] {
      let walk = FileManager.default.enumerator(
        at: top.appending(path: folder), includingPropertiesForKeys: keys,
        options: [.skipsHiddenFiles])
      while let file = walk?.nextObject() as? URL {
        guard endings.contains(file.pathExtension),
          try file.resourceValues(forKeys: Set(keys)).isRegularFile == true
        else { continue }
        let path = file.standardizedFileURL.path(percentEncoded: false)
        let relative = path.dropFirst(start.count).drop { $0 == "/" }
        files[String(relative)] = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      }
    }
    for name in ["Package.swift", "README.md", "CHANGELOG.md", "Makefile"] {
      guard let data = try? Data(contentsOf: top.appending(path: name)) else { continue }
      files[name] = String(decoding: data, as: UTF8.self)
    }
    self.init(files)
  }

  /// The top of the project that a folder is in: the nearest one, going up, that holds `Package.swift`.
  package static func top(from folder: URL) -> URL? {
    var folder = folder.standardizedFileURL
    while true {
      let manifest = folder.appending(path: "Package.swift").path(percentEncoded: false)
      if FileManager.default.fileExists(atPath: manifest) { return folder }
      let parent = folder.deletingLastPathComponent().standardizedFileURL
      if parent == folder { return nil }
      folder = parent
    }
  }

  /// The Swift files whose path begins so, in order of path.
  func swiftFiles(under prefix: String = "") -> [(path: String, source: SwiftText)] {
    swift.filter { $0.key.hasPrefix(prefix) }.sorted { $0.key < $1.key }
      .map { (path: $0.key, source: $0.value) }
  }

  /// The files whose path begins and ends so, in order of path.
  func texts(under prefix: String = "", ending: String = "") -> [(path: String, text: String)] {
    files.filter { $0.key.hasPrefix(prefix) && $0.key.hasSuffix(ending) }
      .sorted { $0.key < $1.key }.map { (path: $0.key, text: $0.value) }
  }
}
