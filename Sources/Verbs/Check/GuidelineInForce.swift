import Columns
import Diagnostics
import Engine
import Syntax

/// A guideline with its rules bound to the fields of a cohort.
struct GuidelineInForce {
  /// A rule: what it says where its condition holds, and the fields without which it can't be told.
  struct Rule {
    let allows: Bool
    let reason: String
    let condition: BoundCondition
  }

  /// What a guideline says of a case.
  enum Outcome: Hashable {
    case allow, decline, undecided
  }

  let name: String
  let since: Day?
  let rules: [Rule]
  let otherwise: Outcome
  /// The fields of all rules, each once.
  let fields: [Field]

  /// A name or value that the cohort lacks is told at the word that names the guideline.
  init(_ guideline: Guideline, _ question: Question, _ inquiry: Inquiry) throws {
    let cohort = try inquiry.cohort(of: question)
    let scope = Scope(dataset: cohort.dataset, cohort: cohort.name)
    name = guideline.name
    since = guideline.since
    do {
      rules = try guideline.rules.map { rule in
        Rule(
          allows: rule.allows, reason: rule.reason,
          condition: try inquiry.binder.condition(rule.condition, in: scope))
      }
    } catch let problem as Diagnostic {
      throw Diagnostic(
        problem.id,
        "\(guideline.name) can't be held against \(cohort.name): \(problem.message)",
        at: question.span(of: .against) ?? question.ask.span, help: problem.help)
    }
    otherwise =
      switch guideline.otherwise {
      case "allow": .allow
      case "decline": .decline
      default: .undecided
      }
    var fields: [Field] = []
    for field in rules.flatMap(\.condition.fields) where !fields.contains(field) {
      fields.append(field)
    }
    self.fields = fields
  }

  /// The reason of a case that several rules may decide, all in one way.
  static let oneOfSeveral = "not known which rule"

  /// What the first true rule says. Rules that are unknown before it may be true: then it is decided only
  /// where all of them would say the same.
  func decide(_ truths: [Bool?]) -> (outcome: Outcome, reason: String?, unknown: [Int]) {
    var possible: Set<Outcome> = []
    var unknown: [Int] = []
    var reason: String?
    var isDecided = false
    for (index, truth) in truths.enumerated() {
      let outcome: Outcome = rules[index].allows ? .allow : .decline
      if truth == false { continue }
      possible.insert(outcome)
      if truth == true {
        reason = rules[index].reason
        isDecided = true
        break
      }
      unknown.append(index)
    }
    if !isDecided { possible.insert(otherwise) }
    guard possible.count == 1, let outcome = possible.first else {
      return (.undecided, nil, unknown)
    }
    let which = unknown.isEmpty ? reason ?? "otherwise" : GuidelineInForce.oneOfSeveral
    return (outcome, which, [])
  }
}
