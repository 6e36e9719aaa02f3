package import Columns

/// A dataset as its source knows it.
package struct DatasetSchema: Sendable {
  package let name: String
  package let fields: [String]

  package init(name: String, fields: [String]) {
    self.name = name
    self.fields = fields
  }
}

/// What a running question may be stopped by and tells of its progress; safe to use from many threads.
package protocol RunMonitor: Sendable {
  /// Whether the person has asked to stop, or time is up. Sources look at it at least every 100 ms.
  var isCancelled: Bool { get }
  /// Work done so far and in all, in the unit of the source (bytes, rows).
  func advance(done: Int, of total: Int)
}

/// A run that nobody watches.
package struct UnwatchedRun: RunMonitor {
  package init() {}
  package var isCancelled: Bool { false }
  package func advance(done: Int, of total: Int) {}
}

/// A field of a dataset that holds keys of another dataset of the same source.
package struct DeclaredLink: Hashable, Sendable {
  package let field: String
  package let dataset: String
  /// The field there that has the keys.
  package let target: String

  package init(field: String, dataset: String, target: String) {
    self.field = field
    self.dataset = dataset
    self.target = target
  }
}

/// A column that is shown and not counted, with what its card says of its texts.
package struct ShownColumn: Hashable, Sendable {
  package let name: String
  package let missing: Set<String>
  package let recode: [String: String]
  /// The type that the card prescribes, and the order of its dates.
  package let type: FieldType?
  package let dateOrder: DateOrder?

  package init(
    _ name: String, missing: Set<String> = [], recode: [String: String] = [:],
    type: FieldType? = nil, dateOrder: DateOrder? = nil
  ) {
    self.name = name
    self.missing = missing
    self.recode = recode
    self.type = type
    self.dateOrder = dateOrder
  }
}

/// Where cases come from: datasets with named columns, and small tables that the source can make by itself.
///
/// Errors are `SourceProblem`s. Sources are opened read-only and are safe to ask from one thread at a time.
package protocol Source: AnyObject, Sendable {
  /// What was opened, as the person wrote it.
  var origin: String { get }

  /// Whether the columns of a question are best read together before it is bound; not so where the source tabulates.
  var readsAhead: Bool { get }

  func datasets() throws -> [DatasetSchema]

  /// The columns, read once and kept: texts in a dictionary and one code a row.
  func columns(_ names: [String], of dataset: String, run: any RunMonitor) throws -> [Column]

  /// How many rows a dataset has; no column need be read for it.
  func rowCount(of dataset: String, run: any RunMonitor) throws -> Int

  /// The type that the source itself declares for a column (a database does, a text file does not).
  func declaredType(of column: String, in dataset: String) -> FieldType?

  /// Whether every cell of a column is of the type that is declared for it, missing ones apart.
  var holdsToTypes: Bool { get }

  /// What the source itself says about the rows of a dataset (a plugin does, a file does not).
  func card(of dataset: String) -> Card?

  /// What the source calls itself (a data package does); else it is called as its file is.
  var ownName: String? { get }

  /// Which fields hold keys of its other datasets, as the source says (a data package does).
  func links(of dataset: String) -> [DeclaredLink]

  /// The distinct texts of a column with their counts, where that is cheaper than reading the column; else nothing.
  func values(of column: String, in dataset: String, run: any RunMonitor) throws -> Column?

  /// A column of the first rows alone, where reading all would keep a person waiting; nothing where the column is
  /// at hand, or soon is. For lists of what may be typed, and for no answer.
  func firstRows(of column: String, in dataset: String) throws -> Column?

  /// The small table, if this source can make exactly the table that the columnar engine would; else nothing.
  func tabulate(_ tabulation: Tabulation, run: any RunMonitor) throws -> SmallTable?

  /// The statement that `tabulate` would run, for `show sql`.
  func statement(for tabulation: Tabulation) -> String?

  /// What was noticed on reading: encoding, ragged rows, repeated headers. One sentence each.
  func report(of dataset: String) -> [String]

  /// Rows that could not be read as they stand, among those read so far: every answer over them says so. One
  /// sentence each, without a full stop; part of the report too.
  func faults(of dataset: String) -> [String]

  /// What else was noticed of the rows that numbers depend on: cells that were read as missing, records that were
  /// left out, data that changed. Every answer over them says so. One sentence each, without a full stop; part of
  /// the report too.
  func warnings(of dataset: String) -> [String]

  /// `sha256:` and the digest of what was read; stands in receipts.
  func fingerprint(of dataset: String) throws -> String

  /// Columns that will be asked for soon: whoever looks through a file anyway reads them along.
  func expect(_ columns: [String], of dataset: String)

  /// How many rows' cells are at most worth going to, where that takes less than reading their columns; 0 where columns
  /// are always read.
  var mostShownRows: Int { get }

  /// Columns that will be shown in a few rows, and counted in none: whoever looks through a file anyway finds their types
  /// along.
  func expectShown(_ columns: [ShownColumn], of dataset: String)

  /// How the texts of a column are read where they are shown: of a number or a date exactly what the whole column
  /// decides, while words of all kinds are called `category`. Nothing where the column has to be read to know.
  func shownMeaning(of column: ShownColumn, in dataset: String, run: any RunMonitor) throws
    -> Meaning?

  /// For each column its texts in some rows, ascending from 0; nothing for one that has to be read.
  func cells(of columns: [String], in rows: [Int], of dataset: String, run: any RunMonitor) throws
    -> [[String]?]

  /// Begins a question: what was read for an earlier one is used for it only where the source knows that the rows
  /// are the same.
  func beginQuestion()

  /// Another number as soon as the rows of a dataset may be others than they were: what was worked out of them
  /// before is worked out anew. Asked in the middle of a question, after `beginQuestion`.
  func edition(of dataset: String) -> Int

  /// Lets columns come from the copies that earlier sessions kept, and offers those that are read
  /// for keeping.
  func use(_ shelf: ColumnShelf)
}

