import Engine

/// The table, or one row for each figure, as one JSON object a line.
enum JSONLines: Format {
  static let name = "jsonl"
  static let extensions = ["jsonl", "ndjson"]
  static let summary = "the table as one JSON object a line; figures one a line"

  static func render(_ answer: Answer, style: Style) -> String { lines(Records(answer)) }

  static func render(_ page: Page, style: Style) -> String { lines(Records(page)) }

  private static func lines(_ records: Records) -> String {
    records.rows.map { JSONValue.object(Array(zip(records.names, $0))).line + "\n" }.joined()
  }
}
