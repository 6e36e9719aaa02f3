import Glibc
import Testing

@testable import LineEditing

@Suite("The parts of line editing that need no terminal")
struct LineEditingTests {
  init() {
    CharacterEncoding.adopt()
  }

  private func value(_ insert: String, _ detail: String = "", kind: String = "values") -> Completion
  {
    Completion(insert: insert, kind: kind, detail: detail, replacing: 0..<2)
  }

  @Test("completions share as much as lengthens what is typed, whatever its case")
  func commonPrefix() {
    let both = [value("Black"), value("Blank")]
    #expect(Completion.commonPrefix(of: both, lengthening: "bl") == "Bla")
    #expect(Completion.commonPrefix(of: both, lengthening: "Bla") == nil)
    #expect(Completion.commonPrefix(of: [value("Black")], lengthening: "black") == "Black")
    #expect(Completion.commonPrefix(of: [value("Black")], lengthening: "Black") == nil)
    let quoted = [value("\"Native American\""), value("\"Native Hawaiian\"")]
    #expect(Completion.commonPrefix(of: quoted, lengthening: "na") == nil)
    #expect(
      Completion.commonPrefix(of: Array(quoted.prefix(1)), lengthening: "na")
        == "\"Native American\"")
    let elsewhere = Completion(insert: "Blare", kind: "values", replacing: 1..<2)
    #expect(Completion.commonPrefix(of: both + [elsewhere], lengthening: "bl") == nil)
  }

  @Test("the list stands in columns under its kinds and fits the width")
  func list() {
    let values = [value("Black", "134,221"), value("White", "89,981"), value("Asian", "1,204")]
    let verb = value("rank", kind: "verbs")
    let wide = CompletionList(completions: values + [verb], width: 60, height: 10)
    #expect(
      wide.rows() == ["values  Black 134,221   White 89,981    Asian 1,204", "verbs   rank"])
    let narrow = CompletionList(completions: values, width: 24, height: 10)
    #expect(
      narrow.rows() == ["values  Black 134,221", "        White 89,981", "        Asian 1,204"])
  }

  @Test("a list that is higher than the screen says how many it leaves out")
  func longList() {
    let values = (1...100).map { value("v\($0)") }
    let list = CompletionList(completions: values, width: 12, height: 4)
    #expect(list.rows() == ["values  v1", "        v2", "        v3", "… and 97 mo…"])
  }

  @Test("a completion that is wider than the screen is cut")
  func wideCompletion() {
    let list = CompletionList(
      completions: [value("a very long value indeed")], width: 20, height: 5)
    #expect(list.rows() == ["values  a very long…"])
  }

  @Test(
    "a paste keeps its lines and loses control characters and the last line break",
    arguments: [
      ("a\r\nb\rc\nd\n", "a\nb\nc\nd"), ("a\n\nb", "a\n\nb"),
      ("a\u{1B}[31m\u{7F}b\u{9B}", "a[31mb"),
      ("a\tb\r\n", "a\tb"), ("", ""),
    ])
  func paste(pasted: String, inserted: String) {
    #expect(BracketedPaste.cleaned(Array(pasted.unicodeScalars)) == inserted)
  }

  @Test(
    "a history line reads back as it was written",
    arguments: [
      "count drug", "card a\n\tunit \"case\"\nend", "back\\slash \u{01} é 日本 👩‍👧", "",
    ])
  func historyLine(text: String) {
    let line = HistoryLine(time: 1_700_000_000, text: text)
    #expect(!line.json.contains("\n"))
    #expect(HistoryLine(json: line.json) == line)
  }

  @Test(
    "a line that is no history line is left out",
    arguments: [
      "", "{}", "{\"time\":1,\"text\":\"a", "{\"time\":x,\"text\":\"a\"}",
      "{\"time\":1,\"text\":\"\\q\"}",
      "{\"time\":1,\"text\":\"\\u00\"}", "{\"time\":1}", "count",
    ])
  func damagedHistoryLine(line: String) {
    #expect(HistoryLine(json: line) == nil)
  }

  @Test("the history keeps no empty and no repeated statement, and skips damaged lines")
  func history() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/state/deep/history.jsonl"
    let first = StatementHistory(path: path)
    #expect(first.append("a", at: 1))
    #expect(!first.append("a", at: 2))
    #expect(!first.append("  \n", at: 3))
    #expect(!first.append(String(repeating: "x", count: 70_000), at: 4))
    #expect(first.append("b", at: 5))
    _ = folder.write((folder.contents(of: "state/deep/history.jsonl") ?? "") + "{\"ti", to: "h")
    #expect(StatementHistory(path: folder.path + "/h").statements == ["a", "b"])
    #expect(StatementHistory(path: path).statements == ["a", "b"])
  }

  @Test("a history file that has grown too long loses its oldest lines")
  func longHistory() throws {
    let folder = try TemporaryFolder()
    let count = 2 * StatementHistory.limit + 1
    let lines = (1...count).map { HistoryLine(time: $0, text: "s\($0)").json + "\n" }
    let path = folder.write(lines.joined(), to: "h")
    let history = StatementHistory(path: path)
    #expect(history.statements.count == StatementHistory.limit)
    #expect(history.statements.last == "s\(count)")
    let kept = try #require(folder.contents(of: "h"))
    #expect(kept.split(separator: "\n").count == StatementHistory.limit)
    #expect(kept.hasSuffix("\"s\(count)\"}\n"))
  }

  @Test("without a terminal, lines are put together until the statement is whole")
  func plainEditor() throws {
    let folder = try TemporaryFolder()
    let path = folder.write("count (\r\na)\nhelp\nnote (\nhelp\nlast (", to: "in")
    let descriptor = open(path, O_RDONLY)
    defer { close(descriptor) }
    let editor = PlainLineEditor(
      reading: descriptor, showsPrompt: false, history: StatementHistory(path: nil))
    let guide = BracketGuide()
    let readings = (0..<5).map { _ in
      editor.readStatement(prompt: Prompt("> "), beginning: "", guide: guide)
    }
    #expect(
      readings == [
        .statement("count (\na)"), .statement("help"), .aside(question: "help", pending: "note ("),
        .statement("last (\n"), .endOfInput,
      ])
  }
}

/// A language of brackets, with `help` as a question inside of them.
private final class BracketGuide: Guide {
  func verdict(on text: String) -> Verdict {
    let isOpen = text.count { $0 == "(" } > text.count { $0 == ")" }
    guard isOpen else { return .whole }
    guard text.hasSuffix("\nhelp") else { return .open("(…") }
    return .aside(question: "help", pending: String(text.dropLast(5)))
  }

  func completions(of text: String, at cursor: Int) -> [Completion] { [] }
}
