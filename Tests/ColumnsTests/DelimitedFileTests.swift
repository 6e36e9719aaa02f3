import Columns
import Testing

/// The texts of a column, row by row.
func texts(_ column: Column) -> [String] {
  (0..<column.rowCount).map { column.texts[column.codes[$0]] }
}

/// Reads all columns and checks what every column promises.
func read(
  _ file: DelimitedFile, cores: Int = 1, segmentBytes: Int = 1 << 20, mostTexts: Int = 1 << 18,
  manyRows: Int = 1 << 21
) throws -> (rows: [[String]], read: DelimitedRead) {
  let read = try file.read(
    columns: Array(file.header.indices), cores: cores, segmentBytes: segmentBytes,
    mostTexts: mostTexts, manyRows: manyRows)
  let columns = read.columns.map(texts)
  for (column, texts) in zip(read.columns, columns) {
    var order: [String] = []
    var seen: Set<[UInt8]> = []
    var counts: [[UInt8]: Int] = [:]
    for text in texts {
      if seen.insert(Array(text.utf8)).inserted { order.append(text) }
      counts[Array(text.utf8), default: 0] += 1
    }
    #expect((0..<column.texts.count).map { column.texts[$0] } == order)
    #expect(column.counts == order.map { counts[Array($0.utf8)] })
    #expect(texts.count == read.rowCount)
  }
  let rows = (0..<read.rowCount).map { row in columns.map { $0[row] } }
  return (rows, read)
}

func read(_ text: String) throws -> (rows: [[String]], read: DelimitedRead) {
  try read(DelimitedFile(bytes: Array(text.utf8), named: "test.csv"))
}

struct DelimitedFileTests {
  @Test("quotes may hold delimiters, line breaks and doubled quotes")
  func quotes() throws {
    let (rows, _) = try read("a,b\n\"x,y\",\"1\n2\"\n\"say \"\"no\"\"\",\"\"\n")
    #expect(rows == [["x,y", "1\n2"], ["say \"no\"", ""]])
  }

  @Test("a quote inside a plain field is text")
  func strayQuotes() throws {
    let (rows, _) = try read("item,n\n6\" knife,1\n12\" pipe,2\n\"a\"b,3\n\"q\",4\n")
    #expect(rows == [["6\" knife", "1"], ["12\" pipe", "2"], ["ab", "3"], ["q", "4"]])
  }

  @Test(
    "LF, CRLF and CR end lines, with and without one at the end",
    arguments: ["\n", "\r\n", "\r"], [true, false])
  func lineBreaks(_ mark: String, _ isClosed: Bool) throws {
    let text = ["a,b", "1,2", "3,"].joined(separator: mark) + (isClosed ? mark : "")
    #expect(try read(text).rows == [["1", "2"], ["3", ""]])
  }

  @Test("quoted and plain texts that say the same share a code")
  func quotedAndPlain() throws {
    let (_, read) = try read("race,x\r\n\"Black\",1\r\nBlack,2\r\n1,Black\r\n2,\"Black\"\r\n")
    #expect(read.columns[0].texts.count == 3)
    #expect(read.columns[1].texts.count == 3)
  }

