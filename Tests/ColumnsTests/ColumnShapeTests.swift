import Columns
import Testing

/// Types by shape alone are those by the whole column, and cells that are gone to are those of the column.
struct ColumnShapeTests {
  /// Texts that look like something, in families; a column is made of one or two of them.
  private static let families: [[String]] = [
    ["0", "1", "14", "140", "1400", "12345678", "999"],
    ["1.5", "220.10", "220.1", "3.00", "4.0", "0.25", "12345.678901"],
    ["1.50", "2.25", "0.10", "99.99"],
    ["4.0", "5.0", "11.0"],
    ["-3", "-3.5", "-0", "-0.0", "-12.50", "-94.578331", "-1234567890.12"],
    ["2021-04-01", "2020-02-29", "1999-12-31", "2021-10-30"],
    ["2021-02-30", "2021-02-29", "0000-01-01", "2021-13-01", "2021-00-10", "2021-04-31"],
    ["2021-04-01T10:30:00", "2021-04-02 00:00:00", "2021-4-1"],
    ["4/1/2021", "12/31/2020", "4/4/2021", "2/30/2021"], ["31/12/2020", "1/4/2021"],
    ["4/1/2021 12:00:00 AM", "4/2/2021 3:15 PM"], ["20210401", "20201231", "20211301"],
    ["007", "0123", "+5", "12E04", "00"], ["1e5", "1.5e-3", "2E+7"],
    ["$1,200.50", "$5", "1,400", "12.5%", "(80.00)", " 42 ", ".5", "5."],
    ["1234567890123", "123456789012", "99999999999", "9007199254740993"],
    ["123456789012345.5", "1234567890.123456789", "12345678901234567890123456789012"],
    ["yes", "no"], ["Unknown", "N/A", "-9"], ["Black", "White", "buy-bust"],
    ["é", "日本", "caf\u{65}\u{301}"],
    [
      "\"\"", "\"12\"", "\"2021-04-01\"", "\"1,400\"", "\"a\nb\"", "\"6\"\" knife\"", "\"-1.5\"",
      "\"1\"2", "1\"2",
    ],
    ["1.2.3", "12-34", "2021-04-0a", "-", ".", "1..", "1-2", "--1", "1234567a", "12345678901a"],
  ]

  private static func column(_ dice: inout Dice) -> [String] {
    var texts: [String] = []
    for _ in 0..<Int.random(in: 1...2, using: &dice) {
      texts += families.randomElement(using: &dice) ?? []
    }
    texts = texts.filter { _ in Int.random(in: 0..<3, using: &dice) > 0 }
    // One odd text in the rows, or none, or many.
    return Array(texts.shuffled(using: &dice).prefix(Int.random(in: 1...6, using: &dice))) + [""]
  }

  /// A file of columns of such texts, with ragged rows, blank lines and lines that end in CR LF.
  private static func file(seed: UInt64, columns: Int) -> [UInt8] {
    var dice = Dice(seed: seed)
    let lineBreak = Bool.random(using: &dice) ? "\n" : "\r\n"
    let pools = (0..<columns).map { _ in column(&dice) }
    var bytes = Array(((1...columns).map { "c\($0)" }.joined(separator: ",") + lineBreak).utf8)
    let foreign = Int.random(in: 0..<4, using: &dice) == 0
    for _ in 0..<Int.random(in: 0..<80, using: &dice) {
      var cells = pools.map { $0.randomElement(using: &dice) ?? "" }
      switch Int.random(in: 0..<20, using: &dice) {
      case 0: cells.removeLast()
      case 1: cells.append("17")
      case 2: cells = [""]
      default: break
      }
      bytes += Array(cells.joined(separator: ",").utf8)
      if foreign, Int.random(in: 0..<9, using: &dice) == 0 { bytes.append(0xE9) }
      if foreign, Int.random(in: 0..<9, using: &dice) == 0 { bytes.append(0) }
      bytes += Array(lineBreak.utf8)
    }
    if Bool.random(using: &dice) { bytes.removeLast(lineBreak.utf8.count) }
    return bytes
  }

  /// The meaning with all kinds of words as one.
  private static func shown(_ meaning: Meaning) -> Meaning {
    var meaning = meaning
    if !meaning.type.isNumber, !meaning.type.isDate { meaning.type = .category }
    return meaning
  }

  private struct Card {
    var missing: Set<String> = []
    var recode: [String: String] = [:]
    var type: FieldType?
    var order: DateOrder?

