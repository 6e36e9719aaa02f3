/// What the names of `param` stand for where a date is due.
package enum ParameterValues: Sendable {
  /// The values written in the text, and periods keep the names: for checking and formatting.
  case asWritten
  /// These values, by the keys of their names; where none is given, the one written in the text.
  case given([String: String])
}