  @Test("ragged rows are kept, and said with their lines")
  func ragged() throws {
    let (rows, read) = try read("a,b,c\n1,2,3\n1,2\n\n1,\"x\ny\",3\n1,2,3,4,5\n")
    #expect(
      rows == [["1", "2", "3"], ["1", "2", ""], ["1", "x\ny", "3"], ["1", "2", "3"]])
    #expect(
      read.faults == [
        "1 row has fewer than 3 fields; the rest of them is missing (line 3 has 2)",
        "1 row has more than 3 fields; the extra ones are left out (line 7 has 5)",
      ])
    #expect(read.notes == ["1 blank line is left out"])
  }

  @Test("a blank line of a one-column file is a missing value")
  func blankLineOfOneColumn() throws {
    #expect(try read("name\nA\n\nB\n").rows == [["A"], [""], ["B"]])
    #expect(try read("name\nSmith, John\nB\n").read.columns[0].texts.count == 2)
  }

  @Test("repeated names get a number, empty ones their place")
  func names() throws {
    let file = try DelimitedFile(bytes: Array(",x,x,x (2),\n1,2,3,4,5\n".utf8), named: "t.csv")
    #expect(file.header == ["column 1", "x", "x (3)", "x (2)", "column 5"])
    #expect(file.notes.count == 3)
  }

  @Test("the delimiter is the one that cuts all rows alike", arguments: [",", "\t", ";", "|"])
  func delimiters(_ mark: String) throws {
    let text =
      ["name; of: it,x", "n", "m"].map { "\"\($0)\"" }.joined(separator: mark)
      + "\n1,5\(mark)2\(mark)3\n"
    if mark == "," {
      #expect(try read(text).read.columns.count == 3)
    } else {
      #expect(try read(text).rows == [["1,5", "2", "3"]])
    }
  }

  @Test("an empty file is an error, one with a header only has no rows")
  func empty() throws {
    #expect(throws: DelimitedProblem.self) { try DelimitedFile(bytes: [], named: "e.csv") }
    let (rows, read) = try read("a,b")
    #expect(rows.isEmpty)
    #expect(read.columns.count == 2)
  }

  @Test("a file that is not there, a folder, and an open quote are errors that say so")
  func problems() throws {
    #expect { try DelimitedFile(path: "/nowhere/x.csv") } throws: {
      ($0 as? DelimitedProblem)?.kind == .notFound
    }
    #expect { try DelimitedFile(path: "/") } throws: {
      ($0 as? DelimitedProblem)?.message == "/ is a folder, not a file"
    }
    #expect { try read("a,b\n1,2\n3,\"4\n5,6\n") } throws: {
      ($0 as? DelimitedProblem)?.message
        == "line 3: a quote in this row is opened and never closed"
    }
  }

  @Test("no columns are read for a count of rows")
  func noColumns() throws {
    let file = try DelimitedFile(bytes: Array("a,b\n1,2\n3,4\n".utf8), named: "t.csv")
    #expect(try file.read(columns: []).rowCount == 2)
  }

  @Test("the columns asked for come in the order asked")
  func someColumns() throws {
    let file = try DelimitedFile(bytes: Array("a,b,c\n1,2,3\n4,5,6\n".utf8), named: "t.csv")
    #expect(try file.read(columns: [2, 0]).columns.map(texts) == [["3", "6"], ["1", "4"]])
  }

  @Test("a stopped read is an error, not a short column")
  func cancelled() throws {
    let file = try DelimitedFile(bytes: Array("a,b\n1,2\n".utf8), named: "t.csv")
    let monitor = ReadMonitor(isCancelled: { true })
    #expect { try file.read(columns: [0], monitor: monitor) } throws: {
      ($0 as? DelimitedProblem)?.kind == .cancelled
    }
  }

  @Test("codes widen from one byte to two and four")
  func manyTexts() throws {
    var text = "id,few\n"
    for row in 0..<70_000 { text += "row \(row) of a long text,\(row % 3)\n" }
    let file = try DelimitedFile(bytes: Array(text.utf8), named: "t.csv")
    let (rows, read) = try read(file, cores: 2, segmentBytes: 1 << 16)
    #expect(rows[69_999] == ["row 69999 of a long text", "0"])
    guard case .words = read.columns[0].codes, case .bytes = read.columns[1].codes else {
      Issue.record("the codes are not of the narrowest width")
      return
    }
  }

  @Test("the first bytes alone give the rows that begin in them, whole")
  func firstBytes() throws {
    for seed in 0..<20 as Range<UInt64> {
      let text = SeamTests.file(seed: seed, columns: 3)
      let rows = PlainReader(text).rows
      let bytes = Array(text.utf8)
      let file = try DelimitedFile(bytes: bytes, named: "t.csv")
      for limit in [0, 9, 40, 100, bytes.count, bytes.count + 50] {
        let read = try file.read(columns: [0, 1, 2], cores: 1, firstBytes: limit)
        let columns = read.columns.map(texts)
        let found = (0..<read.rowCount).map { row in columns.map { $0[row] } }
        #expect(found == Array(rows.prefix(found.count)), "seed \(seed), \(limit) bytes")
        if limit >= bytes.count { #expect(found.count == rows.count) }
        if limit < 9 { #expect(found.isEmpty) }
      }
    }
  }
}
