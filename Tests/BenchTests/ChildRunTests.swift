import Testing

@testable import bench

@Suite("Programs that are measured")
struct ChildRunTests {
  @Test("what a program reads, writes and ends with comes back")
  func run() throws {
    let run = try ChildRun(
      ["sh", "-c", "cat; echo $WORD; echo oh >&2; exit 3"], input: "in\n",
      environment: ["WORD": "out"])
    #expect(run.output == "in\nout\n")
    #expect(run.status == 3)
    #expect(run.complaint == "oh\n")
    #expect(run.usage.peakBytes > 0)
  }

  @Test("a program that is not there is a problem, not an answer")
  func notThere() {
    #expect(throws: BenchProblem.self) { try ChildRun(["no-such-program-anywhere"]) }
  }

  @Test("a program that reads nothing of what it is given ends all the same")
  func readsNothing() throws {
    let run = try ChildRun(["true"], input: String(repeating: "x", count: 1 << 20))
    #expect(run.status == 0)
  }

  @Test(
    "answers that come one after the other have times; of two that come at once only the last has one"
  )
  func answerTimes() throws {
    let receipt = #"printf '  "receipt": "A" }\n'"#
    let apart = try ChildRun(["sh", "-c", "\(receipt); sleep 0.3; \(receipt)"])
    let times = apart.answerTimes.compactMap(\.self)
    #expect(times.count == 2 && times[0] < times[1])
    let together = try ChildRun(
      ["sh", "-c", #"printf '  "receipt": "A" }\n  "receipt": "B" }\n'"#])
    #expect(together.answerTimes.count == 2)
    #expect(together.answerTimes[0] == nil && together.answerTimes[1] != nil)
  }

  @Test("answers below each other are told apart by their receipts")
  func answers() {
    let text = """
      { "docket": 1,
        "receipt": "A" }
      { "docket": 1,
        "receipt": "B" }

      """
    #expect(
      Docket.answers(in: text) == [
        "{ \"docket\": 1,\n  \"receipt\": \"A\" }\n", "{ \"docket\": 1,\n  \"receipt\": \"B\" }\n",
      ])
  }

  @Test("the middle of times, and the mean of ratios")
  func means() {
    #expect([3.0, 1, 2].median == 2)
    #expect([4.0, 1, 2, 3].median == 2.5)
    #expect([Double]().median.isNaN)
    #expect(abs([0.5, 2, 8].geometricMean - 2) < 1e-12)
  }
}
