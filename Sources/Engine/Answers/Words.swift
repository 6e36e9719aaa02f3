/// English for sentences: plurals, lists, counts.
package enum Words {
  /// `case` → `cases`, `agency` → `agencies`, `person` → `people`.
  package static func plural(_ unit: String) -> String {
    switch unit {
    case "person": return "people"
    case "child": return "children"
    default: break
    }
    if unit.hasSuffix("s") || unit.hasSuffix("x") || unit.hasSuffix("ch") || unit.hasSuffix("sh") {
      return unit + "es"
    }
    if unit.hasSuffix("y"), let before = unit.dropLast().last, !"aeiou".contains(before) {
      return unit.dropLast() + "ies"
    }
    return unit + "s"
  }

  /// `1 case`, `1,402 cases`.
  package static func count(_ number: Double, _ unit: String) -> String {
    "\(grouped(number)) \(number == 1 ? unit : plural(unit))"
  }

  /// A count with thousands separators; at most one decimal where it is not whole.
  package static func grouped(_ number: Double) -> String {
    guard number.magnitude < 1e15 else { return "\(number)" }
    let rounded = (number * 10).rounded() / 10
    let whole = Int(rounded.rounded(.towardZero))
    let tenth = Int(((rounded - Double(whole)).magnitude * 10).rounded())
    let sign = rounded < 0 && whole == 0 ? "-" : ""
    return sign + grouped(whole) + (tenth == 0 ? "" : ".\(tenth)")
  }

  package static func grouped(_ number: Int) -> String {
    var digits = String(number.magnitude)
    var parts: [Substring] = []
    while digits.count > 3 {
      parts.insert(Substring(digits.suffix(3)), at: 0)
      digits = String(digits.dropLast(3))
    }
    parts.insert(Substring(digits), at: 0)
    return (number < 0 ? "-" : "") + parts.joined(separator: ",")
  }

  /// `a`, `a or b`, `a, b or c`.
  package static func list(_ words: [String], last: String = "and") -> String {
    guard let end = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(last) " + end
  }

  /// Fields whose values are groups of people by themselves: `race=Black` are Black people.
  package static func namesPeople(_ key: String) -> Bool {
    key.contains("race") || key.contains("ethnic") || key.contains("nationality")
  }

  /// The sentence with a capital first letter.
  package static func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}
