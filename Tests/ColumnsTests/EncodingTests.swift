import Columns
import Testing

struct EncodingTests {
  private func rows(_ bytes: [UInt8]) throws -> (rows: [[String]], read: DelimitedRead) {
    try read(DelimitedFile(bytes: bytes, named: "t.csv"))
  }

  @Test("a mark before UTF-8 is no part of the first name")
  func mark() throws {
    let file = try DelimitedFile(bytes: [0xEF, 0xBB, 0xBF] + Array("a,b\n1,2\n".utf8), named: "t")
    #expect(file.header == ["a", "b"])
  }

  @Test("text that is not UTF-8 is read as Windows-1252, text by text, and said")
  func windows1252() throws {
    let bytes =
      Array("county,n\nDo".utf8) + [0xF1] + Array("a Ana,1\n".utf8)
      + Array("Doña Ana,2\n".utf8) + [0x93] + Array("x".utf8) + [0x94] + Array(",3\n".utf8)
    let (rows, read) = try rows(bytes)
    #expect(rows == [["Doña Ana", "1"], ["Doña Ana", "2"], ["“x”", "3"]])
    #expect(read.columns[0].texts.count == 2)
    #expect(read.notes == ["2 texts of `county` are not UTF-8 and read as Windows-1252"])
  }

  @Test("equal texts of different composition are one")
  func composition() throws {
    let (_, read) = try rows(Array("n\ne\u{301}\n\u{E9}\n".utf8))
    #expect(read.columns[0].texts.count == 1)
  }

  @Test("UTF-16 is known by its mark or its zeros", arguments: [true, false], [true, false])
  func utf16(_ isBigEndian: Bool, _ isMarked: Bool) throws {
    var text = "name,n\n"
    for row in 0..<40_000 { text += "Ñuñoa 日本 🙂 \(row % 7),\(row % 3)\n" }
    let units = (isMarked ? [0xFEFF] : []) + Array(text.utf16)
    let bytes = units.flatMap { unit in
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
      return isBigEndian ? [high, low] : [low, high]
    }
    let file = try DelimitedFile(bytes: bytes, named: "t.csv")
    #expect(file.header == ["name", "n"])
    let read = try file.read(columns: [0, 1], cores: 2)
    #expect(read.rowCount == 40_000)
    #expect(read.columns[0].texts.count == 7)
    #expect(read.columns[0].texts[1] == "Ñuñoa 日本 🙂 1")
    #expect(file.notes == ["the file is written in UTF-16"])
    #expect(try file.fingerprintMaterial() == read.fingerprintMaterial)
  }

  @Test("NUL bytes are left out and said")
  func nulls() throws {
    let (rows, read) = try rows(Array("a,b\nx\u{0}y,1\nxy,2\n".utf8))
    #expect(rows == [["xy", "1"], ["xy", "2"]])
    #expect(read.notes == ["1 text of `a` held NUL bytes, which were left out"])
  }

  /// `printf 'a,b\n1,2\n' | gzip -n` and `printf '3,"4\n4"\n' | gzip -n`
  private let first: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0x4B, 0xD4, 0x49, 0xE2, 0x32, 0xD4,
    0x31, 0xE2, 0x02, 0x00, 0x7B, 0x07, 0x97, 0x0A, 0x08, 0x00, 0x00, 0x00,
  ]
  private let second: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0x33, 0xD6, 0x51, 0x32, 0xE1, 0x32,
    0x51, 0xE2, 0x02, 0x00, 0x72, 0x60, 0x00, 0x73, 0x08, 0x00, 0x00, 0x00,
  ]

  @Test("gzip members stand one after another; zeros may follow")
  func gzip() throws {
    #expect(try rows(first + second).rows == [["1", "2"], ["3", "4\n4"]])
    #expect(try rows(first + second + [0, 0, 0]).rows.count == 2)
  }

  @Test("a gzip file that is cut short is an error, wherever it is cut")
  func truncation() {
    for count in 12..<first.count {
      #expect(throws: DelimitedProblem.self) { try rows(Array(first.prefix(count))) }
    }
    #expect(throws: DelimitedProblem.self) { try rows(first + second.dropLast()) }
    #expect(throws: DelimitedProblem.self) { try rows(first + [1, 2, 3]) }
  }

  @Test("the fingerprint of a gzip file is that of its own bytes")
  func gzipFingerprint() throws {
    let file = try DelimitedFile(bytes: first, named: "t.csv.gz")
    #expect(try file.read(columns: [0]).fingerprintMaterial == file.fingerprintMaterial())
  }
}
