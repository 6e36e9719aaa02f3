/// The signs that text pages are drawn with, in a set for every terminal and one for ASCII only.
struct Glyphs: Sendable {
  let dash: String
  let separator: String
  let ellipsis: String
  let rule: String
  /// Parts of a bar from one eighth to a whole cell, in steps of equal size.
  let bar: [String]
  /// The levels of a sparkline from the least to the greatest.
  let spark: [String]
  let upright: String
  let axis: String
  let mark: String
  /// The points of a plot, one sign for each series in turn.
  let points: [String]
  let path: String
  let flat: String
  let fall: String
  let corners: (down: String, right: String)
  let whisker: (left: String, line: String, point: String, right: String)
  let beyond: (left: String, right: String)
  /// The median in its box.
  let middle: String

  static let unicode = Glyphs(
    dash: "–", separator: "·", ellipsis: "…", rule: "─",
    bar: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
    spark: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    upright: "│", axis: "┤", mark: "┊", points: ["●", "○", "◆", "◇", "■", "□"], path: "·",
    flat: "─", fall: "│", corners: (down: "┐", right: "└"),
    whisker: (left: "├", line: "─", point: "●", right: "┤"), beyond: (left: "◀", right: "▶"),
    middle: "┃")

  static let ascii = Glyphs(
    dash: "-", separator: "|", ellipsis: "...", rule: "-", bar: ["#"],
    spark: ["_", ".", ":", "-", "=", "+", "*", "#"],
    upright: "|", axis: "|", mark: ":", points: ["*", "o", "x", "+", "#", "@"], path: ".",
    flat: "-", fall: "|", corners: (down: "+", right: "+"),
    whisker: (left: "|", line: "-", point: "o", right: "|"), beyond: (left: "<", right: ">"),
    middle: "|")
}
