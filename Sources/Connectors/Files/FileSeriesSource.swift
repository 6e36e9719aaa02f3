package import Columns
package import Engine

/// Files of one schema, one under another in the order of their names.
///
/// They must have the same fields; the order of the fields is that of the first file.
/// Asked from one thread at a time, as every source is, which makes it sendable.
package final class FileSeriesSource: Source, @unchecked Sendable {
  package let origin: String
  private let files: [File]
  private var held: [Place: Column] = [:]

  private struct File {
    let name: String
    let source: any Source
    let datasets: [DatasetSchema]

    /// A file with one dataset may call it what it likes.
    func dataset(like dataset: DatasetSchema, amongOne isOnly: Bool) -> DatasetSchema? {
      isOnly && datasets.count == 1
        ? datasets[0] : datasets.first { $0.name == dataset.name }
    }
  }

  private struct Place: Hashable {
    let dataset: String
    let field: String
  }

  /// Errors: `SourceProblem` where no file fits, or where their fields differ.
  package convenience init(pattern: String, open: (String) throws -> any Source) throws {
    try self.init(paths: FilePattern(pattern).files(), origin: pattern, open: open)
  }

  /// - Parameters:
  ///   - paths: at least one, in the order of the rows.
  ///   - open: how each file is opened.
  ///
  /// Errors: `SourceProblem` where the files' fields differ.
  package init(paths: [String], origin: String, open: (String) throws -> any Source) throws {
    precondition(!paths.isEmpty)
    self.origin = origin
    files = try paths.map { path in
      let source = try open(path)
      let name = path.split(separator: "/").last.map(String.init) ?? path
      return File(name: name, source: source, datasets: try source.datasets())
    }
    try checkFields()
  }

  private var first: File { files[0] }
  private var isOnly: Bool { first.datasets.count == 1 }

  // MARK: - The fields

  private func checkFields() throws {
    var differences: [String] = []
    for file in files.dropFirst() {
      for dataset in first.datasets {
        let place = isOnly ? file.name : "\(dataset.name) in \(file.name)"
        guard let other = file.dataset(like: dataset, amongOne: isOnly) else {
          differences.append("\(file.name) has no \(dataset.name)")
          continue
        }
        let lacking = dataset.fields.filter { !other.fields.contains($0) }
        let added = other.fields.filter { !dataset.fields.contains($0) }
        if !lacking.isEmpty {
          differences.append("\(place) lacks \(FileSeriesSource.listed(lacking))")
        }
        if !added.isEmpty { differences.append("\(place) adds \(FileSeriesSource.listed(added))") }
      }
    }
    guard !differences.isEmpty else { return }
    let shown = differences.prefix(6)
    throw SourceProblem(
      .refused,
      "the files of \(origin) don't all have the fields of \(first.name): "
        + shown.joined(separator: "; ")
        + (differences.count > shown.count ? "; and \(differences.count - shown.count) more" : ""),
      help: ["open those that differ under names of their own"])
  }

  private static func listed(_ fields: [String]) -> String {
    fields.prefix(5).map { "`\($0)`" }.joined(separator: ", ")
      + (fields.count > 5 ? " and \(fields.count - 5) more" : "")
  }

  // MARK: - Source

  package func datasets() -> [DatasetSchema] { first.datasets }

  package func columns(_ names: [String], of dataset: String, run: any RunMonitor) throws
    -> [Column]
  {
    let wanted = names.filter { held[Place(dataset: dataset, field: $0)] == nil }
    if !wanted.isEmpty {
      var pieces: [[Column]] = []
      for (index, file) in files.enumerated() {
        let name = try self.dataset(dataset, in: file).name
        pieces.append(try file.source.columns(wanted, of: name, run: SilentRun(run)))
        run.advance(done: index + 1, of: files.count)
      }
      for (index, field) in wanted.enumerated() {
        held[Place(dataset: dataset, field: field)] = Column.joined(pieces.map { $0[index] })
      }
    }
    return names.compactMap { held[Place(dataset: dataset, field: $0)] }
  }

  private func dataset(_ name: String, in file: File) throws -> DatasetSchema {
    guard let wanted = first.datasets.first(where: { $0.name == name }),
      let found = file.dataset(like: wanted, amongOne: isOnly)
    else { throw SourceProblem(.notFound, "\(origin) has no dataset \(name)") }
    return found
  }

  package func report(of dataset: String) -> [String] {
    let count = files.count == 1 ? "1 file" : "\(files.count) files"
    let span = files.count == 1 ? first.name : "\(first.name) … \(files[files.count - 1].name)"
    var notes = ["\(count), one under another: \(span)"]
    for file in files {
      guard let found = try? self.dataset(dataset, in: file) else { continue }
      notes += file.source.report(of: found.name).map { "\(file.name): \($0)" }
    }
    return notes
  }

  package func faults(of dataset: String) -> [String] {
    files.flatMap { file -> [String] in
      guard let found = try? self.dataset(dataset, in: file) else { return [] }
      return file.source.faults(of: found.name).map { "\(file.name): \($0)" }
    }
  }

  package func warnings(of dataset: String) -> [String] {
    files.flatMap { file -> [String] in
      guard let found = try? self.dataset(dataset, in: file) else { return [] }
      return file.source.warnings(of: found.name).map { "\(file.name): \($0)" }
    }
  }

  package func use(_ shelf: ColumnShelf) {
    for file in files { file.source.use(shelf) }
  }

  /// The digest of the files' own fingerprints, one a line.
  package func fingerprint(of dataset: String) throws -> String {
    let lines = try files.map { file in
      try file.source.fingerprint(of: self.dataset(dataset, in: file).name) + "\n"
    }
    return "sha256:" + Digest.sha256(lines.joined())
  }
}

/// A run whose parts don't tell of their own progress.
private struct SilentRun: RunMonitor {
  private let run: any RunMonitor

  init(_ run: any RunMonitor) {
    self.run = run
  }

  var isCancelled: Bool { run.isCancelled }
  func advance(done: Int, of total: Int) {}
}
