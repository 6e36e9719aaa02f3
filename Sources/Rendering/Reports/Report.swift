package import Engine

/// Several answers with words between them: what a script makes.
package struct Report: Sendable {
  /// One piece of a report, in the order of the script.
  package enum Item: Sendable {
    case answer(Answer)
    case page(Page)
  }

  /// The script that made the report.
  package struct Script: Hashable, Sendable {
    /// As it was named when it was run.
    package let name: String
    package let text: String
    /// Values that were given for it, in order of their names.
    package let parameters: [Parameter]

    package init(name: String, text: String, parameters: [Parameter]) {
      self.name = name
      self.text = text
      self.parameters = parameters
    }
  }

  /// A parameter with the value that was given.
  package struct Parameter: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package let script: Script
  package let items: [Item]
  /// Scripts that the script ran, with fingerprints of their text.
  package let definitions: [SourceNote]
  package let version: String
  /// The day it was made, where one was named.
  package let date: String?

  package init(
    script: Script, items: [Item], definitions: [SourceNote], version: String, date: String? = nil
  ) {
    self.script = script
    self.items = items
    self.definitions = definitions
    self.version = version
    self.date = date
  }

  package var answers: [Answer] {
    items.compactMap { if case .answer(let answer) = $0 { answer } else { nil } }
  }

  /// The first heading, or the script's name.
  package var title: String {
    for case .page(let page) in items {
      for case .heading(let words) in page.blocks { return words }
    }
    return script.name.split(separator: "/").last.map(String.init) ?? script.name
  }

  /// The methods of all answers, each once, in the order they came.
  var methods: [MethodNote] { Report.distinct(answers.flatMap(\.methods)) }

  /// The data of all answers, each once, in the order they came.
  var sources: [SourceNote] { Report.distinct(answers.flatMap(\.sources)) }

  private static func distinct<Note: Hashable>(_ notes: [Note]) -> [Note] {
    var seen: Set<Note> = []
    return notes.filter { seen.insert($0).inserted }
  }

  /// `7F3A-91C2`: the first eight digits of a SHA-256 over version, script, parameters, definitions
  /// and the receipts of the answers.
  package var receipt: String {
    var lines = ["docket \(version)", script.text]
    lines += script.parameters.map { "\($0.name)=\($0.value)" }
    lines += definitions.map { "\($0.name) \($0.fingerprint)" }
    lines += answers.map(\.receipt)
    let digits = Digest.sha256(lines.joined(separator: "\n")).prefix(8).uppercased()
    return "\(digits.prefix(4))-\(digits.suffix(4))"
  }
}
