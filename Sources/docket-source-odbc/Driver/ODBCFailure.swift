internal import CODBC
internal import SourceWire

/// What a driver reported: its five characters of SQLSTATE, the number of its own, and its words.
struct ODBCFailure: Error {
  let state: String
  let native: Int32
  let message: String

  /// The first report of a handle, passing over warnings where an error stands behind them.
  init(_ kind: Int32, _ handle: SQLHANDLE?) {
    var first: (String, Int32, String)?
    var lines: [String] = []
    for number in 1...8 as ClosedRange<Int16> {
      var state = [SQLWCHAR](repeating: 0, count: 6)
      var native: SQLINTEGER = 0
      var text = [SQLWCHAR](repeating: 0, count: 1024)
      var length: SQLSMALLINT = 0
      let code = SQLGetDiagRecW(
        SQLSMALLINT(kind), handle, number, &state, &native, &text, 1023, &length)
      guard code == 0 || code == 1 else { break }
      let words = ODBCFailure.text(text)
      lines.append(words)
      let found = (ODBCFailure.text(state), native, words)
      let isWarning = found.0.hasPrefix("01")
      if first == nil || (first?.0.hasPrefix("01") ?? false) && !isWarning { first = found }
    }
    state = first?.0 ?? "HY000"
    native = first?.1 ?? 0
    let missing = lines.first { $0.contains("Can't open lib") }
    message = missing ?? first?.2 ?? "the driver gave no reason"
  }

  init(state: String, _ message: String) {
    self.state = state
    native = 0
    self.message = message
  }

  private static func text(_ units: [SQLWCHAR]) -> String {
    String(decoding: units.prefix { $0 != 0 }, as: UTF16.self)
  }

  /// Whether the connection is lost.
  var isDisconnection: Bool {
    state.hasPrefix("08") || [2002, 2003, 2006, 2013, 2055].contains(native)
  }

  /// Whether the database could not work a statement out, rather than not be asked: a result that
  /// does not fit, a text that is no number, or a statement that is too long or too deep.
  var isOfStatement: Bool {
    state.hasPrefix("22") || [1690, 1301, 1436, 1153].contains(native)
      || message.contains("integer overflow") || message.contains("too many SQL variables")
      || message.contains("Expression tree is too large")
      || message.contains("parser stack overflow")
  }

  /// The failure as the wire has it, without the names that drivers put before their words.
  func said(of place: String) -> WireError {
    var words = message[...]
    while words.hasPrefix("["), let end = words.firstIndex(of: "]") {
      words = words[words.index(after: end)...]
    }
    let line = words.split(whereSeparator: \.isNewline).first.map(String.init) ?? String(words)
    let (code, hint) = meaning
    if let library = missingLibrary {
      return WireError(
        code, "the ODBC driver \(library) is not here, or can't be loaded", hint: hint)
    }
    return WireError(code, "\(place): \(line.drop { $0 == " " }) (\(state))", hint: hint)
  }

  /// What the driver manager looked for: `Can't open lib 'Oracle' : file not found`.
  private var missingLibrary: Substring? {
    message.firstRange(of: "Can't open lib '").map {
      message[$0.upperBound...].prefix { $0 != "'" }
    }
  }

  var meaning: (code: WireError.Code, hint: String?) {
    if missingLibrary != nil {
      return (.notFound, "install the driver; odbcinst -q -d lists those that are known here")
    }
    let deniedNumbers: Set<Int32> = [1044, 1142, 1143, 1227, 1370]
    if state == "42501" || deniedNumbers.contains(native) {
      return (.auth, "ask whoever keeps the data for permission to read")
    }
    if message.contains("file is not a database") || message.contains("malformed") {
      return (.data, "the file is damaged or no database: fetch or restore it")
    }
    if message.contains("locked") || [1205, 1213].contains(native) {
      return (.timeout, "another program holds a lock: ask again when it has finished")
    }
    // The server's own limit, in MariaDB and in MySQL.
    if native == 1969 || native == 3024 {
      return (
        .timeout, "ask about fewer rows, or have the time raised that the server gives a question"
      )
    }
    switch state {
    case "IM002", "IM003":
      return (
        .notFound,
        "odbcinst -q -s lists the data sources there are, and odbcinst -q -d the drivers"
      )
    case "28000": return (.auth, "look at the user name and the password")
    case "42S02", "42S22":
      return (.notFound, "the tables have changed: open it again")
    case "3D000": return (.notFound, "look at the name of the database")
    case "HY008", "70100": return (.cancelled, nil)
    case "HYT00":
      return (
        .timeout, "ask about fewer rows, or have the time raised that the server gives a question"
      )
    case "HYT01":
      return (.timeout, "look whether the server is there and not too busy, and ask again")
    case "25006": return (.unsupported, "nothing is ever written")
    default: break
    }
    if native == 1317 { return (.cancelled, nil) }
    if native == 1049 { return (.notFound, "look at the name of the database") }
    if native == 1146 { return (.notFound, "the tables have changed: open it again") }
    if isDisconnection { return (.network, "look whether the server runs, and ask again") }
    return (.internal, "look at the connection, and at the log of the database")
  }
}
