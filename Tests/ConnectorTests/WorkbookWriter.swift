import CZlib

/// Writes workbooks, each part as the test says it.
struct WorkbookWriter {
  var parts: [(name: String, text: String)] = []
  var isStored = false
  /// Added to each entry's flags: 1 for a locked one.
  var flags: UInt16 = 0

  static let header = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let office =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let package = "http://schemas.openxmlformats.org/package/2006/relationships"

  struct Sheet {
    var name: String
    /// What stands in the worksheet element.
    var body: String
    var state = "visible"
  }

  /// A workbook of sheets, number formats by style and shared texts.
  init(
    _ sheets: [Sheet], formats: [String] = [], shared: [String] = [], is1904: Bool = false
  ) {
    var relations = ""
    var entries = ""
    for (index, sheet) in sheets.enumerated() {
      let number = index + 1
      relations += Self.relation("s\(number)", "worksheet", "worksheets/sheet\(number).xml")
      entries +=
        "<sheet name=\"\(sheet.name)\" sheetId=\"\(number)\" state=\"\(sheet.state)\""
        + " r:id=\"s\(number)\"/>"
      parts.append(
        (
          "xl/worksheets/sheet\(number).xml",
          "<worksheet xmlns=\"\(Self.main)\">\(sheet.body)</worksheet>"
        ))
    }
    relations += Self.relation("st", "styles", "styles.xml")
    relations += Self.relation("tx", "sharedStrings", "/xl/sharedStrings.xml")
    parts.append(("xl/_rels/workbook.xml.rels", Self.relations(relations)))
    parts.append(
      (
        "xl/workbook.xml",
        "<workbook xmlns=\"\(Self.main)\" xmlns:r=\"\(Self.office)\">"
          + "<workbookPr date1904=\"\(is1904 ? 1 : 0)\"/><sheets>\(entries)</sheets></workbook>"
      ))
    parts.append(("xl/styles.xml", Self.styles(formats)))
    parts.append(
      (
        "xl/sharedStrings.xml",
        "<sst xmlns=\"\(Self.main)\">" + shared.map { "<si>\($0)</si>" }.joined() + "</sst>"
      ))
    parts.append(
      ("_rels/.rels", Self.relations(Self.relation("d", "officeDocument", "xl/workbook.xml"))))
  }

  private static func relations(_ entries: String) -> String {
    "<Relationships xmlns=\"\(package)\">\(entries)</Relationships>"
  }

  private static func relation(_ id: String, _ kind: String, _ target: String) -> String {
    "<Relationship Id=\"\(id)\" Type=\"\(office)/\(kind)\" Target=\"\(target)\"/>"
  }

  /// Style 0 is General; a format of two digits is a built-in one.
  private static func styles(_ formats: [String]) -> String {
    var written = ""
    var cells = "<xf numFmtId=\"0\"/>"
    for (index, format) in formats.enumerated() {
      let builtIn = format.count == 2 ? Int(format) : nil
      let number = builtIn ?? 164 + index
      if builtIn == nil {
        written += "<numFmt numFmtId=\"\(number)\" formatCode=\"\(escaped(format))\"/>"
      }
      cells += "<xf numFmtId=\"\(number)\"/>"
    }
    return "<styleSheet xmlns=\"\(main)\"><numFmts>\(written)</numFmts>"
      + "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>\(cells)</cellXfs></styleSheet>"
  }

  static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
  }

  // MARK: - The archive

  var bytes: [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for part in parts {
      let text = Array((Self.header + part.text).utf8)
      let packed = isStored ? text : Packer.deflate(text)
      let offset = file.count
      var common = Self.number(20, 2) + Self.number(Int(flags), 2)
      common += Self.number(isStored ? 0 : 8, 2) + Self.number(0, 4)
      common += Self.number(Int(crc32(0, text, UInt32(text.count))), 4)
      common += Self.number(packed.count, 4) + Self.number(text.count, 4)
      common += Self.number(part.name.utf8.count, 2) + Self.number(0, 2)
      file += Self.number(0x0403_4B50, 4) + common + Array(part.name.utf8) + packed
      directory += Self.number(0x0201_4B50, 4) + Self.number(20, 2) + common
      directory += Self.number(0, 10) + Self.number(offset, 4) + Array(part.name.utf8)
    }
    let end =
      Self.number(0x0605_4B50, 4) + Self.number(0, 4) + Self.number(parts.count, 2)
      + Self.number(parts.count, 2) + Self.number(directory.count, 4)
      + Self.number(file.count, 4) + Self.number(3, 2) + Array("end".utf8)
    return file + directory + end
  }

  private static func number(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
  }

  /// `<sheetData>` of rows of cells, each with its type and value; nothing for a cell that is not
  /// there.
  static func data(_ rows: [[String?]], from first: Int = 1) -> String {
    let written = rows.enumerated().map { index, cells in
      let row = first + index
      let inside = cells.enumerated().map { column, cell in
        cell.map { $0.replacingPlace("\(Character(UnicodeScalar(UInt8(65 + column))))\(row)") }
          ?? ""
      }
      return "<row r=\"\(row)\">\(inside.joined())</row>"
    }
    return "<sheetData>\(written.joined())</sheetData>"
  }

  static func text(_ text: String) -> String {
    "<c r=\"@\" t=\"inlineStr\"><is><t>\(escaped(text))</t></is></c>"
  }

  static func number(_ text: String, style: Int = 0) -> String {
    "<c r=\"@\" s=\"\(style)\"><v>\(text)</v></c>"
  }
}

extension String {
  fileprivate func replacingPlace(_ place: String) -> String {
    guard let mark = firstIndex(of: "@") else { return self }
    return self[..<mark] + place + self[index(after: mark)...]
  }
}
