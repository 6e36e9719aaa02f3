/// Decides by the whole column what its texts are.
///
/// A column is a number only if every text prints back as it was written: `007`, `12E04`, `220.10`
/// beside `220.1`, and numbers of twelve digits or more are codes. It is a date only if one reading
/// fits all. What nearly fits is said.
package struct TypeInference: Sendable {
  package let meaning: Meaning
  /// What a person should know of the choice, one sentence each.
  package let notes: [String]

  /// The meaning of a column's texts.
  /// - Parameters:
  ///   - missing: texts that the card calls missing, `recode`: those that stand for another.
  ///   - type: the type that the card or the source prescribes, `dateOrder`: the order that goes
  ///     with it.
  ///   - workers: how many threads may work; changes nothing in the result.
  ///   - isCancelled: looked at now and then; when it says so, what is returned means nothing.
  package static func meaning(
    of column: Column, named name: String, missing: Set<String> = [],
    recode: [String: String] = [:], as type: FieldType? = nil, dateOrder: DateOrder? = nil,
    workers: Int? = nil, isCancelled: @Sendable () -> Bool = { false }
  ) -> TypeInference {
    if missing.isEmpty, recode.isEmpty, type == nil,
      let known = serialType(of: column, named: name)
    {
      return TypeInference(meaning: Meaning(type: known), notes: [])
    }
    let fitting = column.texts.count < fewTexts ? 1 : Parallel.availableCores
    let tally = tally(
      column, missing, recode, isPrescribed: type != nil, workers: workers ?? fitting, isCancelled)
    let draft = draft(by: tally, named: name, as: type, dateOrder)
    return TypeInference(
      meaning: Meaning(
        type: draft.type, dateOrder: draft.type.isDate ? draft.dateOrder : nil, missing: missing,
        recode: recode),
      notes: draft.notes)
  }

  private static func draft(
    by tally: ColumnTally, named name: String, as type: FieldType?, _ dateOrder: DateOrder?
  ) -> TypeDraft {
    var draft = TypeDraft(name: name, tally: tally)
    if let type {
      draft.prescribe(type, dateOrder)
    } else {
      draft.decide()
    }
    return draft
  }

  /// The type that a tally decides, and the order of its dates.
  static func decided(
    by tally: ColumnTally, named name: String, as type: FieldType?, _ dateOrder: DateOrder?
  ) -> (type: FieldType, dateOrder: DateOrder?) {
    let draft = draft(by: tally, named: name, as: type, dateOrder)
    return (draft.type, draft.dateOrder)
  }

  /// Texts below this number are looked at by one thread.
  private static let fewTexts = 1 << 15

  /// Whole numbers of so many digits are codes.
  static let fewestCodeDigits = 12

  private static let codeNames: Set<String> = [
    "code", "section", "statute", "chapter", "act", "article", "ordinance", "rule",
  ]

  /// Whether a column's name says that its values are codes.
  static func isCalledCode(_ name: String) -> Bool {
    let words = name.lowercased().split { !$0.isLetter }.map(String.init)
    return words.contains { codeNames.contains($0) }
  }

  private static func tally(
    _ column: Column, _ missing: Set<String>, _ recode: [String: String], isPrescribed: Bool,
    workers: Int, _ isCancelled: @Sendable () -> Bool
  ) -> ColumnTally {
    let codes = column.codesAsTheyAppear
    let tallies = Parallel.stretchResults(of: codes.count, workers: workers) { stretch in
      tally(column, codes[stretch], missing, recode, isPrescribed: isPrescribed, isCancelled)
    }
    return tallies.dropFirst().reduce(into: tallies[0]) { $0.append($1) }
  }

  /// The tally of some of the column's texts.
  private static func tally(
    _ column: Column, _ codes: ArraySlice<Int>, _ missing: Set<String>, _ recode: [String: String],
    isPrescribed: Bool, _ isCancelled: () -> Bool
  ) -> ColumnTally {
    var tally = ColumnTally()
    let isPlain = missing.isEmpty && recode.isEmpty
    let bounds = column.texts.bounds
    let counts = column.counts
    column.texts.bytes.withUnsafeBufferPointer { bytes in
      for code in codes {
        if code & 0xFFFF == 0xFFFF, isCancelled() { return }
        let rows = counts[code]
        let text = UnsafeBufferPointer(rebasing: bytes[bounds[code]..<bounds[code + 1]])
        if text.isEmpty { continue }
        if isPlain {
          tally.add(text, rows: rows, isPrescribed: isPrescribed)
          continue
        }
        let written = String(decoding: text, as: UTF8.self)
        if missing.contains(written) { continue }
        var meant = recode[written] ?? written
        if meant.isEmpty || missing.contains(meant) { continue }
        meant.withUTF8 { tally.add($0, rows: rows, isPrescribed: isPrescribed) }
      }
    }
    return tally
  }
}

