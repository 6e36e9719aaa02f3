import Foundation
import Glibc
import Testing

@testable import EngineTests
@testable import docket_source_clickhouse

/// Three ClickHouse servers on this machine that know one another as the cluster `office`, with data
/// directories and ports of their own, for as long as a suite needs them.
final class ClickHouseCluster: @unchecked Sendable {
  /// The cluster of the suite that runs.
  @TaskLocal static var current: ClickHouseCluster?

  let folder: URL
  private(set) var servers: [ClickHouseServer] = []
  /// The port of the server that is asked.
  var port: Int { servers[0].port }

  /// The port for HTTPS of the server that is asked, and the certificate that it shows; nothing where
  /// none can be made.
  private(set) var encrypted: (port: Int, certificate: String)?

  static let size = 3

  init() throws {
    folder = URL(filePath: ServerFolder.base).appending(path: "docket-\(UUID().uuidString)")
    let ports = FreePorts.some(ClickHouseCluster.size * 2 + 1)
    for place in 0..<ClickHouseCluster.size {
      let home = folder.appending(path: "server-\(place + 1)")
      try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
      let native = ports[ClickHouseCluster.size..<ClickHouseCluster.size * 2]
      var more = ""
      if place == 0, let port = ports.last, ClickHouseCluster.makeCertificate(in: home) {
        encrypted = (port, home.appending(path: "certificate.pem").path)
        more = ClickHouseServer.encryption(home: home.path, port: port)
      }
      let configuration = ClickHouseServer.configuration(
        home: home.path, port: ports[place], nativePort: native[native.startIndex + place],
        cluster: Array(native), more: more)
      try Data(configuration.utf8).write(to: home.appending(path: "config.xml"))
      try Data(ClickHouseServer.users.utf8).write(to: home.appending(path: "users.xml"))
      servers.append(ClickHouseServer(home: home, port: ports[place]))
    }
    for server in servers { try server.start() }
    for server in servers { try server.waitUntilReady() }
  }

  /// A certificate for this machine that nobody has signed.
  private static func makeCertificate(in home: URL) -> Bool {
    let openssl = Process()
    openssl.executableURL = URL(filePath: "/usr/bin/openssl")
    openssl.currentDirectoryURL = home
    openssl.arguments = [
      "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
      "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "certificate.pem",
    ]
    openssl.standardError = FileHandle.nullDevice
    guard (try? openssl.run()) != nil else { return false }
    openssl.waitUntilExit()
    return openssl.terminationStatus == 0
  }

  func stop() {
    for server in servers { server.stop() }
    try? FileManager.default.removeItem(at: folder)
  }

  /// The same statement at each server.
  func everywhere(_ statement: String) throws {
    for server in servers { try server.run(statement) }
  }

  func url(_ database: String, user: String = "", options: String = "") -> String {
    "clickhouse://\(user.isEmpty ? "" : user + "@")127.0.0.1:\(port)/\(database)\(options)"
  }

  /// Makes a table of cells: the rows are dealt out to the servers, and a distributed table stands
  /// before them. `nil` is NULL.
  func make(
    _ table: String, in database: String, columns: [(name: String, type: String)],
    rows: [[String?]]
  ) throws {
    let list = columns.map { "`\($0.name)` \($0.type)" }.joined(separator: ", ")
    try everywhere(
      "CREATE TABLE \(database).\(table)_here (\(list)) ENGINE = MergeTree ORDER BY tuple()")
    try everywhere(
      """
      CREATE TABLE \(database).\(table) AS \(database).\(table)_here \
      ENGINE = Distributed(office, \(database), \(table)_here, rand())
      """)
    for (place, server) in servers.enumerated() {
      let dealt = rows.enumerated().filter { $0.offset % servers.count == place }.map(\.element)
      if dealt.isEmpty { continue }
      let text = dealt.map { $0.map(ClickHouseCluster.written).joined(separator: "\t") + "\n" }
      try server.run("INSERT INTO \(database).\(table)_here FORMAT TabSeparated\n\(text.joined())")
    }
  }

