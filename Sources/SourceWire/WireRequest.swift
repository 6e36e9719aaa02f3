/// One line from the host to a source.
package struct WireRequest: Hashable, Sendable {
  /// What is asked.
  package enum Operation: Hashable, Sendable {
    case hello(host: String)
    case open(options: [WireJSON.Member])
    /// The distinct values of a field with their counts.
    case values(dataset: String, field: String)
    case scan(dataset: String, fields: [String])
    /// A small table; the members are those of a question in the wire's words.
    case tabulate(question: [WireJSON.Member])
    /// The statement that the source would run for a small table; nothing is run.
    case explain(question: [WireJSON.Member])
    /// What changes when the rows of a dataset do.
    case state(dataset: String)
    /// Ends the work on an earlier request, which is still answered.
    case cancel(target: Int)
    /// An operation of another version.
    case unknown(String)
  }

  package let id: Int
  package let operation: Operation

  package init(id: Int, _ operation: Operation) {
    self.id = id
    self.operation = operation
  }
}

extension WireRequest {
  /// Reads a line. Errors: `WireFault`.
  package init(line: [UInt8]) throws {
    let json = try WireJSON(line: line)
    guard let id = json["id"]?.integer else { throw WireFault("has no whole number as its id") }
    guard let name = json["op"]?.text else { throw WireFault("names no operation as its op") }
    func text(_ member: String) throws -> String {
      guard let text = json[member]?.text else { throw WireFault("names no \(member)") }
      return text
    }
    let operation: Operation
    switch name {
    case "hello": operation = .hello(host: json["host"]?.text ?? "")
    case "open": operation = .open(options: json["options"]?.members ?? [])
    case "values": operation = .values(dataset: try text("dataset"), field: try text("field"))
    case "scan":
      guard let fields = json["fields"]?.texts else { throw WireFault("names no fields") }
      operation = .scan(dataset: try text("dataset"), fields: fields)
    case "tabulate": operation = .tabulate(question: json.members ?? [])
    case "explain": operation = .explain(question: json.members ?? [])
    case "state": operation = .state(dataset: try text("dataset"))
    case "cancel":
      guard let target = json["target"]?.integer else { throw WireFault("names no target") }
      operation = .cancel(target: target)
    default: operation = .unknown(name)
    }
    self.init(id: id, operation)
  }

  /// The request as one line, without the line break.
  package var line: [UInt8] {
    let (name, members) = words
    let head: [WireJSON.Member] = [.init("id", WireJSON(id)), .init("op", .text(name))]
    return WireJSON.object(head + members).line
  }

  private var words: (name: String, members: [WireJSON.Member]) {
    switch operation {
    case .hello(let host):
      let protocols = WireJSON.array(WireVersion.protocols.map { WireJSON($0) })
      return ("hello", [.init("protocols", protocols), .init("host", .text(host))])
    case .open(let options):
      return ("open", [.init("options", .object(options))])
    case .values(let dataset, let field):
      return ("values", [.init("dataset", .text(dataset)), .init("field", .text(field))])
    case .scan(let dataset, let fields):
      return ("scan", [.init("dataset", .text(dataset)), .init("fields", WireJSON(texts: fields))])
    case .tabulate(let question):
      return ("tabulate", question)
    case .explain(let question):
      return ("explain", question)
    case .state(let dataset):
      return ("state", [.init("dataset", .text(dataset))])
    case .cancel(let target):
      return ("cancel", [.init("target", WireJSON(target))])
    case .unknown(let name):
      return (name, [])
    }
  }
}
