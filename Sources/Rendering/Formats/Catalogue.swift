// Written by `swift run dev catalogue`.

extension FormatCatalogue {
  /// Every format, in alphabetical order of the types.
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
