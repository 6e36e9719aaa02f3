/// One code a row, in the narrowest width that holds the dictionary.
package enum Codes: Sendable {
  case bytes([UInt8])
  case shorts([UInt16])
  case words([UInt32])

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
    if case .words(let codes) = self { return codes }
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

/// The distinct texts of a column, UTF-8, end to end; `bounds[i]..<bounds[i + 1]` are the bytes of
/// code `i`.
package struct Texts: Sendable {
  package var bytes: [UInt8]
  package var bounds: [Int]

  package init(bytes: [UInt8] = [], bounds: [Int] = [0]) {
    self.bytes = bytes
    self.bounds = bounds
  }

  package init(_ strings: [String]) {
    self.init()
    for string in strings { append(string) }
  }

  package var count: Int { bounds.count - 1 }

  package subscript(code: Int) -> String {
    String(decoding: bytes[bounds[code]..<bounds[code + 1]], as: UTF8.self)
  }

  package var isASCII: Bool {
    bytes.withUnsafeBufferPointer { bytes in bytes.reduce(0, |) } < 0x80
  }

  /// Whether one of the texts has no bytes.
  package var holdsEmpty: Bool {
    bounds.withUnsafeBufferPointer { bounds in
      for code in 0..<count where bounds[code] == bounds[code + 1] { return true }
      return false
    }
  }

  /// The codes of those texts that are among the given ones, ascending.
  package func codes(ofTexts wanted: Set<String>) -> [Int] {
    let wanted = wanted.map { Array($0.utf8) }
    let lengths = Set(wanted.map(\.count))
    let longest = lengths.max() ?? -1
    return bytes.withUnsafeBufferPointer { bytes in
      bounds.withUnsafeBufferPointer { bounds in
        var codes: [Int] = []
        for code in 0..<count {
          let length = bounds[code + 1] - bounds[code]
          guard length <= longest, lengths.contains(length) else { continue }
          let text = bytes[bounds[code]..<bounds[code + 1]]
          if wanted.contains(where: { $0.elementsEqual(text) }) { codes.append(code) }
        }
        return codes
      }
    }
  }

  /// Whether the bytes of a code's text stand before those of another's.
  package func precedes(_ left: Int, _ right: Int) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      bytes[bounds[left]..<bounds[left + 1]].lexicographicallyPrecedes(
        bytes[bounds[right]..<bounds[right + 1]])
    }
  }

  private struct Stopped: Error {}

  /// The codes in the order of their texts' bytes; in any order where that is stopped.
  ///
  /// **Complexity**: O(n log n); most texts are told apart by their first eight bytes, which are
  /// compared as one number.
  package func inOrder(unless isCancelled: () -> Bool = { false }) -> [Int] {
    bytes.withUnsafeBufferPointer { bytes in
      let keys = (0..<count).map { code -> (first: UInt64, code: Int) in
        var first: UInt64 = 0
        for place in bounds[code]..<min(bounds[code] + 8, bounds[code + 1]) {
          first |= UInt64(bytes[place]) << UInt64(56 - 8 * (place - bounds[code]))
        }
        return (first, code)
      }
      var comparisons = 0
      let sorted = try? keys.sorted { left, right in
        comparisons &+= 1
        if comparisons & 0xFFFF == 0, isCancelled() { throw Stopped() }
        if left.first != right.first { return left.first < right.first }
        return bytes[bounds[left.code]..<bounds[left.code + 1]].lexicographicallyPrecedes(
          bytes[bounds[right.code]..<bounds[right.code + 1]])
      }
      return (sorted ?? keys).map(\.code)
    }
  }

  /// Adds a text to the end.
  package mutating func append(_ string: String) {
    bytes.append(contentsOf: string.utf8)
    bounds.append(bytes.count)
  }
}

/// A column as it was read: texts in a dictionary, in order of first appearance, and one code a
/// row.
///
/// Types, missing codes and recoding are a `Meaning` over the dictionary, so that a card can change
/// them without reading the rows again, and a test is decided once for each distinct text.
package struct Column: Sendable {
  package let codes: Codes
  package let texts: Texts
  /// How many rows hold each code; as long as the dictionary.
  package let counts: [Int]
  /// What was worked out of it so far.
  package let memo = ColumnMemo()

  package init(codes: Codes, texts: Texts, counts: [Int]) {
    self.codes = codes
    self.texts = texts
    self.counts = counts
  }

  package var rowCount: Int { codes.count }
}
