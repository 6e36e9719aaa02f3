package import Columns
package import Engine

/// A file of JSON records: each list of objects in it is a dataset.
///
/// The file is read once, whole, when its datasets are first asked for: only then is it known which
/// fields its records have. Asked from one thread at a time, which makes it sendable.
package final class RecordSource: Source, @unchecked Sendable {
  package let origin: String
  private let file: RecordFile
  private var read: RecordRead?

  /// Errors: `SourceProblem` where the file is not there or can't be unpacked.
  package convenience init(path: String, origin: String? = nil, holdsLines: Bool = false) throws {
    try self.init(origin: origin ?? path) { () throws(DelimitedProblem) in
      try RecordFile(path: path, holdsLines: holdsLines)
    }
  }

  /// Reads records that are in memory: those that a package's description holds itself.
  package convenience init(bytes: [UInt8], origin: String) throws {
    try self.init(origin: origin) { () throws(DelimitedProblem) in
      try RecordFile(bytes: bytes, named: origin)
    }
  }

  private init(origin: String, _ open: () throws(DelimitedProblem) -> RecordFile) throws {
    self.origin = origin
    do {
      file = try open()
    } catch {
      throw SourceProblem(error, of: origin)
    }
  }

  package func datasets() throws -> [DatasetSchema] {
    try records(UnwatchedRun()).tables.map {
      DatasetSchema(name: RecordSource.name(of: $0), fields: $0.fields)
    }
  }

  package func columns(_ names: [String], of dataset: String, run: any RunMonitor) throws
    -> [Column]
  {
    let table = try table(dataset, run)
    return try names.map { name in
      guard let index = table.fields.firstIndex(of: name) else {
        throw SourceProblem(.notFound, "\(origin) has no field \(name)")
      }
      return table.columns[index]
    }
  }

  package func report(of dataset: String) -> [String] {
    guard let read, let table = read.tables.first(where: { RecordSource.name(of: $0) == dataset })
    else { return [] }
    return read.notes + table.leftOut + table.notes
  }

  package func warnings(of dataset: String) -> [String] {
    read?.tables.first { RecordSource.name(of: $0) == dataset }?.leftOut ?? []
  }

  package func fingerprint(of dataset: String) throws -> String {
    "sha256:" + Digest.sha256(try records(UnwatchedRun()).fingerprintMaterial)
  }

  private static func name(of table: RecordColumns) -> String {
    table.name.isEmpty ? "records" : table.name
  }

  private func table(_ name: String, _ run: any RunMonitor) throws -> RecordColumns {
    let read = try records(run)
    if let table = read.tables.first(where: { RecordSource.name(of: $0) == name }) { return table }
    throw SourceProblem(
      .notFound, "\(origin) holds no list \(name)",
      help: ["its lists are " + read.tables.map(RecordSource.name).joined(separator: ", ")])
  }

  private func records(_ run: any RunMonitor) throws -> RecordRead {
    if let read { return read }
    do throws(DelimitedProblem) {
      let found = try file.read(monitor: ReadMonitor(run))
      read = found
      return found
    } catch {
      throw SourceProblem(error, of: origin)
    }
  }
}
