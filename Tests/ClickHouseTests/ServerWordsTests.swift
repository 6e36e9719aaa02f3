import Engine
import SourceWire
import Testing

@testable import docket_source_clickhouse

@Suite("What ClickHouse servers say and are told")
struct ServerWordsTests {
  @Test("an address with everything in it")
  func address() throws {
    let address = try ServerAddress(
      "clickhouses://ana%40office:p%3Aw@db.example:9443/office%20one?tables=a,b&timeout=7&ca=/x.pem"
    )
    #expect(address.isEncrypted && address.host == "db.example" && address.port == 9443)
    #expect(address.user == "ana@office" && address.password == "p:w")
    #expect(address.database == "office one" && address.tables == ["a", "b"])
    #expect(address.timeout == 7 && address.certificates == "/x.pem")
    #expect(
      address.url(parameters: [("database", "office one")])
        == "https://db.example:9443/?database=office%20one")
    let short = try ServerAddress("clickhouse://db")
    #expect(short.place == "db:8123" && short.database.isEmpty && short.user.isEmpty)
    #expect(try ServerAddress("clickhouse://[::1]:8124/x").place == "[::1]:8124")
  }

  @Test(
    "an address that is none is refused",
    arguments: [
      "db.example", "http://db", "clickhouse://db:x/", "clickhouse://db:0", "clickhouse://a b/",
      "clickhouse://db/%", "clickhouse://db/%zz", "clickhouse://db?timeout=soon",
      "clickhouse://db?readonly=0",
    ])
  func noAddress(_ text: String) {
    #expect(throws: WireError.self) { try ServerAddress(text) }
  }

  @Test("rows are the same wherever the pieces end")
  func pieces() throws {
    let text = "a\tb\nString\tNullable(Int8)\nx\\ty\t\\N\n\\\\N\t5\n\t-1\n"
    let bytes = Array(text.utf8)
    for length in 1...bytes.count {
      var table = TabSeparated()
      var rows: [[String?]] = []
      for start in stride(from: 0, to: bytes.count, by: length) {
        try bytes[start..<min(start + length, bytes.count)].withUnsafeBytes { piece in
          try table.append(piece) { types, cells in
            #expect(types == ["String", "Nullable(Int8)"])
            rows.append(cells.map { $0.map { String(decoding: $0, as: UTF8.self) } })
          }
        }
      }
      try table.end()
      #expect(rows == [["x\ty", nil], ["\\N", "5"], ["", "-1"]])
    }
  }

  @Test(
    "an answer that breaks off is no answer",
    arguments: [
      "", "a\t.\n", "a\t.\nString\tString\nx", "a\t.\nString\tString\nx\t.\ny\t",
      "a\t.\nString\tString\nx\t.\nCode: 241, e.displayText() = DB::Exception: Memory\n",
      "a\t.\nString\tString\nx\ty\n",
    ])
  func brokenOff(_ text: String) {
    #expect(throws: TabSeparated.Malformed.self) {
      var table = TabSeparated(mark: ".")
      try Array(text.utf8).withUnsafeBytes { try table.append($0) { _, _ in } }
      try table.end()
    }
  }

  @Test("what servers of different years say is understood")
  func failures() {
    let old = ServerFailure(
      "Code: 60, e.displayText() = DB::Exception: Table a.b doesn't exist., e.what() = DB::Exception\n"
    )
    #expect(old?.code == 60 && old?.message == "Table a.b doesn't exist.")
    let new = ServerFailure(
      "Code: 516. DB::Exception: analyst: Authentication failed. (AUTHENTICATION_FAILED) (version 24.3)"
    )
    #expect(new?.code == 516 && new?.message.hasPrefix("analyst: Authentication failed") == true)
    let gone = ServerFailure(
      """
      Code: 279, e.displayText() = DB::NetException: All connection tries failed. Log:\u{20}

      Code: 32, e.displayText() = DB::Exception: Attempt to read after eof, e.what() = DB::Exception
      Code: 210, e.displayText() = DB::NetException: Connection refused (127.0.0.1:9), e.what() = DB::NetException

      , e.what() = DB::NetException
      """)
    #expect(gone?.code == 279 && gone?.message == "Connection refused (127.0.0.1:9)")
    #expect(ServerFailure("<html>") == nil)
  }

  @Test(
    "types are read with what stands around them",
    arguments: [
      ("Nullable(Decimal(9, 2))", ColumnType.Kind.decimal(scale: 2)),
      ("LowCardinality(Nullable(String))", .word), ("UInt64", .integer(bits: 64, isSigned: false)),
      ("DateTime('America/Chicago')", .moment(zone: "America/Chicago")),
      ("DateTime", .moment(zone: nil)), ("Array(String)", .other), ("Enum8('a' = 1)", .word),
      ("DateTime64(3)", .other), ("AggregateFunction(sum, UInt8)", .opaque), ("Interval", .other),
    ])
  func types(_ written: String, _ kind: ColumnType.Kind) {
    #expect(ColumnType(written).kind == kind)
  }

  @Test("literals hold what they should, signs of C and all")
  func literals() {
    let dialect = ClickHouseDialect()
    #expect(dialect.literal(.text("O'Hare \\ \0")) == #"'O\'Hare \\ \0'"#)
    #expect(dialect.quoted("a`b") == #"`a\`b`"#)
    #expect(dialect.literal(.double(0.1)) == "toFloat64(0.1)")
  }
}
