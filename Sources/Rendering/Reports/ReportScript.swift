/// What a report's page says about how it was made: enough to make it again.
package struct ReportScript: Hashable, Sendable {
  package let script: Report.Script
  package let version: String
  package let date: String?
  /// Question and receipt of each answer, in order.
  package let answers: [Report.Parameter]
  /// Name and fingerprint of the data and of the scripts that were run.
  package let sources: [Report.Parameter]

  /// Reads the page; nothing where it is no report.
  package init?(html page: String) {
    guard let name = ReportScript.first(#/<pre id="script" data-file="([^"]*)">\n/#, in: page),
      let start = page.firstMatch(of: #/<pre id="script" data-file="[^"]*">\n/#),
      let end = page.range(of: "</pre>", from: start.range.upperBound)
    else { return nil }
    let values = page.matches(of: #/<dd class="parameter" data-name="([^"]*)">([^<]*)<\/dd>/#)
    script = Report.Script(
      name: ReportScript.plain(name),
      text: ReportScript.plain(String(page[start.range.upperBound..<end.lowerBound])),
      parameters: values.map {
        .init(ReportScript.plain(String($0.output.1)), ReportScript.plain(String($0.output.2)))
      })
    version =
      ReportScript.first(#/<meta name="generator" content="docket ([^"]*)">/#, in: page)
      .map(ReportScript.plain) ?? ""
    date = ReportScript.first(#/<time datetime="([^"]*)">/#, in: page)
    answers = ReportScript.pairs(
      #/data-question="([^"]*)" data-receipt="([^"]*)"/#, in: page)
    sources = ReportScript.pairs(
      #/<code class="fingerprint" data-source="([^"]*)">([^<]*)<\/code>/#, in: page)
  }

  private static func first(_ pattern: Regex<(Substring, Substring)>, in page: String) -> String? {
    page.firstMatch(of: pattern).map { String($0.output.1) }
  }

  private static func pairs(
    _ pattern: Regex<(Substring, Substring, Substring)>, in page: String
  ) -> [Report.Parameter] {
    page.matches(of: pattern).map {
      .init(plain(String($0.output.1)), plain(String($0.output.2)))
    }
  }

  /// A script's text with the signs of markup escaped, and nothing else changed.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\r": result += "&#13;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func plain(_ text: String) -> String {
    [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#13;", "\r"),
      ("&amp;", "&"),
    ]
    .reduce(text) { $0.replacing($1.0, with: $1.1) }
  }
}

extension String {
  fileprivate func range(of text: String, from start: Index) -> Range<Index>? {
    self[start...].firstRange(of: text)
  }
}

extension ReportScript {
  /// What is otherwise on the page that the script makes now; empty where it is the same page.
  package static func changes(from page: String, to now: String) -> [String] {
    guard page != now else { return [] }
    guard let before = ReportScript(html: page), let after = ReportScript(html: now) else {
      return ["the page is no report"]
    }
    var changes: [String] = []
    if before.version != after.version {
      changes.append("made by docket \(before.version), run again by \(after.version)")
    }
    for source in after.sources {
      guard let old = before.sources.first(where: { $0.name == source.name }) else {
        changes.append("\(source.name) is read now, and was not before")
        continue
      }
      if old.value != source.value { changes.append("\(source.name) is not the same file") }
    }
    for answer in after.answers {
      guard let old = before.answers.first(where: { $0.name == answer.name }) else {
        changes.append("`\(answer.name)` is asked now, and was not before")
        continue
      }
      if old.value != answer.value {
        changes.append(
          "`\(answer.name)` has another answer: receipt \(old.value), now \(answer.value)")
      }
    }
    return changes.isEmpty ? [firstLine(page, now)] : changes
  }

  /// Same data and receipts, other words: the page was changed after it was made.
  private static func firstLine(_ page: String, _ now: String) -> String {
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    let others = now.split(separator: "\n", omittingEmptySubsequences: false)
    let number = zip(lines, others).prefix { $0 == $1 }.count
    return "the page was changed after it was made, first in line \(number + 1)"
  }
}
