import Foundation

/// Another engine that answers the suite.
struct Peer {
  enum State: String { case cold, warm }

  let name: String
  let state: State
  private let command: (CaseFile, _ repeats: Int) -> [String]
  private let words: (Question) -> String

  /// What an engine made of a question.
  struct Result {
    let wall: Double
    let numbers: [Double]
  }

  /// Asks all questions in one process; nothing where it could not answer.
  func answers(_ questions: [Question], of file: CaseFile, repeats: Int) throws -> [Result?] {
    let run = try ChildRun(
      command(file, repeats), input: questions.map(words).joined(separator: "\n") + "\n")
    let lines = run.output.split(separator: "\n").map(String.init)
    return questions.indices.map { index in
      guard index < lines.count else { return nil }
      let parts = lines[index].split(separator: "\t", omittingEmptySubsequences: false)
      let times = parts[0].split(separator: ",").compactMap { Double($0) }
      guard !times.isEmpty else { return nil }
      return Result(
        wall: times.median,
        numbers: parts.count > 1 ? parts[1].split(separator: " ").compactMap { Double($0) } : [])
    }
  }

  // MARK: - Those that are known

  /// The folder of the virtual environment that `--install-peers` makes.
  static func environment(in folder: String) -> String { folder + "/peers" }

  /// Gets the peers that a package manager has.
  static func install(in folder: String) throws {
    let environment = environment(in: folder)
    for command in [
      ["python3", "-m", "venv", environment],
      [environment + "/bin/pip", "install", "--quiet", "duckdb", "duckdb-cli", "polars", "chdb"],
    ] {
      let run = try ChildRun(command)
      guard run.status == 0 else {
        throw BenchProblem("`\(command.joined(separator: " "))` did not work")
      }
    }
  }

  /// The peers that are on this machine, and the names of those that are not.
  static func found(in folder: String, scripts: String) -> (peers: [Peer], missing: [String]) {
    let own = environment(in: folder) + "/bin/python"
    let python = FileManager.default.isExecutableFile(atPath: own) ? own : "python3"
    var peers: [Peer] = []
    var missing: [String] = []
    func has(_ module: String) -> Bool {
      (try? ChildRun([python, "-c", "import \(module)"]))?.status == 0
    }
    if has("polars") {
      for state in [State.cold, .warm] {
        peers.append(
          Peer(name: "Polars", state: state) { file, repeats in
            [python, scripts + "/polars_questions.py", state.rawValue, file.path, "\(repeats)"]
          } words: {
            $0.polars
          })
      }
    } else {
      missing.append("Polars")
    }
    if has("duckdb") {
      peers.append(loaded("DuckDB", python, scripts + "/duckdb_loaded.py", "duckdb"))
    } else {
      missing.append("DuckDB (Python)")
    }
    if has("sqlite3") {
      peers.append(loaded("SQLite", python, scripts + "/sqlite_loaded.py", "sqlite"))
    } else {
      missing.append("SQLite")
    }
    return (peers, missing)
  }

  private static func loaded(
    _ name: String, _ python: String, _ script: String, _ ending: String
  ) -> Peer {
    Peer(name: name, state: .warm) { file, repeats in
      [python, script, file.path + "." + ending, file.path, "\(repeats)"]
    } words: {
      $0.sql
    }
  }
}

/// DuckDB's command line, a process for each question of the CSV file.
struct DuckDBCommandLine {
  let path: String

  init?(in folder: String) {
    let own = Peer.environment(in: folder) + "/bin/duckdb"
    let places = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    guard
      let found = ([own] + places.map { $0 + "/duckdb" })
        .first(where: { FileManager.default.isExecutableFile(atPath: $0) })
    else { return nil }
    path = found
  }

  func answer(_ question: Question, of file: CaseFile) throws -> ChildRun {
    let scan = question.sql.replacingOccurrences(of: "from cases", with: "from '\(file.path)'")
    return try ChildRun([path, "-csv", "-c", scan])
  }
}
