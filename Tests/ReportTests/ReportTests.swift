import Foundation
import FoundationXML
import Testing

/// Reports: one page of a script's answers, made again and compared.
@Suite struct ReportTests {
  private func made(
    _ folder: ScriptFolder, _ arguments: [String] = [], to name: String = "report.html"
  ) throws -> String {
    let run = try Program.run(["run", "small.docket"] + arguments + ["-o", name], in: folder.path)
    #expect(run.code == 0, "\(run.errors)")
    return try folder.read(name)
  }

  @Test("a report needs no other file, and runs no script")
  func selfContained() throws {
    let page = try made(try ScriptFolder())
    for word in ["<script", "src=", "@import", "url(", "<link", "<iframe", "javascript:"] {
      #expect(!page.contains(word), "\(word)")
    }
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(page.contains("<strong>not</strong>"))
  }

  @Test("a report is well-formed, with headings in order and headers for every table")
  func structure() throws {
    let page = try made(try ScriptFolder())
    // The page is XML but for its doctype and the elements that HTML leaves open.
    let text = page.replacing("<!DOCTYPE html>\n", with: "").replacing("<br>", with: "<br/>")
      .replacing(#/<meta ([^>]*)>/#) { "<meta \($0.output.1)/>" }
    let document = try XMLDocument(data: Data(text.utf8))
    let root = try #require(document.rootElement())
    #expect(root.attribute(forName: "lang")?.stringValue == "en")
    let headings = try root.nodes(forXPath: "//h1|//h2|//h3").compactMap(\.stringValue)
    #expect(headings.first == "Cases of 2019")
    #expect(try root.nodes(forXPath: "//h1").count == 1)
    #expect(
      headings.contains("Methods") && headings.contains("Data") && headings.contains("Script"))
    #expect(try root.nodes(forXPath: "//table[not(thead/tr/th[@scope='col'])]").isEmpty)
    #expect(try root.nodes(forXPath: "//svg[not(@role='img')]").isEmpty)
    let ids = try root.nodes(forXPath: "//@id").compactMap(\.stringValue)
    #expect(ids.count == Set(ids).count)
    let script = try root.nodes(forXPath: "//pre[@id='script']").first?.stringValue
    #expect(script == "\n" + ScriptFolder.usual)
  }

  @Test("words of a report hold figures of named answers and the values of parameters")
  func figuresInWords() throws {
    let page = try made(try ScriptFolder())
    // 40 of 60; Wilson interval by statsmodels 0.14: 0.5407 to 0.7727.
    #expect(page.contains("<p>66.7% were filed: 40 of 60, 54.1% to 77.3%.</p>"))
    let other = try made(try ScriptFolder(), ["year=2020"])
    #expect(other.contains("<h1>Cases of 2020</h1>"))
    #expect(other.contains("<p>50.0% were filed: 30 of 60, 37.7% to 62.3%.</p>"))
  }

  @Test(
    "the same script and data make the same page, and it verifies", arguments: ["2019", "2020"])
  func verifies(_ year: String) throws {
    let folder = try ScriptFolder()
    let first = try made(folder, ["year=\(year)"])
    #expect(first == (try made(folder, ["year=\(year)"], to: "again.html")))
    let run = try Program.run(["verify", "report.html"], in: folder.path)
    #expect(run.code == 0)
    #expect(run.output.contains("report.html is as it was: 2 answers are the same"))
  }

  @Test("a report verifies beside its data in another folder")
  func moved() throws {
    let folder = try ScriptFolder()
    _ = try made(folder)
    let run = try Program.run(["verify", folder.path + "/report.html"], in: "/")
    #expect(run.code == 0, "\(run.output)\(run.errors)")
  }

  @Test("a changed figure, word, value or byte of data is told, with exit code 5")
  func changes() throws {
    let folder = try ScriptFolder()
    let page = try made(folder, ["year=2019"])
    func verdict(_ expected: String) throws {
      let run = try Program.run(["verify", "report.html"], in: folder.path)
      #expect(run.code == 5)
      #expect(run.output.contains(expected), "\(run.output)")
    }
    try folder.write(page.replacing("66.7%", with: "68.7%"), to: "report.html")
    try verdict("the page was changed after it was made, first in line")
    try folder.write(page.replacing(">2019</dd>", with: ">2020</dd>"), to: "report.html")
    try verdict("`share cases filed=yes in 2020` is asked now, and was not before")
    try folder.write(page, to: "report.html")
    try folder.write(ScriptFolder.cases.replacing("0,2019", with: "9,2019"), to: "cases.csv")
    try verdict("cases is not the same file")
  }

  @Test("the day stands on a report where one is named, and is kept when it is verified")
  func day() throws {
    let folder = try ScriptFolder()
    let run = try Program.run(
      ["run", "small.docket", "-o", "report.html"], in: folder.path,
      environment: ["SOURCE_DATE_EPOCH": "1606176000"])
    #expect(run.code == 0)
    // 1606176000 is 2020-11-24 00:00 UTC (date -u -d @1606176000).
    #expect(try folder.read("report.html").contains("<time datetime=\"2020-11-24\">"))
    #expect(try Program.run(["verify", "report.html"], in: folder.path).code == 0)
  }

  @Test("Markdown and JSON hold the same answers, methods, data and script")
  func otherFormats() throws {
    let folder = try ScriptFolder()
    let page = try made(folder, ["--report"], to: "report.md")
    #expect(page.hasPrefix("# Cases of 2019\n"))
    for part in ["**not** filed", "## Methods", "## Data", "sha256:", "param year = 2019"] {
      #expect(page.contains(part), "\(part)")
    }
    let text = try made(folder, ["--report"], to: "report.json")
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect((json["items"] as? [[String: Any]])?.count == 6)
    #expect((json["script"] as? [String: Any])?["text"] as? String == ScriptFolder.usual)
  }

  @Test("a page that is no report, and one that is not there, are refused")
  func notAReport() throws {
    let folder = try ScriptFolder()
    try folder.write("<html></html>", to: "page.html")
    #expect(try Program.run(["verify", "page.html"], in: folder.path).code == 2)
    #expect(try Program.run(["verify", "nothing.html"], in: folder.path).code == 1)
  }

  @Test("a script that stops leaves no report, and says where")
  func stops() throws {
    let folder = try ScriptFolder(
      script: ScriptFolder.usual + "\nexpect share cases filed=yes between 1% and 2%\n")
    let run = try Program.run(["run", "small.docket", "-o", "report.html"], in: folder.path)
    #expect(run.code == 5)
    #expect(run.errors.contains("small.docket:16:"), "\(run.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/report.html"))
  }
}