  private static func written(_ cell: String?) -> String {
    guard let cell else { return "\\N" }
    return cell.replacing("\\", with: "\\\\").replacing("\t", with: "\\t")
      .replacing("\n", with: "\\n")
  }

  /// Why the servers can't run here; nothing where they can. Installs them where that is possible.
  static let obstacle: String? = {
    func isThere() -> Bool {
      ["/usr/bin", "/usr/sbin", "/usr/local/bin"].contains {
        FileManager.default.isExecutableFile(atPath: $0 + "/clickhouse-server")
      }
    }
    if isThere() { return nil }
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let install = Process()
    install.executableURL = root.appending(path: ".ci/packages")
    install.arguments = ["clickhouse-server"]
    install.standardOutput = FileHandle.nullDevice
    install.standardError = FileHandle.nullDevice
    if (try? install.run()) != nil { install.waitUntilExit() }
    return isThere() ? nil : "there is no clickhouse-server here, and it could not be installed"
  }()

  /// Whether the tests of it run: where it can't be they are named, and where `CI` is set they fail.
  static let isDue: Bool = {
    guard let obstacle else { return true }
    print("ClickHouse is not tried: \(obstacle)")
    let environment = ProcessInfo.processInfo.environment
    return environment["CI"] != nil || environment["DOCKET_ENGINES"] == "all"
  }()
}

/// Starts a cluster before the tests of a suite and ends it after the last.
struct RunningCluster: SuiteTrait, TestScoping {
  var isRecursive: Bool { false }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    let cluster = try ClickHouseCluster()
    defer { cluster.stop() }
    try await ClickHouseCluster.$current.withValue(cluster) { try await function() }
  }
}

/// One server, ended by the number of its process; it does not outlive the tests.
final class ClickHouseServer: @unchecked Sendable {
  struct Refused: Error, CustomStringConvertible {
    let description: String
  }

  let port: Int
  private let home: URL
  private var shell: Process?
  private var line: Pipe?
  private(set) var processIdentifier: Int32 = 0

  init(home: URL, port: Int) {
    self.home = home
    self.port = port
  }

  /// A shell stands between: it ends the server when the line to the tests is cut, however they end.
  func start() throws {
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/sh")
    let script = """
      clickhouse-server --config-file="$1" </dev/null >"$2" 2>&1 &
      echo $!
      read line
      kill -9 $!
      """
    shell.arguments = [
      "-c", script, "sh", home.appending(path: "config.xml").path,
      home.appending(path: "output.log").path,
    ]
    shell.environment = ["PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin"]
    let (input, output) = (Pipe(), Pipe())
    shell.standardInput = input
    shell.standardOutput = output
    try shell.run()
    let words = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    processIdentifier = Int32(words.filter(\.isNumber)) ?? 0
    self.shell = shell
    line = input
  }

  func stop() {
    // Servers that were started later hold the line open too: closing it alone is not heard.
    try? line?.fileHandleForWriting.write(contentsOf: Data("\n".utf8))
    try? line?.fileHandleForWriting.close()
    shell?.waitUntilExit()
    shell = nil
  }

  /// Lets it stand still, so that it answers nothing, or go on.
  func pause() { kill(processIdentifier, SIGSTOP) }
  func resume() { kill(processIdentifier, SIGCONT) }

  func waitUntilReady() throws {
    for _ in 0..<600 {
      if (try? run("SELECT 1")) != nil { return }
      usleep(50_000)
    }
    let log = try? String(contentsOf: home.appending(path: "output.log"), encoding: .utf8)
    throw Refused(description: "clickhouse-server did not start: \(log?.suffix(1000) ?? "")")
  }

  /// What it answers, without names and types. Errors: `Refused`.
  @discardableResult
  func run(_ statement: String, user: String = "default") throws -> String {
    let connection = HTTPConnection(patience: HTTPConnection.Patience(connection: 5, silence: 60))
    var answer: [UInt8] = []
    do {
      try connection.post(
        HTTPConnection.Request(
          url: "http://127.0.0.1:\(port)/", headers: ["X-ClickHouse-User: \(user)"],
          body: Array(statement.utf8))
      ) { answer += $0 }
    } catch HTTPConnection.Failure.status(_, let words) {
      throw Refused(description: "\(words)\n\(statement.prefix(2000))")
    }
    return String(decoding: answer, as: UTF8.self)
  }

