/// The names of the fields of a file, made fit to be asked for.
package enum FieldNames {
  /// Gives a nameless column its number, and a repeated name ` (2)`, ` (3)`.
  package static func distinct(_ texts: [String]) -> (names: [String], notes: [String]) {
    var names: [String] = []
    var notes: [String] = []
    var taken = Set(texts)
    var seen: Set<String> = []
    for (index, text) in texts.enumerated() {
      var name = text
      if text.isEmpty {
        name = "column \(index + 1)"
        while taken.contains(name) { name += "'" }
        notes.append("column \(index + 1) has no name; it is called `\(name)`")
      } else if seen.contains(text) {
        var ordinal = 2
        repeat {
          name = "\(text) (\(ordinal))"
          ordinal += 1
        } while taken.contains(name)
        notes.append("two columns are called `\(text)`; column \(index + 1) is called `\(name)`")
      }
      taken.insert(name)
      seen.insert(text)
      names.append(name)
    }
    return (names, notes)
  }
}
