import Engine

extension Report {
  /// The report as one page that needs no other file: no script, no outside resource, readable on a
  /// phone and on paper. The same report is the same page, byte for byte.
  package var html: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="generator" content="docket \(Markup.escaped(version))">
    <title>\(Markup.escaped(title))</title>
    <style>
    \(ReportStyle.sheet)
    </style>
    </head>
    <body>
    <main>
    \(body)
    </main>
    </body>
    </html>

    """
  }

  private var body: String {
    var parts = [Markup.element("h1", [], Markup.escaped(title))]
    if let date {
      parts.append(
        Markup.element(
          "p", [("class", "made")],
          "Made on " + Markup.element("time", [("datetime", date)], Markup.escaped(date))))
    }
    parts += shownItems
    parts.append(methodSection)
    parts.append(dataSection)
    parts.append(scriptSection)
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// Headings, words and answers; the heading that became the title is not repeated.
  private var shownItems: [String] {
    var parts: [String] = []
    var number = 0
    var needsTitle = true
    for item in items {
      switch item {
      case .answer(let answer):
        number += 1
        parts.append(ReportSection(answer, number: number).html)
      case .page(let page):
        for block in page.blocks {
          if case .heading(let words) = block, needsTitle, words == title {
            needsTitle = false
          } else {
            parts.append(Report.html(of: block))
          }
        }
      }
    }
    return parts
  }

  private static func html(of block: Page.Block) -> String {
    switch block {
    case .heading(let words): Markup.element("h2", [], Markup.escaped(words))
    case .note(let text): MarkdownNote(text).html
    default: Page([block]).htmlSection
    }
  }

  private var methodSection: String {
    guard !methods.isEmpty else { return "" }
    let items = methods.map {
      Markup.element("dt", [], Markup.escaped($0.name))
        + Markup.element("dd", [], Markup.escaped($0.reference))
    }
    return Report.section("Methods", Markup.element("dl", [], items.joined(separator: "\n")))
  }

  private var dataSection: String {
    let cards = (sources + definitions).map { source in
      Markup.element("dt", [], Markup.escaped(source.name))
        + Markup.element(
          "dd", [],
          [
            source.card.isEmpty ? "" : Markup.escaped(source.card) + "<br>",
            Markup.element(
              "code", [("class", "fingerprint"), ("data-source", source.name)],
              Markup.escaped(source.fingerprint)),
          ].joined())
    }
    guard !cards.isEmpty else { return "" }
    return Report.section("Data", Markup.element("dl", [], cards.joined(separator: "\n")))
  }

  private var scriptSection: String {
    let values = script.parameters.map {
      Markup.element("dt", [], Markup.escaped($0.name))
        + Markup.element(
          "dd", [("class", "parameter"), ("data-name", $0.name)], Markup.escaped($0.value))
    }
    var parts = [
      Markup.element(
        "p", [],
        "This page was made by docket \(Markup.escaped(version)) from the script below. "
          + "<code>docket verify</code> with this file runs it again and says whether everything is as it was."
      )
    ]
    if !values.isEmpty {
      parts.append(Markup.element("dl", [("class", "parameters")], values.joined(separator: "\n")))
    }
    parts.append(
      Markup.element(
        "pre", [("id", "script"), ("data-file", script.name)],
        "\n" + ReportScript.escaped(script.text)))
    parts.append(
      Markup.element(
        "p", [("class", "receipt")],
        "Receipt of the report: " + Markup.element("code", [("id", "receipt")], receipt)))
    return Report.section("Script", parts.joined(separator: "\n"))
  }

  private static func section(_ title: String, _ content: String) -> String {
    Markup.element(
      "section", [("class", "appendix")],
      "\n" + Markup.element("h2", [], Markup.escaped(title)) + "\n" + content + "\n")
  }
}

/// One answer in a report.
private struct ReportSection {
  let answer: Answer
  let number: Int

  init(_ answer: Answer, number: Int) {
    self.answer = answer
    self.number = number
  }

  private var id: String { "answer-\(number)" }

  var html: String {
    let heading = answer.sentences.first ?? Words.sentence(answer.words)
    var parts = [Markup.element("h3", [("id", "\(id)-title")], Markup.escaped(heading))]
    parts += answer.stops.map { $0.html("p", [("class", "stop")]) }
    parts += answer.sentences.dropFirst().map { Markup.element("p", [], Markup.escaped($0)) }
    for (index, block) in answer.shownBlocks.enumerated() {
      parts.append(shown(block, id: "\(id)-\(index + 1)", label: "Figures \(number).\(index + 1)"))
    }
    let items = answer.countedItems(dash: "–")
    if !items.isEmpty {
      parts.append(
        Markup.element("p", [("class", "counted")], Markup.escaped(items.joined(separator: " · "))))
    }
    let cautions = answer.laterCautions.map { $0.html("li", []) }
    if !cautions.isEmpty {
      parts.append(Markup.element("ul", [("class", "cautions")], cautions.joined(separator: "\n")))
    }
    parts += answer.remarks.map { Markup.element("p", [("class", "remark")], Markup.escaped($0)) }
    parts.append(
      Markup.element(
        "p", [("class", "receipt")],
        Markup.element("code", [], Markup.escaped(answer.question)) + " · receipt "
          + Markup.escaped(answer.receipt)))
    return Markup.element(
      "section",
      [
        ("class", "answer"), ("id", id), ("aria-labelledby", "\(id)-title"),
        ("data-question", answer.question), ("data-receipt", answer.receipt),
      ], "\n" + parts.joined(separator: "\n") + "\n")
  }

  /// Tables wider than a phone scroll by themselves, and can be reached by the keyboard.
  private func shown(_ block: Block, id: String, label: String) -> String {
    switch block {
    case .figures, .table:
      Markup.element(
        "div",
        [("class", "wide"), ("role", "region"), ("tabindex", "0"), ("aria-label", label)],
        "\n" + block.html(id: id) + "\n")
    case .chart, .text: block.html(id: id)
    }
  }
}
