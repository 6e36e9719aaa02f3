import Engine

extension Report {
  /// The report as Markdown.
  package var markdown: String {
    var parts = ["# " + Markdown.escaped(title)]
    if let date { parts.append("Made on " + date) }
    var needsTitle = true
    for item in items {
      switch item {
      case .answer(let answer): parts.append(Markdown.render(answer, style: Style()))
      case .page(let page):
        let blocks = page.blocks.filter { block in
          guard needsTitle, case .heading(let words) = block, words == title else { return true }
          needsTitle = false
          return false
        }
        parts.append(Markdown.render(Page(title: page.title, blocks), style: Style()))
      }
    }
    if !methods.isEmpty {
      parts.append("## Methods")
      parts.append(
        methods.map { "- **\(Markdown.escaped($0.name)):** " + Markdown.escaped($0.reference) }
          .joined(separator: "\n"))
    }
    let cards = (sources + definitions).map { source in
      "- **\(Markdown.escaped(source.name)):** "
        + (source.card.isEmpty ? "" : Markdown.escaped(source.card) + " ")
        + "`\(source.fingerprint)`"
    }
    if !cards.isEmpty { parts += ["## Data", cards.joined(separator: "\n")] }
    parts.append("## Script")
    if !script.parameters.isEmpty {
      parts.append(
        script.parameters.map { "- \(Markdown.escaped($0.name)): \(Markdown.escaped($0.value))" }
          .joined(separator: "\n"))
    }
    parts.append(Markdown.fenced(script.text))
    parts.append("Receipt of the report: `\(receipt)`")
    return parts.map(Report.withoutLastBreak).filter { !$0.isEmpty }
      .joined(separator: "\n\n") + "\n"
  }

  private static func withoutLastBreak(_ text: String) -> String {
    text.hasSuffix("\n") ? String(text.dropLast()) : text
  }

  /// The report as one JSON document: its answers and pages in order, and what it was made from.
  package var json: String {
    JSONValue.object([
      ("docket", .digits("1")), ("title", .text(title)), ("date", JSONValue(date)),
      (
        "items",
        .array(
          items.map { item in
            switch item {
            case .answer(let answer): answer.json
            case .page(let page): page.json
            }
          })
      ),
      (
        "script",
        .object([
          ("name", .text(script.name)), ("text", .text(script.text)),
          ("parameters", .object(script.parameters.map { ($0.name, .text($0.value)) })),
        ])
      ),
      (
        "definitions",
        .array(
          definitions.map {
            .object([("name", .text($0.name)), ("fingerprint", .text($0.fingerprint))])
          })
      ),
      ("receipt", .text(receipt)),
    ]).page
  }
}
