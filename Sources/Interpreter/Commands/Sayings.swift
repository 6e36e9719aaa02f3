import Engine
import Syntax
import Verbs

/// What may be said of an answer and what may not, in sentences to pass on.
enum Sayings {
  static func saying(_ answer: Answer, _ question: Question) -> Saying {
    Saying(say: say(answer), avoid: avoid(answer, question))
  }

  /// The first sentence, with the interval of the figure it is about.
  private static func say(_ answer: Answer) -> String {
    let sentence = answer.sentences.first ?? Words.sentence(answer.words) + "."
    guard let figure = answer.mainFigure, figure.group.isEmpty, let low = figure.low,
      let high = figure.high, let level = figure.level
    else { return sentence }
    return sentence + " The \(Numbers.level(level)) interval of the \(figure.label) is "
      + "\(Numbers.text(low, figure.form)) to \(Numbers.text(high, figure.form))."
  }

  private static func avoid(_ answer: Answer, _ question: Question) -> String {
    let group = question.conditions.last?.wording.people ?? "the group"
    let event = question.conditions.first?.wording.with ?? "the event"
    switch answer.verb {
    case "count", "total", "rank", "stock":
      return "That there is so much of it: these are records, and records grow with recording."
    case "share":
      return "That this part of \(group) are in \(question.cohort?.name ?? "it"): "
        + "the share of a group among cases is not the share of the group that has one."
    case "rate", "check":
      return "That the decision was right or wrong: a rate says how often, not for what reason."
    case "ratio":
      return "That \(group) commit or suffer this so many times as often, or that it is because of "
        + "race: the index divides shares, and does not say why."
    case "gap", "flow":
      return
        "That one group has more of \(event) because of what it is: the groups differ in other "
        + "things too."
    case "trend", "time":
      return "That a date, a rule or a person caused the change: other things changed as well."
    case "table":
      return "That one field leads to the other: they go together, and nothing more is shown."
    case "claim":
      return "That the number is right: it was worked out so, which is another thing."
    default:
      return "More than the rows hold: they are what was recorded."
    }
  }
}