/// A column's type while it is being decided.
private struct TypeDraft {
  let name: String
  let tally: ColumnTally
  var type = FieldType.category
  var dateOrder: DateOrder?
  var notes: [String] = []

  // MARK: - A prescribed type

  mutating func prescribe(_ prescribed: FieldType, _ order: DateOrder?) {
    type = prescribed
    switch prescribed {
    case .category, .code, .text, .boolean: break
    case .integer, .decimal, .real: noteUnreadable(tally.notNumbers, "number")
    case .date, .datetime:
      if tally.present.rows > 0, tally.notDates.count.rows == tally.present.rows {
        type = .category
        return notes.append("no value of `\(name)` can be read as a date")
      }
      dateOrder = order ?? likelyOrder
      guard dateOrder != nil || tally.present.rows == 0 else {
        type = .category
        return noteAmbiguousDate()
      }
      dateOrder = dateOrder ?? .yearMonthDay
      noteUnreadable(tally.notDates, "date")
    }
  }

  /// The order that fits most rows; nothing where month and day can't be told apart.
  private var likelyOrder: DateOrder? {
    let rows = tally.datesByShape.mapValues(\.rows)
    let yearLast = rows[.yearLast] ?? 0
    let compact = rows[.compact] ?? 0
    let yearFirst = rows[.yearFirst] ?? 0
    if compact > yearLast, compact > yearFirst { return .compact }
    if yearLast == 0 { return .yearMonthDay }
    if tally.fitsMonthFirst.rows > tally.fitsDayFirst.rows { return .monthDayYear }
    if tally.fitsDayFirst.rows > tally.fitsMonthFirst.rows { return .dayMonthYear }
    return tally.differs.rows == 0 ? .monthDayYear : nil
  }

  private mutating func noteUnreadable(_ exceptions: ColumnTally.Exceptions, _ noun: String) {
    let rows = exceptions.count.rows
    guard rows > 0 else { return }
    notes.append(
      "\(Self.rows(rows)) of `\(name)` \(rows == 1 ? "is" : "are") no \(noun) "
        + "(\(Self.list(exceptions, limit: 3))) and count\(rows == 1 ? "s" : "") as missing")
  }

  // MARK: - A type by the texts

  mutating func decide() {
    if tally.present.texts == 0 { return }
    if isBoolean {
      type = .boolean
    } else if tally.numbers.texts == tally.present.texts {
      decideNumber()
    } else if tally.notDates.count.texts == 0, tally.datesByShape[.compact] == nil {
      decideDate()
    } else {
      decideWords()
      noteNearMisses()
    }
  }

  private static let pairs: [Set<String>] = [
    ["yes", "no"], ["true", "false"], ["y", "n"], ["t", "f"],
  ]

  private var isBoolean: Bool { tally.present.texts == 2 && Self.pairs.contains(tally.words) }

  private mutating func decideNumber() {
    let traits = tally.traits
    if !traits.isDisjoint(with: [.leadingZero, .plus, .codeExponent]) || isLongInteger {
      type = .code
    } else if losesZeros {
      type = .code
      let example = tally.trailingZeroExample ?? ""
      notes.append(
        "`\(name)` is read as a code, since a number would lose the last zero of \(example); "
          + "if it is a number, say on its card: type \(quoted(name)) decimal")
    } else if traits.contains(.exponent) || traits.contains(.long) {
      type = .real
    } else if tally.decimalCounts != [0] || !traits.isDisjoint(with: [.currency, .percent]) {
      type = .decimal
    } else {
      type = .integer
    }
    guard type != .code else { return }
    if traits.contains(.percent) {
      notes.append("`\(name)` is written in percent: 12.5% is read as 12.5")
    }
    if type == .integer, let dates = tally.datesByShape[.compact], dates.texts > 4,
      dates.rows * 100 >= tally.present.rows * 99
    {
      notes.append(
        "the numbers of `\(name)` look like dates written as 20210401; "
          + "if they are, say on its card: type \(quoted(name)) date")
    }
  }

