import Foundation

/// The peers that are on this machine, and the names of those that are not.
struct Peers {
  /// Those that read the CSV for each question.
  private(set) var cold: [Peer] = []
  /// Those that hold a loaded table.
  private(set) var warm: [Peer] = []
  private(set) var missing: [String] = []
  /// `DuckDB 1.5.1`
  private(set) var versions: [String] = []
  /// The command line of DuckDB.
  private(set) var duckDBPath: String?

  /// Those that take many times as long are not asked of more rows.
  private static let fewRows = 1_000_000
  private static let manyRows = 10_000_000

  private let folder: String
  private let scripts: String
  private let python: String

  init(in folder: String, scripts: String) {
    (self.folder, self.scripts) = (folder, scripts)
    let own = Peers.environment(in: folder) + "/bin/python"
    python = FileManager.default.isExecutableFile(atPath: own) ? own : "python3"
    findDuckDB()
    findPolars()
    findClickHouse()
    findSQLite()
    findMiller()
  }

  /// DuckDB's command line, asked of the CSV.
  var duckDB: Peer? { cold.first { $0.name == "DuckDB" } }

  // MARK: - One by one

  private mutating func findDuckDB() {
    if let path = program("duckdb") {
      duckDBPath = path
      note("DuckDB's command line", [path, "-csv", "-noheader", "-c", "select version()"])
      cold.append(
        Peer(name: "DuckDB", mostRows: .max, isSlow: false, words: \.sql) { words, file in
          [
            path, "-json", "-c",
            words.replacing("from cases", with: "from '\(file.path)'"),
          ]
        })
    } else {
      missing.append("DuckDB's command line")
    }
    if has("duckdb", "DuckDB") {
      warm.append(
        script("DuckDB", "duckdb_questions.py", [], Peers.manyRows, words: \.sql))
    }
  }

  private mutating func findPolars() {
    guard has("polars", "Polars") else { return }
    cold.append(script("Polars", "polars_questions.py", ["cold"], Peers.manyRows, words: \.polars))
    warm.append(script("Polars", "polars_questions.py", ["warm"], Peers.manyRows, words: \.polars))
  }

  private mutating func findClickHouse() {
    guard has("chdb", "ClickHouse (chDB)") else { return }
    for state in ["cold", "warm"] {
      let peer = script(
        "ClickHouse", "clickhouse_questions.py", [state], Peers.fewRows, isSlow: true,
        words: \.clickHouseSQL)
      if state == "cold" { cold.append(peer) } else { warm.append(peer) }
    }
  }

  private mutating func findSQLite() {
    if let path = program("sqlite3") {
      note("SQLite's command line", [path, "--version"])
      let columns = CaseFile.columns.map { "nullif(\($0), '') \($0)" }.joined(separator: ", ")
        .replacing("nullif(age, '')", with: "cast(nullif(age, '') as integer)")
        .replacing("nullif(days, '')", with: "cast(nullif(days, '') as integer)")
        .replacing("nullif(cost, '')", with: "cast(cost as real)")
      cold.append(
        Peer(name: "SQLite", mostRows: Peers.fewRows, isSlow: true, words: \.sqliteSQL) {
          words, file in
          [
            path, "-json", ":memory:", ".import --csv '\(file.path)' read",
            "create view cases as select \(columns) from read", words,
          ]
        })
    } else {
      missing.append("SQLite's command line")
    }
    if has("sqlite3", "SQLite") {
      warm.append(
        script(
          "SQLite", "sqlite_questions.py", [], Peers.fewRows, isSlow: true, words: \.sqliteSQL))
    }
  }

  private mutating func findMiller() {
    guard let path = program("mlr") else { return missing.append("Miller") }
    note("Miller", [path, "--version"])
    cold.append(
      Peer(
        name: "Miller", mostRows: Peers.fewRows, isSlow: true,
        words: { $0.miller?.joined(separator: "\u{1F}") }
      ) { words, file in
        [path, "--icsv", "--ojson"] + words.split(separator: "\u{1F}").map(String.init)
          + [file.path]
      })
  }

  // MARK: - Finding

  private func script(
    _ name: String, _ script: String, _ state: [String], _ mostRows: Int, isSlow: Bool = false,
    words: @escaping (Question) -> String?
  ) -> Peer {
    let command = [python, scripts + "/" + script] + state
    return Peer(
      name: name, mostRows: mostRows, isSlow: isSlow, words: words,
      asking: .script { file, repeats in command + [file.path, "\(repeats)"] })
  }

  /// Whether Python has a module; notes its version, or that the peer is missing.
  private mutating func has(_ module: String, _ name: String) -> Bool {
    let version =
      "import \(module) as m; print(getattr(m, 'sqlite_version', None) or m.__version__)"
    let run = try? ChildRun([python, "-c", version])
    guard let run, run.status == 0 else {
      missing.append(name)
      return false
    }
    note(name, run.output)
    return true
  }

  private mutating func note(_ name: String, _ command: [String]) {
    note(name, (try? ChildRun(command))?.output ?? "")
  }

  private mutating func note(_ name: String, _ version: String) {
    let digits = version.split { !"0123456789.".contains($0) }.first { $0.contains(".") }
    versions.append("\(name) \(digits ?? "")")
  }

  private func program(_ name: String) -> String? {
    let places = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    // What pip calls duckdb is a script of Python that starts the program.
    let libraries = Peers.environment(in: folder) + "/lib"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: libraries)) ?? []
    let own = versions.map { "\(libraries)/\($0)/site-packages/duckdb_cli/\(name)" }
    return (own + places.map { $0 + "/" + name })
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  // MARK: - Getting them

  /// The folder of the virtual environment that `--install-peers` makes.
  private static func environment(in folder: String) -> String { folder + "/peers" }

  /// Gets the peers that pip has into a virtual environment, and those that the system has by its
  /// own package manager where that is Debian's.
  static func install(in folder: String, project: String) throws {
    let environment = environment(in: folder)
    let commands = [
      ["python3", "-m", "venv", environment],
      [environment + "/bin/pip", "install", "--quiet", "duckdb", "duckdb-cli", "polars", "chdb"],
    ]
    for command in commands {
      let run = try ChildRun(command)
      guard run.status == 0 else {
        throw BenchProblem(
          "`\(command.joined(separator: " "))` did not work: \(run.complaint.suffix(500))")
      }
    }
    say("DuckDB, Polars and ClickHouse (chDB) are in \(environment).")
    let system = try ChildRun([project + "/.ci/packages", "sqlite3", "miller"])
    say(
      system.status == 0
        ? "SQLite and Miller are installed."
        : "SQLite and Miller could not be installed: \(system.complaint.suffix(500))")
  }
}

extension Peer {
  /// One whose questions each take a process.
  fileprivate init(
    name: String, mostRows: Int, isSlow: Bool, words: @escaping (Question) -> String?,
    command: @escaping (String, CaseFile) -> [String]
  ) {
    self.init(
      name: name, mostRows: mostRows, isSlow: isSlow, words: words, asking: .process(command))
  }
}
