import Foundation

/// The project's chores: `swift run dev CHORE`.
enum Chore: String, CaseIterable {
  case catalogue, examples, record, tidy

  var summary: String {
    switch self {
    case .catalogue: "write the registry of each open set from its members' files"
    case .examples: "write the example data"
    case .record: "write down what the program answers, and the pages made of its words"
    case .tidy: "hold the project to its house rules"
    }
  }

  /// Does the chore in the project whose top folder is given; the result is the exit code.
  func run(in top: URL) throws -> Int32 {
    switch self {
    case .catalogue: try Self.writeCatalogues(in: top)
    case .examples: try Self.writeExamples(in: top)
    case .record: try Self.recordTranscripts(in: top)
    case .tidy: try Self.tidy(top)
    }
  }

  private static func writeCatalogues(in top: URL) throws -> Int32 {
    let tree = try SourceTree(reading: top)
    for set in OpenSet.all {
      guard let text = set.registryText(in: tree), tree.files[set.registry] != text else {
        continue
      }
      try Data(text.utf8).write(to: top.appending(path: set.registry))
      print("wrote \(set.registry)")
    }
    return 0
  }

  private static func writeExamples(in top: URL) throws -> Int32 {
    for file in ExampleFile.all() {
      try Data(file.text.utf8).write(to: top.appending(path: "examples/data/\(file.name)"))
      print("wrote examples/data/\(file.name)")
    }
    return 0
  }

  /// A transcript without recorded output fails once even so, and is read before it is committed.
  private static func recordTranscripts(in top: URL) throws -> Int32 {
    let test = Process()
    test.executableURL = URL(filePath: "/usr/bin/env")
    test.arguments = ["swift", "test", "--filter", "TranscriptTests|ReferenceTests"]
    test.currentDirectoryURL = top
    test.environment = ProcessInfo.processInfo.environment
      .merging(["DOCKET_RECORD": "1"]) { _, new in new }
    try test.run()
    test.waitUntilExit()
    return test.terminationStatus
  }

  private static func tidy(_ top: URL) throws -> Int32 {
    let tree = try SourceTree(reading: top)
    var count = 0
    for rule in HouseRules.all {
      let findings = rule.findings(in: tree)
      guard !findings.isEmpty else { continue }
      print(rule.sentence)
      for finding in findings { print("  \(finding)") }
      count += findings.count
    }
    print("\(HouseRules.all.count) rules, \(count) findings")
    return count == 0 ? 0 : 1
  }
}
