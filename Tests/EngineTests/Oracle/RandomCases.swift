import Columns
import Engine

/// A small table of made-up cases with everything that is awkward in real ones: missing codes,
/// recoded values, letters of several scripts, dates in several orders, money, weights, ids.
struct RandomCases {
  static let dataset = "cases"
  static let places = "places"

  let columns: [(name: String, meaning: Meaning)] = [
    (
      "race",
      Meaning(
        type: .category, missing: ["U", "Unknown"],
        recode: ["B": "Black", "W": "White", "refused": "U"])
    ),
    ("Case Type", Meaning(type: .category)),
    ("age", Meaning(type: .integer, missing: ["999", "-1"])),
    ("charges", Meaning(type: .integer)),
    ("cost", Meaning(type: .decimal, missing: ["0"])),
    ("received", Meaning(type: .date, dateOrder: .yearMonthDay)),
    ("filed", Meaning(type: .date, dateOrder: .yearMonthDay, missing: ["1900-01-01"])),
    ("closed", Meaning(type: .date, dateOrder: .monthDayYear)),
    ("born", Meaning(type: .date, dateOrder: .dayMonthYear)),
    ("booked", Meaning(type: .datetime, dateOrder: .yearMonthDay)),
    ("defendant", Meaning(type: .code)),
    ("note", Meaning(type: .text)),
    ("gun", Meaning(type: .boolean, missing: ["?"])),
    ("people", Meaning(type: .integer)),
    ("share", Meaning(type: .decimal)),
    ("place", Meaning(type: .category, recode: ["NE": "Northeast"])),
  ]

  let rows: [[String]]
  /// Whether defendants and costs are written around one number each.
  let areSerial: Bool

  /// Places that cases happened in, each with its zone; some cases name none of them.
  let placeRows: [[String]] = [
    ["Northeast", "east", "1200"], ["Ñuñoa", "west", "88"], ["Plaza", "west", ""],
    ["O'Hare", "", "15"],
  ]

  static let placeColumns: [(name: String, meaning: Meaning)] = [
    ("name", Meaning(type: .category)),
    ("zone", Meaning(type: .category)),
    ("residents", Meaning(type: .integer)),
  ]

  init(seed: UInt64, atMost limit: Int = 40, areSerial: Bool = false) {
    var random = SplitMix(seed: seed)
    let count = random.chance(5) ? 0 : Int.random(in: 1...limit, using: &random)
    var rows: [[String]] = []
    for _ in 0..<count { rows.append(RandomCases.row(&random)) }
    if areSerial {
      let names = columns.map(\.name)
      for (place, name) in names.enumerated() where ["defendant", "cost"].contains(name) {
        for row in rows.indices {
          let number = Int.random(in: 70...99, using: &random)
          rows[row][place] =
            random.chance(10) ? "" : (name == "cost" ? "1." : "D-") + String(number)
        }
      }
    }
    self.areSerial = areSerial
    self.rows = rows
  }

  var oracle: Oracle {
    Oracle(tables: [
      RandomCases.dataset: Oracle.Table(fields: columns.map(\.name), rows: rows),
      RandomCases.places: Oracle.Table(
        fields: RandomCases.placeColumns.map(\.name), rows: placeRows),
    ])
  }

  private static func row(_ random: inout SplitMix) -> [String] {
    [
      random.pick(["Black", "B", "White", "W", "U", "Unknown", "", "refused", "Asian", "black"]),
      random.pick(["Drug", "drug", "Drug ", "Gun, other", "", "\"quoted\"", "ドラッグ"]),
      random.chance(15)
        ? random.pick(["", "999", "-1"])
        : random.chance(1) ? "n/a" : number(in: 0...90, &random),
      number(in: 0...3, &random),
      random.chance(15)
        ? random.pick(["", "0"])
        : number(in: -20...400, &random) + random.pick(["", ".5", ".25", ".75"]),
      random.chance(10) ? "" : date(&random).description,
      random.chance(30)
        ? random.pick(["", "1900-01-01"])
        : random.chance(1) ? "2021-02-30" : date(&random).description,
      random.chance(30) ? "" : slashed(date(&random), isMonthFirst: true),
      random.chance(30) ? "" : slashed(date(&random), isMonthFirst: false),
      random.chance(20)
        ? ""
        : date(&random).description + " " + random.pick(["00:00:00", "08:30:00", "23:59:59"]),
      random.pick(["007", "7", "12E04", "220.10", "220.1", "9007199254740993", ""]),
      random.pick([
        "", "seen near O'Hare", "SEEN twice", "50% of it", "a_b", "naïve", "Ñ", "a\tb", "  ", "x ",
      ]),
      random.pick(["Y", "N", "Y", "N", "", "?"]),
      random.chance(10) ? "" : number(in: 0...5, &random),
      random.chance(10) ? "" : number(in: 0...2, &random) + random.pick(["", ".5", ".125"]),
      random.pick(["NE", "Northeast", "Plaza", "O'Hare", "Ñuñoa", "elsewhere", ""]),
    ]
  }

  private static func number(in range: ClosedRange<Int>, _ random: inout SplitMix) -> String {
    String(Int.random(in: range, using: &random))
  }

  /// A date around two year ends, so that weeks and years part.
  static func date(_ random: inout SplitMix) -> Day {
    Day(number: 18_600 + Int.random(in: 0...420, using: &random))
  }

  private static func slashed(_ day: Day, isMonthFirst: Bool) -> String {
    let (year, month, date) = day.civil
    return isMonthFirst ? "\(month)/\(date)/\(year)" : "\(date)/\(month)/\(year)"
  }
}
