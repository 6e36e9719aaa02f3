internal import SourceServer
internal import SourceWire

/// What a server says where it can't do what it is asked: a number, and a sentence.
struct ServerFailure: Error, Hashable {
  let code: Int
  /// One sentence, without the server's name for itself.
  let message: String

  /// Reads `Code: 60, e.displayText() = DB::Exception: Table office.cases doesn't exist., …`, as
  /// older servers write it, or `Code: 60. DB::Exception: …` of newer ones.
  init?(_ text: String) {
    guard let start = text.firstRange(of: "Code: ") else { return nil }
    let digits = text[start.upperBound...].prefix { $0.isNumber }
    guard let code = Int(digits) else { return nil }
    self.code = code
    // A server of a cluster hands on what another said, in the same form, and one that tried several
    // times lists what each try came to: the last says it.
    let kinds = ["Exception", "NetException", "ErrnoException"].map { "DB::\($0): " }
    var said: [Substring] = []
    for line in text[digits.endIndex...].split(separator: "\n") {
      var rest = line
      var isSaid = said.isEmpty
      while let start = kinds.compactMap({ rest.firstRange(of: $0)?.upperBound }).max() {
        rest = rest[start...]
        isSaid = true
      }
      guard isSaid else { continue }
      for end in [", e.what()", ". Stack trace:"] {
        if let found = rest.firstRange(of: end) { rest = rest[..<found.lowerBound] }
      }
      said.append(rest)
    }
    message = said.last.map(String.init) ?? ""
  }

  /// Whether it is the statement that this server can't work out, so that the rows are read instead:
  /// words or functions that it lacks, types that do not go together, too long, too deep, too large.
  var isOfStatement: Bool {
    [
      20, 36, 41, 42, 43, 44, 46, 48, 49, 50, 53, 62, 69, 70, 128, 163, 167, 168, 170, 179, 184,
      215, 306,
      349, 386, 395, 407,
    ].contains(code)
  }

  /// The trouble as the wire knows it, with what can be done.
  func error(at address: ServerAddress) -> WireError {
    let user = address.user.isEmpty ? "default" : address.user
    switch code {
    case 192, 193, 194, 516:
      return WireError(
        .auth, "\(address.place) does not let \(user) in: name or password are wrong",
        hint: "give the password in CLICKHOUSE_PASSWORD or as the option password")
    case 195:
      return WireError(
        .auth, "\(address.place) does not let \(user) in from this machine",
        hint: "the server's users.xml says from where")
    case 164, 291, 497:
      return WireError(
        .auth, "\(user) may not read this at \(address.place): \(message)",
        hint: "ask whoever keeps the server for a GRANT SELECT")
    case 81 where !address.database.isEmpty:
      return WireError(
        .notFound, "\(address.place) has no database \(address.database)",
        hint: "its name stands behind the address: clickhouse://HOST:PORT/DATABASE")
    case 60, 81:
      return WireError(
        .notFound, "it is not at \(address.place): \(message)",
        hint: "if it was there before, open the source again")
    case 10, 16, 47:
      return WireError(
        .data, "the table has changed since it was opened: \(message)",
        hint: "open the source again")
    case 159, 160:
      return WireError(
        .timeout, "the server gave up after its time limit: \(message)",
        hint: "allow more with ?timeout=SECONDS, or ask for fewer rows")
    case 32, 101, 102, 209, 210, 236, 279, 286, 519:
      return WireError(
        .network, "a server of the cluster behind \(address.place) does not answer: \(message)",
        hint: "ask again when it is back: without it the answer would be short of its cases")
    case 201, 202:
      return WireError(
        .network, "\(address.place) has too much to do: \(message)", hint: "ask again later")
    case 158, 173, 241, 243, 307, 396:
      return WireError(
        .unsupported, "it is more than \(address.place) allows: \(message)",
        hint: "ask for fewer groups or rows, or have the limit raised")
    case 394: return WireError(.cancelled, "it was stopped at the server")
    default: return WireError(.internal, "\(address.place) says: \(message) (code \(code))")
    }
  }
}

extension HTTPConnection.Failure {
  /// The trouble as the wire knows it, with what can be done.
  func error(at address: ServerAddress) -> WireError {
    switch self {
    case .stopped: return .cancelled
    case .status(let status, let text):
      if let failure = ServerFailure(text) { return failure.error(at: address) }
      return WireError(
        status == 401 || status == 403 ? .auth : .network,
        "\(address.place) answers \(status), and not as ClickHouse does",
        hint: "is it the port for HTTP, mostly 8123, or 8443 for clickhouses://?")
    case .transfer(let code, let detail):
      return WireError(
        code == 28 ? .timeout : .network, words(code, detail, address), hint: hint(code, address))
    }
  }

  /// The common ones in the same words whatever the library's version.
  private func words(_ code: UInt32, _ detail: String, _ address: ServerAddress) -> String {
    switch code {
    case 6: "there is no host \(address.host)"
    case 7: "nothing answers at \(address.place)"
    case 18, 52, 55, 56: "the connection to \(address.place) was cut in the middle of an answer"
    case 28: "\(address.place) said nothing for \(address.timeout) s"
    case 35, 51, 53, 54, 58, 60, 77, 83:
      "the connection to \(address.place) can't be trusted (\(detail))"
    default: "\(address.place) can't be asked: \(detail)"
    }
  }

  private func hint(_ code: UInt32, _ address: ServerAddress) -> String? {
    switch code {
    case 6: "is the name right, and is there a network?"
    case 7: "does the server run, and does it listen for HTTP there?"
    case 18, 52, 55, 56:
      "nothing of it is shown; ask again when the server is back, and write clickhouses:// if the port is one for HTTPS"
    case 28: "allow more with ?timeout=SECONDS, or ask for fewer rows"
    case 35: "does that port speak HTTPS? for HTTP it is clickhouse://"
    case 51, 53, 54, 58, 60, 77, 83:
      "name its authority with ?ca=FILE, and see that the clocks of both machines are right"
    default: nil
    }
  }
}
