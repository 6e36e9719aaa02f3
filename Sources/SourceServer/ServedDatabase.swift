package import Engine
package import SourceWire

/// A database that a program of its own serves over the plugin wire; one folder of a door implements it.
///
/// Asked from one thread at a time, except for `cancel`. Errors are `WireError`s: their code says
/// what kind of trouble it is, their hint what can be done. Nothing is ever written to a database.
package protocol ServedDatabase: AnyObject, Sendable {
  /// What the program is called: `postgres` for `docket-source-postgres`.
  static var name: String { get }

  /// Whether its catalogues know other tables that are linked to one, and statements can join them.
  static var followsLinks: Bool { get }

  /// Whether it can tell, without reading the rows, that a table may have changed.
  static var tellsState: Bool { get }

  /// Connects. Errors: `auth` where the name or the password is wrong, `not-found`, `network`.
  static func connect(_ options: ServedOptions) throws -> Self

  /// Whether the connection can still be asked; where it can't, the next request connects anew.
  var isConnected: Bool { get }

  /// How the database spells what the writer of SQL needs.
  var dialect: any SQLDialect { get }

  /// Seconds after which a request is given up on; nothing where it may take as long as it likes, or
  /// the database ends it by itself.
  var patience: Int? { get }

  /// The tables that may be read, with the types of their fields as they are sent by `scan`.
  func datasets() throws -> [WireDataset]

  /// The work on one unchanging state of the data, in a transaction that only reads.
  func consistently<Result>(_ work: () throws -> Result) throws -> Result

  /// What is known of a table; asked inside `consistently`. Errors: `not-found`.
  func catalogue(of dataset: String) throws -> any SQLCatalogue

  /// The same for one question: the columns that it reads can be looked at together.
  func catalogue(for question: Tabulation) throws -> any SQLCatalogue

  /// All rows of a small result; nothing where the database can't work the statement out: a sum
  /// does not fit, or the statement is too long. Asked inside `consistently`.
  func cells(of statement: SQLStatement) throws -> [[SQLCell]]?

  /// Sends all rows of a table, the cells in the order of the fields, in bounded memory. Texts are
  /// given as they are stored, numbers by their digits, dates as `2021-04-01`, NULL as missing.
  func scan(_ fields: [String], of dataset: String, to rows: ServedRows) throws

  /// Sends the distinct values of a field, each with its count, as `scan` would send them; or
  /// nothing and false, where there are more than the limit.
  func values(of field: String, in dataset: String, limit: Int, to rows: ServedRows) throws -> Bool

  /// What changes when the rows of a table do, found out without reading them; nothing where that
  /// can't be told of this table.
  func state(of dataset: String) throws -> String?

  /// The digest of the rows as they are now, where the data have one.
  func fingerprint(of dataset: String) throws -> String?

  /// Ends what is asked at this moment, which then fails; called from another thread.
  func cancel()

  /// The same where patience has run out: whatever the other side does, the request ends.
  func giveUp()
}

extension ServedDatabase {
  package static var followsLinks: Bool { false }
  package static var tellsState: Bool { false }
  package var patience: Int? { nil }
  package func state(of dataset: String) throws -> String? { nil }
  package func fingerprint(of dataset: String) throws -> String? { nil }
  package func giveUp() { cancel() }

  /// What is known of the table, whatever is asked.
  package func catalogue(for question: Tabulation) throws -> any SQLCatalogue {
    try catalogue(of: question.dataset)
  }
}

/// What `open` was told: the URL, the directory of the session, and the options that the manifest
/// of the source names.
package struct ServedOptions: Sendable {
  package let members: [WireJSON.Member]

  package init(_ members: [WireJSON.Member]) {
    self.members = members
  }

  /// As the person wrote it: `postgres://db.example/office`.
  package var url: String { self["url"] ?? "" }

  package subscript(name: String) -> String? {
    WireJSON.object(members)[name]?.text
  }
}
