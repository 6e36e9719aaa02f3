internal import Engine
internal import SourceWire

/// Requests to one running source and its answers to them.
final class PluginConversation {
  let name: String
  private let process: PluginProcess
  private let log: PluginLog
  private let limits: PluginLimits
  private let trace: (@Sendable (String) -> Void)?
  private var lastRequest = 0
  /// Texts that may not be shown.
  private var secrets: [String] = []
  /// A request that was stopped and has not ended yet.
  private var stopped: Int?
  /// Whether the answer before was that a name or a password was wrong.
  private(set) var isRefusedEntry = false
  /// What the source said of itself.
  private(set) var hello = WireHello(name: "")

  /// Starts a source and greets it. Errors: `SourceProblem`.
  init(_ plugin: PluginFile, log: PluginLog, settings: PluginSettings, run: any RunMonitor) throws {
    name = plugin.name
    self.log = log
    limits = settings.limits
    trace = settings.trace
    process = try PluginProcess(
      path: plugin.path,
      environment: PluginEnvironment.variables(
        for: plugin, usesNetwork: settings.trust.policy.usesNetwork), log: log,
      ending: limits.ending)
    var answer: WireHello?
    try ask(.hello(host: "docket"), waiting: limits.start, run: run) { reply in
      answer = reply.hello
      return true
    }
    guard let answer else {
      throw broken("answered the greeting without naming a protocol")
    }
    guard WireVersion.protocols.contains(answer.version) else {
      process.kill()
      let known = WireVersion.protocols.map(String.init).joined(separator: ", ")
      throw SourceProblem(
        .refused,
        "the source \(name) speaks protocol \(answer.version), and this program speaks \(known)",
        help: ["install a version of one of them that goes with the other"])
    }
    hello = answer
  }

  /// Whether the source can still be asked.
  var isAlive: Bool { process.isRunning && !process.isAtEnd }

  /// Kills the source.
  func end() { process.kill() }

  var processIdentifier: Int32? { isAlive ? process.identifier : nil }

  /// Asks, and hands each answer to the body until it says that it was the last.
  ///
  /// Errors: `SourceProblem`; what the body throws ends the source.
  func ask(
    _ operation: WireRequest.Operation, run: any RunMonitor, _ body: (WireReply) throws -> Bool
  ) throws {
    try ask(operation, waiting: limits.silence, run: run, body)
  }

  private func ask(
    _ operation: WireRequest.Operation, waiting: Int, run: any RunMonitor,
    _ body: (WireReply) throws -> Bool
  ) throws {
    lastRequest += 1
    let id = lastRequest
    send(WireRequest(id: id, operation))
    isRefusedEntry = false
    var lastSign = PluginClock.milliseconds
    while true {
      if run.isCancelled {
        cancel(id)
        throw SourceProblem(.cancelled, "stopped while asking the source \(name)")
      }
      guard let reply = try next(waiting: 50) else {
        if PluginClock.milliseconds - lastSign > waiting {
          process.kill()
          throw silent(after: waiting)
        }
        continue
      }
      lastSign = PluginClock.milliseconds
      // Answers to what was cancelled may still be on their way.
      guard reply.id == id else {
        if let other = reply.id, other < id, other > 0 { continue }
        throw broken("answered a request that was not made")
      }
      if let error = reply.error {
        isRefusedEntry = error.code == .auth
        throw problem(of: error)
      }
      do {
        if try body(reply) { return }
      } catch {
        process.kill()
        throw error
      }
    }
  }

  private func next(waiting milliseconds: Int) throws -> WireReply? {
    do {
      guard let line = try process.receive(waiting: milliseconds) else {
        if process.isAtEnd { throw ended }
        return nil
      }
      trace?("< " + shown(String(decoding: line, as: UTF8.self)))
      do {
        return try WireReply(line: line)
      } catch let fault as WireFault {
        let isJSON = line.first == UInt8(ascii: "{") || line.first == UInt8(ascii: "[")
        throw isJSON ? broken("sent a line that " + fault.message) : ordinary(line)
      }
    } catch let fault as WireFault {
      throw broken("sent a line that " + fault.message)
    }
  }

