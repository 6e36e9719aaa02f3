import Columns
import Engine

extension Answer {
  /// The answer as data: names and order are those of the language's reference and do not change.
  var json: JSONValue {
    .object(members + sayings)
  }

  /// The pair that `set words on` adds; an answer without it has neither name.
  private var sayings: [(String, JSONValue)] {
    saying.map { [("say", .text($0.say)), ("dont_say", .text($0.avoid))] } ?? []
  }

  private var members: [(String, JSONValue)] {
    [
      ("docket", .digits("1")),
      ("question", .text(question)),
      ("words", .text(words)),
      ("sentences", .array(sentences.map { .text($0) })),
      ("figures", .array(figures.map(\.json))),
      ("table", table?.json ?? .null),
      ("counted", counted?.json ?? .null),
      ("cautions", .array(cautions.map(\.json))),
      ("methods", .array(methods.map(\.json))),
      ("sources", .array(sources.map(\.json))),
      ("receipt", JSONValue(receipt.isEmpty ? nil : receipt)),
    ]
  }
}

extension Figure {
  /// A number that has no end is null, with that as its reason.
  var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("id", .text(id)), ("label", .text(label)), ("value", shownValue),
      ("low", JSONValue(low)), ("high", JSONValue(high)), ("level", JSONValue(level)),
      ("n", JSONValue(n)), ("of", JSONValue(of)), ("method", JSONValue(method)),
      ("group", .object(group.map { ($0.key, $0.value.json) })),
    ]
    if let reason = shownReason { members.append(("reason", .text(reason))) }
    return .object(members)
  }

  /// The value as data: a number, or true and false.
  var shownValue: JSONValue {
    form == .truth ? value.map { .bool($0 != 0) } ?? .null : JSONValue(value)
  }

  /// Why a value can't be had.
  var shownReason: String? {
    if let reason { return reason }
    guard let value, !value.isFinite else { return nil }
    return value.isNaN ? "not defined" : "not bounded"
  }
}

extension Value {
  var json: JSONValue {
    switch self {
    case .truth(let truth): .bool(truth)
    case .number(let number): .digits(number.description)
    case .real(let number): JSONValue(number)
    case .date, .moment, .period, .band, .text: .text(description)
    case .missing: .null
    }
  }
}

extension AnswerTable {
  var json: JSONValue {
    var members: [(String, JSONValue)] = []
    if let title { members.append(("title", .text(title))) }
    members.append(
      (
        "columns",
        .array(
          columns.indices.map { place in
            .object([
              ("name", .text(columns[place].name)), ("type", .text(type(of: place).rawValue)),
            ])
          })
      ))
    members.append(("rows", .array(rows.map { .array($0.map(\.json)) })))
    if hidden > 0 { members.append(("hidden", .number(Double(hidden)))) }
    return .object(members)
  }

  /// Weights leave fractions: a column of counts that holds some is one of numbers.
  private func type(of place: Int) -> ColumnType {
    let type = columns[place].type
    let isWhole = rows.allSatisfy { row in
      guard row.indices.contains(place), case .number(let number, _) = row[place] else {
        return true
      }
      return number.rounded() == number
    }
    return type == .integer && !isWhole ? .number : type
  }
}

extension Cell {
  /// Numbers at full precision, an interval as its two ends; what can't be shown as null with its
  /// reason.
  var json: JSONValue {
    switch self {
    case .value(let value): value.json
    case .number(let number, _): JSONValue(number)
    case .interval(let low, let high, _): .array([JSONValue(low), JSONValue(high)])
    case .masked: .object([("value", .null), ("reason", .text("masked"))])
    case .none(let reason): .object([("value", .null), ("reason", .text(reason))])
    }
  }
}

extension Counted {
  fileprivate var json: JSONValue {
    .object([
      ("unit", .text(unit)), ("n", JSONValue(n)), ("excluded", JSONValue(excluded)),
      ("unknown", .object(unknown.map { ($0.field, JSONValue($0.n)) })),
      ("period", period.map { .array([.text($0.first), .text($0.last)]) } ?? .null),
      ("kind", .text(kind)),
    ])
  }
}

extension Caution {
  fileprivate var json: JSONValue {
    .object([
      ("id", .text(id)), ("severity", .text(severity.rawValue)), ("text", .text(text)),
    ])
  }
}

extension MethodNote {
  fileprivate var json: JSONValue {
    .object([("id", .text(id)), ("name", .text(name)), ("reference", .text(reference))])
  }
}

extension SourceNote {
  fileprivate var json: JSONValue {
    .object([("name", .text(name)), ("fingerprint", .text(fingerprint))])
  }
}

extension Page {
  /// The page as data: a title and blocks that each say what they are.
  var json: JSONValue {
    .object([
      ("docket", .digits("1")), ("title", JSONValue(title)),
      ("blocks", .array(blocks.map(\.json))),
    ])
  }
}

extension Page.Block {
  fileprivate var json: JSONValue {
    switch self {
    case .heading(let text): .object([("kind", .text("heading")), ("text", .text(text))])
    case .paragraph(let text): .object([("kind", .text("paragraph")), ("text", .text(text))])
    case .preformatted(let text):
      .object([("kind", .text("preformatted")), ("text", .text(text))])
    case .note(let text): .object([("kind", .text("note")), ("text", .text(text))])
    case .definitions(let entries):
      .object([
        ("kind", .text("definitions")),
        (
          "entries",
          .array(
            entries.map { .object([("term", .text($0.term)), ("detail", .text($0.detail))]) })
        ),
      ])
    case .table(let table): .object([("kind", .text("table")), ("table", table.json)])
    }
  }
}
