/// A room imports only what the architecture and `Package.swift` allow it.
///
/// SwiftPM lets an undeclared import pass when the module happens to be built already, so the lines are read here.
struct ImportEdges: HouseRule {
  let sentence =
    "A room imports only the rooms that the architecture and Package.swift name for it."

  /// The edges of the architecture: what each room may at most import.
  static let allowed: [String: Set<String>] = [
    "docket": [
      "Shell", "Lessons", "Interpreter", "Connectors", "Rendering", "Engine", "Diagnostics",
      "SourceWire", "CGlibc", "ArgumentParser",
    ],
    "dev": [],
    "bench": ["Statistics", "ArgumentParser"],
    "Shell": ["Interpreter", "Rendering", "LineEditing", "Syntax", "Diagnostics"],
    "Lessons": ["Interpreter", "Engine", "Columns", "Syntax", "Diagnostics"],
    "Interpreter": ["Verbs", "Connectors", "Engine", "Columns", "Syntax", "Diagnostics"],
    "Verbs": ["Engine", "Statistics", "Columns", "Syntax", "Diagnostics"],
    "Connectors": [
      "Engine", "Columns", "Diagnostics", "SourceWire", "CSQLite", "CZlib",
      "CTransfer", "CExpat", "CSpawn",
    ],
    "SourceServer": ["SourceWire", "Engine", "Columns", "Diagnostics"],
    "Rendering": ["Engine", "Columns", "Diagnostics"],
    "Engine": ["Syntax", "Columns", "Diagnostics", "CSodium"],
    "Syntax": ["Diagnostics"],
    "Columns": ["CByteMask", "CGlibc", "CZlib", "CZstd"],
    "Statistics": [],
    "Diagnostics": [],
    "LineEditing": ["CLibEdit"],
    "SourceWire": [],
  ]

  /// A server source speaks the wire, and has one driver.
  private static let pluginPrefix = "docket-source-"
  private static let pluginRooms: Set<String> = [
    "SourceServer", "SourceWire", "Engine", "Columns", "Diagnostics",
  ]

  /// Modules of the toolchain and the system; the pure rooms' own rule takes some of them away.
  private static let system: Set<String> = [
    "Foundation", "FoundationEssentials", "FoundationXML", "Glibc", "Synchronization", "Dispatch",
    "Testing",
  ]

  func findings(in tree: SourceTree) -> [Finding] {
    guard let text = tree.files["Package.swift"] else {
      return [Finding("Package.swift", "is not there")]
    }
    let manifest = Manifest(SwiftText(text))
    return declarations(of: manifest) + imports(in: tree, manifest: manifest)
  }

  private func declarations(of manifest: Manifest) -> [Finding] {
    manifest.targets.values.sorted { $0.line < $1.line }.flatMap { target -> [Finding] in
      guard target.kind == .room || target.kind == .door else { return [] }
      let isPlugin = target.name.hasPrefix(Self.pluginPrefix)
      guard let allowed = isPlugin ? Self.pluginRooms : Self.allowed[target.name] else {
        return [
          Finding("Package.swift", line: target.line, "the architecture knows no \(target.name)")
        ]
      }
      return target.imports.filter { name in
        !allowed.contains(name) && !(isPlugin && manifest.targets[name]?.kind == .library)
      }.map {
        Finding(
          "Package.swift", line: target.line, "the architecture lets no \(target.name) import \($0)"
        )
      }
    }
  }

  private func imports(in tree: SourceTree, manifest: Manifest) -> [Finding] {
    tree.swiftFiles().flatMap { path, source -> [Finding] in
      let folders = path.split(separator: "/").map(String.init)
      guard folders.count > 2, folders[0] == "Sources" || folders[0] == "Tests" else { return [] }
      guard let target = manifest.targets[folders[1]] else {
        return folders[0] == "Sources"
          ? [Finding(path, "Package.swift names no \(folders[1])")] : []
      }
      // The module of a program is named with underscores for hyphens.
      let known = Self.system.union(target.imports.map { $0.replacing("-", with: "_") })
      return Self.imports(of: source).filter { !known.contains($0.module) }.map {
        Finding(path, line: $0.line, "\(target.name) does not name \($0.module) in Package.swift")
      }
    }
  }

  private static let kinds: Set<String> = [
    "struct", "class", "enum", "protocol", "typealias", "func", "let", "var",
  ]

  /// The modules that a file imports, with lines from 1.
  static func imports(of source: SwiftText) -> [(line: Int, module: String)] {
    source.code.enumerated().compactMap { index, line in
      var words = line.split { $0 == " " || $0 == "." || $0 == ";" }.map(String.init)[...]
      let modifiers: Set<String> = [
        "package", "internal", "public", "private", "fileprivate", "@testable", "@preconcurrency",
        "@_exported", "@_implementationOnly",
      ]
      words = words.drop { modifiers.contains($0) }
      guard words.popFirst() == "import" else { return nil }
      words = words.drop { kinds.contains($0) }
      return words.first.map { (index + 1, $0) }
    }
  }
}
