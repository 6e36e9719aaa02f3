/// What is kept of one column of a file, or, without a column, of its rows alone.
package struct ColumnCopy: Sendable {
  /// The state of the file when it was opened; nothing where it can't be known again.
  let file: FileStamp?
  let content: Content
  package let rowCount: Int
  /// Rows that could not be read as they stand; one sentence each.
  package let faults: [String]
  /// What else was noticed about the rows, and about the texts of this column; one sentence each.
  package let rowNotes: [String]
  package let columnNotes: [String]
  /// The size of the file and the checksums of its blocks.
  package let fingerprintMaterial: [UInt8]

  /// What a copy is of.
  enum Content: Sendable {
    case rows(FileOutline)
    case column(ordinal: Int, Column)
  }

  init(
    of file: FileStamp?, _ content: Content, rowCount: Int, faults: [String],
    rowNotes: [String], columnNotes: [String] = [], fingerprintMaterial: [UInt8]
  ) {
    self.file = file
    self.content = content
    self.rowCount = rowCount
    self.faults = faults
    self.rowNotes = rowNotes
    self.columnNotes = columnNotes
    self.fingerprintMaterial = fingerprintMaterial
  }

  package var column: Column? {
    if case .column(_, let column) = content { return column }
    return nil
  }

  package var outline: FileOutline? {
    if case .rows(let outline) = content { return outline }
    return nil
  }

  /// What stands for the rows alone where columns are named by their place.
  package static let rows = -1

  /// The place of the column in the file, 0 being the first; `rows` where it is none.
  package var ordinal: Int {
    if case .column(let ordinal, _) = content { return ordinal }
    return ColumnCopy.rows
  }

  /// What there is to keep of columns that were read, given by their places: first of the rows, then
  /// of each column.
  /// - Parameter shapes: all that are known of the file's columns.
  package static func copies(
    of file: OpenedFile, _ ordinals: [Int], _ read: DelimitedRead, shapes: [ColumnShape]
  ) -> [ColumnCopy] {
    func copy(_ content: Content, _ notes: [String] = []) -> ColumnCopy {
      ColumnCopy(
        of: file.stamp, content, rowCount: read.rowCount, faults: read.faults,
        rowNotes: read.rowNotes, columnNotes: notes, fingerprintMaterial: read.fingerprintMaterial)
    }
    return [copy(.rows(FileOutline(places: read.places, shapes: shapes)))]
      + zip(ordinals, zip(read.columns, read.columnNotes)).map { ordinal, found in
        copy(.column(ordinal: ordinal, found.0), found.1)
      }
  }
}
