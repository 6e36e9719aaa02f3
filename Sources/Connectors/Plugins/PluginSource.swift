package import Columns
package import Engine
package import SourceWire

/// How sources that are other programs are run.
package struct PluginSettings: Sendable {
  package var trust: PluginTrust
  /// The folder for what sources write to their standard error; nothing where it is not kept.
  package var logs: String?
  /// Is shown every line of the wire, `>` or `<` before it, with secrets left out.
  package var trace: (@Sendable (String) -> Void)?
  package var limits = PluginLimits()

  package init(trust: PluginTrust, logs: String? = nil) {
    self.trust = trust
    self.logs = logs
  }
}

/// A source that is another program, `docket-source-NAME`, and speaks the plugin wire.
///
/// Columns that were scanned are kept. The program is started when it is first needed, and again
/// after it has ended or was killed. Asked from one thread at a time, as every source is; that, and
/// not a lock, makes it sendable.
package final class PluginSource: Source, @unchecked Sendable {
  package let origin: String
  let plugin: PluginFile
  let settings: PluginSettings
  private var options: [WireJSON.Member]
  private let credentials: PluginCredentials
  private let log: PluginLog
  private var conversation: PluginConversation?
  var found: [WireDataset] = []
  var held: [String: PluginTable] = [:]

  /// Starts the source and opens what the options name; secrets are among them and nowhere else.
  ///
  /// Errors: `SourceProblem` where it may not be run, does not speak the wire, or can't open it.
  package init(
    _ plugin: PluginFile, options: [WireJSON.Member], origin: String, settings: PluginSettings,
    run: any RunMonitor = UnwatchedRun()
  ) throws {
    self.plugin = plugin
    self.settings = settings
    self.origin = PluginSource.withoutPassword(origin)
    credentials = PluginCredentials(plugin, origin: self.origin, policy: settings.trust.policy)
    let given = Set(options.map(\.name))
    self.options = options + credentials.known.filter { !given.contains($0.name) }
    log = PluginLog(
      path: settings.logs.map { "\($0)/\(plugin.name).log" }, limit: settings.limits.log)
    _ = try running(run)
  }

  /// The number of its process; nothing where none runs.
  package var processIdentifier: Int32? { conversation?.processIdentifier }

  /// A source that tabulates is asked for small tables; from others the columns of a question are
  /// best scanned together.
  package var readsAhead: Bool {
    conversation.map { !$0.hello.features.contains("tabulate") } ?? true
  }

  package func datasets() throws -> [DatasetSchema] {
    _ = try running(UnwatchedRun())
    return found.map { DatasetSchema(name: $0.name, fields: $0.fields.map(\.name)) }
  }

  package func declaredType(of column: String, in dataset: String) -> FieldType? {
    let field = described(dataset)?.fields.first { $0.name == column }
    return field.flatMap { FieldType(rawValue: $0.type.rawValue) }
  }

  package func card(of dataset: String) -> Card? { described(dataset).map(Card.init) }

  package func columns(_ names: [String], of dataset: String, run: any RunMonitor) throws
    -> [Column]
  {
    let asked = try self.dataset(dataset, run)
    for name in names where !asked.fields.contains(where: { $0.name == name }) {
      throw SourceProblem(.notFound, "\(dataset) in \(origin) has no column \(name)")
    }
    try settle(dataset, run)
    return try scan(names, of: asked, run: run)
  }

  package func values(of column: String, in dataset: String, run: any RunMonitor) throws
    -> Column?
  {
    let asked = try self.dataset(dataset, run)
    let conversation = try running(run)
    try settle(dataset, run)
    guard let field = asked.fields.first(where: { $0.name == column }),
      conversation.hello.features.contains("values"), held[dataset]?.columns[column] == nil
    else { return nil }
    return try distinct(field, of: asked, conversation, run: run)
  }

  package func tabulate(_ question: Tabulation, run: any RunMonitor) throws -> SmallTable? {
    let asked = try self.dataset(question.dataset, run)
    let conversation = try running(run)
    guard let words = words(for: question, conversation) else { return nil }
    return try smallTable(words, of: asked, conversation, run: run)
  }

  /// What the source says that it would run; nothing where it does not say it.
  package func statement(for question: Tabulation) -> String? {
    let run = UnwatchedRun()
    guard let conversation = try? running(run), described(question.dataset) != nil,
      conversation.hello.features.contains("explain"),
      let words = words(for: question, conversation)
    else { return nil }
    var statement: String?
    try? conversation.ask(.explain(question: words.members), run: run) { reply in
      statement = statement ?? reply.statement
      return reply.isEnd || reply.statement != nil || reply.isExact == false
    }
    return statement
  }

  /// The question in the words of the wire, where the source can be asked it.
  private func words(for question: Tabulation, _ conversation: PluginConversation)
    -> PluginQuestion?
  {
    let features = conversation.hello.features
    guard features.contains("tabulate"), let words = try? PluginQuestion(question) else {
      return nil
    }
    return words.hasLinks && !features.contains("links") ? nil : words
  }

  package var holdsToTypes: Bool { true }

  package func report(of dataset: String) -> [String] {
    let sensitive = described(dataset)?.fields.filter(\.isSensitive).map(\.name) ?? []
    let marked =
      sensitive.isEmpty ? [] : ["marked as sensitive: " + sensitive.joined(separator: ", ")]
    return marked + warnings(of: dataset)
  }

  package func warnings(of dataset: String) -> [String] { held[dataset]?.warnings ?? [] }

  /// The digest that the source gives; else that of all cells where the rows are scanned anyway,
  /// and that of the fields' descriptions where the source makes the tables itself.
  package func fingerprint(of dataset: String) throws -> String {
    let asked = try self.dataset(dataset, UnwatchedRun())
    if let given = asked.fingerprint { return given }
    var digest = RunningDigest()
    func add(_ bytes: [UInt8]) { bytes.withUnsafeBytes { digest.update($0) } }
    var reply = WireReply(id: 0)
    reply.datasets = [asked]
    add(reply.line)
    if readsAhead {
      let names = asked.fields.map(\.name)
      try settle(dataset, UnwatchedRun())
      for column in try scan(names, of: asked, run: UnwatchedRun()) { column.add(to: &digest) }
    }
    return "sha256:" + digest.digest
  }

  // MARK: Running

  /// Kills the source; it is started again when it is next needed.
  package func stop() {
    conversation?.end()
    conversation = nil
  }

  /// Whether the source has said that it can do more than scan: `tabulate`, `links`, `explain`, …
  func offers(_ feature: String) -> Bool {
    conversation?.hello.features.contains(feature) ?? false
  }

  /// Whether every scan of a dataset gives the rows in the same order.
  func isOrdered(_ dataset: String) -> Bool { described(dataset)?.isOrdered ?? false }

  /// The texts that stand for a missing value, by field.
  func missingCodes(of dataset: String) -> [String: Set<String>] {
    Dictionary(
      (described(dataset)?.fields ?? []).map { ($0.name, Set($0.missing)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The conversation with the source; started, and everything opened, where there is none.
  func running(_ run: any RunMonitor) throws -> PluginConversation {
    conversation?.settle()
    if let conversation, conversation.isAlive { return conversation }
    conversation = nil
    try settings.trust.admit(plugin)
    let started = try PluginConversation(plugin, log: log, settings: settings, run: run)
    let datasets = try opened(started, run)
    let limit = settings.limits.names
    guard datasets.count <= limit, datasets.allSatisfy({ $0.fields.count <= limit }) else {
      throw started.broken("has more than \(limit) datasets, or fields of one of them")
    }
    guard Set(datasets.map(\.name)).count == datasets.count else {
      throw started.broken("has two datasets of one name")
    }
    noteChanges(from: found, to: datasets)
    found = datasets
    conversation = started
    return started
  }

  /// Opens what the options name; where the source refuses their secrets, others are tried.
  private func opened(_ started: PluginConversation, _ run: any RunMonitor) throws
    -> [WireDataset]
  {
    var typed: Int?
    var isSilent = false
    while true {
      do {
        var datasets: [WireDataset] = []
        try started.ask(.open(options: options), run: run) { reply in
          if let progress = reply.progress {
            run.advance(done: progress.done, of: progress.total)
          }
          datasets += reply.datasets ?? []
          return reply.datasets != nil || reply.isEnd
        }
        return datasets
      } catch let problem as SourceProblem where started.isRefusedEntry {
        try goOn(run)
        // The first comes from a command, if there is one.
        var secrets = typed == nil ? credentials.ofCommand() : nil
        if typed == nil { isSilent = secrets == nil && credentials.hasCommand }
        let refused = typed ?? 0
        try goOn(run)
        if secrets == nil {
          secrets = credentials.typed(refused: refused)
          typed = refused + 1
        } else {
          typed = 0
        }
        guard let secrets else {
          throw SourceProblem(
            problem.kind, problem.message, help: problem.help + credentials.help(isSilent: isSilent)
          )
        }
        let names = Set(secrets.map(\.name))
        options = options.filter { !names.contains($0.name) } + secrets
      }
    }
  }

  /// Throws where the opening was stopped: nobody is asked for a password then.
  private func goOn(_ run: any RunMonitor) throws {
    if run.isCancelled { throw SourceProblem(.cancelled, "the opening was stopped") }
  }

  private func described(_ dataset: String) -> WireDataset? {
    found.first { $0.name == dataset }
  }

  private func dataset(_ name: String, _ run: any RunMonitor) throws -> WireDataset {
    _ = try running(run)
    if let dataset = described(name) { return dataset }
    let names = found.map(\.name).joined(separator: ", ")
    throw SourceProblem(
      .notFound, "\(origin) has no dataset \(name)",
      help: names.isEmpty ? [] : ["its datasets are \(names)"])
  }

  /// A URL with its password left out: `postgres://analyst:…@db.example/office`.
  static func withoutPassword(_ url: String) -> String {
    var shown = url
    if let query = url.firstRange(of: "password=") ?? url.firstRange(of: "PWD=") {
      let end = url[query.upperBound...].firstIndex { $0 == "&" || $0 == ";" } ?? url.endIndex
      shown = url[..<query.upperBound] + "…" + url[end...]
    }
    guard let start = shown.firstRange(of: "://")?.upperBound else { return shown }
    // An `@` or `/` that is not written as `%40` or `%2F` belongs to the password, not to the host.
    let address = shown[start...].prefix { $0 != "?" }
    guard let at = address.lastIndex(of: "@"), let colon = address[..<at].firstIndex(of: ":") else {
      return shown
    }
    return shown[...colon] + "…" + shown[at...]
  }
}

extension Column {
  fileprivate func add(to digest: inout RunningDigest) {
    texts.bytes.withUnsafeBytes { digest.update($0) }
    texts.bounds.withUnsafeBytes { digest.update($0) }
    switch codes {
    case .bytes(let codes): codes.withUnsafeBytes { digest.update($0) }
    case .shorts(let codes): codes.withUnsafeBytes { digest.update($0) }
    case .words(let codes): codes.withUnsafeBytes { digest.update($0) }
    }
  }
}
