@testable import ConnectorTests

/// Tables as CSV files.
final class DelimitedFiles: TestEngine {
  static let name = "CSV"
  private let folder: ScratchFolder
  private(set) var openText = ""

  private init(_ folder: ScratchFolder) {
    self.folder = folder
  }

  static func start() throws -> DelimitedFiles { DelimitedFiles(try ScratchFolder()) }

  func load(_ tables: [TestTable]) throws {
    openText = try tables.map { table in
      let lines = [table.fields.map(\.name)] + table.rows.map { $0.map { $0 ?? "" } }
      let text = lines.map { line in
        line.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\n"
      }
      let path = try folder.write(text.joined(), table.name + ".csv")
      return "open \"\(path)\" as \(table.name)\n"
    }.joined()
  }
}
