/// A column of which only the type is wanted, since few of its cells are shown and none is counted.
package struct ColumnLook: Hashable, Sendable {
  /// The place of the column in the file, 0 being the first.
  package let ordinal: Int
  /// The texts that the card calls missing, or has stand for others.
  package let marked: Set<String>
  /// Whether a text that is neither number nor date settles the type, so that no more need be looked at.
  package let wordsSettle: Bool

  package init(ordinal: Int, marked: Set<String>, wordsSettle: Bool) {
    self.ordinal = ordinal
    self.marked = marked
    self.wordsSettle = wordsSettle
  }

  /// Whether a marked text would be counted among the plain cells, which are not told apart.
  var marksPlainCells: Bool {
    marked.contains { text in
      var text = text
      return text.withUTF8 { PlainNumber($0) != nil || ColumnLook.isStandardDate($0) }
    }
  }

  /// Whether a text is a day as ISO 8601 writes it.
  private static func isStandardDate(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.count == 10 && WrittenDate(text).map { $0.shape == .yearFirst } ?? false
  }
}

/// What the cells of a column look like, as far as its type depends on it; see `TypeInference.shownMeaning`.
///
/// All that decides between number, date and words is there; which words they are is not known.
package struct ColumnShape: Hashable, Sendable {
  /// What was looked for.
  package let look: ColumnLook
  /// The cells whose texts are not marked.
  var counts = CellCounts()
  /// Whether some of the numbers may be dates of eight digits, which are not counted as such.
  var hasEightDigits = false
  /// The marked texts that occur, and how many rows hold each.
  private(set) var marked: [String: Int] = [:]
  /// A text that settled the type: cells behind it were not looked at.
  private(set) var word: String?
  /// Whether cells were not looked at.
  var isUnfinished = false

  init(_ look: ColumnLook, isUnfinished: Bool = false) {
    self.look = look
    self.isUnfinished = isUnfinished
  }

  mutating func addMarked(_ text: String, rows: Int) { marked[text, default: 0] += rows }

  mutating func settle(by text: String) {
    word = text
    isUnfinished = true
  }

  /// Takes in the shape of the rows that come next.
  mutating func append(_ next: ColumnShape) {
    counts.append(next.counts)
    hasEightDigits = hasEightDigits || next.hasEightDigits
    marked.merge(next.marked) { $0 + $1 }
    word = word ?? next.word
    isUnfinished = isUnfinished || next.isUnfinished
  }
}

extension TypeInference {
  /// How the texts of a column are read where they are shown; nothing where the shape does not tell.
  ///
  /// Of a number or a date exactly what `meaning(of:named:)` decides by the column. Words of all kinds are alike where
  /// they are shown, and are called `category`.
  ///
  /// - Parameters: those of `meaning(of:named:)`.
  package static func shownMeaning(
    by shape: ColumnShape, named name: String, missing: Set<String> = [],
    recode: [String: String] = [:], as type: FieldType? = nil, dateOrder: DateOrder? = nil
  ) -> Meaning? {
    func meaning(_ type: FieldType, _ order: DateOrder? = nil) -> Meaning {
      Meaning(
        type: type.isNumber || type.isDate ? type : .category, dateOrder: type.isDate ? order : nil,
        missing: missing, recode: recode)
    }
    if let type, !type.isDate { return meaning(type) }
    if type == nil, let word = shape.word, !missing.contains(word), recode[word] == nil {
      return meaning(.category)
    }
    guard !shape.isUnfinished, shape.look.marked == missing.union(recode.keys),
      !shape.look.marksPlainCells, type == nil || !shape.hasEightDigits
    else { return nil }
    var counts = shape.counts
    for (text, rows) in shape.marked where !missing.contains(text) {
      guard var meant = recode[text], !missing.contains(meant) else { continue }
      counts.append(meant.withUTF8 { CellCounts(of: $0) }, times: rows)
    }
    let (decided, order) = decided(by: ColumnTally(counts), named: name, as: type, dateOrder)
    return meaning(decided, order)
  }
}
