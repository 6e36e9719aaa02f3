internal import Columns
package import Engine
package import SourceWire

/// A tabulation read from the words of the wire; `examples/plugins/README.md` lists them.
package struct WireQuestion {
  package let tabulation: Tabulation

  /// - Parameter members: those of `tabulate` or `explain`.
  /// Errors: `WireFault` where there is a word that is not known, or one is missing.
  package init(_ members: [WireJSON.Member]) throws {
    let json = WireJSON.object(members)
    guard let dataset = json["dataset"]?.text else { throw WireFault("names no dataset") }
    var meanings = [dataset: try WireQuestion.meanings(json["fields"])]
    for other in json["linked"]?.members ?? [] {
      meanings[other.name] = try WireQuestion.meanings(other.value)
    }
    let words = QuestionWords(meanings: meanings, dataset: dataset)
    let keys = try (json["keys"]?.array ?? []).map { try words.key($0) }
    let measures = try (json["measures"]?.array ?? []).map { try words.measure($0) }
    tabulation = Tabulation(
      dataset: dataset, rows: try words.condition(json["rows"] ?? .boolean(true)), keys: keys,
      measures: measures, weight: try json["weight"].map { try words.field($0) })
  }

  /// `{"race": {"type": "category", "missing": ["U"], "recode": {"B": "Black"}}}`
  private static func meanings(_ json: WireJSON?) throws -> [String: Meaning] {
    var meanings: [String: Meaning] = [:]
    for member in json?.members ?? [] {
      guard let type = member.value["type"]?.text.flatMap(FieldType.init) else {
        throw WireFault("gives \(member.name) no type that is known")
      }
      var recode: [String: String] = [:]
      for pair in member.value["recode"]?.members ?? [] {
        guard let target = pair.value.text else { throw WireFault("recodes to something else") }
        recode[pair.name] = target
      }
      meanings[member.name] = Meaning(
        type: type, dateOrder: try member.value["order"].map { try order($0) },
        missing: Set(member.value["missing"]?.texts ?? []), recode: recode)
    }
    return meanings
  }

  private static func order(_ json: WireJSON) throws -> DateOrder {
    switch json.text {
    case "year-month-day": .yearMonthDay
    case "month/day/year": .monthDayYear
    case "day/month/year": .dayMonthYear
    case "yyyymmdd": .compact
    default: throw WireFault("names an order of dates that is not known")
    }
  }
}

/// The words for keys, measures, fields, calculations and conditions.
///
/// What a calculation is called does not stand on the wire: a computed field has no name here.
struct QuestionWords {
  /// By dataset and by field.
  let meanings: [String: [String: Meaning]]
  /// The dataset whose rows are spoken of.
  var dataset: String

  func key(_ json: WireJSON) throws -> Key {
    let (word, rest) = try phrase(json)
    switch (word, rest.count) {
    case ("field", 1): return .field(try field(rest[0]))
    case ("test", 1): return .test(try condition(rest[0]))
    default: throw WireFault("has a key \(word) that is not known")
    }
  }

  func measure(_ json: WireJSON) throws -> Measure {
    let (word, rest) = try phrase(json)
    switch (word, rest.count) {
    case ("rows", 0): return .rows
    case ("units", 1): return .units(try field(rest[0]))
    case ("sum", 1): return .sum(try field(rest[0]))
    case ("least", 1): return .least(try field(rest[0]))
    case ("greatest", 1): return .greatest(try field(rest[0]))
    default: throw WireFault("has a measure \(word) that is not known")
    }
  }

  /// The word that an array begins with, and what follows it.
  func phrase(_ json: WireJSON) throws -> (word: String, rest: [WireJSON]) {
    guard let elements = json.array, let word = elements.first?.text else {
      throw WireFault("has no word where one is due")
    }
    return (word, Array(elements.dropFirst()))
  }
}
