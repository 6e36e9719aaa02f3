/// One worker's texts as they are meant: quotes, NUL bytes and foreign encodings undone.
///
/// Only read once it is made; the worker's own table must outlive it.
struct CleanTexts: @unchecked Sendable {
  let table: TextTable
  /// How many texts the worker has as they were written.
  let rawCount: Int
  /// Those that were not UTF-8, and those with NUL bytes.
  let decoded: Set<[UInt8]>
  let withNulls: Set<[UInt8]>
  /// For each text as written the code of what is meant; nothing where all stand for themselves.
  private let codes: [UInt32]?

  init(_ raw: TextTable) {
    rawCount = raw.count
    var decoded: Set<[UInt8]> = []
    var withNulls: Set<[UInt8]> = []
    guard !(0..<raw.count).allSatisfy(raw.isPlain) else {
      table = raw
      codes = nil
      self.decoded = decoded
      self.withNulls = withNulls
      return
    }
    var table = TextTable(expecting: raw.count)
    var clean = RawText()
    codes = (0..<raw.count).map { code in
      if raw.isPlain(code) { return table.code(of: raw.key(of: code), raw.longText(of: code)) }
      return raw.withText(of: code) { text in
        clean.read(text)
        if clean.isDecoded { decoded.insert(Array(text)) }
        if clean.hadNulls { withNulls.insert(Array(text)) }
        let padded = clean.bytes + Array(repeating: 0, count: TextTable.margin)
        return padded.withUnsafeBufferPointer {
          $0.baseAddress.map { table.code(of: $0, length: clean.bytes.count) } ?? 0
        }
      }
    }
    self.table = table
    self.decoded = decoded
    self.withNulls = withNulls
  }

  func deallocate() {
    if codes != nil { table.deallocate() }
  }

  /// Whether every text stands for itself.
  var areMeantAsWritten: Bool { codes == nil }

  /// The code of what a text as written means.
  @inline(__always)
  func code(_ raw: Int) -> Int { codes.map { Int($0[raw]) } ?? raw }
}
