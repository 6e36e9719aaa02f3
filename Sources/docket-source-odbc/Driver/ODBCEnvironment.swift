internal import CODBC

/// What the driver manager knows: its environment, and the data sources that are defined.
struct ODBCEnvironment: @unchecked Sendable {
  let handle: SQLHENV

  /// Errors: `ODBCFailure`.
  init() throws {
    var made: SQLHANDLE?
    guard SQLAllocHandle(SQLSMALLINT(SQL_HANDLE_ENV), nil, &made) == 0, let handle = made else {
      throw ODBCFailure(state: "HY001", "the driver manager can't be started")
    }
    self.handle = handle
    _ = docket_odbc_set_environment(handle, SQL_ATTR_ODBC_VERSION, SQLULEN(SQL_OV_ODBC3))
  }

  /// The names of the data sources, each with the name of its driver.
  func dataSources() -> [(name: String, driver: String)] {
    var found: [(String, String)] = []
    var direction = SQLUSMALLINT(SQL_FETCH_FIRST)
    while true {
      var name = [SQLWCHAR](repeating: 0, count: 256)
      var driver = [SQLWCHAR](repeating: 0, count: 512)
      var lengths: (SQLSMALLINT, SQLSMALLINT) = (0, 0)
      let code = SQLDataSourcesW(
        handle, direction, &name, 255, &lengths.0, &driver, 511, &lengths.1)
      guard code == 0 || code == 1 else { return found }
      found.append((ODBCText.string(name), ODBCText.string(driver)))
      direction = SQLUSMALLINT(SQL_FETCH_NEXT)
    }
  }
}

/// Texts as the driver manager has them: UTF-16, ended by 0.
enum ODBCText {
  static func string(_ units: [SQLWCHAR]) -> String {
    String(decoding: units.prefix { $0 != 0 }, as: UTF16.self)
  }

  static func units(_ text: String) -> [SQLWCHAR] { Array(text.utf16) + [0] }
}