    init(_ dice: inout Dice) {
      let marks = ["Unknown", "N/A", "-9", "yes", "Black", "$5", "4/4/2021", "1400", "\u{E9}", "é"]
      if Int.random(in: 0..<3, using: &dice) == 0 {
        missing = Set(marks.shuffled(using: &dice).prefix(2))
      }
      if Int.random(in: 0..<5, using: &dice) == 0 {
        recode = ["no": "0", "White": "Unknown", "N/A": "", "1,400": "word"]
      }
      if Int.random(in: 0..<4, using: &dice) == 0 {
        type = [.date, .datetime, .integer, .decimal, .code].randomElement(using: &dice)
        if Bool.random(using: &dice) {
          order = [.monthDayYear, .dayMonthYear].randomElement(using: &dice)
        }
      }
    }

    var marked: Set<String> { missing.union(recode.keys) }
  }

  private func meaning(of column: Column, _ name: String, _ card: Card) -> Meaning {
    TypeInference.meaning(
      of: column, named: name, missing: card.missing, recode: card.recode, as: card.type,
      dateOrder: card.order
    ).meaning
  }

  @Test("a type by shape is the type by the column, wherever segments are cut")
  func types() throws {
    var (told, numbers, dates) = (0, 0, 0)
    for seed in 0..<600 as Range<UInt64> {
      let bytes = Self.file(seed: seed, columns: 4)
      let file = try DelimitedFile(bytes: bytes, named: "t.csv")
      var dice = Dice(seed: seed &+ 1000)
      let cards = file.header.map { _ in Card(&dice) }
      let whole = try file.read(columns: [0, 1, 2, 3])
      let looks = cards.enumerated().map { place, card in
        ColumnLook(ordinal: place, marked: card.marked, wordsSettle: card.type?.isDate != true)
      }
      for (segmentBytes, cores) in [(1 << 20, 1), (64, 1), (64, 3), (200, 2), (1024, 8)] {
        let read = try file.read(
          columns: [2], looks: looks, cores: cores, segmentBytes: segmentBytes)
        #expect(read.fingerprintMaterial == whole.fingerprintMaterial)
        for (place, card) in cards.enumerated() {
          let name = file.header[place]
          let expected = Self.shown(meaning(of: whole.columns[place], name, card))
          guard
            let found = TypeInference.shownMeaning(
              by: read.shapes[place], named: name, missing: card.missing, recode: card.recode,
              as: card.type, dateOrder: card.order)
          else { continue }
          told += 1
          if found.type.isNumber { numbers += 1 }
          if found.type.isDate { dates += 1 }
          #expect(found == expected, "seed \(seed), \(name), \(segmentBytes) bytes, \(cores) cores")
        }
      }
    }
    // Were all called words, or nothing told, the test would hold nothing.
    #expect(told > 9000 && numbers > 2000 && dates > 500, "\(told) \(numbers) \(dates)")
  }

  @Test("one text of any characters is read alike by shape and by the column")
  func oneText() throws {
    var dice = Dice(seed: 11)
    let characters = Array("0000123456789..--'/:;\" e$+")
    let patterns = ["2021-04-01", "1999-12-31", "12.50", "-94.578331", "123456789.12", "1234567"]
    var types: [FieldType: Int] = [:]
    for _ in 0..<4000 {
      var text = Array(patterns.randomElement(using: &dice) ?? "")
      if Bool.random(using: &dice) {
        text = (0..<Int.random(in: 1...18, using: &dice)).map { _ in
          characters[Int.random(in: 0..<11, using: &dice)]
        }
      }
      for _ in 0..<Int.random(in: 0...3, using: &dice) {
        text[Int.random(in: 0..<text.count, using: &dice)] =
          characters[Int.random(in: 0..<characters.count, using: &dice)]
      }
      // Quotes are closed by themselves.
      let cell = text.first == "\"" ? "\"" + text.filter { $0 != "\"" } + "\"" : String(text)
      let file = try DelimitedFile(bytes: Array("number\n\(cell)\n".utf8), named: "t.csv")
      let look = ColumnLook(ordinal: 0, marked: [], wordsSettle: true)
      let read = try file.read(columns: [0], looks: [look], cores: 1)
      let expected = TypeInference.meaning(of: read.columns[0], named: "x").meaning
      let found = TypeInference.shownMeaning(by: read.shapes[0], named: "x")
      #expect(found == Self.shown(expected), "\(cell)")
      types[expected.type, default: 0] += 1
    }
    #expect(types[.integer, default: 0] > 300 && types[.decimal, default: 0] > 300, "\(types)")
    #expect(types[.date, default: 0] > 100 && types[.code, default: 0] > 500, "\(types)")
  }

