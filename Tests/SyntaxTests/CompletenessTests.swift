import Syntax
import Testing

@Suite struct CompletenessTests {
  @Test(
    "a text that can run has nothing open",
    arguments: [
      "", "count drug", "count drug where (a=1)", "card d; unit case; end", "table [1 2; 3 4]",
      "population p from \"f\" where a=b", "count drug # (", "note \"(\"",
      "population p from \"f\"\n across race\n a=b\n end",
    ])
  func complete(_ text: String) {
    #expect(Completeness.open(in: text) == nil)
  }

  @Test(
    "what is open is named",
    arguments: [
      ("note \"a", "quote…"), ("count drug where (a=1", "(…"), ("table [1 2; 3", "[…"),
      ("card d", "card…"), ("stages of d\n filed on x", "stages…"), ("count drug \\", "\\…"),
      ("population p from \"f\"\n across race", "population…"),
      ("population p from \"f\" where a=b across race", "population…"),
      ("guideline g; allow x", "guideline…"),
    ])
  func open(_ text: String, _ expected: String) {
    #expect(Completeness.open(in: text) == expected)
  }

  @Test("no beginning of a statement over several lines can run before its end")
  func blocksWait() {
    for input in TranscriptInputs.all where input.text.contains("\n") {
      let lines = input.text.split(separator: "\n", omittingEmptySubsequences: false)
      for count in 1..<lines.count {
        let start = lines.prefix(count).joined(separator: "\n")
        #expect(Completeness.open(in: start) != nil, "\(input.file): \(start)")
      }
    }
  }
}
