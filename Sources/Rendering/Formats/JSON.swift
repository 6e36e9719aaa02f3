import Engine

/// The whole answer as one JSON document (RFC 8259), figures at full precision.
enum JSON: Format {
  static let name = "json"
  static let extensions = ["json"]
  static let summary = "the whole answer as data"

  static func render(_ answer: Answer, style: Style) -> String { answer.json.page }

  static func render(_ page: Page, style: Style) -> String { page.json.page }
}
