/// One question in Docket's words and in those of its peers.
///
/// All of them give the same rows, so that answers can be compared figure by figure.
struct Question {
  let name: String
  let docket: String
  /// What has to be said to Docket before, such as which field is the date.
  var setting: [String] = []
  /// The columns that it reads.
  var columns = CaseFile.columns
  /// Where its figures stand in Docket's answer.
  let reading: Reading
  /// The names that peers give the same figures, in the same order.
  let names: [String]
  /// Over a table or scan called `cases`.
  let sql: String
  /// SQLite's words where they are others.
  var sqlite: String?
  /// An expression over the lazy frame `cases`, in Polars' Python; nothing where it is not asked.
  var polars: String?
  /// The verbs of Miller; nothing where it is not asked.
  var miller: [String]?

  func sql(over table: String) -> String {
    sql.replacing("from cases", with: "from \(table)")
  }

  /// SQLite has no dates, and no function for months.
  var sqliteSQL: String {
    sqlite
      ?? sql.replacing("date_trunc('month', date)", with: "date").replacing(
        "strftime(month, '%Y-%m')", with: "strftime('%Y-%m', month)")
  }

  /// ClickHouse's own median is that of a sample.
  var clickHouseSQL: String {
    sql.replacing("median(", with: "quantileExactInclusive(0.5)(")
      .replacing("strftime(", with: "formatDateTime(")
  }
}
