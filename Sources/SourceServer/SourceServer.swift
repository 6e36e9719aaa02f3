internal import Dispatch
internal import Engine
internal import Glibc
internal import SourceWire
internal import Synchronization

/// The plugin side of the wire: reads requests, asks the database, writes the answers.
///
/// One thread reads, so that a cancellation is heard while another works; requests are answered in
/// the order of their arrival.
package final class SourceServer<Database: ServedDatabase>: Sendable {
  private struct State {
    /// The request that is worked on.
    var current: Int?
    /// Whether patience with it has run out.
    var isLate = false
    var cancelled: Set<Int> = []
    var isEnding = false
    var options: ServedOptions?
    var database: Database?
  }

  private let state = Mutex(State())
  private let output: WireOutput
  private let release: String
  private let work = DispatchQueue(label: "docket.source.work")
  private let watch = DispatchQueue(label: "docket.source.watch")

  /// The most distinct values that are sent of one field: of more, the rows are scanned.
  private static var mostValues: Int { 100_000 }
  /// How often the host hears that a request with a time limit is still worked on, in seconds.
  private static var secondsBetweenSigns: Int { 60 }

  /// - Parameters:
  ///   - release: the version of the source itself.
  ///   - output: an open file that takes the answers.
  package init(_ database: Database.Type, release: String, output: Int32 = 1) {
    self.release = release
    self.output = WireOutput(descriptor: output)
  }

  /// Answers until the input ends; then what is worked on is cancelled.
  package func run(input: Int32 = 0) {
    signal(SIGPIPE, SIG_IGN)
    var splitter = LineSplitter()
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    reading: while true {
      let count = read(input, &bytes, bytes.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      do {
        let lines = try bytes.withUnsafeBytes {
          try splitter.append(UnsafeRawBufferPointer(rebasing: $0[..<count]))
        }
        for line in lines { take(line) }
      } catch {
        // A line without an end: nothing that follows can be trusted.
        refuse(error)
        break reading
      }
    }
    end()
  }

  private func refuse(_ error: any Error) {
    var reply = WireReply(id: nil)
    let fault = (error as? WireFault)?.message ?? "\(error)"
    reply.error = WireError(.internal, "a request " + fault)
    output.send(reply)
  }

  private func take(_ line: [UInt8]) {
    let request: WireRequest
    do { request = try WireRequest(line: line) } catch { return refuse(error) }
    if case .cancel(let target) = request.operation { return cancel(target) }
    work.async { self.answer(request) }
  }

  /// The current request is told under the lock, so that it is not another one that ends.
  private func cancel(_ target: Int) {
    state.withLock { state in
      state.cancelled.insert(target)
      if state.current == target { state.database?.cancel() }
    }
  }

  private func end() {
    state.withLock { state in
      state.isEnding = true
      if state.current != nil { state.database?.cancel() }
    }
    work.sync {}
  }

  private func isCancelled(_ id: Int) -> Bool {
    state.withLock { $0.isEnding || $0.cancelled.contains(id) }
  }

  /// Whether the work on a request is to end.
  private func isOver(_ id: Int) -> Bool {
    isCancelled(id) || state.withLock { $0.isLate }
  }

  // MARK: Patience

  /// Gives up on the request when so many seconds have passed; until then the host hears that it is
  /// worked on.
  private func watch(_ id: Int, _ seconds: Int) {
    let step = min(seconds, Self.secondsBetweenSigns)
    watch.asyncAfter(deadline: .now() + .seconds(step)) { self.look(at: id, seconds - step) }
  }

  private func look(at id: Int, _ seconds: Int) {
    let isWorkedOn = state.withLock { state in
      guard state.current == id else { return false }
      if seconds > 0 { return true }
      state.isLate = true
      state.database?.giveUp()
      return false
    }
    guard isWorkedOn else { return }
    output.send(WireReply(id: id))
    watch(id, seconds)
  }

  private static func late(_ seconds: Int) -> WireError {
    WireError(
      .timeout, "the question was given up after \(seconds) s",
      hint: "allow more with ?timeout=SECONDS behind the address, or ask for fewer rows or groups")
  }

  // MARK: Answers

  private func answer(_ request: WireRequest) {
    let patience = state.withLock { state in
      state.current = request.id
      state.isLate = false
      return state.database?.patience
    }
    if let patience { watch(request.id, patience) }
    defer {
      state.withLock { state in
        state.current = nil
        state.cancelled = state.cancelled.filter { $0 > request.id }
      }
    }
    var reply = WireReply(id: request.id)
    do {
      if isCancelled(request.id) { throw WireError.cancelled }
      if let last = try answer(request.operation, id: request.id) { output.send(last) }
      return
    } catch let error as WireError {
      let isLate = state.withLock { $0.isLate }
      reply.error =
        isCancelled(request.id) ? .cancelled : isLate ? Self.late(patience ?? 0) : error
    } catch let fault as WireFault {
      reply.error = WireError(.unsupported, "the request " + fault.message)
    } catch {
      reply.error = WireError(.internal, "\(error)")
    }
    output.send(reply)
  }

  /// The last line of an answer.
  private func answer(_ operation: WireRequest.Operation, id: Int) throws -> WireReply? {
    var reply = WireReply(id: id)
    switch operation {
    case .hello:
      let features =
        ["tabulate", "values", "explain"] + (Database.followsLinks ? ["links"] : [])
        + (Database.tellsState ? ["state"] : [])
      reply.hello = WireHello(name: Database.name, release: release, features: Set(features))
    case .open(let options):
      reply.datasets = try open(ServedOptions(options)).datasets()
    case .scan(let dataset, let fields):
      let rows = self.rows(id)
      // Told of before: rows that come while others are read are noticed next time.
      let told = try note(of: dataset)
      try database().scan(fields, of: dataset, to: rows)
      reply = end(rows, id)
      told(&reply)
    case .values(let dataset, let field):
      let rows = self.rows(id)
      let told = try note(of: dataset)
      let isWhole = try database().values(
        of: field, in: dataset, limit: Self.mostValues, to: rows)
      if isWhole { reply = end(rows, id) } else { reply.isExact = false }
      told(&reply)
    case .tabulate(let members):
      return try tabulate(members, id)
    case .explain(let members):
      let database = try database()
      reply.statement = try database.consistently {
        try statement(for: members, in: database)?.description
      }
      if reply.statement == nil { reply.isExact = false }
    case .state(let dataset):
      try note(of: dataset)(&reply)
      reply.isEnd = true
    case .unknown(let name):
      throw WireError(.unsupported, "\(name) is not known here")
    case .cancel:
      return nil
    }
    return reply
  }

  /// What is told of a dataset's rows as they are now.
  private func note(of dataset: String) throws -> (inout WireReply) -> Void {
    guard Database.tellsState else { return { _ in } }
    let database = try database()
    let state = try database.state(of: dataset)
    let fingerprint = try database.fingerprint(of: dataset)
    return { reply in
      reply.state = state
      reply.fingerprint = fingerprint
    }
  }

  private func tabulate(_ members: [WireJSON.Member], _ id: Int) throws -> WireReply {
    let database = try database()
    let told = try WireJSON.object(members)["dataset"]?.text.map { try note(of: $0) }
    let table = try database.consistently { () throws -> SmallTable? in
      guard let statement = try statement(for: members, in: database) else { return nil }
      return try database.cells(of: statement).map { statement.table(of: $0) }
    }
    var reply = WireReply(id: id)
    reply.isExact = table != nil
    guard let table else {
      told?(&reply)
      return reply
    }
    output.send(reply)
    let rows = self.rows(id)
    for row in table.rows {
      for value in row.keys + row.measures { rows.append(value) }
      try rows.endRow()
    }
    reply = end(rows, id)
    told?(&reply)
    return reply
  }

  /// The statement for a question; nothing where there is none that answers it exactly.
  private func statement(for members: [WireJSON.Member], in database: Database) throws
    -> SQLStatement?
  {
    do {
      let question = try WireQuestion(members).tabulation
      let catalogue = try database.catalogue(for: question)
      return try SQLWriter(database.dialect, catalogue).statement(for: question)
    } catch is NotExact {
      return nil
    } catch is WireFault {
      return nil
    }
  }

  private func rows(_ id: Int) -> ServedRows {
    ServedRows(id: id, send: output.send) { self.isOver(id) }
  }

  private func end(_ rows: ServedRows, _ id: Int) -> WireReply {
    rows.flush()
    var reply = WireReply(id: id)
    reply.isEnd = true
    reply.count = rows.count
    return reply
  }

  // MARK: Connection

  private func open(_ options: ServedOptions) throws -> Database {
    let database = try Database.connect(options)
    state.withLock { state in
      state.options = options
      state.database = database
    }
    return database
  }

  /// The connection; made anew where it was lost.
  private func database() throws -> Database {
    let (database, options) = state.withLock { ($0.database, $0.options) }
    if let database, database.isConnected { return database }
    guard let options else { throw WireError(.internal, "nothing has been opened yet") }
    return try open(options)
  }
}
