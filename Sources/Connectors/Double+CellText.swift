extension Double {
  /// The shortest digits that mean this number, without an exponent where that takes few zeros.
  var cellText: String {
    if let whole = Int64(exactly: self), whole.magnitude < 1 << 53 { return String(whole) }
    let text = description
    guard let mark = text.firstIndex(of: "e"), let exponent = Int(text[text.index(after: mark)...]),
      (-20..<0).contains(exponent)
    else { return text }
    let digits = text[..<mark].filter(\.isNumber)
    let written = digits.hasSuffix("0") && text.contains(".0e") ? String(digits.dropLast()) : digits
    return (self < 0 ? "-0." : "0.") + String(repeating: "0", count: -exponent - 1) + written
  }
}
