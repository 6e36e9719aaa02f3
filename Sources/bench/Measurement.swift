import ArgumentParser

/// One run of the bench: what is measured, with what, and what did not agree.
struct Measurement {
  let options: Bench
  let docket: Docket
  let peers: Peers
  let project: String
  let verdicts = Verdicts()

  init(_ options: Bench, _ docket: Docket, project: String) {
    (self.options, self.docket, self.project) = (options, docket, project)
    peers = Peers(in: options.folder, scripts: project + "/Tests/Benchmarks/Peers")
  }

  func has(_ section: Section) -> Bool { options.sections.contains(section) }

  /// The largest file that takes minutes, not hours.
  var largest: Int { options.sizes.filter { $0 <= 10_000_000 }.max() ?? options.sizes[0] }

  func run() throws {
    let begin = Clock.now
    introduce()
    for rows in options.sizes where has(.cold) || has(.warm) {
      let file = try CaseFile(rows: rows, in: options.folder)
      say("\n## \(Text.count(rows)) rows, \(file.byteCount / 1_000_000) MB")
      if has(.cold) { try cold(file) }
      if has(.warm), rows <= largest { try warm(file) }
    }
    if has(.ids) { try ids(CaseFile(rows: largest, in: options.folder)) }
    if has(.growth) { try growth() }
    if has(.packed) { try packed() }
    if has(.quoted) { try quoted() }
    if has(.start) { try start() }
    if has(.completion) { try completion(CaseFile(rows: largest, in: options.folder)) }
    if has(.stop) { try stop(CaseFile(rows: largest, in: options.folder)) }
    say(
      "\nAll of this took \(Int((Clock.now - begin).rounded())) s. Peaks below "
        + "\(Text.megabytes(Double(Machine.peakBytes))) can't be told: the bench itself holds that."
    )
    try verdicts.close()
  }

  private func introduce() {
    say("# Docket and others on \(Machine.description)\n")
    say("Measured: \(docket.version). Peers: \(peers.versions.joined(separator: ", ")).")
    if !peers.missing.isEmpty {
      say(
        "Not on this machine: \(peers.missing.joined(separator: ", ")); "
          + "`bench --install-peers` gets them.")
    }
    say(
      """

      Medians of \(options.runs) runs in which all take turns. Time is wall time from the start of a process to \
      its end, processor time in brackets; of peers in Python it is that of the question alone, without the \
      start of Python and its imports. Ratios are Docket's time ÷ theirs.
      """)
    if let load = Machine.load, load > 0.5 {
      say(
        "\nThe machine was not at rest in the minute before (load \(Text.number(load))): "
          + "where others are at work, times are too long, and ratios rough.")
    }
  }
}

/// Whether answers agree, and a list of those that do not.
final class Verdicts {
  private var problems: [String] = []
  private var agreed = 0

  /// Holds Docket's figures against those of others; `yes`, or the names of those that have other
  /// figures.
  func judge(_ question: String, _ own: Figures?, _ others: [(name: String, figures: Figures?)])
    -> String
  {
    guard let own else {
      problems.append("\(question): Docket gave no such answer")
      return "**no answer**"
    }
    var against: [String] = []
    for other in others {
      let difference =
        other.figures.map { own.difference(from: $0) } ?? "there its answer can't be read"
      guard let difference else {
        agreed += 1
        continue
      }
      against.append(other.name)
      problems.append("\(question): \(difference) in \(other.name)")
    }
    if others.isEmpty { return "–" }
    return against.isEmpty ? "yes" : "**not with \(against.joined(separator: ", "))**"
  }

  /// Tells how it came out; ends the bench with code 1 where answers differ.
  func close() throws {
    say(
      "\(agreed) comparisons with answers of peers agree in every figure, to nine digits; "
        + "\(problems.count) do not.")
    guard !problems.isEmpty else { return }
    say("\n## Answers that do not agree\n\n" + problems.map { "- \($0)" }.joined(separator: "\n"))
    throw ExitCode(1)
  }
}