  private func send(_ request: WireRequest) {
    if case .open(let options) = request.operation {
      secrets = options.filter { PluginConversation.isSecret($0.name) }.compactMap(\.value.text)
    }
    trace?("> " + shown(String(decoding: request.line, as: UTF8.self)))
    process.send(request.line)
  }

  // MARK: Stopping

  /// Tells the source to stop, and does not keep the person waiting until it has.
  private func cancel(_ id: Int) {
    guard !hello.name.isEmpty else { return process.kill() }
    lastRequest += 1
    send(WireRequest(id: lastRequest, .cancel(target: id)))
    stopped = id
    process.setDeadline(after: limits.cancellation)
    waitForEnd(atMost: min(limits.cancellation, limits.patience))
  }

  /// Waits until what was stopped has ended; where it does not end in time, the source is killed.
  func settle() {
    guard stopped != nil else { return }
    waitForEnd(atMost: limits.cancellation)
    if stopped != nil { process.kill() }
    stopped = nil
  }

  private func waitForEnd(atMost milliseconds: Int) {
    let start = PluginClock.milliseconds
    while let stopped, PluginClock.milliseconds - start < milliseconds {
      guard let reply = try? next(waiting: 20) else {
        if process.isAtEnd { break }
        continue
      }
      guard reply.id == stopped, reply.isEnd || reply.error != nil || reply.isExact == false
      else { continue }
      process.meetDeadline()
      self.stopped = nil
    }
  }

  // MARK: Secrets

  /// An option that is kept secret whatever a manifest says.
  private static func isSecret(_ option: String) -> Bool {
    ["password", "secret", "token", "key", "credential"].contains {
      option.lowercased().contains($0)
    }
  }

  /// A text without the secrets that were sent.
  private func shown(_ text: String) -> String {
    secrets.filter { $0.utf8.count > 2 }.reduce(text) { $0.replacing($1, with: "…") }
  }

  // MARK: Problems

  private var logHelp: [String] { log.path.map { ["what it wrote is in \($0)"] } ?? [] }

  private var lastWords: String { log.lastLine.map { ": " + shown($0) } ?? "" }

  private var ended: SourceProblem {
    let rest = process.unfinished
    process.end()
    let shown = rest.isEmpty ? "" : ", cut off at “\(PluginLog.visible(rest))”"
    return SourceProblem(
      .unreadable,
      "the source \(name) ended in the middle of an answer (\(process.endingWords))"
        + shown + lastWords,
      help: ["ask again: it is started anew"] + logHelp)
  }

  private func silent(after milliseconds: Int) -> SourceProblem {
    SourceProblem(
      .timeout, "the source \(name) gave no sign of life for \(milliseconds / 1000) s" + lastWords,
      help: ["ask again: it is started anew"] + logHelp)
  }

  private func ordinary(_ line: [UInt8]) -> SourceProblem {
    process.kill()
    let text = PluginLog.visible(String(decoding: line.prefix(400), as: UTF8.self))
    return SourceProblem(
      .damaged, "the source \(name) printed ordinary text: “\(text)”",
      help: ["a source writes messages to standard output, and all else to standard error"])
  }

  /// The problem of a source that does not keep to the wire; it is ended.
  func broken(_ what: String) -> SourceProblem {
    process.kill()
    return SourceProblem(
      .damaged, "the source \(name) \(what)",
      help: ["docket source test \(name)"] + logHelp)
  }

  private func problem(of error: WireError) -> SourceProblem {
    let kind: SourceProblem.Kind =
      switch error.code {
      case .auth: .refused
      case .notFound: .notFound
      case .network: .network
      case .timeout: .timeout
      case .data: .damaged
      case .unsupported: .refused
      case .cancelled: .cancelled
      case .internal: .unreadable
      }
    return SourceProblem(
      kind, "the source \(name): " + PluginLog.visible(shown(error.message)),
      help: error.hint.map { [PluginLog.visible(shown($0))] } ?? [])
  }
}
