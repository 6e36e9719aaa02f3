/// A regular expression of a schema, which a whole text must fit.
///
/// Only those are taken that can't take long on any text: no repetition inside a repeated group, no
/// reference back.
struct SchemaPattern {
  private let expression: Regex<AnyRegexOutput>

  /// Nothing for a pattern that is not understood, or that may take long.
  init?(_ pattern: String) {
    guard pattern.utf8.count <= 500, !SchemaPattern.mayTakeLong(pattern),
      let expression = try? Regex(pattern)
    else { return nil }
    self.expression = expression
  }

  func fits(_ text: String) -> Bool {
    (try? expression.wholeMatch(in: text)) != nil
  }

  private static func mayTakeLong(_ pattern: String) -> Bool {
    var isEscaped = false
    var isInClass = false
    /// For each open group, whether something in it may repeat or be one of several.
    var groups: [Bool] = [false]
    var closed: Bool?
    var openRepeats = 0
    for character in pattern {
      let repeats = closed == true && "*+{".contains(character)
      if repeats, !isEscaped, !isInClass { return true }
      closed = nil
      if isEscaped {
        isEscaped = false
        if character.isNumber || character == "k" { return true }
        continue
      }
      switch character {
      case "\\": isEscaped = true
      case "[": isInClass = true
      case "]": isInClass = false
      case _ where isInClass: break
      case "(": groups.append(false)
      case ")":
        let inner = groups.count > 1 ? groups.removeLast() : false
        closed = inner
        if inner { groups[groups.count - 1] = true }
      case "*", "+", "{":
        groups[groups.count - 1] = true
        if character != "{" { openRepeats += 1 }
      case "|": if groups.count > 1 { groups[groups.count - 1] = true }
      default: break
      }
    }
    // Several open repetitions one after another take a power of the text's length.
    return openRepeats > 3
  }
}
