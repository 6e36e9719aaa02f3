/// A piece of JSON (RFC 8259) whose members keep their order.
package indirect enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case number(Double)
  /// A number by its exact digits.
  case digits(String)
  case text(String)
  case array([JSONValue])
  case object([(String, JSONValue)])

  /// A number, or null where there is none or it has no end.
  init(_ number: Double?) {
    self = number.map { $0.isFinite ? .number($0) : .null } ?? .null
  }

  init(_ text: String?) {
    self = text.map { .text($0) } ?? .null
  }

  /// On one line, with a space after commas and colons.
  var line: String {
    switch self {
    case .null: "null"
    case .bool(let truth): truth ? "true" : "false"
    case .number(let number): JSONValue.digits(of: number)
    case .digits(let digits): digits
    case .text(let text): JSONValue.quoted(text)
    case .array(let items): "[" + items.map(\.line).joined(separator: ", ") + "]"
    case .object(let members):
      "{" + members.map { JSONValue.quoted($0) + ": " + $1.line }.joined(separator: ", ") + "}"
    }
  }

  /// The members of an object under each other, the items of their arrays of objects or arrays too.
  package var page: String {
    guard case .object(let members) = self else { return line + "\n" }
    let shown = members.map { JSONValue.quoted($0) + ": " + $1.member(indent: "  ") }
    return "{ " + shown.joined(separator: ",\n  ") + " }\n"
  }

  private func member(indent: String) -> String {
    switch self {
    case .array(let items) where items.contains(where: \.isCompound):
      let inner = indent + "  "
      return "[\n" + items.map { inner + $0.line }.joined(separator: ",\n") + "\n\(indent)]"
    case .object(let members) where members.contains(where: { $1.hasCompounds }):
      let inner = indent + "  "
      let shown = members.map { inner + JSONValue.quoted($0) + ": " + $1.member(indent: inner) }
      return "{\n" + shown.joined(separator: ",\n") + "\n\(indent)}"
    default: return line
    }
  }

  private var isCompound: Bool {
    switch self {
    case .array, .object: true
    default: false
    }
  }

  private var hasCompounds: Bool {
    guard case .array(let items) = self else { return false }
    return items.contains(where: \.isCompound)
  }

  /// The shortest digits that read back as the same double; whole numbers without a point.
  static func digits(of number: Double) -> String {
    guard number.isFinite else { return "null" }
    if number == number.rounded(), abs(number) < 9_007_199_254_740_992 {
      return String(Int(number))
    }
    return "\(number)"
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{0}"..<"\u{20}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
