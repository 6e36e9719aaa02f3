import Testing

@testable import Columns

/// Columns of serial numbers say in every row what dictionaries say, and are read as the same type.
struct SerialColumnTests {
  /// One way in which a column may be written.
  private struct Writing: Sendable {
    let text: @Sendable (Int) -> String
    let numbers: Range<Int>
  }

  private static let writings: [Writing] = [
    Writing(text: { "D\(10_000 + $0)" }, numbers: 0..<300),
    Writing(text: { "2021-\(1000 + $0)" }, numbers: 0..<300),
    Writing(text: { "\($0 / 100).\($0 / 10 % 10)\($0 % 10)" }, numbers: 20..<320),
    Writing(text: { "\($0 / 10).\($0 % 10)" }, numbers: 0..<300),
    Writing(
      text: { String(repeating: "0", count: 6 - String($0).count) + String($0) }, numbers: 1..<300),
    Writing(text: { String($0) }, numbers: 0..<300),
    Writing(text: { String(99_900_000 + $0) }, numbers: 0..<300),
    Writing(text: { String(20_210_100 + $0) }, numbers: 1..<32),
    Writing(text: { String(123_456_789_000 + $0) }, numbers: 0..<300),
    Writing(text: { "Case \(100 + $0)" }, numbers: 0..<300),
  ]

  private static let strays = [
    "D1000x", "-5.00", "007", "é", "a text of more than sixteen bytes", "\"a,b\"", "999999999999",
    "D99999", "1", "\u{0}1",
  ]

  /// A file of one such column beside another, some of its texts missing, quoted or of another kind.
  private static func file(seed: UInt64, hasStray: Bool) -> String {
    var dice = Dice(seed: seed)
    let writing = writings[Int(seed) % writings.count]
    let lineBreak = seed % 3 == 0 ? "\r\n" : "\n"
    let rowCount = Int.random(in: 150..<400, using: &dice)
    let stray = hasStray ? Int.random(in: 0..<rowCount, using: &dice) : -1
    let missing = Int.random(in: 0..<3, using: &dice)
    let quoted = Int.random(in: 0..<3, using: &dice)
    var text = "id,other" + lineBreak
    for row in 0..<rowCount {
      var cell = writing.text(Int.random(in: writing.numbers, using: &dice))
      if Int.random(in: 0..<10, using: &dice) < missing { cell = "" }
      if Int.random(in: 0..<10, using: &dice) < quoted { cell = "\"\(cell)\"" }
      if row == stray { cell = strays.randomElement(using: &dice) ?? "" }
      // A row that has too few fields has no id where the id stands last.
      text += seed % 2 == 0 ? "\(cell),x" : row % 50 == 7 ? "y" : "y,\(cell)"
      text += lineBreak
    }
    return seed % 2 == 0 ? text : "other,id" + text.dropFirst("id,other".count)
  }

  @Test(
    "whatever the pieces they are read in, and whatever stands between", arguments: [false, true])
  func sameAsDictionaries(hasStray: Bool) throws {
    var serialCount = 0
    for seed in 0..<60 as Range<UInt64> {
      let text = SerialColumnTests.file(seed: seed, hasStray: hasStray)
      let file = try DelimitedFile(bytes: Array(text.utf8), named: "t.csv")
      let slot = Int(seed % 2)
      let whole = try file.read(columns: [slot]).columns[0]
      #expect(whole.texts.serial == nil)
      let rows = texts(whole)
      // NUL bytes are left out.
      let written = PlainReader(text).rows.map { $0[slot].replacing("\0", with: "") }
      #expect(rows == written, "seed \(seed)")
      for (segmentBytes, cores, mostTexts) in [(64, 1, 0), (200, 3, 0), (512, 2, 10), (1024, 8, 3)]
      {
        let read = try file.read(
          columns: [slot], cores: cores, segmentBytes: segmentBytes, mostTexts: mostTexts,
          manyRows: seed % 2 == 0 ? 0 : 1 << 21)
        let place: Comment = "seed \(seed), \(segmentBytes) bytes, \(mostTexts) texts"
        try compare(read.columns[0], whole, rows, place)
        // Of several threads, which one reads what decides when it has seen enough.
        if cores == 1, read.columns[0].texts.serial != nil { serialCount += 1 }
      }
    }
    // Columns without a stray text are serial numbers; few with one are.
    #expect(hasStray ? serialCount < 30 : serialCount > 45, "\(serialCount)")
  }

  private func compare(
    _ column: Column, _ whole: Column, _ rows: [String], _ place: Comment
  ) throws {
    #expect(texts(column) == rows, place)
    let counts = rows.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    #expect(column.heldTextCount == counts.count, place)
    #expect(
      (0..<column.texts.count).allSatisfy {
        column.counts[$0] == counts[column.texts[$0], default: 0]
      }, place)
    // The texts written down are those that are told one by one.
    let bounds = column.texts.bounds
    #expect(
      (0..<column.texts.count).allSatisfy {
        Array(column.texts.bytes[bounds[$0]..<bounds[$0 + 1]]) == Array(column.texts[$0].utf8)
      }, place)
    let order = column.texts.inOrder().map { column.texts[$0] }
    #expect(order == order.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }, place)
    #expect(column.texts.holdsEmpty == rows.contains(""), place)
    for name in ["id", "charge code"] {
      let made = TypeInference.meaning(of: column, named: name)
      let wanted = TypeInference.meaning(of: whole, named: name)
      #expect(made.meaning == wanted.meaning && made.notes == wanted.notes, place)
      let missing: Set<String> = ["D10005", "0.20", "5", "nothing"]
      let codes = column.texts.codes(ofTexts: missing).filter { column.counts[$0] > 0 }
      #expect(Set(codes.map { column.texts[$0] }) == missing.intersection(rows), place)
      #expect(
        TypeInference.meaning(of: column, named: name, missing: missing).meaning
          == TypeInference.meaning(of: whole, named: name, missing: missing).meaning, place)
    }
  }
}
