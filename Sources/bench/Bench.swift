import Foundation

/// Docket against the engines that people would use instead, on one machine in one run.
@main
struct Bench {
  private let options: Options
  private let docket: Docket
  private let duckDB: DuckDBCommandLine?
  private let peers: [Peer]

  static func main() throws {
    if CommandLine.arguments.dropFirst().first == "coverage" {
      print(Coverage.table(), terminator: "")
      return
    }
    guard let options = Options(Array(CommandLine.arguments.dropFirst())) else {
      print(Options.usage)
      exit(2)
    }
    do {
      if options.installsPeers { return try Peer.install(in: options.folder) }
      try Bench(options).run()
    } catch let problem as BenchProblem {
      print(problem)
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
    duckDB = DuckDBCommandLine(in: options.folder)
    let found = Peer.found(in: options.folder, scripts: options.scripts)
    peers = found.peers
    let missing = (duckDB == nil ? ["DuckDB (command line)"] : []) + found.missing
    if !missing.isEmpty {
      print("not on this machine: \(missing.joined(separator: ", ")) (bench --install-peers)")
    }
  }

  private func run() throws {
    for rows in options.sizes {
      let file = try CaseFile(rows: rows, in: options.folder)
      print("\n\(rows) rows, \(file.byteCount / 1_000_000) MB, medians of \(options.runs) runs")
      try cold(file)
      try warm(file)
    }
    try start()
  }

  // MARK: - From the CSV

  private func cold(_ file: CaseFile) throws {
    print("\nfrom the CSV: seconds (processor seconds), peak memory")
    var table = Table([
      "question", "Docket", "peak", "DuckDB", "peak", "ratio", "Polars", "ratio", "agrees",
    ])
    var ratios: [Double] = []
    for question in options.questions {
      var own: [ChildRun] = []
      var theirs: [ChildRun] = []
      var polars: [Double] = []
      var answer: Peer.Result?
      // In turn, so that a busy moment of the machine falls on all.
      for _ in 0..<options.runs {
        own.append(try docket.cold(question, of: file))
        if let duckDB { theirs.append(try duckDB.answer(question, of: file)) }
        if let peer = peers.first(where: { $0.name == "Polars" && $0.state == .cold }) {
          answer = try peer.answers([question], of: file, repeats: 1)[0]
          polars += answer.map { [$0.wall] } ?? []
        }
      }
      let wall = own.map(\.wall).median
      let duckWall = theirs.map(\.wall).median
      if duckWall.isFinite { ratios.append(wall / duckWall) }
      table.add([
        question.name, Text.seconds(own), Text.peak(own), Text.seconds(theirs), Text.peak(theirs),
        Text.ratio(wall, duckWall), Text.seconds(polars.median), Text.ratio(wall, polars.median),
        Text.agreement(own.last, theirs.last.map { Docket.numbers(in: $0.output) }),
      ])
    }
    print(table.text)
    if !ratios.isEmpty {
      print("geometric mean of the ratios to DuckDB: \(Text.number(ratios.geometricMean))")
    }
  }

  // MARK: - From memory

  private func warm(_ file: CaseFile) throws {
    print("\nwarm: milliseconds of the question asked again in one process, columns loaded")
    let repeats = max(3, options.runs)
    let warm = try peers.filter { $0.state == .warm }.map { peer in
      (peer, try peer.answers(options.questions, of: file, repeats: repeats))
    }
    var table = Table(
      ["question", "Docket"] + warm.flatMap { [$0.0.name, "ratio"] } + ["new process", "agrees"])
    var ratios = [[Double]](repeating: [], count: warm.count)
    for (index, question) in options.questions.enumerated() {
      let session = try docket.session(question, of: file, repeats: repeats + 1, cache: "off")
      let time = Array(session.times.dropFirst()).median
      _ = try docket.session(question, of: file, repeats: 1, cache: "on")
      let second = try docket.session(question, of: file, repeats: 1, cache: "on")
      var cells = [question.name, Text.milliseconds(time)]
      for (place, peer) in warm.enumerated() {
        let wall = peer.1[index]?.wall ?? .nan
        if wall.isFinite, time.isFinite { ratios[place].append(time / wall) }
        cells += [Text.milliseconds(wall), Text.ratio(time, wall)]
      }
      cells += [
        Text.milliseconds(second.run.wall),
        Text.agreement(session.run, warm.first?.1[index]?.numbers),
      ]
      table.add(cells)
    }
    print(table.text)
    for (place, peer) in warm.enumerated() where !ratios[place].isEmpty {
      print(
        "geometric mean of the ratios to \(peer.0.name): "
          + Text.number(ratios[place].geometricMean))
    }
  }

  // MARK: - Start

  private func start() throws {
    print("\nstart: milliseconds from the start of the process to its end")
    var table = Table(["what", "wall", "processor"])
    let office = options.project + "/examples/data/office.docket"
    let runs = 5 * options.runs
    var commands = [
      ("docket --version", [options.docket, "--version"]),
      ("docket, figures alone", [options.docket, "-c", "share 162 of 200"]),
      (
        "docket, the bundled example",
        [options.docket, "-c", "ratio buybust race=Black vs kcmo-jackson", office]
      ),
    ]
    if let duckDB { commands.append(("duckdb, select 1", [duckDB.path, "-c", "select 1"])) }
    for (name, command) in commands {
      let made = try (0..<runs).map { _ in try ChildRun(command) }
      table.add([
        name, Text.milliseconds(made.map(\.wall).median),
        Text.milliseconds(made.map(\.processor).median),
      ])
    }
    print(table.text)
  }
}
