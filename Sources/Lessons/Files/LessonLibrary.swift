package import Diagnostics
import Glibc
import Interpreter
import Syntax

/// The lessons of some folders, in the order of the folders and of the files' names.
package struct LessonLibrary: Sendable {
  /// Files of lessons, by the word behind `lesson`.
  package let files: [(name: String, path: String)]
  package let folders: [String]

  /// Folders that are not there hold no lessons; a name that comes twice is the first's.
  package init(folders: [String]) {
    self.folders = folders
    var files: [(name: String, path: String)] = []
    for folder in folders {
      for file in LessonLibrary.names(in: folder).sorted() where file.hasSuffix(".lesson") {
        let name = LessonLibrary.name(ofFile: file)
        if !files.contains(where: { $0.name == name }) { files.append((name, folder + "/" + file)) }
      }
    }
    self.files = files
  }

  private static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      names.append(name)
    }
    return names
  }

  /// `03-which-population.lesson` is `which-population`.
  static func name(ofFile path: String) -> String {
    var name = path.split(separator: "/").last.map(Substring.init) ?? ""
    if let dot = name.lastIndex(of: ".") { name = name[..<dot] }
    let number = name.prefix { $0.isNumber }
    if !number.isEmpty, name.dropFirst(number.count).first == "-" {
      name = name.dropFirst(number.count + 1)
    }
    return String(name)
  }

  /// The lesson of a name, of a number in the list, or of a file.
  package func lesson(_ wanted: String, at span: Span? = nil) throws -> Lesson {
    if wanted.hasSuffix(".lesson") { return try LessonLibrary.read(wanted, at: span) }
    let key = Name.key(of: wanted)
    if let file = files.first(where: { Name.key(of: $0.name) == key }) {
      return try LessonLibrary.read(file.path, at: span)
    }
    if let number = Int(wanted), files.indices.contains(number - 1) {
      return try LessonLibrary.read(files[number - 1].path, at: span)
    }
    let beginnings = files.map(\.name).filter { Name.key(of: $0).hasPrefix(key) }
    if beginnings.count == 1 { return try lesson(beginnings[0], at: span) }
    let nearest = beginnings + Nearest.matches(to: wanted, in: files.map(\.name), limit: 2)
    throw LessonMessages.noLesson(wanted, nearest: Array(nearest.prefix(2)), at: span)
  }

  private static func read(_ path: String, at span: Span?) throws -> Lesson {
    let (lesson, source, problems) = try contents(ofFile: path, at: span)
    guard var problem = problems.first else { return lesson }
    if let place = problem.span {
      let (line, column) = source.position(of: place.lower)
      problem.message = "\(path):\(line):\(column): \(problem.message)"
    }
    problem.span = span
    throw problem
  }

  /// The lesson of a file with its problems.
  package static func contents(
    ofFile path: String, at span: Span? = nil
  ) throws -> (lesson: Lesson, source: SourceText, problems: [Diagnostic]) {
    let text = try Session.text(ofFile: path, written: path, at: span)
    let source = SourceText(text, name: path)
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let read = LessonReader.read(source, name: name(ofFile: path), folder: folder)
    return (read.lesson, source, read.problems)
  }
}
