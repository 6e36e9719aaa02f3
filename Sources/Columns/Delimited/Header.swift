/// The names in a file's first row.
struct Header: Hashable, Sendable {
  /// Unlike each other and not empty.
  let names: [String]
  /// Where the first row of data begins.
  let byteCount: Int
  let lineCount: Int
  /// Of the bytes before the first row of data.
  let checksums: BlockChecksums
  /// What had to be done to the names, a sentence each.
  let notes: [String]

  /// - Parameter sample: the beginning of the file; holds the whole first row.
  init(sample: [UInt8], shape: RowShape) {
    var fields: [[UInt8]] = []
    var walk = QuoteWalk()
    let mark = sample.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var start = mark
    var end = sample.count
    var lines = 1
    for position in mark..<sample.count {
      let byte = sample[position]
      if byte == shape.lineBreak, walk.isInside { lines += 1 }
      guard walk.separates(byte, byte == shape.delimiter || byte == shape.lineBreak) else {
        continue
      }
      fields.append(Array(sample[start..<position]))
      start = position + 1
      if byte == shape.lineBreak {
        end = position + 1
        break
      }
    }
    if end == sample.count, start < end || sample.last == shape.delimiter {
      fields.append(Array(sample[start...]))
    }
    byteCount = end
    lineCount = lines
    var sums = BlockChecksums()
    sample.withUnsafeBytes { sums.append(UnsafeRawBufferPointer(rebasing: $0[..<end])) }
    checksums = sums
    (names, notes) = FieldNames.distinct(fields.map(Header.text))
  }

  private static func text(_ raw: [UInt8]) -> String {
    var text = RawText()
    raw.withUnsafeBufferPointer { text.read($0) }
    let characters = Array(String(decoding: text.bytes, as: UTF8.self))
    guard let first = characters.firstIndex(where: { !$0.isWhitespace }),
      let last = characters.lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(characters[first...last])
  }
}
