import Diagnostics
import Engine
import Syntax

/// The cautions of each group's answer, each said once: what holds for all as it is, what holds for
/// some with their names.
struct RepeatedCautions {
  private let parts: [Repetition.Part]

  private let question: Question

  init(_ parts: [Repetition.Part], _ question: Question) {
    self.parts = parts
    self.question = question
  }

  var merged: [Caution] { (missing.map { [$0] } ?? []) + kinds.flatMap(said) }

  /// Groups that have no answer.
  private var missing: Caution? {
    let none = parts.filter { $0.answer == nil }
    guard let first = none.first else { return nil }
    return Caution(
      "group-without-answer",
      "No figure for \(RepeatedCautions.names(none)): \(first.problem?.message ?? "")\(none.count > 1 ? ", and so on" : "")."
    )
  }

  /// One kind of caution with the groups it was raised for.
  private struct Kind {
    let id: String
    let severity: Caution.Severity
    let isPassed: Bool
    var raised: [(part: Repetition.Part, text: String)]
  }

  private var kinds: [Kind] {
    var kinds: [Kind] = []
    for part in parts {
      for raised in part.answer?.cautions ?? [] {
        let caution = general(raised, part.question)
        let place = kinds.firstIndex {
          $0.id == caution.id && $0.severity == caution.severity && $0.isPassed == caution.isPassed
        }
        if let place {
          kinds[place].raised.append((part, caution.text))
        } else {
          kinds.append(
            Kind(
              id: caution.id, severity: caution.severity, isPassed: caution.isPassed,
              raised: [(part, caution.text)]))
        }
      }
    }
    return kinds
  }

  /// The caution with the question that it points to asked of every group, and not of the one.
  private func general(_ caution: Caution, _ part: Question) -> Caution {
    for sign in ["See: ", "say: "] {
      guard let place = caution.text.ranges(of: sign).last?.upperBound else { continue }
      let asked = ofEveryGroup(String(caution.text[place...]), part)
      return Caution(
        caution.id, caution.text[..<place] + asked, severity: caution.severity,
        isPassed: caution.isPassed)
    }
    return caution
  }

  /// A question about one group with `by` in the place of what narrows it to the group.
  private func ofEveryGroup(_ asked: String, _ part: Question) -> String {
    let narrowing = part.ask.clauses.filter {
      [.where, .in].contains($0.word) && !question.ask.clauses.contains($0)
    }
    var asked = asked
    var by = question.ask.clauses.filter { [.by, .top].contains($0.word) }
    for clause in narrowing {
      let places: Set<ClauseWord> = clause.word == .in ? [.in, .since, .before] : [.where]
      let own = question.ask.clauses.filter { places.contains($0.word) } + by
      by = []
      let words = own.map { " " + Formatter.text(of: $0) }.joined()
      asked = asked.replacing(" " + Formatter.text(of: clause), with: words, maxReplacements: 1)
    }
    return asked
  }

  private func said(_ kind: Kind) -> [Caution] {
    var texts: [String] = []
    for raised in kind.raised where !texts.contains(raised.text) { texts.append(raised.text) }
    func caution(_ text: String) -> Caution {
      Caution(kind.id, text, severity: kind.severity, isPassed: kind.isPassed)
    }
    func groups(_ text: String) -> [Repetition.Part] {
      kind.raised.filter { $0.text == text }.map(\.part)
    }
    let answered = parts.filter { $0.answer != nil }.count
    // What is not about a group is the same of every one.
    let common = texts.filter { groups($0).count == answered }
    let own = texts.filter { !common.contains($0) }
    let shown = own.count > RepeatedCautions.mostShown ? Array(own.prefix(1)) : own
    var named = shown.flatMap { groups($0).map(\.group) }
    var others: [Repetition.Part] = []
    for raised in kind.raised
    where own.contains(raised.text) && !named.contains(raised.part.group) {
      others.append(raised.part)
      named.append(raised.part.group)
    }
    let more =
      others.isEmpty ? "" : " (and with other numbers \(RepeatedCautions.names(others)))"
    return common.map(caution)
      + shown.map { caution("\(RepeatedCautions.names(groups($0)))\(more): \($0)") }
  }

  /// More texts than this of one kind are not told one by one.
  private static let mostShown = 3

  static func names(_ parts: [Repetition.Part]) -> String {
    let labels = parts.prefix(6).map(\.label)
    let more = parts.count > 6 ? ["\(parts.count - 6) more"] : []
    return Words.list(labels + more)
  }
}
