private import CByteMask

/// Where the fields and rows of one block of bytes end.
///
/// The block begins at the start of a row. `positions[0]` is -1, as if a line break stood before
/// the block, so that field `c` of a row whose predecessor ends at index `e` lies between
/// `positions[e + c]` and `positions[e + c + 1]`.
struct BlockIndex: ~Copyable {
  /// Byte positions of the separators, after the sentinel.
  private(set) var positions: UnsafeMutablePointer<Int32>
  /// For each row the index in `positions` of its line break.
  private(set) var rowEnds: UnsafeMutablePointer<Int32>
  private(set) var positionCount = 1
  private(set) var rowCount = 0
  /// Whether a quoted field is still open at the end of the bytes.
  private(set) var endsInsideQuotes = false
  /// Whether a line break stands inside quotes, so that rows and lines of the file differ.
  private(set) var hasQuotedBreaks = false
  /// Whether every row has as many fields as the header, so that row ends are every so many
  /// separators.
  private(set) var isRegular = false
  /// Whether the next block is taken to be regular and without stray quotes, as the last one was.
  private var expectsRegular = true
  private var capacity: Int

  /// - Parameters:
  ///   - capacity: the most bytes that a block has, a multiple of 64.
  ///   - level: which scan looks for separators, at most `bestLevel`; changes nothing in the result.
  init(capacity: Int, level: Int = BlockIndex.bestLevel) {
    self.capacity = capacity
    self.level = min(level, BlockIndex.bestLevel)
    positions = .allocate(capacity: capacity + 128)
    rowEnds = .allocate(capacity: capacity + 128)
  }

  deinit {
    positions.deallocate()
    rowEnds.deallocate()
  }

  mutating func reserve(_ capacity: Int) {
    guard capacity > self.capacity else { return }
    positions.deallocate()
    rowEnds.deallocate()
    self.capacity = capacity
    positions = .allocate(capacity: capacity + 128)
    rowEnds = .allocate(capacity: capacity + 128)
  }

  /// Which scan the machine has instructions for: 0 the plain one, up to `bestLevel`.
  static let bestLevel = Int(bytemask_level())
  private let level: Int
  /// The stretch that is scanned again byte by byte when a stray quote was found in it.
  private static let wordsPerStretch = 64

  /// Finds the separators outside quotes.
  ///
  /// A quote opens a field only as its first byte (or doubles the quote before it); anywhere else
  /// in a plain field it is text. The masks take every quote for a toggle and notice when that was
  /// wrong; such a stretch is scanned again byte by byte.
  /// - Parameter bytes: `count` bytes followed by zeros up to the next multiple of 64.
  mutating func scan(_ bytes: UnsafePointer<UInt8>, count: Int, shape: RowShape) {
    precondition(count <= capacity)
    positions[0] = -1
    let words = (count + 63) / 64
    if expectsRegular, scanRegular(bytes, words, shape) { return }
    var quotes = bytemask_quotes(inside: 0, opens: 1, stray: 0, quoted_breaks: 0)
    var found = emptyIndex
    masks(bytes, words, shape, &quotes, &found)
    let hasStrayQuotes = quotes.stray != 0
    if hasStrayQuotes {
      quotes = bytemask_quotes(inside: 0, opens: 1, stray: 0, quoted_breaks: 0)
      found = emptyIndex
      var word = 0
      while word < words {
        let length = min(BlockIndex.wordsPerStretch, words - word)
        scanStretch(bytes, word..<word + length, shape, &quotes, &found)
        word += length
      }
    }
    take(quotes, found)
    isRegular = hasRegularEnds(shape)
    expectsRegular = isRegular && !hasStrayQuotes
  }

  private mutating func take(_ quotes: bytemask_quotes, _ found: bytemask_index) {
    positionCount = found.position_count
    rowCount = found.row_count
    endsInsideQuotes = quotes.inside != 0
    hasQuotedBreaks = quotes.quoted_breaks != 0
  }

  /// Finds the separators of a block whose rows all have as many fields as the header: line breaks are
  /// counted, and looked for where they are then. Returns false where they are elsewhere, or a stray quote was found.
  private mutating func scanRegular(
    _ bytes: UnsafePointer<UInt8>, _ words: Int, _ shape: RowShape
  ) -> Bool {
    var quotes = bytemask_quotes(inside: 0, opens: 1, stray: 0, quoted_breaks: 0)
    var found = emptyIndex
    switch level {
    case 2:
      bytemask_separators_icelake(bytes, words, shape.delimiter, shape.lineBreak, &quotes, &found)
    case 1:
      bytemask_separators_haswell(bytes, words, shape.delimiter, shape.lineBreak, &quotes, &found)
    default:
      bytemask_separators_plain(bytes, words, shape.delimiter, shape.lineBreak, &quotes, &found)
    }
    let fieldCount = shape.fieldCount
    guard quotes.stray == 0, found.row_count * fieldCount < found.position_count else {
      return false
    }
    var differences: UInt8 = 0
    var end = 0
    for row in 0..<found.row_count {
      end &+= fieldCount
      rowEnds[row] = Int32(truncatingIfNeeded: end)
      differences |= bytes[Int(positions[end])] ^ shape.lineBreak
    }
    guard differences == 0 else { return false }
    take(quotes, found)
    isRegular = true
    return true
  }

