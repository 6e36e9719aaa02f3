import Engine
import Syntax

/// A number, or a range, that a learner named before the figure was shown.
struct GivenGuess {
  let low: Double
  let high: Double
  /// How far a rounded number may be from what it stands for.
  let precision: Double

  var isRange: Bool { low < high }

  /// `60%`, `1,400`, `50%..70%`, `50% to 70%`; a bare `60` is 60% where a share is asked.
  init?(_ text: String, form: NumberForm) {
    let parts = GivenGuess.parts(of: text)
    let numbers = parts.compactMap { NumberLiteral($0) }
    guard (1...2).contains(numbers.count), numbers.count == parts.count else { return nil }
    let values = numbers.map { GivenGuess.value(of: $0, form) }.sorted()
    low = values[0]
    high = values[values.count - 1]
    precision = GivenGuess.precision(of: numbers[0], form)
  }

  private static func parts(of text: String) -> [String] {
    var words = text.split(separator: " ").map(String.init)
    words.removeAll { $0 == "to" || $0 == "and" || $0 == "between" || $0 == "points" }
    if words.count == 1, let range = words[0].firstRange(of: "..") {
      return [String(words[0][..<range.lowerBound]), String(words[0][range.upperBound...])]
    }
    return words
  }

  private static func isHundredths(_ number: NumberLiteral, _ form: NumberForm) -> Bool {
    number.isPercent || (form == .percent || form == .points) && abs(number.double) > 1
  }

  private static func value(of number: NumberLiteral, _ form: NumberForm) -> Double {
    isHundredths(number, form) && !number.isPercent ? number.double / 100 : number.double
  }

  /// Half a unit of the last digit that was written.
  private static func precision(of number: NumberLiteral, _ form: NumberForm) -> Double {
    let decimals = number.plain.split(separator: ".").dropFirst().first?.count ?? 0
    let unit = (0..<decimals).reduce(1.0) { unit, _ in unit / 10 }
    return unit / 2 / (isHundredths(number, form) ? 100 : 1)
  }

  /// Whether the number is the figure, rounded as it was written, and to no less than 3%.
  func isRight(about value: Double) -> Bool {
    abs(low - value) <= min(precision * 1.000_001, max(0.03 * abs(value), 1e-9))
  }

  /// How the guess compares with the figure.
  func verdict(on value: Double, _ form: NumberForm) -> String {
    let actual = Numbers.text(value, form)
    if isRange {
      let held = low <= value && value <= high
      let range = "\(Numbers.text(low, form)) to \(Numbers.text(high, form))"
      return "You said \(range); it is \(actual): "
        + (held ? "inside your range." : "outside your range.")
    }
    let guess = Numbers.text(low, form)
    if guess == actual { return "You said \(guess), and so it is." }
    let side = low < value ? "too low" : "too high"
    switch form {
    case .percent, .points:
      let distance = Numbers.text(abs(low - value), .points)
      return "You said \(guess); it is \(actual): \(distance) \(side)."
    default: return "You said \(guess); it is \(actual): \(side)."
    }
  }
}
