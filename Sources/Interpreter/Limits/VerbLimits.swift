/// What the numbers of a verb cannot show, whatever the data.
enum VerbLimits {
  static func sentences(_ verb: String) -> [String] {
    switch verb {
    case "count", "total", "average", "median", "list", "sample", "missing": counting(verb)
    case "share", "rate", "ratio", "gap", "table": comparing(verb)
    default: others(verb)
    }
  }

  /// What holds of every number that rests on records.
  static let records =
    "The rows are what an agency recorded. What was not reported, not noticed or not written down is not in them."

  /// What an interval of a full count is not, so that the count is not read as a sample.
  static let fullCount =
    "These are all rows, not a sample: the interval is no margin of error of the count. It says how far chance alone would move such a number in another year that was otherwise the same."

  private static func counting(_ verb: String) -> [String] {
    switch verb {
    case "count":
      [
        "A count is of rows, or of the unit named: one event can make several rows, and one person several events.",
        "More rows can mean more events, more enforcement, or better recording. A count cannot tell these apart.",
      ]
    case "total":
      [
        "A total adds what is known: a row without a value adds nothing and is counted as unknown.",
        "A total alone has no comparison. Ask per what: per case, per person, per stage.",
      ]
    case "average":
      [
        "An average can be one that no case has, where a few very large values carry it. Look at the median and the spread.",
        "The interval says how steady the average is, not how alike the cases are.",
      ]
    case "median":
      [
        "Half lie below and half above: the median says nothing about how far.",
        "Medians of groups do not add up to the median of all.",
      ]
    case "list":
      ["Rows picked by hand show what can happen, not how often. `sample` draws at random."]
    case "sample":
      [
        "A random sample stands for its cohort within the interval said, and for nothing outside it.",
        "What is read by hand is as good as the reading: let two people read the same rows.",
      ]
    default: ["A missing value can be one that is not known, not asked or not written down."]
    }
  }

  private static func comparing(_ verb: String) -> [String] {
    switch verb {
    case "share":
      [
        "The share of a group among cases is not the share of the group that has a case: P(A given B) is not P(B given A).",
        "The interval is for chance alone. It does not cover wrong codes, missing rows or a change of rules.",
      ]
    case "rate":
      [
        "A rate is of those who reached the stage before. Who reached it is itself the outcome of decisions.",
        "A rate per head divides by residents, who are not everyone that could have been counted.",
      ]
    case "ratio":
      [
        "Residents are not everyone at risk of arrest: people come from elsewhere, and are in different places at different hours.",
        "The index has a ceiling of 1 ÷ the population share, so an index of 2 means different things for a group of 10% and one of 45%. The rate against everyone else has none.",
        "A ratio describes. It does not say why, and it does not say that anyone was treated otherwise for being of a group.",
      ]
    case "gap":
      [
        "Groups that differ in the event can differ in much else: charge, record, neighborhood. `within` compares inside one such field at a time.",
        "Cases to parity say how many more or fewer there would be at the other group's share, not how many were decided wrongly.",
      ]
    default:
      [
        "Cramér's V says how strongly two fields go together, not which leads to which.",
        "A small p in a large table can belong to a difference that matters to no one.",
      ]
    }
  }

  private static func others(_ verb: String) -> [String] {
    switch verb {
    case "trend":
      [
        "A change after a date is not a change because of it: other things happened too, and the line may have been falling before.",
        "One rate of change for a whole period hides turns inside it. Look at the points.",
      ]
    case "flow":
      [
        "Each stage's rate is of those whom the stage before let through: a difference early on changes who is compared later.",
        "The parts add up by their logarithms; they share out a ratio, they do not share out blame.",
      ]
    case "time":
      [
        "Open cases are taken to be like closed ones that had lasted as long. Where the hard ones stay open, they are not.",
        "A median that is not reached means that half have not got there yet, not that they never will.",
      ]
    case "stock":
      [
        "How many are inside on a day depends on how many enter and on how long they stay; the number alone does not say which has changed.",
        "Who entered before the data begin and has not left is not seen.",
      ]
    case "rank":
      [
        "The first of a list is first partly by luck. Places whose intervals overlap are not told apart.",
        "Small places have the highest and the lowest rates because they are small.",
      ]
    case "check":
      [
        "A case follows the guideline as far as its fields say. What an attorney knew and did not write down is not in them.",
        "That cases follow a guideline does not show that the guideline is right.",
      ]
    case "claim":
      ["That a number is reproduced shows that it was worked out so, not that it is the right one."]
    default: []
    }
  }
}
