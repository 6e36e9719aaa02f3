import Foundation

/// The peers that are on this machine, and the names of those that are not.
struct Peers {
  private(set) var cold: [Peer] = []
  private(set) var warm: [Peer] = []
  private(set) var missing: [String] = []
  /// `DuckDB 1.5.1`
  private(set) var versions: [String] = []
  private(set) var duckDBPath: String?

  /// Slow ones are not asked of more rows.
  private static let fewRows = 1_000_000

  init(in folder: String, scripts: String) {
    let own = Peers.environment(in: folder) + "/bin/python"
    let python = FileManager.default.isExecutableFile(atPath: own) ? own : "python3"
    duckDBPath = Peers.program("duckdb", folder)
    if let path = duckDBPath {
      note("DuckDB", [path, "-csv", "-noheader", "-c", "select version()"])
      cold.append(
        Peer(
          name: "DuckDB", mostRows: .max,
          command: { question, file, _ in
            question.map { [path, "-csv", "-c", $0.sql(over: "'\(file.path)'")] }
          }, words: { $0.sql }, tellsTimes: false))
    } else {
      missing.append("DuckDB (command line)")
    }
    func module(_ module: String, _ name: String, _ use: () -> Void) {
      let run = try? ChildRun([
        python, "-c",
        "import \(module) as m; print(getattr(m, '__version__', None) or m.sqlite_version)",
      ])
      guard run?.status == 0 else { return missing.append(name) }
      note(name, run?.output ?? "")
      use()
    }
    var (cold, warm) = (cold, warm)
    module("polars", "Polars") {
      cold.append(
        Peers.script("Polars", [python, scripts + "/polars_questions.py", "cold"], .max) {
          $0.polars
        })
      warm.append(
        Peers.script("Polars", [python, scripts + "/polars_questions.py", "warm"], .max) {
          $0.polars
        })
    }
    module("duckdb", "DuckDB (Python)") {
      warm.insert(
        Peers.script("DuckDB", [python, scripts + "/duckdb_loaded.py"], .max) { $0.sql }, at: 0)
    }
    module("sqlite3", "SQLite") {
      warm.append(
        Peers.script("SQLite", [python, scripts + "/sqlite_loaded.py"], Peers.fewRows) { $0.sql })
    }
    module("chdb", "ClickHouse (chDB)") {
      cold.append(
        Peers.script(
          "ClickHouse", [python, scripts + "/clickhouse_questions.py"], Peers.fewRows
        ) { $0.clickHouse })
    }
    (self.cold, self.warm) = (cold, warm)
    if let miller = Peers.program("mlr", folder) {
      note("Miller", [miller, "--version"])
      self.cold.append(
        Peer(
          name: "Miller", mostRows: Peers.fewRows,
          command: { question, file, _ in
            question.map {
              [miller, "--icsv", "--ocsv", "--headerless-csv-output"] + $0.miller + [file.path]
            }
          }, words: { $0.sql }, tellsTimes: false))
    } else {
      missing.append("Miller")
    }
  }

  private mutating func note(_ name: String, _ command: [String]) {
    note(name, (try? ChildRun(command))?.output ?? "")
  }

  private mutating func note(_ name: String, _ version: String) {
    let digits = version.split { !"0123456789.".contains($0) }.first { $0.contains(".") }
    versions.append("\(name) \(digits ?? "")")
  }

  private static func script(
    _ name: String, _ command: [String], _ mostRows: Int, _ words: @escaping (Question) -> String
  ) -> Peer {
    Peer(
      name: name, mostRows: mostRows,
      command: { _, file, repeats in command + [file.path, "\(repeats)"] }, words: words,
      tellsTimes: true)
  }

  // MARK: - Getting them

  /// The folder of the virtual environment that `--install-peers` makes.
  private static func environment(in folder: String) -> String { folder + "/peers" }

  /// Gets the peers that pip has.
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
    say("DuckDB, Polars and ClickHouse (chDB) are in \(environment)")
  }

  private static func program(_ name: String, _ folder: String) -> String? {
    let places = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    // What pip calls duckdb is a script of Python that starts the program.
    let libraries = environment(in: folder) + "/lib"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: libraries)) ?? []
    let own = versions.map { "\(libraries)/\($0)/site-packages/duckdb_cli/\(name)" }
    return (own + places.map { $0 + "/" + name })
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
