internal import Columns
internal import Engine

/// A sheet as a dataset: its layout when it is opened, its columns when they are first asked for.
final class SheetReading {
  let sheet: WorkbookParts.Sheet
  let layout: SheetLayout
  private(set) var columns: [Column] = []
  private(set) var isRead = false
  private var findings: [String] = []

  init(_ sheet: WorkbookParts.Sheet, _ layout: SheetLayout) {
    self.sheet = sheet
    self.layout = layout
  }

  var notes: [String] {
    (sheet.isHidden ? ["the sheet is hidden in Excel"] : []) + layout.notes + findings
  }

  /// Reads all of the sheet's columns in one pass.
  func read(_ archive: ZipArchive, _ parts: WorkbookParts, run: any RunMonitor) throws {
    var filler = SheetFiller(layout)
    let rows = SheetRows(parts) { row in
      filler.take(row)
      return true
    }
    try XMLReading(archive, run: run).read(sheet.part, with: rows)
    columns = filler.columns()
    findings = filler.notes + SheetReading.notes(rows.findings, layout, filler.lastRow)
    isRead = true
  }

  private static func notes(
    _ findings: SheetRows.Findings, _ layout: SheetLayout, _ lastRow: Int
  ) -> [String] {
    var notes: [String] = []
    let inHeader = findings.merges.filter {
      SheetPlace.rows($0)?.contains(layout.headerRow) ?? false
    }
    let below = findings.merges.filter {
      SheetPlace.rows($0).map { $0.upperBound > layout.headerRow } ?? false
        && !inHeader.contains($0)
    }
    if !inHeader.isEmpty {
      notes.append(
        "merged cells in the header (\(listed(inHeader))): "
          + "the name stands over the first column only"
      )
    }
    if !below.isEmpty {
      notes.append(
        "\(counted(below.count, "range of merged cells", "ranges of merged cells")) "
          + "(\(listed(below))): the value is in the first cell, the others are missing")
    }
    if !findings.errors.isEmpty {
      let kinds = findings.errors.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      let count = findings.errors.values.reduce(0, +)
      notes.append(
        "\(counted(count, "cell holds an error", "cells hold errors")) and "
          + "\(count == 1 ? "is" : "are") missing: " + kinds.joined(separator: ", "))
    }
    if findings.unsavedCount > 0 {
      notes.append(
        "\(counted(findings.unsavedCount, "formula has", "formulas have")) no saved value; "
          + "open and save the file in Excel")
    }
    if findings.undatedCount > 0 {
      notes.append(
        "\(counted(findings.undatedCount, "number is", "numbers are")) formatted as a date that "
          + "there is not, and kept as a number")
    }
    return notes
  }

  private static func listed(_ places: [String]) -> String {
    places.prefix(3).joined(separator: ", ") + (places.count > 3 ? " …" : "")
  }

  static func counted(_ count: Int, _ one: String, _ many: String) -> String {
    "\(count) \(count == 1 ? one : many)"
  }
}

/// Fills the columns of a sheet, row by row.
struct SheetFiller {
  private let layout: SheetLayout
  /// By the column of the sheet, which field it is; -1 for none.
  private var places: [Int]
  private var builders: [ColumnBuilder]
  private var rowCount = 0
  private(set) var lastRow: Int
  private var blankCount = 0
  private var hiddenCount = 0
  private var strayCount = 0

  init(_ layout: SheetLayout) {
    self.layout = layout
    lastRow = layout.headerRow
    builders = layout.columns.map { _ in ColumnBuilder() }
    places = [Int](repeating: -1, count: (layout.columns.last ?? -1) + 1)
    for (field, column) in layout.columns.enumerated() { places[column] = field }
  }

  /// Takes a row of data; those above and in the header are passed over.
  mutating func take(_ row: SheetRows.Row) {
    guard row.number > layout.headerRow else { return }
    blankCount += row.number - lastRow - 1
    lastRow = row.number
    if row.isHidden { hiddenCount += 1 }
    row.bytes.withUnsafeBufferPointer { bytes in
      for cell in row.cells {
        guard cell.column < places.count, places[cell.column] >= 0 else {
          strayCount += 1
          continue
        }
        let field = places[cell.column]
        // A cell that stands twice in a row is damage; the first is kept.
        guard builders[field].rowCount <= rowCount else { continue }
        builders[field].fill(to: rowCount)
        builders[field].append(UnsafeBufferPointer(rebasing: bytes[cell.bytes]))
      }
    }
    rowCount += 1
  }

  mutating func columns() -> [Column] {
    for field in builders.indices { builders[field].fill(to: rowCount) }
    return builders.map(\.column)
  }

  var notes: [String] {
    var notes: [String] = []
    if blankCount > 0 {
      notes.append(
        SheetReading.counted(blankCount, "blank row is", "blank rows are") + " left out")
    }
    if hiddenCount > 0 {
      notes.append(
        SheetReading.counted(hiddenCount, "row is", "rows are") + " hidden in Excel and read too")
    }
    if strayCount > 0 {
      notes.append(
        SheetReading.counted(strayCount, "cell stands", "cells stand")
          + " outside the columns of the header and is left out")
    }
    return notes
  }
}