  private func hasRegularEnds(_ shape: RowShape) -> Bool {
    var previous: Int32 = 0
    for row in 0..<rowCount {
      guard rowEnds[row] - previous == shape.fieldCount else { return false }
      previous = rowEnds[row]
    }
    return true
  }

  /// Ends the last row of a file that has no line break at its end.
  mutating func closeLastRow(at count: Int, shape: RowShape) {
    positions[positionCount] = Int32(count)
    rowEnds[rowCount] = Int32(positionCount)
    positionCount += 1
    rowCount += 1
    isRegular = isRegular && positionCount == rowCount * shape.fieldCount + 1
  }

  private var emptyIndex: bytemask_index {
    bytemask_index(
      positions: UnsafeMutableRawPointer(positions).assumingMemoryBound(to: UInt32.self),
      position_count: 1,
      row_ends: UnsafeMutableRawPointer(rowEnds).assumingMemoryBound(to: UInt32.self),
      row_count: 0)
  }

  private func masks(
    _ bytes: UnsafePointer<UInt8>, _ words: Int, _ shape: RowShape,
    _ quotes: inout bytemask_quotes, _ found: inout bytemask_index
  ) {
    switch level {
    case 2: bytemask_scan_icelake(bytes, words, shape.delimiter, shape.lineBreak, &quotes, &found)
    case 1: bytemask_scan_haswell(bytes, words, shape.delimiter, shape.lineBreak, &quotes, &found)
    default: bytemask_scan_plain(bytes, words, shape.delimiter, shape.lineBreak, &quotes, &found)
    }
  }

  /// Scans some words by masks or, if a stray quote is among them, byte by byte from the same
  /// state.
  private func scanStretch(
    _ bytes: UnsafePointer<UInt8>, _ words: Range<Int>, _ shape: RowShape,
    _ quotes: inout bytemask_quotes, _ found: inout bytemask_index
  ) {
    let before = quotes
    let start = (found.position_count, found.row_count)
    masks(bytes + 64 * words.lowerBound, words.count, shape, &quotes, &found)
    if quotes.stray == 0 {
      for index in start.0..<found.position_count {
        positions[index] += Int32(64 * words.lowerBound)
      }
      return
    }
    found.position_count = start.0
    found.row_count = start.1
    var walk = QuoteWalk(isInside: before.inside != 0, mayOpen: before.opens != 0)
    var hasQuotedBreaks = before.quoted_breaks != 0
    for position in 64 * words.lowerBound..<64 * words.upperBound {
      let byte = bytes[position]
      let isBreak = byte == shape.lineBreak
      guard walk.separates(byte, isBreak || byte == shape.delimiter) else {
        if isBreak { hasQuotedBreaks = true }
        continue
      }
      if isBreak {
        rowEnds[found.row_count] = Int32(found.position_count)
        found.row_count += 1
      }
      positions[found.position_count] = Int32(position)
      found.position_count += 1
    }
    quotes = bytemask_quotes(
      inside: walk.isInside ? .max : 0, opens: walk.mayOpen ? 1 : 0, stray: 0,
      quoted_breaks: hasQuotedBreaks ? 1 : 0)
  }
}

/// The rule for quotes, byte by byte.
struct QuoteWalk: Hashable {
  /// Whether a quoted field is open.
  private(set) var isInside: Bool
  /// Whether a quote that comes next opens a field, or doubles the quote that has just closed one.
  private(set) var mayOpen: Bool

  init(isInside: Bool = false, mayOpen: Bool = true) {
    self.isInside = isInside
    self.mayOpen = mayOpen
  }

  /// Takes the next byte; true if it is a separator and stands outside quotes.
  mutating func separates(_ byte: UInt8, _ isSeparator: Bool) -> Bool {
    if isInside {
      if byte == UInt8(ascii: "\"") { (isInside, mayOpen) = (false, true) }
      return false
    }
    if byte == UInt8(ascii: "\"") {
      (isInside, mayOpen) = (mayOpen, false)
      return false
    }
    mayOpen = isSeparator
    return isSeparator
  }
}
