import Engine
import Statistics
import Syntax

extension BoundCondition {
  /// What is not known where the condition is not: `disposition`, `race or method`.
  var unknownName: String {
    fields.isEmpty
      ? "whether they \(wording.predicate)" : Words.list(fields.map(\.name), last: "or")
  }

  /// Those of whom it is known whether it holds: `with known disposition`.
  var knownClause: String {
    fields.isEmpty
      ? "of which that is known" : "with known \(Words.list(fields.map(\.name)))"
  }
}

extension Tally {
  /// `162 of 200 defendants`, `11 of 20 referred cases with known disposition`.
  func parts(_ unit: String, stage: String = "", _ condition: BoundCondition) -> String {
    let units = known == 1 ? unit : Words.plural(unit)
    return "\(Words.grouped(yes)) of \(Words.grouped(known)) "
      + (stage.isEmpty ? "" : "\(stage) ") + units
      + (unknown > 0 ? " \(condition.knownClause)" : "")
  }

  /// `; disposition is unknown for 20 more`; nothing where all are known.
  func rest(_ condition: BoundCondition) -> String {
    unknown > 0 ? "; \(condition.unknownName) is unknown for \(Words.grouped(unknown)) more" : ""
  }

  var bounded: MissingBounds.Group {
    MissingBounds.Group(events, known: trials, missing: Int(unknown.rounded()))
  }

  /// All of them together, of one group or of none.
  static func sum(_ tallies: [Tally]) -> Tally {
    tallies.reduce(Tally(group: [], yes: 0, no: 0, unknown: 0, known: 0)) { sum, tally in
      Tally(
        group: [], yes: sum.yes + tally.yes, no: sum.no + tally.no,
        unknown: sum.unknown + tally.unknown, known: sum.known + tally.known)
    }
  }
}

extension Inquiry {
  /// The caution that values are unknown, from 5% on; above 20% a stop, which `anyway` goes past.
  ///
  /// - Parameter rest: what follows from it, behind the count of the unknown.
  func cautionUnknown(
    _ what: String, _ unknown: Double, of total: Double, rest: String, _ question: Question,
    _ answer: inout Answer
  ) {
    guard total > 0, unknown / total > Inquiry.leastSaid else { return }
    let part = unknown / total
    let isStop = part > Inquiry.leastStopped
    let takesAnyway =
      VerbCatalogue.verb(answer.verb)?.signature.clauses.contains(.anyway) ?? false
    let past =
      isStop && !question.isAnyway && takesAnyway
      ? " Figures below are of the known ones; `anyway` goes past this stop." : ""
    let what = what.hasPrefix("whether ") ? Words.sentence(what) : what
    answer.cautions.append(
      Caution(
        "unknown-values",
        "\(what) is unknown for \(Words.grouped(unknown)) of "
          + "\(Words.count(total, answer.counted?.unit ?? unit(of: question))) (\(Numbers.percent(part)))"
          + "\(rest).\(past)",
        severity: isStop ? .stop : .caution, isPassed: question.isAnyway))
  }

  /// Fewer unknown values than this hardly move a figure.
  static let leastSaid = 0.05
  /// More than this and the known ones alone are no answer.
  private static let leastStopped = 0.2

  /// Bounds of a share when what is unknown might all be so, or all not.
  func cautionBounds(
    _ tally: Tally, _ condition: BoundCondition, _ question: Question, of what: String = "share",
    _ answer: inout Answer
  ) {
    guard tally.unknown > 0 else { return }
    answer.figures += bounds(tally)
    let bounds = MissingBounds.share(tally.bounded)
    guard let low = bounds.lower, let high = bounds.upper else { return }
    cautionUnknown(
      condition.unknownName, tally.unknown, of: tally.total,
      rest:
        ": with them the \(what) lies between \(Numbers.percent(low)) and \(Numbers.percent(high))",
      question, &answer)
  }

  /// The bounds of each group's share, and a caution on all of them.
  func cautionBounds(
    _ tallies: [Tally], together: Tally? = nil, _ condition: BoundCondition,
    _ question: Question, of what: String = "share", inLines table: Bool = true,
    _ answer: inout Answer
  ) {
    let all = together ?? Tally.sum(tallies)
    for tally in tallies where tally.unknown > 0 {
      answer.figures += bounds(tally, Inquiry.labels(question.by, tally.group))
    }
    guard all.unknown > 0 else { return }
    let bounds = MissingBounds.share(all.bounded)
    guard let low = bounds.lower, let high = bounds.upper else { return }
    let most = tallies.filter { $0.unknownShare > Inquiry.leastStopped }.prefix(6)
    let groups =
      most.isEmpty || tallies.count < 2
      ? "" : "; above 20% in \(Words.list(most.map(\.group.label)))"
    cautionUnknown(
      condition.unknownName, all.unknown, of: all.total,
      rest: "\(groups): with them the \(what) of all lies between \(Numbers.percent(low)) and "
        + Numbers.percent(high) + (table ? ", and each group's as its line says" : ""),
      question, &answer)
  }

  private func bounds(_ tally: Tally, _ group: [GroupLabel] = []) -> [Figure] {
    let bounds = MissingBounds.share(tally.bounded)
    return [
      Figure(
        "bound-low", "share if every unknown is not so", bounds.lower, group: group,
        form: .percent),
      Figure(
        "bound-high", "share if every unknown is so", bounds.upper, group: group, form: .percent),
    ]
  }

  /// Bounds of a difference and a ratio of two shares, where events or groups are unknown.
  ///
  /// Who is of an unknown group may be of either.
  func cautionBounds(
    _ first: Tally, _ second: Tally, outside: Tally, _ event: BoundCondition,
    group: String, _ question: Question, _ answer: inout Answer
  ) {
    let unknown = first.unknown + second.unknown + outside.total
    guard unknown > 0 else { return }
    let difference = MissingBounds.riskDifference(
      first.bounded, minus: second.bounded,
      either: MissingBounds.OfEither(
        yes: Int(outside.yes.rounded()), no: Int(outside.no.rounded()),
        open: Int(outside.unknown.rounded())))
    answer.figures += [
      Figure(
        "difference-bound-low", "least difference, unknown values so or not", difference.lower,
        form: .points),
      Figure(
        "difference-bound-high", "greatest difference, unknown values so or not", difference.upper,
        form: .points),
    ]
    guard let low = difference.lower, let high = difference.upper else { return }
    let names = [
      first.unknown + second.unknown > 0 ? event.unknownName : nil, outside.total > 0 ? group : nil,
    ].compactMap(\.self)
    cautionUnknown(
      Words.list(names, last: "or"), unknown, of: first.total + second.total + outside.total,
      rest: ": with them the difference lies between \(Numbers.text(low, .points)) and "
        + Numbers.text(high, .points), question, &answer)
  }
}
