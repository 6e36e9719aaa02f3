extension Meaning {
  /// What a text means; a text that is none of the type is missing.
  package func value(of text: String) -> Value {
    if text.isEmpty || missing.contains(text) { return .missing }
    guard let other = recode[text] else { return typed(text) }
    return other.isEmpty || missing.contains(other) ? .missing : typed(other)
  }

  /// What each text of a dictionary means.
  package func values(of texts: Texts) -> [Value] {
    (0..<texts.count).map { value(of: texts[$0]) }
  }

  private func typed(_ text: String) -> Value {
    switch type {
    case .category, .code, .text, .boolean: return .text(text)
    case .integer, .decimal, .real, .date, .datetime:
      var text = text
      return text.withUTF8 { typed($0) }
    }
  }

  private func typed(_ text: UnsafeBufferPointer<UInt8>) -> Value {
    switch type {
    case .category, .code, .text, .boolean:
      return .text(String(decoding: text, as: UTF8.self))
    case .integer, .decimal:
      return WrittenNumber(text)?.decimal.map(Value.number) ?? .missing
    case .real:
      return Meaning.double(text).map(Value.real) ?? .missing
    case .date:
      return WrittenDate(text)?.day(dateOrder).map(Value.date) ?? .missing
    case .datetime:
      guard let written = WrittenDate(text), let day = written.day(dateOrder) else {
        return .missing
      }
      return .moment(seconds: day.number * 86_400 + (written.seconds ?? 0))
    }
  }

  /// The nearest double of a written number, its signs of currency, grouping and percent aside.
  private static func double(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let written = WrittenNumber(text) else { return nil }
    if written.traits.isDisjoint(with: [.long, .exponent, .codeExponent]) {
      return written.decimal?.double
    }
    let marks = Set("$,%() \t".utf8)
    let isNegative = text.contains(UInt8(ascii: "("))
    let plain = String(decoding: text.filter { !marks.contains($0) }, as: UTF8.self)
    return Double(plain).flatMap { $0.isFinite ? (isNegative ? -$0 : $0) : nil }
  }
}
