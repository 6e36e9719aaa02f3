import Connectors
import Engine
import Foundation
import Testing

@Suite("Which sources may be run")
struct PluginTrustTests {
  private let fixture: PluginFixture
  private var record: String { fixture.path("state/docket/trusted-sources") }

  init() throws { fixture = try PluginFixture() }

  @Test("a source is asked about once, and again when it has changed")
  func once() throws {
    let policy = FixedPolicy(approves: true)
    let plugin = try fixture.shell("exit 0")
    for _ in 0..<3 { try PluginTrust(record: record, policy: policy).admit(plugin) }
    #expect(policy.asked == [false])
    let changed = try fixture.shell("exit 1")
    try PluginTrust(record: record, policy: policy).admit(changed)
    #expect(policy.asked == [false, true])
    let other = try fixture.shell("exit 1", name: "other")
    try PluginTrust(record: record, policy: policy).admit(other)
    #expect(policy.asked == [false, true, false])
    let mode = try FileManager.default.attributesOfItem(atPath: record)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    // What is remembered is what `sha256sum` says.
    let lines = try String(contentsOfFile: record, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 2)
    #expect(try lines.contains { $0 == "\(try digest(of: changed.path)) \(changed.path)" })
  }

  @Test("what is not allowed is not run, and asked about again")
  func refused() throws {
    let policy = FixedPolicy(approves: false)
    let plugin = try fixture.shell("touch \(fixture.path("ran"))")
    for _ in 0..<2 {
      let problem = #expect(throws: SourceProblem.self) {
        try PluginTrust(record: record, policy: policy).admit(plugin)
      }
      #expect(problem?.kind == .refused)
    }
    #expect(policy.asked == [false, false])
    let settings = PluginSettings(trust: PluginTrust(record: record, policy: policy))
    #expect(throws: SourceProblem.self) {
      try PluginSource(plugin, options: [], origin: "made:", settings: settings)
    }
    #expect(!FileManager.default.fileExists(atPath: fixture.path("ran")))
  }

  @Test("a safe session runs none, not even one that was allowed")
  func safe() throws {
    let plugin = try fixture.shell("exit 0")
    try PluginTrust(record: record, policy: FixedPolicy(approves: true)).admit(plugin)
    let policy = FixedPolicy(runs: false, approves: true)
    #expect(throws: SourceProblem.self) {
      try PluginTrust(record: record, policy: policy).admit(plugin)
    }
    #expect(policy.asked.isEmpty)
  }

  @Test("a file or folder that everyone may write to is refused unasked")
  func worldWritable() throws {
    let policy = FixedPolicy(approves: true)
    let path = try fixture.write("open/docket-source-made", "#!/bin/sh\n", permissions: 0o702)
    let plugin = try #require(PluginFile(path: path))
    #expect(throws: SourceProblem.self) {
      try PluginTrust(record: nil, policy: policy).admit(plugin)
    }
    chmod(path, 0o700)
    chmod(fixture.path("open"), 0o777)
    #expect(throws: SourceProblem.self) {
      try PluginTrust(record: nil, policy: policy).admit(plugin)
    }
    chmod(fixture.path("open"), 0o755)
    try PluginTrust(record: nil, policy: policy).admit(plugin)
    #expect(policy.asked == [false])
  }

  @Test("a link is followed to the file that would run")
  func link() throws {
    let path = try fixture.write("there/docket-source-made", "#!/bin/sh\n", permissions: 0o700)
    let link = fixture.path("docket-source-made")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    let real = try #require(realpath(path, nil))
    defer { free(real) }
    #expect(PluginFile(path: link)?.path == String(cString: real))
  }

  @Test("sources of the installation are not asked about")
  func installation() throws {
    let policy = FixedPolicy(approves: false)
    let path = try fixture.write(
      "prefix/libexec/docket/docket-source-made", "#!/bin/sh\n", permissions: 0o755)
    let folders = PluginFolders(
      environment: [:], executable: fixture.path("prefix/bin/docket"))
    let plugin = try #require(folders.plugin(named: "made"))
    #expect(plugin.path.hasSuffix("prefix/libexec/docket/docket-source-made"))
    try PluginTrust(record: nil, policy: policy).admit(plugin)
    #expect(policy.asked.isEmpty)
    #expect(FileManager.default.isExecutableFile(atPath: path))
  }

  private func digest(of path: String) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/sha256sum")
    process.arguments = [path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    process.waitUntilExit()
    return String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self
    ).prefix(64).description
  }
}

