// swift-tools-version: 6.2
// The rooms of Docket and the edges between them; Sources/README.md says what each is for.
import PackageDescription

/// What every room is compiled with: the language's stricter, newer rules.
let rules: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A room: a target that imports only the rooms below it that are named here.
func room(_ name: String, imports: [Target.Dependency] = [], beside files: [String] = []) -> Target
{
  .target(name: name, dependencies: imports, exclude: files, swiftSettings: rules)
}

func door(_ name: String, imports: [Target.Dependency] = [], beside files: [String] = [])
  -> Target
{
  .executableTarget(name: name, dependencies: imports, exclude: files, swiftSettings: rules)
}

func tests(_ name: String, of imports: [Target.Dependency], beside files: [String] = []) -> Target {
  .testTarget(name: name, dependencies: imports, exclude: files, swiftSettings: rules)
}

/// A C library of the system, or a header of ours that Swift inlines; no C source is compiled.
func library(_ name: String, pkgConfig: String? = nil, apt: String? = nil) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: apt.map { [.apt([$0])] })
}

/// What a source says of itself stands beside its text.
let described = ["source.toml"]
/// What was measured, and transcripts and cases that tests read where they stand.
let measured = ["SCALE.md"]
let transcript = ["every-source.docket"]
let cases = ["Reference"]

let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "docket",
  products: [.executable(name: "docket", targets: ["docket"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
  ],
  targets: [
    // Doors
    door(
      "docket",
      imports: [
        "Shell", "Lessons", "Interpreter", "Connectors", "Rendering", "Engine", "Diagnostics",
        "SourceWire", "CGlibc", arguments,
      ]),
    door(
      "docket-source-clickhouse",
      imports: ["SourceServer", "SourceWire", "Engine", "Columns", "CCurl"],
      beside: described),
    door(
      "docket-source-postgres",
      imports: ["SourceServer", "SourceWire", "Engine", "Columns", "CPostgres"],
      beside: described),
    door("dev"),
    door("bench", imports: ["Statistics", arguments]),
    door(
      "docket-source-odbc",
      imports: ["SourceServer", "SourceWire", "Engine", "Columns", "CODBC"],
      beside: described),
    door(
      "docket-source-adbc",
      imports: ["SourceServer", "SourceWire", "Engine", "Columns", "CADBC"],
      beside: described),
    // Floor 5
    room(
      "Shell",
      imports: ["Interpreter", "Rendering", "LineEditing", "Syntax", "Diagnostics"]),
    room(
      "Lessons", imports: ["Interpreter", "Engine", "Columns", "Syntax", "Diagnostics"]),
    // Floor 4
    room(
      "Interpreter",
      imports: ["Verbs", "Connectors", "Engine", "Columns", "Syntax", "Diagnostics"]),
    // Floor 3
    room("Verbs", imports: ["Engine", "Statistics", "Columns", "Syntax", "Diagnostics"]),
    room(
      "Connectors",
      imports: [
        "SourceWire", "Engine", "Columns", "Diagnostics", "CSQLite", "CZlib", "CExpat", "CSpawn",
        "CTransfer",
      ],
      beside: measured),
    room("Rendering", imports: ["Engine", "Columns", "Diagnostics"]),
    room("SourceServer", imports: ["SourceWire", "Engine", "Columns", "Diagnostics"]),
    // Floor 2
    room("Engine", imports: ["Syntax", "Columns", "Diagnostics", "CSodium"]),
    // Floor 1
    room("Syntax", imports: ["Diagnostics"]),
    // Floor 0
    room("Columns", imports: ["CByteMask", "CGlibc", "CZlib", "CZstd"]),
    room("Statistics"),
    room("Diagnostics"),
    room("LineEditing", imports: ["CLibEdit"]),
    room("SourceWire"),
    // The system's libraries, and C headers that are inlined
    library("CLibEdit", pkgConfig: "libedit", apt: "libedit-dev"),
    library("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
    library("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
    library("CZstd", pkgConfig: "libzstd", apt: "libzstd-dev"),
    library("CExpat", pkgConfig: "expat", apt: "libexpat1-dev"),
    library("CTransfer"),
    library("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
    library("CSodium", pkgConfig: "libsodium", apt: "libsodium-dev"),
    library("CPostgres", pkgConfig: "libpq", apt: "libpq-dev"),
    library("CByteMask"),
    library("CGlibc"),
    library("CSpawn"),
    library("CODBC", pkgConfig: "odbc", apt: "unixodbc-dev"),
    library("CADBC"),
    // Tests
    tests("StatisticsTests", of: ["Statistics"], beside: cases),
    tests("ColumnsTests", of: ["Columns"]),
    tests(
      "SourceWireTests",
      of: ["SourceWire", "Connectors", "Engine", "Columns", "EngineTests"]),
    tests(
      "SourceServerTests",
      of: ["SourceServer", "SourceWire", "Connectors", "Engine", "Columns", "EngineTests"]),
    tests(
      "ClickHouseTests",
      of: [
        "docket-source-clickhouse", "SourceServer", "SourceWire", "Connectors", "Engine", "Columns",
        "EngineTests",
      ]),
    tests(
      "PostgresTests",
      of: [
        "docket-source-postgres", "SourceWire", "Connectors", "Engine", "Columns", "EngineTests",
      ]),
    tests(
      "DriverTests",
      of: [
        "docket-source-odbc", "docket-source-adbc", "SourceServer", "SourceWire", "Connectors",
        "Engine", "Columns", "CADBC", "EngineTests",
      ]),
    tests("SyntaxTests", of: ["Verbs", "Syntax", "Diagnostics"]),
    tests(
      "EngineTests",
      of: ["Engine", "Columns", "Connectors", "Syntax", "Diagnostics", "CSQLite"]),
    tests(
      "ConnectorTests",
      of: ["Connectors", "Engine", "Columns", "CZlib", "CZstd", "EngineTests"]),
    tests("RenderingTests", of: ["Rendering", "Engine", "Columns", "Diagnostics"]),
    tests(
      "TranscriptTests",
      of: [
        "Interpreter", "Verbs", "Connectors", "Rendering", "Engine", "Columns", "Syntax",
        "Diagnostics", "CSQLite",
      ],
      beside: cases),
    tests("ShellTests", of: ["Shell", "LineEditing"]),
    tests("ReportTests", of: ["docket", "Rendering", "Engine", "Interpreter", arguments]),
    tests(
      "LessonsTests", of: ["Lessons", "Interpreter", "Engine", "Columns", "Syntax", "Diagnostics"]),
    tests(
      "EverySourceTests",
      of: [
        "docket", "Interpreter", "Connectors", "Rendering", "Engine", "Columns", "Syntax",
        "EngineTests",
        "ConnectorTests", "ClickHouseTests", "PostgresTests", "DriverTests",
      ],
      beside: transcript),
    tests("TidyTests", of: ["dev"]),
    tests("BenchTests", of: ["bench", arguments]),
  ],
  swiftLanguageModes: [.v6]
)
