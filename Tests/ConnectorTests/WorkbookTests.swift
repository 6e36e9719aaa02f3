import Columns
import Connectors
import Engine
import Foundation
import Testing

@Suite("Excel workbooks")
struct WorkbookTests {
  private typealias Sheet = WorkbookWriter.Sheet

  private func open(_ writer: WorkbookWriter) throws -> (WorkbookSource, ScratchFolder) {
    let folder = try ScratchFolder()
    return (try WorkbookSource(path: folder.write(writer.bytes, "book.xlsx")), folder)
  }

  private func problem(_ bytes: [UInt8]) throws -> SourceProblem? {
    let folder = try ScratchFolder()
    let path = try folder.write(bytes, "book.xlsx")
    do {
      _ = try WorkbookSource(path: path)
      return nil
    } catch {
      return error as? SourceProblem
    }
  }

  private static let simple = Sheet(
    name: "Cases",
    body: WorkbookWriter.data([
      [WorkbookWriter.text("id"), WorkbookWriter.text("race")],
      [WorkbookWriter.number("1"), WorkbookWriter.text("Black & \"tan\"")],
      [WorkbookWriter.number("2"), nil],
    ]))

  @Test("Shared, rich, escaped and formula texts, booleans and errors")
  func kinds() throws {
    let shared = [
      "<t>name</t>", "<t xml:space=\"preserve\"> two </t>",
      "<r><t>Kansas</t></r><r><t xml:space=\"preserve\"> City</t></r>"
        + "<rPh sb=\"0\" eb=\"1\"><t>aid</t></rPh>",
      "<t>a_x000A_b_x00zz_</t>",
    ]
    let rows = """
      <sheetData><row><c t="s"><v>0</v></c><c t="str"><v>value</v></c></row>
      <row><c t="s"><v>1</v></c><c t="b"><v>1</v></c></row>
      <row><c t="s"><v>2</v></c><c t="b"><v>0</v></c></row>
      <row><c t="s"><v>3</v></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c></row>
      <row><c t="s"><v>1</v></c><c t="e"><v>#N/A</v></c></row>
      <row><c t="s"><v>1</v></c><c><f>A1+1</f></c></row>
      <row><c t="s"><v>1</v></c><c t="str"><f>A1</f><v>yes</v></c></row></sheetData>
      """
    let (source, folder) = try open(
      WorkbookWriter([Sheet(name: "One", body: rows)], shared: shared))
    let cells = try source.cells()
    #expect(cells["name"]?.prefix(3) == [" two ", "Kansas City", "a\nb_x00zz_"])
    #expect(cells["value"] == ["true", "false", "", "", "", "yes"])
    #expect(
      try source.notes() == [
        "2 cells hold errors and are missing: #DIV/0! 1, #N/A 1",
        "1 formula has no saved value; open and save the file in Excel",
      ])
    withExtendedLifetime(folder) {}
  }

  /// Dates and times as the format is displayed; serial numbers by the rule of each epoch.
  private static let dates: [(serial: String, format: String, in1900: String, in1904: String)] = [
    ("1", "14", "1900-01-01", "1904-01-02"),
    ("59", "14", "1900-02-28", "1904-02-29"),
    ("60", "14", "60", "1904-03-01"),
    ("61", "14", "1900-03-01", "1904-03-02"),
    ("44287", "yyyy\\-mm\\-dd;@", "2021-04-01", "2025-04-02"),
    ("44287", "[$-409]d\\-mmm\\-yy", "2021-04-01", "2025-04-02"),
    ("44287.5", "m/d/yy h:mm", "2021-04-01 12:00:00", "2025-04-02 12:00:00"),
    ("44287", "22", "2021-04-01 00:00:00", "2025-04-02 00:00:00"),
    ("44287.75", "14", "2021-04-01 18:00:00", "2025-04-02 18:00:00"),
    ("0.573553240740741", "h:mm:ss AM/PM", "13:45:55", "13:45:55"),
    ("0.5000000116", "mm:ss.000", "12:00:00.001", "12:00:00.001"),
    ("1.5", "[h]:mm:ss", "36:00:00", "36:00:00"),
    ("44287", "General", "44287", "44287"),
    ("44287", "#,##0.00 \"days\"", "44287", "44287"),
    ("44287", "0.00E+00", "44287", "44287"),
    ("44287", "[Red]0", "44287", "44287"),
    ("-3", "14", "-3", "-3"),
    ("2958465", "14", "9999-12-31", "2958465"),
    ("2139", "00000", "02139", "02139"),
    ("0.1", "0%", "0.1", "0.1"),
    ("45.399999999999999", "0", "45.4", "45.4"),
    ("1.0000000000000001E-5", "General", "0.00001", "0.00001"),
    ("12345678901234567000", "General", "12345678901234567000", "12345678901234567000"),
  ]

  @Test("Dates by number format, with both epochs", arguments: [false, true])
  func dateFormats(is1904: Bool) throws {
    let rows =
      [[WorkbookWriter.text("n"), WorkbookWriter.text("v")]]
      + Self.dates.enumerated().map { index, date in
        [
          WorkbookWriter.number(String(index)),
          WorkbookWriter.number(date.serial, style: index + 1),
        ]
      }
    let (source, folder) = try open(
      WorkbookWriter(
        [Sheet(name: "Dates", body: WorkbookWriter.data(rows))],
        formats: Self.dates.map(\.format), is1904: is1904))
    let cells = try #require(try source.cells()["v"])
    for (cell, date) in zip(cells, Self.dates) {
      let expected = is1904 ? date.in1904 : date.in1900
      let isSame =
        cell == expected
        || (Double(cell) ?? .nan) == Double(expected)
          && date.serial.count > 15
      #expect(isSame, "\(date.serial) as \(date.format): \(cell)")
    }
    withExtendedLifetime(folder) {}
  }

  @Test("Several sheets are several datasets; hidden and empty ones are said")
  func sheets() throws {
    let (source, folder) = try open(
      WorkbookWriter([
        Self.simple, Sheet(name: "Notes", body: "<sheetData/>"),
        Sheet(name: "Codes", body: Self.simple.body, state: "hidden"),
      ]))
    #expect(source.datasets().map(\.name) == ["Cases", "Codes"])
    #expect(source.report(of: "Cases") == ["the sheet Notes is empty"])
    #expect(source.report(of: "Codes") == ["the sheet is hidden in Excel"])
    #expect(try source.cells(of: "Codes")["race"] == ["Black & \"tan\"", ""])
    #expect(throws: SourceProblem.self) {
      try source.columns(["id"], of: "Nothing", run: UnwatchedRun())
    }
    withExtendedLifetime(folder) {}
  }

  @Test(
    "A title above the header, merged cells, blank and hidden rows and nameless columns are said")
  func layouts() throws {
    let text = WorkbookWriter.text
    let rows =
      WorkbookWriter.data([[text("Referrals of 2020")]])
      + WorkbookWriter.data(
        [
          [text(" id "), text("race"), nil, text("race")],
          [text("1"), text("B"), text("x"), text("W")],
        ],
        from: 3)
      + "<sheetData><row r=\"7\" hidden=\"1\"><c r=\"A7\"><v>2</v></c></row></sheetData>"
      + "<mergeCells><mergeCell ref=\"B3:C3\"/><mergeCell ref=\"A5:A6\"/></mergeCells>"
    let (source, folder) = try open(WorkbookWriter([Sheet(name: "S", body: rows)]))
    #expect(source.datasets()[0].fields == ["id", "race", "column 3", "race (2)"])
    let cells = try source.cells()
    #expect(cells["id"] == ["1", "2"])
    #expect(cells["column 3"] == ["x", ""])
    #expect(
      try source.notes() == [
        "a row stands above the header and is left out: `Referrals of 2020` …",
        "column 3 has no name; it is called `column 3`",
        "two columns are called `race`; column 4 is called `race (2)`",
        "2 blank rows are left out",
        "1 row is hidden in Excel and read too",
        "merged cells in the header (B3:C3): the name stands over the first column only",
        "1 range of merged cells (A5:A6): the value is in the first cell, the others are missing",
      ])
    withExtendedLifetime(folder) {}
  }

  @Test("Stored entries are read as deflated ones")
  func stored() throws {
    var writer = WorkbookWriter([Self.simple])
    let packed = try open(writer)
    writer.isStored = true
    let plain = try open(writer)
    #expect(try packed.0.cells() == plain.0.cells())
  }

  @Test("What is no workbook, is locked, cut short or damaged is an error in plain words")
  func faults() throws {
    var writer = WorkbookWriter([Self.simple])
    let bytes = writer.bytes
    #expect(
      try problem(Array("id,race\n1,B\n".utf8))?.message.contains("no Excel workbook") == true)
    #expect(
      try problem([0xD0, 0xCF, 0x11, 0xE0] + Array(repeating: 0, count: 600))?.message
        .contains("older Excel file") == true)
    for count in stride(from: 4, to: bytes.count - 25, by: 101) {
      #expect(try problem(Array(bytes[..<count]))?.kind == .damaged)
    }
    writer.flags = 1
    #expect(try problem(writer.bytes)?.kind == .refused)
    writer.flags = 0
    writer.parts[0].text = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><worksheet>&a;</worksheet>"
    #expect(try problem(writer.bytes)?.kind == .damaged)
    writer.parts[0].text = "<worksheet><sheetData><row>"
    #expect(try problem(writer.bytes)?.kind == .damaged)
  }

  @Test("No turned bit makes a trap, nor a table that is not the workbook's")
  func turnedBits() throws {
    let bytes = WorkbookWriter([Self.simple]).bytes
    let folder = try ScratchFolder()
    let expected = try WorkbookSource(path: folder.write(bytes, "good.xlsx")).cells()
    var noticed = 0
    for place in stride(from: 0, to: bytes.count, by: 3) {
      var copy = bytes
      copy[place] ^= 1 << UInt8(place % 8)
      let path = try folder.write(copy, "bad.xlsx")
      guard let cells = try? WorkbookSource(path: path).cells() else {
        noticed += 1
        continue
      }
      // A style or the epoch may be lost with the name of its part; cells may not change.
      #expect(cells == expected, "byte \(place)")
    }
    #expect(noticed > 100)
  }

  /// Where another writer can't be had, that is said; where `CI` is set, it is a failure.
  static let hasPeer: Bool = {
    guard let obstacle = Python.obstacleToWorkbooks else { return true }
    print("workbooks of another writer are not tried: \(obstacle)")
    return ProcessInfo.processInfo.environment["CI"] != nil
  }()

  @Test("Workbooks of openpyxl read as openpyxl reads them", .enabled(if: hasPeer))
  func peer() throws {
    let folder = try ScratchFolder()
    let path = folder.path + "/peer.xlsx"
    let output = try #require(
      try Python.run(Self.peerScript, [path], by: Python.interpreter))
    let expected = try #require(
      try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: [String]])
    let cells = try WorkbookSource(path: path).cells()
    #expect(Set(cells.keys) == Set(expected.keys))
    for (name, values) in expected { #expect(cells[name] == values) }
  }

  private static let peerScript = """
    import sys, json, datetime, random, openpyxl
    random.seed(5)
    book = openpyxl.Workbook()
    sheet = book.active
    names = ["id", "name", "received", "at", "cost", "gun"]
    sheet.append(names)
    rows = []
    for number in range(500):
        day = datetime.date(1900, 3, 1) + datetime.timedelta(days=random.randrange(60000))
        at = datetime.datetime(2000, 1, 1) + datetime.timedelta(seconds=random.randrange(10**9))
        row = [number, random.choice(["Ann", "José", "<b>&", None, " x "]), day, at,
               random.choice([0.1, 1200.5, 3, -7.25, 1e-7]), random.choice([True, False])]
        rows.append(row)
        sheet.append(row)
    book.save(sys.argv[1])
    read = openpyxl.load_workbook(sys.argv[1], read_only=True).active
    def text(value):
        if value is None: return ""
        if value is True or value is False: return str(value).lower()
        if isinstance(value, datetime.datetime):
            value = value.isoformat(sep=" ")
            return value
        if isinstance(value, float):
            return format(value, ".7f") if value == 1e-7 else repr(value)
        return str(value)
    table = {name: [] for name in names}
    for row in list(read.iter_rows(values_only=True))[1:]:
        for name, value in zip(names, row):
            if name == "received": value = str(value)[:10]
            table[name].append(text(value))
    print(json.dumps(table))
    """
}
