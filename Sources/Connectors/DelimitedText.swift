package import Columns
package import Engine
import Synchronization

/// CSV and TSV files, also packed with gzip or Zstandard.
enum DelimitedText: SourceKind {
  static let name = "delimited text"
  static let endings = ["csv", "tsv", "txt", "tab", "psv"]

  static func opens(_ path: String) -> Bool { hasEnding(path) }

  static func open(_ path: String) throws -> any Source { try DelimitedTextSource(path: path) }
}

/// A file of delimited text as a dataset; columns are read when they are asked for, and kept.
package final class DelimitedTextSource: Source, @unchecked Sendable {
  package let origin: String
  /// What the dataset is called.
  private let name: String
  private let file: DelimitedFile
  private let ordinals: [String: Int]
  private var columns: [String: Column] = [:]
  /// Columns that will be asked for soon.
  private var expected: [String] = []
  private var rowCount: Int?
  private var notes: [String] = []
  private var faults: [String] = []
  private var material: [UInt8]?
  private var shelf: ColumnShelf?
  private let cores: Int
  private let segmentBytes: Int
  private let mostTexts: Int

  /// - Parameters:
  ///   - cores: how many threads read; changes no answer.
  ///   - segmentBytes: the size of the pieces they read; changes no answer.
  ///   - mostTexts: distinct texts of a column from which on rows hold them themselves while it is read;
  ///     changes no answer.
  package init(
    path: String, cores: Int = Parallel.availableCores, segmentBytes: Int = 1 << 23,
    mostTexts: Int = 1 << 17
  ) throws {
    origin = path
    name = SourceCatalogue.name(ofPath: path)
    do {
      file = try DelimitedFile(path: path)
    } catch {
      throw SourceProblem(error, of: path)
    }
    ordinals = Dictionary(
      file.header.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    self.cores = cores
    self.segmentBytes = segmentBytes
    self.mostTexts = mostTexts
  }

  package func datasets() throws -> [DatasetSchema] {
    [DatasetSchema(name: name, fields: file.header)]
  }

  package func rowCount(of dataset: String, run: any RunMonitor) throws -> Int {
    if let known = rowCount { return known }
    try read([], run)
    return rowCount ?? 0
  }

  package func columns(_ names: [String], of dataset: String, run: any RunMonitor) throws
    -> [Column]
  {
    guard dataset == name else {
      throw SourceProblem(.notFound, "\(origin) has no dataset \(dataset)", help: ["it is \(name)"])
    }
    if let unknown = names.first(where: { ordinals[$0] == nil }) {
      throw SourceProblem(.notFound, "\(origin) has no column \(unknown)")
    }
    let missing = names.filter { columns[$0] == nil }
    if !missing.isEmpty { try read(missing, run) }
    return names.compactMap { columns[$0] }
  }

  package func firstRows(of column: String, in dataset: String) throws -> Column? {
    guard dataset == name, columns[column] == nil, let ordinal = ordinals[column],
      file.byteCount > DelimitedTextSource.largeBytes, copies(of: [ordinal]).isEmpty
    else { return nil }
    do {
      return try file.read(columns: [ordinal], cores: 1, firstBytes: 1 << 21).columns[0]
    } catch let problem as DelimitedProblem {
      throw SourceProblem(problem, of: origin)
    }
  }

  /// More than is read while a key is pressed.
  private static let largeBytes = 1 << 24

  /// Takes columns from copies, and reads the others in one pass over the file; without any, the
  /// rows are counted.
  private func read(_ names: [String], _ run: any RunMonitor) throws {
    var distinct: [String] = []
    for name in names where !distinct.contains(name) { distinct.append(name) }
    let wanted = distinct.compactMap { ordinals[$0] }
    var found = copies(of: wanted.isEmpty ? [ColumnCopy.rows] : wanted)
    let unread = wanted.filter { found[$0] == nil }
    if found.isEmpty || !unread.isEmpty {
      for copy in try readFile(unread, run) { found[copy.ordinal] = copy }
    }
    for (name, ordinal) in zip(distinct, wanted) { columns[name] = found[ordinal]?.column }
    for copy in [found[ColumnCopy.rows]] + wanted.map({ found[$0] }) {
      guard let copy else { continue }
      for note in copy.rowNotes + copy.columnNotes where !notes.contains(note) {
        notes.append(note)
      }
      faults = copy.faults
      material = copy.fingerprintMaterial
      rowCount = copy.rowCount
    }
  }

  /// The copies of these columns that there are, all of one state of the file.
  private func copies(of ordinals: [Int]) -> [Int: ColumnCopy] {
    guard let shelf else { return [:] }
    var known = material
    var copies: [Int: ColumnCopy] = [:]
    for case let copy? in shelf.copies(of: file.opened, ordinals: ordinals, workers: cores) {
      guard known == nil || copy.fingerprintMaterial == known else { continue }
      known = copy.fingerprintMaterial
      copies[copy.ordinal] = copy
    }
    return copies
  }

  /// Reads columns from the file itself, and offers them for keeping.
  private func readFile(_ ordinals: [Int], _ run: any RunMonitor) throws -> [ColumnCopy] {
    do {
      let result = try file.read(
        columns: ordinals, cores: cores, segmentBytes: segmentBytes, mostTexts: mostTexts,
        monitor: ReadMonitor(run))
      if let material, material != result.fingerprintMaterial {
        throw SourceProblem(
          .damaged, "\(origin) has changed since it was opened", help: ["open it again"])
      }
      let copies = ColumnCopy.copies(of: file.opened, ordinals, result)
      shelf?.offer(copies, of: file.opened)
      return copies
    } catch let problem as DelimitedProblem {
      throw SourceProblem(problem, of: origin)
    }
  }

  package func use(_ shelf: ColumnShelf) {
    shelf.cover(file.opened)
    self.shelf = shelf
  }

  package func expect(_ columns: [String], of dataset: String) { expected = columns }

  /// A small file is looked through at once, so that its faults are said when it is opened.
  package func report(of dataset: String) -> [String] {
    if rowCount == nil, file.byteCount <= DelimitedTextSource.smallBytes {
      // What can't be read is told by the first question.
      try? read(expected, UnwatchedRun())
    }
    return file.notes + faults + notes
  }

  /// As much as is read in a few milliseconds.
  private static let smallBytes = 1 << 21

  package func faults(of dataset: String) -> [String] { faults }

  package func fingerprint(of dataset: String) throws -> String {
    do {
      let known = try material ?? file.fingerprintMaterial()
      material = known
      return "sha256:" + Digest.sha256(known)
    } catch let problem as DelimitedProblem {
      throw SourceProblem(problem, of: origin)
    }
  }
}