  /// Twelve digits and more number things, they do not count them.
  private var isLongInteger: Bool {
    tally.decimalCounts == [0] && tally.traits.isDisjoint(with: [.grouped, .currency])
      && (tally.mostWholeDigits >= TypeInference.fewestCodeDigits || tally.isBeyondExactDouble)
  }

  /// Whether zeros behind the point would be lost that mean something.
  ///
  /// They do not where all texts have equally many decimals (money), nor where the only ones are
  /// those of `4.0` in a column without `4` (as programs write doubles). A column that is called a
  /// code, section or statute is one anyway.
  private var losesZeros: Bool {
    let traits = tally.traits
    if traits.isDisjoint(with: [.trailingZero, .pointZero]) || traits.contains(.exponent) {
      return false
    }
    if TypeInference.isCalledCode(name) { return true }
    if tally.decimalCounts.count == 1 { return false }
    if traits.contains(.currency), tally.decimalCounts.isSubset(of: [0, 2]) { return false }
    return traits.contains(.trailingZero) || tally.decimalCounts.contains(0)
  }

  private mutating func decideDate() {
    guard let order = likelyOrder else {
      decideWords()
      return noteAmbiguousDate()
    }
    let fitting =
      switch order {
      case .monthDayYear: tally.fitsMonthFirst
      case .dayMonthYear: tally.fitsDayFirst
      case .yearMonthDay, .compact: ColumnTally.Count()
      }
    guard tally.datesByShape[.yearLast].map({ $0.rows == fitting.rows }) ?? true else {
      decideWords()
      notes.append(
        "`\(name)` is not read as a date: some rows fit month/day only, others day/month only")
      return
    }
    type = tally.hasTimeOfDay ? .datetime : .date
    dateOrder = order
  }

  private mutating func noteAmbiguousDate() {
    let example = tally.ambiguousExample ?? ""
    notes.append(
      "`\(name)` is not read as a date: \(example) may be month/day or day/month, "
        + "and no row tells; say on its card: type \(quoted(name)) date as month/day, or as day/month"
    )
  }

  private mutating func decideWords() {
    if tally.codeLike.texts == tally.present.texts {
      type = .code
    } else if tally.present.texts > 20, tally.present.texts * 2 > tally.present.rows {
      type = .text
    } else {
      type = .category
    }
  }

  // MARK: - What nearly fits

  private mutating func noteNearMisses() {
    let limit = ColumnTally.mostMissingCodes
    let isNumberLike =
      tally.traits.isDisjoint(with: [.leadingZero, .plus, .codeExponent, .trailingZero])
      && !isLongInteger
    if isNumberLike, tally.notNumbers.count.texts <= limit,
      tally.numbers.rows > tally.notNumbers.count.rows
    {
      noteNearMiss("a number", tally.numbers.rows, tally.notNumbers)
    } else if tally.notDates.count.texts <= limit, tally.datesByShape[.compact] == nil,
      tally.present.rows - tally.notDates.count.rows > tally.notDates.count.rows
    {
      noteNearMiss("a date", tally.present.rows - tally.notDates.count.rows, tally.notDates)
    }
  }

  private mutating func noteNearMiss(
    _ noun: String, _ rows: Int, _ exceptions: ColumnTally.Exceptions
  ) {
    let texts = exceptions.examples.map { quoted($0.text) }.joined(separator: " | ")
    notes.append(
      "`\(name)` is \(noun) in \(Self.rows(rows)) but for \(Self.list(exceptions, limit: ColumnTally.mostMissingCodes)); "
        + "if that means missing, say on its card: missing \(quoted(name)) = \(texts)")
  }

  private static func list(_ exceptions: ColumnTally.Exceptions, limit: Int) -> String {
    let shown = exceptions.examples.prefix(limit).map { "`\($0.text)` (\(rows($0.rows)))" }
    let rest = exceptions.count.texts - shown.count
    return shown.joined(separator: ", ") + (rest > 0 ? " and \(grouped(rest)) more texts" : "")
  }

  private static func rows(_ count: Int) -> String {
    "\(grouped(count)) \(count == 1 ? "row" : "rows")"
  }

  /// `12,345`
  private static func grouped(_ count: Int) -> String {
    var digits = Array(String(count))
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: place)
      place -= 3
    }
    return String(digits)
  }

  /// The text as the language writes it: in quotes unless it is one word.
  private func quoted(_ text: String) -> String {
    let isWord = !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    return isWord ? text : "\"\(text)\""
  }
}
