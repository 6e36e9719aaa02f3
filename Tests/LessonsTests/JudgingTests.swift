import Foundation
import Lessons
import Testing

/// What an exercise says about answers that are not the solution.
@Suite struct JudgingTests {
  /// A learner before one exercise without slips.
  private func learner(_ solution: String, _ ids: String = "") throws -> (Learner, ScratchFolder) {
    let folder = ScratchFolder()
    let data = Learner.root + "/examples/data/office.docket"
    _ = try folder.write(
      """
      data: \(data)

      exercise: What?
      solution: \(solution)
      \(ids.isEmpty ? "# All figures." : "figures: \(ids)")
      hint: Look.
      """, to: "one.lesson")
    let learner = Learner(folders: [folder.path])
    #expect(learner.say("lesson one").contains("Exercise. What?"))
    return (learner, folder)
  }

  @Test(
    "an answer is told apart by its figures",
    arguments: [
      ("share 162 of 200", "share 162 of 240", "Wrong denominator."),
      ("share 162 of 200", "share 38 of 200", "the other side"),
      ("share 162 of 200", "share 120 of 200", "Wrong group."),
      ("share buybust race=Black", "share drug race=Black", "Missing filter."),
      ("share drug race=Black", "share drug race=Black in 2019", "Too narrow."),
      ("share drugsample violence=yes", "share drug violence=yes", "Wrong cohort."),
      ("share buybust race=Black", "count buybust race=Black", "another kind of figure"),
      ("share drug gun=yes by method", "share drug gun=yes", "one for each method"),
      ("share drug gun=yes", "share drug gun=yes by method", "split by method"),
      ("share drug gun=yes by method", "share drug gun=yes by type", "The groups are others"),
      ("count drug in 2018", "count drug", "Missing filter."),
    ])
  func diagnosis(_ solution: String, _ asked: String, _ expected: String) throws {
    let (learner, _) = try learner(solution)
    let heard = learner.say(asked)
    #expect(heard.contains(expected), "\(heard)")
    #expect(!heard.contains("Right"))
  }

  @Test("another population is another comparison")
  func population() throws {
    let (learner, _) = try learner("ratio buybust race=Black vs kcmo-jackson", "index")
    #expect(learner.say("ratio buybust race=Black vs 30%").contains("behind `vs`"))
  }

  @Test("groups that change places are told")
  func places() throws {
    let (learner, _) = try learner("gap 40 of 73 vs 153 of 236", "difference")
    #expect(learner.say("gap 153 of 236 vs 40 of 73").contains("The other way round"))
  }

  @Test(
    "other words for the same figures are right",
    arguments: [
      ("share buybust race=Black", "share drug race=Black where method=buy-bust"),
      ("share buybust race=Black", "share 162 of 200"),
      ("share buybust race=Black", "share buybust by race"),
      ("count drug in 2019", "count referrals in 2019 where lead_category=drug"),
    ])
  func otherWords(_ solution: String, _ asked: String) throws {
    let (learner, _) = try learner(solution, solution.hasPrefix("count") ? "count" : "share")
    #expect(learner.say(asked).contains("Right, at the first try."))
  }

  @Test("a line that can't be answered is no try")
  func mistakes() throws {
    let (learner, _) = try learner("share 162 of 200")
    #expect(learner.say("share nothing race=Black").contains("error:"))
    #expect(learner.say("share 162 of 200").contains("Right, at the first try."))
  }
}
