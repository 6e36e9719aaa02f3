// Written by `swift run dev catalogue`: one line for each member declared in this folder.
extension SourceCatalogue {
  /// Every kind of source, in alphabetical order.
  package static let all: [any SourceKind.Type] = [
    DelimitedText.self,
    FileSeries.self,
    JSONFiles.self,
    NDJSONFiles.self,
    PackageFiles.self,
    SQLite.self,
    WebFiles.self,
    WorkbookFiles.self,
  ]
}
