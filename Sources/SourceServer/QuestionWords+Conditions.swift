internal import Columns
internal import Engine
internal import SourceWire

extension QuestionWords {
  func condition(_ json: WireJSON) throws -> Predicate {
    if let truth = json.boolean { return .constant(truth) }
    let (word, rest) = try phrase(json)
    switch word {
    case "and": return .all(try rest.map { try condition($0) })
    case "or": return .any(try rest.map { try condition($0) })
    default: break
    }
    switch (word, rest.count) {
    case ("not", 1): return .not(try condition(rest[0]))
    case ("missing", 1): return .missing(try field(rest[0]))
    case ("compare", 3):
      guard let sign = rest[0].text.flatMap(Comparison.init) else {
        throw WireFault("compares in a way that is not known")
      }
      return .compare(try expression(rest[1]), sign, try expression(rest[2]))
    default: break
    }
    guard let tested = rest.first else { throw WireFault("has a condition \(word) on nothing") }
    return .test(try field(tested), try test(word, Array(rest.dropFirst())))
  }

  private func test(_ word: String, _ values: [WireJSON]) throws -> Test {
    if word == "in" { return .among(Set(try values.map { try literal($0) })) }
    switch (word, values.count) {
    case ("=", 1): return .among([try literal(values[0])])
    case ("between", 2): return .between(lower: try bound(values[0]), upper: try bound(values[1]))
    case ("contains", 1):
      if let part = values[0].text { return .contains(part) }
    case ("starts", 1):
      if let part = values[0].text { return .starts(part) }
    default:
      if let sign = Comparison(rawValue: word), values.count == 1 {
        return .compare(sign, try literal(values[0]))
      }
    }
    throw WireFault("has a condition \(word) that is not known")
  }

  private func bound(_ json: WireJSON) throws -> Value? {
    json == .null ? nil : try literal(json)
  }
}
