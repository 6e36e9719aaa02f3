internal import Engine
internal import SourceServer
internal import SourceWire

/// What one database needs said in its own way; one file for each.
protocol ADBCEngine: Sendable {
  var dialect: any SQLDialect { get }
  /// What begins, ends and undoes a transaction that sees one state of the data; nothing where that
  /// is not known.
  var transaction: ServedTransaction? { get }
  /// What changes when the data do; nothing where that is not known.
  var state: String? { get }
  /// The digest of the data as they are now, where they have one.
  var fingerprint: String? { get }
  func tables(_ connection: ADBCConnection) throws -> [ADBCTable]
  /// What is known of the table. Errors: `NotExact` where nothing is promised.
  ///
  /// - Parameter tables: those of the database, which can be joined.
  func catalogue(of table: ADBCTable, among tables: [ADBCTable], _ connection: ADBCConnection)
    throws -> any SQLCatalogue
  /// A failure in the words of the person who asked.
  func said(_ failure: ADBCFailure, of place: String) -> WireError
  /// Whether the database could not work a statement out: a result that does not fit.
  func isOfStatement(_ failure: ADBCFailure) -> Bool
}
