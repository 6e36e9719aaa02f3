internal import Columns
internal import Engine
package import SourceWire

/// The suite behind `docket source test`: what a source has to keep to, tried on its own data.
package struct SourceWireConformance {
  /// One thing that was tried.
  package struct Check: Hashable, Sendable {
    /// How it went, with what a person needs to know of it.
    package enum Outcome: Hashable, Sendable {
      case passed(String)
      case failed(String)
      /// There was nothing to try it on.
      case skipped(String)
    }

    /// A sentence that holds of a good source.
    package let sentence: String
    package let outcome: Outcome

    package var isFailed: Bool {
      if case .failed = outcome { true } else { false }
    }
  }

  /// Why a check failed.
  struct Failure: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
  }

  /// Why a check could not be tried.
  struct Nothing: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
  }

  let plugin: PluginFile
  let options: [WireJSON.Member]
  let settings: PluginSettings

  /// - Parameter options: what the source needs to open something, as in `open`.
  package init(_ plugin: PluginFile, options: [WireJSON.Member], settings: PluginSettings) {
    self.plugin = plugin
    self.options = options
    self.settings = settings
  }

  /// Tries everything in turn; where the greeting fails nothing else is tried.
  package func run(_ each: (Check) -> Void = { _ in }) -> [Check] {
    SourceWireConformance.checks(attempts, needing: 2, each)
  }

  /// Tries everything in turn; nothing more where one of the first few fails.
  static func checks(
    _ attempts: [(String, () throws -> String)], needing first: Int, _ each: (Check) -> Void
  ) -> [Check] {
    var checks: [Check] = []
    for (sentence, attempt) in attempts {
      let check = Check(sentence: sentence, outcome: outcome(of: attempt))
      checks.append(check)
      each(check)
      if checks.count <= first, check.isFailed { break }
    }
    return checks
  }

  private static func outcome(of attempt: () throws -> String) -> Check.Outcome {
    do {
      return .passed(try attempt())
    } catch let failure as Failure {
      return .failed(failure.reason)
    } catch let nothing as Nothing {
      return .skipped(nothing.reason)
    } catch let problem as SourceProblem {
      return .failed(problem.message)
    } catch {
      return .failed("\(error)")
    }
  }

  private var attempts: [(String, () throws -> String)] {
    [
      ("answers the greeting with a message of protocol 1, and prints nothing else", greets),
      ("opens what it is told to, and describes datasets with fields", opens),
      ("scans every field, each cell of its type, as many rows as it says", scans),
      ("gives the same rows again, whichever fields are asked for", scansAgain),
      ("writes texts as UTF-8 in canonical composition", writesTexts),
      ("writes a missing value as null, not as a word", writesMissing),
      ("writes whole numbers beyond 2⁵³ as text", writesLargeIntegers),
      ("gives the distinct values that a scan gives", givesValues),
      ("makes the small tables that the scanned rows make", tabulates),
      ("finds the rows of its other datasets as the scanned rows do", followsLinks),
      ("says what it would run, and runs nothing", explains),
      ("answers what it can't do with an error, and goes on", refuses),
      ("passes over members that it does not know", passesOver),
      ("ends a cancelled scan within a second", cancels),
      ("is as before after it was killed", survives),
      ("ends when its input ends", ends),
    ]
  }

  func source() throws -> PluginSource {
    try PluginSource(plugin, options: options, origin: plugin.name + ":", settings: settings)
  }
}

extension SourceWireConformance {
  // MARK: Starting

  private func greets() throws -> String {
    let talk = try WireTalk(self)
    let start = PluginClock.milliseconds
    let reply = try talk.ask(.hello(host: "docket"), waiting: settings.limits.start)
    guard let hello = reply.hello else { throw Failure("the answer names no protocol") }
    guard WireVersion.protocols.contains(hello.version) else {
      throw Failure("it speaks protocol \(hello.version)")
    }
    if hello.name.isEmpty { throw Failure("the answer gives no name") }
    let time = PluginClock.milliseconds - start
    let features =
      hello.features.isEmpty ? "it scans" : hello.features.sorted().joined(separator: ", ")
    return "\(hello.name) \(hello.release), after \(time) ms; \(features)"
  }

  private func opens() throws -> String {
    let datasets = try source().datasets()
    if datasets.isEmpty { throw Failure("there is no dataset to try") }
    return datasets.map { "\($0.name): \($0.fields.count) fields" }.joined(separator: ", ")
  }

  private func refuses() throws -> String {
    let talk = try WireTalk(self)
    try talk.open()
    for operation in [
      WireRequest.Operation.unknown("dance"), .scan(dataset: "no such dataset", fields: []),
    ] {
      let reply = try talk.ask(operation, waiting: settings.limits.start)
      guard reply.error != nil else {
        throw Failure("it answered a request that it can't do without an error")
      }
    }
    let reply = try talk.ask(.hello(host: "docket"), waiting: settings.limits.start)
    guard reply.hello != nil else { throw Failure("after an error it does not greet again") }
    return "an operation and a dataset that there is not"
  }

  private func passesOver() throws -> String {
    let talk = try WireTalk(self)
    let line = #"{"later":[{"x":null}],"id":1,"op":"hello","protocols":[1],"host":"docket"}"#
    talk.process.send(Array(line.utf8))
    let reply = try talk.next(waiting: settings.limits.start)
    guard reply.id == 1, reply.hello != nil else {
      throw Failure("a member `later` in the greeting disturbed it")
    }
    return "a member of a later version in the greeting"
  }

  private func survives() throws -> String {
    let source = try source()
    let (dataset, fields) = try first(source)
    let before = try source.columns(fields, of: dataset, run: UnwatchedRun()).map(\.rowCount)
    source.stop()
    let again = try self.source()
    let after = try again.columns(fields, of: dataset, run: UnwatchedRun()).map(\.rowCount)
    guard before == after else {
      throw Failure("\(before.first ?? 0) rows before, \(after.first ?? 0) after")
    }
    return "\(after.first ?? 0) rows of \(dataset)"
  }

  private func ends() throws -> String {
    let talk = try WireTalk(self)
    try talk.open()
    talk.process.closeInput()
    let start = PluginClock.milliseconds
    while talk.process.isRunning, PluginClock.milliseconds - start < 1000 {
      _ = try? talk.process.receive(waiting: 10)
    }
    if talk.process.isRunning {
      throw Failure("a second later it still runs, and has to be killed")
    }
    return "after \(PluginClock.milliseconds - start) ms"
  }

  private func cancels() throws -> String {
    let talk = try WireTalk(self)
    let dataset = try talk.open()
    let scan = talk.send(.scan(dataset: dataset.name, fields: dataset.fields.map(\.name)))
    _ = talk.send(.cancel(target: scan))
    let start = PluginClock.milliseconds
    var isConfirmed = false
    while !isConfirmed {
      let waited = PluginClock.milliseconds - start
      if waited > settings.limits.cancellation {
        throw Failure("a second later it still sends; it is killed, and has to be started again")
      }
      let reply = try talk.next(waiting: settings.limits.cancellation - waited + 1)
      isConfirmed = reply.id == scan && (reply.isEnd || reply.error != nil)
    }
    let time = PluginClock.milliseconds - start
    let greeting = try talk.ask(.hello(host: "docket"), waiting: settings.limits.start)
    guard greeting.hello != nil else {
      throw Failure("after a cancellation it does not greet again")
    }
    return "after \(time) ms"
  }
}
