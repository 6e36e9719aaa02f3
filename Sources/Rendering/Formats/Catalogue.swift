// Written by `swift run dev catalogue`: one line for each member declared in this folder.
extension FormatCatalogue {
  /// Every format, in alphabetical order.
  package static let all: [any Format.Type] = [
    CSV.self,
    HTML.self,
    JSON.self,
    JSONLines.self,
    Markdown.self,
    PlainText.self,
    SVG.self,
    TSV.self,
    TextTable.self,
  ]
}
