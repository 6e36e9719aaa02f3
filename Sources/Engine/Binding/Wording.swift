import Columns
import Syntax

/// How a condition is said in a sentence.
package struct Wording: Hashable, Sendable {
  /// `Black people`, `defendants with method buy-bust`, `filed cases`.
  package let people: String
  /// `Black` in `the Black share`; nothing where the condition is no plain group of people.
  package let adjective: String?
  /// As a thing that cases have or are: `race Black`, `filed`.
  package let with: String
  /// Behind the name of those it narrows: `with race Black`, `that are filed`.
  package let clause: String
  /// Behind those of whom it is said: `have race Black`, `are filed`.
  package let predicate: String

  package init(
    people: String, adjective: String?, with: String, clause: String? = nil,
    predicate: String? = nil
  ) {
    self.people = people
    self.adjective = adjective
    self.with = with
    self.clause = clause ?? "with \(with)"
    self.predicate = predicate ?? "have \(with)"
  }
}

/// Conditions in plain English.
struct ConditionWords {
  /// A condition as what cases have, as what they are, or as both.
  fileprivate enum Phrase {
    case with(String)
    case are(String)
    case mixed(String)

    var predicate: String {
      switch self {
      case .with(let words): "have \(words)"
      case .are(let words): "are \(words)"
      case .mixed(let words): words
      }
    }

    var clause: String {
      if case .with(let words) = self { return "with \(words)" }
      if case .are(let words) = self, words.hasPrefix("in "), !words.contains(" and ") {
        return words
      }
      return "that \(predicate)"
    }

    /// In brackets where it stands inside another combination.
    var bracketed: Phrase {
      switch self {
      case .with(let words): .with("(\(words))")
      case .are(let words): .are("(\(words))")
      case .mixed(let words): .mixed("(\(words))")
      }
    }

    static func joined(_ parts: [Phrase], last: String) -> Phrase {
      func words(_ parts: [String]) -> String { Words.list(parts, last: last) }
      let with = parts.compactMap { if case .with(let words) = $0 { words } else { nil } }
      if with.count == parts.count { return .with(words(with)) }
      let are = parts.compactMap { if case .are(let words) = $0 { words } else { nil } }
      if are.count == parts.count { return .are(words(are)) }
      return .mixed(words(parts.map(\.predicate)))
    }
  }

  private let scope: Scope
  private let catalogue: Catalogue

  init(_ scope: Scope, _ catalogue: Catalogue) {
    self.scope = scope
    self.catalogue = catalogue
  }

  func wording(_ node: ConditionNode, _ predicate: Predicate) -> Wording {
    let units = Words.plural(scope.dataset.card.unit)
    let phrase = phrase(node, predicate)
    if case .test(.name(let name), .equal, _) = node, Words.namesPeople(name.key),
      case .test(_, .among(let values)) = predicate
    {
      let names = Words.list(values.sorted().map(\.description), last: "or")
      return Wording(people: "\(names) people", adjective: names, with: "\(name.text) \(names)")
    }
    switch phrase {
    case .with(let words):
      return Wording(people: "\(units) with \(words)", adjective: nil, with: words)
    case .are(let words):
      var people = "\(units) \(words)"
      if case .named(let name) = node, scope.dataset.stage(named: name.text) != nil {
        people = "\(words) \(units)"
      }
      return Wording(
        people: people, adjective: nil, with: words, clause: phrase.clause,
        predicate: phrase.predicate)
    case .mixed(let words):
      return Wording(
        people: "\(units) that \(words)", adjective: nil, with: Formatter.text(of: node),
        clause: phrase.clause, predicate: words)
    }
  }

  private func phrase(_ node: ConditionNode, _ predicate: Predicate) -> Phrase {
    switch node {
    case .all(let nodes): return joined(nodes, predicate, last: "and")
    case .any(let nodes): return joined(nodes, predicate, last: "or")
    case .not(let inner, _):
      guard case .not(let predicate) = predicate else { break }
      switch phrase(inner, predicate) {
      case .with(let words): return .mixed("do not have \(words)")
      case .are(let words): return .are("not \(words)")
      case .mixed(let words): return .mixed("do not (\(words))")
      }
    case .named(let name): return named(name)
    case .test(let left, let relation, let values):
      return .with("\(Formatter.text(of: left)) " + test(relation, values, predicate)).unknown(
        left, relation, values)
    case .compare, .missing: break
    }
    return .with(Formatter.text(of: node))
  }

