import Syntax

/// The reference page of a verb, written from its signature.
enum VerbPage {
  static func text(of signature: Signature) -> String {
    var parts = [
      "# \(signature.word)",
      signature.summary.prefix(1).uppercased() + signature.summary.dropFirst() + ".",
      block(signature.usage),
    ]
    parts += subjects(of: signature)
    if !signature.clauses.isEmpty {
      parts.append(
        table("clause", "what it does", signature.clauses.map { ("`\($0.usage)`", $0.meaning) }))
    }
    parts.append(
      table("for example", "", signature.examples.map { ("`\($0.line)`", $0.shows) }))
    parts.append(
      table("figure", "what it is", signature.figures.map { ("`\($0.id)`", $0.meaning) }))
    parts.append(
      "A session with its answers: "
        + "[verbs/\(signature.word).docket](../../Tests/Transcripts/verbs/\(signature.word).docket). "
        + "The methods behind the figures: `how \(signature.word)`, [methods](../methods.md).")
    return parts.joined(separator: "\n\n") + "\n"
  }

  private static func block(_ text: String) -> String { "```\n\(text)\n```" }

  private static func subjects(of signature: Signature) -> [String] {
    var lines: [String] = []
    if signature.subjects.contains(.figures) {
      lines.append("Figures may stand for the cohort and its condition: `162 of 200`.")
    }
    if signature.subjects.contains(.matrix) {
      lines.append("A table of counts may stand for the cohort: `[40 33; 153 83]`.")
    }
    return lines
  }

  /// Bars inside code would end a cell.
  private static func table(_ first: String, _ second: String, _ rows: [(String, String)])
    -> String
  {
    let lines = rows.map { row in
      "| \(row.0.replacing("|", with: "\\|")) | \(row.1.replacing("|", with: "\\|")) |"
    }
    return (["| \(first) | \(second) |", "|---|---|"] + lines).joined(separator: "\n")
  }
}
