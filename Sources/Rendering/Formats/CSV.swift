import Engine

/// The table, or one row for each figure, as comma-separated values (RFC 4180, lines ended by LF).
enum CSV: Format {
  static let name = "csv"
  static let extensions = ["csv"]
  static let summary = "the table as comma-separated values; figures one a row"

  static func render(_ answer: Answer, style: Style) -> String {
    Delimited(separator: ",").text(Records(answer))
  }

  static func render(_ page: Page, style: Style) -> String {
    Delimited(separator: ",").text(Records(page))
  }
}
