internal import Columns
internal import Engine
internal import Glibc

/// What `docket source test` tries on a file that this program reads by itself: what every source
/// has to keep to, wherever its rows are.
package struct SourceConformance {
  package typealias Check = SourceWireConformance.Check
  typealias Failure = SourceWireConformance.Failure
  typealias Nothing = SourceWireConformance.Nothing

  private let path: String
  private let directory: String

  /// - Parameter directory: what a relative path is relative to.
  package init(_ path: String, relativeTo directory: String) {
    self.path = path
    self.directory = directory
  }

  /// Tries everything in turn; where it can't be opened nothing else is tried.
  package func run(_ each: (Check) -> Void = { _ in }) -> [Check] {
    SourceWireConformance.checks(attempts, needing: 1, each)
  }

  private var attempts: [(String, () throws -> String)] {
    [
      ("opens, and has datasets with fields", opens),
      ("reads every field, as many cells as there are rows", reads),
      ("gives the same rows again, whichever fields are asked for", readsAgain),
      ("gives the distinct values that a reading gives", givesValues),
      ("makes the small tables that the rows make", tabulates),
      ("has one fingerprint for the same data", hasFingerprint),
      ("answers what it can't do with a problem, and goes on", refuses),
      ("leaves what was opened as it was", leavesAlone),
    ]
  }

  private func source() throws -> any Source {
    try SourceCatalogue.open(path, relativeTo: directory)
  }

  private func columns(_ fields: [String], of dataset: String, _ source: any Source) throws
    -> [Column]
  {
    try source.columns(fields, of: dataset, run: UnwatchedRun())
  }

  // MARK: Reading

  private func opens() throws -> String {
    let found = try source().datasets()
    guard found.contains(where: { !$0.fields.isEmpty }) else {
      throw Failure("no dataset has fields")
    }
    return found.map { "\($0.name): \($0.fields.count) fields" }.joined(separator: ", ")
  }

  private func reads() throws -> String {
    let source = try source()
    return try source.datasets().map { schema in
      let read = try columns(schema.fields, of: schema.name, source)
      let rows = try source.rowCount(of: schema.name, run: UnwatchedRun())
      guard read.count == schema.fields.count, read.allSatisfy({ $0.rowCount == rows }) else {
        throw Failure("\(schema.name) has \(rows) rows, and a field has another number of cells")
      }
      return "\(schema.name): \(rows) rows"
    }.joined(separator: ", ")
  }

  private func readsAgain() throws -> String {
    let (whole, apart) = (try source(), try source())
    var count = 0
    for schema in try whole.datasets() {
      let all = try columns(schema.fields, of: schema.name, whole)
      for (field, column) in zip(schema.fields, all).reversed() {
        guard try columns([field], of: schema.name, apart)[0].cells == column.cells else {
          throw Failure("read alone, \(field) has other cells than read with the others")
        }
        count += 1
      }
    }
    return "\(count) fields, alone and together"
  }

  // MARK: Asking

  private func givesValues() throws -> String {
    var count = 0
    for schema in try source().datasets() {
      for field in schema.fields {
        let fresh = try source()
        guard let values = try fresh.values(of: field, in: schema.name, run: UnwatchedRun()) else {
          continue
        }
        guard try columns([field], of: schema.name, fresh)[0].tally == values.tally else {
          throw Failure("the values of \(field) are not those of its cells")
        }
        count += 1
      }
    }
    if count == 0 { throw Nothing("its columns are read") }
    return "\(count) fields"
  }

  private func tabulates() throws -> String {
    let source = try source()
    var (asked, exact) = (0, 0)
    for schema in try source.datasets() {
      let read = Dictionary(
        uniqueKeysWithValues: zip(
          schema.fields, try columns(schema.fields, of: schema.name, try self.source())))
      for question in SourceWireQuestions(schema.name, schema.fields, read, source).all {
        asked += 1
        guard let made = try source.tabulate(question, run: UnwatchedRun()) else { continue }
        exact += 1
        let wanted = try LocalEngine.tabulate(
          question, columns: read, rowCount: read.values.first?.rowCount ?? 0, links: [:],
          monitor: UnwatchedRun())
        guard made == wanted else {
          throw Failure("\(PlanText.text(of: question)): it makes another table than its rows make")
        }
      }
    }
    if exact == 0 { throw Nothing("all of \(asked) small tables are made of its columns") }
    return "\(exact) of \(asked) small tables; the columns are read for the others"
  }

  private func hasFingerprint() throws -> String {
    let (first, second) = (try source(), try source())
    for schema in try first.datasets() {
      let print = try first.fingerprint(of: schema.name)
      guard print.hasPrefix("sha256:"), try second.fingerprint(of: schema.name) == print else {
        throw Failure("opened twice, \(schema.name) has two fingerprints")
      }
    }
    return "opened twice"
  }

  private func refuses() throws -> String {
    let source = try source()
    let schema = try source.datasets()[0]
    for (field, dataset) in [("no such field", schema.name), ("", "no such dataset")] {
      do {
        _ = try columns([field], of: dataset, source)
      } catch is SourceProblem {
        continue
      }
      throw Failure("it read what is not there")
    }
    _ = try columns(schema.fields, of: schema.name, source)
    return "a field and a dataset that there is not"
  }

  /// The reading is done: who opened the file to write would have left a trace.
  private func leavesAlone() throws -> String {
    guard !path.contains("://"), !path.contains("*") else { throw Nothing("it is no single file") }
    let full = path.hasPrefix("/") ? path : directory + "/" + path
    let before = FileState(full)
    let source = try source()
    for schema in try source.datasets() { _ = try columns(schema.fields, of: schema.name, source) }
    guard FileState(full) == before else { throw Failure("reading it changed the file") }
    return "its size, its time and what stands beside it"
  }
}

/// What shows that a file was written to, or something was made beside it.
private struct FileState: Equatable {
  private let size: Int
  private let seconds: Int
  private let nanoseconds: Int
  private let names: [String]

  init(_ path: String) {
    var status = stat()
    stat(path, &status)
    size = Int(status.st_size)
    seconds = status.st_mtim.tv_sec
    nanoseconds = status.st_mtim.tv_nsec
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.dropLast().joined(separator: "/")
    let name = parts.last.map(String.init) ?? path
    names = FolderListing.names(in: folder.isEmpty ? "/" : folder).filter { $0.hasPrefix(name) }
  }
}
