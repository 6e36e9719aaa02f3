import Columns
import Testing

/// A column of these cells, as a reader makes it.
func column(_ cells: [String]) -> Column {
  var order: [String] = []
  var codes: [String: Int] = [:]
  var counts: [Int] = []
  var rows: [UInt32] = []
  for cell in cells {
    let code = codes[cell] ?? order.count
    if code == order.count {
      codes[cell] = code
      order.append(cell)
      counts.append(0)
    }
    counts[code] += 1
    rows.append(UInt32(code))
  }
  return Column(codes: .words(rows), texts: Texts(order), counts: counts)
}

struct TypeInferenceTests {
  private func inferred(
    _ cells: [String], named name: String = "x", missing: Set<String> = [],
    recode: [String: String] = [:], as type: FieldType? = nil, dateOrder: DateOrder? = nil
  ) -> TypeInference {
    TypeInference.meaning(
      of: column(cells), named: name, missing: missing, recode: recode, as: type,
      dateOrder: dateOrder)
  }

  static let typeCases: [([String], FieldType)] = [
    (["1", "2", "10", "-3", "0"], .integer),
    (["1,400", "12", "1,000,000"], .integer),
    (["1", "2", ""], .integer),
    (["007", "8"], .code),
    (["+5", "6"], .code),
    (["12E04", "13"], .code),
    (["1077995851303", "1078000000000"], .code),
    (["9007199254740993"], .code),
    (["5 ", " 6"], .integer),
    (["1.5", "2", "3.25"], .decimal),
    ([".353", ".5"], .decimal),
    (["1200.50", "80.00", "3.25"], .decimal),
    (["220.10", "220.1", "220.39"], .code),
    (["4.0", "5.0", "2.5"], .decimal),
    (["4.0", "5", "2.5"], .code),
    (["$1,200.50", "$80", "($5.00)"], .decimal),
    (["12.5%", "3%"], .decimal),
    (["1.2e-05", "0.5", "3"], .real),
    (["1e+20", "2"], .real),
    (["yes", "No", "YES"], .category),
    (["yes", "no", "yes"], .boolean),
    (["Y", "N", "", "Y"], .boolean),
    (["TRUE", "FALSE"], .boolean),
    (["0", "1", "1"], .integer),
    (["Y", "Y"], .category),
    (["2021-04-01", "2020-02-29"], .date),
    (["2021-04-01", "2021-02-29"], .code),
    (["2019-01-05 04:00:00", "2019-01-06 00:00:00"], .datetime),
    (["2017-01-01T06:00:42.000000+0000"], .datetime),
    (["2019-01-05 00:00:00", "2019-01-06T00:00:00Z"], .date),
    (["4/8/2019 12:00:00 AM", "4/28/2019 12:00:00 AM"], .date),
    (["4/8/2019 1:30 PM", "4/28/2019 12:00 AM"], .datetime),
    (["1.4.2021", "28.4.2021"], .date),
    (["4/8/2019", "8/4/2019"], .code),
    (["13/8/2019", "8/14/2019"], .code),
    (["4/4/2019", "5/5/2019"], .date),
    (["20210401", "20200229"], .integer),
    (["A-1", "B-22"], .code),
    (["Black", "White", "Black"], .category),
    ([], .category),
    (["", ""], .category),
  ]

  @Test("a column is of the type that all its texts allow", arguments: typeCases)
  func types(_ cells: [String], _ type: FieldType) {
    #expect(inferred(cells).meaning.type == type)
  }

  @Test("words that hardly repeat are text")
  func text() {
    #expect(inferred((0..<60).map { "seen near \($0)th street" }).meaning.type == .text)
  }

