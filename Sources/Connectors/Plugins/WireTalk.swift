internal import Columns
internal import Engine
internal import SourceWire

/// Single messages to and from a source that is put to the test, with nothing smoothed over.
final class WireTalk {
  typealias Failure = SourceWireConformance.Failure

  let process: PluginProcess
  private let suite: SourceWireConformance
  private var lastRequest = 0

  init(_ suite: SourceWireConformance) throws {
    self.suite = suite
    try suite.settings.trust.admit(suite.plugin)
    process = try PluginProcess(
      path: suite.plugin.path, environment: PluginEnvironment.variables(for: suite.plugin),
      log: PluginLog(path: nil, limit: 0), ending: suite.settings.limits.ending)
  }

  /// The number of the request.
  func send(_ operation: WireRequest.Operation) -> Int {
    lastRequest += 1
    process.send(WireRequest(id: lastRequest, operation).line)
    return lastRequest
  }

  func next(waiting milliseconds: Int) throws -> WireReply {
    let start = PluginClock.milliseconds
    while true {
      let rest = milliseconds - (PluginClock.milliseconds - start)
      do {
        if let line = try process.receive(waiting: max(0, rest)) {
          let shown = PluginLog.visible(String(decoding: line.prefix(200), as: UTF8.self))
          do {
            return try WireReply(line: line)
          } catch let fault as WireFault {
            throw Failure("this line \(fault.message): “\(shown)”")
          }
        }
      } catch let fault as WireFault {
        throw Failure("a line \(fault.message)")
      }
      if process.isAtEnd {
        process.end()
        throw Failure("it ended without an answer (\(process.endingWords))")
      }
      if rest <= 0 { throw Failure("no answer came within \(milliseconds) ms") }
    }
  }

  /// The first answer to a request.
  func ask(_ operation: WireRequest.Operation, waiting milliseconds: Int) throws -> WireReply {
    let id = send(operation)
    while true {
      let reply = try next(waiting: milliseconds)
      if reply.id == id { return reply }
      guard let other = reply.id, other < id else {
        throw Failure("it answered a request that was not made")
      }
    }
  }

  /// Greets and opens; the first dataset.
  @discardableResult
  func open() throws -> WireDataset {
    let patience = suite.settings.limits.start
    _ = try ask(.hello(host: "docket"), waiting: patience)
    let reply = try ask(.open(options: suite.options), waiting: patience)
    if let error = reply.error { throw Failure("it does not open: \(error.message)") }
    guard let dataset = reply.datasets?.first else { throw Failure("there is no dataset to try") }
    return dataset
  }

  /// The rows of a scan, a batch at a time.
  func scan(_ dataset: WireDataset, _ body: (RowBatch) throws -> Void) throws {
    let fields = dataset.fields.map(\.name)
    let id = send(.scan(dataset: dataset.name, fields: fields))
    while true {
      let reply = try next(waiting: suite.settings.limits.silence)
      guard reply.id == id else { continue }
      if let error = reply.error { throw Failure("it does not scan: \(error.message)") }
      if let rows = reply.rows {
        if rows.rowCount > WireVersion.rowsPerLine {
          throw Failure("a line holds \(rows.rowCount) rows; at most 1000 are due")
        }
        try body(rows)
      }
      if reply.isEnd { return }
    }
  }
}
