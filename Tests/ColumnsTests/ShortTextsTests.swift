import Testing

@testable import Columns

@Suite("Codes of texts")
struct ShortTextsTests {
  /// Texts end to end with a separator before and behind each, one field a row.
  private struct Fields {
    var bytes: [UInt8] = []
    var separators: [Int32] = []

    init(_ texts: [[UInt8]]) {
      for text in texts {
        separators.append(Int32(bytes.count))
        bytes += [UInt8(ascii: ",")] + text
        separators.append(Int32(bytes.count))
        bytes.append(UInt8(ascii: "\n"))
      }
      bytes += Array(repeating: 0, count: TextTable.margin)
    }

    /// The codes that a table gives, `rows` at a time.
    func codes(in table: inout TextTable, rows: Int) -> [Int] {
      let count = separators.count / 2
      var codes = [UInt32](repeating: .max, count: count)
      var first = 0
      while first < count {
        let taken = min(rows, count - first)
        bytes.withUnsafeBufferPointer { bytes in
          separators.withUnsafeBufferPointer { separators in
            codes.withUnsafeMutableBufferPointer { codes in
              guard let bytes = bytes.baseAddress, let separators = separators.baseAddress,
                let codes = codes.baseAddress
              else { return }
              table.encode(
                bytes, separators: separators + 2 * first, stride: 2, rows: taken,
                into: codes + first)
            }
          }
        }
        first += taken
      }
      return codes.map(Int.init)
    }
  }

  /// The code of each text when each new one gets the next.
  private func walked(_ texts: [[UInt8]]) -> [Int] {
    var known: [[UInt8]: Int] = [:]
    return texts.map { text in
      if let code = known[text] { return code }
      known[text] = known.count
      return known.count - 1
    }
  }

  private func check(_ texts: [[UInt8]], rows: Int, _ what: String) {
    let fields = Fields(texts)
    let wanted = walked(texts)
    for level in 0...BlockIndex.bestLevel {
      var table = TextTable(level: level)
      defer { table.deallocate() }
      #expect(fields.codes(in: &table, rows: rows) == wanted, "\(what), level \(level)")
      let held = table.texts
      var named: [Int: [UInt8]] = [:]
      for (text, code) in zip(texts, wanted) { named[code] = text }
      let isNamed = named.allSatisfy { code, text in
        table.length(of: code) == text.count && table.withText(of: code) { Array($0) == text }
      }
      #expect(isNamed && held.count == named.count, "\(what), level \(level)")
    }
  }

  @Test("every way to look texts up gives the same codes, of any length and with any bytes")
  func lengths() {
    var dice = Dice(seed: 61)
    for round in 0..<60 {
      let most = [1, 8, 17, 33, 64, 66, 150][round % 7]
      // Few bytes to choose from, so that texts differ in length, in one place, or in zeros alone.
      let letters: [UInt8] = round % 2 == 0 ? [0, 97] : [0, 44, 97, 98, 128, 255]
      let pool = (0..<Int.random(in: 1...80, using: &dice)).map { _ -> [UInt8] in
        (0..<Int.random(in: 0...most, using: &dice)).map { _ in
          letters.randomElement(using: &dice) ?? 0
        }
      }
      let texts = (0..<900).map { _ in pool.randomElement(using: &dice) ?? [] }
      check(texts, rows: [1, 7, 900][round % 3], "round \(round)")
    }
  }

  @Test("texts beyond those that are looked up quickly, and texts whose halves are exchanged")
  func many() {
    let numbers = (0..<12_000).map { Array("no. \($0 % 5_000)".utf8) }
    check(numbers, rows: 512, "more texts than are held")
    let dates = (0..<4_000).map {
      Array("20\(10 + $0 % 13)-\(10 + $0 / 7 % 3)-\(10 + $0 % 17)".utf8)
    }
    check(dates, rows: 300, "dates")
    // Sixteen bytes that follow one another in any order have one hash.
    let words = ["aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb", "cccccccccccccccc", "dddddddddddddddd"]
    let turned = (0..<900).map { row in
      Array((0..<4).map { words[(row >> (2 * $0)) & 3] }.joined().utf8)
    }
    check(turned, rows: 64, "exchanged words")
    // So many that some fall on each other's slots, and differ from these in zeros at their end alone.
    let zeros = (0..<8_000).map { row in
      Array("\(row / 65 % 60)".utf8) + Array(repeating: 0, count: row % 62)
    }
    check(zeros.map { Array($0.prefix(64)) }, rows: 700, "texts that differ in zeros")
    let long = (0..<3_000).map { Array(repeating: UInt8($0 % 200), count: 60 + $0 % 9) }
    check(long, rows: 250, "around the length that is looked up quickly")
  }

  @Test("texts that were entered one by one are found by the next look-up of many")
  func mixed() {
    let fields = Fields((0..<500).map { Array("text \($0 % 50)".utf8) })
    for level in 0...BlockIndex.bestLevel {
      var table = TextTable(level: level)
      defer { table.deallocate() }
      let first = Fields([Array("text 7".utf8)]).codes(in: &table, rows: 1)
      let alone = (Array("text 3".utf8) + Array(repeating: 0, count: TextTable.margin))
        .withUnsafeBufferPointer { $0.baseAddress.map { table.code(of: $0, length: 6) } }
      #expect(first == [0] && alone == 1)
      let codes = fields.codes(in: &table, rows: 100)
      #expect(codes[7] == 0 && codes[3] == 1 && codes[0] == 2 && codes[57] == 0)
    }
  }
}
