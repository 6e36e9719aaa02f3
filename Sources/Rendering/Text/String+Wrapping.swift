extension String {
  /// The text in lines of at most `width` cells, broken between words and inside a word only where
  /// it alone is wider.
  func wrapped(to width: Int?) -> [String] {
    guard let width, cells > width else { return [self] }
    return String.fill(split(separator: " ").map(String.init), width: width, separator: " ")
  }

  /// Items side by side as far as they fit, the separator left out where a line ends.
  static func fill(_ items: [String], width: Int?, separator: String) -> [String] {
    var lines: [String] = []
    var line = ""
    for item in items {
      let joined = line.isEmpty ? item : line + separator + item
      if joined.cells <= width ?? .max {
        line = joined
        continue
      }
      if !line.isEmpty { lines.append(line) }
      // An item of several words is broken between them.
      let isWords = item.contains(" ") && separator != " "
      var pieces = isWords ? item.wrapped(to: width) : item.broken(at: width ?? .max)
      line = pieces.popLast() ?? ""
      lines += pieces
    }
    if !line.isEmpty || lines.isEmpty { lines.append(line) }
    return lines
  }

  /// Pieces of at most `width` cells.
  func broken(at width: Int) -> [String] {
    guard cells > width else { return [self] }
    var pieces: [String] = []
    var piece = ""
    var used = 0
    for character in self {
      let needed = character.cells
      if used + needed > width, !piece.isEmpty {
        pieces.append(piece)
        (piece, used) = ("", 0)
      }
      piece.append(character)
      used += needed
    }
    pieces.append(piece)
    return pieces
  }

  /// The text cut to `width` cells, with a sign that something was cut.
  func cut(to width: Int, _ glyphs: Glyphs) -> String {
    guard cells > width else { return self }
    let sign = glyphs.ellipsis
    return (broken(at: max(1, width - sign.cells)).first ?? "") + sign
  }

  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - cells))
  }

  func rightAligned(in width: Int) -> String {
    String(repeating: " ", count: max(0, width - cells)) + self
  }
}
