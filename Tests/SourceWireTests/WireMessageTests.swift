import SourceWire
import Testing

@Suite("Messages of the wire")
struct WireMessageTests {
  @Test(
    "a request comes back as it was written",
    arguments: [
      WireRequest(id: 1, .hello(host: "docket 0.3.0")),
      WireRequest(id: 2, .open(options: [.init("url", .text("x://y")), .init("n", .null)])),
      WireRequest(id: 3, .scan(dataset: "Ñuñoa \"x\"", fields: ["race", "county"])),
      WireRequest(id: 4, .values(dataset: "cases", field: "race")),
      WireRequest(id: 5, .cancel(target: 3)),
    ])
  func request(request: WireRequest) throws {
    #expect(try WireRequest(line: request.line) == request)
  }

  @Test("the lines of the description are read")
  func description() throws {
    let hello = try reply(
      #"{"id":1,"protocol":1,"name":"doc-inmates","version":"1.2.0","features":["tabulate","values"]}"#
    )
    #expect(
      hello.hello
        == WireHello(
          name: "doc-inmates", release: "1.2.0", features: ["tabulate", "values"]))
    let opened = try reply(
      """
      {"id":2,"datasets":[{"name":"cases","card":{"unit":"case","id":"case_id",\
      "period":["2010","2023"]},"rows":200000,"fields":[{"name":"race","type":"category",\
      "missing":["U"]},{"name":"charge","type":"code"},\
      {"name":"name","type":"text","sensitive":true}]}]}
      """)
    let dataset = try #require(opened.datasets?.first)
    #expect(dataset.rows == 200_000)
    #expect(dataset.fields.map(\.type) == [.category, .code, .text])
    #expect(dataset.fields[0].missing == ["U"])
    #expect(dataset.fields[2].isSensitive)
    #expect(dataset.card.map(\.name) == ["unit", "id", "period"])
    #expect(!dataset.isOrdered)
    let progress = try reply(#"{"id":4,"progress":{"done":50000,"total":200000}}"#)
    #expect(progress.progress == WireProgress(done: 50_000, total: 200_000))
    let end = try reply(#"{"id":3,"end":true,"count":12}"#)
    #expect(end.isEnd && end.count == 12)
    let error = try reply(
      #"{"id":3,"error":{"code":"not-found","message":"no such table","hint":"look"}}"#)
    #expect(error.error == WireError(.notFound, "no such table", hint: "look"))
  }

  @Test("a statement is asked for in the words of a small table, and told as one text")
  func statement() throws {
    let line = #"{"id":7,"op":"explain","dataset":"cases","keys":[["field","race"]]}"#
    let request = try WireRequest(line: Array(line.utf8))
    guard case .explain(let question) = request.operation else {
      Issue.record("it was read as \(request.operation)")
      return
    }
    #expect(WireJSON.object(question)["dataset"] == .text("cases"))
    var told = WireReply(id: 7)
    told.statement = "SELECT \"race\",\n  COUNT(*)"
    #expect(try WireReply(line: told.line) == told)
  }

  @Test("one line may say everything, in any order, with fields that are not known")
  func everything() throws {
    let reply = try reply(
      """
      {"end":true,"later":{"rows":[1,[2,{"a":[]}]]},"rows":[["a",1],[null,true]],"count":2,\
      "exact":true,"warn":"two dates are no dates","id":9}
      """)
    #expect(reply.id == 9 && reply.isExact == true && reply.isEnd && reply.count == 2)
    #expect(reply.warnings == [WireWarning("two dates are no dates")])
    let rows = try #require(reply.rows)
    #expect(rows.rowCount == 2)
    #expect(rows.kinds == [.text, .number, .null, .boolean])
    #expect((0..<4).map { rows.text(ofCell: $0) } == ["a", "1", nil, "true"])
  }

  @Test("a reply comes back as it was written")
  func replyRoundTrip() throws {
    var rows = RowBatch()
    rows.append("Ñ \"quoted\"\n")
    rows.append(412 as Int64)
    rows.append(Int64.max)
    rows.append(0.1)
    rows.append(Double.nan)
    rows.append(false)
    rows.appendMissing()
    rows.endRow()
    rows.endRow()
    var reply = WireReply(id: 3)
    reply.rows = rows
    reply.isExact = true
    reply.isEnd = true
    reply.count = 2
    reply.progress = WireProgress(done: 1, total: 2)
    reply.warnings = [WireWarning("odd", rows: 3), WireWarning("odder")]
    reply.error = WireError(.auth, "no", hint: "ask")
    reply.hello = WireHello(name: "x", release: "2", features: ["values"])
    reply.datasets = [
      WireDataset(
        name: "cases",
        fields: WireType.allCases.map {
          WireField(
            name: $0.rawValue, type: $0, label: "l", missing: ["U", ""], isSensitive: true)
        }, card: [.init("unit", .text("case"))], rows: 5, isOrdered: true,
        fingerprint: "sha256:00")
    ]
    #expect(try WireReply(line: reply.line) == reply)
    #expect(rows.text(ofCell: 2) == "9223372036854775807")
    #expect(rows.kinds[2] == .text && rows.kinds[4] == .null)
  }

  @Test(
    "a reply that breaks the rules is refused",
    arguments: [
      "Loading…", "[1]", "7", #"{"id":1,"rows":[[[1]]]}"#, #"{"id":1,"rows":[1]}"#,
      #"{"id":1,"rows":[[{}]]}"#, #"{"id":1,"datasets":[{}]}"#,
      #"{"id":1,"datasets":[{"name":"a"}]}"#,
      #"{"id":1,"datasets":[{"name":"a","fields":[{"name":"b","type":"money"}]}]}"#,
      #"{"id":1,"datasets":[{"name":"a","fields":[{"name":"b"},{"name":"b"}]}]}"#,
    ])
  func refused(line: String) {
    #expect(throws: WireFault.self) { try reply(line) }
  }

  @Test(
    "a request without what it needs is refused",
    arguments: [
      "{}", #"{"id":1}"#, #"{"id":"1","op":"hello"}"#, #"{"id":1,"op":"scan","dataset":"a"}"#,
      #"{"id":1,"op":"scan","fields":["a"]}"#, #"{"id":1,"op":"cancel"}"#,
    ])
  func requestRefused(line: String) {
    #expect(throws: WireFault.self) { try WireRequest(line: Array(line.utf8)) }
  }

  @Test("an operation of a later version is no fault")
  func later() throws {
    let request = try WireRequest(line: Array(#"{"id":8,"op":"dance","to":[]}"#.utf8))
    #expect(request.operation == .unknown("dance"))
  }

  private func reply(_ line: String) throws -> WireReply {
    try WireReply(line: Array(line.utf8))
  }
}
