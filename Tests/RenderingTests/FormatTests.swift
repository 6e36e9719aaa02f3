import Columns
import Engine
import Foundation
import Testing

@testable import Rendering

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct FormatTests {
  @Test("The formats are those of the command line, each found by its name and its file ending")
  func catalogue() {
    #expect(
      Set(TestPages.formats) == [
        "table", "plain", "csv", "tsv", "json", "jsonl", "markdown", "html", "svg",
      ])
    #expect(Set(TestPages.formats).count == FormatCatalogue.all.count)
    #expect(FormatCatalogue.format(named: "CSV")?.name == "csv")
    #expect(FormatCatalogue.format(named: "md")?.name == "markdown")
    #expect(FormatCatalogue.format(named: "xlsx") == nil)
    #expect(FormatCatalogue.format(ofFile: "a.b/answer.HTML")?.name == "html")
    #expect(FormatCatalogue.format(ofFile: "a.csv/answer") == nil)
  }

  @Test("No line is wider than the page, in any script and at any width", arguments: 20...120)
  func widths(width: Int) {
    for format in ["table", "plain"] {
      for ascii in [false, true] {
        let style = Style(width: width, ascii: ascii)
        let pages =
          TestPages.answers.map { TestPages.text(format, $0, style) }
          + [TestPages.text(format, Samples.page, style)]
        for line in pages.joined().split(separator: "\n") {
          #expect(line.cells <= width, "\(format), \(width): \(line)")
          #expect(line.last != " ")
          if ascii { #expect(line.utf8.allSatisfy { $0 < 0x7F }) }
        }
      }
    }
  }

  @Test("Control characters of the data reach no page")
  func control() {
    for format in TestPages.formats {
      let text = TestPages.text(format, TestPages.wide)
      let forbidden = text.unicodeScalars.filter {
        ($0.properties.generalCategory == .control && $0 != "\n") || $0 == "\u{202E}"
      }
      // Data formats hold the data as it is: CSV and TSV quote it, JSON escapes it.
      if !["csv", "tsv", "jsonl", "json"].contains(format) { #expect(forbidden.isEmpty) }
      if format.hasPrefix("json") { #expect(!text.utf8.contains(0x1B)) }
    }
  }

  @Test("Every document ends with one line break")
  func endings() {
    for format in TestPages.formats {
      for text in TestPages.answers.map({ TestPages.text(format, $0) })
        + [TestPages.text(format, Samples.page)] where !text.isEmpty
      {
        #expect(text.hasSuffix("\n"))
        #expect(!text.hasSuffix("\n\n"), "\(format): \(text)")
      }
    }
  }

  @Test("Plain text says signs in words, one figure a line")
  func plain() {
    let expected = """
      share of buybust: 81.0%, 95% interval 75.0% to 85.8%, 162 of 200 defendants
      share of kcmo-jackson: 39.0%
      disparity index: 2.08, 95% interval 1.92 to 2.20, at most 2.56 with this population
      """
    #expect(TestPages.text("plain", Samples.flagship).contains(expected))
    let rows = TestPages.text("plain", Samples.byRace)
    #expect(rows.contains("race Black, n 134,221, share filed 60.0%, 95% interval 59.7% to 60.3%"))
    #expect(rows.contains("n masked, share filed less than 0.1%"))
    #expect(rows.contains("Counted: race unknown 7, 12 not known to belong, unit case"))
    let chart = TestPages.text("plain", Samples.answer(with: Samples.intervals))
    #expect(chart.contains("jackson: 3.45, interval 3.19 to not reached\n"))
  }

  @Test("Markdown has tables, and signs of its own are escaped")
  func markdown() {
    let text = TestPages.text("markdown", Samples.flagship)
    let expected = """
      | figure | value | 95% interval | remark |
      | --- | ---: | ---: | --- |
      | share of buybust | 81.0% | 75.0% – 85.8% | 162 of 200 defendants |
      """
    #expect(text.contains(expected))
    #expect(text.contains("- **Caution:** buybust is 18 and over;"))
    #expect(text.contains("Methods: Wilson score interval (Wilson 1927)\n\nReceipt: `7F3A-91C2`\n"))
    #expect(Markdown.escaped("a|b *c* <d> _e_") == "a\\|b \\*c\\* \\<d\\> \\_e\\_")
    #expect(Markdown.escaped("# no heading") == "\\# no heading")
  }

  @Test("A picture is well-formed XML with a title, a description and no script")
  func svg() throws {
    for answer in TestPages.answers {
      let text = TestPages.text("svg", answer)
      #expect(XMLParser(data: Data(text.utf8)).parse(), "\(text)")
      #expect(text.contains("role=\"img\""))
      #expect(text.contains("<title id="))
      #expect(text.contains("<desc id="))
      #expect(!text.contains("<script"))
    }
    let bars = TestPages.text("svg", Samples.answer(with: Samples.bars))
    #expect(bars.contains("Black 54.0%, White 42.0%, Other 4.0%, unknown none"))
    #expect(bars.contains("To compare with: 39.0%"))
  }

  @Test("A web page needs nothing else, escapes its text and has headers that can be announced")
  func html() {
    for answer in TestPages.answers {
      let text = TestPages.text("html", answer)
      #expect(text.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
      for word in ["<script", "<link", "src=", "@import", "url("] { #expect(!text.contains(word)) }
      // Between the tags of the head that have no end, the rest is well-formed.
      let body = text.split(separator: "<main>")[1].split(separator: "</main>")[0]
      #expect(XMLParser(data: Data("<main>\(body)</main>".utf8)).parse(), "\(body)")
    }
    let table = TestPages.text("html", Samples.byRace)
    #expect(table.contains("<th scope=\"col\" class=\"number\">n</th>"))
    #expect(table.contains("<th scope=\"row\">Native, &quot;other&quot;</th>"))
    #expect(table.contains("<td class=\"number\">&lt;0.1%</td>"))
    let chart = TestPages.text("html", Samples.answer(with: Samples.bars))
    #expect(chart.contains("Cases fell &amp; rose."))
    #expect(chart.contains("<figure><svg"))
  }
}
