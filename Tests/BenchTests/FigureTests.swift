import ArgumentParser
import Testing

@testable import bench

@Suite("Answers held against each other")
struct FigureTests {
  private let names = ["race", "n"]
  private let ours = Figures([
    [.text("Black"), .number(4512)], [.text("White"), .number(3801)], [.missing, .number(12)],
  ])

  private func theirs(_ json: String) throws -> Figures {
    try #require(Figures(json: json, names: names))
  }

  @Test(
    "the order of rows, an empty text for what is missing and numbers as texts make no difference")
  func same() throws {
    let other = try theirs(
      #"[{"n":"12","race":""},{"race":"White","n":3801},{"race":"Black","n":4512.0}]"#)
    #expect(ours.difference(from: other) == nil)
  }

  @Test("one figure that is off by one is a difference, and it is named")
  func wrongFigure() throws {
    let other = try theirs(
      #"[{"race":"Black","n":4511},{"race":"White","n":3801},{"race":null,"n":12}]"#)
    #expect(ours.difference(from: other) == "Black · 4512, not Black · 4511")
  }

  @Test("a figure under another label is a difference, even where all numbers are the same")
  func wrongLabel() throws {
    let other = try theirs(
      #"[{"race":"White","n":4512},{"race":"Black","n":3801},{"race":null,"n":12}]"#)
    #expect(ours.difference(from: other) != nil)
  }

  @Test("a row that is not there is a difference")
  func rowLeftOut() throws {
    let other = try theirs(#"[{"race":"Black","n":4512},{"race":"White","n":3801}]"#)
    #expect(ours.difference(from: other) == "3 rows, not 2")
    #expect(other.difference(from: ours) == "2 rows, not 3")
    #expect(ours.difference(from: Figures([])) == "3 rows, not 0")
  }

  @Test("a number is the same to nine digits", arguments: [(1e-10, true), (1e-8, false)])
  func digits(error: Double, agrees: Bool) {
    let sum = 30_203_019.17
    let own = Figures([[.number(sum)]])
    #expect((own.difference(from: Figures([[.number(sum * (1 + error))]])) == nil) == agrees)
  }

  @Test("a code that looks like a number keeps no leading zero, and words are no numbers")
  func cells() {
    #expect(Figures.Cell(json: "2015-01") == .text("2015-01"))
    #expect(Figures.Cell(json: "nan") == .text("nan"))
    #expect(Figures.Cell(json: "D100") == .text("D100"))
    #expect(Figures.Cell(json: "-1.5e3") == .number(-1500))
  }

  @Test("text that is no JSON, or lacks a name, is no answer")
  func unreadable() {
    #expect(Figures(json: "killed", names: names) == nil)
    #expect(Figures(json: #"[{"race":"Black"}]"#, names: names) == nil)
  }

  @Test("an answer that differs is named in the verdict and ends the bench with code 1")
  func verdict() throws {
    let verdicts = Verdicts()
    let wrong = Figures([[.text("Black"), .number(1)]])
    #expect(verdicts.judge("count", ours, [(name: "DuckDB", figures: ours)]) == "yes")
    try verdicts.close()
    let words = verdicts.judge(
      "count", ours, [(name: "DuckDB", figures: ours), (name: "Polars", figures: wrong)])
    #expect(words == "**not with Polars**")
    #expect(throws: ExitCode(1)) { try verdicts.close() }
  }

  @Test("no answer, or one that can't be read, is no agreement")
  func noAnswer() {
    let verdicts = Verdicts()
    #expect(verdicts.judge("count", nil, [(name: "DuckDB", figures: ours)]) == "**no answer**")
    #expect(
      verdicts.judge("count", ours, [(name: "DuckDB", figures: nil)]) == "**not with DuckDB**")
    #expect(throws: ExitCode(1)) { try verdicts.close() }
  }
}

@Suite("Figures in Docket's JSON")
struct ReadingTests {
  private let answer = """
    { "figures": [
        {"id": "share", "value": 0.5, "n": 3, "of": 6, "group": {}},
        {"id": "adjusted-difference", "value": -0.25, "n": null, "of": null, "group": {}}],
      "table": {"columns": [{"name": "place"}, {"name": "first"}, {"name": "of"}, {"name": "of "}],
        "rows": [["East Oak", 0.5, 6, 8], [null, 0.25, 4, 2]]} }
    """

  @Test("columns are found by their names, and a figure is put behind each row")
  func table() throws {
    let figures = try #require(
      Reading.table(["place", "of ", "first"], figure: "adjusted-difference").figures(in: answer))
    #expect(
      figures.rows == [
        [.text("East Oak"), .number(8), .number(0.5), .number(-0.25)],
        [.missing, .number(2), .number(0.25), .number(-0.25)],
      ])
  }

  @Test("members of a figure make a row")
  func figure() {
    #expect(
      Reading.figure("share", ["n", "of"]).figures(in: answer)?.rows == [[.number(3), .number(6)]])
  }

  @Test("a column or a figure that is not there is no answer")
  func missing() {
    #expect(Reading.table(["race"]).figures(in: answer) == nil)
    #expect(Reading.figure("count", ["value"]).figures(in: answer) == nil)
    #expect(Reading.table(["place"]).figures(in: "error") == nil)
  }
}
