import Columns
import Foundation

@testable import ConnectorTests

/// Tables as NDJSON: numbers as numbers, but for those that readers of JSON would round.
final class LinesOfJSON: TestEngine {
  static let name = "NDJSON"
  static let needsRows = true
  private let folder: ScratchFolder
  private(set) var openText = ""

  private init(_ folder: ScratchFolder) {
    self.folder = folder
  }

  static func start() throws -> LinesOfJSON { LinesOfJSON(try ScratchFolder()) }

  func load(_ tables: [TestTable]) throws {
    openText = try tables.map { table in
      let lines = table.rows.map { row in
        let members = zip(table.fields, row).map { field, cell in
          "\(LinesOfJSON.text(field.name)):\(LinesOfJSON.value(cell, field))"
        }
        return "{" + members.joined(separator: ",") + "}\n"
      }
      let path = try folder.write(lines.joined(), table.name + ".ndjson")
      return "open \"\(path)\" as \(table.name)\n"
    }.joined()
  }

  private static func value(_ cell: String?, _ field: TestTable.Field) -> String {
    guard let cell else { return "null" }
    let isNumber = field.type == .integer || field.type == .decimal
    return isNumber && cell.utf8.count < 15 ? cell : text(cell)
  }

  static func text(_ text: String) -> String {
    let quoted = text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "\"", "\\": result += "\\" + String(scalar)
      case "\t": result += "\\t"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return "\"" + quoted + "\""
  }
}
