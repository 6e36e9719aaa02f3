/// A set that grows by a file for each member; its registry is written from those files.
struct OpenSet: Sendable {
  /// How a file shows that it holds a member.
  enum Member: Sendable {
    /// `struct Count: Verb`, `enum` and `class` alike; the entry is `Count.self`.
    case type(conformingTo: String)
    /// `static let wilson = MethodCard(`; the entry is `wilson`.
    case constant(of: String)
  }

  /// What the members are called together, in messages.
  let name: String
  /// Where the members' files are, at any depth.
  let folder: String
  let member: Member
  /// The committed file that lists them.
  let registry: String
  /// The type that the list is a member of, and the type of the list's elements.
  let catalogue: String
  let element: String
  /// The doc comment of the list.
  let comment: String
  /// Whether each member has a transcript named for it, and behind which text the member's file says its word.
  let transcript: Transcript?

  struct Transcript: Sendable {
    let folder: String
    /// The word is the first string literal on or after the line that holds this; else the type's name in kebab case.
    let wordFollows: String
  }

  static let all = [
    OpenSet(
      name: "verbs", folder: "Sources/Verbs/", member: .type(conformingTo: "Verb"),
      registry: "Sources/Verbs/Catalogue.swift", catalogue: "VerbCatalogue",
      element: "any Verb.Type", comment: "Every verb, in alphabetical order.",
      transcript: Transcript(folder: "Tests/Transcripts/verbs/", wordFollows: "Signature(")),
    OpenSet(
      name: "statistics", folder: "Sources/Statistics/", member: .constant(of: "MethodCard"),
      registry: "Sources/Statistics/Catalogue.swift", catalogue: "MethodCatalogue",
      element: "MethodCard", comment: "All cards, in alphabetical order of their declarations.",
      transcript: nil),
    OpenSet(
      name: "sources", folder: "Sources/Connectors/", member: .type(conformingTo: "SourceKind"),
      registry: "Sources/Connectors/Catalogue.swift", catalogue: "SourceCatalogue",
      element: "any SourceKind.Type", comment: "Every kind of source, in alphabetical order.",
      transcript: Transcript(
        folder: "Tests/Transcripts/sources/", wordFollows: "static let name")),
    OpenSet(
      name: "formats", folder: "Sources/Rendering/Formats/",
      member: .type(conformingTo: "Format"),
      registry: "Sources/Rendering/Formats/Catalogue.swift", catalogue: "FormatCatalogue",
      element: "any Format.Type", comment: "Every format, in alphabetical order.",
      transcript: Transcript(
        folder: "Tests/Transcripts/formats/", wordFollows: "static let name")),
  ]
}

extension OpenSet {
  /// A member as its file declares it.
  struct Entry: Hashable, Sendable {
    let declaration: String
    /// The word a person writes for it.
    let word: String
    let path: String
  }

  /// The members, in alphabetical order of their declarations.
  func entries(in tree: SourceTree) -> [Entry] {
    tree.swiftFiles(under: folder).filter { $0.path != registry }.flatMap { path, source in
      source.code.compactMap { line in
        declaration(in: line).map {
          Entry(declaration: $0, word: word(for: $0, in: source), path: path)
        }
      }
    }.sorted { $0.declaration < $1.declaration }
  }

  private func declaration(in line: String) -> String? {
    let words = Manifest.words(of: line)
    switch member {
    case .type(let conformance):
      guard let keyword = words.firstIndex(where: { ["struct", "enum", "class"].contains($0) }),
        keyword + 1 < words.count, let colon = line.firstIndex(of: ":")
      else { return nil }
      let isConforming = Manifest.words(of: String(line[colon...])).contains(conformance)
      return isConforming ? words[keyword + 1] : nil
    case .constant(let type):
      guard line.contains("= \(type)("), let keyword = words.firstIndex(of: "let"),
        words.contains("static")
      else { return nil }
      return words[keyword + 1]
    }
  }

  private func word(for declaration: String, in source: SwiftText) -> String {
    let start = transcript.flatMap { transcript in
      source.code.firstIndex { $0.contains(transcript.wordFollows) }
    }
    let literal = start.flatMap { start in source.literals.first { $0.line > start } }
    let written = literal?.content.lowercased().replacing(" ", with: "-")
    return written ?? Self.kebab(declaration)
  }

  /// `TimeToEvent` is `time-to-event`.
  static func kebab(_ name: String) -> String {
    name.reduce(into: "") { result, character in
      if character.isUppercase, !result.isEmpty { result.append("-") }
      result += character.lowercased()
    }
  }

  /// The registry's text, or nothing where the set has no member yet.
  func registryText(in tree: SourceTree) -> String? {
    let entries = entries(in: tree)
    guard !entries.isEmpty else { return nil }
    let suffix = if case .type = member { ".self" } else { "" }
    return """
      // Written by `swift run dev catalogue`: one line for each member declared in this folder.
      extension \(catalogue) {
        /// \(comment)
        package static let all: [\(element)] = [
      \(entries.map { "    \($0.declaration)\(suffix),\n" }.joined())  ]
      }

      """
  }
}
