/// What rendering does not go beyond, and why.
enum Limits {
  /// The narrowest line that is laid out: below it no two words stand beside each other.
  static let narrowest = 20
  /// The width of a picture where lines have no end: wider than this, the eye loses the line.
  static let pictureWidth = 80
  /// The longest bar: a longer one tells no more than its number.
  static let barWidth = 50
  /// The column at whose end the id of a problem stands on a wide line: near enough to its sentence
  /// to be seen.
  static let problemWidth = 86
  /// The label column of figures is at least this wide where there is room, so that answers under
  /// each other line up.
  static let labelWidth = 24
  /// The narrowest column of words in a table before columns are left out.
  static let columnWidth = 10
  /// The narrowest column of remarks beside a figure before they go below it.
  static let remarkWidth = 20
}
