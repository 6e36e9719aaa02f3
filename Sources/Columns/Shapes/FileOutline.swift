/// What is known of a file besides its columns: where rows stand, and what columns look like of which only the type was
/// wanted.
package struct FileOutline: Hashable, Sendable {
  package var places: RowPlaces
  package var shapes: [ColumnShape]

  package init(places: RowPlaces, shapes: [ColumnShape]) {
    self.places = places
    self.shapes = shapes
  }
}

// How it stands in a copy. Numbers are little-endian.
extension FileOutline {
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    CopyLayout.put(places.offsets.count, &bytes)
    for number in places.offsets + places.rows { CopyLayout.put(number, &bytes) }
    CopyLayout.put(shapes.count, &bytes)
    for shape in shapes { shape.put(&bytes) }
    return bytes
  }

  /// Nothing where the bytes are no outline.
  init?(_ bytes: [UInt8]) {
    var reader = CopyLayout.Reader(bytes[...])
    guard let offsets = reader.numbers(), let rows = reader.numbers(count: offsets.count),
      let places = RowPlaces(offsets: offsets, rows: rows), let count = reader.size(),
      count <= bytes.count
    else { return nil }
    self.places = places
    shapes = []
    for _ in 0..<count {
      guard let shape = ColumnShape(&reader) else { return nil }
      shapes.append(shape)
    }
    guard reader.isAtEnd else { return nil }
  }
}

extension CopyLayout.Reader {
  /// Numbers that can't be negative, their count first.
  fileprivate mutating func numbers() -> [Int]? { size().flatMap { numbers(count: $0) } }

  fileprivate mutating func numbers(count: Int) -> [Int]? {
    var numbers: [Int] = []
    for _ in 0..<count {
      guard let number = size() else { return nil }
      numbers.append(number)
    }
    return numbers
  }
}

extension ColumnShape {
  fileprivate func put(_ bytes: inout [UInt8]) {
    CopyLayout.put(look.ordinal, &bytes)
    CopyLayout.put(look.wordsSettle ? 1 : 0, &bytes)
    CopyLayout.put(look.marked.count, &bytes)
    for text in look.marked.sorted() { CopyLayout.put(Array(text.utf8), &bytes) }
    CopyLayout.put(marked.count, &bytes)
    for (text, rows) in marked.sorted(by: { $0.key < $1.key }) {
      CopyLayout.put(Array(text.utf8), &bytes)
      CopyLayout.put(rows, &bytes)
    }
    CopyLayout.put(word == nil ? 0 : 1, &bytes)
    if let word { CopyLayout.put(Array(word.utf8), &bytes) }
    let flags = (isUnfinished ? 1 : 0) | (hasEightDigits ? 2 : 0) | (counts.hasTimeOfDay ? 4 : 0)
    for number in [flags, counts.traits.rawValue, Int(counts.decimalBits)] + counts.numbersKept {
      CopyLayout.put(number, &bytes)
    }
  }

  fileprivate init?(_ reader: inout CopyLayout.Reader) {
    guard let ordinal = reader.size(), let wordsSettle = reader.size(),
      let texts = reader.texts(), let markedCount = reader.size()
    else { return nil }
    self.init(ColumnLook(ordinal: ordinal, marked: Set(texts), wordsSettle: wordsSettle == 1))
    for _ in 0..<markedCount {
      guard let text = reader.run(), let rows = reader.size() else { return nil }
      addMarked(String(decoding: text, as: UTF8.self), rows: rows)
    }
    guard let wordCount = reader.size() else { return nil }
    if wordCount == 1 {
      guard let word = reader.run() else { return nil }
      settle(by: String(decoding: word, as: UTF8.self))
    }
    guard let flags = reader.size(), let traits = reader.size(), let bits = reader.size(),
      let decimalBits = UInt32(exactly: bits),
      let numbers = reader.numbers(count: CellCounts().numbersKept.count)
    else { return nil }
    isUnfinished = flags & 1 == 1
    hasEightDigits = flags & 2 == 2
    counts.hasTimeOfDay = flags & 4 == 4
    counts.traits = WrittenNumber.Traits(rawValue: traits)
    counts.decimalBits = decimalBits
    counts.numbersKept = numbers
  }
}

extension CellCounts {
  /// The numbers in the order in which they are kept.
  fileprivate var numbersKept: [Int] {
    get {
      [
        present, numbers, mostWholeDigits, yearFirst, yearLast, compact, fitsMonthFirst,
        fitsDayFirst, differs,
      ]
    }
    set {
      (present, numbers, mostWholeDigits) = (newValue[0], newValue[1], newValue[2])
      (yearFirst, yearLast, compact) = (newValue[3], newValue[4], newValue[5])
      (fitsMonthFirst, fitsDayFirst, differs) = (newValue[6], newValue[7], newValue[8])
    }
  }
}