  @Test("a shape that was told without a card tells with a card too, or says that it can't")
  func otherCards() throws {
    for seed in 0..<300 as Range<UInt64> {
      let file = try DelimitedFile(bytes: Self.file(seed: seed, columns: 3), named: "t.csv")
      let looks = (0..<3).map { ColumnLook(ordinal: $0, marked: [], wordsSettle: true) }
      let read = try file.read(columns: [0, 1, 2], looks: looks, cores: 2, segmentBytes: 300)
      var dice = Dice(seed: seed &+ 2000)
      for place in 0..<3 {
        let card = Card(&dice)
        let found = TypeInference.shownMeaning(
          by: read.shapes[place], named: "x", missing: card.missing, recode: card.recode,
          as: card.type, dateOrder: card.order)
        if let found {
          #expect(found == Self.shown(meaning(of: read.columns[place], "x", card)), "seed \(seed)")
        }
      }
    }
  }

  @Test("cells that are gone to are those of the column, wherever rows are gone to from")
  func cells() throws {
    for seed in 0..<200 as Range<UInt64> {
      let columns = 1 + Int(seed % 4)
      let bytes =
        seed % 2 == 0
        ? Self.file(seed: seed, columns: columns)
        : Array(SeamTests.file(seed: seed, columns: columns).utf8)
      let file = try DelimitedFile(bytes: bytes, named: "t.csv")
      let ordinals = Array(0..<columns)
      var dice = Dice(seed: seed)
      for (segmentBytes, cores) in [(1 << 20, 1), (64, 3), (200, 2), (1000, 8)] {
        let read = try file.read(columns: ordinals, cores: cores, segmentBytes: segmentBytes)
        let rows = (0..<read.rowCount).filter { _ in Int.random(in: 0..<3, using: &dice) == 0 }
        let cells = try file.cells(
          of: ordinals, in: rows, places: read.places,
          fingerprintMaterial: read.fingerprintMaterial, cores: cores)
        let place: Comment = "seed \(seed), \(segmentBytes) bytes, \(cores) cores"
        let found = try #require(cells, place)
        for (column, texts) in zip(read.columns, found.texts) {
          #expect(texts == rows.map { column.texts[column.codes[$0]] }, place)
        }
        for (notes, isAsWritten) in zip(read.columnNotes, found.areAsWritten) where notes.isEmpty {
          #expect(isAsWritten, place)
        }
      }
    }
  }

  @Test("rows behind bytes that are others than they were are not gone to")
  func changed() throws {
    let bytes = Array("id,race\n1,Black\n2,White\n3,Black\n".utf8)
    let file = try DelimitedFile(bytes: bytes, named: "t.csv")
    let read = try file.read(columns: [0])
    let other = try DelimitedFile(
      bytes: Array("id,race\n1,Black\n2,Whyte\n3,Black\n".utf8), named: "t.csv")
    #expect(
      try other.cells(
        of: [1], in: [0], places: read.places, fingerprintMaterial: read.fingerprintMaterial) == nil
    )
    #expect(
      try file.cells(
        of: [1], in: [3], places: read.places, fingerprintMaterial: read.fingerprintMaterial) == nil
    )
  }

  @Test("a word in a column of numbers is seen in the last row too, and by any worker")
  func lateWord() throws {
    var text = "n,d\n"
    for row in 0..<5000 { text += "\(row),2021-04-\(row % 30 < 9 ? "0" : "")\(row % 30 + 1)\n" }
    let looks = [0, 1].map { ColumnLook(ordinal: $0, marked: [], wordsSettle: true) }
    for last in ["", "x,x\n"] {
      let file = try DelimitedFile(bytes: Array((text + last).utf8), named: "t.csv")
      for (segmentBytes, cores) in [(1 << 20, 1), (1000, 3)] {
        let read = try file.read(
          columns: [], looks: looks, cores: cores, segmentBytes: segmentBytes)
        let types = read.shapes.map { TypeInference.shownMeaning(by: $0, named: "n")?.type }
        #expect(types == (last.isEmpty ? [.integer, .date] : [.category, .category]))
      }
    }
  }

  @Test("so many texts that are not plain that no table holds them are looked at one by one")
  func manyOthers() throws {
    var text = "t,u\n"
    for row in 0..<20_000 {
      let second = row % 60 < 10 ? "0\(row % 60)" : "\(row % 60)"
      text += "2021-04-01 \(row / 3600 + 10):\(row / 60 % 60):\(second),$\(row).\(row % 10)5\n"
    }
    let file = try DelimitedFile(bytes: Array(text.utf8), named: "t.csv")
    let looks = [0, 1].map { ColumnLook(ordinal: $0, marked: ["N/A"], wordsSettle: true) }
    let read = try file.read(columns: [0, 1], looks: looks, cores: 2, segmentBytes: 1 << 16)
    for place in 0..<2 {
      let found = TypeInference.shownMeaning(by: read.shapes[place], named: "t", missing: ["N/A"])
      let expected = TypeInference.meaning(of: read.columns[place], named: "t", missing: ["N/A"])
      #expect(found == expected.meaning)
      #expect(found?.type == (place == 0 ? .datetime : .decimal))
    }
  }
}
