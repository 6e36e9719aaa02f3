import Columns
import Testing

/// Files cut into segments everywhere give what the obvious reader gives.
struct SeamTests {
  /// A random file: quotes with line breaks and delimiters, stray quotes, ragged rows, blank lines.
  static func file(seed: UInt64, columns: Int) -> String {
    var dice = Dice(seed: seed)
    let pieces = [
      "", "Black", "White", "a", "\"x,y\"", "\"line\nbreak\"", "\"\"", "\"say \"\"no\"\"\"",
      "6\" knife", "é", "日本", "0123456789abcdef", "0123456789abcdefg", " ", "\"a\nb\r\nc,,\n\"",
      "\"\n\n\n\"", "\"1,2,3\n4,5,6\n7,8,9\n\"", "long text that is more than sixteen bytes",
    ]
    let lineBreak = seed % 2 == 0 ? "\n" : "\r\n"
    var text = (1...columns).map { "c\($0)" }.joined(separator: ",") + lineBreak
    for _ in 0..<Int.random(in: 0..<60, using: &dice) {
      var count = columns
      if Int.random(in: 0..<12, using: &dice) == 0 {
        count = Int.random(in: 1...columns + 2, using: &dice)
      }
      let row = (0..<count).map { _ in pieces.randomElement(using: &dice) ?? "" }
      text += row.joined(separator: ",") + lineBreak
    }
    return Bool.random(using: &dice) ? text : String(text.dropLast())
  }

  @Test("segments of any size on any number of cores give the same columns")
  func seams() throws {
    for seed in 0..<40 as Range<UInt64> {
      let columns = 1 + Int(seed % 5)
      let text = SeamTests.file(seed: seed, columns: columns)
      let expected = PlainReader(text)
      let file = try DelimitedFile(bytes: Array(text.utf8), named: "t.csv")
      let whole = try read(file)
      #expect(whole.rows == expected.rows, "seed \(seed)")
      for (segmentBytes, cores) in [(64, 1), (64, 3), (200, 8), (1024, 2)] {
        // Rows hold codes, or from the second, or a later segment on their texts; in pages of their own or not.
        for mostTexts in [1 << 18, 0, 3, 12] {
          let cut = try read(
            file, cores: cores, segmentBytes: segmentBytes, mostTexts: mostTexts,
            manyRows: seed % 2 == 0 ? 0 : 1 << 21)
          let place: Comment = "seed \(seed), \(segmentBytes) bytes, \(mostTexts) texts"
          #expect(cut.rows == expected.rows, place)
          #expect(cut.read.notes == whole.read.notes, place)
          #expect(cut.read.fingerprintMaterial == whole.read.fingerprintMaterial)
        }
      }
      #expect(try file.fingerprintMaterial() == whole.read.fingerprintMaterial)
    }
  }

  @Test("a row longer than a block is read whole")
  func longRows() throws {
    let long = String(repeating: "many words, ", count: 2000)
    let text = "a,b\n1,\"\(long)\"\n2,\"\(long)\n\"\n3,c\n"
    let file = try DelimitedFile(bytes: Array(text.utf8), named: "t.csv")
    for segmentBytes in [2048, 1 << 16, 1 << 20] {
      #expect(
        try read(file, cores: 4, segmentBytes: segmentBytes).rows
          == [["1", long], ["2", long + "\n"], ["3", "c"]])
    }
  }

  /// Many texts, some written in two ways, some not UTF-8, met by several workers.
  private static func manyTexts(rows: Int, areShort: Bool) -> (bytes: [UInt8], texts: [String]) {
    var dice = Dice(seed: 7)
    var bytes = Array("id,other\n".utf8)
    var texts: [String] = []
    for row in 0..<rows {
      let number = Int.random(in: 0..<rows, using: &dice)
      let isLong = number % 7 == 0 && !areShort
      let text = isLong ? "a text longer than sixteen bytes \(number)" : "D\(number)"
      if number % 5000 == 3 {
        bytes += Array("caf\(number)".utf8) + [0xE9]
        texts.append("caf\(number)é")
      } else {
        bytes += Array((number % 3 == 0 && row % 2 == 0 ? "\"\(text)\"" : text).utf8)
        texts.append(text)
      }
      bytes += Array(",x\n".utf8)
    }
    return (bytes, texts)
  }

  @Test(
    "many distinct texts come in order of first appearance on any number of cores",
    arguments: [false, true])
  func manyDistinctTexts(areShort: Bool) throws {
    let (bytes, texts) = SeamTests.manyTexts(rows: 60_000, areShort: areShort)
    var seen: Set<String> = []
    let order = texts.filter { seen.insert($0).inserted }
    var counts: [String: Int] = [:]
    for text in texts { counts[text, default: 0] += 1 }
    let file = try DelimitedFile(bytes: bytes, named: "t.csv")
    let decoded = order.count { $0.hasPrefix("caf") }
    for (segmentBytes, cores, mostTexts) in [
      (1 << 22, 1, 1 << 18), (1 << 16, 2, 1 << 18), (1 << 14, 5, 1 << 18), (1 << 16, 2, 0),
      (1 << 14, 5, 4000),
    ] {
      let read = try file.read(
        columns: [0], cores: cores, segmentBytes: segmentBytes, mostTexts: mostTexts,
        manyRows: cores > 1 ? 0 : 1 << 21)
      let column = read.columns[0]
      #expect((0..<column.texts.count).map { column.texts[$0] } == order)
      #expect((0..<column.rowCount).allSatisfy { column.texts[column.codes[$0]] == texts[$0] })
      #expect(zip(order, column.counts).allSatisfy { counts[$0] == $1 })
      #expect(
        read.notes == ["\(decoded) texts of `id` are not UTF-8 and read as Windows-1252"])
    }
  }
}
