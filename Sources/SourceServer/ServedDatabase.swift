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

  /// Connects. Errors: `auth` where the name or the password is wrong, `not-found`, `network`.
  static func connect(_ options: ServedOptions) throws -> Self

  /// Whether the connection can still be asked; where it can't, the next request connects anew.
  var isConnected: Bool { get }

  /// How the database spells what the writer of SQL needs.
  var dialect: any SQLDialect { get }

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
  /// sent as they are stored, numbers by their digits, dates as `2021-04-01`, NULL as missing.
  func scan(_ fields: [String], of dataset: String, to rows: ServedRows) throws

  /// Sends the distinct values of a field, each with its count, as `scan` would send them; or
  /// nothing and false, where there are more than the limit.
  func values(of field: String, in dataset: String, limit: Int, to rows: ServedRows) throws -> Bool

  /// Ends what is asked at this moment, which then fails; called from another thread.
  func cancel()
}

extension ServedDatabase {
  package static var followsLinks: Bool { false }

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
