internal import CPostgres
internal import SourceWire

/// What PostgreSQL said went wrong, by its SQLSTATE (PostgreSQL 15, appendix A).
struct PostgresFailure: Error {
  /// Five characters; empty where the connection and not the server failed.
  let state: String
  let message: String

  /// Of a result that is an error.
  init(_ result: OpaquePointer?, _ connection: OpaquePointer) {
    let code = PQresultErrorField(result, docket_pg_sqlstate)
    state = code.map { String(cString: $0) } ?? ""
    let primary = PQresultErrorField(result, docket_pg_primary)
    message = PostgresFailure.line(
      primary.map { String(cString: $0) } ?? String(cString: PQerrorMessage(connection)))
  }

  init(state: String = "", message: String) {
    self.state = state
    self.message = PostgresFailure.line(message)
  }

  /// On one line without a full stop and the place, which is said anyway.
  private static func line(_ message: String) -> String {
    var words = message.split(whereSeparator: \.isNewline).map {
      String($0.drop { $0 == "\t" || $0 == " " })
    }.joined(separator: "; ")
    for mark in ["FATAL:  ", "failed: "] {
      if let end = words.firstRange(of: mark)?.upperBound { words = String(words[end...]) }
    }
    while words.hasSuffix(".") { words.removeLast() }
    return words
  }

  /// Whether the statement and not the data, the rights or the server is in the way: a sum does not
  /// fit, a type does not match, it is too long. The rows are scanned then.
  var isOfStatement: Bool {
    let kept: Set<String> = ["42501", "42P01", "42703", "42704"]
    if kept.contains(state) { return false }
    return ["22", "42", "54", "0A"].contains(state.prefix(2))
  }

  /// The error in the words of the person who asked. Each has a way forward.
  func said(of place: String) -> WireError {
    switch state {
    case "28P01" where message.contains("no password supplied"):
      return WireError(
        .auth, "\(place) wants a password, and none was given",
        hint: "give it when asked, in PGPASSWORD or in ~/.pgpass, which only you may read")
    case "28P01", "28000":
      return WireError(
        .auth, "\(place) does not let this name in with this password: \(message)",
        hint: "give the password when asked, in PGPASSWORD or in ~/.pgpass, which only you may read"
      )
    case "3D000":
      return WireError(
        .notFound, message, hint: "the last part of the URL is the database: postgres://HOST/NAME")
    case "42501":
      return WireError(
        .auth, message, hint: "its owner can let you read it: GRANT SELECT ON … TO …")
    case "42P01", "42703", "42704":
      return WireError(
        .data, "the tables have changed since they were opened: \(message)", hint: "open it again")
    case "55P03":
      return WireError(
        .timeout, "another program holds a lock on the table",
        hint: "ask again when it has finished, or wait longer: …?wait=60")
    case "57014":
      return WireError(
        .timeout, "the server gave up on the question: \(message)",
        hint: "ask about fewer rows, or give it longer: …?timeout=600")
    case "40001", "40P01", "72000":
      return WireError(.data, "the data changed while they were read", hint: "ask again")
    case "53300":
      return WireError(
        .network, "\(place) has no connection left", hint: "ask again in a while")
    case "25006":
      return WireError(.unsupported, "\(place) is read, and never written")
    case "" where message.contains("closed the connection"):
      return PostgresFailure(state: "08006", message: message).said(of: place)
    case "":
      return WireError(.network, "no answer from \(place): \(message)", hint: hint)
    default:
      switch state.prefix(2) {
      case "08", "57":
        return WireError(
          .network, "the connection to \(place) ended: \(message)",
          hint: "ask again: it is connected anew")
      case "53":
        return WireError(
          .network, "\(place) has run out of something: \(message)",
          hint: "ask about fewer rows, or ask again in a while")
      default:
        return WireError(.data, "\(place) could not do it: \(message) (\(state))")
      }
    }
  }

  private var hint: String {
    if message.contains("password") {
      return "give the password when asked, in PGPASSWORD or in ~/.pgpass, which only you may read"
    }
    if message.contains("could not translate") { return "is the name of the host spelled right?" }
    if message.contains("does not exist") {
      return "the last part of the URL is the database: postgres://NAME@HOST/DATABASE"
    }
    return "is the server running, and are host and port right? Then ask again"
  }

  /// Without a state, libpq's words say whether it is about the name and the password.
  var isOfPassword: Bool {
    state.isEmpty && (message.contains("password") || message.contains("no pg_hba.conf entry"))
  }
}
