internal import Columns
internal import Engine
internal import SourceWire

extension QuestionWords {
  func field(_ json: WireJSON) throws -> Field {
    if let name = json.text { return .column(name: name, meaning: try meaning(of: name)) }
    let (word, rest) = try phrase(json)
    if let unit = PeriodUnit(rawValue: word), rest.count == 1 {
      return .period(unit, of: try field(rest[0]))
    }
    switch (word, rest.count) {
    case ("weekday", 1): return .weekday(of: try field(rest[0]))
    case ("linked", 4): return try linked(rest)
    default: return .computed(name: "", try calculation(word, rest))
    }
  }

  private func meaning(of name: String) throws -> Meaning {
    guard let meaning = meanings[dataset]?[name] else {
      throw WireFault("does not say what \(name) means")
    }
    return meaning
  }

  /// `["linked", KEY, "places", TARGET, VALUE]`, the last two in the words of the other dataset.
  private func linked(_ rest: [WireJSON]) throws -> Field {
    guard let other = rest[1].text else { throw WireFault("links to no dataset") }
    var there = self
    there.dataset = other
    let link = Link(key: try field(rest[0]), dataset: other, target: try there.field(rest[2]))
    return .linked(link, value: try there.field(rest[3]))
  }

  /// A calculation, which may be a field alone.
  func expression(_ json: WireJSON) throws -> Expression {
    guard json.text == nil else { return .field(try field(json)) }
    let (word, rest) = try phrase(json)
    if PeriodUnit(rawValue: word) != nil || word == "weekday" || word == "linked" {
      return .field(try field(json))
    }
    return try calculation(word, rest)
  }

  private func calculation(_ word: String, _ rest: [WireJSON]) throws -> Expression {
    if let sign = Arithmetic(rawValue: word), rest.count == 2 {
      return .arithmetic(sign, try expression(rest[0]), try expression(rest[1]))
    }
    switch (word, rest.count) {
    case ("value", 1): return .literal(try literal(rest[0]))
    case ("truth", 1): return .truth(try condition(rest[0]))
    case ("if", 3):
      return .choose(
        when: try condition(rest[0]), then: try expression(rest[1]),
        otherwise: try expression(rest[2]))
    case ("part", 2):
      guard let part = rest[0].text.flatMap(Function.init), part.isPartOfDate else {
        throw WireFault("names a part of a date that is not known")
      }
      return .call(part, [try expression(rest[1])])
    default:
      guard let function = Function(rawValue: word), !function.isPartOfDate else {
        throw WireFault("has a calculation \(word) that is not known")
      }
      return .call(function, try rest.map { try expression($0) })
    }
  }

  /// A text or a truth stands for itself; everything else says what it is.
  func literal(_ json: WireJSON) throws -> Value {
    if let text = json.text { return .text(text) }
    if let truth = json.boolean { return .truth(truth) }
    if let digits = json["number"]?.text, let number = Decimal(plain: digits) {
      return .number(number)
    }
    if case .number(let digits)? = json["real"], let number = Double(digits) {
      return .real(number)
    }
    let written = Meaning(type: .datetime, dateOrder: .yearMonthDay)
    if let text = json["date"]?.text, let day = written.value(of: text).day { return .date(day) }
    if let text = json["datetime"]?.text, case .moment(let seconds) = written.value(of: text) {
      return .moment(seconds: seconds)
    }
    if let name = json["period"]?.text,
      let first = json["from"]?.text.flatMap({ written.value(of: $0).day }),
      let period = PeriodUnit.allCases.lazy.map({ Period($0, of: first) })
        .first(where: { $0.description == name && $0.first == first })
    {
      return .period(period)
    }
    throw WireFault("has a value that is not known")
  }
}

extension Function {
  /// Whether it is written as `["part", …]`: alone, the same words are periods.
  fileprivate var isPartOfDate: Bool {
    switch self {
    case .year, .quarter, .month, .week, .weekday, .day: true
    case .days, .band, .lower, .trim, .ascii, .abs, .round, .coalesce: false
    }
  }
}