  static func encryption(home: String, port: Int) -> String {
    """
    <https_port>\(port)</https_port><openSSL><server>
      <certificateFile>\(home)/certificate.pem</certificateFile>
      <privateKeyFile>\(home)/key.pem</privateKeyFile><verificationMode>none</verificationMode>
    </server></openSSL>
    """
  }

  static func configuration(
    home: String, port: Int, nativePort: Int, cluster: [Int], more: String
  ) -> String {
    let shards = cluster.map {
      "<shard><replica><host>127.0.0.1</host><port>\($0)</port></replica></shard>"
    }.joined()
    return """
      <yandex>
        <logger><level>warning</level><log>\(home)/server.log</log>
          <errorlog>\(home)/errors.log</errorlog></logger>
        <listen_host>127.0.0.1</listen_host><http_port>\(port)</http_port>
        <tcp_port>\(nativePort)</tcp_port>\(more)
        <path>\(home)/data/</path><tmp_path>\(home)/tmp/</tmp_path>
        <users_config>\(home)/users.xml</users_config><default_profile>default</default_profile>
        <default_database>default</default_database><timezone>UTC</timezone>
        <mark_cache_size>16777216</mark_cache_size>
        <uncompressed_cache_size>0</uncompressed_cache_size>
        <remote_servers><office>\(shards)</office></remote_servers>
        <query_log><database>system</database><table>query_log</table>
          <flush_interval_milliseconds>200</flush_interval_milliseconds></query_log>
        <merge_tree><old_parts_lifetime>10</old_parts_lifetime></merge_tree>
      </yandex>
      """
  }

  /// `default` may do everything, `watched` too, and its statements are written down, which takes a
  /// megabyte for each; `analyst` reads and may change settings, `clerk` reads and may not,
  /// `hasty` has a profile that would leave rows out, `stranger` may read no database but one.
  static let users: String = {
    func user(_ name: String, _ profile: String, _ more: String = "", password: String = "")
      -> String
    {
      "<\(name)><password>\(password)</password><networks><ip>127.0.0.1</ip></networks>"
        + "<profile>\(profile)</profile><quota>default</quota>\(more)</\(name)>"
    }
    return """
      <yandex><profiles>
        <default></default>
        <watched><log_queries>1</log_queries></watched>
        <reading><readonly>2</readonly></reading>
        <strict><readonly>1</readonly></strict>
        <hasty><readonly>1</readonly><max_rows_to_group_by>1</max_rows_to_group_by>
          <group_by_overflow_mode>any</group_by_overflow_mode></hasty>
        <hurried><max_rows_to_group_by>1</max_rows_to_group_by>
          <group_by_overflow_mode>any</group_by_overflow_mode></hurried>
      </profiles><users>
        \(user("default", "default"))
        \(user("watched", "watched"))
        \(user("analyst", "reading", password: "let me in"))
        \(user("clerk", "strict"))
        \(user("hasty", "hasty"))
        \(user("hurried", "hurried"))
        \(user("stranger", "strict",
          "<allow_databases><database>elsewhere</database></allow_databases>"))
      </users><quotas><default/></quotas></yandex>
      """
  }()
}

/// Ports of this machine that nobody has at the moment.
enum FreePorts {
  static func some(_ count: Int) -> [Int] {
    var sockets: [Int32] = []
    defer { for socket in sockets { close(socket) } }
    return (0..<count).map { _ in
      let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      sockets.append(listener)
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
      var size = socklen_t(MemoryLayout<sockaddr_in>.size)
      _ = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(listener, $0, size) + getsockname(listener, $0, &size)
        }
      }
      return Int(UInt16(bigEndian: address.sin_port))
    }
  }
}