  @Test("the order of day and month is found from the values, or asked for")
  func dateOrders() {
    #expect(inferred(["4/8/2019", "4/28/2019"]).meaning.dateOrder == .monthDayYear)
    #expect(inferred(["4/8/2019", "28/4/2019"]).meaning.dateOrder == .dayMonthYear)
    #expect(inferred(["2019-04-08"]).meaning.dateOrder == .yearMonthDay)
    let open = inferred(["4/8/2019", "8/4/2019"], named: "incident date")
    #expect(open.meaning.dateOrder == nil)
    #expect(
      open.notes == [
        "`incident date` is not read as a date: 4/8/2019 may be month/day or day/month, "
          + "and no row tells; say on its card: "
          + "type \"incident date\" date as month/day, or as day/month"
      ])
    let told = inferred(["4/8/2019"], as: .date, dateOrder: .dayMonthYear).meaning
    #expect(told.value(of: "4/8/2019") == .date(Day(year: 2019, month: 8, day: 4)!))
    #expect(inferred(["4/8/2019"], as: .date).meaning.type == .category)
  }

  @Test("a card may call eight digits a date; what is none is said")
  func compactDates() {
    let read = inferred(["20210401", "20210402", "201511018"], named: "d", as: .date)
    #expect(read.meaning == Meaning(type: .date, dateOrder: .compact))
    #expect(read.notes == ["1 row of `d` is no date (`201511018` (1 row)) and counts as missing"])
    #expect(read.meaning.value(of: "20210401").description == "2021-04-01")
    #expect(read.meaning.value(of: "201511018") == .missing)
  }

  @Test("a number column with a few words in it is said, and is one when they are missing")
  func nearMiss() {
    let cells = Array(repeating: "41", count: 1200) + Array(repeating: "Unknown", count: 30)
    let open = inferred(cells, named: "victim_age")
    #expect(open.meaning.type == .category)
    #expect(
      open.notes == [
        "`victim_age` is a number in 1,200 rows but for `Unknown` (30 rows); "
          + "if that means missing, say on its card: missing victim_age = Unknown"
      ])
    #expect(inferred(cells, missing: ["Unknown"]).meaning.type == .integer)
    #expect(inferred(cells, recode: ["Unknown": ""]).meaning.type == .integer)
    #expect(inferred(cells, recode: ["Unknown": "0"]).meaning.type == .integer)
  }

  @Test("a zero that would be lost makes a code, and that is said")
  func trailingZeros() {
    let open = inferred(["220.10", "220.1"], named: "section")
    #expect(open.notes.count == 1)
    #expect(open.meaning.value(of: "220.10") == .text("220.10"))
    #expect(inferred(["220.10", "265.03"], named: "penal section").meaning.type == .code)
    #expect(inferred(["220.10", "265.03"], named: "cost").meaning.type == .decimal)
  }

  static let readingCases: [(String, FieldType, String)] = [
    ("$1,200.50", .decimal, "1200.5"), ("(80.00)", .decimal, "-80"), ("12.5%", .decimal, "12.5"),
    ("-$5", .decimal, "-5"), (".5", .decimal, "0.5"), ("1.5e3", .decimal, "1500"),
    ("1.5e-3", .decimal, "0.0015"), ("1e40", .decimal, "?"), ("abc", .integer, "?"),
    ("1,40", .decimal, "?"), ("12-", .integer, "?"), ("", .text, "?"), ("1e3", .real, "1000.0"),
    ("123456789012345678901234567890", .integer, "123456789012345678901234567890"),
    ("2019-01-05 23:59:59.5 -05:00", .datetime, "2019-01-05 23:59:59"),
    ("2019-01-05 23:59:59", .date, "2019-01-05"), ("2019/1/5", .date, "2019-01-05"),
    ("2019-13-05", .date, "?"), ("2019-01-05 25:00", .datetime, "?"),
    ("2019-01-05T", .date, "?"), ("1/5/2019", .date, "?"),
  ]

  @Test("texts are read by type", arguments: readingCases)
  func readings(_ text: String, _ type: FieldType, _ value: String) {
    #expect(Meaning(type: type).value(of: text).description == value)
  }
}
