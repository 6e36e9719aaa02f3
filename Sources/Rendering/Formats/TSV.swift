import Engine

/// The table, or one row for each figure, separated by tabs and quoted as in CSV.
enum TSV: Format {
  static let name = "tsv"
  static let extensions = ["tsv", "tab"]
  static let summary = "the table separated by tabs; figures one a row"

  static func render(_ answer: Answer, style: Style) -> String {
    Delimited(separator: "\t").text(Records(answer))
  }

  static func render(_ page: Page, style: Style) -> String {
    Delimited(separator: "\t").text(Records(page))
  }
}
