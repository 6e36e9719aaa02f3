internal import Engine

/// What a workbook says of itself: its sheets, its epoch, its formats and the texts that cells
/// share.
struct WorkbookParts {
  struct Sheet {
    let name: String
    let part: String
    let isHidden: Bool
  }

  private(set) var sheets: [Sheet] = []
  private(set) var epoch = Epoch.year1900
  /// By the style number of a cell.
  private(set) var formats: [CellFormat] = []
  private(set) var sharedTexts = SharedTexts()

  init(of archive: ZipArchive, run: any RunMonitor) throws {
    let reading = XMLReading(archive, run: run)
    let root = try WorkbookParts.relations(of: "", in: archive, reading)
    let document = root.first { $0.kind == "officeDocument" }?.part ?? "xl/workbook.xml"
    guard archive.entries[document] != nil else {
      throw SourceProblem(
        .unreadable, "\(archive.path) is no Excel workbook",
        help: ["save it in Excel as .xlsx: a binary workbook (.xlsb) or .ods is not read"])
    }
    let list = try reading.read(document, with: SheetList())
    let relations = try WorkbookParts.relations(of: document, in: archive, reading)
    epoch = list.is1904 ? .year1904 : .year1900
    for entry in list.entries {
      let relation = relations.first { $0.id == entry.relation }
      guard let relation, relation.kind == "worksheet" else { continue }
      sheets.append(Sheet(name: entry.name, part: relation.part, isHidden: entry.isHidden))
    }
    if let styles = relations.first(where: { $0.kind == "styles" }) {
      formats = try reading.read(styles.part, with: CellStyles()).formats
    }
    if let texts = relations.first(where: { $0.kind == "sharedStrings" }) {
      sharedTexts = try reading.read(texts.part, with: SharedTextList()).texts
    }
  }

  /// Another part that a part refers to.
  private struct Relation {
    let id: String
    /// The last word of its type: `worksheet`, `styles`, `sharedStrings`.
    let kind: String
    let part: String
  }

  private static func relations(
    of part: String, in archive: ZipArchive, _ reading: XMLReading
  ) throws -> [Relation] {
    var folder = part.split(separator: "/").map(String.init)
    let file = folder.popLast() ?? ""
    let name = (folder + ["_rels", file + ".rels"]).joined(separator: "/")
    guard archive.entries[name] != nil else { return [] }
    return try reading.read(name, with: RelationList()).entries.map { entry in
      var path = entry.target.hasPrefix("/") ? [] : folder
      for step in entry.target.split(separator: "/") {
        if step == ".." { _ = path.popLast() } else if step != "." { path.append(String(step)) }
      }
      return Relation(
        id: entry.id, kind: entry.kind, part: path.joined(separator: "/"))
    }
  }

  private final class RelationList: XMLHandler {
    private(set) var entries: [(id: String, kind: String, target: String)] = []

    func begin(_ element: XMLName, _ attributes: XMLAttributes) {
      guard "Relationship" ~= element, let id = attributes["Id"],
        let type = attributes["Type"], let target = attributes["Target"]
      else { return }
      entries.append((id, type.split(separator: "/").last.map(String.init) ?? "", target))
    }

    func end(_ element: XMLName) {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
  }

  private final class SheetList: XMLHandler {
    private(set) var is1904 = false
    private(set) var entries: [(name: String, relation: String, isHidden: Bool)] = []

    func begin(_ element: XMLName, _ attributes: XMLAttributes) {
      switch element {
      case "workbookPr":
        is1904 = attributes["date1904"].map { $0 == "1" || $0 == "true" } ?? false
      case "sheet":
        guard let name = attributes["name"], let relation = attributes["id"] else { return }
        entries.append((name, relation, attributes["state"].map { $0 != "visible" } ?? false))
      default: break
      }
    }

    func end(_ element: XMLName) {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
  }

  private final class CellStyles: XMLHandler {
    private(set) var formats: [CellFormat] = []
    private var written: [Int: CellFormat] = [:]
    private var isInside = false

    func begin(_ element: XMLName, _ attributes: XMLAttributes) {
      switch element {
      case "numFmt":
        guard let number = attributes.integer("numFmtId"), let code = attributes["formatCode"]
        else { return }
        written[number] = CellFormat(code: code)
      case "cellXfs": isInside = true
      case "xf" where isInside:
        let number = attributes.integer("numFmtId") ?? 0
        formats.append(written[number] ?? CellFormat(builtIn: number))
      default: break
      }
    }

    func end(_ element: XMLName) {
      if "cellXfs" ~= element { isInside = false }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
  }

  private final class SharedTextList: XMLHandler {
    private(set) var texts = SharedTexts()
    private var text = CellText()

    func begin(_ element: XMLName, _ attributes: XMLAttributes) {
      text.begin(element)
    }

    func end(_ element: XMLName) {
      text.end(element)
      if "si" ~= element {
        texts.append(text.taken())
      }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
      text.append(bytes)
    }
  }
}

/// The texts that cells refer to by number, end to end.
struct SharedTexts {
  private(set) var bytes: [UInt8] = []
  private var bounds = [0]

  mutating func append(_ text: [UInt8]) {
    bytes.append(contentsOf: text)
    bounds.append(bytes.count)
  }

  /// Where a text stands; nothing for a number that there is no text for.
  subscript(number: Int) -> Range<Int>? {
    number >= 0 && number + 1 < bounds.count ? bounds[number]..<bounds[number + 1] : nil
  }
}

/// A text of a workbook: the runs of it, without the reading aids that East Asian texts may have.
struct CellText {
  private var bytes: [UInt8] = []
  private var isInText = false
  private var isInAid = false

  mutating func begin(_ element: XMLName) {
    switch element {
    case "t": isInText = true
    case "rPh": isInAid = true
    default: break
    }
  }

  mutating func end(_ element: XMLName) {
    switch element {
    case "t": isInText = false
    case "rPh": isInAid = false
    default: break
    }
  }

  mutating func append(_ piece: UnsafeBufferPointer<UInt8>) {
    if isInText, !isInAid { bytes.append(contentsOf: piece) }
  }

  /// The text so far, and begins a new one.
  mutating func taken() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return CellText.unescaped(bytes)
  }

  /// `_x000D_` stands for a character that XML has no other way to write (ECMA-376 part 1, section
  /// 22.9.2.19).
  static func unescaped(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.count >= 7, bytes.contains(UInt8(ascii: "_")) else { return bytes }
    var result: [UInt8] = []
    var position = 0
    while position < bytes.count {
      if let scalar = escape(bytes[position...]) {
        if let encoded = UTF8.encode(scalar) { result.append(contentsOf: encoded) }
        position += 7
      } else {
        result.append(bytes[position])
        position += 1
      }
    }
    return result
  }

  private static func escape(_ bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
    let start = bytes.startIndex
    guard bytes.count >= 7, bytes[start] == UInt8(ascii: "_"),
      bytes[start + 1] == UInt8(ascii: "x"), bytes[start + 6] == UInt8(ascii: "_"),
      let number = UInt32(
        String(decoding: bytes[(start + 2)..<(start + 6)], as: UTF8.self), radix: 16)
    else { return nil }
    return Unicode.Scalar(number)
  }
}
