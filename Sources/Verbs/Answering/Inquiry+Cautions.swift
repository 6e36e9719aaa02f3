import Columns
import Engine
import Statistics
import Syntax

extension Inquiry {
  /// Values that are not known: how many, and how far the share could move if they all were one way.
  func cautionUnknown(
    _ condition: BoundCondition?, _ question: Question, _ total: Double, _ answer: inout Answer
  ) throws {
    guard let condition, let cohort = question.cohort else { return }
    try cautionUnknownWords(condition, question, cohort, &answer)
  }

  /// A value such as `Unknown` that no card calls missing counts as a value: it is said, never guessed.
  private func cautionUnknownWords(
    _ condition: BoundCondition, _ question: Question, _ cohort: Cohort, _ answer: inout Answer
  ) throws {
    for field in condition.fields {
      guard case .column(let name, let meaning) = field, !meaning.type.isNumber,
        !meaning.type.isDate
      else { continue }
      let table = try counts(
        question, rows: question.rows, keys: [.field(field)], .all(atMost: Inquiry.wordsLookedAt))
      let total = table.rows.reduce(0) { $0 + ($1.measures[0].double ?? 0) }
      let doubtful = table.rows.filter { row in
        guard case .text(let text) = row.keys[0] else { return false }
        return Inquiry.unknownWords.contains(text.lowercased())
          && !condition.names(row.keys[0], in: field)
      }
      guard let first = doubtful.first, total > 0 else { continue }
      let n = doubtful.reduce(0) { $0 + ($1.measures[0].double ?? 0) }
      let words = doubtful.map { Formatter.word($0.keys[0].description) }
      let remedy =
        "card \(Formatter.word(cohort.dataset.name)); "
        + "missing \(Formatter.word(name)) = \(words.joined(separator: " | ")); end"
      guard n < total || question.isAnyway else {
        throw VerbMessages.onlyUnknownWords(
          name, "\(first.keys[0])", Numbers.text(total, .count), remedy, at: condition.node.span)
      }
      answer.cautions.append(
        Caution(
          "unknown-as-value",
          "\(name) is \(first.keys[0]) in \(Words.grouped(n)) of \(Words.grouped(total)) and is "
            + "counted as a value. If that means missing, say: \(remedy)",
          severity: n / total > 0.2 ? .stop : .caution, isPassed: question.isAnyway))
    }
  }

  /// Fields with more values than this are names or ids, and are not searched for words that mean unknown.
  private static let wordsLookedAt = 1000

  private static let unknownWords: Set<String> = [
    "unknown", "unk", "u", "na", "n/a", "null", "none given", "not known", "missing",
    "not available", "not recorded", "undetermined", "(x)", "**", "-", ".", "?",
  ]

  /// The standard of the National Center for Health Statistics for shares that may be shown.
  func cautionSmall(share tally: Tally, of what: String, _ answer: inout Answer) {
    guard settings.rules == "nchs" else { return }
    guard tally.trials > 0 else { return }
    let standard = PresentationStandard.nchsProportion(tally.events, of: tally.trials)
    guard case .suppress(let reason) = standard else { return }
    answer.cautions.append(
      Caution(
        "small-numbers",
        "\(Words.sentence(what)) rests on small numbers: \(reason.phrase) (NCHS standard)."))
  }

  /// The standard for counts and rates.
  func cautionSmall(count: Int, of what: String, _ answer: inout Answer) {
    guard settings.rules == "nchs" else { return }
    guard case .suppress(let reason) = PresentationStandard.nchsRate(count: count) else { return }
    answer.cautions.append(
      Caution(
        "small-numbers",
        "\(Words.sentence(what)) rests on small numbers: \(reason.phrase) (NCHS standard)."))
  }

  /// Several comparisons in one answer: how many stand out, and how many still do after Benjamini-Hochberg.
  func cautionMany(_ p: [Double?], _ answer: inout Answer) {
    let known = p.compactMap(\.self)
    answer.tests += known
    guard known.count > 4 else { return }
    let flagged = known.filter { $0 < 0.05 }.count
    guard flagged > 0 else { return }
    let adjusted = PValueAdjustment.benjaminiHochberg(known).filter { $0 < 0.05 }.count
    answer.cite(MethodCatalogue.benjaminiHochberg)
    let byLuck = Words.grouped(Double(known.count) * 0.05)
    answer.cautions.append(
      Caution(
        "many-comparisons",
        "\(known.count) comparisons in one answer: \(flagged) \(flagged == 1 ? "stands" : "stand") out at 5%, where luck alone would "
          + "make about \(byLuck); after Benjamini-Hochberg \(adjusted) still \(adjusted == 1 ? "does" : "do")."
      ))
  }
}

extension BoundCondition {
  /// Whether the condition asks for this value by name.
  func names(_ value: Value, in field: Field) -> Bool {
    BoundCondition.names(value, field, predicate)
  }

  private static func names(_ value: Value, _ field: Field, _ predicate: Predicate) -> Bool {
    switch predicate {
    case .test(field, .among(let values)): values.contains(value)
    case .not(let inner): names(value, field, inner)
    case .all(let parts), .any(let parts): parts.contains { names(value, field, $0) }
    default: false
    }
  }
}
