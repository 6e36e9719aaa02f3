/// One code a row, in the narrowest width that holds the dictionary.
package enum Codes: Sendable {
  case bytes(RowCodes<UInt8>)
  case shorts(RowCodes<UInt16>)
  case words(RowCodes<UInt32>)

  /// Codes of one byte, in memory.
  package static func bytes(_ codes: [UInt8]) -> Codes { .bytes(RowCodes(codes)) }
  /// Codes of two bytes, in memory.
  package static func shorts(_ codes: [UInt16]) -> Codes { .shorts(RowCodes(codes)) }
  /// Codes of four bytes, in memory.
  package static func words(_ codes: [UInt32]) -> Codes { .words(RowCodes(codes)) }

  package var count: Int {
    switch self {
    case .bytes(let codes): codes.count
    case .shorts(let codes): codes.count
    case .words(let codes): codes.count
    }
  }

  package subscript(row: Int) -> Int {
    switch self {
    case .bytes(let codes): Int(codes[row])
    case .shorts(let codes): Int(codes[row])
    case .words(let codes): Int(codes[row])
    }
  }
}

extension Codes {
  /// The codes at full width.
  package var words: [UInt32] {
    if case .words(let codes) = self, let words = codes.inMemory { return words }
    return Array(unsafeUninitializedCapacity: count) { room, filled in
      if let base = room.baseAddress { copy(0..<count, to: base) }
      filled = count
    }
  }

  /// How many rows hold each of the codes below `count`.
  package func counts(of count: Int, workers: Int = 1) -> [Int] {
    switch self {
    case .bytes(let codes): CodeCounts.counts(codes, of: count, workers: workers)
    case .shorts(let codes): CodeCounts.counts(codes, of: count, workers: workers)
    case .words(let codes): CodeCounts.counts(codes, of: count, workers: workers)
    }
  }
}

/// A column as it was read: texts in a dictionary, and one code a row.
///
/// A dictionary is in order of first appearance, but for serial numbers, which are in their own order, and of which
/// some may be in no row. Types, missing codes and recoding are a `Meaning` over the dictionary, so that
/// a card can change them without reading the rows again, and a test is decided once for each distinct text.
package struct Column: Sendable {
  package let codes: Codes
  package let texts: Texts
  /// What was worked out of it so far.
  package let memo = ColumnMemo()
  private let knownCounts: [Int]?
  /// How many of the texts are in a row.
  package let heldTextCount: Int

  package init(codes: Codes, texts: Texts, counts: [Int]) {
    self.codes = codes
    self.texts = texts
    knownCounts = counts
    heldTextCount = texts.count
  }

  /// A column of serial numbers, whose rows are counted when someone asks for it.
  package init(codes: Codes, serial: SerialTexts, heldTextCount: Int) {
    self.codes = codes
    texts = Texts(serial)
    knownCounts = nil
    self.heldTextCount = heldTextCount
  }

  package var rowCount: Int { codes.count }

  /// The codes that are in a row, in the order in which rows hold them first.
  ///
  /// **Complexity**: O(1) but for serial numbers, whose rows are looked through.
  package var codesAsTheyAppear: [Int] {
    guard texts.serial != nil else { return Array(0..<texts.count) }
    var isKnown = [Bool](repeating: false, count: texts.count)
    var order: [Int] = []
    order.reserveCapacity(heldTextCount)
    for code in codes.words where !isKnown[Int(code)] {
      isKnown[Int(code)] = true
      order.append(Int(code))
    }
    return order
  }

  /// How many rows hold each code; as long as the dictionary.
  package var counts: [Int] {
    knownCounts
      ?? memo.counts { codes.counts(of: texts.count, workers: Parallel.availableCores) }
  }
}
