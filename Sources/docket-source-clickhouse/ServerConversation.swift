internal import Engine
internal import SourceServer
internal import SourceWire

/// Statements to one server and its answers, in the settings that make them whole.
final class ServerConversation {
  private let address: ServerAddress
  private let connection: HTTPConnection
  private let session = String(UInt64.random(in: .min ... .max), radix: 36)
  private var statements = 0
  private var settings: [String: String] = [:]

  private(set) var version = ""
  /// The database that is asked.
  private(set) var database = ""
  /// The zone of the clock that the server keeps.
  private(set) var zone = "UTC"
  private(set) var zeroIsNoDay = true

  /// How much of an answer is kept back at the server until it is known to be whole, in bytes.
  private static let heldBytes = 16 << 20

  /// Errors: `WireError`.
  init(_ address: ServerAddress) throws {
    self.address = address
    connection = HTTPConnection(
      patience: HTTPConnection.Patience(silence: address.timeout),
      certificates: address.certificates)
    let names = ServerSettings.needed.map { "'\($0.name)'" }.joined(separator: ", ")
    var found: [String: String] = [:]
    for row in try ask(
      """
      SELECT name, value FROM system.settings \
      WHERE name IN ('readonly', 'max_execution_time', \(names))
      """)
    {
      if let name = row[0].text { found[name] = row[1].text ?? "" }
    }
    settings = try ServerSettings(
      found: found, timeout: address.timeout, place: address.place
    ).sent
    let server = try ask("SELECT version(), currentDatabase(), timezone(), toString(toDate(0))")
    guard let server = server.first, server.count == 4 else { throw unlike("") }
    version = server[0].text ?? ""
    database = server[1].text ?? ""
    zone = server[2].text ?? "UTC"
    zeroIsNoDay = server[3].text?.hasPrefix("0000") == true
  }

  /// Ends the statement that runs; called from any thread.
  func stop() { connection.stop() }

  /// The bytes that came from the server so far.
  var receivedBytes: Int { connection.receivedBytes }

  /// The rows that a statement gives, after all of them have come. Errors: `WireError`.
  func ask(_ statement: String) throws -> [[SQLCell]] {
    do {
      return try rows(of: statement, limit: .max)
    } catch let failure as ServerFailure {
      throw failure.error(at: address)
    }
  }

  /// The rows that a statement gives, as many as these.
  ///
  /// Errors: `ServerFailure` of the server, `WireError` of the way there, or where it gives more.
  func rows(of statement: String, limit: Int) throws -> [[SQLCell]] {
    var rows: [[SQLCell]] = []
    var kinds: [CellKind] = []
    try post(statement, isHeld: true, mark: nil) { types, cells in
      if kinds.isEmpty { kinds = types.map(CellKind.init) }
      rows.append(zip(kinds, cells).map { $0.cell($1) })
      if rows.count > limit {
        throw WireError(
          .unsupported, "the answer has more than \(limit) groups", hint: "group by less")
      }
    }
    return rows
  }

  /// Hands on the rows that a statement gives as they come.
  ///
  /// - Parameter mark: what the last cell of each row has to be: a server that fails on the way ends
  ///   its answer with an ordinary line.
  func stream(
    _ statement: String, mark: String? = nil, _ body: @escaping (TabSeparated.Cells) throws -> Void
  ) throws {
    do {
      try post(statement, isHeld: mark == nil, mark: mark) { try body($1) }
    } catch let failure as ServerFailure {
      throw failure.error(at: address)
    }
  }

  // MARK: Asking

  private func post(
    _ statement: String, isHeld: Bool, mark: String?,
    _ body: @escaping ([String], TabSeparated.Cells) throws -> Void
  ) throws {
    statements += 1
    let name = "docket-\(session)-\(statements)"
    var table = TabSeparated(mark: mark)
    do {
      try connection.post(request(statement, name: name, isHeld: isHeld)) { bytes in
        try table.append(bytes) { types, cells in try body(types, cells) }
      }
      try table.end()
    } catch let malformed as TabSeparated.Malformed {
      throw ServerFailure(malformed.line) ?? unlike(malformed.line)
    } catch let failure as HTTPConnection.Failure {
      switch failure {
      case .stopped, .transfer(code: 28, _):
        // The server knows nothing of it yet, and would work on.
        kill(name)
      case .status(_, let text):
        if let failure = ServerFailure(text) { throw failure }
      case .transfer: break
      }
      throw failure.error(at: address)
    } catch let error as WireError {
      kill(name)
      throw error
    }
  }

  private func request(_ statement: String, name: String, isHeld: Bool)
    -> HTTPConnection.Request
  {
    var parameters = [("query_id", name)]
    if !address.database.isEmpty { parameters.append(("database", address.database)) }
    if isHeld {
      parameters += [
        ("wait_end_of_query", "1"), ("buffer_size", String(ServerConversation.heldBytes)),
      ]
    }
    parameters += settings.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    return HTTPConnection.Request(
      url: address.url(parameters: parameters), headers: credentials,
      body: Array("\(statement)\nFORMAT TabSeparatedWithNamesAndTypes".utf8))
  }

  private var credentials: [String] {
    var lines: [String] = []
    if !address.user.isEmpty { lines.append("X-ClickHouse-User: \(address.user)") }
    if !address.password.isEmpty { lines.append("X-ClickHouse-Key: \(address.password)") }
    return lines.filter { !$0.contains("\r") && !$0.contains("\n") }
  }

  /// Has the server end a statement of ours; whether it hears of it or not, nothing waits for it.
  private func kill(_ name: String) {
    let connection = HTTPConnection(
      patience: HTTPConnection.Patience(connection: 1, silence: 1),
      certificates: address.certificates)
    let request = HTTPConnection.Request(
      url: address.url(parameters: []), headers: credentials,
      body: Array("KILL QUERY WHERE query_id = '\(name)' ASYNC".utf8))
    try? connection.post(request) { _ in }
  }

  private func unlike(_ line: String) -> WireError {
    WireError(
      .data, "\(address.place) sent what is no table: \(line.prefix(200))",
      hint: "is it a ClickHouse server?")
  }
}

/// What becomes of a cell by the type of its column.
private enum CellKind {
  case integer, double, text

  init(_ written: String) {
    switch ColumnType(written).kind {
    case .integer(let bits, _): self = bits > 64 ? .text : .integer
    case .real: self = .double
    default: self = .text
    }
  }

  func cell(_ bytes: UnsafeBufferPointer<UInt8>?) -> SQLCell {
    guard let bytes else { return .null }
    let text = String(decoding: bytes, as: UTF8.self)
    switch self {
    case .integer: return Int64(text).map(SQLCell.integer) ?? .text(text)
    case .double: return Double(text).map(SQLCell.double) ?? .text(text)
    case .text: return .text(text)
    }
  }
}
