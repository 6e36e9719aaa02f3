internal import Columns

/// Where the table of a sheet stands: its header and its columns, judged by the first rows.
struct SheetLayout {
  /// The row that holds the names; 0 where the sheet has no rows.
  private(set) var headerRow = 0
  /// The columns of the sheet, from 0, that are fields.
  private(set) var columns: [Int] = []
  private(set) var fields: [String] = []
  private(set) var notes: [String] = []

  /// Titles may stand above the header: it is the first row of several cells among this many.
  private static let titleRows = 10
  /// How many rows are looked at for columns without a name.
  private static let sampleRows = 100

  /// What is looked at first.
  struct Sample {
    private(set) var rows: [[(column: Int, text: String)]] = []
    private(set) var numbers: [Int] = []

    /// Takes a row; whether more are wanted.
    mutating func take(_ row: SheetRows.Row) -> Bool {
      rows.append(row.cells.map { ($0.column, row.text($0.bytes)) })
      numbers.append(row.number)
      return rows.count < SheetLayout.sampleRows
    }
  }

  init(_ sample: Sample) {
    guard !sample.rows.isEmpty else { return }
    let header = sample.rows.prefix(SheetLayout.titleRows).firstIndex { $0.count > 1 } ?? 0
    headerRow = sample.numbers[header]
    let names = sample.rows[header].map { ($0.column, SheetLayout.trimmed($0.text)) }
    let used = Set(sample.rows[header...].joined().map(\.column))
    columns = used.sorted()
    let texts = columns.map { column in names.first { $0.0 == column }?.1 ?? "" }
    let distinct = FieldNames.distinct(texts)
    fields = distinct.names
    notes = SheetLayout.titleNotes(sample, upTo: header) + distinct.notes
  }

  private static func titleNotes(_ sample: Sample, upTo header: Int) -> [String] {
    guard header > 0, let title = sample.rows[0].first?.text else { return [] }
    let count = header == 1 ? "a row stands" : "\(header) rows stand"
    return ["\(count) above the header and \(header == 1 ? "is" : "are") left out: `\(title)` …"]
  }

  private static func trimmed(_ text: String) -> String {
    let words = text.split(whereSeparator: \.isWhitespace)
    return words.joined(separator: " ")
  }
}
