import Columns

@testable import ConnectorTests

/// Tables in the file of the worked example that answers every question by itself.
final class PythonProgram: TestEngine {
  static let name = "a source in Python"
  static let program: String? = "examples/plugins/tabulating/docket-source-tabulating"
  static let leastPushed = 90
  private let folder: ScratchFolder
  private(set) var openText = ""

  private init(_ folder: ScratchFolder) {
    self.folder = folder
  }

  static func obstacle() -> String? {
    (try? Python.run("print(1)", [])) == "1\n" ? nil : "there is no python3"
  }

  static func start() throws -> PythonProgram { PythonProgram(try ScratchFolder()) }

  func load(_ tables: [TestTable]) throws {
    let datasets = tables.map { table in
      let fields = table.fields.map { field in
        #"{"name":\#(LinesOfJSON.text(field.name)),"type":"\#(field.type.rawValue)"}"#
      }
      let rows = table.rows.map { row in
        "[" + row.map { $0.map(LinesOfJSON.text) ?? "null" }.joined(separator: ",") + "]"
      }
      return #""\#(table.name)":{"fields":[\#(fields.joined(separator: ","))],"#
        + #""rows":[\#(rows.joined(separator: ",\n"))]}"#
    }
    let path = try folder.write(
      #"{"datasets":{\#(datasets.joined(separator: ","))}}"#, "office.json")
    openText = "open \"tabulating:\(path)\" as office"
  }
}
