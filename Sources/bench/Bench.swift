import Foundation

/// Docket against the engines that people would use instead, on one machine in one run.
///
/// What it prints is Markdown. Engines take turns within a run, so that a busy moment of the machine
/// falls on all of them: ratios hold where times do not.
@main
struct Bench {
  let options: Options
  let docket: Docket
  let peers: Peers

  static func main() throws {
    if CommandLine.arguments.dropFirst().first == "coverage" {
      print(Coverage.table(), terminator: "")
      return
    }
    guard let options = Options(Array(CommandLine.arguments.dropFirst())) else {
      say(Options.usage)
      exit(2)
    }
    do {
      try FileManager.default.createDirectory(
        atPath: options.folder, withIntermediateDirectories: true)
      if options.installsPeers { return try Peers.install(in: options.folder) }
      try Bench(options).run()
    } catch let problem as BenchProblem {
      say(problem.description)
      exit(1)
    }
  }

  private init(_ options: Options) throws {
    self.options = options
    docket = Docket(path: options.docket)
    guard FileManager.default.isExecutableFile(atPath: options.docket) else {
      throw BenchProblem(
        "there is no \(options.docket); build it with swift build -c release --product docket")
    }
    peers = Peers(in: options.folder, scripts: options.scripts)
  }

  private func run() throws {
    say("## \(Machine.description)\n")
    say("Measured: \(docket.version). Peers: \(peers.versions.joined(separator: ", ")).")
    if !peers.missing.isEmpty {
      say(
        "Not on this machine: \(peers.missing.joined(separator: ", ")); "
          + "`bench --install-peers` gets those that pip has.")
    }
    if let load = Machine.load, load > 0.5 {
      say(
        "Others are at work here (load \(Text.number(load))): times are too long, and ratios rough."
      )
    }
    var growth: [Growth] = []
    for rows in options.sizes {
      let file = try CaseFile(rows: rows, in: options.folder)
      say("\n## \(Text.count(rows)) rows, \(file.byteCount / 1_000_000) MB")
      growth.append(Growth(rows: rows, runs: try cold(file)))
      try warm(file)
      try manyValues(file)
    }
    if options.sections.contains("growth") { Growth.print(growth) }
    try edges()
    try start()
  }
}