extension Source {
  package var readsAhead: Bool { true }

  /// The rows of the first column, where the source knows no cheaper way.
  package func rowCount(of dataset: String, run: any RunMonitor) throws -> Int {
    guard let first = try datasets().first(where: { $0.name == dataset })?.fields.first else {
      return 0
    }
    return try columns([first], of: dataset, run: run)[0].rowCount
  }

  package func declaredType(of column: String, in dataset: String) -> FieldType? { nil }
  package var holdsToTypes: Bool { false }
  package func card(of dataset: String) -> Card? { nil }
  package var ownName: String? { nil }
  package func links(of dataset: String) -> [DeclaredLink] { [] }
  package func values(of column: String, in dataset: String, run: any RunMonitor) throws
    -> Column?
  { nil }
  package func firstRows(of column: String, in dataset: String) throws -> Column? { nil }
  package func tabulate(_ tabulation: Tabulation, run: any RunMonitor) throws -> SmallTable? {
    nil
  }
  package func statement(for tabulation: Tabulation) -> String? { nil }
  package func report(of dataset: String) -> [String] { [] }
  package func faults(of dataset: String) -> [String] { [] }
  package func warnings(of dataset: String) -> [String] { [] }
  package func expect(_ columns: [String], of dataset: String) {}
  package var mostShownRows: Int { 0 }
  package func expectShown(_ columns: [ShownColumn], of dataset: String) {}
  package func shownMeaning(of column: ShownColumn, in dataset: String, run: any RunMonitor) throws
    -> Meaning?
  { nil }
  package func cells(
    of columns: [String], in rows: [Int], of dataset: String, run: any RunMonitor
  ) throws -> [[String]?] {
    columns.map { _ in nil }
  }
  package func use(_ shelf: ColumnShelf) {}
  package func beginQuestion() {}
  package func edition(of dataset: String) -> Int { 0 }
}

/// A source could not do what it was asked.
package struct SourceProblem: Error, Hashable, Sendable {
  /// What went wrong; exit codes and message ids follow it.
  package enum Kind: String, Sendable {
    case notFound = "not-found"
    case unreadable, damaged, refused, network, timeout, cancelled, limit
  }

  package let kind: Kind
  /// One sentence without a full stop, in the person's words.
  package let message: String
  package let help: [String]

  package init(_ kind: Kind, _ message: String, help: [String] = []) {
    self.kind = kind
    self.message = message
    self.help = help
  }
}
