import Foundation
import Glibc
import Testing

@testable import EngineTests

/// A PostgreSQL server of the tests: on loopback, with a data directory of its own, run by an
/// account that is not root, ended and removed with the process that started it.
///
/// Its `owner` has a password; a `guest`, where a test makes one, has none.
final class PostgresCluster: Sendable {
  let port: Int
  private let folder: String
  /// Ends the server when it is closed, by whatever end of this process.
  private let lifeline: Pipe
  private let supervisor: Process

  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  /// Where the programs of PostgreSQL are; nothing where there are none.
  static let programs: String? = {
    let versions =
      (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
    let folders = versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map {
      "/usr/lib/postgresql/\($0)/bin"
    }
    return folders.first { FileManager.default.isExecutableFile(atPath: $0 + "/postgres") }
  }()

  /// Why there can be no server here, in a sentence. Installs PostgreSQL where that is possible.
  static let obstacle: String? = {
    if programs == nil {
      _ = try? run("\(root)/.ci/packages", ["postgresql-15"])
    }
    let isThere = FileManager.default.fileExists(atPath: "/usr/lib/postgresql/15/bin/postgres")
    return programs != nil || isThere ? nil : "the package postgresql-15 can't be installed"
  }()

  static var root: String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
  }

  /// - Parameter clock: the program before which the server is started, with its arguments, where it is
  ///   to keep another time.
  init(clock: String = "") throws {
    guard let programs = PostgresCluster.programs else {
      throw Failed(description: "there is no PostgreSQL here")
    }
    folder = "\(ServerFolder.base)/docket-postgres-\(UUID().uuidString.prefix(8))"
    port = try LoopbackPort.free()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    let account = getuid() == 0 ? ["runuser", "-u", "postgres", "--"] : []
    if getuid() == 0 { try PostgresCluster.run("/usr/bin/env", ["chown", "postgres", folder]) }
    let script = """
      cd '\(folder)' || exit 1
      '\(programs)/initdb' -D data -U owner --auth=scram-sha-256 --pwfile=/dev/fd/3 \
        -E UTF8 --locale=C.UTF-8 --no-sync >initdb.log 2>&1 3<<END || exit 1
      owner's word
      END
      echo 'host all guest 127.0.0.1/32 trust' | cat - data/pg_hba.conf >hba
      cat hba >data/pg_hba.conf
      \(clock) '\(programs)/postgres' -D data -p \(port) -c listen_addresses=127.0.0.1 \
        -c unix_socket_directories= -c fsync=off -c shared_buffers=32MB -c max_connections=40 \
        -c autovacuum=off -c log_statement=none >server.log 2>&1 &
      echo $! >pid
      read end
      while kill -INT "$(cat pid)" 2>/dev/null; do sleep 0.1; done
      cd / && rm -rf '\(folder)'
      """
    lifeline = Pipe()
    supervisor = Process()
    supervisor.executableURL = URL(filePath: "/usr/bin/env")
    supervisor.arguments = account + ["sh", "-c", script]
    supervisor.standardInput = lifeline
    supervisor.standardOutput = FileHandle.nullDevice
    supervisor.standardError = FileHandle.nullDevice
    try supervisor.run()
    for _ in 0..<600 {
      if (try? sql("SELECT 1")) != nil { return }
      guard supervisor.isRunning else { break }
      usleep(100_000)
    }
    let log = try? String(contentsOfFile: folder + "/initdb.log", encoding: .utf8)
    throw Failed(description: "PostgreSQL did not start: \(log ?? "")")
  }

  /// Ends it now.
  func stop() {
    try? lifeline.fileHandleForWriting.close()
    supervisor.waitUntilExit()
  }

  deinit { stop() }

  /// The number of the server's first process.
  var identifier: Int32? {
    (try? String(contentsOfFile: folder + "/pid", encoding: .utf8)).flatMap {
      Int32($0.trimmingCharacters(in: .whitespacesAndNewlines))
    }
  }

  /// The numbers of all of its processes.
  var processes: [Int32] {
    get throws {
      guard let first = identifier else { return [] }
      let listed = try PostgresCluster.run(
        "/usr/bin/env", ["ps", "-o", "pid=", "--ppid", "\(first)"])
      return [first] + listed.split(whereSeparator: \.isWhitespace).compactMap { Int32($0) }
    }
  }

  /// `postgres://owner@127.0.0.1:54711/postgres`
  func url(_ database: String = "postgres", user: String = "owner") -> String {
    "postgres://\(user)@127.0.0.1:\(port)/\(database)"
  }

  static let password = "owner's word"

  /// Makes the one without a password, where it is not there yet.
  func createGuest() throws {
    try sql(
      """
      DO $$ BEGIN CREATE ROLE guest LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$
      """)
  }

  /// The line of `psql` that goes on on this server.
  func connecting(_ database: String) -> String {
    "\\connect \"host=127.0.0.1 port=\(port) user=owner dbname=\(database)\"\n"
  }

  /// Runs SQL as its owner; what is shown, without decoration.
  @discardableResult
  func sql(_ text: String, database: String = "postgres") throws -> String {
    try PostgresCluster.run(
      (PostgresCluster.programs ?? "") + "/psql",
      [
        "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", "\(port)", "-U",
        "owner", "-d", database, "-f", "-",
      ], input: text)
  }

  @discardableResult
  private static func run(_ program: String, _ arguments: [String], input: String = "") throws
    -> String
  {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["PGPASSWORD": password, "PGCLIENTENCODING": "UTF8"]) { $1 }
    // From a file: a program that ends early would end this one by a broken pipe.
    let file = FileManager.default.temporaryDirectory.appending(path: "docket-\(UUID().uuidString)")
    try Data(input.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let (said, wrong) = (Pipe(), Pipe())
    process.standardInput = try FileHandle(forReadingFrom: file)
    process.standardOutput = said
    process.standardError = wrong
    try process.run()
    let problems = DispatchQueue(label: "problems")
    nonisolated(unsafe) var errors = Data()
    problems.async { errors = wrong.fileHandleForReading.readDataToEndOfFile() }
    let output = String(decoding: said.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    problems.sync {}
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failed(description: String(decoding: errors, as: UTF8.self))
    }
    return output
  }
}

/// The servers that all tests of this process share.
enum PostgresServers {
  /// Whether there are servers here; says why where there are none, and fails where all are due.
  static let areThere: Bool = {
    guard let obstacle = PostgresCluster.obstacle else { return true }
    print("PostgreSQL is not tried: \(obstacle)")
    let environment = ProcessInfo.processInfo.environment
    return environment["CI"] != nil || environment["DOCKET_ENGINES"] == "all"
  }()

  /// Started when first asked for.
  static let one = Result { try PostgresCluster() }
  private static let others = Result {
    try [PostgresCluster(), PostgresCluster(), PostgresCluster()]
  }

  /// One server and three that hold parts of its tables.
  static func shards() throws -> PostgresShards {
    PostgresShards(whole: try one.get(), parts: try others.get())
  }
}