@Suite("Where sources are found")
struct PluginFoldersTests {
  private let fixture: PluginFixture

  init() throws { fixture = try PluginFixture() }

  @Test("by name in the folders that are named, then the user's own, then the installation's")
  func order() throws {
    for place in ["a", "share/docket/sources/made", "usr/libexec/docket"] {
      try fixture.write("\(place)/docket-source-made", "#!/bin/sh\n", permissions: 0o700)
    }
    let environment = [
      "DOCKET_SOURCES_PATH": "relative:\(fixture.path("a"))",
      "XDG_DATA_HOME": fixture.path("share"),
    ]
    var folders = PluginFolders(
      environment: environment, executable: fixture.path("usr/bin/docket"))
    #expect(folders.named == [fixture.path("a")])
    #expect(folders.plugin(named: "made")?.path.hasSuffix("/a/docket-source-made") == true)
    folders.named = []
    #expect(folders.plugin(named: "made")?.path.contains("/sources/made/") == true)
    folders.own = nil
    #expect(folders.plugin(named: "made")?.path.contains("/libexec/") == true)
    #expect(folders.all.map(\.name) == ["made"])
  }

  @Test("never in the working directory or PATH, nor by a name that leads elsewhere")
  func never() throws {
    try fixture.write("docket-source-made", "#!/bin/sh\n", permissions: 0o700)
    let folders = PluginFolders(
      environment: [
        "PATH": fixture.folder.path, "DOCKET_SOURCES_PATH": ".:", "HOME": fixture.path("home"),
      ], executable: nil)
    #expect(folders.plugin(named: "made") == nil)
    let named = PluginFolders(named: [fixture.path("x")])
    for name in ["../docket-source-made", "", "Made", "a/b", "."] {
      #expect(named.plugin(named: name) == nil)
    }
  }

  @Test("a file that may not be executed, or is no file, is none")
  func noExecutable() throws {
    try fixture.write("docket-source-made", "#!/bin/sh\n", permissions: 0o600)
    try fixture.write("docket-source-other/inside", "", permissions: 0o700)
    let folders = PluginFolders(named: [fixture.folder.path])
    #expect(folders.plugin(named: "made") == nil)
    #expect(folders.plugin(named: "other") == nil)
  }

  @Test("by the scheme of a URL or the ending of a file, without running it")
  func schemes() throws {
    try fixture.write("lake/docket-source-lake", "#!/bin/sh\nexit 1\n", permissions: 0o700)
    try fixture.write(
      "lake/source.toml", "schemes = [\"ice\", \"delta\"]\nendings = [\"parquet\"]\n")
    let folders = PluginFolders(named: [fixture.folder.path])
    for path in ["lake:x", "ICE://host/t", "delta:a/b", "/data/x.Parquet"] {
      #expect(folders.plugin(for: path)?.name == "lake", "\(path)")
    }
    for path in ["ices://x", "x.csv", "parquet", "/a.parquet/b"] {
      #expect(folders.plugin(for: path) == nil, "\(path)")
    }
  }

  @Test("source.toml is read as TOML means it")
  func manifest() throws {
    let manifest = PluginManifest(
      text: """
        # what it is
        name = "lake"          # its name
        summary = "Tables of a \\"lake\\""
        schemes = [ "ice" , "delta", ]
        protocols = [1]
        environment = []
        later = true

        [options.url]
        required = true
        summary = "where # it is"

        [options.token]
        secret = true
        type = "text"

        [else]
        broken
        name = unquoted
        """)
    #expect(manifest.name == "lake")
    #expect(manifest.summary == "Tables of a \"lake\"")
    #expect(manifest.schemes == ["ice", "delta"])
    #expect(manifest.protocols == [1])
    #expect(manifest.options.map(\.name) == ["url", "token"])
    #expect(manifest.options.map(\.isSecret) == [false, true])
    #expect(manifest.options.map(\.isRequired) == [true, false])
    #expect(manifest.options[0].summary == "where # it is")
    #expect(manifest.unread == [17, 18, 19])
  }
}
