/// How rows are written in one file: what separates fields and lines, and how many fields a row
/// has.
struct RowShape: Hashable, Sendable {
  var delimiter: UInt8
  /// LF (also for CRLF, whose CR falls to the last field and is taken off there), or CR alone.
  var lineBreak: UInt8
  var fieldCount: Int
}
