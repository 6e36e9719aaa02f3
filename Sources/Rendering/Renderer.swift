package import Diagnostics
package import Engine

/// Turns answers, pages and problems into text: one format, fitted to one place.
package struct Renderer: Sendable {
  package var format: any Format.Type
  package var style: Style

  package init(format: any Format.Type, style: Style = Style()) {
    self.format = format
    self.style = style
  }

  /// A renderer for the format of this name (`csv`, `table` …), or nothing where there is none.
  package init?(format name: String, style: Style = Style()) {
    guard let format = FormatCatalogue.format(named: name) else { return nil }
    self.init(format: format, style: style)
  }

  /// The answer as one document that ends with a line break.
  package func render(_ answer: Answer) -> String {
    format.render(answer, style: style)
  }

  /// The page as one document that ends with a line break.
  package func render(_ page: Page) -> String {
    format.render(page, style: style)
  }

  /// Problems for a person: the sentence, the line with the place underlined, the ways forward.
  package func render(_ problems: [Diagnostic], in source: SourceText?) -> String {
    DiagnosticPage(problems, in: source).text(style)
  }
}
