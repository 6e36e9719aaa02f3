/// How a page is fitted to the place where it is read.
package struct Style: Hashable, Sendable {
  /// Cells in a line; nothing where lines may be as long as they are, as in a file or a pipe.
  package var width: Int?
  /// Whether a terminal shows colours and weights. Nothing is said by colour alone.
  package var colour: Bool
  /// Whether only ASCII can be shown.
  package var ascii: Bool
  /// Rows of a table that are written before the rest is only counted; nothing where all are.
  package var rows: Int?

  package init(width: Int? = nil, colour: Bool = false, ascii: Bool = false, rows: Int? = nil) {
    self.width = width.map { max(Limits.narrowest, $0) }
    self.colour = colour
    self.ascii = ascii
    self.rows = rows
  }

  var glyphs: Glyphs { ascii ? .ascii : .unicode }
}
