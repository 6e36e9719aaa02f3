import Foundation
import Glibc
import Testing

@testable import EngineTests

/// A MariaDB server of the tests: on loopback, with a data directory of its own, ended and removed
/// with the process that started it.
final class MariaDBServer: Sendable {
  let port: Int
  private let folder: ScratchFolder
  /// Ends the server when it is closed, by whatever end of this process.
  private let lifeline: Pipe
  private let supervisor: Process

  /// Why there can be no server here; installs what is needed where that is possible.
  static let obstacle: String? = {
    let packages = ["mariadb-server", "mariadb-client", "odbc-mariadb"]
    do {
      try DriverProgram.run("\(DriverProgram.root)/.ci/packages", packages)
      return nil
    } catch {
      return "the packages \(packages.joined(separator: ", ")) can't be installed"
    }
  }()

  static let isTried = DriverProgram.isTried("MariaDB through ODBC", unless: obstacle)

  /// The one that all tests of this process share, started when first asked for.
  static let shared = Result { try MariaDBServer() }

  /// - Parameter clock: the program before which the server is started, with its arguments, where it is
  ///   to keep another time.
  init(clock: String = "") throws {
    folder = try ScratchFolder()
    port = try LoopbackPort.free()
    let account = getuid() == 0 ? "--user=root" : ""
    let script = """
      cd '\(folder.path)' || exit 1
      mariadb-install-db --no-defaults \(account) --datadir="$PWD/data" --skip-test-db \
        --auth-root-authentication-method=normal >install.log 2>&1 || exit 1
      \(clock) mariadbd --no-defaults \(account) --datadir="$PWD/data" --socket="$PWD/socket" \
        --port=\(port) --bind-address=127.0.0.1 --pid-file="$PWD/pid" --skip-log-bin \
        --innodb-flush-log-at-trx-commit=0 --innodb-buffer-pool-size=32M >server.log 2>&1 &
      server=$!
      read end
      kill "$(cat pid)"; wait
      """
    lifeline = Pipe()
    supervisor = Process()
    supervisor.executableURL = URL(filePath: "/bin/bash")
    supervisor.arguments = ["-c", script]
    supervisor.standardInput = lifeline
    supervisor.standardOutput = FileHandle.nullDevice
    supervisor.standardError = FileHandle.nullDevice
    try supervisor.run()
    for _ in 0..<600 {
      if (try? sql("SELECT 1")) != nil { return }
      guard supervisor.isRunning else { break }
      usleep(100_000)
    }
    let log = try? String(contentsOfFile: folder.path("install.log"), encoding: .utf8)
    throw DriverProgram.Failed(description: "MariaDB did not start: \(log ?? "")")
  }

  /// Ends it now.
  func stop() {
    try? lifeline.fileHandleForWriting.close()
    supervisor.waitUntilExit()
  }

  deinit { stop() }

  /// Runs SQL as root; what is shown, without decoration.
  @discardableResult
  func sql(_ text: String, database: String = "mysql") throws -> String {
    try DriverProgram.run(
      "/usr/bin/mariadb", arguments + ["-D", database],
      input: "SET sql_mode = 'NO_BACKSLASH_ESCAPES,STRICT_ALL_TABLES';\n" + text)
  }

  /// How its own program is begun.
  var arguments: [String] {
    [
      "--no-defaults", "-S", folder.path("socket"), "-u", "root", "-N", "-B",
      "--default-character-set=utf8mb4",
    ]
  }

  /// Makes a database of its own with these tables; how it is opened.
  func create(_ database: String, _ tables: String) throws -> String {
    try sql(
      "DROP DATABASE IF EXISTS \(database); CREATE DATABASE \(database) CHARACTER SET utf8mb4; "
        + "USE \(database);\n\(tables)")
    return url(database)
  }

  func url(_ database: String, user: String = "root") -> String {
    "odbc:Driver=MariaDB Unicode;Server=127.0.0.1;Port=\(port);UID=\(user);Database=\(database)"
  }
}
