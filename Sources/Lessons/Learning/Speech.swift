import Engine
import Interpreter

/// What a lesson says, as pages.
enum Speech {
  static func words(_ paragraphs: String...) -> Response { words(paragraphs) }

  static func words(_ paragraphs: [String]) -> Response {
    .page(Page(paragraphs.map(Page.Block.paragraph)))
  }

  /// A statement as it stands at the prompt.
  static func line(_ text: String) -> Response {
    .page(
      Page([
        .preformatted(
          text.split(separator: "\n").enumerated().map {
            ($0.offset == 0 ? "docket> " : "   ...> ") + $0.element
          }.joined(separator: "\n"))
      ]))
  }
}
