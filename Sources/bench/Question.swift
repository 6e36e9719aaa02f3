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
  /// Whether rows are wanted in the order of the file.
  var areFirstRows = false
  /// SQLite's words where they are others.
  var sqlite: String?
  /// An expression over the lazy frame `cases`, in Polars' Python; nothing where it is not asked.
  var polars: String?
  /// The verbs of Miller; nothing where it is not asked.
  var miller: [String]?

  var sqliteSQL: String { sqlite ?? sql }

  /// ClickHouse's own median is that of a sample. Its rows come in no order unless one is named, so that
  /// the first of them are others than in the file: it is not asked for these.
  var clickHouseSQL: String? {
    areFirstRows
      ? nil
      : sql.replacing("median(", with: "quantileExactInclusive(0.5)(")
        .replacing("strftime(", with: "formatDateTime(")
  }
}
