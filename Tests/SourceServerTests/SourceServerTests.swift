import Foundation
import SourceServer
import SourceWire
import Testing

@Suite("The other side of the wire")
struct SourceServerTests {
  /// A server on two pipes.
  private final class Talk {
    private let requests = Pipe()
    private let replies = Pipe()
    private var splitter = LineSplitter()
    private var waiting: [[UInt8]] = []
    private let ended = DispatchSemaphore(value: 0)

    init(opening: Bool = true) throws {
      let input = requests.fileHandleForReading.fileDescriptor
      let output = replies.fileHandleForWriting.fileDescriptor
      let ended = ended
      Thread.detachNewThread {
        SourceServer(ServedCases.self, release: "1", output: output).run(input: input)
        ended.signal()
      }
      if opening { #expect(try ask(#"{"id":1,"op":"open","options":{}}"#)[0].error == nil) }
    }

    func send(_ line: String) {
      requests.fileHandleForWriting.write(Data((line + "\n").utf8))
    }

    func next() throws -> WireReply {
      while waiting.isEmpty {
        let data = replies.fileHandleForReading.availableData
        try #require(!data.isEmpty)
        waiting += try data.withUnsafeBytes { try splitter.append($0) }
      }
      return try WireReply(line: waiting.removeFirst())
    }

    /// All lines of the answer to one request.
    func ask(_ line: String) throws -> [WireReply] {
      send(line)
      var found: [WireReply] = []
      while true {
        let reply = try next()
        found.append(reply)
        let isLast =
          reply.isEnd || reply.error != nil || reply.hello != nil || reply.datasets != nil
          || reply.isExact == false || reply.statement != nil
        if isLast { return found }
      }
    }

    func end() {
      requests.fileHandleForWriting.closeFile()
      ended.wait()
    }
  }

  private static func count(measure: String = #"["rows"]"#) -> String {
    #""dataset":"cases","fields":{"race":{"type":"category"}},"keys":[["field","race"]],"#
      + #""measures":[\#(measure)]"#
  }

