import Columns

@testable import ConnectorTests

/// Tables as sheets of a workbook each: whole numbers as numbers, but for those that a workbook
/// would round.
final class Workbook: TestEngine {
  static let name = "xlsx"
  private let folder: ScratchFolder
  private(set) var openText = ""

  private init(_ folder: ScratchFolder) {
    self.folder = folder
  }

  static func start() throws -> Workbook { Workbook(try ScratchFolder()) }

  func load(_ tables: [TestTable]) throws {
    openText = try tables.map { table in
      let header = table.fields.map { Optional(WorkbookWriter.text($0.name)) }
      let rows = table.rows.map { row in
        zip(row, table.fields).map { cell, field -> String? in
          guard let cell, !cell.isEmpty else { return nil }
          let isNumber = field.type == .integer && cell.utf8.count < 15
          return isNumber ? WorkbookWriter.number(cell) : WorkbookWriter.text(cell)
        }
      }
      let sheet = WorkbookWriter.Sheet(
        name: table.name, body: WorkbookWriter.data([header] + rows))
      let path = try folder.write(WorkbookWriter([sheet]).bytes, table.name + ".xlsx")
      return "open \"\(path)\" as \(table.name)\n"
    }.joined()
  }
}
