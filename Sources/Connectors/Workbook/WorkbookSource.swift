package import Columns
package import Engine

/// An Excel workbook: its sheets are datasets, named for their tabs, with the names of the fields
/// in their first row of several cells.
///
/// - Dates and times are told by the number format and written as ISO 8601; a percentage is the
///   number that stands in the cell; `00000` keeps its zeros; errors such as `#N/A` are missing and
///   counted.
/// - A formula's value is the one that was saved with it.
///
/// Asked from one thread at a time, as every source is, which makes it sendable.
package final class WorkbookSource: Source, @unchecked Sendable {
  package let origin: String
  private let archive: ZipArchive
  private let parts: WorkbookParts
  private var sheets: [SheetReading] = []
  private var notes: [String] = []
  private var digest: String?

  /// Sheets of up to this many bytes are read when they are opened, so that all there is to say of
  /// them is said at once.
  private static let smallSheet: UInt64 = 1 << 24

  /// Errors: `SourceProblem` where the file is not there, is no workbook, is locked or damaged.
  package init(path: String, origin: String? = nil) throws {
    self.origin = origin ?? path
    archive = try ZipArchive(path: path)
    parts = try WorkbookParts(of: archive, run: UnwatchedRun())
    for sheet in parts.sheets {
      var sample = SheetLayout.Sample()
      let rows = SheetRows(parts) { sample.take($0) }
      try XMLReading(archive, run: UnwatchedRun()).read(sheet.part, with: rows)
      let layout = SheetLayout(sample)
      guard !layout.fields.isEmpty else {
        notes.append("the sheet \(sheet.name) is empty")
        continue
      }
      let reading = SheetReading(sheet, layout)
      if let size = archive.entries[sheet.part]?.size, size <= WorkbookSource.smallSheet {
        try reading.read(archive, parts, run: UnwatchedRun())
      }
      sheets.append(reading)
    }
    guard !sheets.isEmpty else {
      throw SourceProblem(.damaged, "\(self.origin) holds no sheet with a table")
    }
  }

  package func datasets() -> [DatasetSchema] {
    sheets.map { DatasetSchema(name: $0.sheet.name, fields: $0.layout.fields) }
  }

  package func columns(_ names: [String], of dataset: String, run: any RunMonitor) throws
    -> [Column]
  {
    let sheet = try sheet(dataset)
    if !sheet.isRead { try sheet.read(archive, parts, run: run) }
    return try names.map { name in
      guard let index = sheet.layout.fields.firstIndex(of: name) else {
        throw SourceProblem(.notFound, "\(dataset) in \(origin) has no field \(name)")
      }
      return sheet.columns[index]
    }
  }

  package func report(of dataset: String) -> [String] {
    guard let sheet = sheets.first(where: { $0.sheet.name == dataset }) else { return [] }
    let isFirst = sheet === sheets.first
    return sheet.notes + (isFirst ? notes : [])
  }

  /// The digest of the file's size and checksums, as of a text file.
  package func fingerprint(of dataset: String) throws -> String {
    _ = try sheet(dataset)
    if let digest { return digest }
    do throws(DelimitedProblem) {
      let found = "sha256:" + Digest.sha256(try FileFingerprint.material(ofPath: archive.path))
      digest = found
      return found
    } catch {
      throw SourceProblem(error, of: origin)
    }
  }

  private func sheet(_ name: String) throws -> SheetReading {
    if let sheet = sheets.first(where: { $0.sheet.name == name }) { return sheet }
    throw SourceProblem(
      .notFound, "\(origin) has no sheet \(name)",
      help: ["its sheets are " + sheets.map(\.sheet.name).joined(separator: ", ")])
  }
}