  @Test("it greets, opens and sends rows a thousand at a time, with how many there were")
  func scan() throws {
    let talk = try Talk(opening: false)
    let hello = try talk.ask(#"{"id":1,"op":"hello","protocols":[1],"host":"docket"}"#)[0].hello
    #expect(hello?.name == "made")
    #expect(hello?.features.contains("tabulate") == true)
    let early = try talk.ask(#"{"id":2,"op":"scan","dataset":"cases","fields":["race"]}"#)
    #expect(early.last?.error?.message == "nothing has been opened yet")
    let opened = try talk.ask(#"{"id":3,"op":"open","options":{"url":"made:x"}}"#)
    #expect(opened[0].datasets?.map(\.name) == ["cases"])
    let rows = try talk.ask(#"{"id":4,"op":"scan","dataset":"cases","fields":["race"]}"#)
    #expect(rows.compactMap { $0.rows?.rowCount } == [1000, 1000, 500])
    #expect(rows.allSatisfy { $0.id == 4 })
    #expect(rows[0].rows?.text(ofCell: 2) == "Ñ2")
    #expect(rows[0].rows?.text(ofCell: 1) == nil)
    #expect(rows.last?.isEnd == true)
    #expect(rows.last?.count == 2500)
    talk.end()
  }

  @Test("a small table comes in key order, exact or not at all")
  func tabulate() throws {
    let talk = try Talk()
    let made = try talk.ask(
      #"{"id":2,"op":"tabulate","#
        + SourceServerTests.count(measure: #"["rows"]"#) + "}")
    #expect(made[0].isExact == true)
    let rows = try #require(made.compactMap(\.rows).first)
    let texts = rows.ends.indices.map { rows.text(ofCell: $0) }
    #expect(texts == ["Black", "9007199254740993", "White", "7"])
    #expect(made.last?.count == 2)
    // `age` is unknown to the catalogue; a condition of another version has no meaning.
    let unknown =
      #"{"id":3,"op":"tabulate","dataset":"cases","fields":{"age":{"type":"integer"}},"#
      + #""keys":[["field","age"]],"measures":[["rows"]]}"#
    #expect(try talk.ask(unknown).map(\.isExact) == [false])
    let words = #"{"id":4,"op":"tabulate","dataset":"cases","rows":["resembles","x"]}"#
    #expect(try talk.ask(words).map(\.isExact) == [false])
    let missing = #"{"id":5,"op":"tabulate","dataset":"nowhere","measures":[["rows"]]}"#
    #expect(try talk.ask(missing).last?.error?.code == .notFound)
    talk.end()
  }

  @Test("what would be run is said, and not run")
  func explain() throws {
    let talk = try Talk()
    let said = try talk.ask(
      #"{"id":2,"op":"explain","#
        + SourceServerTests.count(measure: #"["rows"]"#) + "}")
    let statement = try #require(said.first?.statement)
    #expect(statement.contains("GROUP BY 1"))
    talk.end()
  }

  @Test("distinct values are sent, or too many for it")
  func values() throws {
    let talk = try Talk()
    let made = try talk.ask(#"{"id":2,"op":"values","dataset":"cases","field":"race"}"#)
    #expect(made.first?.rows?.text(ofCell: 0) == "Black")
    #expect(made.last?.count == 1)
    let many = try talk.ask(#"{"id":3,"op":"values","dataset":"cases","field":"id"}"#)
    #expect(many.map(\.isExact) == [false])
    talk.end()
  }

  @Test("a request is cancelled while it is worked on, one in waiting before it begins")
  func cancel() throws {
    let talk = try Talk()
    talk.send(#"{"id":2,"op":"scan","dataset":"endless","fields":["race"]}"#)
    talk.send(#"{"id":3,"op":"scan","dataset":"cases","fields":["race"]}"#)
    #expect(try talk.next().rows?.rowCount == 1000)
    talk.send(#"{"id":4,"op":"cancel","target":3}"#)
    talk.send(#"{"id":5,"op":"cancel","target":2}"#)
    var errors: [Int?: WireError.Code] = [:]
    while errors.count < 2 {
      let reply = try talk.next()
      if let error = reply.error { errors[reply.id] = error.code }
      #expect(reply.rows == nil || reply.id == 2)
    }
    #expect(errors == [2: .cancelled, 3: .cancelled])
    let next = try talk.ask(#"{"id":6,"op":"values","dataset":"cases","field":"race"}"#)
    #expect(next.last?.isEnd == true)
    talk.end()
  }

  @Test("a lost connection is an error, and the next request has a new one")
  func reconnect() throws {
    let talk = try Talk()
    let lost = try talk.ask(#"{"id":2,"op":"scan","dataset":"broken","fields":["race"]}"#)
    #expect(lost.last?.error == WireError(.network, "the connection was cut"))
    let next = try talk.ask(#"{"id":3,"op":"scan","dataset":"cases","fields":["race"]}"#)
    #expect(next.last?.count == 2500)
    talk.end()
  }

  @Test("what is no request gets an error, and the conversation goes on")
  func faults() throws {
    let talk = try Talk(opening: false)
    #expect(try talk.ask("open sesame").last?.error?.code == .internal)
    #expect(try talk.ask(#"{"id":2,"op":"list"}"#).last?.error?.code == .unsupported)
    let wrong = try talk.ask(#"{"id":3,"op":"open","options":{"password":"wrong"}}"#)
    #expect(wrong.last?.error == WireError(.auth, "the password is wrong", hint: "look it up"))
    #expect(try talk.ask(#"{"id":4,"op":"hello"}"#).last?.hello != nil)
    talk.end()
  }

  @Test("the end of the input ends it, and what it works on")
  func ending() throws {
    let talk = try Talk()
    talk.send(#"{"id":2,"op":"scan","dataset":"endless","fields":["race"]}"#)
    #expect(try talk.next().rows?.rowCount == 1000)
    talk.end()
  }

  @Test("a request that takes longer than it may is given up, and the next is answered")
  func late() throws {
    let talk = try Talk(opening: false)
    let opened = try talk.ask(#"{"id":1,"op":"open","options":{"url":"made:x?timeout=1"}}"#)
    #expect(opened[0].error == nil)
    let late = try talk.ask(#"{"id":2,"op":"scan","dataset":"endless","fields":["race"]}"#)
    #expect(late.last?.error?.code == .timeout)
    #expect(late.last?.error?.message == "the question was given up after 1 s")
    #expect(late.last?.error?.hint?.contains("?timeout=") == true)
    let next = try talk.ask(#"{"id":3,"op":"scan","dataset":"cases","fields":["race"]}"#)
    #expect(next.last?.count == 2500)
    talk.end()
  }

  @Test("what changes when the rows do is told, by itself and with every answer")
  func state() throws {
    let talk = try Talk()
    let hello = try talk.ask(#"{"id":2,"op":"hello","protocols":[1],"host":"docket"}"#)[0].hello
    #expect(hello?.features.contains("state") == true)
    let said = try talk.ask(#"{"id":3,"op":"state","dataset":"cases"}"#)
    #expect(said.map(\.state) == ["0 written"])
    let scan = try talk.ask(#"{"id":4,"op":"scan","dataset":"cases","fields":["race"]}"#)
    #expect(scan.last?.state == "0 written")
    let values = try talk.ask(#"{"id":5,"op":"values","dataset":"cases","field":"race"}"#)
    #expect(values.last?.state == "0 written")
    let made = try talk.ask(
      #"{"id":6,"op":"tabulate","# + SourceServerTests.count() + "}")
    #expect(made.last?.state == "0 written")
    // Also where the rows are read instead.
    let read = try talk.ask(
      #"{"id":7,"op":"tabulate","dataset":"cases","rows":["resembles","x"]}"#)
    #expect(read.last?.isExact == false && read.last?.state == "0 written")
    talk.end()
  }

  @Test("words behind an address are taken off where all of them are known")
  func words() throws {
    let known: Set = ["timeout", "zone"]
    let both = ServedWords("duckdb:a.parquet?timeout=5&zone=America/Chicago", known: known)
    #expect(both.address == "duckdb:a.parquet")
    #expect(both["timeout"] == "5" && both["zone"] == "America/Chicago")
    for path in ["a-?.parquet", "a?timeout", "a?timeout=5&other=1", "a?", "a"] {
      let words = ServedWords(path, known: known)
      #expect(words.address == path && words["timeout"] == nil)
    }
    #expect(throws: WireError.self) {
      _ = try ServedOptions([]).patience(ServedWords("a?timeout=soon", known: known))
    }
    #expect(try ServedOptions([]).patience(ServedWords("a?timeout=0", known: known)) == nil)
  }
}
