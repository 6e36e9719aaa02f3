/// One line from a source to the host; a short answer may say everything on one.
package struct WireReply: Hashable, Sendable {
  /// The request that is answered; nothing where a source could not tell.
  package var id: Int?
  package var hello: WireHello?
  package var datasets: [WireDataset]?
  /// Whether a tabulation is made exactly; the host scans where it is not.
  package var isExact: Bool?
  /// What the source would run, in its own language: the answer to `explain`.
  package var statement: String?
  package var rows: RowBatch?
  package var isEnd = false
  /// At the end: how many rows were sent.
  package var count: Int?
  package var progress: WireProgress?
  /// The digest of the data that an answer was made of; one that differs from the dataset's says that
  /// they have changed.
  package var fingerprint: String?
  /// What changes when the rows of the dataset do, and means nothing else: one that differs from the
  /// one before says that they may have changed.
  package var state: String?
  package var warnings: [WireWarning] = []
  package var error: WireError?

  package init(id: Int?) {
    self.id = id
  }
}

/// Who answers, and what it can do beyond scanning.
package struct WireHello: Hashable, Sendable {
  package var version: Int
  package var name: String
  /// The version of the source itself.
  package var release: String
  /// `tabulate`, `values`, `explain`, `links`, `state`; words that are not known mean nothing.
  package var features: Set<String>

  package init(
    version: Int = 1, name: String, release: String = "", features: Set<String> = []
  ) {
    self.version = version
    self.name = name
    self.release = release
    self.features = features
  }
}

/// Work done so far, and in all where that is known.
package struct WireProgress: Hashable, Sendable {
  package var done: Int
  package var total: Int

  package init(done: Int, total: Int) {
    self.done = done
    self.total = total
  }
}

/// Rows that could not be read as they should be: what was wrong, and how many.
package struct WireWarning: Hashable, Sendable {
  package var message: String
  package var rows: Int?

  package init(_ message: String, rows: Int? = nil) {
    self.message = message
    self.rows = rows
  }
}

/// Why a request was not done.
package struct WireError: Error, Hashable, Sendable {
  /// What kind of trouble it is; a code that is not known is `internal`.
  package enum Code: String, Hashable, Sendable {
    case auth
    case notFound = "not-found"
    case network, timeout, data, unsupported, cancelled
    case `internal`
  }

  package var code: Code
  /// One sentence without a full stop.
  package var message: String
  /// What can be done about it.
  package var hint: String?

  package init(_ code: Code, _ message: String, hint: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
  }
}

extension WireReply {
  /// Reads a line. Errors: `WireFault`.
  package init(line: [UInt8]) throws {
    var members: [WireJSON.Member] = []
    var rows: RowBatch?
    try line.withUnsafeBufferPointer { bytes in
      var reader = WireReader(bytes)
      try reader.checkUTF8()
      try reader.object { reader, name in
        if name == "rows", try reader.peek() == UInt8(ascii: "[") {
          var batch = rows ?? RowBatch()
          try reader.rows(into: &batch)
          rows = batch
        } else {
          members.append(WireJSON.Member(name, try reader.value()))
        }
      }
      try reader.end()
    }
    let json = WireJSON.object(members)
    self.init(id: json["id"]?.integer)
    self.rows = rows
    if let version = json["protocol"]?.integer {
      hello = WireHello(
        version: version, name: json["name"]?.text ?? "", release: json["version"]?.text ?? "",
        features: Set(json["features"]?.texts ?? []))
    }
    datasets = try json["datasets"]?.array?.map { try WireDataset($0) }
    isExact = json["exact"]?.boolean
    statement = json["statement"]?.text
    isEnd = json["end"]?.boolean ?? false
    count = json["count"]?.integer
    fingerprint = json["fingerprint"]?.text
    state = json["state"]?.text
    if let done = json["progress"]?["done"]?.integer {
      progress = WireProgress(done: done, total: json["progress"]?["total"]?.integer ?? 0)
    }
    if let warn = json["warn"] { warnings = WireReply.warnings(warn) }
    if let error = json["error"] {
      self.error = WireError(
        error["code"]?.text.flatMap(WireError.Code.init) ?? .internal,
        error["message"]?.text ?? error.text ?? "gave no reason", hint: error["hint"]?.text)
    }
  }

  /// A warning may be a text, an object or an array of them.
  private static func warnings(_ json: WireJSON) -> [WireWarning] {
    switch json {
    case .text(let message): [WireWarning(message)]
    case .array(let elements): elements.flatMap(warnings)
    case .object:
      [WireWarning(json["message"]?.text ?? "said nothing", rows: json["rows"]?.integer)]
    case .null, .boolean, .number: []
    }
  }

  /// The reply as one line, without the line break.
  package var line: [UInt8] {
    var members: [WireJSON.Member] = [.init("id", id.map { WireJSON($0) } ?? .null)]
    if let hello {
      members += [
        .init("protocol", WireJSON(hello.version)), .init("name", .text(hello.name)),
        .init("version", .text(hello.release)),
        .init("features", WireJSON(texts: hello.features.sorted())),
      ]
    }
    if let datasets { members.append(.init("datasets", .array(datasets.map(\.json)))) }
    if let isExact { members.append(.init("exact", .boolean(isExact))) }
    if let statement { members.append(.init("statement", .text(statement))) }
    if let progress {
      let numbers: [WireJSON.Member] = [
        .init("done", WireJSON(progress.done)), .init("total", WireJSON(progress.total)),
      ]
      members.append(.init("progress", .object(numbers)))
    }
    if !warnings.isEmpty { members.append(.init("warn", .array(warnings.map(\.json)))) }
    if let error { members.append(.init("error", error.json)) }
    if isEnd { members.append(.init("end", .boolean(true))) }
    if let count { members.append(.init("count", WireJSON(count))) }
    if let fingerprint { members.append(.init("fingerprint", .text(fingerprint))) }
    if let state { members.append(.init("state", .text(state))) }
    var line = WireJSON.object(members).line
    if let rows {
      line.removeLast()
      line += ",\"rows\":".utf8
      rows.write(to: &line)
      line.append(UInt8(ascii: "}"))
    }
    return line
  }
}

extension WireWarning {
  fileprivate var json: WireJSON {
    let rows = self.rows.map { [WireJSON.Member("rows", WireJSON($0))] } ?? []
    return .object([.init("message", .text(message))] + rows)
  }
}

extension WireError {
  fileprivate var json: WireJSON {
    let hint = self.hint.map { [WireJSON.Member("hint", .text($0))] } ?? []
    return .object(
      [.init("code", .text(code.rawValue)), .init("message", .text(message))] + hint)
  }
}
