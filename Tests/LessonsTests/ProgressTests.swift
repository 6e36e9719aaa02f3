import Foundation
import Lessons
import Testing

/// What is kept between sessions, and what a class leaves behind.
@Suite struct ProgressTests {
  @Test("a lesson goes on where it was left, in another session")
  func place() throws {
    let folder = ScratchFolder()
    let state = folder.path + "/state/docket/lessons.txt"
    let first = Learner(state: state)
    _ = first.say("lesson shares")
    #expect(first.say("guess 70%").contains("too low"))
    let second = Learner(state: state)
    let heard = second.say("lesson shares")
    #expect(heard.contains("in the middle of this lesson"))
    #expect(!heard.contains("Residents here are 39% Black"))
    let mode = try FileManager.default.attributesOfItem(atPath: state)[.posixPermissions]
    #expect(mode as? Int == 0o600)
  }

  @Test("guesses are kept with what they were about, and told as they have come out")
  func calibration() throws {
    let folder = ScratchFolder()
    let state = folder.path + "/lessons.txt"
    let learner = Learner(state: state)
    _ = learner.say("lesson shares")
    _ = learner.say("guess 60%")
    _ = learner.say("lesson small-numbers")
    _ = learner.say("guess 50%..70%")
    let kept = Progress(path: state)
    #expect(kept.estimates.map(\.low) == [0.6, 0.5])
    #expect(kept.estimates.map(\.high) == [0.6, 0.7])
    #expect(abs(kept.estimates[0].actual - 0.81) < 1e-12)
    #expect(
      kept.calibration
        == "1 guess: 0 within a tenth of the figure, 1 too low, 0 too high. 1 of 1 ranges held the figure."
    )
  }

  @Test("a damaged file of progress costs what it says, not the session")
  func damage() throws {
    let folder = ScratchFolder()
    let state = try folder.write(
      "finished shares\nguess shares x y z\n\u{0}\nreached\nquiz 1\nfinished\n", to: "lessons.txt")
    let progress = Progress(path: state)
    #expect(progress.finished == ["shares"])
    #expect(progress.estimates.isEmpty)
  }

  @Test("commands that have nothing to be about say how to begin")
  func nothing() {
    let learner = Learner()
    for line in ["next", "hint", "guess 60%"] {
      #expect(learner.say(line).contains("error: there is nothing here for"))
    }
    #expect(learner.say("lesson nothing").contains("there is no lesson nothing"))
  }

  @Test("a class's record holds lines, errors and what mended them")
  func record() throws {
    let folder = ScratchFolder()
    let path = folder.path + "/class.md"
    let learner = Learner(record: path)
    _ = learner.say("lesson shares")
    _ = learner.say("share drgu gun=yes")
    _ = learner.say("share drug gun=yes")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.contains("2. `share drgu gun=yes`\n   - error `unknown-cohort`"))
    #expect(text.contains("- then: `share drug gun=yes`"))
    #expect(text.hasSuffix("## Errors\n\n- `unknown-cohort`: 1\n"))
  }
}