  private func joined(_ nodes: [ConditionNode], _ predicate: Predicate, last: String) -> Phrase {
    let parts: [Predicate]
    switch predicate {
    case .all(let predicates), .any(let predicates): parts = predicates
    default: parts = []
    }
    let phrases = nodes.enumerated().map { index, node -> Phrase in
      let part = parts.count == nodes.count ? parts[index] : .constant(true)
      switch node {
      case .all, .any: return phrase(node, part).bracketed
      default: return phrase(node, part)
      }
    }
    return Phrase.joined(phrases, last: last)
  }

  private func named(_ name: Name) -> Phrase {
    if scope.dataset.column(named: name.text) != nil
      || scope.dataset.computed(named: name.text) != nil
    {
      return .with("\(name.text) yes")
    }
    if let stage = scope.dataset.stage(named: name.text) { return .are(stage.name) }
    if let cohort = catalogue.cohort(named: name.text) { return .are("in \(cohort.name)") }
    return .with("\(name.text) yes")
  }

  /// What stands behind the field: `Black or White`, `18 to 24`, `at least 18`.
  private func test(_ relation: Relation, _ values: [ValueNode], _ predicate: Predicate) -> String {
    var positive = predicate
    if case .not(let inner) = predicate { positive = inner }
    var isDate = false
    if case .test(let field, _) = positive { isDate = field.type?.isDate ?? false }
    var words = values.map { text($0, isDate) }
    if case .test(_, .among(let found)) = positive { words = found.sorted().map(\.description) }
    let list = Words.list(words, last: "or")
    switch relation {
    case .equal: return isDate && values.allSatisfy(\.isWord) ? "in \(list)" : list
    case .notEqual: return "other than \(list)"
    case .less: return isDate ? "before \(list)" : "under \(list)"
    case .lessOrEqual: return isDate ? "up to \(list)" : "at most \(list)"
    case .greater: return isDate ? "after \(list)" : "over \(list)"
    case .greaterOrEqual: return isDate ? "from \(list) on" : "at least \(list)"
    case .contains: return "containing \(list)"
    case .starts: return "starting with \(list)"
    }
  }

  private func text(_ value: ValueNode, _ isDate: Bool) -> String {
    guard case .range(let lower, let upper) = value.kind else { return value.text }
    switch (lower, upper) {
    case (let lower?, let upper?): return "\(lower) to \(upper)"
    case (let lower?, nil): return isDate ? "from \(lower) on" : "\(lower) or more"
    case (nil, let upper?): return isDate ? "up to \(upper)" : "\(upper) or less"
    case (nil, nil): return "anything"
    }
  }
}

extension ValueNode {
  fileprivate var isWord: Bool {
    if case .range = kind { false } else { true }
  }
}

extension ConditionWords.Phrase {
  /// `unknown race` and `known race` for `race=?` and `race!=?`.
  fileprivate func unknown(
    _ left: ExpressionNode, _ relation: Relation, _ values: [ValueNode]
  ) -> ConditionWords.Phrase {
    guard values.count == 1, case .unknown = values[0].kind else { return self }
    return .with("\(relation == .notEqual ? "known" : "unknown") \(Formatter.text(of: left))")
  }
}

extension Predicate {
  /// Adds the fields whose missing values make it unknown, each once.
  func addFields(to fields: inout [Field]) {
    switch self {
    case .test(let field, _):
      if !fields.contains(field) { fields.append(field) }
    case .not(let inner): inner.addFields(to: &fields)
    case .all(let parts), .any(let parts):
      for part in parts { part.addFields(to: &fields) }
    case .constant, .missing, .compare: break
    }
  }
}
