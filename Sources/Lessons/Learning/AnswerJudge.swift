import Columns
import Engine

/// Holds a learner's answer against a solution: by figures, never by the words that were typed.
struct AnswerJudge {
  /// How far figures may be apart that were worked out the same way in another order.
  private static let tolerance = 1e-9

  let solution: Answer
  /// The ids that must agree; empty for all of the solution.
  let ids: [String]

  init(_ solution: Answer, ids: [String] = []) {
    self.solution = solution
    self.ids = ids
  }

  /// The figures that count.
  private var wanted: [Figure] {
    ids.isEmpty ? solution.figures : solution.figures.filter { ids.contains($0.id) }
  }

  /// Whether every figure that counts is in the answer: same id, group, value and counts.
  ///
  /// A figure of no group may stand in a row of a grouped answer.
  func accepts(_ answer: Answer) -> Bool {
    isIn(answer) { other, figure in figure.group.isEmpty || isSameGroup(other, figure) }
  }

  /// Whether the answer is the solution itself, group for group.
  func isMatched(by answer: Answer) -> Bool {
    answer.figures.count == solution.figures.count && isIn(answer, isSameGroup)
  }

  private func isIn(_ answer: Answer, _ isAlike: (Figure, Figure) -> Bool) -> Bool {
    !wanted.isEmpty
      && wanted.allSatisfy { figure in
        answer.figures.contains { other in
          other.id == figure.id && isAlike(other, figure) && isSame(other, figure)
        }
      }
  }

  private func isSame(_ a: Figure, _ b: Figure) -> Bool {
    AnswerJudge.agree(a.value, b.value) && AnswerJudge.agree(a.n, b.n)
      && AnswerJudge.agree(a.of, b.of)
  }

  private func isSameGroup(_ a: Figure, _ b: Figure) -> Bool {
    a.group.count == b.group.count
      && Set(a.group.map(\.value.description)) == Set(b.group.map(\.value.description))
  }

  static func agree(_ a: Double?, _ b: Double?) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    return abs(a - b) <= tolerance * max(1, abs(a), abs(b))
  }
}

extension AnswerJudge {
  /// What went wrong, as far as the figures tell.
  func diagnosis(of answer: Answer) -> String {
    let figures = answer.figures.filter { figure in wanted.contains { $0.id == figure.id } }
    guard !figures.isEmpty, let first = wanted.first else { return otherVerb(answer) }
    if let text = otherGroups(figures, first) { return text }
    let pair = wanted.lazy.compactMap { figure in
      figures.first {
        (figure.group.isEmpty || isSameGroup($0, figure)) && !isSame($0, figure)
      }.map { ($0, figure) }
    }.first
    guard let (found, expected) = pair else {
      return "Some groups of the answer are missing: is a condition too many?"
    }
    return difference(found, expected, in: answer)
  }

  private func otherVerb(_ answer: Answer) -> String {
    guard answer.verb != solution.verb else {
      return "The figure that is asked for is not in this answer."
    }
    return
      "This answer is a `\(answer.verb)`; what is asked for is another kind of figure, a `\(solution.verb)`."
  }

  private func otherGroups(_ figures: [Figure], _ expected: Figure) -> String? {
    let keys = Words.list(expected.group.map(\.key))
    let found = figures[0].group
    if found.isEmpty, !keys.isEmpty {
      return "This is one figure for all together; asked is one for each \(keys). Try `by`."
    }
    if !found.isEmpty, keys.isEmpty {
      return
        "This answer is split by \(Words.list(found.map(\.key))); asked is one figure. Name the group in a condition instead."
    }
    if !keys.isEmpty, !figures.contains(where: { isSameGroup($0, expected) }) {
      return "The groups are others: asked is one figure for each \(keys)."
    }
    return nil
  }

  /// Numerator, denominator, or what they are compared with.
  private func difference(_ found: Figure, _ expected: Figure, in answer: Answer) -> String {
    let unit = Words.plural(solution.counted?.unit ?? "row")
    if let part = found.n, let all = found.of, let rightPart = expected.n,
      let rightAll = expected.of
    {
      let samePart = AnswerJudge.agree(part, rightPart)
      let sameAll = AnswerJudge.agree(all, rightAll)
      if samePart, !sameAll {
        return
          "Wrong denominator. You have the right \(Words.grouped(part)) on top, but divided by \(Words.grouped(all)) \(unit): a part of whom was asked?"
      }
      if sameAll, !samePart {
        if AnswerJudge.agree(part + rightPart, rightAll) {
          return
            "Wrong group. The whole of \(Words.grouped(all)) is right, but this is the other side of it: everybody who was not asked about."
        }
        return
          "Wrong group. The whole of \(Words.grouped(all)) is right, but the part is not: look at the condition right behind the cohort."
      }
      if !sameAll { return otherRows(all, than: rightAll, in: answer) }
    } else if found.id == "count", let value = found.value, let right = expected.value {
      return otherRows(value, than: right, in: answer)
    }
    return otherValue(found, expected)
  }

  /// Another cohort, a condition too few or too many.
  private func otherRows(_ all: Double, than right: Double, in answer: Answer) -> String {
    let sources = answer.sources.map(\.fingerprint)
    if !solution.sources.isEmpty, sources != solution.sources.map(\.fingerprint) {
      return
        "Wrong cohort. This rests on \(Words.list(answer.sources.map(\.name))): what is asked about stands in \(Words.list(solution.sources.map(\.name)))."
    }
    if all > right {
      return
        "Missing filter. This is about \(Words.grouped(all)), more than what is asked about: does the question name a year, a group or a kind of case that your line does not, or is there a smaller cohort?"
    }
    return
      "Too narrow. This is about only \(Words.grouped(all)): is a condition too many, or the cohort too small?"
  }

  private func otherValue(_ found: Figure, _ expected: Figure) -> String {
    guard let value = found.value, let right = expected.value else {
      return "The figure can't be had this way."
    }
    if abs(value * right - 1) < 1e-6 {
      return "Upside down: this divides the second by the first. Change their places."
    }
    if abs(value + right) < 1e-9 {
      return "The other way round: this subtracts the first from the second."
    }
    return "The counts are right, but what they are compared with is not: look behind `vs`."
  }
}
