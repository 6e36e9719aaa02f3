import Columns
import Connectors
import Engine
import Testing

@testable import EngineTests

@Suite("Every file format obeys the laws of sources")
struct FormatLawsTests {
  /// A way to write tables down.
  enum Format: String, CaseIterable {
    case document = "json"
    case lines = "ndjson"
    case packedLines = "jsonl.zst"
    case workbook = "xlsx"
    case packedText = "csv.zst"
    /// Two files, the rows cut in the middle.
    case series = "csv"

    /// JSON has no fields where it has no records.
    var needsRows: Bool { self == .document || self == .lines || self == .packedLines }

    func write(_ fields: [String], _ rows: [[String]], _ name: String, in folder: ScratchFolder)
      throws -> String
    {
      let file = name + "." + rawValue
      switch self {
      case .document: return try folder.write("[" + objects(fields, rows, ",\n") + "]", file)
      case .lines: return try folder.write(objects(fields, rows, "\n"), file)
      case .packedLines:
        return try folder.write(Packer.zstandard(Array(objects(fields, rows, "\n").utf8)), file)
      case .workbook: return try folder.write(workbook(fields, rows), file)
      case .packedText:
        return try folder.write(Packer.zstandard(Array(text([fields] + rows).utf8)), file)
      case .series:
        let half = rows.count / 2
        _ = try folder.write(text([fields] + rows[..<half]), "\(name)-1.csv")
        _ = try folder.write(text([fields] + rows[half...]), "\(name)-2.csv")
        return folder.path + "/\(name)-*.csv"
      }
    }

    private func objects(_ fields: [String], _ rows: [[String]], _ separator: String) -> String {
      rows.enumerated().map { number, row in
        let members = zip(fields, row).compactMap { field, cell -> String? in
          if cell.isEmpty { return number == 0 ? "\"\(field)\":null" : nil }
          let escaped = cell.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
          return "\"\(field)\":\"\(escaped.replacing("\t", with: "\\t"))\""
        }
        return "{" + members.joined(separator: ",") + "}"
      }.joined(separator: separator)
    }

    private func workbook(_ fields: [String], _ rows: [[String]]) -> [UInt8] {
      let cells = ([fields] + rows).map { row in
        row.map { $0.isEmpty ? nil : WorkbookWriter.text($0) }
      }
      let sheet = WorkbookWriter.Sheet(name: "Sheet", body: WorkbookWriter.data(cells))
      return WorkbookWriter([sheet]).bytes
    }

    private func text(_ rows: [[String]]) -> String {
      rows.map { row in
        row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
      }.joined(separator: "\n") + "\n"
    }
  }

  private static func laws(_ format: Format) -> SourceLaws {
    SourceLaws { cases, body in
      if cases.rows.isEmpty, format.needsRows { return }
      let folder = try ScratchFolder()
      let tables = [
        (RandomCases.dataset, cases.columns.map(\.name), cases.rows),
        (RandomCases.places, RandomCases.placeColumns.map(\.name), cases.placeRows),
      ]
      let datasets = try tables.map { name, fields, rows in
        let path = try format.write(fields, rows, name, in: folder)
        let source = try SourceCatalogue.open(path, relativeTo: "/")
        let table = try #require(try source.datasets().first)
        #expect(table.fields == fields)
        return Dataset(name: name, source: source, table: table.name, fields: fields)
      }
      try withExtendedLifetime(folder) { try body(datasets) }
    }
  }

  @Test("columns hold the cells as they were written", arguments: Format.allCases)
  func columns(format: Format) throws {
    try Self.laws(format).columnsHoldTheCells(seeds: 0..<30)
  }

  @Test("a table made of its columns is the oracle's", arguments: Format.allCases)
  func scanned(format: Format) throws {
    try Self.laws(format).scannedIsTheOracles(seeds: 200..<220, questions: 20)
  }

  @Test("what is not there is said", arguments: Format.allCases)
  func problems(format: Format) throws {
    try Self.laws(format).problemsAreSaid()
  }
}
