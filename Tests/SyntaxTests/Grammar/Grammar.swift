import Foundation

/// The rules of `grammar/docket.ebnf`, read for tests: to make sentences of them, and to derive sentences.
struct Grammar: Sendable {
  /// The right side of a rule.
  indirect enum Part: Hashable, Sendable {
    case terminal(String)
    case rule(String)
    /// `? words ?`
    case special(String)
    case sequence([Part])
    case choice([Part])
    case optional(Part)
    case repeated(Part)
  }

  /// Names in the order of the file.
  let names: [String]
  let rules: [String: Part]

  /// The grammar of the project.
  static let docket: Grammar = {
    let url = ProjectFolder.top.appendingPathComponent("grammar/docket.ebnf")
    do {
      var reader = GrammarReader(try String(contentsOf: url, encoding: .utf8))
      return try reader.grammar()
    } catch {
      fatalError("\(url.path) can't be read: \(error)")
    }
  }()

  subscript(name: String) -> Part {
    guard let part = rules[name] else { fatalError("the grammar has no rule \(name)") }
    return part
  }

  /// The rules that a part names, itself and inside.
  static func names(in part: Part) -> Set<String> {
    switch part {
    case .rule(let name): [name]
    case .terminal, .special: []
    case .sequence(let parts), .choice(let parts):
      parts.reduce(into: []) { $0.formUnion(names(in: $1)) }
    case .optional(let part), .repeated(let part): names(in: part)
    }
  }

  /// The quoted words of a part.
  static func terminals(in part: Part) -> Set<String> {
    switch part {
    case .terminal(let text): [text]
    case .rule, .special: []
    case .sequence(let parts), .choice(let parts):
      parts.reduce(into: []) { $0.formUnion(terminals(in: $1)) }
    case .optional(let part), .repeated(let part): terminals(in: part)
    }
  }
}

/// Where the project's files are.
enum ProjectFolder {
  static let top = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
}
